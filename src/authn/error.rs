//! Errors, by whom they concern: [`ApiError`] is what the org said, [`AuthnError`] what went wrong for the
//! program. What a person reads is a notice, one floor up. No error keeps a body: bodies hold tokens.

use super::links::UntrustedLink;
use super::open_enum::open_enum;
use super::reader::{Fault, Reader};
use super::session::Session;
use super::timestamp::Millis;
use super::transaction::Transaction;
use super::wire::{DecodeError, Value};

open_enum! {
    /// `errorCode`, the only stable member of an error (contract 1.16).
    ErrorCode {
        /// Sign-in refused, for any reason.
        AuthenticationFailed = "E0000004",
        /// State or recovery token expired or unknown.
        InvalidToken = "E0000011",
        /// Validation failed; the cause says of what.
        Invalid = "E0000001",
        /// Old password wrong; also a new one against the policy (contract part 3, 3).
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
        /// Wrong user name or password, newer wording.
        WrongCredentials = "E0000207",
    }
}

/// What the org said (contract 1.16).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiError {
    /// HTTP status.
    pub status: u16,
    /// The code, when the body had one.
    pub code: Option<ErrorCode>,
    /// The first cause, else the summary: the org's own words, to be shown as text only.
    pub summary: Option<String>,
    /// `errorId`, for a support call.
    pub id: Option<String>,
    /// When the rate limit resets, where the browser may read it (contract 1.17).
    pub retry_at: Option<Millis>,
}

/// Why no answer came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransportError {
    /// The device says it has no network.
    Offline,
    /// The browser gives no reason: no route, no server, or a page origin the org does not trust.
    Unreachable,
    /// No complete answer within the time allowed.
    TimedOut,
}

/// What went wrong for the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuthnError {
    /// The org answered with an error.
    Api(ApiError),
    /// No answer came.
    Transport(TransportError),
    /// The answer is JSON of another shape.
    Decode(DecodeError),
    /// The answer is not JSON at all.
    NotJson {
        /// HTTP status.
        status: u16,
    },
    /// A link was not followed.
    UntrustedLink(UntrustedLink),
}

/// One HTTP answer, reduced to what the protocol uses.
#[derive(Clone, Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// The body, when it was JSON of bearable size and depth.
    pub body: Option<Value>,
    /// `X-Rate-Limit-Reset`, when the browser may read it.
    pub retry_at: Option<Millis>,
}

impl Answer {
    /// Reads a transaction.
    pub fn into_transaction(self) -> Result<Transaction, AuthnError> {
        Transaction::try_from(&self.into_body()?).map_err(AuthnError::Decode)
    }

    /// Reads a session; `None` when there is none that is live.
    pub fn into_session(self) -> Result<Option<Session>, AuthnError> {
        if self.status == 404 {
            return Ok(None);
        }
        Session::read(&self.into_body()?).map_err(AuthnError::Decode)
    }

    fn into_body(self) -> Result<Value, AuthnError> {
        let Self { status, body, retry_at } = self;
        match body {
            Some(body) if (200..300).contains(&status) => Ok(body),
            Some(body) if body.get("errorCode").is_some() => {
                Err(ApiError::read(status, retry_at, &body).map_or_else(AuthnError::Decode, AuthnError::Api))
            }
            _ if status == 429 || status >= 500 => {
                Err(AuthnError::Api(ApiError { status, code: None, summary: None, id: None, retry_at }))
            }
            _ => Err(AuthnError::NotJson { status }),
        }
    }
}

impl ApiError {
    fn read(status: u16, retry_at: Option<Millis>, body: &Value) -> Result<Self, DecodeError> {
        let fault = Fault::default();
        let at = Reader::new(body, &fault);
        let code = Some(ErrorCode::from(at.at("errorCode").needed_text().as_str()));
        let summary = first_cause(body).or(at.at("errorSummary").text()).filter(has_words);
        let id = at.at("errorId").text();
        fault.or(Self { status, code, summary, id, retry_at })
    }
}

/// Causes may be missing, empty or misspelt (contract 1.16); none of that is worth failing for.
fn first_cause(body: &Value) -> Option<String> {
    let causes = body.get("errorCauses").or_else(|| body.get("errorCause"))?;
    causes.items().first()?.get("errorSummary")?.as_text().map(str::to_owned).filter(has_words)
}

/// A summary of nothing but space says nothing.
#[expect(clippy::ptr_arg, reason = "filters an `Option<String>`")]
fn has_words(summary: &String) -> bool {
    !summary.trim().is_empty()
}
