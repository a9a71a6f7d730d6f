//! The session there may be already.

use crate::answers::{error, json_answer, no_json, session, success};
use crate::stage::{FORM_SENT, LEAVES, Stage, Turn, org, person, sign_in};
use okta_authn_widget::authn::TransportError;
use okta_authn_widget::flow::{Event, Intent};
use serde_json::json;

const LOOKED_UP: &str = "GET /api/v1/sessions/me = Start";
const ONWARD: &str = "go https://app.example/?a=1&b=2 -> Leaving";

fn begin() -> Turn {
    Turn::Event(Event::Begin { remembered: None })
}

fn found(options: &[(&str, &str)]) -> Stage {
    Stage::new(options).then(begin()).then(Turn::Beside(session("ann")))
}

#[test]
fn a_session_is_offered_and_continued() {
    Stage::new(&[]).play([
        (begin(), LOOKED_UP),
        (Turn::Beside(session("ann")), "-> Session ann"),
        (person(Intent::Continue), ONWARD),
    ]);
    Stage::new(&[("existing-session", "continue")])
        .play([(begin(), LOOKED_UP), (Turn::Beside(session("ann")), ONWARD)]);
    Stage::new(&[("existing-session", "ignore")]).play([(begin(), "= Start")]);
    found(&[("session-redirect", "callback")])
        .play([(person(Intent::Continue), "hand over session of ann -> SignedIn")]);
}

#[test]
fn whoever_types_is_not_interrupted() {
    Stage::new(&[]).play([
        (begin(), LOOKED_UP),
        (person(Intent::Touch), "= Start"),
        (Turn::Beside(session("ann")), "= Start !AlreadySignedIn(ann)"),
        (person(Intent::Continue), ONWARD),
    ]);
    Stage::new(&[]).play([
        (begin(), LOOKED_UP),
        (person(sign_in("jeff", "pw")), FORM_SENT),
        (Turn::Beside(session("ann")), "= Start busy"),
    ]);
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
        json_answer(200, waits),
        json_answer(200, json!({"status": "ACTIVE"})),
        Err(TransportError::Unreachable),
    ] {
        Stage::new(&[]).play([
            (begin(), LOOKED_UP),
            (Turn::Beside(outcome), "= Start"),
            (Turn::Beside(session("ann")), "= Start"),
            (person(Intent::Continue), "= Start"),
        ]);
    }
}

#[test]
fn signing_out_ends_it() {
    let sent = "DELETE /api/v1/sessions/me = Session ann busy";
    for gone in [no_json(204), no_json(404), error(404, "E0000007"), json_answer(200, json!({}))] {
        found(&[]).play([
            (person(Intent::SignOut), sent),
            (Turn::Org(gone), "-> Start !SignedOut"),
            (person(Intent::Continue), "= Start ~SignedOut"),
        ]);
    }
    found(&[]).play([
        (person(Intent::SignOut), sent),
        (Turn::Org(Err(TransportError::Offline)), "= Session ann !Offline or Retry"),
        (person(Intent::Retry), sent),
        (Turn::Org(error(500, "E0000009")), "= Session ann !ServerError #oae1 or Retry"),
        (person(Intent::Continue), ONWARD),
    ]);
}

#[test]
fn an_old_session_is_closed_before_the_new_one_begins() {
    for outcome in [no_json(204), error(404, "E0000007"), error(500, "E0000009"), Err(TransportError::TimedOut)] {
        Stage::new(&[]).play([
            (begin(), LOOKED_UP),
            (person(sign_in("jeff", "pw")), FORM_SENT),
            (Turn::Beside(session("ann")), "= Start busy"),
            (org(success()), "DELETE /api/v1/sessions/me = Start busy"),
            (Turn::Org(outcome), LEAVES),
        ]);
    }
    // Also where nobody knows yet whether there is one.
    Stage::new(&[]).play([
        (begin(), LOOKED_UP),
        (person(sign_in("jeff", "pw")), FORM_SENT),
        (org(success()), "DELETE /api/v1/sessions/me = Start busy"),
        (Turn::Org(error(404, "E0000007")), LEAVES),
    ]);
    let touched = Stage::new(&[("session-redirect", "callback")])
        .then(begin())
        .then(person(Intent::Touch))
        .then(Turn::Beside(session("ann")));
    touched
        .play([(person(sign_in("jeff", "pw")), FORM_SENT), (org(success()), "hand over se&ss+1 of jeff -> SignedIn")]);
}

#[test]
fn a_page_that_comes_back_starts_anew() {
    let restored = || Turn::Event(Event::Restored { remembered: None });
    Stage::at_start(&[])
        .then(person(sign_in("jeff", "pw")))
        .then(org(success()))
        .play([(restored(), "GET /api/v1/sessions/me -> Start"), (Turn::Beside(session("jeff")), "-> Session jeff")]);
    Stage::new(&[])
        .then(begin())
        .then(person(sign_in("jeff", "pw")))
        .play([(restored(), "abort; GET /api/v1/sessions/me = Start"), (org(success()), "= Start")]);
}
