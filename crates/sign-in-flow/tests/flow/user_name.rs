//! The user name of the first form: where it comes from, when it is kept, and when it is asked for first.

use crate::harness::{Harness, Input, LEAVES, org, person, sign_in};
use crate::responses::{Body, error, required, success};
use crate::states::unauthenticated;
use expect_test::expect;
use okta_authn::{Password, TransportError};
use sign_in_flow::{Event, Intent, StartStep, Step};

fn begin(remembered: Option<&str>) -> Input {
    Input::Event(Event::Begin { remembered: remembered.map(str::to_owned) })
}

/// The name and the box of the form.
fn name_and_box(harness: &Harness) -> (&str, bool) {
    let Step::Start(StartStep::Form(form)) = harness.step() else { panic!("no form") };
    (form.username.as_str(), form.remembered)
}

fn keep(username: &str) -> Input {
    let password = Password::new("pw");
    person(Intent::SignIn { username: username.to_owned(), password, remember_username: true })
}

#[test]
fn a_user_name_is_kept_when_asked_to_and_accepted() {
    Harness::at_start(&[]).check([keep("jeff"), Input::Org(error(401, "E0000004")), keep("jeff"), org(success())], &expect![[r#"
        SignIn jeff pw remembered
            POST /api/v1/authn {username: jeff, password: pw, options: {multiOptionalFactorEnroll: false, warnBeforePasswordExpired: true}} = Start busy
        reply 401 E0000004
            = Start emptied !WrongCredentials
        SignIn jeff pw remembered
            POST /api/v1/authn {username: jeff, password: pw, options: {multiOptionalFactorEnroll: false, warnBeforePasswordExpired: true}} = Start busy
        reply 200 SUCCESS
            remember jeff; go Get https://example.okta.com/login/sessionCookieRedirect?token=se%26ss%2B1&redirectUrl=https%3A%2F%2Fapp.example%2F%3Fa%3D1%26b%3D2 with se&ss+1 -> Leaving
    "#]]);
    let second_factor = Harness::at_start(&[]).then(keep("jeff"));
    second_factor.check(
        [org(required("t1", &["sms"]))],
        &expect![[r#"
        reply 200 MFA_REQUIRED t1
            remember jeff -> MfaRequired Some(Sms)
    "#]],
    );
    let refused = |body| Harness::at_start(&[]).then(keep("jeff")).then(org(body));
    assert_eq!(name_and_box(&refused(Body::of("LOCKED_OUT", ""))), ("jeff", true));
    for (body, shown) in
        [(Body::of("LOCKED_OUT", ""), "-> Start jeff !LockedOut"), (unauthenticated("t1"), "-> Start jeff")]
    {
        Harness::at_start(&[]).then(keep("jeff")).run([(org(body), shown)]);
    }
}

#[test]
fn the_name_that_signs_in_replaces_the_one_that_is_kept() {
    let harness = Harness::new(&[("existing-session", "ignore")]).then(begin(Some("ann")));
    harness.check([keep("jeff"), org(success())], &expect![[r#"
        SignIn jeff pw remembered
            POST /api/v1/authn {username: jeff, password: pw, options: {multiOptionalFactorEnroll: false, warnBeforePasswordExpired: true}} = Start ann busy
        reply 200 SUCCESS
            remember jeff; go Get https://example.okta.com/login/sessionCookieRedirect?token=se%26ss%2B1&redirectUrl=https%3A%2F%2Fapp.example%2F%3Fa%3D1%26b%3D2 with se&ss+1 -> Leaving
    "#]]);
    let harness = Harness::new(&[("existing-session", "ignore")]).then(begin(Some("ann")));
    harness.check([person(sign_in("jeff", "pw"))], &expect![[r#"
        SignIn jeff pw
            forget; POST /api/v1/authn {username: jeff, password: pw, options: {multiOptionalFactorEnroll: false, warnBeforePasswordExpired: true}} = Start ann busy
    "#]]);
}

#[test]
fn a_transaction_of_somebody_else_changes_no_kept_name() {
    let resumed = Harness::new(&[("state-token", "t0")]).then(begin(Some("ann")));
    resumed.check(
        [org(required("t1", &["sms"]))],
        &expect![[r#"
        reply 200 MFA_REQUIRED t1
            -> MfaRequired Some(Sms)
    "#]],
    );
}

#[test]
fn the_name_of_the_page_comes_before_the_one_that_is_kept() {
    let page = |attributes: &[(&str, &str)], remembered| {
        let attributes: Vec<_> = attributes.iter().chain(&[("existing-session", "ignore")]).copied().collect();
        Harness::new(&attributes).then(begin(remembered))
    };
    let harness = page(&[("username", "ann")], Some("jeff"));
    assert_eq!(name_and_box(&harness), ("ann", true));
    assert_eq!(harness.screen().step_id, 0, "the page's first step: nothing may take the focus");
    assert_eq!(name_and_box(&page(&[("username", "ann")], None)), ("ann", false));
    assert_eq!(name_and_box(&page(&[], Some("jeff"))), ("jeff", true));
    assert_eq!(name_and_box(&page(&[], None)), ("", false));
}

#[test]
fn without_the_option_no_name_is_kept_and_a_kept_one_is_removed() {
    let attributes = [("existing-session", "ignore"), ("remember-me", "false")];
    let harness = Harness::new(&attributes).check(
        [begin(Some("jeff"))],
        &expect![[r#"
        begin, jeff is remembered
            forget = Start
    "#]],
    );
    assert_eq!(name_and_box(&harness), ("", false));
    // A form in the page's HTML may have the box all the same.
    harness.check([keep("jeff"), org(success())], &expect![[r#"
        SignIn jeff pw remembered
            forget; POST /api/v1/authn {username: jeff, password: pw, options: {multiOptionalFactorEnroll: false, warnBeforePasswordExpired: true}} = Start busy
        reply 200 SUCCESS
            go Get https://example.okta.com/login/sessionCookieRedirect?token=se%26ss%2B1&redirectUrl=https%3A%2F%2Fapp.example%2F%3Fa%3D1%26b%3D2 with se&ss+1 -> Leaving
    "#]]);
    let restored = Input::Event(Event::Restored { remembered: Some("jeff".to_owned()) });
    let harness = Harness::at_start(&[("remember-me", "false")]).then(restored);
    assert_eq!(name_and_box(&harness), ("", false));
}

/// A submit of the static form is carried out before the widget is on the page.
#[test]
fn what_was_submitted_before_the_widget_is_on_the_page_goes_on() {
    for remembered in [None, Some("jeff"), Some("ann")] {
        let harness = Harness::new(&[]).then(person(sign_in("jeff", "pw"))).then(begin(remembered));
        assert!(harness.screen().busy, "{remembered:?}");
        harness.run([(Input::Background(Err(TransportError::Unreachable)), "= Start busy"), (org(success()), LEAVES)]);
    }
}

#[test]
fn the_name_may_be_asked_for_first() {
    let harness = Harness::at_start(&[("identifier-first", "")]).check(
        [person(sign_in(" ", "")), person(sign_in("jeff", ""))],
        &expect![[r#"
            SignIn
                = Start !Missing(Username)
            SignIn jeff
                -> Start jeff
        "#]],
    );
    assert_eq!(name_and_box(&harness), ("jeff", false));
    let harness = harness.check(
        [person(sign_in("jeff", "")), person(sign_in("ann", "pw")), Input::Org(error(401, "E0000004"))],
        &expect![[r#"
            SignIn jeff
                = Start jeff !Missing(Password)
            SignIn ann pw
                forget; POST /api/v1/authn {username: ann, password: pw, options: {multiOptionalFactorEnroll: false, warnBeforePasswordExpired: true}} = Start jeff busy
            reply 401 E0000004
                = Start jeff emptied !WrongCredentials
        "#]],
    );
    harness.check([person(Intent::Cancel), keep("ann"), keep("ann"), org(success())], &expect![[r#"
        Cancel
            -> Start ann
        SignIn ann pw remembered
            -> Start ann
        SignIn ann pw remembered
            POST /api/v1/authn {username: ann, password: pw, options: {multiOptionalFactorEnroll: false, warnBeforePasswordExpired: true}} = Start ann busy
        reply 200 SUCCESS
            remember ann; go Get https://example.okta.com/login/sessionCookieRedirect?token=se%26ss%2B1&redirectUrl=https%3A%2F%2Fapp.example%2F%3Fa%3D1%26b%3D2 with se&ss+1 -> Leaving
    "#]]);
    // An org that asks for the name alone gets it.
    let both = Harness::at_start(&[("identifier-first", ""), ("passwordless-auth", "")]);
    both.check([person(sign_in("jeff", ""))], &expect![[r#"
        SignIn jeff
            forget; POST /api/v1/authn {username: jeff, options: {multiOptionalFactorEnroll: false, warnBeforePasswordExpired: true}} = Start busy
    "#]]);
}
