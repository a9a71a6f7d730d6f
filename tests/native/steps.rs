//! The fields and the main button of each step. Not here: what all steps have.

use crate::fixtures::Fixture;
use crate::run::RequestKind;
use crate::{page, step};
use okta_authn_widget::tools::PreviewStep;
use sign_in_flow::manage::ManageStep;
use sign_in_flow::transaction::enroll::{Enroll, EnrollStep};
use sign_in_flow::{Screen, TransactionStep};

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

/// Where a pause runs, nothing can be pressed that asks the org: a button that submits says how long, or a line does.
#[test]
fn a_step_whose_buttons_wait_says_for_how_long() {
    let mut lines = 0;
    for (request, fixture) in crate::responses() {
        let machine = crate::machine(request, &fixture);
        let mut screen = machine.screen().clone();
        screen.paused_for = Some(7);
        let markup = crate::view::render(&screen, &PreviewStep::from(&machine));
        let told = markup.matches("Try again in 7 seconds").count();
        let waits = markup.contains("aria-disabled=\"true\"");
        let name = &fixture.name;
        assert!(!waits || told > 0, "{name}: a button waits, and nothing says for how long");
        assert!(told < 2, "{name}: it is said {told} times");
        lines += usize::from(markup.contains("<p class=\"oaw-small\">Try again in 7 seconds"));
    }
    assert!(lines > 3, "{lines} steps have no button that submits");
}

/// The same in factor management: the list, and what can be added to it.
#[test]
fn lists_of_factors_in_management_say_how_long_their_buttons_wait() {
    let enroll = PreviewStep::from(&crate::machine(RequestKind::Credentials, &Fixture::named("states/mfa-enroll")));
    let PreviewStep::Transaction(step) = enroll else { panic!("{enroll:?}") };
    let TransactionStep::Enroll(Enroll { step: EnrollStep::List(list), .. }) = *step else { panic!("{step:?}") };
    for step in [ManageStep::List { testing: None }, ManageStep::Catalog(list.factors.clone())] {
        let screen = Screen { paused_for: Some(7), ..Screen::default() };
        let markup = crate::view::render(&screen, &PreviewStep::Manage(Box::new(step), [].into()));
        assert!(markup.contains("aria-disabled=\"true\""), "{markup}");
        assert!(markup.contains("Try again in 7 seconds"), "{markup}");
    }
}
