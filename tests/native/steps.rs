//! The fields and the main button of each step. Not here: what all steps have.

use crate::fixtures::Fixture;
use crate::run::RequestKind;
use crate::{page, step};

#[test]
fn each_step_has_its_fields_and_its_main_button() {
    let remember = ("remember_device", "checkbox", None);
    let passcode = ("passcode", "text", Some("one-time-code"));
    for (name, expected, inputs, main) in [
        ("states/mfa-required", "mfa-required", &[remember][..], "Send code"),
        ("factors/call/required", "mfa-required", &[remember], "Call me"),
        ("factors/email/required", "mfa-required", &[remember], "Send code"),
        ("factors/google-totp/required", "mfa-required", &[remember, passcode], "Verify"),
        ("factors/okta-totp/required", "mfa-required", &[remember, passcode], "Verify"),
        ("factors/symantec/required", "mfa-required", &[remember, passcode], "Verify"),
        ("factors/hotp/required", "mfa-required", &[remember, passcode], "Verify"),
        ("factors/question/required", "mfa-required", &[("answer", "password", Some("off")), remember], "Verify"),
        ("states/mfa-challenge", "mfa-challenge", &[remember, passcode], "Verify"),
        ("factors/email/challenge", "mfa-challenge", &[remember, passcode], "Verify"),
        ("factors/google-totp/activate", "mfa-enroll-activate", &[passcode], "Verify"),
    ] {
        let fixture = Fixture::named(name);
        assert_eq!(step(RequestKind::Credentials, &fixture), expected, "{name}");
        let page = page(RequestKind::Credentials, &fixture);
        let found: Vec<_> = page.inputs.iter().map(|i| (&*i.name, &*i.kind, i.autocomplete.as_deref())).collect();
        assert_eq!(found, inputs, "{name}");
        let submits: Vec<_> =
            page.actions.iter().filter(|action| action.submits).map(|action| &*action.label).collect();
        assert_eq!(submits, [main], "{name}");
    }
}

#[test]
fn an_authenticator_app_has_its_image_and_its_key() {
    for (name, image) in [("activate", true), ("activate-inline-image", true), ("activate-foreign-image", false)] {
        let page = page(RequestKind::Credentials, &Fixture::named(&format!("factors/google-totp/{name}")));
        assert_eq!(page.elements.iter().any(|element| element == "img"), image, "{name}");
        assert!(page.text.contains("KRUG KIDR OVUW G2ZA"), "{name}: {}", page.text);
    }
}

#[test]
fn a_device_is_remembered_only_where_the_policy_allows_it() {
    for (name, offered) in [
        ("states/mfa-required", Some("Don't ask again on this device for 12 hours")),
        ("states/mfa-required-step-up", Some("Don't ask again on this device")),
        ("states/mfa-required-every-factor", None),
    ] {
        let page = page(RequestKind::Credentials, &Fixture::named(name));
        let label = page.inputs.iter().find(|input| input.name == "remember_device").map(|input| &*input.label);
        assert_eq!(label, offered, "{name}");
    }
}

#[test]
fn an_error_is_shown_on_the_step_of_its_request() {
    for (request, name, expected) in [
        (RequestKind::Credentials, "errors/wrong-credentials", "start"),
        (RequestKind::Proof, "errors/wrong-code", "mfa-challenge"),
        (RequestKind::NewPassword, "errors/password-against-policy", "password"),
        (RequestKind::Recovery, "errors/code-alone", "recovery"),
    ] {
        let fixture = Fixture::named(name);
        assert_eq!(step(request, &fixture), expected, "{name}");
        assert!(page(request, &fixture).notice.is_some(), "{name}");
    }
}
