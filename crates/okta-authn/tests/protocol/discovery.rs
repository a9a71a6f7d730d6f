//! What `/.well-known/webfinger` answers about a login: the first link decides, and whatever it is not sure about is an error.

use crate::fixtures::Fixture;
use okta_authn::discovery::{Route, route};
use okta_authn::{AuthnError, ErrorCode, Org};

/// Name of the fixture, and what it means.
const ANSWERS: [(&str, &str); 18] = [
    ("google-with-state-token", "GOOGLE 0oaGoogle0000000001 Google, by address"),
    ("href-missing", "links[0].href"),
    ("http", "not to http://idp.example"),
    ("iwa-elsewhere", "IWA 0oaIwa000000000001 Windows, by address"),
    ("links-missing", "links[0].properties.okta:idp:type"),
    ("list", ""),
    ("new-type", "QUANTUM  , by address"),
    ("no-links", "links[0].properties.okta:idp:type"),
    ("okta", "password"),
    ("okta-then-saml", "password"),
    ("okta-without-issuer-rel", "password"),
    ("refused", "E0000001"),
    ("relative", "not to //idp.example/start"),
    ("repost", "AgentlessDSSO 0oaDsso00000000001 Active Directory, by form"),
    ("saml", "SAML2 0oaSaml00000000001 Analytical Engines, by address"),
    ("saml-then-okta", "SAML2 0oaSaml00000000001 Analytical Engines, by address"),
    ("script", "not to javascript:alert(1)"),
    ("type-missing", "links[0].properties.okta:idp:type"),
];

fn meaning(outcome: Result<Route, AuthnError>) -> String {
    match outcome {
        Ok(Route::Password) => "password".to_owned(),
        Ok(Route::Provider(provider)) => {
            let by = if provider.by_form { "form" } else { "address" };
            let [id, name] = [provider.id, provider.name].map(Option::unwrap_or_default);
            format!("{} {id} {name}, by {by}", provider.kind)
        }
        Err(AuthnError::Decode(error)) => error.path,
        Err(AuthnError::UntrustedLink(link)) => format!("not to {}", link.target),
        Err(AuthnError::Api(error)) => error.code.as_ref().map_or("", ErrorCode::as_str).to_owned(),
        Err(other) => panic!("{other:?}"),
    }
}

#[test]
fn every_answer_has_one_meaning() {
    let org = Org::parse("https://acme.okta.example").unwrap();
    let mut seen: Vec<(String, String)> = Fixture::all("discovery")
        .iter()
        .map(|fixture| {
            let name = fixture.name.trim_start_matches("discovery/").trim_end_matches(".webfinger").to_owned();
            (name, meaning(route(&org, fixture.response())))
        })
        .collect();
    seen.sort();
    assert_eq!(seen, ANSWERS.map(|(name, meaning)| (name.to_owned(), meaning.to_owned())));
}

#[test]
fn only_the_orgs_own_address_may_do_without_https() {
    let response = Fixture::named("discovery/http.webfinger").response();
    for (base, fine) in [("http://idp.example", true), ("http://idp.example:8081", false)] {
        assert_eq!(route(&Org::parse(base).unwrap(), response.clone()).is_ok(), fine, "{base}");
    }
}

#[test]
fn the_address_is_kept_as_it_is() {
    let org = Org::parse("https://acme.okta.example").unwrap();
    let Ok(Route::Provider(provider)) = route(&org, Fixture::named("discovery/saml.webfinger").response()) else {
        panic!("not a provider")
    };
    assert_eq!(provider.url, "https://acme.okta.example/sso/idps/0oaSaml00000000001?fromURI=%2Fapp%2FUserHome");
}
