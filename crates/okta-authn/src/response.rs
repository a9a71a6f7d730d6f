//! An HTTP response, reduced to what the protocol uses, and the three ways to read it. Not here: receiving one.

use super::error::{ApiError, AuthnError};
use super::reader::{DecodeErrors, Reader};
use super::secret::SessionToken;
use super::session::Session;
use super::state;
use super::status::Status;
use super::timestamp::Millis;
use super::transaction::{Envelope, RecoveryType, Transaction};
use super::wire::Value;

/// An HTTP response of the org.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// The body, when it was JSON of acceptable size and depth.
    pub body: Option<Value>,
    /// `X-Rate-Limit-Reset` in milliseconds since the Unix epoch, when it can be read (docs/authn-api.md#rate-limits).
    pub retry_at: Option<Millis>,
    /// `Date`, the time by the org's clock, in milliseconds since the Unix epoch, when it can be read.
    pub date: Option<Millis>,
}

/// The response to a user name and password. It separates the results that end the sign-in, or return to the form,
/// from those that need a further step, so that a program can load the code for the rest when it is needed.
#[derive(Clone, Debug, PartialEq)]
pub enum PrimaryResponse {
    /// Signed in.
    Success {
        /// The envelope.
        envelope: Envelope,
        /// To be exchanged for a session; absent where a link leads on instead.
        session_token: Option<SessionToken>,
    },
    /// The account is locked, and the org says so.
    LockedOut(Envelope),
    /// The transaction still asks for a user name and password.
    Unauthenticated(Envelope),
    /// Another step follows. The response is unread: [`Response::into_transaction`] reads it.
    Continues(Response),
}

impl Response {
    /// A response with HTTP status 200 and this body.
    pub fn ok(body: Value) -> Self {
        Self { status: 200, body: Some(body), retry_at: None, date: None }
    }

    /// Reads a transaction.
    pub fn into_transaction(self) -> Result<Transaction, AuthnError> {
        Transaction::try_from(&self.into_body()?).map_err(AuthnError::Decode)
    }

    /// Reads a response to a user name and password, or to a token that a page was opened with.
    pub fn into_primary(self) -> Result<PrimaryResponse, AuthnError> {
        let date = self.date;
        let body = self.into_body()?;
        match PrimaryResponse::read(&body).map_err(AuthnError::Decode)? {
            Some(read) => Ok(read),
            None => Ok(PrimaryResponse::Continues(Self { date, ..Self::ok(body) })),
        }
    }

    /// Reads a session; `None` when there is none, or one that is not active.
    pub fn into_session(self) -> Result<Option<Session>, AuthnError> {
        if self.status == 404 {
            return Ok(None);
        }
        Session::read(&self.into_body()?).map_err(AuthnError::Decode)
    }

    /// The body of a success.
    pub(super) fn into_body(self) -> Result<Value, AuthnError> {
        let Self { status, body, retry_at, date: _ } = self;
        match body {
            Some(body) if (200..300).contains(&status) => Ok(body),
            Some(body) if ApiError::is_in(&body) => Err(AuthnError::Api(ApiError::read(status, retry_at, &body))),
            _ if status == 429 || status >= 500 => Err(AuthnError::Api(ApiError {
                status,
                code: None,
                summary: None,
                has_cause: false,
                id: None,
                retry_at,
            })),
            _ => Err(AuthnError::NotJson { status }),
        }
    }
}

impl PrimaryResponse {
    /// Returns `None` where another step follows.
    fn read(body: &Value) -> Result<Option<Self>, super::wire::DecodeError> {
        let errors = DecodeErrors::default();
        let at = Reader::new(body, &errors);
        let status = at.strict_object().at("status");
        let read = match Status::from(status.required_text().as_str()) {
            Status::Success if !needs_a_step(&at) => Some(Self::Success {
                envelope: Envelope::read(&at),
                session_token: at.at("sessionToken").strict_text().map(SessionToken::new),
            }),
            Status::LockedOut => Some(Self::LockedOut(Envelope::read(&at))),
            Status::Unauthenticated if !state::has_factors(&at.at("_embedded")) => {
                Some(Self::Unauthenticated(Envelope::read(&at)))
            }
            _ => None,
        };
        errors.into_result(read)
    }
}

/// Whether SUCCESS is not the end of the sign-in here: another device is signed in, or an account was unlocked.
fn needs_a_step(body: &Reader) -> bool {
    let unlocked =
        body.at("recoveryType").strict_text().as_deref().map(RecoveryType::from) == Some(RecoveryType::Unlock);
    unlocked || state::device_activation(body).is_some()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, clippy::panic, reason = "a failed parse fails the test")]
mod tests {
    use super::*;

    fn primary(body: &str) -> PrimaryResponse {
        Response::ok(serde_json::from_str(body).unwrap()).into_primary().unwrap()
    }

    #[test]
    fn only_what_ends_the_sign_in_is_read() {
        let PrimaryResponse::Success { session_token, .. } = primary(r#"{"status": "SUCCESS", "sessionToken": "s"}"#)
        else {
            panic!("not a success")
        };
        assert_eq!(session_token, Some(SessionToken::new("s")));
        assert!(matches!(primary(r#"{"status": "LOCKED_OUT"}"#), PrimaryResponse::LockedOut(_)));
        assert!(matches!(primary(r#"{"status": "UNAUTHENTICATED"}"#), PrimaryResponse::Unauthenticated(_)));
        for body in [
            r#"{"status": "MFA_REQUIRED", "_embedded": 7}"#,
            r#"{"status": "SUCCESS", "recoveryType": "UNLOCK"}"#,
            r#"{"status": "SUCCESS", "_embedded": {"deviceActivationStatus": "DEVICE_ACTIVATED"}}"#,
            r#"{"status": "UNAUTHENTICATED", "_embedded": {"factors": []}}"#,
            r#"{"status": "NEW_STATUS"}"#,
        ] {
            assert!(matches!(primary(body), PrimaryResponse::Continues(_)), "{body}");
        }
    }
}
