//! The typed way to the option `tokens`, for Rust programs. Not here: what a member means, or its mistakes (`tokens`).

use okta_authn::openid::{ResponseType, Way};
use okta_authn::wire::Value;

/// The app that gets tokens, for [`ConfigBuilder::tokens`](super::ConfigBuilder::tokens). Each method sets the member of the
/// same name (docs/tokens.md).
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct TokenOptions(Vec<(String, Value)>);

impl TokenOptions {
    /// Starts with the id of the app.
    pub fn new(client_id: impl Into<String>) -> Self {
        Self(Vec::new()).set("clientId", client_id)
    }

    /// Who issues the tokens: the org, or one of its authorization servers.
    pub fn issuer(self, issuer: impl Into<String>) -> Self {
        self.set("issuer", issuer)
    }

    /// One of the app's sign-in redirect URIs, absolute, of the page's own origin.
    pub fn redirect_uri(self, uri: impl Into<String>) -> Self {
        self.set("redirectUri", uri)
    }

    /// What the tokens are for.
    pub fn scopes(self, scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.put("scopes", Value::List(scopes.into_iter().map(|scope| Value::Text(scope.into())).collect()))
    }

    /// What the org is asked for.
    pub fn response_type(self, response_type: ResponseType) -> Self {
        self.set(
            "responseType",
            match response_type {
                ResponseType::Code => "code",
                ResponseType::IdToken => "id_token",
                ResponseType::TokenAndIdToken => "token id_token",
            },
        )
    }

    /// Whether the person stays on the page, or the browser goes to the org and comes back.
    pub fn display(self, display: Way) -> Self {
        self.set(
            "display",
            match display {
                Way::Frame => "frame",
                Way::Redirect => "redirect",
            },
        )
    }

    /// The identity provider to be used.
    pub fn idp(self, idp: impl Into<String>) -> Self {
        self.set("idp", idp)
    }

    /// As a page's object.
    pub(super) fn into_value(self) -> Value {
        Value::Object(self.0)
    }

    fn set(self, member: &str, text: impl Into<String>) -> Self {
        self.put(member, Value::Text(text.into()))
    }

    fn put(mut self, member: &str, value: Value) -> Self {
        self.0.retain(|(name, _)| name != member);
        self.0.push((member.to_owned(), value));
        self
    }
}
