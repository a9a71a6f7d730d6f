//! The authorization server: the org itself, or one of its custom ones, and the addresses that it has
//! (docs/authn-api.md#openid-connect). Only servers of the configured org: a session token goes nowhere else. Not here:
//! its discovery document, whose addresses are these.

use crate::links::Org;
use crate::request::{Body, Method, Request};
use crate::url::Address;

/// An authorization server of the org.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issuer {
    /// As in the claim `iss`.
    name: String,
    /// What its addresses begin with.
    base: String,
    /// The origin, which also posts messages.
    origin: String,
}

impl Issuer {
    /// The org's own authorization server.
    pub fn of(org: &Org) -> Self {
        let origin = org.origin().to_owned();
        Self { name: origin.clone(), base: [&origin, "/oauth2"].concat(), origin }
    }

    /// Reads `{org}` or `{org}/oauth2/{id}`, or says what is wrong with it. The origin may be any of the org's: the claim
    /// `iss` names the one that the server is asked at.
    pub fn parse(issuer: &str, org: &Org) -> Result<Self, &'static str> {
        let address = Address::parse(issuer).map_err(crate::url::AddressError::reason)?;
        if !org.has_origin(&address.origin) {
            return Err("must be of the org: it has another origin than base-url and org-origins");
        }
        let origin = address.origin.as_str().to_owned();
        if matches!(address.rest, "" | "/") {
            return Ok(Self { name: origin.clone(), base: [&origin, "/oauth2"].concat(), origin });
        }
        let is_id = |id: &&str| !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
        let Some(id) = address.rest.strip_prefix("/oauth2/").filter(is_id) else {
            return Err("must be the org's address, or end with /oauth2/ and the id of an authorization server");
        };
        let name = [&origin, "/oauth2/", id].concat();
        Ok(Self { base: name.clone(), name, origin })
    }

    /// As in the claim `iss`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The origin that messages of its frame come from.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Where authorization requests go.
    pub(super) fn authorize_address(&self) -> String {
        [&self.base, "/v1/authorize"].concat()
    }

    /// Where a code is exchanged for tokens.
    pub(super) fn token_address(&self) -> String {
        [&self.base, "/v1/token"].concat()
    }

    /// `GET` of the keys that sign its ID tokens. They are public.
    pub fn keys_request(&self) -> Request {
        let url = [&self.base, "/v1/keys"].concat();
        Request::to_other_server(Method::Get, url, Body::NoneWithoutCookies)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse fails the test")]
mod tests {
    use super::*;

    fn org() -> Org {
        Org::parse("https://login.acme.example").unwrap().with_others([Org::parse("https://acme.okta.com").unwrap()])
    }

    #[test]
    fn addresses() {
        assert_eq!(Issuer::parse("https://login.acme.example/", &org()).unwrap(), Issuer::of(&org()));
        for (issuer, name, token) in [
            ("https://login.acme.example", "https://login.acme.example", "https://login.acme.example/oauth2/v1/token"),
            ("https://ACME.okta.com", "https://acme.okta.com", "https://acme.okta.com/oauth2/v1/token"),
            (
                "https://acme.okta.com/oauth2/default",
                "https://acme.okta.com/oauth2/default",
                "https://acme.okta.com/oauth2/default/v1/token",
            ),
        ] {
            let issuer = Issuer::parse(issuer, &org()).unwrap();
            assert_eq!((issuer.name(), issuer.token_address().as_str()), (name, token));
        }
        let keys = Issuer::parse("https://acme.okta.com/oauth2/aus1-_", &org()).unwrap().keys_request();
        assert_eq!(keys.url(), "https://acme.okta.com/oauth2/aus1-_/v1/keys");
        assert!(*keys.body() == Body::NoneWithoutCookies);
    }

    #[test]
    fn only_servers_of_the_org() {
        for wrong in [
            "https://evil.example",
            "https://evil.example/oauth2/default",
            "http://acme.okta.com",
            "https://acme.okta.com:8443/oauth2/default",
            "https://acme.okta.com@evil.example/",
            "https://acme.okta.com.evil.example/",
            "https://acme.okta.com/oauth2",
            "https://acme.okta.com/oauth2/",
            "https://acme.okta.com/oauth2/default/",
            "https://acme.okta.com/oauth2/..",
            "https://acme.okta.com/oauth2/a%2fb",
            "https://acme.okta.com/oauth2/default?x=1",
            "https://acme.okta.com#x",
            "https://acme.okta.com/oauth2/default/v1/authorize",
            "default",
            "",
        ] {
            assert!(Issuer::parse(wrong, &org()).is_err(), "{wrong}");
        }
    }
}
