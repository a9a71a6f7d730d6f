//! A sign-in that a link began and that comes to SUCCESS without an action of the person on this page: it is asked
//! for, beside the name of who is signed in now.

use crate::harness::{Harness, Input, LEAVES, code, org, person, sign_in};
use crate::hook::WITH_HOOK;
use crate::responses::{Body, challenge, error, no_json, required, session, success};
use crate::states::{poll, push, success_with_link, unauthenticated};
use expect_test::expect;
use okta_authn::TransportError;
use sign_in_flow::{Event, Intent};

const ASKED: &str = "GET /api/v1/sessions/me -> Confirm jeff after ?";

/// A page that was opened with the token of a link.
fn opened(option: &str, more: &[(&str, &str)]) -> Harness {
    let options: Vec<_> = [(option, "t0")].into_iter().chain(more.iter().copied()).collect();
    Harness::new(&options).then(Input::Event(Event::Begin { remembered: None }))
}

#[test]
fn a_link_does_not_change_who_is_signed_in_without_a_press() {
    opened("activation-token", &[]).check(
        [
            org(success()),
            person(Intent::Continue),
            Input::Background(session("ann")),
            Input::Seconds(3_600),
            person(Intent::Continue),
            Input::Org(no_json(204)),
        ],
        &expect![[r#"
            reply 200 SUCCESS
                GET /api/v1/sessions/me -> Confirm jeff after ?
            Continue
                = Confirm jeff after ?
            background reply 200 ACTIVE
                -> Confirm jeff after ann
            3600 s
                = Confirm jeff after ann
            Continue
                DELETE /api/v1/sessions/me -> Leaving busy
            reply 204
                go Get https://example.okta.com/login/sessionCookieRedirect?token=se%26ss%2B1&redirectUrl=https%3A%2F%2Fapp.example%2F%3Fa%3D1%26b%3D2 with se&ss+1 = Leaving
        "#]],
    );
}

#[test]
fn whoever_does_not_want_it_keeps_the_session() {
    opened("activation-token", &[]).then(org(success())).then(Input::Background(session("ann"))).check(
        [person(Intent::Cancel), Input::Background(session("ann")), person(Intent::Continue)],
        &expect![[r#"
            Cancel
                GET /api/v1/sessions/me -> Start
            background reply 200 ACTIVE
                -> Session ann
            Continue
                go https://app.example/?a=1&b=2 -> Leaving
        "#]],
    );
}

#[test]
fn the_question_comes_also_where_nobody_is_signed_in() {
    for nobody in [no_json(404), error(500, "E0000009"), Err(TransportError::TimedOut)] {
        opened("activation-token", &[]).run([
            (org(success()), ASKED),
            (Input::Background(nobody), "-> Confirm jeff after nobody"),
            (person(Intent::Continue), LEAVES),
        ]);
    }
    opened("activation-token", &[("existing-session", "ignore")])
        .run([(org(success()), "-> Confirm jeff after nobody"), (person(Intent::Continue), LEAVES)]);
}

#[test]
fn the_same_person_is_not_asked() {
    opened("state-token", &[]).run([
        (org(success_with_link("original")), ASKED),
        (Input::Background(session("JEFF")), "go /login/step-up/redirect?stateToken=t9 -> Leaving"),
    ]);
}

#[test]
fn what_is_decided_elsewhere_is_asked_for_here() {
    let waiting = |body: Body| opened("state-token", &[]).then(org(body)).then(Input::Seconds(4));
    for harness in [waiting(poll("t1", 4_000)), waiting(push("t1"))] {
        harness.run([(org(success()), ASKED)]);
    }
    // A resend that is refused leads to a question about the state, whose answer nobody asked for either.
    let refused = Input::Org(error(403, "E0000079"));
    let resent = waiting(push("t1")).then(org(push("t1"))).then(person(Intent::Resend)).then(refused);
    resent.run([(org(success()), ASKED)]);
}

#[test]
fn who_proves_something_on_this_page_is_not_asked() {
    let proved = |body: Body| opened("state-token", &[]).then(org(body)).then(person(code("123456")));
    for harness in [proved(required("t1", &["totp"])), proved(challenge("t1", "sms"))] {
        harness.run([(org(success()), "DELETE /api/v1/sessions/me -> Leaving busy")]);
    }
    let typed = opened("state-token", &[]).then(org(unauthenticated("t1"))).then(person(sign_in("jeff", "pw")));
    typed
        .then(org(push("t2")))
        .then(Input::Seconds(4))
        .run([(org(success()), "DELETE /api/v1/sessions/me -> Leaving busy")]);
}

#[test]
fn the_page_and_the_hook_get_nothing_before_either() {
    let asked = |options: &[(&str, &str)]| {
        opened("activation-token", options).then(org(success())).then(Input::Background(session("ann")))
    };
    asked(&[("session-redirect", "callback")])
        .run([(person(Intent::Continue), "complete with se&ss+1 of jeff -> SignedIn")]);
    asked(&WITH_HOOK).check(
        [person(Intent::Continue)],
        &expect![[r#"
            Continue
                GET https://app.example/hook/session/start?redirect_to=https%3A%2F%2Fapp.example%2F%3Fa%3D1%26b%3D2 -> Leaving busy
        "#]],
    );
}
