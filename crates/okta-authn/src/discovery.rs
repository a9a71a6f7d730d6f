//! Which identity provider a login belongs to (docs/authn-api.md#identity-provider-discovery): the request to
//! `/.well-known/webfinger`, and what its answer says. Not here: sending or navigating, and where a sign-in at a provider
//! begins without asking ([`idp`](super::idp)).

use super::error::AuthnError;
use super::links::{Org, UntrustedLink};
use super::open_enum::open_enum;
use super::reader::{DecodeErrors, Reader};
use super::request::{Body, Method, Request};
use super::response::Response;
use super::url::{Address, decode, form};
use super::wire::{DecodeError, Value};
use std::fmt;

const WEBFINGER: &str = "/.well-known/webfinger?";
const REPOST: &str = "OKTA_INVALID_SESSION_REPOST=true";

/// Where a login signs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// In this org: ask for the password.
    Password,
    /// At an identity provider: leave the page.
    Provider(Provider),
}

/// An identity provider, and the way to it.
#[derive(Clone, PartialEq, Eq)]
pub struct Provider {
    /// What it is.
    pub kind: ProviderType,
    /// The org's id of it.
    pub id: Option<String>,
    /// Its name, for people.
    pub name: Option<String>,
    /// Where the browser goes: `https`, or the org's own origin.
    pub url: String,
    /// Whether the browser has to submit the parameters of the address as a form, with GET.
    pub by_form: bool,
}

/// Shows no address: it may carry the state token.
impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:?}", self.kind, self.id)
    }
}

open_enum! {
    /// What an identity provider is.
    ProviderType {
        /// The org itself.
        Okta = "OKTA",
        /// Inbound SAML.
        Saml2 = "SAML2",
        /// Integrated Windows Authentication.
        Iwa = "IWA",
        /// Desktop single sign-on without an agent.
        AgentlessDsso = "AgentlessDSSO",
        /// Smart cards.
        X509 = "X509",
        /// OpenID Connect.
        Oidc = "OIDC",
        /// Apple.
        Apple = "APPLE",
        /// Facebook.
        Facebook = "FACEBOOK",
        /// Google.
        Google = "GOOGLE",
        /// `LinkedIn`.
        Linkedin = "LINKEDIN",
        /// Microsoft.
        Microsoft = "MICROSOFT",
    }
}

/// The request. `context` is the state token of a sign-in that has begun, or the path or address that the browser
/// goes to afterwards.
pub fn request(org: &Org, login: &str, context: Option<&str>) -> Request {
    let resource = ["okta:acct:", login].concat();
    let mut fields = vec![("resource", resource.as_str())];
    fields.extend(context.map(|context| ("requestContext", context)));
    let url = [org.at(WEBFINGER), form(&fields)].concat();
    Request::to_other_server(Method::Get, url, Body::NoneWithoutCookies)
}

/// What the answer says: its first link decides. An answer that can't be read, or leads elsewhere than it may, is an
/// error, because a password must not be asked for here by mistake.
pub fn route(org: &Org, response: Response) -> Result<Route, AuthnError> {
    match read(&response.into_body()?).map_err(AuthnError::Decode)? {
        Provider { kind: ProviderType::Okta, .. } => Ok(Route::Password),
        provider => admitted(org, provider).map(Route::Provider).map_err(AuthnError::UntrustedLink),
    }
}

fn read(body: &Value) -> Result<Provider, DecodeError> {
    let errors = DecodeErrors::default();
    let body = Reader::new(body, &errors);
    let links = body.strict_object().at("links");
    let link = links.first();
    let properties = link.at("properties");
    let kind = ProviderType::from(properties.at("okta:idp:type").required_text().as_str());
    // The org's own link leads nowhere that a page needs.
    let url = if kind == ProviderType::Okta { String::new() } else { link.at("href").required_text() };
    let provider = Provider {
        kind,
        id: properties.at("okta:idp:id").text(),
        name: link.at("titles").at("und").text(),
        by_form: decode(&url).is_some_and(|decoded| decoded.contains(REPOST)),
        url,
    };
    errors.into_result(provider)
}

/// A provider may be anywhere, but only with HTTPS; the org's own origin may have none in tests.
fn admitted(org: &Org, provider: Provider) -> Result<Provider, UntrustedLink> {
    let target = match Address::parse(&provider.url) {
        Ok(address) if address.origin == *org.as_origin() || address.origin.as_str().starts_with("https://") => {
            return Ok(provider);
        }
        Ok(address) => address.origin.as_str().to_owned(),
        // Without the query, which may carry a token.
        Err(_) => provider.url.split(['?', '#']).next().unwrap_or_default().chars().take(60).collect(),
    };
    Err(UntrustedLink { target })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse fails the test")]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_is_encoded_and_sent_without_cookies() {
        let org = Org::parse("https://acme.okta.example").unwrap();
        for (login, context, query) in [
            ("ada@acme.example", None, "resource=okta%3Aacct%3Aada%40acme.example"),
            ("a&b=c", Some("/app/x?y"), "resource=okta%3Aacct%3Aa%26b%3Dc&requestContext=%2Fapp%2Fx%3Fy"),
        ] {
            let asked = request(&org, login, context);
            assert_eq!(asked.url(), ["https://acme.okta.example/.well-known/webfinger?", query].concat());
            assert_eq!(asked.method(), Method::Get);
            assert!(*asked.body() == Body::NoneWithoutCookies);
        }
    }

    #[test]
    fn no_address_is_shown() {
        let secret = Provider {
            kind: ProviderType::from("NEW"),
            id: Some("0oa1".to_owned()),
            name: None,
            url: "https://acme.okta.example/sso/idps/0oa1?stateToken=00secret".to_owned(),
            by_form: false,
        };
        assert_eq!(format!("{secret:?}"), "NEW Some(\"0oa1\")");
    }
}
