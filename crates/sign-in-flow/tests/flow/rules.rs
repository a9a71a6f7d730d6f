//! Rules that hold in every situation: an intent does nothing where it has no place, one request at a time, what
//! comes late does nothing, nothing typed is sent twice, Cancel always leads to the start form.

use crate::harness::{Harness, Input, T0, activation, answer, code, person, proved, sign_in};
use crate::responses::{Outcome, error, no_json, ok, required, session, success};
use crate::situations::{SITUATIONS, Situation, intents, named};
use crate::transcript;
use okta_authn::{CredentialError, Millis, SecurityAnswer, TransportError};
use sign_in_flow::{Effect, Event, Intent, Notice, NoticeKind};
use std::sync::LazyLock;

/// Lets it happen; whether anything came of it.
fn matters(harness: &mut Harness, input: Input) -> bool {
    let before = harness.shown();
    let effects = harness.input(input);
    effects.iter().any(|effect| !matches!(effect, Effect::Wait { .. })) || harness.shown() != before
}

/// A request that is under way in a situation, because of an intent.
struct UnderWay {
    situation: &'static Situation,
    intent: Intent,
}

impl UnderWay {
    fn harness(&self) -> Harness {
        self.harness_at(T0)
    }

    fn harness_at(&self, now: Millis) -> Harness {
        self.situation.harness_at(now).then(person(self.intent.clone()))
    }

    fn name(&self) -> String {
        format!("{:?} at {}", self.intent, self.situation.name)
    }
}

/// Every situation with every request that can be under way in it.
fn requests_under_way() -> impl Iterator<Item = (String, Harness)> {
    requests_under_way_at(T0)
}

fn requests_under_way_at(now: Millis) -> impl Iterator<Item = (String, Harness)> {
    static ALL: LazyLock<Vec<UnderWay>> = LazyLock::new(|| {
        let each = SITUATIONS
            .iter()
            .flat_map(|situation| intents().into_iter().map(move |(intent, _)| UnderWay { situation, intent }));
        each.filter(|under_way| !under_way.situation.harness().screen().busy && under_way.harness().screen().busy)
            .collect()
    });
    assert!(ALL.len() >= 60, "{}", ALL.len());
    ALL.iter().map(move |under_way| (under_way.name(), under_way.harness_at(now)))
}

fn outcomes() -> Vec<Outcome> {
    vec![
        ok(success()),
        ok(required("late", &["sms"])),
        error(401, "E0000011"),
        error(403, "E0000079"),
        error(429, "E0000047"),
        session("late"),
        no_json(204),
        Err(TransportError::Offline),
    ]
}

#[test]
fn an_intent_acts_only_where_it_has_its_place() {
    for (intent, places) in intents() {
        let acts = |situation: &Situation| matters(&mut situation.harness(), person(intent.clone()));
        let acting: Vec<_> =
            SITUATIONS.iter().filter(|situation| acts(situation)).map(|situation| situation.name).collect();
        assert_eq!(acting, places, "{intent:?}");
    }
    // That way out is everywhere.
    assert!(SITUATIONS.iter().all(|situation| matters(&mut situation.harness(), person(Intent::Cancel))));
}

#[test]
fn nothing_is_submitted_while_an_answer_is_awaited() {
    let allowed_while_waiting = |intent: &Intent| {
        use Intent::{Back, Cancel, Choose, CopyKey, OpenRecovery};
        matches!(intent, Back | Cancel | Choose(_) | CopyKey | OpenRecovery { .. })
    };
    for (name, mut harness) in requests_under_way() {
        for (intent, _) in intents().into_iter().filter(|(intent, _)| !allowed_while_waiting(intent)) {
            assert!(!matters(&mut harness, person(intent.clone())), "{intent:?} while {name}");
        }
    }
}

#[test]
fn cancelling_ends_what_is_under_way() {
    for (name, mut harness) in requests_under_way() {
        let effects = harness.input(person(Intent::Cancel));
        assert!(effects.contains(&Effect::Abort), "{name}");
        assert!(harness.is_at_start() && !harness.screen().busy, "{name}");
    }
}

#[test]
fn an_answer_that_comes_late_does_nothing() {
    for outcome in outcomes() {
        for (name, harness) in requests_under_way() {
            let newest = harness.newest();
            let mut harness = harness.then(person(Intent::Cancel));
            assert!(!matters(&mut harness, Input::Late(newest, outcome.clone())), "{outcome:?} after {name}");
            let mut harness = harness.then(person(sign_in("jeff", "pw")));
            assert!(
                !matters(&mut harness, Input::Late(newest, outcome.clone())),
                "{outcome:?} after {name} and a new start"
            );
        }
    }
}

#[test]
fn an_answer_counts_once() {
    for outcome in outcomes() {
        for (name, harness) in requests_under_way() {
            let newest = harness.newest();
            let mut harness = harness.then(Input::Org(outcome.clone()));
            if !harness.screen().busy {
                assert!(!matters(&mut harness, Input::Late(newest, outcome.clone())), "{outcome:?} twice at {name}");
            }
        }
    }
}

#[test]
fn the_answer_to_a_cancel_request_does_nothing() {
    for outcome in outcomes() {
        let harness = Harness::at(required("t1", &["sms"])).then(person(Intent::Cancel));
        let newest = harness.newest();
        let mut harness = harness;
        assert!(!matters(&mut harness, Input::Late(newest, outcome.clone())), "{outcome:?}");
    }
}

#[test]
fn news_of_the_clipboard_and_the_clock_do_nothing_elsewhere() {
    for situation in &SITUATIONS {
        let (name, mut harness) = (situation.name, situation.harness());
        let has_key = harness.step_name() == "MfaEnrollActivate";
        assert!(!matters(&mut harness, Input::Event(Event::Elapsed)), "{name}");
        assert_eq!(matters(&mut harness, Input::Event(Event::Copied)), has_key, "{name}");
    }
}

/// Retry repeats what holds nothing typed; what was typed is still in its field and is submitted again.
#[test]
fn nothing_typed_is_repeated_by_itself() {
    let typed = |body: &str| ["password:", "passCode:", "answer:"].iter().any(|member| body.contains(member));
    for error in [TransportError::Offline, TransportError::Unreachable, TransportError::TimedOut] {
        for (name, mut harness) in requests_under_way() {
            harness.input(Input::Org(Err(error)));
            let before = harness.shown();
            let mut effects = harness.input(person(Intent::Retry));
            effects.extend(harness.input(Input::Seconds(60)));
            let line = transcript::line(&effects, &before, &harness.shown());
            assert!(!typed(&line), "{name}: {line}");
        }
    }
}

#[test]
fn retry_repeats_only_what_a_notice_offers_to_repeat() {
    for (name, mut harness) in requests_under_way() {
        harness.input(Input::Org(error(400, "E0000001")));
        assert!(!matters(&mut harness, person(Intent::Retry)), "{name}");
    }
}

/// Not an authenticator; and not about the session, which has no token.
fn asks_the_org(name: &str) -> bool {
    !name.ends_with("session") && !name.starts_with("AskAgain") && !name.starts_with("Continue")
}

#[test]
fn an_expired_transaction_starts_over_with_the_name_kept() {
    for (name, mut harness) in requests_under_way().filter(|(name, _)| asks_the_org(name)) {
        let before = harness.shown();
        let effects = harness.input(Input::Org(error(401, "E0000011")));
        let line = transcript::line(&effects, &before, &harness.shown());
        assert!(["-> Start jeff !SignInTimedOut", "-> Start !SignInTimedOut"].contains(&&*line), "{name}: {line}");
    }
}

/// The end of the situations' transactions.
const END: Millis = 1_893_456_000_000;
const MINUTE: Millis = 60_000;

/// How long after the end the org is asked.
const GRACE: Millis = 10_000;

#[test]
fn the_end_of_a_transaction_is_told_a_minute_before_and_the_org_ends_it() {
    let mut ended = 0;
    for situation in &SITUATIONS {
        let name = situation.name;
        let mut harness = situation.harness_at(END - 4 * MINUTE);
        let has_end = harness.screen().state_token().is_some();
        harness.input(Input::Until(END - MINUTE - 1));
        let told = |harness: &Harness| harness.screen().notice.as_ref().map(|notice| notice.kind.clone());
        let before = told(&harness);
        assert_ne!(before, Some(NoticeKind::ExpiresSoon), "{name}");
        harness.input(Input::Until(END - MINUTE));
        // What must be read first stays.
        let stays = harness.screen().notice.as_ref().is_some_and(Notice::takes_focus);
        if has_end && !stays {
            assert_eq!(told(&harness), Some(NoticeKind::ExpiresSoon), "{name}");
        } else {
            assert_eq!(told(&harness), before, "{name}");
        }
        let step = harness.screen().step_id;
        harness.input(Input::Until(END + GRACE - 1));
        let effects = harness.input(Input::Until(END + GRACE));
        assert_eq!(harness.screen().step_id, step, "{name}: a clock ends nothing");
        // Where a poll is awaited, its answer says it.
        let asks = effects.iter().any(|effect| matches!(effect, Effect::Send { .. }));
        assert_eq!(asks, has_end && !WAITING.contains(&name), "{name}: {effects:?}");
        if !has_end {
            continue;
        }
        let answer = error(401, "E0000011");
        harness.input(if asks { Input::Background(answer) } else { Input::Org(answer) });
        assert!(harness.is_at_start(), "{name}");
        assert_eq!(told(&harness), Some(NoticeKind::SignInTimedOut), "{name}");
        assert!(!harness.screen().busy, "{name}");
        let silent = harness.input(Input::Seconds(600));
        assert_eq!(silent, [], "{name}: nothing is asked past the end");
        ended += 1;
    }
    assert_eq!(ended, 28);
}

#[test]
fn a_response_that_is_awaited_past_the_end_counts() {
    for (name, mut harness) in requests_under_way_at(END - 4 * MINUTE).filter(|(name, _)| asks_the_org(name)) {
        if harness.screen().state_token().is_none() {
            continue;
        }
        // The authenticator is asked, and not the org.
        if name.starts_with("AskAgain") {
            continue;
        }
        let newest = harness.newest();
        let effects = harness.input(Input::Until(END + 2 * GRACE));
        assert!(!effects.contains(&Effect::Abort) && harness.screen().busy, "{name}: {effects:?}");
        assert!(matters(&mut harness, Input::Late(newest, ok(success()))), "{name}");
    }
}

/// Situations that poll by themselves.
const WAITING: [&str; 3] = ["push", "activate push", "poll"];

#[test]
fn a_poll_is_not_busy_and_is_aborted_by_any_intent() {
    for situation in WAITING.map(named) {
        for outcome in outcomes() {
            let mut dropped = 0;
            for intent in intents().into_iter().map(|(intent, _)| intent).chain([Intent::Cancel]) {
                let mut harness = situation.harness().then(Input::Seconds(6));
                let poll = harness.newest();
                assert!(!harness.screen().busy, "{}", situation.name);
                if harness.input(person(intent.clone())).contains(&Effect::Abort) {
                    dropped += 1;
                    let late = Input::Late(poll, outcome.clone());
                    assert!(!matters(&mut harness, late), "{outcome:?} after {intent:?} at {}", situation.name);
                }
            }
            assert!(dropped > 0, "{}", situation.name);
        }
    }
}

#[test]
fn an_authenticator_that_answers_late_does_nothing() {
    for (name, again) in [("key", true), ("activate key", true), ("duo", false), ("activate duo", false)] {
        for (intent, _) in intents() {
            for answer in
                [proved(), Input::Authenticator(Err(CredentialError::Refused)), Input::Duo(true), Input::Duo(false)]
            {
                let mut harness = named(name).harness();
                if again {
                    harness.input(person(Intent::AskAgain));
                    assert!(harness.screen().busy, "{name}");
                }
                let before = harness.newest();
                harness.input(person(intent.clone()));
                let went_on = harness.newest() > before || harness.is_at_start();
                if went_on {
                    assert!(!matters(&mut harness, answer.clone()), "{answer:?} after {intent:?} at {name}");
                }
            }
        }
    }
}

#[test]
fn what_is_left_empty_is_asked_for_only_where_it_stands() {
    let empty = [code(""), answer(""), activation(""), Intent::Answer(SecurityAnswer::new("")), device("")];
    for intent in empty {
        for situation in ["start", "session", "enroll", "warned", "recover", "consent", "poll", "strange"] {
            assert!(!matters(&mut named(situation).harness(), person(intent.clone())), "{intent:?} at {situation}");
        }
    }
}

fn device(code: &str) -> Intent {
    Intent::ActivateDevice(code.to_owned())
}
