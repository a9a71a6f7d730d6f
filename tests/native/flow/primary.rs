//! Name and password, and the ways a sign-in ends.

use crate::answers::{Body, error, required, success};
use crate::stage::{FORM_SENT, Stage, Turn, org, person, sign_in};
use okta_authn_widget::authn::Password;
use okta_authn_widget::flow::{Event, Intent};

fn begin(remembered: Option<&str>) -> Turn {
    Turn::Event(Event::Begin { remembered: remembered.map(str::to_owned) })
}

#[test]
fn the_start_form_waits_for_no_answer() {
    Stage::new(&[]).play([
        (begin(None), "GET /api/v1/sessions/me = Start"),
        (person(sign_in("jeff", "pw")), FORM_SENT),
        (org(required("t1", &["sms"])), "-> MfaRequired Some(Sms)"),
    ]);
}

fn early(intent: Intent) -> Turn {
    Turn::Event(Event::Early(intent))
}

#[test]
fn what_was_submitted_before_the_code_was_there_leaves_first() {
    Stage::new(&[]).play([
        (early(sign_in("jeff", "pw")), FORM_SENT),
        (begin(None), "GET /api/v1/sessions/me = Start busy"),
        (org(required("t1", &["sms"])), "-> MfaRequired Some(Sms)"),
    ]);
    let stage = Stage::new(&[]).play([
        (early(sign_in("jeff", "")), "= Start !Missing(Password)"),
        (begin(Some("ann")), "GET /api/v1/sessions/me = Start ~Missing(Password)"),
        (person(sign_in("jeff", "pw")), FORM_SENT),
    ]);
    assert_eq!(stage.screen().number, 0);
}

#[test]
fn a_page_that_is_shown_again_begins_anew_after_an_early_submit() {
    let restored = Turn::Event(Event::Restored { remembered: None });
    Stage::new(&[]).play([
        (early(sign_in("jeff", "pw")), FORM_SENT),
        (begin(None), "GET /api/v1/sessions/me = Start busy"),
        (restored, "abort; GET /api/v1/sessions/me = Start"),
    ]);
}

#[test]
fn options_travel_with_the_password() {
    let options = [("multi-optional-factor-enroll", "true"), ("warn-before-password-expired", "false")];
    let asked = "forget; POST /api/v1/authn {username: jeff, password:  p w , options: {multiOptionalFactorEnroll: true, warnBeforePasswordExpired: false}} = Start busy";
    Stage::at_start(&options).play([(person(sign_in("  jeff ", " p w ")), asked)]);
}

#[test]
fn empty_fields_are_asked_for_and_nothing_is_sent() {
    Stage::at_start(&[]).play([
        (person(sign_in("  ", "pw")), "= Start !Missing(Username)"),
        (person(sign_in("jeff", "")), "= Start !Missing(Password)"),
        (person(sign_in("jeff", "")), "= Start !Missing(Password)"),
        (person(sign_in("jeff", "pw")), FORM_SENT),
    ]);
}

#[test]
fn a_user_name_is_kept_only_when_asked_to() {
    let keep = Intent::SignIn { username: "jeff".to_owned(), password: Password::new("pw"), keep_username: true };
    let stage = Stage::at_start(&[]).play([(person(keep), &*FORM_SENT.replace("forget", "keep jeff"))]);
    assert_eq!(stage.screen().number, 0);
    let remembered = Stage::new(&[("existing-session", "ignore"), ("username", "ann")]);
    let stage = remembered.play([(begin(Some("jeff")), "= Start jeff")]);
    assert_eq!(stage.screen().number, 0, "the page's first step: nothing may take the focus");
    Stage::new(&[("existing-session", "ignore"), ("username", "ann")]).play([(begin(None), "= Start ann")]);
}

#[test]
fn wrong_credentials_keep_the_name_and_empty_the_password() {
    for code in ["E0000004", "E0000207"] {
        Stage::at_start(&[]).play([
            (person(sign_in("jeff", "pw")), FORM_SENT),
            (Turn::Org(error(401, code)), "= Start emptied !WrongCredentials #oae1"),
            (person(sign_in("jeff", "pw")), FORM_SENT),
            (Turn::Org(error(401, code)), "= Start emptied !WrongCredentials #oae1"),
        ]);
    }
}

#[test]
fn a_locked_account_is_told_on_the_start_form() {
    let locked = Body::of("LOCKED_OUT", "").next("unlock", "authn/recovery/unlock");
    for outcome in [crate::answers::ok(locked), error(403, "E0000069"), error(403, "E0000119")] {
        Stage::at_start(&[]).play([
            (person(sign_in("jeff", "pw")), FORM_SENT),
            (Turn::Org(outcome), "-> Start jeff !LockedOut"),
            (person(sign_in("jeff", "pw")), &FORM_SENT.replace("Start", "Start jeff")),
        ]);
    }
}

#[test]
fn success_leaves_as_the_page_wishes() {
    let redirect = "https://example.okta.com/login/sessionCookieRedirect";
    let query = "?token=se%26ss%2B1&redirectUrl=https%3A%2F%2Fapp.example%2F%3Fa%3D1%26b%3D2";
    for (way, ends) in [
        ("get", format!("go Get {redirect}{query} with se&ss+1 -> Leaving")),
        ("post", format!("go Post {redirect} with se&ss+1 -> Leaving")),
        ("callback", "hand over se&ss+1 of jeff -> SignedIn".to_owned()),
    ] {
        let again = if way == "callback" { "= SignedIn" } else { "= Leaving" };
        Stage::at_start(&[("session-redirect", way)]).play([
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
    Stage::at_start(&[]).play([
        (person(sign_in("jeff", "pw")), FORM_SENT),
        (org(strange), "-> Unsupported PROFILE_REQUIRED"),
        (person(Intent::Back), "POST /api/v1/authn/previous {stateToken: t1} = Unsupported PROFILE_REQUIRED busy"),
        (person(Intent::Cancel), "POST /api/v1/authn/cancel {stateToken: t1}; abort -> Start jeff"),
    ]);
    let mut no_token = success();
    no_token.0.as_object_mut().unwrap().remove("sessionToken");
    Stage::at(no_token).play([(person(Intent::Cancel), "-> Start jeff")]);
}
