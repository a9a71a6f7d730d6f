//! A forgotten password and a locked account: the way that is chosen, the code, the mail, the question.

use crate::harness::{Harness, Input, code, open_recovery, org, person, sign_in};
use crate::responses::{Body, error, json_response, success};
use crate::states::{password, recovery_mailed, recovery_question, recovery_sent};
use expect_test::expect;
use okta_authn::{Channel, SecurityAnswer, TransportError};
use serde_json::json;
use sign_in_flow::handoff::Recovery;
use sign_in_flow::transaction::recovery::Recovery as RecoveryStep;
use sign_in_flow::{Intent, StartStep, Step, TransactionStep};

const EVERY_WAY: &[(&str, &str)] = &[("sms-recovery", ""), ("call-recovery", ""), ("self-service-unlock", "")];

fn open(recovery: Recovery) -> Input {
    person(Intent::OpenRecovery { recovery, username: " jeff ".to_owned() })
}

fn recover(username: &str, channel: Channel) -> Input {
    person(Intent::Recover { username: username.to_owned(), channel })
}

/// A code was sent for a forgotten password.
fn sent() -> Harness {
    Harness::at_start(EVERY_WAY)
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
            Harness::at_start(&options).run([
                (open(recovery), &*format!("-> {shown}")),
                (recover(" ", channel.clone()), &format!("= {shown} !Missing(Username)")),
                (recover(" jeff ", channel.clone()), &sent),
                (Input::Org(Err(TransportError::Offline)), &format!("= {shown} !Offline or submit again")),
                (recover("jeff", channel.clone()), &sent),
                (Input::Org(error(403, "E0000034")), &format!("= {shown} emptied !RecoveryRefused")),
                (person(Intent::Back), "-> Start jeff"),
            ]);
        }
    }
}

#[test]
fn the_ways_are_those_of_the_page() {
    let ways = |harness: &Harness| {
        let Step::Transaction(TransactionStep::Recovery(RecoveryStep::Form(form))) = harness.step() else {
            panic!("{:?}", harness.step())
        };
        form.channels.to_vec()
    };
    let every = [Channel::Email, Channel::Sms, Channel::Call];
    assert_eq!(ways(&Harness::at_start(EVERY_WAY).then(open(Recovery::Password))), every);
    assert_eq!(ways(&Harness::at_start(EVERY_WAY).then(open(Recovery::Unlock))), every);
    assert_eq!(ways(&Harness::at_start(&[]).then(open(Recovery::Password))), [Channel::Email]);
    // The org offers to unlock, and mail always works.
    let locked = Body::of("LOCKED_OUT", "").next("unlock", "authn/recovery/unlock");
    let harness = Harness::at_start(&[]).then(person(sign_in("jeff", "pw"))).check(
        [org(locked)],
        &expect![[r#"
            reply 200 LOCKED_OUT
                -> Start jeff !LockedOut(unlock)
        "#]],
    );
    let Step::Start(StartStep::Form(form)) = harness.step() else { panic!("{:?}", harness.step()) };
    assert!(form.offers_unlock);
    assert_eq!(ways(&harness.then(open(Recovery::Unlock))), [Channel::Email]);
}

#[test]
fn a_recovery_code_is_typed_and_accepted() {
    for (channel, shown) in [("SMS", "Sms"), ("CALL", "Call")] {
        let verify = |code: &str| {
            let path = format!("/api/v1/authn/recovery/factors/{channel}/verify");
            format!("POST {path} {{stateToken: t2, passCode: {code}}} = RecoveryChallenge {shown} busy resend=30")
        };
        let begun = Harness::at_start(EVERY_WAY).then(open(Recovery::Password)).then(recover("jeff", Channel::Sms));
        begun.run([
            (org(recovery_sent("t2", channel)), &*format!("wait 1000 -> RecoveryChallenge {shown} resend=30")),
            (person(code(" ")), &format!("= RecoveryChallenge {shown} resend=30 !Missing(Passcode)")),
            (person(code("12 3")), &verify("123")),
            (Input::Org(error(403, "E0000068")), &format!("= RecoveryChallenge {shown} resend=30 emptied !WrongCode")),
            (person(code("456")), &verify("456")),
            (org(password("PASSWORD_RESET", "t3")), "-> Password Reset"),
        ]);
    }
}

#[test]
fn a_recovery_code_is_sent_again_after_thirty_seconds() {
    sent().check(
        [
            person(Intent::Resend),
            Input::Seconds(30),
            person(Intent::Resend),
            org(recovery_sent("t3", "SMS")),
            person(open_recovery("jeff")),
        ],
        &expect![[r#"
            Resend
                = RecoveryChallenge Sms resend=30
            30 s
                = RecoveryChallenge Sms
            Resend
                POST /api/v1/authn/recovery/factors/SMS/resend {stateToken: t2} = RecoveryChallenge Sms busy
            reply 200 RECOVERY_CHALLENGE t3
                wait 1000 = RecoveryChallenge Sms resend=30 !CodeSent
            OpenRecovery Password jeff
                -> Recover Password jeff
        "#]],
    );
}

#[test]
fn a_mail_ends_here_and_another_can_be_asked_for() {
    for channel in ["EMAIL", "email"] {
        let begun = Harness::at_start(&[]).then(open(Recovery::Password)).then(recover("jeff", Channel::Email));
        begun.run([
            (org(recovery_mailed().with("factorType", channel)), "-> RecoveryChallenge Email"),
            (Input::Seconds(600), "= RecoveryChallenge Email"),
            (person(code("1")), "= RecoveryChallenge Email"),
            (person(open_recovery("")), "-> Recover Password jeff"),
        ]);
        let begun = Harness::at_start(&[]).then(open(Recovery::Password)).then(recover("jeff", Channel::Email));
        begun.then(org(recovery_mailed())).run([(person(Intent::Cancel), "-> Start jeff")]);
    }
}

#[test]
fn a_question_is_answered_as_typed() {
    let typed = |answer: &str| person(Intent::Answer(SecurityAnswer::new(answer)));
    sent().then(person(code("1"))).check(
        [
            org(recovery_question("t3")),
            typed(""),
            typed("a b "),
            Input::Org(error(403, "E0000087")),
            typed("a b "),
            Input::Org(error(400, "E0000087")),
            typed("a b "),
            org(password("PASSWORD_RESET", "t4")),
        ],
        &expect![[r#"
            reply 200 RECOVERY t3
                -> RecoveryQuestion
            Answer
                = RecoveryQuestion !Missing(Answer)
            Answer a b
                POST /api/v1/authn/recovery/answer {stateToken: t3, answer: a b } = RecoveryQuestion busy
            reply 403 E0000087
                = RecoveryQuestion emptied !WrongAnswer
            Answer a b
                POST /api/v1/authn/recovery/answer {stateToken: t3, answer: a b } = RecoveryQuestion busy
            reply 400 E0000087
                = RecoveryQuestion emptied !WrongAnswer
            Answer a b
                POST /api/v1/authn/recovery/answer {stateToken: t3, answer: a b } = RecoveryQuestion busy
            reply 200 PASSWORD_RESET t4
                -> Password Reset
        "#]],
    );
}

#[test]
fn an_unlocked_account_signs_in_again() {
    let unlocked = success().with("recoveryType", "UNLOCK");
    sent().then(person(code("1"))).check([org(unlocked.clone()), person(sign_in("jeff", "pw"))], &expect![[r#"
        reply 200 SUCCESS
            -> Start jeff !Unlocked
        SignIn jeff pw
            forget; POST /api/v1/authn {username: jeff, password: pw, options: {multiOptionalFactorEnroll: false, warnBeforePasswordExpired: true}} = Start jeff busy
    "#]]);
    let question = recovery_question("t3").with("recoveryType", "UNLOCK");
    let asked = sent().then(person(code("1"))).then(org(question));
    asked.then(person(Intent::Answer(SecurityAnswer::new("a")))).check(
        [org(unlocked)],
        &expect![[r#"
        reply 200 SUCCESS
            -> Start jeff !Unlocked
    "#]],
    );
}

#[test]
fn a_recovery_that_is_refused_or_lost_starts_over() {
    sent().then(person(code("1"))).check(
        [Input::Org(error(403, "E0000119"))],
        &expect![[r#"
            reply 403 E0000119
                -> Start jeff !LockedOut(unlock)
        "#]],
    );
    sent().then(person(code("1"))).check(
        [Input::Org(error(401, "E0000011"))],
        &expect![[r#"
        reply 401 E0000011
            -> Start jeff !SignInTimedOut
    "#]],
    );
    let told = json!({"errorCode": "E0000105", "errorSummary": "S"});
    let question = || sent().then(person(code("1"))).then(org(recovery_question("t3")));
    question().then(person(Intent::Answer(SecurityAnswer::new("a")))).check(
        [Input::Org(json_response(403, told))],
        &expect![[r#"
            reply 403 E0000105
                -> Start jeff !LinkSpent(recover)
        "#]],
    );
    question().check(
        [person(Intent::Cancel)],
        &expect![[r#"
        Cancel
            POST /api/v1/authn/cancel {stateToken: t3} -> Start jeff
    "#]],
    );
}

/// On the step with a code, the form is the code's. Retry sends the mail that was asked for.
#[test]
fn a_mail_that_was_not_sent_is_asked_for_again() {
    sent().check(
        [
            recover("jeff", Channel::Email),
            Input::Org(Err(TransportError::Unreachable)),
            person(Intent::Retry),
            org(recovery_mailed()),
        ],
        &expect![[r#"
            Recover jeff Email
                POST /api/v1/authn/recovery/password {username: jeff, factorType: EMAIL} = RecoveryChallenge Sms busy resend=30
            reply Unreachable
                = RecoveryChallenge Sms resend=30 !Unreachable or Retry
            Retry
                POST /api/v1/authn/recovery/password {username: jeff, factorType: EMAIL} = RecoveryChallenge Sms busy resend=30
            reply 200 RECOVERY_CHALLENGE WAITING
                -> RecoveryChallenge Email
        "#]],
    );
}
