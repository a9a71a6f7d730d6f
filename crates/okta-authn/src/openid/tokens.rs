//! The exchange of a code for tokens (RFC 6749 section 4.1.3 with RFC 7636): the request, and its response. Not here:
//! whether the ID token is genuine (`id_token`).

use super::issuer::Issuer;
use super::jws::MAX_LENGTH;
use super::oauth_error::OAuthError;
use crate::reader::{DecodeErrors, Reader};
use crate::request::{Body, Method, Request};
use crate::response::Response;
use crate::secret::{AccessToken, AuthorizationCode, CodeVerifier, IdToken, RefreshToken};
use crate::timestamp::Millis;
use crate::url::form;
use crate::wire::{DecodeError, Value};
use std::fmt;

/// The tokens, as they came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tokens {
    /// Says who signed in.
    pub id_token: IdToken,
    /// For an API.
    pub access_token: Option<AccessToken>,
    /// For more tokens.
    pub refresh_token: Option<RefreshToken>,
    /// Seconds that the access token is valid for, from now.
    pub expires_in: Option<u32>,
    /// What was granted, where the org says it.
    pub scopes: Vec<String>,
}

/// Why there are no tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenError {
    /// The org refuses.
    Refused(OAuthError),
    /// Too many requests, or a failure of the org.
    Unavailable {
        /// HTTP status.
        status: u16,
        /// When the rate limit resets, where the browser may read it.
        retry_at: Option<Millis>,
    },
    /// The response cannot be read.
    Unreadable(Option<DecodeError>),
}

/// `POST /token`: exchanges a code.
pub fn token_request(
    issuer: &Issuer,
    client_id: &str,
    redirect_uri: &str,
    code: &AuthorizationCode,
    verifier: &CodeVerifier,
) -> Request {
    let fields = [
        ("grant_type", "authorization_code"),
        ("client_id", client_id),
        ("redirect_uri", redirect_uri),
        ("code", code.expose()),
        ("code_verifier", verifier.expose()),
    ];
    Request::to_other_server(Method::Post, issuer.token_address(), Body::Form(form(&fields)))
}

impl Tokens {
    /// Reads the response.
    pub fn read(response: &Response) -> Result<Self, TokenError> {
        let Response { status, body, retry_at, .. } = response;
        let is_good = (200..300).contains(status);
        match body {
            Some(body) if is_good => Self::of_body(body).map_err(|error| TokenError::Unreadable(Some(error))),
            _ if *status == 429 || *status >= 500 => {
                Err(TokenError::Unavailable { status: *status, retry_at: *retry_at })
            }
            Some(body) if !is_good => Err(refused(body).map_or(TokenError::Unreadable(None), TokenError::Refused)),
            _ => Err(TokenError::Unreadable(None)),
        }
    }

    fn of_body(body: &Value) -> Result<Self, DecodeError> {
        let errors = DecodeErrors::default();
        let at = Reader::new(body, &errors);
        let token = |name| {
            let at = at.at(name);
            at.strict_text().filter(|text| text.len() <= MAX_LENGTH || at.expected::<()>("shorter").is_some())
        };
        if at.strict_object().at("access_token").is_present() {
            let token_type = at.at("token_type");
            if !token_type.text().is_some_and(|name| name.eq_ignore_ascii_case("Bearer")) {
                token_type.report("Bearer");
            }
        }
        at.at("id_token").required();
        let tokens = Self {
            id_token: IdToken::new(token("id_token").unwrap_or_default()),
            access_token: token("access_token").map(AccessToken::new),
            refresh_token: token("refresh_token").map(RefreshToken::new),
            expires_in: at.at("expires_in").count(),
            scopes: scopes(at.at("scope").text().as_deref()),
        };
        if tokens.id_token.is_empty() {
            at.at("id_token").report("present");
        }
        errors.into_result(tokens)
    }
}

/// Scopes stand in one text, separated by blanks.
pub(super) fn scopes(text: Option<&str>) -> Vec<String> {
    text.unwrap_or_default().split_ascii_whitespace().map(str::to_owned).collect()
}

/// Some errors of this API have the names of OAuth, others those of Okta's own APIs.
fn refused(body: &Value) -> Option<OAuthError> {
    let text = |name| body.get(name).and_then(Value::as_text).filter(|text| !text.is_empty());
    let code = text("error").or_else(|| text("errorCode"))?;
    Some(OAuthError::new(code, text("error_description").or_else(|| text("errorSummary"))))
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(error) => error.fmt(f),
            Self::Unavailable { status, .. } => write!(f, "the org answered with HTTP status {status}"),
            Self::Unreadable(Some(error)) => error.fmt(f),
            Self::Unreadable(None) => f.write_str("the response has no tokens and no error"),
        }
    }
}

impl std::error::Error for TokenError {}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse fails the test")]
mod tests {
    use super::super::oauth_error::OAuthErrorCode;
    use super::*;
    use crate::links::Org;

    fn read(status: u16, body: &str) -> Result<Tokens, TokenError> {
        Tokens::read(&Response { status, ..Response::ok(serde_json::from_str(body).unwrap()) })
    }

    #[test]
    fn the_request_proves_with_the_verifier() {
        let issuer = Issuer::of(&Org::parse("https://example.okta.com").unwrap());
        let (code, verifier) = (AuthorizationCode::new("c+d"), CodeVerifier::new("v"));
        let request = token_request(&issuer, "0oa1", "https://app.example/cb", &code, &verifier);
        assert_eq!((request.method(), request.url()), (Method::Post, "https://example.okta.com/oauth2/v1/token"));
        let form = "grant_type=authorization_code&client_id=0oa1&redirect_uri=https%3A%2F%2Fapp.example%2Fcb\
                    &code=c%2Bd&code_verifier=v";
        assert!(*request.body() == Body::Form(form.to_owned()));
        assert_eq!(format!("{request:?}"), "Post https://example.okta.com/oauth2/v1/token");
    }

    #[test]
    fn tokens() {
        let body = r#"{"token_type": "Bearer", "expires_in": 3600, "access_token": "a", "scope": "openid email",
                       "refresh_token": "r", "id_token": "i", "new": 1}"#;
        let tokens = read(200, body).unwrap();
        assert_eq!((tokens.id_token.expose(), tokens.expires_in, tokens.scopes.len()), ("i", Some(3_600), 2));
        assert_eq!(tokens.refresh_token, Some(RefreshToken::new("r")));
        assert!(!format!("{tokens:?}").contains("\"a\""));
        assert_eq!(read(200, r#"{"id_token": "i"}"#).unwrap().access_token, None);
    }

    #[test]
    fn what_cannot_be_read_names_its_place() {
        let long = ["{\"id_token\": \"", &"x".repeat(MAX_LENGTH + 1), "\"}"].concat();
        for (body, problem) in [
            (r#"{"access_token": "a", "token_type": "Bearer"}"#, "id_token should be present"),
            (r#"{"id_token": ""}"#, "id_token should be present"),
            (r#"{"id_token": 7}"#, "id_token should be a string"),
            (r#"{"id_token": "i", "access_token": "a"}"#, "token_type should be Bearer"),
            (r#"{"id_token": "i", "access_token": "a", "token_type": "mac"}"#, "token_type should be Bearer"),
            (r#"{"id_token": "i", "refresh_token": []}"#, "refresh_token should be a string"),
            ("[]", "the body should be an object"),
            (long.as_str(), "id_token should be shorter"),
        ] {
            assert_eq!(read(200, body).unwrap_err().to_string(), problem);
        }
    }

    #[test]
    fn refusals() {
        let grant = read(400, r#"{"error": "invalid_grant", "error_description": "PKCE verification failed."}"#);
        let description = Some("PKCE verification failed.".to_owned());
        assert_eq!(grant, Err(TokenError::Refused(OAuthError { code: OAuthErrorCode::InvalidGrant, description })));
        let client = read(401, r#"{"errorCode": "invalid_client", "errorSummary": "No client"}"#).unwrap_err();
        assert_eq!(client.to_string(), "invalid_client: No client");
        assert_eq!(read(400, "{}"), Err(TokenError::Unreadable(None)));
        let limited = read(429, r#"{"errorCode": "E0000047"}"#);
        assert_eq!(limited, Err(TokenError::Unavailable { status: 429, retry_at: None }));
        let empty = Response { body: None, ..Response::ok(Value::Null) };
        assert_eq!(Tokens::read(&empty), Err(TokenError::Unreadable(None)));
        let failed = Tokens::read(&Response { status: 503, ..empty });
        assert_eq!(failed, Err(TokenError::Unavailable { status: 503, retry_at: None }));
    }
}
