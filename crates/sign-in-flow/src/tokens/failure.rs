//! Why there are no tokens: what a person is told, and what the developer reads in the console. Not here: the texts that
//! people read.

use super::pending::PendingError;
use okta_authn::TransportError;
use okta_authn::openid::{AnswerError, FieldsError, IdTokenError, OAuthError, OAuthErrorCode, TokenError};
use std::fmt;

/// What a person is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenFailure {
    /// The org has no session: the person has to sign in once more.
    NotSignedIn,
    /// The org does not let this person use the app.
    Denied,
    /// The app needs a consent, which cannot be asked for here.
    NeedsConsent,
    /// The app or the page is not set up for this.
    Misconfigured,
    /// There is no answer, or the org has failed: the same may succeed later.
    Unavailable,
    /// The answer came too late, or to a request that this tab has not made.
    Late,
    /// The answer cannot be trusted.
    Untrusted,
    /// The same, because this device's clock is wrong.
    WrongClock,
    /// The browser cannot check it: the page has no HTTPS.
    NoCryptography,
}

impl TokenFailure {
    /// Whether the same may succeed later.
    pub fn is_temporary(self) -> bool {
        matches!(self, Self::Unavailable)
    }

    /// What the page's own code is told, where the org gives no code of its own.
    pub fn code(self) -> &'static str {
        match self {
            Self::Misconfigured => "tokens-misconfigured",
            Self::Late => "tokens-late",
            Self::WrongClock => "tokens-clock",
            Self::NoCryptography => "tokens-no-cryptography",
            Self::Unavailable => "tokens-unavailable",
            Self::NotSignedIn | Self::Denied | Self::NeedsConsent | Self::Untrusted => "tokens-untrusted",
        }
    }
}

/// Why the browser is sent to the org after a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fallback {
    /// The frame could not be opened.
    NotOpened,
    /// The frame did not answer.
    TimedOut,
    /// The org saw no session in the frame: its cookies are blocked there.
    LoginRequired,
}

/// What happened, for the developer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenProblem {
    /// The frame led to nothing; the browser is sent to the org instead.
    Fallback(Fallback),
    /// The answer of the authorization request, as it stands in an address or a message.
    Fields(FieldsError),
    /// The answer of the authorization request.
    Answer(AnswerError),
    /// What the tab has kept.
    Pending(PendingError),
    /// The exchange of the code, or the keys.
    Token(TokenError),
    /// There was no response.
    Transport(TransportError),
    /// The ID token is refused.
    IdToken(IdTokenError),
    /// The browser has no cryptography here.
    NoCryptography,
}

impl TokenProblem {
    /// What the person is told of it.
    pub fn failure(&self) -> TokenFailure {
        match self {
            Self::Fallback(_) | Self::Transport(_) | Self::Token(TokenError::Unavailable { .. }) => {
                TokenFailure::Unavailable
            }
            Self::Answer(AnswerError::Refused(error)) | Self::Token(TokenError::Refused(error)) => of_oauth(error),
            Self::Answer(AnswerError::ForeignState) | Self::Pending(_) => TokenFailure::Late,
            Self::IdToken(error) if error.is_about_time() => TokenFailure::WrongClock,
            Self::Answer(AnswerError::ForeignIssuer | AnswerError::Missing(_) | AnswerError::TokenType)
            | Self::Token(TokenError::Unreadable(_))
            | Self::Fields(_)
            | Self::IdToken(_) => TokenFailure::Untrusted,
            Self::NoCryptography => TokenFailure::NoCryptography,
        }
    }

    /// What the page's own code is told: the org's own code, where it refuses, or one of ours.
    pub fn code(&self) -> &str {
        match self {
            Self::Answer(AnswerError::Refused(error)) | Self::Token(TokenError::Refused(error)) => error.code.as_str(),
            _ => self.failure().code(),
        }
    }
}

fn of_oauth(error: &OAuthError) -> TokenFailure {
    match error.code {
        OAuthErrorCode::LoginRequired | OAuthErrorCode::AccountSelectionRequired => TokenFailure::NotSignedIn,
        OAuthErrorCode::AccessDenied => TokenFailure::Denied,
        OAuthErrorCode::ConsentRequired | OAuthErrorCode::InteractionRequired => TokenFailure::NeedsConsent,
        OAuthErrorCode::ServerError | OAuthErrorCode::TemporarilyUnavailable => TokenFailure::Unavailable,
        // The code has expired, or was used.
        OAuthErrorCode::InvalidGrant => TokenFailure::Late,
        _ => TokenFailure::Misconfigured,
    }
}

impl fmt::Display for TokenProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("okta-sign-in: ")?;
        match self {
            Self::Fallback(why) => {
                f.write_str("the frame for tokens ")?;
                f.write_str(match why {
                    Fallback::NotOpened => "could not be opened",
                    Fallback::TimedOut => "did not answer",
                    Fallback::LoginRequired => "has no session, because cookies of the org are blocked in it",
                })?;
                f.write_str(": the browser goes to the org instead")
            }
            Self::Fields(error) => error.fmt(f),
            Self::Answer(error) => error.fmt(f),
            Self::Pending(error) => error.fmt(f),
            Self::Token(error) => error.fmt(f),
            Self::Transport(TransportError::TimedOut) => f.write_str("the org did not answer in time"),
            Self::Transport(_) => {
                f.write_str("the org could not be asked for tokens or keys: is the page's origin trusted?")
            }
            Self::IdToken(error) => error.fmt(f),
            Self::NoCryptography => f.write_str("the browser has no cryptography on a page without HTTPS"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_person_is_told() {
        for (code, told) in [
            ("login_required", TokenFailure::NotSignedIn),
            ("account_selection_required", TokenFailure::NotSignedIn),
            ("access_denied", TokenFailure::Denied),
            ("consent_required", TokenFailure::NeedsConsent),
            ("interaction_required", TokenFailure::NeedsConsent),
            ("invalid_client", TokenFailure::Misconfigured),
            ("invalid_scope", TokenFailure::Misconfigured),
            ("unauthorized_client", TokenFailure::Misconfigured),
            ("new_code", TokenFailure::Misconfigured),
            ("invalid_grant", TokenFailure::Late),
            ("server_error", TokenFailure::Unavailable),
            ("temporarily_unavailable", TokenFailure::Unavailable),
        ] {
            let error = OAuthError { code: OAuthErrorCode::from(code), description: None };
            let refused = TokenError::Refused(error.clone());
            assert_eq!(TokenProblem::Answer(AnswerError::Refused(error)).failure(), told, "{code}");
            assert_eq!(TokenProblem::Token(refused).failure(), told, "{code}");
        }
        assert_eq!(TokenProblem::IdToken(IdTokenError::Expired).failure(), TokenFailure::WrongClock);
        assert_eq!(TokenProblem::IdToken(IdTokenError::Nonce).failure(), TokenFailure::Untrusted);
    }
}
