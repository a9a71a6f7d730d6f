//! What the org says is shown as text. Every string that is not a word of the protocol is given markup in
//! turn, in every fixture; nothing of it may become an element.

use crate::fixtures::Fixture;
use crate::play::Asked;
use crate::rewrite::rewritten;
use crate::{answers, page};
use okta_authn_widget::authn::wire::Value;

const MARKUP: &str = "<img src=x onerror=alert(1)>";

/// Members whose strings are words of the protocol: they decide, and changing them changes the step.
const WORDS: [&str; 25] = [
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
    "endDate",
    "excludeAttributes",
    "excludeUsername",
];

fn hostile(fixture: Fixture) -> Fixture {
    rewritten(fixture, &|member, value| match value {
        Value::Text(text) if !WORDS.contains(&member) => Value::Text([MARKUP, &text].concat()),
        value => value,
    })
}

#[test]
fn markup_in_a_text_stays_text() {
    for (asked, fixture) in answers() {
        let name = fixture.name.clone();
        let elements = page(asked, &fixture).elements;
        assert_eq!(page(asked, &hostile(fixture)).elements, elements, "{name}");
    }
}

#[test]
fn and_it_is_shown() {
    for (asked, name) in [
        (Asked::Credentials, "factors/sms/required"),
        (Asked::Credentials, "factors/email/challenge"),
        (Asked::Credentials, "factors/question/required"),
        (Asked::Credentials, "factors/on-prem/required"),
        (Asked::Credentials, "factors/saml/required"),
        (Asked::Credentials, "errors/unknown-code"),
        (Asked::Proof, "errors/new-pin-wanted"),
    ] {
        let page = page(asked, &hostile(Fixture::named(name)));
        assert!(page.text.contains(MARKUP), "{name}: {}", page.text);
    }
}

#[test]
fn a_word_nobody_knows_is_text_too() {
    for (name, members) in
        [("states/unknown", &["status"][..]), ("factors/unknown/required", &["factorType", "provider"])]
    {
        let elements = page(Asked::Credentials, &Fixture::named(name)).elements;
        let fixture = rewritten(Fixture::named(name), &|member, value| {
            if members.contains(&member) { Value::text_value(MARKUP) } else { value }
        });
        let page = page(Asked::Credentials, &fixture);
        assert_eq!(page.elements, elements, "{name}");
        assert!(page.text.contains(MARKUP), "{name}: {}", page.text);
    }
}
