//! What an authorization request is answered with: a code, tokens, or an error. `state` is compared first: an answer to
//! another request is not read further. Not here: the exchange of the code (`tokens`).

use super::authorize::ResponseType;
use super::fields::Fields;
use super::issuer::Issuer;
use super::oauth_error::OAuthError;
use super::tokens::Tokens;
use crate::secret::{AccessToken, AuthorizationCode, IdToken, RequestState};
use std::fmt;

/// What the org gives.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// To be exchanged.
    Code(AuthorizationCode),
    /// The tokens themselves. Nothing of them is checked yet.
    Tokens(Tokens),
}

/// Why there is no answer to use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnswerError {
    /// It answers another request, or none.
    ForeignState,
    /// It is from another server (RFC 9207).
    ForeignIssuer,
    /// The org refuses.
    Refused(OAuthError),
    /// Something is missing in it.
    Missing(&'static str),
    /// The access token is none that whoever holds it can use.
    TokenType,
}

impl Answer {
    /// Reads the answer to the request that had this state.
    pub fn read(
        fields: &Fields,
        state: &RequestState,
        issuer: &Issuer,
        response_type: ResponseType,
    ) -> Result<Self, AnswerError> {
        if state.is_empty() || fields.get("state") != Some(state.expose()) {
            return Err(AnswerError::ForeignState);
        }
        if fields.get("iss").is_some_and(|name| name != issuer.name()) {
            return Err(AnswerError::ForeignIssuer);
        }
        if let Some(code) = fields.get("error") {
            return Err(AnswerError::Refused(OAuthError::new(code, fields.get("error_description"))));
        }
        let required = |name| fields.get(name).ok_or(AnswerError::Missing(name));
        if response_type == ResponseType::Code {
            return Ok(Self::Code(AuthorizationCode::new(required("code")?)));
        }
        let id_token = IdToken::new(required("id_token")?);
        let mut tokens =
            Tokens { id_token, access_token: None, refresh_token: None, expires_in: None, scopes: Vec::new() };
        // What was not asked for is not taken.
        if response_type == ResponseType::TokenAndIdToken {
            if !required("token_type")?.eq_ignore_ascii_case("Bearer") {
                return Err(AnswerError::TokenType);
            }
            tokens.access_token = Some(AccessToken::new(required("access_token")?));
            tokens.expires_in = fields.get("expires_in").and_then(|seconds| seconds.parse().ok());
            tokens.scopes = super::tokens::scopes(fields.get("scope"));
        }
        Ok(Self::Tokens(tokens))
    }
}

impl fmt::Display for AnswerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ForeignState => f.write_str("the answer is to another request: its state differs"),
            Self::ForeignIssuer => f.write_str("the answer is from another server: its iss differs"),
            Self::Refused(error) => error.fmt(f),
            Self::Missing(name) => write!(f, "the answer has no {name}"),
            Self::TokenType => f.write_str("the access token is no bearer token"),
        }
    }
}

impl std::error::Error for AnswerError {}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse fails the test")]
mod tests {
    use super::super::oauth_error::OAuthErrorCode;
    use super::*;
    use crate::links::Org;

    fn read(query: &str, response_type: ResponseType) -> Result<Answer, AnswerError> {
        let issuer = Issuer::of(&Org::parse("https://example.okta.com").unwrap());
        Answer::read(&Fields::of_query(query).unwrap(), &RequestState::new("s1"), &issuer, response_type)
    }

    #[test]
    fn codes() {
        let code = Ok(Answer::Code(AuthorizationCode::new("c")));
        assert_eq!(read("state=s1&code=c", ResponseType::Code), code);
        assert_eq!(read("state=s1&code=c&iss=https%3A%2F%2Fexample.okta.com", ResponseType::Code), code);
        assert_eq!(read("state=s1&id_token=i", ResponseType::Code), Err(AnswerError::Missing("code")));
        assert_eq!(read("state=s1&code=", ResponseType::Code), Err(AnswerError::Missing("code")));
    }

    #[test]
    fn a_foreign_answer_is_not_read() {
        for query in ["code=c", "state=s2&code=c", "state=&code=c", "state=S1&code=c", "state=s2&error=login_required"]
        {
            assert_eq!(read(query, ResponseType::Code), Err(AnswerError::ForeignState), "{query}");
        }
        let other = "state=s1&code=c&iss=https%3A%2F%2Fevil.example";
        assert_eq!(read(other, ResponseType::Code), Err(AnswerError::ForeignIssuer));
        let issuer = Issuer::of(&Org::parse("https://example.okta.com").unwrap());
        let none =
            Answer::read(&Fields::of_query("code=c").unwrap(), &RequestState::new(""), &issuer, ResponseType::Code);
        assert_eq!(none, Err(AnswerError::ForeignState));
    }

    #[test]
    fn refusals() {
        for (code, expected) in [
            ("login_required", OAuthErrorCode::LoginRequired),
            ("consent_required", OAuthErrorCode::ConsentRequired),
            ("access_denied", OAuthErrorCode::AccessDenied),
            ("new_error", OAuthErrorCode::Other("new_error".to_owned())),
        ] {
            let query = ["state=s1&code=c&error=", code, "&error_description=not+signed+in"].concat();
            let description = Some("not signed in".to_owned());
            let refused = AnswerError::Refused(OAuthError { code: expected, description });
            assert_eq!(read(&query, ResponseType::Code), Err(refused), "{code}");
        }
    }

    #[test]
    fn tokens_of_the_older_types() {
        let both = "state=s1&id_token=i&access_token=a&token_type=bearer&expires_in=3600&scope=openid+email";
        let Ok(Answer::Tokens(tokens)) = read(both, ResponseType::TokenAndIdToken) else { unreachable!("no tokens") };
        assert_eq!(tokens.access_token, Some(AccessToken::new("a")));
        assert_eq!((tokens.expires_in, tokens.scopes.join(",")), (Some(3_600), "openid,email".to_owned()));
        let Ok(Answer::Tokens(tokens)) = read(both, ResponseType::IdToken) else { unreachable!("no tokens") };
        assert_eq!((tokens.id_token, tokens.access_token), (IdToken::new("i"), None), "it was not asked for");
        for (query, error) in [
            ("state=s1&code=c", AnswerError::Missing("id_token")),
            ("state=s1&id_token=i", AnswerError::Missing("token_type")),
            ("state=s1&id_token=i&token_type=Bearer", AnswerError::Missing("access_token")),
            ("state=s1&id_token=i&access_token=a&token_type=DPoP", AnswerError::TokenType),
        ] {
            assert_eq!(read(query, ResponseType::TokenAndIdToken), Err(error), "{query}");
        }
    }
}
