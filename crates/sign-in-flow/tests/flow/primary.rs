//! Name and password, and the ways a sign-in ends.

use crate::harness::{FORM_SENT, Harness, Input, org, person, sign_in};
use crate::responses::{Body, error, required, success};
use expect_test::expect;
use sign_in_flow::{Event, Intent};

fn begin(remembered: Option<&str>) -> Input {
    Input::Event(Event::Begin { remembered: remembered.map(str::to_owned) })
}

#[test]
fn the_start_form_waits_for_no_answer() {
    Harness::new(&[])
        .check([begin(None), person(sign_in("jeff", "pw")), org(required("t1", &["sms"]))], &expect![[r#"
            begin
                GET /api/v1/sessions/me = Start
            SignIn jeff pw
                forget; POST /api/v1/authn {username: jeff, password: pw, options: {multiOptionalFactorEnroll: false, warnBeforePasswordExpired: true}} = Start busy
            reply 200 MFA_REQUIRED t1
                -> MfaRequired Some(Sms)
        "#]]);
}

#[test]
fn what_was_submitted_before_the_code_was_there_leaves_first() {
    Harness::new(&[])
        .check([person(sign_in("jeff", "pw")), begin(None), org(required("t1", &["sms"]))], &expect![[r#"
            SignIn jeff pw
                forget; POST /api/v1/authn {username: jeff, password: pw, options: {multiOptionalFactorEnroll: false, warnBeforePasswordExpired: true}} = Start busy
            begin
                GET /api/v1/sessions/me = Start busy
            reply 200 MFA_REQUIRED t1
                -> MfaRequired Some(Sms)
        "#]]);
    let harness = Harness::new(&[])
        .check([person(sign_in("jeff", "")), begin(Some("ann")), person(sign_in("jeff", "pw"))], &expect![[r#"
            SignIn jeff
                = Start !Missing(Password)
            begin, ann is remembered
                GET /api/v1/sessions/me = Start ~Missing(Password)
            SignIn jeff pw
                forget; POST /api/v1/authn {username: jeff, password: pw, options: {multiOptionalFactorEnroll: false, warnBeforePasswordExpired: true}} = Start busy
        "#]]);
    assert_eq!(harness.screen().step_id, 0);
}

#[test]
fn a_page_that_is_shown_again_begins_anew_after_an_early_submit() {
    let restored = Input::Event(Event::Restored { remembered: None });
    Harness::new(&[]).check([person(sign_in("jeff", "pw")), begin(None), restored], &expect![[r#"
        SignIn jeff pw
            forget; POST /api/v1/authn {username: jeff, password: pw, options: {multiOptionalFactorEnroll: false, warnBeforePasswordExpired: true}} = Start busy
        begin
            GET /api/v1/sessions/me = Start busy
        restored
            abort; GET /api/v1/sessions/me = Start
    "#]]);
}

/// The org answered before the page was left, and the page hears of it when it is shown again.
#[test]
fn what_was_known_of_the_session_before_the_page_was_left_does_not_count() {
    let restored = Input::Event(Event::Restored { remembered: None });
    let before = Input::Late(0, crate::responses::no_json(404));
    let now = Input::Background(crate::responses::session("jeff"));
    Harness::new(&[]).check(
        [begin(None), restored, before, now],
        &expect![[r#"
        begin
            GET /api/v1/sessions/me = Start
        restored
            GET /api/v1/sessions/me = Start
        reply to request 0 404
            = Start
        background reply 200 ACTIVE
            -> Session jeff
    "#]],
    );
}

#[test]
fn options_travel_with_the_password() {
    let options = [("multi-optional-factor-enroll", "true"), ("warn-before-password-expired", "false")];
    Harness::at_start(&options).check([person(sign_in("  jeff ", " p w "))], &expect![[r#"
        SignIn   jeff   p w
            forget; POST /api/v1/authn {username: jeff, password:  p w , options: {multiOptionalFactorEnroll: true, warnBeforePasswordExpired: false}} = Start busy
    "#]]);
}

#[test]
fn empty_fields_are_asked_for_and_nothing_is_sent() {
    Harness::at_start(&[]).check(
        [
            person(sign_in("  ", "pw")),
            person(sign_in("jeff", "")),
            person(sign_in("jeff", "")),
            person(sign_in("jeff", "pw")),
        ],
        &expect![[r#"
            SignIn    pw
                = Start !Missing(Username)
            SignIn jeff
                = Start !Missing(Password)
            SignIn jeff
                = Start !Missing(Password)
            SignIn jeff pw
                forget; POST /api/v1/authn {username: jeff, password: pw, options: {multiOptionalFactorEnroll: false, warnBeforePasswordExpired: true}} = Start busy
        "#]],
    );
}

#[test]
fn wrong_credentials_keep_the_name_and_empty_the_password() {
    for code in ["E0000004", "E0000207"] {
        Harness::at_start(&[]).run([
            (person(sign_in("jeff", "pw")), FORM_SENT),
            (Input::Org(error(401, code)), "= Start emptied !WrongCredentials"),
            (person(sign_in("jeff", "pw")), FORM_SENT),
            (Input::Org(error(401, code)), "= Start emptied !WrongCredentials"),
        ]);
    }
}

#[test]
fn a_locked_account_is_told_on_the_start_form() {
    let locked = Body::of("LOCKED_OUT", "").next("unlock", "authn/recovery/unlock");
    for (outcome, told) in [
        (crate::responses::ok(locked), "LockedOut(unlock)"),
        (error(403, "E0000069"), "LockedOut"),
        (error(403, "E0000119"), "LockedOut"),
    ] {
        Harness::at_start(&[]).run([
            (person(sign_in("jeff", "pw")), FORM_SENT),
            (Input::Org(outcome), &format!("-> Start jeff !{told}")),
            (person(sign_in("jeff", "pw")), &FORM_SENT.replace("Start", "Start jeff")),
        ]);
    }
}

#[test]
fn success_leaves_the_way_the_page_configured() {
    let redirect = "https://example.okta.com/login/sessionCookieRedirect";
    let query = "?token=se%26ss%2B1&redirectUrl=https%3A%2F%2Fapp.example%2F%3Fa%3D1%26b%3D2";
    for (way, ends) in [
        ("get", format!("go Get {redirect}{query} with se&ss+1 -> Leaving")),
        ("post", format!("go Post {redirect} with se&ss+1 -> Leaving")),
        ("callback", "complete with se&ss+1 of jeff -> SignedIn".to_owned()),
    ] {
        let again = if way == "callback" { "= SignedIn" } else { "= Leaving" };
        Harness::at_start(&[("session-redirect", way)]).run([
            (person(sign_in("jeff", "pw")), FORM_SENT),
            (org(success()), &*ends),
            (org(success()), again),
            (person(sign_in("jeff", "pw")), again),
        ]);
    }
}

#[test]
fn states_without_a_screen_leave_a_way_back() {
    let strange = Body::of("PROFILE_REQUIRED", "t1").link("prev", "authn/previous");
    Harness::at_start(&[]).check(
        [person(sign_in("jeff", "pw")), org(strange), person(Intent::Back), person(Intent::Cancel)],
        &expect![[r#"
            SignIn jeff pw
                forget; POST /api/v1/authn {username: jeff, password: pw, options: {multiOptionalFactorEnroll: false, warnBeforePasswordExpired: true}} = Start busy
            reply 200 PROFILE_REQUIRED t1
                -> Unsupported PROFILE_REQUIRED
            Back
                POST /api/v1/authn/previous {stateToken: t1} = Unsupported PROFILE_REQUIRED busy
            Cancel
                abort; POST /api/v1/authn/cancel {stateToken: t1} -> Start jeff
        "#]],
    );
    let mut no_token = success();
    no_token.0.as_object_mut().unwrap().remove("sessionToken");
    Harness::at(no_token).check(
        [person(Intent::Cancel)],
        &expect![[r#"
        Cancel
            -> Start jeff
    "#]],
    );
}
