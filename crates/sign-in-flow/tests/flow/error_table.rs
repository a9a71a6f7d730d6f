//! Every error code of Okta's list as the answer to everything a person can ask for, on every screen: something is said,
//! and it makes sense there. The test writes what is said to `errors.snapshot.md`; with `UPDATE_EXPECT=1` it writes it
//! anew. `error_codes.json` has the codes, with status and summary. Not here: errors of the backend hook (`manage`).

use crate::harness::{
    Harness, Input, activation, answer, choose, code, open_recovery, org, person, send_code, sign_in,
};
use crate::responses::{Body, Outcome, error, json_response, no_json, required};
use crate::situations::{SITUATIONS, intents};
use crate::states::{enrollable, password, recovery_sent};
use crate::transcript;
use expect_test::expect_file;
use okta_authn::request::{EnrollRequest, Preferences, Proof};
use okta_authn::{Channel, Passcode, Password, SecurityAnswer};
use serde_json::{Value, json};
use sign_in_flow::handoff::Recovery;
use sign_in_flow::{Intent, Notice, NoticeKind, PhoneEntry, StartStep, Step};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// One request that a person waits for: where, what for, and what the org would say if it were asked for the state.
struct Asked {
    name: String,
    intent: Intent,
    begin: Box<dyn Fn() -> Harness>,
    state: Option<Outcome>,
}

struct Listed {
    code: String,
    status: u16,
    summary: String,
}

fn codes() -> Vec<Listed> {
    let list: Value = serde_json::from_str(include_str!("error_codes.json")).unwrap();
    let text = |code: &Value, name: &str| code[name].as_str().unwrap().to_owned();
    let read = |code: &Value| Listed {
        code: text(code, "code"),
        status: u16::try_from(code["status"].as_u64().unwrap()).unwrap(),
        summary: text(code, "summary"),
    };
    list.as_array().unwrap().iter().map(read).collect()
}

/// Forms that no situation has.
fn more() -> Vec<(&'static str, Body, Vec<Intent>)> {
    let token = |next: Option<&str>| {
        let (credential_id, passcode) = ("123".to_owned(), Passcode::new("1"));
        Intent::EnrollWith(EnrollRequest::Token { credential_id, passcode, next_passcode: next.map(Passcode::new) })
    };
    let by_password =
        Intent::Prove { proof: Proof::Password(Password::new("pw")), preferences: Preferences::default() };
    let question = EnrollRequest::Question { question: "toy".to_owned(), answer: SecurityAnswer::new("bear") };
    let enroll = Intent::Enroll(0);
    vec![
        ("password list", required("t1", &["password"]), vec![by_password]),
        ("key list", required("t1", &["webauthn"]), vec![send_code()]),
        ("Duo list", required("t1", &["duo"]), vec![send_code()]),
        ("token list", required("t1", &["rsa"]), vec![code("1")]),
        ("call list", required("t1", &["call"]), vec![send_code()]),
        ("answer list", required("t1", &["question"]), vec![answer("bear")]),
        ("token form", enrollable("t1", &["rsa"]), vec![enroll.clone(), token(None)]),
        ("token form, two codes", enrollable("t1", &["symantec"]), vec![enroll.clone(), token(Some("2"))]),
        (
            "YubiKey form",
            enrollable("t1", &["yubikey"]),
            vec![enroll.clone(), Intent::EnrollWith(EnrollRequest::Passcode(Passcode::new("c")))],
        ),
        (
            "question form, answered",
            enrollable("t1", &["question"]),
            vec![enroll.clone(), Intent::EnrollWith(question)],
        ),
        (
            "password form",
            enrollable("t1", &["password"]),
            vec![enroll, Intent::EnrollWith(EnrollRequest::Password(Password::new("pw")))],
        ),
        ("expired", password("PASSWORD_EXPIRED", "t1"), vec![crate::harness::new_password("old", "new", "new")]),
    ]
}

fn at(body: Body, intents: &[Intent]) -> Harness {
    intents.iter().fold(Harness::at(body), |harness, intent| {
        // The form of a question waits for the org's list of questions, which may be missing.
        let harness = if harness.screen().busy { harness.then(Input::Org(no_json(404))) } else { harness };
        harness.then(person(intent.clone()))
    })
}

/// Everything that sends a request for which a person waits.
fn asked() -> Vec<Asked> {
    let mut all = Vec::new();
    for situation in &SITUATIONS {
        for (intent, _) in intents() {
            let before = situation.harness();
            let sent = before.has_sent().then(|| before.newest());
            let harness = before.then(person(intent.clone()));
            let is_new = harness.has_sent() && Some(harness.newest()) != sent && !harness.newest_is_in_background();
            if !harness.screen().busy || !is_new || harness.newest_only_clears_up() {
                continue;
            }
            let begin = {
                let intent = intent.clone();
                Box::new(move || situation.harness().then(person(intent.clone())))
            };
            all.push(Asked { name: situation.name.to_owned(), intent, begin, state: situation.body() });
        }
    }
    for (name, body, intents) in more() {
        let state = Some(crate::responses::ok(body.clone()));
        let intent = intents.last().unwrap().clone();
        let begin = Box::new(move || at(body.clone(), &intents));
        all.push(Asked { name: name.to_owned(), intent, begin, state });
    }
    let unlock = || {
        Harness::at_start(&[("self-service-unlock", "true"), ("sms-recovery", "true")])
            .then(person(Intent::OpenRecovery { recovery: Recovery::Unlock, username: "jeff".to_owned() }))
            .then(person(Intent::Recover { username: "jeff".to_owned(), channel: Channel::Sms }))
    };
    let recover = Intent::Recover { username: "jeff".to_owned(), channel: Channel::Sms };
    all.push(Asked { name: "unlock".to_owned(), intent: recover, begin: Box::new(unlock), state: None });
    all
}

/// The org's error, without a cause or with one.
fn refusal(code: &Listed, cause: Option<&str>) -> Input {
    let causes: Vec<_> = cause.into_iter().map(|cause| json!({"errorSummary": cause})).collect();
    Input::Org(json_response(
        code.status,
        json!({"errorCode": code.code, "errorSummary": code.summary, "errorId": "oae1", "errorCauses": causes}),
    ))
}

/// What the person sees after this error, once the org was asked for the state where it has to be.
fn after(asked: &Asked, code: &Listed, cause: Option<&str>) -> Harness {
    let harness = (asked.begin)().then(refusal(code, cause));
    match &asked.state {
        Some(state) if harness.screen().busy => harness.then(Input::Org(state.clone())),
        _ => harness,
    }
}

/// Whether the step asks for something that is typed there and can be wrong in this way.
fn makes_sense(asked: &Asked, code: &Listed, harness: &Harness, notice: &Notice) -> bool {
    let at_start = harness.is_at_start();
    let is_form = matches!(asked.name.as_str(), "start" | "start of an app");
    let types_code = match &asked.intent {
        Intent::Prove { proof, .. } | Intent::Activate(proof) => matches!(proof, Proof::Passcode(_) | Proof::Answer(_)),
        Intent::EnrollWith(with) => matches!(with, EnrollRequest::Token { .. } | EnrollRequest::Passcode(_)),
        _ => true,
    };
    let is_recovery = ["recover", "unlock", "recovery code", "recovery mail", "recovery question"];
    match &notice.kind {
        // Name and password are asked for on the first form only.
        NoticeKind::WrongCredentials => is_form,
        NoticeKind::WrongPassword => asked.name.starts_with("password "),
        NoticeKind::NewPinWanted(_) | NoticeKind::CodeUsed | NoticeKind::CodeOutsideWindow => types_code,
        NoticeKind::PasswordRefused(words) | NoticeKind::FactorFailed(words) => words.is_none(),
        NoticeKind::WrongOldPassword => ["warned", "expired"].contains(&asked.name.as_str()),
        NoticeKind::RecoveryRefused => is_recovery.contains(&asked.name.as_str()),
        NoticeKind::LockedOut { may_unlock } => {
            let Step::Start(StartStep::Form(form)) = harness.step() else { return false };
            at_start && *may_unlock == form.offers_unlock
        }
        NoticeKind::LinkSpent { .. } | NoticeKind::SignInTimedOut => at_start,
        NoticeKind::TooSoon => harness.shown().step.contains("code sent") || !harness.shown().step.contains("Required"),
        NoticeKind::PhoneDoubted | NoticeKind::PhoneInvalid => {
            asked.name.contains("phone") || asked.name == "activate push"
        }
        // The org's own sentence is for developers, and the person has filled in the form.
        NoticeKind::Org(_) | NoticeKind::Missing(_) => false,
        _ => {
            code.code != "E0000004" || at_start || asked.name == "session" || is_recovery.contains(&asked.name.as_str())
        }
    }
}

#[test]
fn every_code_on_every_screen_is_told() {
    let mut faults = Vec::new();
    let mut table =
        "# What an error of the org leads to\n\nWritten by the test `error_table`: every code of Okta's list \
                     as the answer to everything that a person can ask for. A notice is named as in `transcript.rs`; \
                     `start:` says that the sign-in starts over.\n"
            .to_owned();
    let all = asked();
    for code in &codes() {
        let mut told: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for asked in &all {
            let harness = after(asked, code, None);
            let place = format!("{}: {}", asked.name, transcript::input(&person(asked.intent.clone())));
            let screen = harness.screen();
            let Some(notice) = screen.notice.clone().filter(|_| !screen.busy) else {
                faults.push(format!("{} on {place}: nothing is said", code.code));
                continue;
            };
            if !makes_sense(asked, code, &harness, &notice) {
                faults.push(format!("{} on {place}: {:?}", code.code, notice.kind));
            }
            let over = harness.is_at_start() && !asked.name.starts_with("start");
            let words = transcript::notice(&notice);
            told.entry(if over { format!("start: {words}") } else { words }).or_default().push(place);
        }
        let _ = writeln!(table, "\n## {} ({}) {}\n\n| notice | on |\n|---|---|", code.code, code.status, code.summary);
        for (notice, mut places) in told {
            let places = if places.len() > all.len() / 2 {
                format!("{} others", places.len())
            } else {
                places.dedup();
                places.join("; ")
            };
            let _ = writeln!(table, "| {notice} | {places} |");
        }
    }
    expect_file!["errors.snapshot.md"].assert_eq(&table);
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// A cause can be meant for the person: why a password is not good enough, what a hook has to say.
#[test]
fn a_cause_is_shown_only_where_it_is_for_the_person() {
    for code in &codes() {
        for asked in &asked() {
            let harness = after(asked, code, Some("Words of the org."));
            let notice = harness.screen().notice.clone().unwrap();
            let is_shown = format!("{:?}", notice.kind).contains("Words of the org.");
            let is_for_people = match &notice.kind {
                NoticeKind::PasswordRefused(_) => ["E0000001", "E0000014", "E0000080"].contains(&code.code.as_str()),
                NoticeKind::NewPinWanted(_) => code.code == "E0000113",
                NoticeKind::Org(_) => code.code == "E0000135",
                _ => false,
            };
            assert_eq!(is_shown, is_for_people, "{} on {}: {:?}", code.code, asked.name, notice.kind);
        }
    }
}

/// A support call is made about what nobody could expect.
#[test]
fn everyday_mistakes_have_no_error_id() {
    for (harness, status, code, has_id) in [
        (Harness::at_start(&[]).then(person(sign_in("jeff", "pw"))), 401, "E0000004", false),
        (Harness::at(required("t1", &["totp"])).then(person(code("1"))), 403, "E0000068", false),
        (Harness::at(required("t1", &["question"])).then(person(answer("x"))), 403, "E0000068", false),
        (Harness::at_start(&[]).then(person(sign_in("jeff", "pw"))), 429, "E0000047", false),
        (at(enrollable("t1", &["sms"]), &[Intent::Enroll(0), phone()]), 400, "E0000001", false),
        (Harness::at_start(&[]).then(person(sign_in("jeff", "pw"))), 500, "E0000009", true),
        (Harness::at_start(&[]).then(person(sign_in("jeff", "pw"))), 400, "E0000001", true),
        (Harness::at_start(&[]).then(person(sign_in("jeff", "pw"))), 418, "E9999999", true),
    ] {
        let harness = harness.then(Input::Org(error(status, code)));
        assert_eq!(harness.screen().notice.as_ref().unwrap().error_id.is_some(), has_id, "{code}");
    }
}

fn phone() -> Intent {
    Intent::EnrollPhone(PhoneEntry::of("+49301"))
}

/// After Back the org sends no second code at once, and the person has the first: it can be entered.
#[test]
fn a_code_that_was_sent_before_can_be_entered() {
    Harness::at(required("t1", &["sms", "call"]))
        .then(person(send_code()))
        .then(org(crate::responses::challenge("t2", "sms")))
        .then(person(Intent::Back))
        .then(org(required("t3", &["sms", "call"])))
        .then(person(send_code()))
        .check(
            [
                Input::Org(error(429, "E0000109")),
                person(Intent::Resend),
                person(code("1")),
                Input::Org(error(403, "E0000068")),
                Input::Seconds(30),
                person(Intent::Resend),
                Input::Org(error(429, "E0000109")),
                person(choose(1)),
            ],
            &expect_test::expect![[r#"
                reply 429 E0000109
                    -> MfaRequired Some(Sms) code sent resend=30 !TooSoon
                Resend
                    = MfaRequired Some(Sms) code sent resend=30 ~TooSoon
                Prove 1
                    POST /api/v1/authn/factors/sms1/verify {stateToken: t3, passCode: 1} = MfaRequired Some(Sms) code sent busy resend=30
                reply 403 E0000068
                    = MfaRequired Some(Sms) code sent resend=30 emptied !WrongCode
                30 s
                    = MfaRequired Some(Sms) code sent ~WrongCode
                Resend
                    POST /api/v1/authn/factors/sms1/verify {stateToken: t3} = MfaRequired Some(Sms) code sent busy
                reply 429 E0000109
                    wait 1000 = MfaRequired Some(Sms) code sent resend=30 !TooSoon
                Choose 1
                    -> MfaRequired Some(Call)
            "#]],
        );
}

/// Where no field is, a message about the code says so.
#[test]
fn a_recovery_code_that_was_sent_before_is_waited_for() {
    Harness::at_start(&[])
        .then(person(open_recovery("jeff")))
        .then(person(Intent::Recover { username: "jeff".to_owned(), channel: Channel::Sms }))
        .check(
            [
                Input::Org(error(429, "E0000109")),
                person(Intent::Recover { username: "jeff".to_owned(), channel: Channel::Sms }),
                org(recovery_sent("t1", "SMS")),
                person(Intent::Recover { username: "jeff".to_owned(), channel: Channel::Email }),
                person(activation("1")),
            ],
            &expect_test::expect![[r#"
                reply 429 E0000109
                    wait 1000 = Recover Password jeff resend=30 !WaitToSend
                Recover jeff Sms
                    POST /api/v1/authn/recovery/password {username: jeff, factorType: SMS} = Recover Password jeff busy resend=30
                reply 200 RECOVERY_CHALLENGE t1
                    -> RecoveryChallenge Sms resend=30
                Recover jeff Email
                    POST /api/v1/authn/recovery/password {username: jeff, factorType: EMAIL} = RecoveryChallenge Sms busy resend=30
                Activate 1
                    = RecoveryChallenge Sms busy resend=30
            "#]],
        );
}
