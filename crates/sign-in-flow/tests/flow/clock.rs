//! A wrong clock of this device: it ends nothing, and no pause is longer than the org's window. Not here: what all
//! situations promise about the end (`rules`).

use crate::harness::{Harness, Input, T0, code, person, send_code, sign_in, visibility};
use crate::responses::{Body, Outcome, challenge, error, ok, required, success, too_many};
use crate::states::unauthenticated;
use okta_authn::{Millis, Response, TransportError};
use sign_in_flow::{Effect, Event, Intent, NoticeKind, Purpose};

const MINUTE: Millis = 60_000;

/// ISO 8601, for whole seconds of November 2023, in which `T0` is.
fn iso(time: Millis) -> String {
    let seconds = time / 1_000 - 1_698_796_800;
    let (day, hour, minute) = (seconds / 86_400 + 1, seconds / 3_600 % 24, seconds / 60 % 60);
    format!("2023-11-{day:02}T{hour:02}:{minute:02}:{:02}.000Z", seconds % 60)
}

/// A transaction that ends at this time of the org.
fn until(end: Millis, body: Body) -> Body {
    body.with("expiresAt", iso(end))
}

/// The response came at this time of the org, which the browser may read.
fn dated(date: Millis, outcome: Outcome) -> Outcome {
    outcome.map(|response| Response { date: Some(date), ..response })
}

/// What a state query asked by itself is answered with.
fn is_alive(body: Body) -> Input {
    Input::Background(ok(body))
}

fn told(harness: &Harness) -> Option<NoticeKind> {
    harness.screen().notice.as_ref().map(|notice| notice.kind.clone())
}

fn asks(effects: &[Effect]) -> usize {
    let is_query = |effect: &&Effect| matches!(effect, Effect::Send { ticket, .. } if matches!(ticket.purpose, Purpose::KeepAlive { tells: false }));
    effects.iter().filter(is_query).count()
}

#[test]
fn dates_of_these_tests() {
    assert_eq!(okta_authn::timestamp::parse(&iso(T0)), Some(T0));
}

/// This device is 290 s ahead; the org's transactions live for 300 s.
#[test]
fn a_fast_clock_ends_nothing() {
    let now = T0 - 290_000;
    let mut harness = Harness::at_start(&[]).then(person(sign_in("jeff", "pw")));
    harness.input(Input::Org(ok(until(now + 300_000, required("t1", &["sms"])))));
    let effects = harness.input(Input::Seconds(25));
    assert_eq!((asks(&effects), told(&harness)), (1, None), "{effects:?}");
    let step = harness.screen().step_id;
    harness.input(is_alive(until(now + 325_000, required("t2", &["sms"]))));
    assert_eq!(harness.screen().step_id, step, "what was typed stays");
    assert_eq!(harness.screen().state_token().map(okta_authn::StateToken::expose), Some("t2"));
    // The clock was wrong: it does not keep the transaction alive for a person who has left.
    let effects = harness.input(Input::Seconds(3_600));
    assert_eq!((asks(&effects), told(&harness)), (0, None), "{effects:?}");
    // The org ends it.
    harness.input(person(send_code()));
    harness.input(Input::Org(error(401, "E0000011")));
    assert!(harness.is_at_start());
    assert_eq!(told(&harness), Some(NoticeKind::SignInTimedOut));
}

#[test]
fn a_new_sign_in_trusts_the_clock_again() {
    let now = T0;
    let mut harness = Harness::at_start(&[("state-token", "t0")]);
    harness.input(Input::Org(ok(until(now + 5 * MINUTE, unauthenticated("t1")))));
    harness.input(Input::Until(now + 6 * MINUTE));
    harness.input(Input::Background(error(401, "E0000011")));
    assert!(harness.is_at_start() && told(&harness) == Some(NoticeKind::SignInTimedOut));
    harness.input(person(sign_in("jeff", "pw")));
    harness.input(Input::Org(ok(until(now + 11 * MINUTE, unauthenticated("t2")))));
    harness.input(Input::Until(now + 10 * MINUTE));
    assert_eq!(told(&harness), Some(NoticeKind::ExpiresSoon));
}

#[test]
fn where_the_orgs_time_can_be_read_it_decides() {
    for ahead in [0, 290_000, 3_600_000] {
        for behind in [false, true] {
            let org = |here: Millis| if behind { here + ahead } else { here - ahead };
            let mut harness = Harness::at_start(&[]).then(person(sign_in("jeff", "pw")));
            let list = until(org(T0) + 5 * MINUTE, required("t1", &["sms"]));
            harness.input(Input::Org(dated(org(T0), ok(list))));
            harness.input(Input::Until(T0 + 4 * MINUTE - 1));
            assert_eq!(told(&harness), None, "{ahead} {behind}");
            harness.input(Input::Until(T0 + 4 * MINUTE));
            assert_eq!(told(&harness), Some(NoticeKind::ExpiresSoon), "{ahead} {behind}");
            let early = harness.input(Input::Until(T0 + 5 * MINUTE + 9_999));
            let asked = harness.input(Input::Until(T0 + 5 * MINUTE + 10_000));
            assert_eq!((asks(&early), asks(&asked)), (0, 1), "{ahead} {behind}");
        }
    }
}

#[test]
fn a_slow_clock_is_told_by_the_org() {
    let mut harness = Harness::at_start(&[]).then(person(sign_in("jeff", "pw")));
    harness.input(Input::Org(ok(until(T0 + 65 * MINUTE, required("t1", &["totp"])))));
    harness.input(Input::Until(T0 + 6 * MINUTE));
    harness.input(person(code("123456")));
    harness.input(Input::Org(error(401, "E0000011")));
    assert!(harness.is_at_start() && told(&harness) == Some(NoticeKind::SignInTimedOut));
}

#[test]
fn a_state_query_that_fails_ends_nothing() {
    for failure in [Err(TransportError::Offline), error(500, "E0000009"), too_many(None), error(403, "E0000006")] {
        let mut harness = Harness::at_start(&[]).then(person(sign_in("jeff", "pw")));
        harness.input(Input::Org(ok(until(T0 + 5 * MINUTE, challenge("t1", "sms")))));
        harness.input(Input::Until(T0 + 6 * MINUTE));
        let before = harness.shown();
        harness.input(Input::Background(failure.clone()));
        assert!(harness.shown() == before, "{failure:?}");
    }
}

#[test]
fn another_state_replaces_the_step() {
    let mut harness = Harness::at_start(&[]).then(person(sign_in("jeff", "pw")));
    harness.input(Input::Org(ok(until(T0 + 5 * MINUTE, challenge("t1", "sms")))));
    harness.input(Input::Until(T0 + 6 * MINUTE));
    harness.input(is_alive(until(T0 + 11 * MINUTE, required("t2", &["totp"]))));
    assert_eq!(harness.step_name(), "MfaRequired");
}

#[test]
fn the_person_keeps_a_sign_in_going() {
    for body in [required("t1", &["sms"]), challenge("t1", "sms"), unauthenticated("t1")] {
        let mut harness = Harness::at_start(&[]).then(person(sign_in("jeff", "pw")));
        harness.input(Input::Org(ok(until(T0 + 5 * MINUTE, body.clone()))));
        harness.input(Input::Until(T0 + 4 * MINUTE));
        assert_eq!(told(&harness), Some(NoticeKind::ExpiresSoon));
        let step = harness.screen().step_id;
        let effects = harness.input(person(Intent::KeepGoing));
        assert!(
            matches!(effects[..], [Effect::Send { ticket, .. }] if ticket.purpose == Purpose::KeepAlive { tells: true })
        );
        assert_eq!((told(&harness), harness.screen().busy), (None, false));
        let goes_on = until(T0 + 9 * MINUTE, body.with("stateToken", "t2"));
        harness.input(Input::Background(ok(goes_on)));
        assert_eq!(told(&harness), Some(NoticeKind::KeptGoing));
        assert_eq!(harness.screen().step_id, step, "what was typed stays");
        assert_eq!(harness.screen().state_token().map(okta_authn::StateToken::expose), Some("t2"));
        harness.input(Input::Until(T0 + 8 * MINUTE));
        assert_eq!(told(&harness), Some(NoticeKind::ExpiresSoon), "it can be prolonged again");
    }
}

#[test]
fn keeping_a_sign_in_going_can_fail_and_be_tried_again() {
    let mut harness = Harness::at_start(&[]).then(person(sign_in("jeff", "pw")));
    harness.input(Input::Org(ok(until(T0 + 5 * MINUTE, challenge("t1", "sms")))));
    harness.input(Input::Until(T0 + 4 * MINUTE));
    harness.input(person(Intent::KeepGoing));
    harness.input(Input::Background(Err(TransportError::Offline)));
    assert_eq!(told(&harness), Some(NoticeKind::Offline));
    let effects = harness.input(person(Intent::Retry));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Send { .. })), "{effects:?}");
    harness.input(Input::Background(error(401, "E0000011")));
    assert!(harness.is_at_start() && told(&harness) == Some(NoticeKind::SignInTimedOut));
}

#[test]
fn what_was_asked_before_a_newer_request_does_nothing() {
    let mut harness = Harness::at_start(&[]).then(person(sign_in("jeff", "pw")));
    harness.input(Input::Org(ok(until(T0 + 5 * MINUTE, challenge("t1", "sms")))));
    harness.input(Input::Until(T0 + 4 * MINUTE));
    harness.input(person(Intent::KeepGoing));
    harness.input(person(code("123456")));
    let before = harness.shown();
    harness.input(Input::Background(ok(required("t9", &["totp"]))));
    assert!(harness.shown() == before);
    harness.input(Input::Org(ok(success())));
    assert_eq!(harness.step_name(), "Leaving");
}

/// The header says ten seconds from now, by the org's clock.
#[test]
fn no_pause_is_longer_than_the_orgs_window() {
    for ahead in [-3_600_000, -240_000, 0, 240_000_i64] {
        let org = T0.checked_add_signed(-ahead).unwrap();
        let limited = || {
            let mut harness = Harness::at_start(&[]).then(person(sign_in("jeff", "pw")));
            move |outcome| {
                harness.input(Input::Org(outcome));
                harness.screen().paused_for.unwrap()
            }
        };
        let blind = limited()(too_many(Some(org + 10_000)));
        assert!(blind <= 60, "{ahead}: {blind}");
        assert_eq!(limited()(dated(org, too_many(Some(org + 10_000)))), 10, "{ahead}");
    }
}

/// What passed between the last event and the change is not known: everything is late by that, and no more.
#[test]
fn a_clock_that_is_set_back_stops_neither_polls_nor_countdowns() {
    let hour = 3_600;
    let waiting = Harness::at(required("t1", &["push"])).then(person(send_code()));
    let mut harness = waiting.then(Input::Org(ok(crate::states::push("t1")))).then(Input::SetBack(hour));
    let is_poll = |effect: &Effect| matches!(effect, Effect::Send { ticket, .. } if ticket.purpose.is_poll());
    harness.input(Input::Seconds(4));
    harness.input(Input::Org(ok(crate::states::push("t1"))));
    for _ in 0..3 {
        let effects = harness.input(Input::Seconds(4));
        assert_eq!(effects.iter().filter(|effect| is_poll(effect)).count(), 1, "{effects:?}");
        harness.input(Input::Org(ok(crate::states::push("t1"))));
    }
    let limited =
        Harness::at_start(&[]).then(person(sign_in("jeff", "pw"))).then(Input::Org(too_many(Some(T0 + 10_000))));
    let mut paused = limited.then(Input::Seconds(3)).then(Input::SetBack(hour));
    assert_eq!(paused.screen().paused_for, Some(7));
    paused.input(Input::Seconds(5));
    assert_eq!(paused.screen().paused_for, Some(3));
    paused.input(Input::Seconds(3));
    assert_eq!(paused.screen().paused_for, None);
}

/// What may be the first that a machine hears after the device was asleep.
fn wakes() -> [Input; 3] {
    [person(Intent::Edit), Input::Event(Event::Online), visibility(true)]
}

#[test]
fn after_a_sleep_the_org_is_asked_before_anything_is_sent_in_vain() {
    for wake in wakes() {
        let mut harness = Harness::at_start(&[]).then(person(sign_in("jeff", "pw")));
        harness.input(Input::Org(ok(until(T0 + 5 * MINUTE, challenge("t1", "sms")))));
        harness.input(Input::Seconds(1));
        harness.input(Input::Asleep(3_600));
        let effects = harness.input(wake.clone());
        assert_eq!(asks(&effects), 1, "{wake:?}: {effects:?}");
        assert_eq!(asks(&harness.input(wake.clone())), 0, "{wake:?}: it was asked");
        harness.input(Input::Background(error(401, "E0000011")));
        assert!(harness.is_at_start(), "{wake:?}");
        assert_eq!(told(&harness), Some(NoticeKind::SignInTimedOut), "{wake:?}");
    }
}

#[test]
fn a_short_sleep_asks_nothing() {
    for wake in wakes() {
        let mut harness = Harness::at_start(&[]).then(person(sign_in("jeff", "pw")));
        harness.input(Input::Org(ok(until(T0 + 5 * MINUTE, challenge("t1", "sms")))));
        harness.input(Input::Asleep(60));
        assert_eq!(asks(&harness.input(wake)), 0);
        assert_eq!((harness.screen().resend_in, told(&harness)), (None, None));
    }
}

#[test]
fn countdowns_are_right_after_a_sleep() {
    for wake in wakes() {
        let limited = Harness::at_start(&[]).then(person(sign_in("jeff", "pw")));
        let mut paused = limited.then(Input::Org(too_many(Some(T0 + 30_000)))).then(Input::Asleep(12));
        assert_eq!(paused.screen().paused_for, Some(30));
        paused.input(wake.clone());
        assert_eq!(paused.screen().paused_for, Some(18), "{wake:?}");
        let mut over = paused.then(Input::Asleep(3_600));
        over.input(wake.clone());
        assert_eq!((over.screen().paused_for, told(&over)), (None, None), "{wake:?}");
    }
}

/// One poll after the other, however many there would have been.
#[test]
fn a_push_is_polled_once_after_a_sleep() {
    let is_poll = |effect: &Effect| matches!(effect, Effect::Send { ticket, .. } if ticket.purpose.is_poll());
    for wake in wakes() {
        let waiting = Harness::at(required("t1", &["push"])).then(person(send_code()));
        let mut harness = waiting.then(Input::Org(ok(crate::states::push("t1"))));
        harness.input(Input::Asleep(3_600));
        let mut effects = harness.input(wake.clone());
        effects.extend(harness.input(Input::Seconds(1)));
        assert_eq!(effects.iter().filter(|effect| is_poll(effect)).count(), 1, "{wake:?}: {effects:?}");
    }
}

/// The response to a poll says whether the transaction has ended: the org is not asked for that besides.
#[test]
fn a_push_is_all_that_is_asked_about_after_a_night() {
    let waiting = Harness::at(required("t1", &["push"])).then(person(send_code()));
    let mut harness = waiting.then(Input::Org(ok(until(T0 + 5 * MINUTE, crate::states::push("t1")))));
    harness.input(Input::Asleep(3_600));
    let effects = harness.input(Input::Seconds(5));
    assert_eq!(effects.iter().filter(|effect| matches!(effect, Effect::Send { .. })).count(), 1, "{effects:?}");
    harness.input(Input::Org(error(401, "E0000011")));
    assert!(harness.is_at_start());
    assert_eq!(told(&harness), Some(NoticeKind::SignInTimedOut));
}
