//! The session there may be already.

use crate::harness::{FORM_SENT, Harness, Input, LEAVES, org, person, sign_in};
use crate::responses::{error, json_response, no_json, session, success};
use expect_test::expect;
use okta_authn::TransportError;
use serde_json::json;
use sign_in_flow::{Event, Intent};

const LOOKED_UP: &str = "GET /api/v1/sessions/me = Start";
fn begin() -> Input {
    Input::Event(Event::Begin { remembered: None })
}

fn found(options: &[(&str, &str)]) -> Harness {
    Harness::new(options).then(begin()).then(Input::Background(session("ann")))
}

#[test]
fn a_session_is_offered_and_continued() {
    Harness::new(&[]).check(
        [begin(), Input::Background(session("ann")), person(Intent::Continue)],
        &expect![[r#"
        begin
            GET /api/v1/sessions/me = Start
        background reply 200 ACTIVE
            -> Session ann
        Continue
            go https://app.example/?a=1&b=2 -> Leaving
    "#]],
    );
    Harness::new(&[("existing-session", "continue")]).check(
        [begin(), Input::Background(session("ann"))],
        &expect![[r#"
            begin
                GET /api/v1/sessions/me = Start
            background reply 200 ACTIVE
                go https://app.example/?a=1&b=2 -> Leaving
        "#]],
    );
    Harness::new(&[("existing-session", "ignore")]).check(
        [begin()],
        &expect![[r#"
        begin
            = Start
    "#]],
    );
    found(&[("session-redirect", "callback")]).check(
        [person(Intent::Continue)],
        &expect![[r#"
        Continue
            complete with session of ann -> SignedIn
    "#]],
    );
}

#[test]
fn whoever_types_is_not_interrupted() {
    Harness::new(&[]).check(
        [begin(), person(Intent::Edit), Input::Background(session("ann")), person(Intent::Continue)],
        &expect![[r#"
            begin
                GET /api/v1/sessions/me = Start
            Edit
                = Start
            background reply 200 ACTIVE
                = Start !AlreadySignedIn(ann)
            Continue
                go https://app.example/?a=1&b=2 -> Leaving
        "#]],
    );
    Harness::new(&[])
        .check([begin(), person(sign_in("jeff", "pw")), Input::Background(session("ann"))], &expect![[r#"
            begin
                GET /api/v1/sessions/me = Start
            SignIn jeff pw
                forget; POST /api/v1/authn {username: jeff, password: pw, options: {multiOptionalFactorEnroll: false, warnBeforePasswordExpired: true}} = Start busy
            background reply 200 ACTIVE
                = Start busy
        "#]]);
}

#[test]
fn no_live_session_changes_nothing() {
    let waits = json!({"id": "102", "login": "ann", "status": "MFA_REQUIRED"});
    for outcome in [
        no_json(404),
        error(404, "E0000007"),
        error(403, "E0000005"),
        error(429, "E0000047"),
        no_json(200),
        json_response(200, waits),
        json_response(200, json!({"status": "ACTIVE"})),
        Err(TransportError::Unreachable),
    ] {
        Harness::new(&[]).run([
            (begin(), LOOKED_UP),
            (Input::Background(outcome), "= Start"),
            (Input::Background(session("ann")), "= Start"),
            (person(Intent::Continue), "= Start"),
        ]);
    }
}

#[test]
fn signing_out_ends_it() {
    let sent = "DELETE /api/v1/sessions/me = Session ann busy";
    for gone in [no_json(204), no_json(404), error(404, "E0000007"), json_response(200, json!({}))] {
        found(&[]).run([
            (person(Intent::SignOut), sent),
            (Input::Org(gone), "-> Start !SignedOut"),
            (person(Intent::Continue), "= Start ~SignedOut"),
        ]);
    }
    found(&[]).check(
        [
            person(Intent::SignOut),
            Input::Org(Err(TransportError::Offline)),
            person(Intent::Retry),
            Input::Org(error(500, "E0000009")),
            person(Intent::Continue),
        ],
        &expect![[r#"
            SignOut
                DELETE /api/v1/sessions/me = Session ann busy
            reply Offline
                = Session ann !Offline or Retry
            Retry
                DELETE /api/v1/sessions/me = Session ann busy
            reply 500 E0000009
                = Session ann !ServerError #oae1 or Retry
            Continue
                go https://app.example/?a=1&b=2 -> Leaving
        "#]],
    );
}

#[test]
fn an_old_session_is_closed_before_the_new_one_begins() {
    for outcome in [no_json(204), error(404, "E0000007"), error(500, "E0000009"), Err(TransportError::TimedOut)] {
        Harness::new(&[]).run([
            (begin(), LOOKED_UP),
            (person(sign_in("jeff", "pw")), FORM_SENT),
            (Input::Background(session("ann")), "= Start busy"),
            (org(success()), "DELETE /api/v1/sessions/me -> Leaving busy"),
            (Input::Org(outcome), &*LEAVES.replace("->", "=")),
        ]);
    }
    // Also where nobody knows yet whether there is one.
    Harness::new(&[]).check(
        [begin(), person(sign_in("jeff", "pw")), org(success()), Input::Org(error(404, "E0000007"))],
        &expect![[r#"
            begin
                GET /api/v1/sessions/me = Start
            SignIn jeff pw
                forget; POST /api/v1/authn {username: jeff, password: pw, options: {multiOptionalFactorEnroll: false, warnBeforePasswordExpired: true}} = Start busy
            reply 200 SUCCESS
                DELETE /api/v1/sessions/me -> Leaving busy
            reply 404 E0000007
                go Get https://example.okta.com/login/sessionCookieRedirect?token=se%26ss%2B1&redirectUrl=https%3A%2F%2Fapp.example%2F%3Fa%3D1%26b%3D2 with se&ss+1 = Leaving
        "#]],
    );
    let touched = Harness::new(&[("session-redirect", "callback")])
        .then(begin())
        .then(person(Intent::Edit))
        .then(Input::Background(session("ann")));
    touched.check([person(sign_in("jeff", "pw")), org(success())], &expect![[r#"
        SignIn jeff pw
            forget; POST /api/v1/authn {username: jeff, password: pw, options: {multiOptionalFactorEnroll: false, warnBeforePasswordExpired: true}} = Start busy
        reply 200 SUCCESS
            complete with se&ss+1 of jeff -> SignedIn
    "#]]);
}

#[test]
fn a_page_that_comes_back_starts_anew() {
    let restored = || Input::Event(Event::Restored { remembered: None });
    Harness::at_start(&[]).then(person(sign_in("jeff", "pw"))).then(org(success())).check(
        [restored(), Input::Background(session("jeff"))],
        &expect![[r#"
            restored
                GET /api/v1/sessions/me -> Start
            background reply 200 ACTIVE
                -> Session jeff
        "#]],
    );
    Harness::new(&[]).then(begin()).then(person(sign_in("jeff", "pw"))).check(
        [restored(), org(success())],
        &expect![[r#"
            restored
                abort; GET /api/v1/sessions/me = Start
            reply 200 SUCCESS
                = Start
        "#]],
    );
}
