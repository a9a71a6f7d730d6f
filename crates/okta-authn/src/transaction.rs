//! The transaction (docs/authn-api.md#transaction-envelope): an envelope every answer has, and a [`State`] with its
//! data. Conversion fails with the path of the member that is wrong. Not here: what is shown or sent.

use super::consent::Target;
use super::links::Links;
use super::open_enum::open_enum;
use super::reader::{DecodeErrors, Reader};
use super::secret::StateToken;
use super::state::State;
use super::status::Status;
use super::timestamp::Millis;
use super::wire::{DecodeError, Value};

open_enum! {
    /// `factorResult`: how a challenge stands (docs/authn-api.md#factor-result).
    FactorResult {
        /// Not decided yet.
        Waiting = "WAITING",
        /// A proof is awaited.
        Challenge = "CHALLENGE",
        /// The person said no on the phone.
        Rejected = "REJECTED",
        /// Nobody answered in time.
        Timeout = "TIMEOUT",
        /// The other site said no.
        Failed = "FAILED",
        /// Called off.
        Cancelled = "CANCELLED",
        /// The code was used before.
        PasscodeReplayed = "PASSCODE_REPLAYED",
        /// The code is too old or too new.
        TimeWindowExceeded = "TIME_WINDOW_EXCEEDED",
    }
}

open_enum! {
    /// `recoveryType`: what a recovery is for.
    RecoveryType {
        /// A forgotten password.
        Password = "PASSWORD",
        /// A locked account.
        Unlock = "UNLOCK",
        /// A new account.
        AccountActivation = "ACCOUNT_ACTIVATION",
    }
}

/// What every answer may have, whatever its state.
#[derive(Clone, Debug, PartialEq)]
pub struct Envelope {
    /// The state's name.
    pub status: Status,
    /// The newest state token; absent when the transaction is over.
    pub state_token: Option<StateToken>,
    /// End of the state token's or session token's life.
    pub expires_at: Option<Millis>,
    /// Whether this sign-in was asked for by an app (`type` is `SESSION_STEP_UP`).
    pub is_step_up: bool,
    /// What a recovery is for.
    pub recovery_type: Option<RecoveryType>,
    /// How a challenge stands.
    pub factor_result: Option<FactorResult>,
    /// The org's own words or code about that.
    pub factor_result_message: Option<String>,
    /// The app that asked for this sign-in.
    pub target: Option<Target>,
    /// Whose transaction this is, once the first credential was proved.
    pub user: Option<User>,
    /// What may be done next.
    pub links: Links,
}

/// The user, as far as an unfinished transaction tells (docs/authn-api.md#user).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// Okta's id.
    pub id: Option<String>,
    /// Sign-in name.
    pub login: Option<String>,
    /// Given name.
    pub first_name: Option<String>,
    /// Family name.
    pub last_name: Option<String>,
}

impl User {
    fn read(user: &Reader) -> Option<Self> {
        let profile = user.at("profile");
        user.is_object().then(|| Self {
            id: user.at("id").text(),
            login: profile.at("login").text(),
            first_name: profile.at("firstName").text(),
            last_name: profile.at("lastName").text(),
        })
    }
}

/// One answer of the authentication API.
#[derive(Clone, Debug, PartialEq)]
pub struct Transaction {
    /// What every answer has.
    pub envelope: Envelope,
    /// What this state adds.
    pub state: State,
}

impl Envelope {
    /// Sign-in name of the user, where the org has said it.
    pub fn login(&self) -> Option<&str> {
        self.user.as_ref()?.login.as_deref()
    }

    pub(super) fn read(body: &Reader) -> Self {
        let embedded = body.at("_embedded");
        Self {
            status: Status::from(body.at("status").required_text().as_str()),
            state_token: body.at("stateToken").strict_text().map(StateToken::new),
            expires_at: body.at("expiresAt").date(),
            is_step_up: body.at("type").text().as_deref() == Some("SESSION_STEP_UP"),
            recovery_type: body.at("recoveryType").strict_text().as_deref().map(RecoveryType::from),
            factor_result: body.at("factorResult").text().as_deref().map(FactorResult::from),
            factor_result_message: body.at("factorResultMessage").text(),
            target: Target::read(&embedded.at("target")),
            user: User::read(&embedded.at("user")),
            links: Links::of(body),
        }
    }

    /// Whether the transaction is about unlocking an account.
    pub fn unlocks(&self) -> bool {
        self.recovery_type == Some(RecoveryType::Unlock)
    }
}

impl TryFrom<&Value> for Transaction {
    type Error = DecodeError;

    fn try_from(body: &Value) -> Result<Self, DecodeError> {
        let errors = DecodeErrors::default();
        let body = Reader::new(body, &errors);
        let status = Status::from(body.strict_object().at("status").required_text().as_str());
        let state = State::read(&status, &body);
        let envelope = Envelope::read(&body);
        errors.into_result(Self { envelope, state })
    }
}
