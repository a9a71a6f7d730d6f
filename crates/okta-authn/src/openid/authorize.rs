//! The authorization request: the address that a hidden frame, or the browser, is sent to with the session token
//! (docs/authn-api.md#openid-connect). It never shows a page of the org (`prompt=none`). Not here: opening it.

use super::issuer::Issuer;
use crate::secret::{AuthorizeAddress, Nonce, RequestState, SessionToken};
use crate::url::form;

/// What the answer is to carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResponseType {
    /// A code, which is exchanged with its verifier (PKCE).
    Code,
    /// An ID token: for apps that have only the implicit grant.
    IdToken,
    /// An ID token and an access token: the same.
    TokenAndIdToken,
}

/// How the answer comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// A frame posts it as a message.
    Frame,
    /// The browser comes back to the redirect URI.
    Redirect,
}

/// An authorization request.
#[derive(Clone, Copy, Debug)]
pub struct Authorize<'a> {
    /// Who is asked.
    pub issuer: &'a Issuer,
    /// The app.
    pub client_id: &'a str,
    /// Where the browser comes back to, or the page whose origin the frame posts to.
    pub redirect_uri: &'a str,
    /// What the tokens are for. `openid` is added where it is missing.
    pub scopes: &'a [String],
    /// Ties the answer to the request.
    pub state: &'a RequestState,
    /// Ties the ID token to the request.
    pub nonce: &'a Nonce,
    /// What the answer is to carry.
    pub response_type: ResponseType,
    /// How it comes.
    pub way: Way,
    /// What the code's verifier is compared with; counts with [`ResponseType::Code`] only.
    pub code_challenge: Option<&'a str>,
    /// Makes the session; without it, the one that exists counts.
    pub session_token: Option<&'a SessionToken>,
    /// The identity provider to be used.
    pub idp: Option<&'a str>,
    /// The user name.
    pub login_hint: Option<&'a str>,
}

impl Authorize<'_> {
    /// Its address.
    pub fn address(&self) -> AuthorizeAddress {
        let scopes = self.scopes();
        let mut fields = vec![
            ("client_id", self.client_id),
            ("redirect_uri", self.redirect_uri),
            ("response_type", self.response_type.name()),
            ("response_mode", self.response_mode()),
            ("scope", scopes.as_str()),
            ("state", self.state.expose()),
            ("nonce", self.nonce.expose()),
            ("prompt", "none"),
        ];
        if let Some(challenge) = self.code_challenge.filter(|_| self.response_type == ResponseType::Code) {
            fields.extend([("code_challenge", challenge), ("code_challenge_method", "S256")]);
        }
        let optional = [
            ("sessionToken", self.session_token.map(SessionToken::expose)),
            ("idp", self.idp),
            ("login_hint", self.login_hint),
        ];
        fields.extend(optional.into_iter().filter_map(|(name, value)| Some((name, value?))));
        AuthorizeAddress::new([&self.issuer.authorize_address(), "?", &form(&fields)].concat())
    }

    fn scopes(&self) -> String {
        let given = self.scopes.iter().map(String::as_str);
        let missing = if self.scopes.iter().any(|scope| scope == "openid") { None } else { Some("openid") };
        missing.into_iter().chain(given).collect::<Vec<_>>().join(" ")
    }

    /// Tokens must not be in a query, which servers log: the org refuses that as well.
    fn response_mode(&self) -> &'static str {
        match (self.way, self.response_type) {
            (Way::Frame, _) => "okta_post_message",
            (Way::Redirect, ResponseType::Code) => "query",
            (Way::Redirect, ResponseType::IdToken | ResponseType::TokenAndIdToken) => "fragment",
        }
    }
}

impl ResponseType {
    /// As in the request.
    pub fn name(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::IdToken => "id_token",
            Self::TokenAndIdToken => "token id_token",
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse fails the test")]
mod tests {
    use super::*;
    use crate::links::Org;
    use crate::url::query_value;

    fn address(change: impl FnOnce(&mut Authorize)) -> String {
        let issuer = Issuer::of(&Org::parse("https://example.okta.com").unwrap());
        let (state, nonce, token) = (RequestState::new("s"), Nonce::new("n"), SessionToken::new("00+/=&"));
        let mut request = Authorize {
            issuer: &issuer,
            client_id: "0oa1",
            redirect_uri: "https://app.example/cb?x=1&y=ü",
            scopes: &["email".to_owned()],
            state: &state,
            nonce: &nonce,
            response_type: ResponseType::Code,
            way: Way::Redirect,
            code_challenge: Some("E9"),
            session_token: Some(&token),
            idp: None,
            login_hint: None,
        };
        change(&mut request);
        request.address().expose().to_owned()
    }

    #[test]
    fn every_value_is_encoded() {
        assert_eq!(
            address(|_| ()),
            "https://example.okta.com/oauth2/v1/authorize?client_id=0oa1\
             &redirect_uri=https%3A%2F%2Fapp.example%2Fcb%3Fx%3D1%26y%3D%C3%BC&response_type=code&response_mode=query\
             &scope=openid%20email&state=s&nonce=n&prompt=none&code_challenge=E9&code_challenge_method=S256\
             &sessionToken=00%2B%2F%3D%26"
        );
    }

    #[test]
    fn the_mode_follows_from_the_type_and_the_way() {
        for (way, response_type, mode, has_challenge) in [
            (Way::Redirect, ResponseType::Code, "query", true),
            (Way::Redirect, ResponseType::IdToken, "fragment", false),
            (Way::Redirect, ResponseType::TokenAndIdToken, "fragment", false),
            (Way::Frame, ResponseType::Code, "okta_post_message", true),
            (Way::Frame, ResponseType::IdToken, "okta_post_message", false),
        ] {
            let address = address(|request| (request.way, request.response_type) = (way, response_type));
            let value = |name| query_value(&address, name);
            assert_eq!(value("response_mode").as_deref(), Some(mode), "{response_type:?} {way:?}");
            assert_eq!(value("response_type").as_deref(), Some(response_type.name()));
            assert_eq!(value("code_challenge").is_some(), has_challenge, "{response_type:?}");
            assert_eq!(value("prompt").as_deref(), Some("none"));
        }
    }

    #[test]
    fn what_is_optional_is_left_out() {
        let with = address(|request| (request.idp, request.login_hint) = (Some("0oi"), Some("jeff@x.example")));
        assert!(with.ends_with("&idp=0oi&login_hint=jeff%40x.example"), "{with}");
        let without = address(|request| request.session_token = None);
        assert_eq!(query_value(&without, "sessionToken"), None);
    }

    #[test]
    fn openid_is_asked_for_once() {
        let scopes = ["profile".to_owned(), "openid".to_owned()];
        let issuer = Issuer::of(&Org::parse("https://example.okta.com").unwrap());
        let (state, nonce) = (RequestState::new("s"), Nonce::new("n"));
        let request = Authorize {
            issuer: &issuer,
            client_id: "c",
            redirect_uri: "r",
            scopes: &scopes,
            state: &state,
            nonce: &nonce,
            response_type: ResponseType::Code,
            way: Way::Frame,
            code_challenge: None,
            session_token: None,
            idp: None,
            login_hint: None,
        };
        assert_eq!(query_value(request.address().expose(), "scope").as_deref(), Some("profile openid"));
        assert_eq!(format!("{:?}", request.address()), "AuthorizeAddress(redacted)");
    }
}
