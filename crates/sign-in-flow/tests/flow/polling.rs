//! What the transaction machine and factor management share: polls, lost polls, slow pushes, rate limits and retries
//! are the same in both. One table of cases, run with each machine. Not here: what a push means in one of them.

use crate::harness::{Harness, Input, open_recovery, person, send_code, visibility};
use crate::hook::{HOOK, factor, factors, problem, told};
use crate::responses::{Outcome, error, no_json, ok, required, too_many};
use crate::states::push;
use okta_authn::{Channel, TransportError};
use serde_json::json;
use sign_in_flow::{Effect, Intent, ManageIntent, Retry};

/// One of the machines, and how the other side answers it.
struct Machine {
    name: &'static str,
    /// A list of factors, a push first.
    list: fn() -> Harness,
    /// Starts the challenge of the push.
    start: fn() -> Intent,
    /// The phone was asked, or has not answered yet.
    waiting: fn() -> Outcome,
    /// The server has a problem.
    server_error: fn() -> Outcome,
    /// Too many requests, without the time when they are accepted again.
    rate_limited: fn() -> Outcome,
    /// The poll is refused for good.
    refused: fn() -> Outcome,
    /// What a refusal is called.
    refusal: &'static str,
}

/// What a poll fails with.
type Failing = fn(&Machine) -> Outcome;

const MACHINES: [Machine; 2] = [
    Machine {
        name: "transaction",
        list: || Harness::at(required("t1", &["push"])),
        start: send_code,
        waiting: || ok(push("t1")),
        server_error: || error(500, "E0000009"),
        rate_limited: || too_many(None),
        refused: || error(403, "E0000006"),
        refusal: "NotAllowed or Retry",
    },
    Machine {
        name: "factor management",
        list: || {
            let list = [factor("opf1", "push", "ACTIVE")];
            Harness::manage(HOOK).begun().then(Input::Org(factors(&list)))
        },
        start: || Intent::Manage(ManageIntent::Test(0)),
        waiting: || told(200, json!({"result": "WAITING", "transactionId": "t1"})),
        server_error: || problem(502, "org_failed"),
        rate_limited: || problem(429, "rate_limited"),
        refused: || problem(403, "not_permitted"),
        refusal: "Hook(NotPermitted) or Retry",
    },
];

/// What happened, without the names of a machine: requests, then busy, the pause, and the notice. Without the waits: only
/// one of the machines also counts down until the push may be sent again.
fn facts(harness: &mut Harness, input: Input) -> String {
    let effects = harness.input(input);
    let effects = effects.iter().filter(|effect| !matches!(effect, Effect::Wait { .. }));
    let effects = effects.map(|effect| match effect {
        Effect::Send { ticket, .. } if ticket.purpose.is_poll() => "poll".to_owned(),
        Effect::Send { .. } => "send".to_owned(),
        other => format!("{other:?}"),
    });
    let screen = harness.screen();
    let notice = screen.notice.as_ref().map(|notice| {
        let retry = if notice.retry == Retry::Again { " or Retry" } else { "" };
        format!("{:?}{retry}", notice.kind)
    });
    let shown =
        [screen.busy.then(|| "busy".to_owned()), screen.paused_for.map(|pause| format!("pause={pause}")), notice];
    effects.chain(shown.into_iter().flatten()).collect::<Vec<_>>().join(", ")
}

/// The phone was asked, and the message cannot be sent again for a while in one of them: that wait is over.
fn waiting(machine: &Machine) -> Harness {
    let asked = (machine.list)().then(person((machine.start)())).then(Input::Org((machine.waiting)()));
    // The first poll comes sooner than the others: a number to tap comes with it.
    asked.then(after(1)).then(Input::Org((machine.waiting)()))
}

/// Runs the inputs with each machine, and compares the facts.
fn check(begin: fn(&Machine) -> Harness, inputs: impl Fn(&Machine) -> Vec<(Input, String)>) {
    for machine in &MACHINES {
        let mut harness = begin(machine);
        for (place, (input, expected)) in inputs(machine).into_iter().enumerate() {
            let told = crate::transcript::input(&input);
            assert_eq!(facts(&mut harness, input), expected, "{}, input {place}: {told}", machine.name);
        }
    }
}

/// One row: an input, and the facts.
fn row(input: Input, expected: &str) -> (Input, String) {
    (input, expected.to_owned())
}

/// Time passes.
fn after(seconds: u64) -> Input {
    Input::Seconds(seconds)
}

#[test]
fn a_push_is_polled_every_four_seconds_and_the_person_is_told_when_it_is_slow() {
    check(waiting, |machine| {
        let reply = || Input::Org((machine.waiting)());
        let mut rows = Vec::new();
        for _ in 0..7 {
            rows.extend([row(after(3), ""), row(after(1), "poll")]);
            rows.push(row(reply(), ""));
        }
        rows.extend([row(after(1), "PushSlow"), row(after(2), "PushSlow"), row(after(1), "poll, PushSlow")]);
        rows
    });
}

#[test]
fn polls_that_fail_back_off_and_stop_with_a_retry() {
    let failures: [(Failing, &str); 4] = [
        (|_| Err(TransportError::Offline), "PollLost"),
        (|_| Err(TransportError::TimedOut), "PollLost"),
        (|_| Err(TransportError::OtherPage), "OtherPage"),
        (|_| no_json(200), "Unexpected"),
    ];
    for (failure, told) in failures {
        for machine in &MACHINES {
            let mut harness = failing(machine, failure);
            harness.input(Input::Org(failure(machine)));
            assert_eq!(passes(&mut harness, 600), format!("{told} or Retry"), "{}", machine.name);
            assert_eq!(facts(&mut harness, person(Intent::Retry)), "", "{}", machine.name);
            assert_eq!(passes(&mut harness, 1), "poll", "{}", machine.name);
        }
    }
}

#[test]
fn polls_that_are_answered_with_an_error_go_on_and_the_person_is_told_why_until_one_succeeds() {
    let failures: [(Failing, &str); 3] = [
        (|machine| (machine.server_error)(), "PollTroubled"),
        (|_| no_json(502), "PollTroubled"),
        (|machine| (machine.rate_limited)(), "PollSlowed"),
    ];
    for (failure, told) in failures {
        for machine in &MACHINES {
            let mut harness = failing(machine, failure);
            for time in 0..20 {
                assert_eq!(facts(&mut harness, Input::Org(failure(machine))), told, "{}", machine.name);
                assert_eq!(facts(&mut harness, after(15)), told, "{} {time}", machine.name);
                assert_eq!(facts(&mut harness, after(1)), format!("poll, {told}"), "{} {time}", machine.name);
            }
            assert_eq!(facts(&mut harness, Input::Org((machine.waiting)())), "", "{}", machine.name);
            assert_eq!(passes(&mut harness, 4), "poll", "{}", machine.name);
        }
    }
}

#[test]
fn what_polls_fail_with_is_told_anew_where_it_changes() {
    for machine in &MACHINES {
        let mut harness = failing(machine, |machine| (machine.server_error)());
        for (failure, told) in [
            ((machine.server_error)(), "PollTroubled"),
            ((machine.rate_limited)(), "PollSlowed"),
            (Err(TransportError::Unreachable), "PollLost or Retry"),
        ] {
            assert_eq!(facts(&mut harness, Input::Org(failure)), told, "{}", machine.name);
            harness.input(after(16));
        }
    }
}

/// Time passes. Only polls count here: both machines have other timers too.
fn passes(harness: &mut Harness, seconds: u64) -> String {
    facts(harness, after(seconds)).trim_end_matches("PushSlow").trim_end_matches(", ").to_owned()
}

/// Polls have failed five times, and the sixth is under way.
fn failing(machine: &Machine, failure: Failing) -> Harness {
    let mut harness = waiting(machine);
    assert_eq!(passes(&mut harness, 4), "poll", "{}", machine.name);
    for seconds in [1, 2, 4, 8, 16] {
        harness.input(Input::Org(failure(machine)));
        assert_eq!(passes(&mut harness, seconds - 1), "", "{} {seconds}", machine.name);
        assert_eq!(passes(&mut harness, 1), "poll", "{} {seconds}", machine.name);
    }
    harness
}

#[test]
fn that_a_message_was_sent_a_moment_ago_is_told_until_the_next_may_be_sent() {
    let recover = Intent::Recover { username: "jeff".to_owned(), channel: Channel::Sms };
    for (before, refused, told) in [
        (Harness::at(required("t1", &["sms"])).then(person(send_code())), error(429, "E0000109"), "TooSoon"),
        (
            Harness::at_start(&[]).then(person(open_recovery("jeff"))).then(person(recover)),
            error(429, "E0000109"),
            "WaitToSend",
        ),
        (
            Harness::manage(HOOK)
                .begun()
                .then(Input::Org(factors(&[factor("smsf1", "sms", "ACTIVE")])))
                .then(person(Intent::Manage(ManageIntent::Test(0)))),
            problem(429, "too_soon"),
            "WaitToSend",
        ),
    ] {
        let mut harness = before.then(Input::Org(refused));
        assert_eq!(facts(&mut harness, after(29)), told);
        assert_eq!(facts(&mut harness, after(1)), "", "{told}");
    }
}

#[test]
fn a_poll_that_is_refused_is_not_repeated_by_itself() {
    check(waiting, |machine| {
        vec![
            row(after(4), "poll"),
            row(Input::Org((machine.refused)()), machine.refusal),
            row(after(600), machine.refusal),
            row(person(Intent::KeepWaiting), ""),
            row(after(4), "poll"),
        ]
    });
}

#[test]
fn a_hidden_page_polls_five_times_less_often() {
    for machine in &MACHINES {
        let mut harness = waiting(machine).then(visibility(false));
        assert_eq!(facts(&mut harness, after(19)), "", "{}", machine.name);
        assert_eq!(facts(&mut harness, after(1)), "poll", "{}", machine.name);
        harness = harness.then(Input::Org((machine.waiting)())).then(visibility(true));
        assert_eq!(facts(&mut harness, after(1)), "poll", "{}", machine.name);
    }
}

#[test]
fn a_poll_keeps_nobody_waiting() {
    for machine in &MACHINES {
        let harness = waiting(machine).then(after(4));
        assert!(!harness.screen().busy, "{}", machine.name);
    }
}

#[test]
fn without_a_named_time_the_pause_doubles_until_a_response_comes() {
    for machine in &MACHINES {
        let mut harness = (machine.list)();
        let limited = |harness: &mut Harness, seconds: u64| {
            assert_eq!(facts(harness, person((machine.start)())), "send, busy", "{}", machine.name);
            let shown = facts(harness, Input::Org((machine.rate_limited)()));
            let expected = format!("pause={seconds}, RateLimited");
            assert_eq!(shown.trim_end_matches(" or Retry"), expected, "{}", machine.name);
            let blocked = facts(harness, person((machine.start)()));
            assert!(!blocked.contains("send"), "{}: {blocked}", machine.name);
            assert_eq!(facts(harness, after(seconds)), "", "{}", machine.name);
        };
        for seconds in [2, 4, 8, 16, 32, 32] {
            limited(&mut harness, seconds);
        }
        // A good response ends the row.
        harness = harness.then(person((machine.start)())).then(Input::Org((machine.waiting)())).then(after(30));
        harness.input(person(Intent::Resend));
        harness.input(Input::Org((machine.rate_limited)()));
        assert_eq!(harness.screen().paused_for, Some(2), "{}", machine.name);
    }
}

#[test]
fn a_challenge_that_failed_is_started_again_by_retry() {
    let failures: [fn(&Machine) -> Outcome; 3] =
        [|_| Err(TransportError::Offline), |_| Err(TransportError::TimedOut), |machine| (machine.server_error)()];
    for failure in failures {
        for machine in &MACHINES {
            let mut harness = (machine.list)().then(person((machine.start)())).then(Input::Org(failure(machine)));
            let notice = harness.screen().notice.clone().expect("a notice");
            assert_eq!(notice.retry, Retry::Again, "{}", machine.name);
            assert_eq!(facts(&mut harness, person(Intent::Retry)), "send, busy", "{}", machine.name);
            assert_eq!(facts(&mut harness, person(Intent::Retry)), "busy", "{}", machine.name);
        }
    }
}
