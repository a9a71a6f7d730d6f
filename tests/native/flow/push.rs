//! Waiting for a phone: how often is looked, what a look may bring, and how the waiting ends.

use crate::answers::{Body, error, no_json, required, success, too_many};
use crate::stage::{LEAVES, Stage, Turn, choose, code, org, person, seen, send_code};
use crate::states::{push, push_number, push_result};
use okta_authn_widget::authn::TransportError;
use okta_authn_widget::flow::Intent;
use serde_json::json;

const LOOK: &str = "POST /api/v1/authn/factors/opf1/verify {stateToken: t2} = MfaChallenge Push waits";
const PREV: &str = "POST /api/v1/authn/previous {stateToken: t2} = MfaChallenge Push waits busy";

/// The phone was asked, from a list that has the app's code and an SMS too.
fn asked() -> Stage {
    let list = required("t1", &["push", "okta-totp", "sms"]);
    Stage::at(list).then(person(send_code())).then(org(push("t2")))
}

/// A play from the first look on.
fn looked<'a>(turns: impl IntoIterator<Item = (Turn, &'a str)>) -> Stage {
    asked().then(Turn::Seconds(4)).play(turns)
}

#[test]
fn the_phone_is_asked_and_looked_at_every_four_seconds() {
    Stage::at(required("t1", &["push"])).play([
        (person(send_code()), "POST /api/v1/authn/factors/opf1/verify {stateToken: t1} = MfaRequired Some(Push) busy"),
        (org(push("t2")), "wait 4000 -> MfaChallenge Push waits"),
        (Turn::Seconds(3), "= MfaChallenge Push waits"),
        (Turn::Seconds(1), LOOK),
        (Turn::Seconds(60), "= MfaChallenge Push waits !PushSlow"),
        (org(push("t3")), "wait 4000 = MfaChallenge Push waits ~PushSlow"),
        (Turn::Seconds(4), &LOOK.replace("t2", "t3").replace("waits", "waits ~PushSlow")),
        (org(success()), LEAVES),
    ]);
}

#[test]
fn a_slow_phone_is_told_once_after_half_a_minute() {
    let mut stage = asked();
    for _ in 0..7 {
        stage = stage.then(Turn::Seconds(4)).then(org(push("t2")));
    }
    stage.play([
        (Turn::Seconds(1), "= MfaChallenge Push waits"),
        (Turn::Seconds(1), "= MfaChallenge Push waits !PushSlow"),
        (Turn::Seconds(2), &*format!("{LOOK} ~PushSlow")),
        (org(push("t2")), "wait 4000 = MfaChallenge Push waits ~PushSlow"),
        (person(Intent::Retry), "= MfaChallenge Push waits ~PushSlow"),
    ]);
}

#[test]
fn the_number_to_tap_comes_and_goes_where_the_screen_stands() {
    looked([
        (org(push_number("t2", 0)), "wait 4000 = MfaChallenge Push waits number=0"),
        (Turn::Seconds(4), &format!("{LOOK} number=0")),
        (org(push_number("t2", 96)), "wait 4000 = MfaChallenge Push waits number=96"),
        (Turn::Seconds(4), &format!("{LOOK} number=96")),
        (org(push("t2")), "wait 4000 = MfaChallenge Push waits"),
    ]);
}

#[test]
fn every_result_that_is_no_wait_ends_the_looks() {
    for (result, told) in [
        ("REJECTED", "PushRejected"),
        ("TIMEOUT", "PushTimedOut"),
        ("FAILED", "FactorFailed(None)"),
        ("CANCELLED", "FactorFailed(None)"),
        ("ERROR", "FactorFailed(None)"),
        ("PASSCODE_REPLAYED", "CodeUsed"),
        ("TIME_WINDOW_EXCEEDED", "CodeOutsideWindow"),
        ("HIT_BY_LIGHTNING", "FactorFailed(None)"),
    ] {
        let ended = format!("= MfaChallenge Push !{told}");
        let silent = format!("= MfaChallenge Push ~{told}");
        looked([
            (org(push_result("t2", result)), &*ended),
            (Turn::Seconds(120), &*silent),
            (
                person(Intent::Resend),
                "POST /api/v1/authn/factors/opf1/verify/resend {stateToken: t2} = MfaChallenge Push busy",
            ),
            (org(push("t3")), "wait 4000 = MfaChallenge Push waits !PushSent"),
            (Turn::Seconds(4), &format!("{} ~PushSent", LOOK.replace("t2", "t3"))),
        ]);
    }
    looked([(org(push_result("t2", "CHALLENGE")), "= MfaChallenge Push"), (Turn::Seconds(60), "= MfaChallenge Push")]);
    let upgrade = push_result("t2", "REJECTED").with("factorResultMessage", "OKTA_VERIFY_UPGRADE_REQUIRED");
    looked([(org(upgrade), "= MfaChallenge Push !PushUpgrade")]);
    let words = push_result("t2", "FAILED").with("factorResultMessage", "No");
    looked([(org(words), "= MfaChallenge Push !FactorFailed(Some(\"No\"))")]);
}

/// Only a wait is looked at again, whatever the link is called.
#[test]
fn a_result_ends_the_looks_though_the_link_still_polls() {
    for result in ["REJECTED", "TIMEOUT", "CHALLENGE", "HIT_BY_LIGHTNING"] {
        let stage = asked().then(Turn::Seconds(4)).then(org(push("t2").with("factorResult", result)));
        let looks = stage.newest();
        assert_eq!(stage.then(Turn::Seconds(120)).newest(), looks, "{result}");
    }
}

#[test]
fn where_no_resend_is_offered_the_challenge_starts_over() {
    let refused = push_result("t2", "REJECTED").without("resend");
    looked([
        (org(refused), "= MfaChallenge Push !PushRejected"),
        (person(Intent::Resend), "POST /api/v1/authn/factors/opf1/verify {stateToken: t2} = MfaChallenge Push busy"),
        (org(push("t3")), "wait 4000 = MfaChallenge Push waits !PushSent"),
    ]);
    let silent = Stage::at(push("t2").without("resend"));
    silent.play([(person(Intent::Resend), "= MfaChallenge Push waits")]);
}

#[test]
fn looks_that_fail_back_off_and_are_given_up_with_a_way_on() {
    for lost in [
        Err(TransportError::Offline),
        Err(TransportError::TimedOut),
        too_many(None),
        error(500, "E0000009"),
        no_json(502),
        no_json(200),
    ] {
        let mut stage = asked().then(Turn::Seconds(4));
        for seconds in [1, 2, 4, 8, 16] {
            stage = stage.then(Turn::Org(lost.clone()));
            let looks = stage.newest();
            stage = stage.then(Turn::Seconds(seconds - 1));
            assert_eq!((stage.newest(), stage.screen().busy), (looks, false), "{seconds} s");
            stage = stage.then(Turn::Seconds(1));
            assert_eq!(stage.newest(), looks + 1, "{seconds} s");
        }
        stage.play([
            (Turn::Org(lost.clone()), "= MfaChallenge Push waits !PollLost or Retry"),
            (Turn::Seconds(600), "= MfaChallenge Push waits ~PollLost or Retry"),
            (person(Intent::Retry), "wait 4000 = MfaChallenge Push waits"),
            (Turn::Seconds(4), LOOK),
            (org(success()), LEAVES),
        ]);
    }
}

#[test]
fn a_good_answer_forgets_the_looks_that_failed() {
    let lost = || Turn::Org(Err(TransportError::Unreachable));
    looked([
        (lost(), "wait 1000 = MfaChallenge Push waits"),
        (Turn::Seconds(1), LOOK),
        (lost(), "wait 2000 = MfaChallenge Push waits"),
        (Turn::Seconds(2), LOOK),
        (org(push("t2")), "wait 4000 = MfaChallenge Push waits"),
        (Turn::Seconds(4), LOOK),
        (lost(), "wait 1000 = MfaChallenge Push waits"),
    ]);
}

#[test]
fn a_look_that_is_refused_is_not_repeated_by_itself() {
    looked([
        (Turn::Org(error(403, "E0000006")), "= MfaChallenge Push waits emptied !Org(Cause) #oae1 or Retry"),
        (Turn::Seconds(600), "= MfaChallenge Push waits ~Org(Cause) #oae1 or Retry"),
        (person(Intent::Retry), "wait 4000 = MfaChallenge Push waits"),
        (Turn::Seconds(4), LOOK),
        (Turn::Org(error(401, "E0000011")), "-> Start jeff !SignInTimedOut"),
    ]);
    looked([
        (Turn::Org(error(403, "E0000079")), "POST /api/v1/authn {stateToken: t2} = MfaChallenge Push waits busy"),
        (org(push("t3")), "wait 4000 -> MfaChallenge Push waits"),
    ]);
    looked([(Turn::Org(error(403, "E0000069")), "-> Start jeff !LockedOut")]);
}

#[test]
fn a_page_out_of_sight_looks_five_times_more_rarely() {
    asked().play([
        (seen(false), "wait 20000 = MfaChallenge Push waits"),
        (Turn::Seconds(19), "= MfaChallenge Push waits"),
        (Turn::Seconds(1), LOOK),
        (org(push("t2")), "= MfaChallenge Push waits"),
        (Turn::Seconds(5), "= MfaChallenge Push waits"),
        (seen(true), "wait 500 = MfaChallenge Push waits"),
        (Turn::Seconds(1), LOOK),
        (seen(false), "= MfaChallenge Push waits"),
        (org(push("t2")), "= MfaChallenge Push waits"),
    ]);
}

#[test]
fn the_apps_code_is_typed_where_the_push_is_waited_for() {
    let proved = "POST /api/v1/authn/factors/okta-totp1/verify {stateToken: t3, passCode: 123456} -> MfaRequired Some(Push) busy";
    // Wherever the push stands in the list.
    for list in [&["push", "okta-totp", "sms"][..], &["sms", "push", "okta-totp"]] {
        let stage = Stage::at(required("t1", list));
        let place = list.iter().position(|name| *name == "push").unwrap();
        stage.then(person(choose(place))).then(person(send_code())).then(org(push("t2"))).play([
            (person(code("123 456")), PREV),
            (org(required("t3", list)), proved),
            (Turn::Org(error(403, "E0000068")), "= MfaRequired Some(Push) emptied !WrongCode #oae1"),
            (person(code("654321")), &proved.replace("->", "=").replace("123456", "654321")),
            (org(success()), LEAVES),
        ]);
    }
    // The app's code is typed in the list too.
    Stage::at(required("t3", &["push", "okta-totp"])).play([(person(code("123456")), &*proved.replace("->", "="))]);
}

#[test]
fn the_apps_code_goes_nowhere_else() {
    asked().play([
        (person(code("123456")), PREV),
        (org(required("t3", &["sms", "okta-totp"])), "-> MfaRequired Some(Sms)"),
    ]);
    asked().play([(person(code("123456")), PREV), (org(required("t3", &["push"])), "-> MfaRequired Some(Push)")]);
    let alone = Stage::at(required("t1", &["push", "sms"])).then(person(send_code())).then(org(push("t2")));
    alone.play([(person(code("123456")), "= MfaChallenge Push waits")]);
    // Without a way back it is not kept for later.
    let no_prev = Stage::at(required("t1", &["push", "okta-totp"]))
        .then(person(send_code()))
        .then(org(push("t2").without("prev")));
    no_prev.play([
        (person(code("123456")), "= MfaChallenge Push waits"),
        (Turn::Seconds(4), LOOK),
        (org(required("t3", &["push", "okta-totp"])), "-> MfaRequired Some(Push)"),
    ]);
}

#[test]
fn another_factor_ends_the_looks_at_once() {
    looked([
        (person(choose(1)), &*PREV.replacen("POST", "abort; POST", 1)),
        (Turn::Seconds(60), &*PREV.split_once(" = ").map(|(_, shown)| format!("= {shown}")).unwrap()),
        (org(required("t3", &["push", "okta-totp", "sms"])), "-> MfaRequired Some(Sms)"),
        (Turn::Seconds(60), "= MfaRequired Some(Sms)"),
    ]);
}

/// Some challenges have no way back: the choice is not kept for a list that comes by itself.
#[test]
fn another_factor_is_not_chosen_where_nothing_leads_back() {
    let list = || required("t1", &["push", "sms"]);
    let stage = Stage::at(list()).then(person(send_code())).then(org(push("t2").without("prev")));
    stage.play([
        (person(choose(1)), "= MfaChallenge Push waits"),
        (Turn::Seconds(4), LOOK),
        (org(list()), "-> MfaRequired Some(Push)"),
    ]);
}

fn wants_auto_push(token: &str, factors: &[&str]) -> Body {
    let policy = json!({"allowRememberDevice": false, "factorsPolicyInfo": {"opf1": {"autoPushEnabled": true},
        "sms1": {"autoPushEnabled": true}}});
    required(token, factors).embed("policy", policy)
}

#[test]
fn a_push_starts_by_itself_once_where_the_person_wants_that() {
    let sent = "POST /api/v1/authn/factors/opf1/verify?autoPush=true {stateToken: t1} -> MfaRequired Some(Push) busy";
    let stage = Stage::at_start(&[]).then(person(crate::stage::sign_in("jeff", "pw")));
    stage.play([
        (org(wants_auto_push("t1", &["push", "sms"])), sent),
        (org(push("t2")), "wait 4000 -> MfaChallenge Push waits"),
        (Turn::Seconds(4), &LOOK.replace("verify", "verify?autoPush=true")),
        (person(Intent::Back), &PREV.replacen("POST", "abort; POST", 1)),
        (org(wants_auto_push("t3", &["push", "sms"])), "-> MfaRequired Some(Push)"),
        // The next person's phone is asked again.
        (person(Intent::Cancel), "POST /api/v1/authn/cancel {stateToken: t3} -> Start jeff"),
        (person(crate::stage::sign_in("jeff", "pw")), &crate::stage::FORM_SENT.replace("Start", "Start jeff")),
        (org(wants_auto_push("t1", &["push"])), sent),
    ]);
}

#[test]
fn nothing_else_starts_by_itself() {
    let mut other_id = wants_auto_push("t1", &["push"]);
    other_id.0["_embedded"]["factors"][0]["id"] = json!("ost1");
    other_id.0["_embedded"]["policy"]["factorsPolicyInfo"]["ost1"] = json!({"autoPushEnabled": true});
    for body in [required("t1", &["push"]), wants_auto_push("t1", &["sms", "push"]), other_id] {
        assert!(!Stage::at(body).screen().busy);
    }
}
