//! Errors by audience: [`ApiError`] is what the org said, [`AuthnError`] is what the program handles. No error keeps
//! a response body, because bodies hold tokens. Not here: the text that a person reads.

use super::links::UntrustedLink;
use super::open_enum::open_enum;
use super::reader::{DecodeErrors, Reader};
use super::timestamp::Millis;
use super::wire::{DecodeError, Value};

open_enum! {
    /// `errorCode`, the only stable member of an error (docs/authn-api.md#errors).
    ErrorCode {
        /// Sign-in refused, for any reason.
        AuthenticationFailed = "E0000004",
        /// The org's session has ended.
        InvalidSession = "E0000005",
        /// State or recovery token expired or unknown.
        InvalidToken = "E0000011",
        /// Validation failed; the cause says of what.
        Invalid = "E0000001",
        /// A required member is missing.
        Missing = "E0000028",
        /// Old password wrong; also a new one against the policy (docs/authn-api.md#contradictions, row 3).
        PasswordRefused = "E0000014",
        /// New password against the policy.
        PasswordPolicy = "E0000080",
        /// Recovery answer wrong.
        WrongRecoveryAnswer = "E0000087",
        /// A phone number the org doubts.
        PhoneDoubted = "E0000098",
        /// The link of a mail was used, or is too old.
        LinkSpent = "E0000105",
        /// The same, of another kind of mail.
        OtherLinkSpent = "E0000110",
        /// The factor wants a new PIN; the summary is the prompt.
        NewPinWanted = "E0000113",
        /// The code another device shows is wrong.
        WrongUserCode = "E0000170",
        /// Too many requests.
        RateLimited = "E0000047",
        /// Wrong code or answer.
        WrongPasscode = "E0000068",
        /// Locked by failed factor tries.
        UserLocked = "E0000069",
        /// The call does not fit the state.
        WrongState = "E0000079",
        /// The code was used before.
        PasscodeReplayed = "E0000082",
        /// The code is too old or too new.
        PasscodeOutsideWindow = "E0000083",
        /// Sign-in denied by policy.
        SignOnDenied = "E0000085",
        /// An SMS was sent less than 30 s ago.
        SmsTooSoon = "E0000109",
        /// An e-mail was sent less than 5 s ago.
        EmailTooSoon = "E0000118",
        /// The account is locked; an admin must help.
        LockedOut = "E0000119",
        /// A call was made less than 30 s ago.
        CallTooSoon = "E0000133",
        /// The password has expired and must be changed.
        PasswordExpired = "E0000064",
        /// The password is known to others.
        PasswordBreached = "E0000259",
        /// Wrong user name or password, newer wording.
        WrongCredentials = "E0000207",
    }
}

/// What the org said (docs/authn-api.md#errors).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiError {
    /// HTTP status.
    pub status: u16,
    /// The code, when the body had one.
    pub code: Option<ErrorCode>,
    /// The first cause, else the summary: the org's own words, to be shown as text only.
    pub summary: Option<String>,
    /// Whether `summary` is a cause. Causes can be meant for a person; summaries are the same for all orgs, and say what
    /// a developer has to know.
    pub has_cause: bool,
    /// `errorId`, for a support call.
    pub id: Option<String>,
    /// When the rate limit resets, where the browser may read it (docs/authn-api.md#rate-limits).
    pub retry_at: Option<Millis>,
}

/// Why there is no response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransportError {
    /// The device says it has no network.
    Offline,
    /// No connection, no server, or an origin that the org does not trust: browsers do not say which.
    Unreachable,
    /// No complete response within the time limit.
    TimedOut,
    /// Something between here and the org answered with a web page of its own: a network that asks to sign in first.
    OtherPage,
    /// It was not sent: the page's own code, which prepares it, has failed.
    PageFailed,
}

/// Why a request did not lead to a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuthnError {
    /// The org answered with an error.
    Api(ApiError),
    /// There is no response.
    Transport(TransportError),
    /// The response is JSON of another shape.
    Decode(DecodeError),
    /// The response is not JSON.
    NotJson {
        /// HTTP status.
        status: u16,
    },
    /// A link was not followed.
    UntrustedLink(UntrustedLink),
}

impl ApiError {
    /// Whether a body is one of the org's errors.
    pub(super) fn is_in(body: &Value) -> bool {
        let has_text = |name| body.get(name).and_then(Value::as_text).is_some_and(|text| !text.is_empty());
        has_text("errorCode") || has_text("errorSummary")
    }

    /// The HTTP status says that it is an error: whatever else can't be read is left out.
    pub(super) fn read(status: u16, retry_at: Option<Millis>, body: &Value) -> Self {
        let errors = DecodeErrors::default();
        let at = Reader::new(body, &errors);
        let code = at.at("errorCode").text().as_deref().map(ErrorCode::from);
        let cause = first_cause(body);
        let has_cause = cause.is_some();
        let summary = cause.or(at.at("errorSummary").text()).filter(has_words);
        Self { status, code, summary, has_cause, id: at.at("errorId").text(), retry_at }
    }
}

/// Causes may be missing, empty or misspelt (docs/authn-api.md#errors); none of that is worth failing for.
fn first_cause(body: &Value) -> Option<String> {
    let causes = body.get("errorCauses").or_else(|| body.get("errorCause"))?;
    let summaries = causes.items().iter().filter_map(|cause| cause.get("errorSummary")?.as_text());
    summaries.map(str::to_owned).find(has_words)
}

/// A summary of nothing but space says nothing.
#[expect(clippy::ptr_arg, reason = "filters an `Option<String>`")]
fn has_words(summary: &String) -> bool {
    !summary.trim().is_empty()
}

impl std::fmt::Display for ApiError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let code = self.code.as_ref().map_or("no error code", ErrorCode::as_str);
        write!(f, "the org answered with HTTP status {}, {code}", self.status)
    }
}

impl std::fmt::Display for AuthnError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Api(error) => error.fmt(f),
            Self::Transport(TransportError::Offline) => f.write_str("the device is offline"),
            Self::Transport(TransportError::Unreachable) => f.write_str("the org could not be reached"),
            Self::Transport(TransportError::TimedOut) => f.write_str("the org did not answer in time"),
            Self::Transport(TransportError::OtherPage) => f.write_str("another page than the org answered"),
            Self::Transport(TransportError::PageFailed) => f.write_str("the page's own code has failed"),
            Self::Decode(error) => error.fmt(f),
            Self::NotJson { status } => write!(f, "the org answered with HTTP status {status} and no JSON"),
            Self::UntrustedLink(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ApiError {}
impl std::error::Error for AuthnError {}
impl std::error::Error for UntrustedLink {}
