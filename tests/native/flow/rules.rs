//! Rules that hold in every scene: an intent does nothing where it has no place, one request at a time, what
//! comes late does nothing, nothing typed is sent twice, Cancel always leads to the start form.

use crate::answers::{Outcome, error, no_json, ok, required, session, success};
use crate::scenes::{SCENES, Scene, intents};
use crate::stage::{Stage, Turn, person, sign_in};
use crate::transcript;
use okta_authn_widget::authn::TransportError;
use okta_authn_widget::flow::{Effect, Event, Intent, Screen, Step};

/// Lets it happen; whether anything came of it.
fn matters(stage: &mut Stage, turn: Turn) -> bool {
    let before = stage.screen().clone();
    let effects = stage.turn(turn);
    !effects.is_empty() || *stage.screen() != before
}

/// Every scene with every request that can be under way in it.
fn requests_under_way() -> Vec<(String, Stage)> {
    let mut stages = Vec::new();
    for (name, scene) in SCENES {
        for (intent, _) in intents() {
            let stage = scene().then(person(intent.clone()));
            if stage.screen().busy {
                stages.push((format!("{name}: {intent:?}"), stage));
            }
        }
    }
    assert!(stages.len() >= 16, "{}", stages.len());
    stages
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
    for (name, scene) in SCENES {
        for (intent, places) in intents() {
            let acts = matters(&mut scene(), person(intent.clone()));
            assert_eq!(acts, places.contains(&name), "{intent:?} at {name}");
        }
    }
}

#[test]
fn nothing_is_submitted_while_an_answer_is_awaited() {
    let ways_out =
        |intent: &Intent| matches!(intent, Intent::Back | Intent::Cancel | Intent::Choose(_) | Intent::CopyKey);
    for (name, mut stage) in requests_under_way() {
        for (intent, _) in intents().into_iter().filter(|(intent, _)| !ways_out(intent)) {
            assert!(!matters(&mut stage, person(intent.clone())), "{intent:?} while {name}");
        }
    }
}

#[test]
fn a_way_out_ends_what_is_under_way() {
    for (name, mut stage) in requests_under_way() {
        let deeds = stage.turn(person(Intent::Cancel));
        assert!(deeds.contains(&Effect::Abort), "{name}");
        assert!(matches!(stage.screen().step, Step::Start(_)) && !stage.screen().busy, "{name}");
    }
}

#[test]
fn an_answer_that_comes_late_does_nothing() {
    for outcome in outcomes() {
        for (name, stage) in requests_under_way() {
            let newest = stage.newest();
            let mut stage = stage.then(person(Intent::Cancel));
            assert!(!matters(&mut stage, Turn::Late(newest, outcome.clone())), "{outcome:?} after {name}");
            let mut stage = stage.then(person(sign_in("jeff", "pw")));
            assert!(
                !matters(&mut stage, Turn::Late(newest, outcome.clone())),
                "{outcome:?} after {name} and a new start"
            );
        }
    }
}

#[test]
fn an_answer_counts_once() {
    for outcome in outcomes() {
        for (name, stage) in requests_under_way() {
            let newest = stage.newest();
            let mut stage = stage.then(Turn::Org(outcome.clone()));
            if !stage.screen().busy {
                assert!(!matters(&mut stage, Turn::Late(newest, outcome.clone())), "{outcome:?} twice at {name}");
            }
        }
    }
}

#[test]
fn the_answer_to_a_farewell_does_nothing() {
    for outcome in outcomes() {
        let stage = Stage::at(required("t1", &["sms"])).then(person(Intent::Cancel));
        let newest = stage.newest();
        let mut stage = stage;
        assert!(!matters(&mut stage, Turn::Late(newest, outcome.clone())), "{outcome:?}");
    }
}

#[test]
fn news_of_the_clipboard_and_the_clock_do_nothing_elsewhere() {
    let at = |(name, scene): Scene| (name != "activate").then(|| (name, scene()));
    for (name, mut stage) in SCENES.into_iter().filter_map(at) {
        assert!(!matters(&mut stage, Turn::Event(Event::Copied)), "{name}");
        assert!(!matters(&mut stage, Turn::Event(Event::Elapsed)), "{name}");
    }
}

/// Retry repeats what holds nothing typed; what was typed is still in its field and is submitted again.
#[test]
fn nothing_typed_is_repeated_by_itself() {
    let typed = |body: &str| ["password:", "passCode:", "answer:"].iter().any(|member| body.contains(member));
    for error in [TransportError::Offline, TransportError::Unreachable, TransportError::TimedOut] {
        for (name, mut stage) in requests_under_way() {
            stage.turn(Turn::Org(Err(error)));
            let before: Screen = stage.screen().clone();
            let mut deeds = stage.turn(person(Intent::Retry));
            deeds.extend(stage.turn(Turn::Seconds(60)));
            let line = transcript::line(&deeds, &before, stage.screen());
            assert!(!typed(&line), "{name}: {line}");
        }
    }
}

#[test]
fn retry_repeats_only_what_a_notice_offers_to_repeat() {
    for (name, mut stage) in requests_under_way() {
        stage.turn(Turn::Org(error(400, "E0000001")));
        assert!(!matters(&mut stage, person(Intent::Retry)), "{name}");
    }
    for (name, scene) in SCENES {
        let mut stage = scene();
        assert!(!matters(&mut stage, person(Intent::Retry)), "{name}");
    }
}

#[test]
fn an_expired_transaction_starts_over_with_the_name_kept() {
    for (name, mut stage) in requests_under_way().into_iter().filter(|(name, _)| !name.starts_with("session")) {
        let before = stage.screen().clone();
        let deeds = stage.turn(Turn::Org(error(401, "E0000011")));
        let line = transcript::line(&deeds, &before, stage.screen());
        assert_eq!(line, "-> Start jeff !SignInTimedOut", "{name}");
    }
}
