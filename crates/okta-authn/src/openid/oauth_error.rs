//! An error of OAuth 2.0 or OpenID Connect, in the answer of an authorization request or of the exchange of a code. Not
//! here: what it leads to, or the text that a person reads.

use crate::open_enum::open_enum;

/// Longest description that is kept, in characters: it is for the developer's console.
const MAX_DESCRIPTION: usize = 300;

open_enum! {
    /// The member `error` (RFC 6749 sections 4.1.2.1 and 5.2, OpenID Connect Core section 3.1.2.6).
    OAuthErrorCode {
        /// Nobody is signed in, and no page may be shown.
        LoginRequired = "login_required",
        /// The person, or a policy, refuses.
        AccessDenied = "access_denied",
        /// The person would have to consent.
        ConsentRequired = "consent_required",
        /// The person would have to do something.
        InteractionRequired = "interaction_required",
        /// The person would have to choose an account.
        AccountSelectionRequired = "account_selection_required",
        /// The app is unknown, or must prove itself.
        InvalidClient = "invalid_client",
        /// The app may not ask for this.
        UnauthorizedClient = "unauthorized_client",
        /// A scope is unknown, or not for this app.
        InvalidScope = "invalid_scope",
        /// The code, or its verifier, is wrong or too old.
        InvalidGrant = "invalid_grant",
        /// The request is malformed.
        InvalidRequest = "invalid_request",
        /// The server does not issue tokens this way.
        UnsupportedGrantType = "unsupported_grant_type",
        /// The app must not ask for this type of answer.
        UnsupportedResponseType = "unsupported_response_type",
        /// The server does not know this way of answering.
        UnsupportedResponseMode = "unsupported_response_mode",
        /// The server has failed.
        ServerError = "server_error",
        /// The server is busy.
        TemporarilyUnavailable = "temporarily_unavailable",
    }
}

/// What the server said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OAuthError {
    /// The code.
    pub code: OAuthErrorCode,
    /// The server's own words for a developer: untrusted text of bounded length, in one line.
    pub description: Option<String>,
}

impl OAuthError {
    /// Bounds what the server, or whoever wrote the address, says.
    pub(super) fn new(code: &str, description: Option<&str>) -> Self {
        let plain = |text: &str| text.chars().filter(|c| !c.is_control()).take(MAX_DESCRIPTION).collect::<String>();
        let description = description.map(plain).filter(|text| !text.trim().is_empty());
        Self { code: OAuthErrorCode::from(plain(code).as_str()), description }
    }
}

impl std::fmt::Display for OAuthError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code.as_str())?;
        let Some(description) = &self.description else { return Ok(()) };
        f.write_str(": ")?;
        f.write_str(description)
    }
}

impl std::error::Error for OAuthError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_is_bounded() {
        let error = OAuthError::new("login_required", Some("a\nb\u{1b}[31m"));
        assert_eq!(error.code, OAuthErrorCode::LoginRequired);
        assert_eq!(error.to_string(), "login_required: ab[31m");
        let long = OAuthError::new(&"x".repeat(1_000), Some(&"ü".repeat(1_000)));
        assert_eq!(long.code.as_str().len(), MAX_DESCRIPTION);
        assert_eq!(long.description.map(|text| text.chars().count()), Some(MAX_DESCRIPTION));
        assert_eq!(OAuthError::new("x", Some(" \t")).description, None);
    }
}
