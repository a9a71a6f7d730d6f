//! A forgotten password and a locked account: the way that is chosen, the code, the mail, the question.

use crate::answers::{Body, error, json_answer, success};
use crate::stage::{FORM_SENT, Stage, Turn, code, open_recovery, org, person, sign_in};
use crate::states::{password, recovery_mailed, recovery_question, recovery_sent};
use okta_authn_widget::authn::{Channel, SecurityAnswer, TransportError};
use okta_authn_widget::flow::Intent;
use okta_authn_widget::flow::step::{Recovery, Step};
use serde_json::json;

const EVERY_WAY: &[(&str, &str)] = &[("sms-recovery", ""), ("call-recovery", ""), ("self-service-unlock", "")];

fn open(recovery: Recovery) -> Turn {
    person(Intent::OpenRecovery { recovery, username: " jeff ".to_owned() })
}

fn recover(username: &str, channel: Channel) -> Turn {
    person(Intent::Recover { username: username.to_owned(), channel })
}

/// A code was sent for a forgotten password.
fn sent() -> Stage {
    Stage::at_start(EVERY_WAY)
        .then(open(Recovery::Password))
        .then(recover("jeff", Channel::Sms))
        .then(org(recovery_sent("t2", "SMS")))
}

#[test]
fn a_recovery_begins_with_a_name_and_a_way() {
    for (recovery, path) in [(Recovery::Password, "password"), (Recovery::Unlock, "unlock")] {
        for (channel, name) in [(Channel::Email, "EMAIL"), (Channel::Sms, "SMS"), (Channel::Call, "CALL")] {
            let shown = format!("Recover {recovery:?} jeff");
            let sent = format!(
                "POST /api/v1/authn/recovery/{path} {{username: jeff, factorType: {name}, relayState: there}} = {shown} busy"
            );
            let options: Vec<_> = EVERY_WAY.iter().copied().chain([("relay-state", "there")]).collect();
            Stage::at_start(&options).play([
                (open(recovery), &*format!("-> {shown}")),
                (recover(" ", channel.clone()), &format!("= {shown} !Missing(Username)")),
                (recover(" jeff ", channel.clone()), &sent),
                (Turn::Org(Err(TransportError::Offline)), &format!("= {shown} !Offline or submit again")),
                (recover("jeff", channel.clone()), &sent),
                (Turn::Org(error(403, "E0000034")), &format!("= {shown} emptied !Org(Cause) #oae1")),
                (person(Intent::Back), "-> Start jeff"),
            ]);
        }
    }
}

#[test]
fn the_ways_are_those_of_the_page() {
    let ways = |stage: &Stage| {
        let Step::Recover(step) = &stage.screen().step else { panic!("{:?}", stage.screen().step) };
        step.channels.to_vec()
    };
    let every = [Channel::Email, Channel::Sms, Channel::Call];
    assert_eq!(ways(&Stage::at_start(EVERY_WAY).then(open(Recovery::Password))), every);
    assert_eq!(ways(&Stage::at_start(EVERY_WAY).then(open(Recovery::Unlock))), every);
    assert_eq!(ways(&Stage::at_start(&[]).then(open(Recovery::Password))), [Channel::Email]);
    // The org offers to unlock, and mail always works.
    let locked = Body::of("LOCKED_OUT", "").next("unlock", "authn/recovery/unlock");
    let stage =
        Stage::at_start(&[]).then(person(sign_in("jeff", "pw"))).play([(org(locked), "-> Start jeff !LockedOut")]);
    let Step::Start(start) = &stage.screen().step else { panic!("{:?}", stage.screen().step) };
    assert!(start.offers_unlock);
    assert_eq!(ways(&stage.then(open(Recovery::Unlock))), [Channel::Email]);
}

#[test]
fn a_recovery_code_is_typed_and_accepted() {
    for (channel, shown) in [("SMS", "Sms"), ("CALL", "Call")] {
        let verify = |code: &str| {
            let path = format!("/api/v1/authn/recovery/factors/{channel}/verify");
            format!("POST {path} {{stateToken: t2, passCode: {code}}} = RecoveryChallenge {shown} busy resend=30")
        };
        let begun = Stage::at_start(EVERY_WAY).then(open(Recovery::Password)).then(recover("jeff", Channel::Sms));
        begun.play([
            (org(recovery_sent("t2", channel)), &*format!("wait 1000 -> RecoveryChallenge {shown} resend=30")),
            (person(code(" ")), &format!("= RecoveryChallenge {shown} resend=30 !Missing(Passcode)")),
            (person(code("12 3")), &verify("123")),
            (
                Turn::Org(error(403, "E0000068")),
                &format!("= RecoveryChallenge {shown} resend=30 emptied !WrongCode #oae1"),
            ),
            (person(code("456")), &verify("456")),
            (org(password("PASSWORD_RESET", "t3")), "-> Password Reset"),
        ]);
    }
}

#[test]
fn a_recovery_code_is_sent_again_after_thirty_seconds() {
    let again = "POST /api/v1/authn/recovery/factors/SMS/resend {stateToken: t2} = RecoveryChallenge Sms busy";
    sent().play([
        (person(Intent::Resend), "= RecoveryChallenge Sms resend=30"),
        (Turn::Seconds(30), "= RecoveryChallenge Sms"),
        (person(Intent::Resend), again),
        (org(recovery_sent("t3", "SMS")), "wait 1000 = RecoveryChallenge Sms resend=30 !CodeSent"),
        (person(open_recovery("jeff")), "-> Recover Password jeff"),
    ]);
}

#[test]
fn a_mail_ends_here_and_another_can_be_asked_for() {
    for channel in ["EMAIL", "email"] {
        let begun = Stage::at_start(&[]).then(open(Recovery::Password)).then(recover("jeff", Channel::Email));
        begun.play([
            (org(recovery_mailed().with("factorType", channel)), "-> RecoveryChallenge Email"),
            (Turn::Seconds(600), "= RecoveryChallenge Email"),
            (person(code("1")), "= RecoveryChallenge Email"),
            (person(open_recovery("")), "-> Recover Password jeff"),
        ]);
        let begun = Stage::at_start(&[]).then(open(Recovery::Password)).then(recover("jeff", Channel::Email));
        begun.then(org(recovery_mailed())).play([(person(Intent::Cancel), "-> Start jeff")]);
    }
}

#[test]
fn a_question_is_answered_as_typed() {
    let typed = |answer: &str| person(Intent::Answer(SecurityAnswer::new(answer)));
    let asked = "POST /api/v1/authn/recovery/answer {stateToken: t3, answer: a b } = RecoveryQuestion busy";
    sent().then(person(code("1"))).play([
        (org(recovery_question("t3")), "-> RecoveryQuestion"),
        (typed(""), "= RecoveryQuestion !Missing(Answer)"),
        (typed("a b "), asked),
        (Turn::Org(error(403, "E0000087")), "= RecoveryQuestion emptied !WrongAnswer #oae1"),
        (typed("a b "), asked),
        (Turn::Org(error(400, "E0000087")), "= RecoveryQuestion emptied !WrongAnswer #oae1"),
        (typed("a b "), asked),
        (org(password("PASSWORD_RESET", "t4")), "-> Password Reset"),
    ]);
}

#[test]
fn an_unlocked_account_signs_in_again() {
    let unlocked = success().with("recoveryType", "UNLOCK");
    let signs_in = FORM_SENT.replace("Start", "Start jeff");
    sent()
        .then(person(code("1")))
        .play([(org(unlocked.clone()), "-> Start jeff !Unlocked"), (person(sign_in("jeff", "pw")), &*signs_in)]);
    let question = recovery_question("t3").with("recoveryType", "UNLOCK");
    let asked = sent().then(person(code("1"))).then(org(question));
    asked.then(person(Intent::Answer(SecurityAnswer::new("a")))).play([(org(unlocked), "-> Start jeff !Unlocked")]);
}

#[test]
fn a_recovery_that_is_refused_or_lost_starts_over() {
    sent().then(person(code("1"))).play([(Turn::Org(error(403, "E0000119")), "-> Start jeff !LockedOut")]);
    sent().then(person(code("1"))).play([(Turn::Org(error(401, "E0000011")), "-> Start jeff !SignInTimedOut")]);
    let told = json!({"errorCode": "E0000105", "errorSummary": "S"});
    let question = || sent().then(person(code("1"))).then(org(recovery_question("t3")));
    question()
        .then(person(Intent::Answer(SecurityAnswer::new("a"))))
        .play([(Turn::Org(json_answer(403, told)), "= RecoveryQuestion emptied !LinkSpent")]);
    question().play([(person(Intent::Cancel), "POST /api/v1/authn/cancel {stateToken: t3} -> Start jeff")]);
}
