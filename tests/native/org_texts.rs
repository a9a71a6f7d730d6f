//! The org's strings are shown as text. In every fixture, markup is put into every string that is not a keyword of the
//! protocol; no part of it may become an element. Not here: the widget's own texts.

use crate::fixtures::Fixture;
use crate::rewrite::rewritten;
use crate::run::RequestKind;
use crate::{page, responses};
use okta_authn::wire::Value;

const MARKUP: &str = "<img src=x onerror=alert(1)>";

/// Members whose strings are keywords of the protocol: another value is another step.
const KEYWORDS: [&str; 28] = [
    "allow",
    "challenge",
    "challengeType",
    "deviceActivationStatus",
    "enrollment",
    "errorCode",
    "expiresAt",
    "factorResult",
    "factorType",
    "href",
    "id",
    "name",
    "passwordChanged",
    "platform",
    "provider",
    "recoveryToken",
    "recoveryType",
    "refresh",
    "sessionToken",
    "stateToken",
    "status",
    "type",
    "allowRememberDevice",
    "rememberDeviceByDefault",
    "rememberDeviceLifetimeInMinutes",
    "endDate",
    "excludeAttributes",
    "excludeUsername",
];

fn hostile(fixture: Fixture) -> Fixture {
    rewritten(fixture, &|member, value| match value {
        Value::Text(text) if !KEYWORDS.contains(&member) => Value::Text([MARKUP, &text].concat()),
        value => value,
    })
}

#[test]
fn markup_in_a_text_is_shown_as_text() {
    for (request, fixture) in responses() {
        let name = fixture.name.clone();
        let elements = page(request, &fixture).elements;
        assert_eq!(page(request, &hostile(fixture)).elements, elements, "{name}");
    }
}

#[test]
fn the_texts_are_on_the_page() {
    for (request, name) in [
        (RequestKind::Credentials, "factors/sms/required"),
        (RequestKind::Credentials, "factors/email/challenge"),
        (RequestKind::Credentials, "factors/question/required"),
        (RequestKind::Credentials, "factors/on-prem/required"),
        (RequestKind::Credentials, "factors/saml/required"),
        (RequestKind::Credentials, "errors/unknown-code"),
        (RequestKind::Proof, "errors/new-pin-wanted"),
    ] {
        let page = page(request, &hostile(Fixture::named(name)));
        assert!(page.text.contains(MARKUP), "{name}: {}", page.text);
    }
}

#[test]
fn an_unknown_keyword_is_text_too() {
    for (name, members) in
        [("states/unknown", &["status"][..]), ("factors/unknown/required", &["factorType", "provider"])]
    {
        let elements = page(RequestKind::Credentials, &Fixture::named(name)).elements;
        let fixture = rewritten(Fixture::named(name), &|member, value| {
            if members.contains(&member) { Value::text_value(MARKUP) } else { value }
        });
        let page = page(RequestKind::Credentials, &fixture);
        assert_eq!(page.elements, elements, "{name}");
        assert!(page.text.contains(MARKUP), "{name}: {}", page.text);
    }
}
