//! Rules that hold in every scene: an intent does nothing where it has no place, one request at a time, what
//! comes late does nothing, nothing typed is sent twice, Cancel always leads to the start form.

use crate::answers::{Outcome, error, no_json, ok, required, session, success};
use crate::scenes::{SCENES, Scene, intents, named};
use crate::stage::{DAWN, Stage, Turn, activation, answer, code, person, proved, sign_in};
use crate::transcript;
use okta_authn_widget::authn::{CredentialError, Millis, SecurityAnswer, TransportError};
use okta_authn_widget::flow::{Effect, Event, Intent, Notice, NoticeKind, Screen, Step};
use std::sync::LazyLock;

/// Lets it happen; whether anything came of it.
fn matters(stage: &mut Stage, turn: Turn) -> bool {
    let before = stage.screen().clone();
    let effects = stage.turn(turn);
    effects.iter().any(|effect| !matches!(effect, Effect::Wait { .. })) || *stage.screen() != before
}

/// A request that is under way in a scene, because of an intent.
struct UnderWay {
    scene: &'static Scene,
    intent: Intent,
}

impl UnderWay {
    fn stage(&self) -> Stage {
        self.stage_at(DAWN)
    }

    fn stage_at(&self, now: Millis) -> Stage {
        self.scene.stage_at(now).then(person(self.intent.clone()))
    }

    fn name(&self) -> String {
        format!("{:?} at {}", self.intent, self.scene.name)
    }
}

/// Every scene with every request that can be under way in it.
fn requests_under_way() -> impl Iterator<Item = (String, Stage)> {
    requests_under_way_at(DAWN)
}

fn requests_under_way_at(now: Millis) -> impl Iterator<Item = (String, Stage)> {
    static ALL: LazyLock<Vec<UnderWay>> = LazyLock::new(|| {
        let each =
            SCENES.iter().flat_map(|scene| intents().into_iter().map(move |(intent, _)| UnderWay { scene, intent }));
        each.filter(|under_way| !under_way.scene.stage().screen().busy && under_way.stage().screen().busy).collect()
    });
    assert!(ALL.len() >= 60, "{}", ALL.len());
    ALL.iter().map(move |under_way| (under_way.name(), under_way.stage_at(now)))
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
        let acts = |scene: &Scene| matters(&mut scene.stage(), person(intent.clone()));
        let acting: Vec<_> = SCENES.iter().filter(|scene| acts(scene)).map(|scene| scene.name).collect();
        assert_eq!(acting, places, "{intent:?}");
    }
    // That way out is everywhere.
    assert!(SCENES.iter().all(|scene| matters(&mut scene.stage(), person(Intent::Cancel))));
}

#[test]
fn nothing_is_submitted_while_an_answer_is_awaited() {
    let ways_out = |intent: &Intent| {
        use Intent::{Back, Cancel, Choose, CopyKey, OpenRecovery};
        matches!(intent, Back | Cancel | Choose(_) | CopyKey | OpenRecovery { .. })
    };
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
    for scene in &SCENES {
        let (name, mut stage) = (scene.name, scene.stage());
        let has_key = matches!(stage.screen().step, Step::MfaEnrollActivate(_));
        assert!(!matters(&mut stage, Turn::Event(Event::Elapsed)), "{name}");
        assert_eq!(matters(&mut stage, Turn::Event(Event::Copied)), has_key, "{name}");
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
}

/// Not an authenticator; and not about the session, which has no token.
fn asks_the_org(name: &str) -> bool {
    !name.ends_with("session") && !name.starts_with("AskAgain")
}

#[test]
fn an_expired_transaction_starts_over_with_the_name_kept() {
    for (name, mut stage) in requests_under_way().filter(|(name, _)| asks_the_org(name)) {
        let before = stage.screen().clone();
        let deeds = stage.turn(Turn::Org(error(401, "E0000011")));
        let line = transcript::line(&deeds, &before, stage.screen());
        assert!(["-> Start jeff !SignInTimedOut", "-> Start !SignInTimedOut"].contains(&&*line), "{name}: {line}");
    }
}

/// The end of the scenes' transactions.
const END: Millis = 1_893_456_000_000;
const MINUTE: Millis = 60_000;

#[test]
fn the_end_of_a_transaction_is_told_a_minute_before_and_starts_over() {
    let mut ended = 0;
    for scene in &SCENES {
        let mut stage = scene.stage_at(END - 4 * MINUTE);
        let has_end = stage.screen().step.envelope().is_some_and(|envelope| envelope.state_token.is_some());
        stage.turn(Turn::Until(END - MINUTE - 1));
        let told = |stage: &Stage| stage.screen().notice.as_ref().map(|notice| notice.kind.clone());
        let before = told(&stage);
        assert_ne!(before, Some(NoticeKind::ExpiresSoon), "{}", scene.name);
        stage.turn(Turn::Until(END - MINUTE));
        // What must be read first stays.
        let stays = stage.screen().notice.as_ref().is_some_and(Notice::takes_focus);
        if has_end && !stays {
            assert_eq!(told(&stage), Some(NoticeKind::ExpiresSoon), "{}", scene.name);
        } else {
            assert_eq!(told(&stage), before, "{}", scene.name);
        }
        stage.turn(Turn::Until(END - 1));
        let number = stage.screen().number;
        let deeds = stage.turn(Turn::Until(END));
        let screen = stage.screen();
        let over = matches!(screen.step, Step::Start(_)) && told(&stage) == Some(NoticeKind::SignInTimedOut);
        assert_eq!((over, screen.number > number), (has_end, has_end), "{}", scene.name);
        assert!(deeds.iter().all(|deed| *deed == Effect::Abort), "{}: {deeds:?}", scene.name);
        assert!(!screen.busy, "{}", scene.name);
        let silent = stage.turn(Turn::Seconds(600));
        assert_eq!(silent, [], "{}: nothing is asked past the end", scene.name);
        ended += u32::from(over);
    }
    assert_eq!(ended, 27);
}

#[test]
fn a_transaction_ends_in_the_middle_of_a_request_too() {
    for (name, mut stage) in requests_under_way_at(END - 4 * MINUTE) {
        if stage.screen().step.envelope().is_none_or(|envelope| envelope.state_token.is_none()) {
            continue;
        }
        let newest = stage.newest();
        let deeds = stage.turn(Turn::Until(END));
        assert!(deeds.contains(&Effect::Abort), "{name}");
        assert!(matches!(stage.screen().step, Step::Start(_)) && !stage.screen().busy, "{name}");
        assert!(!matters(&mut stage, Turn::Late(newest, ok(success()))), "{name}");
    }
}

/// Scenes that look at a challenge by themselves.
const WAITING: [&str; 3] = ["push", "activate push", "poll"];

#[test]
fn a_look_keeps_nobody_waiting_and_is_dropped_by_what_is_done() {
    for scene in WAITING.map(named) {
        for outcome in outcomes() {
            let mut dropped = 0;
            for intent in intents().into_iter().map(|(intent, _)| intent).chain([Intent::Cancel]) {
                let mut stage = scene.stage().then(Turn::Seconds(6));
                let look = stage.newest();
                assert!(!stage.screen().busy, "{}", scene.name);
                if stage.turn(person(intent.clone())).contains(&Effect::Abort) {
                    dropped += 1;
                    let late = Turn::Late(look, outcome.clone());
                    assert!(!matters(&mut stage, late), "{outcome:?} after {intent:?} at {}", scene.name);
                }
            }
            assert!(dropped > 0, "{}", scene.name);
        }
    }
}

#[test]
fn an_authenticator_that_answers_late_does_nothing() {
    for (name, again) in [("key", true), ("activate key", true), ("duo", false), ("activate duo", false)] {
        for (intent, _) in intents() {
            for answer in [proved(), Turn::Key(Err(CredentialError::Refused)), Turn::Duo(true), Turn::Duo(false)] {
                let mut stage = named(name).stage();
                if again {
                    stage.turn(person(Intent::AskAgain));
                    assert!(stage.screen().busy, "{name}");
                }
                let before = stage.newest();
                stage.turn(person(intent.clone()));
                let went_on = stage.newest() > before || matches!(stage.screen().step, Step::Start(_));
                if went_on {
                    assert!(!matters(&mut stage, answer.clone()), "{answer:?} after {intent:?} at {name}");
                }
            }
        }
    }
}

#[test]
fn what_is_left_empty_is_asked_for_only_where_it_stands() {
    let empty = [code(""), answer(""), activation(""), Intent::Answer(SecurityAnswer::new("")), device("")];
    for intent in empty {
        for scene in ["start", "session", "enroll", "warned", "recover", "consent", "poll", "strange"] {
            assert!(!matters(&mut named(scene).stage(), person(intent.clone())), "{intent:?} at {scene}");
        }
    }
}

fn device(code: &str) -> Intent {
    Intent::ActivateDevice(code.to_owned())
}
