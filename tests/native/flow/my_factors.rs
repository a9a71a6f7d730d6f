//! One's own factors: the list, adding, trying and taking away, played as events.

use crate::answers::{Outcome, json_answer};
use crate::hook::{HOOK, catalog, done, factor, factors, problem, told};
use crate::stage::{DAWN, activation, answer, choose, code};
use crate::transcript;
use okta_authn_widget::authn::request::Enrollment;
use okta_authn_widget::authn::{Credential, CredentialError, Password, SecurityAnswer, TransportError};
use okta_authn_widget::flow::{Effect, Event, Intent, Manage, MyFactors, Ticket};
use okta_authn_widget::hook::Hook;
use serde_json::{Value, json};

/// Something that happens.
enum Turn {
    Person(Intent),
    /// The newest request is answered.
    Hook(Outcome),
    /// The request of that place, counted from 0, is.
    Late(usize, Outcome),
    Key(Result<Credential, CredentialError>),
    Seconds(u64),
}

struct Stage {
    machine: MyFactors,
    now: u64,
    due: Option<u64>,
    tickets: Vec<Ticket>,
    asked: Option<Ticket>,
}

impl Stage {
    fn new() -> Self {
        let machine = MyFactors::new(Hook::parse(HOOK).unwrap(), Some("https://app.example/".to_owned()));
        let mut stage = Self { machine, now: DAWN, due: None, tickets: Vec::new(), asked: None };
        stage.handle(Event::Begin { remembered: None });
        stage
    }

    /// With these factors on the list.
    fn with(list: &[Value]) -> Self {
        let mut stage = Self::new();
        stage.turn(Turn::Hook(factors(list)));
        stage
    }

    fn handle(&mut self, event: Event) -> Vec<Effect> {
        let effects = self.machine.handle(event, self.now);
        for effect in &effects {
            match effect {
                Effect::Send { ticket, .. } => self.tickets.push(*ticket),
                Effect::AskAuthenticator { ticket, .. } => self.asked = Some(*ticket),
                Effect::Wait { millis } => self.due = Some(self.now + u64::from(*millis)),
                _ => {}
            }
        }
        effects
    }

    fn turn(&mut self, turn: Turn) -> Vec<Effect> {
        match turn {
            Turn::Person(intent) => self.handle(Event::User(intent)),
            Turn::Hook(outcome) => self.handle(Event::Replied { ticket: *self.tickets.last().unwrap(), outcome }),
            Turn::Late(place, outcome) => self.handle(Event::Replied { ticket: self.tickets[place], outcome }),
            Turn::Key(outcome) => self.handle(Event::Credential { ticket: self.asked.unwrap(), outcome }),
            Turn::Seconds(seconds) => {
                let (end, mut deeds) = (self.now + seconds * 1_000, Vec::new());
                while let Some(due) = self.due.take_if(|due| *due <= end) {
                    self.now = due.max(self.now);
                    deeds.extend(self.handle(Event::Elapsed));
                }
                self.now = end;
                deeds.retain(|effect| !matches!(effect, Effect::Wait { .. }));
                deeds
            }
        }
    }

    fn play<'a>(mut self, turns: impl IntoIterator<Item = (Turn, &'a str)>) -> Self {
        for (place, (turn, expected)) in turns.into_iter().enumerate() {
            let before = self.machine.screen().clone();
            let effects = self.turn(turn);
            let deeds: Vec<_> = effects.into_iter().filter(|one| !matches!(one, Effect::Wait { .. })).collect();
            let line = transcript::line(&deeds, &before, self.machine.screen()).replace(HOOK, "");
            assert_eq!(line, expected, "turn {place}");
        }
        self
    }
}

fn manage(manage: Manage) -> Turn {
    Turn::Person(Intent::Manage(manage))
}

fn sms() -> Value {
    factor("s1", "sms", "ACTIVE")
}

fn google(status: &str) -> Value {
    factor("g1", "google", status)
}

#[test]
fn the_list_comes_and_an_empty_one_is_no_error() {
    let stage =
        Stage::new().play([(Turn::Hook(factors(&[sms(), google("PENDING_ACTIVATION")])), "= Listing Sms GoogleTotp?")]);
    assert_eq!(stage.machine.screen().number, 0, "the page's first view takes no focus");
    Stage::new().play([(Turn::Hook(factors(&[])), "= Listing")]);
}

#[test]
fn who_is_not_signed_in_is_told_where_to() {
    Stage::new().play([(Turn::Hook(problem(401, "not_signed_in")), "-> SignedOut https://app.example/")]);
    Stage::with(&[sms()]).play([
        (manage(Manage::Add), "GET /factors/catalog = Listing Sms busy"),
        (Turn::Hook(problem(401, "not_signed_in")), "-> SignedOut https://app.example/"),
        (Turn::Person(Intent::Cancel), "= SignedOut https://app.example/"),
    ]);
    Stage::with(&[sms()]).play([
        (Turn::Person(Intent::SignOut), "DELETE /session {} = Listing Sms busy"),
        (Turn::Hook(done()), "-> SignedOut https://app.example/ !SignedOut"),
    ]);
}

#[test]
fn an_authenticator_app_is_added_and_listed() {
    let mut new = google("PENDING_ACTIVATION");
    new["activation"] = json!({"sharedSecret": "KRUGKIDR", "qrCode": "data:image/png;base64,AA", "timeStep": 30});
    Stage::with(&[sms()]).play([
        (manage(Manage::Add), "GET /factors/catalog = Listing Sms busy"),
        (Turn::Hook(catalog()), "-> Choosing of 6"),
        (
            Turn::Person(Intent::Enroll(2)),
            "POST /factors {factorType: token:software:totp, provider: GOOGLE} = Choosing of 6 busy",
        ),
        (Turn::Hook(told(201, new)), "-> Activating GoogleTotp"),
        (Turn::Person(Intent::CopyKey), "copy KRUGKIDR = Activating GoogleTotp"),
        (Turn::Person(activation("")), "= Activating GoogleTotp !Missing(Passcode)"),
        (
            Turn::Person(activation("123 456")),
            "POST /factors/g1/activate {passCode: 123456} = Activating GoogleTotp busy",
        ),
        (Turn::Hook(problem(403, "wrong_code")), "= Activating GoogleTotp emptied !WrongCode #r1"),
        (
            Turn::Person(activation("123457")),
            "POST /factors/g1/activate {passCode: 123457} = Activating GoogleTotp busy",
        ),
        (Turn::Hook(told(200, google("ACTIVE"))), "GET /factors = Activating GoogleTotp busy"),
        (Turn::Hook(factors(&[sms(), google("ACTIVE")])), "-> Listing Sms GoogleTotp !FactorAdded"),
    ]);
}

#[test]
fn a_phone_is_described_and_its_code_can_be_sent_again() {
    let number = Enrollment::Phone {
        number: "+15052694259".to_owned(),
        extension: String::new(),
        replaces: false,
        unchecked: false,
    };
    let none = Enrollment::Phone { number: String::new(), extension: String::new(), replaces: false, unchecked: false };
    Stage::with(&[]).play([
        (manage(Manage::Add), "GET /factors/catalog = Listing busy"),
        (Turn::Hook(catalog()), "-> Choosing of 6"),
        (Turn::Person(Intent::Enroll(0)), "-> Describing Sms"),
        (Turn::Person(Intent::EnrollWith(none)), "= Describing Sms !Missing(Phone)"),
        (Turn::Person(Intent::EnrollWith(number.clone())), "POST /factors {factorType: sms, provider: OKTA, profile: {phoneNumber: +15052694259}} = Describing Sms busy"),
        (Turn::Hook(problem(400, "invalid_fields")), "= Describing Sms emptied !NotAccepted #r1"),
        (Turn::Person(Intent::EnrollWith(number)), "POST /factors {factorType: sms, provider: OKTA, profile: {phoneNumber: +15052694259}} = Describing Sms busy"),
        (Turn::Hook(told(201, factor("s1", "sms", "PENDING_ACTIVATION"))), "-> Activating Sms resend=30"),
        (Turn::Person(Intent::Resend), "= Activating Sms resend=30"),
        (Turn::Seconds(30), "= Activating Sms"),
        (Turn::Person(Intent::Resend), "POST /factors/s1/resend {} = Activating Sms busy"),
        (Turn::Hook(done()), "= Activating Sms resend=30 !CodeSent"),
        (manage(Manage::Abandon), "DELETE /factors/s1 {} = Activating Sms busy resend=30"),
        (Turn::Hook(done()), "GET /factors = Activating Sms busy resend=30"),
        (Turn::Hook(factors(&[])), "-> Listing !FactorRemoved"),
    ]);
}

#[test]
fn a_question_comes_with_the_orgs_questions() {
    let own = |question: &str, answer: &str| {
        Turn::Person(Intent::EnrollWith(Enrollment::Question {
            question: question.to_owned(),
            answer: SecurityAnswer::new(answer),
        }))
    };
    Stage::with(&[]).play([
        (manage(Manage::Add), "GET /factors/catalog = Listing busy"),
        (Turn::Hook(catalog()), "-> Choosing of 6"),
        (Turn::Person(Intent::Enroll(1)), "GET /factors/questions -> Describing Question"),
        (Turn::Hook(told(200, json!({"questions": [{"question": "toy", "questionText": "Which toy?"}]}))), "= Describing Question of 1 questions"),
        (own("toy", ""), "= Describing Question of 1 questions !Missing(Answer)"),
        (own("toy", "Blue Bear"), "POST /factors {factorType: question, provider: OKTA, profile: {question: toy, answer: Blue Bear}} = Describing Question of 1 questions busy"),
        (Turn::Hook(told(201, factor("q1", "question", "ACTIVE"))), "GET /factors = Describing Question of 1 questions busy"),
        (Turn::Hook(factors(&[factor("q1", "question", "ACTIVE")])), "-> Listing Question !FactorAdded"),
    ]);
}

#[test]
fn a_key_is_asked_and_its_answer_sent_as_the_hook_wants_it() {
    let mut new = factor("k1", "webauthn", "PENDING_ACTIVATION");
    new["activation"] = json!({"challenge": "AQID", "user": {"id": "AQID", "name": "b"}, "pubKeyCredParams": []});
    let made = Credential::Attestation {
        attestation: vec![1],
        client_data: vec![2],
        transports: Some("[]".to_owned()),
        client_extensions: None,
    };
    let stage = Stage::with(&[]).play([
        (manage(Manage::Add), "GET /factors/catalog = Listing busy"),
        (Turn::Hook(catalog()), "-> Choosing of 6"),
        (Turn::Person(Intent::Enroll(3)), "POST /factors {factorType: webauthn, provider: FIDO} = Choosing of 6 busy"),
        (Turn::Hook(told(201, new)), "ask for a new key -> Activating WebAuthn busy"),
        (Turn::Key(Err(CredentialError::Refused)), "= Activating WebAuthn !CredentialRefused"),
        (Turn::Person(Intent::AskAgain), "ask for a new key = Activating WebAuthn busy"),
        (
            Turn::Key(Ok(made)),
            "POST /factors/k1/activate {attestation: AQ==, clientData: Ag==} = Activating WebAuthn busy",
        ),
        (Turn::Hook(told(200, factor("k1", "webauthn", "ACTIVE"))), "GET /factors = Activating WebAuthn busy"),
        (Turn::Hook(factors(&[factor("k1", "webauthn", "ACTIVE")])), "-> Listing WebAuthn !FactorAdded"),
    ]);
    let proof = Credential::Assertion { authenticator_data: vec![1], client_data: vec![2], signature: vec![3] };
    stage.play([
        (manage(Manage::Test(0)), "POST /factors/k1/verify {} = Listing WebAuthn busy"),
        (Turn::Hook(told(200, json!({"result": "CHALLENGE", "challenge": {"challenge": "AQID"}}))), "ask for the key -> Proving WebAuthn busy"),
        (Turn::Key(Ok(proof)), "POST /factors/k1/verify {authenticatorData: AQ==, clientData: Ag==, signatureData: Aw==} = Proving WebAuthn busy"),
        (Turn::Hook(told(200, json!({"result": "SUCCESS", "provedUntil": "x"}))), "-> Listing WebAuthn !FactorWorks"),
    ]);
}

#[test]
fn a_factor_is_tried_by_code_answer_and_phone() {
    let success = || Turn::Hook(told(200, json!({"result": "SUCCESS", "provedUntil": "x"})));
    let list = [sms(), google("ACTIVE"), factor("q1", "question", "ACTIVE"), factor("p1", "push", "ACTIVE")];
    let all = "Listing Sms GoogleTotp Question Push";
    let busy = [all, " busy"].concat();
    let works = ["-> ", all, " !FactorWorks"].concat();
    Stage::with(&list).play([
        (manage(Manage::Test(0)), &*["POST /factors/s1/verify {} = ", &busy].concat()),
        (Turn::Hook(told(200, json!({"result": "CHALLENGE"}))), "-> Proving Sms resend=30"),
        (Turn::Person(code("")), "= Proving Sms resend=30 !Missing(Passcode)"),
        (Turn::Person(code("1")), "POST /factors/s1/verify {passCode: 1} = Proving Sms busy resend=30"),
        (success(), &works),
        (manage(Manage::Test(1)), "-> Proving GoogleTotp"),
        (Turn::Person(Intent::Back), &*["-> ", all].concat()),
        (manage(Manage::Test(2)), "-> Proving Question"),
        (Turn::Person(answer("bear")), "POST /factors/q1/verify {answer: bear} = Proving Question busy"),
        (Turn::Hook(problem(403, "wrong_answer")), "= Proving Question emptied !WrongAnswer #r1"),
        (Turn::Person(answer("Bear")), "POST /factors/q1/verify {answer: Bear} = Proving Question busy"),
        (success(), &works),
        (manage(Manage::Test(3)), &*["POST /factors/p1/verify {} = ", &busy].concat()),
        (Turn::Hook(told(200, json!({"result": "WAITING", "transactionId": "t1"}))), "-> Proving Push waits resend=30"),
        (Turn::Seconds(4), "GET /factors/p1/transactions/t1 = Proving Push waits resend=26"),
        (Turn::Hook(told(200, json!({"result": "WAITING", "transactionId": "t1"}))), "= Proving Push waits resend=26"),
        (Turn::Seconds(4), "GET /factors/p1/transactions/t1 = Proving Push waits resend=22"),
        (Turn::Hook(told(200, json!({"result": "REJECTED"}))), "= Proving Push resend=22 !PushRejected"),
        (Turn::Seconds(22), "= Proving Push ~PushRejected"),
        (Turn::Person(Intent::Resend), "POST /factors/p1/verify {} = Proving Push busy"),
        (Turn::Hook(told(200, json!({"result": "WAITING", "transactionId": "t2"}))), "-> Proving Push waits resend=30"),
        (Turn::Seconds(4), "GET /factors/p1/transactions/t2 = Proving Push waits resend=26"),
        (success(), &works),
    ]);
}

#[test]
fn a_factor_goes_after_a_question_and_a_fresh_proof() {
    let list = [sms(), google("ACTIVE")];
    Stage::with(&list).play([
        (manage(Manage::Remove(0)), "-> Removing Sms"),
        (Turn::Person(Intent::Back), "-> Listing Sms GoogleTotp"),
        (manage(Manage::Remove(0)), "-> Removing Sms"),
        (manage(Manage::Confirm), "DELETE /factors/s1 {} = Removing Sms busy"),
        (Turn::Hook(problem(403, "fresh_proof_required")), "-> Vouching for Sms by Sms GoogleTotp"),
        (manage(Manage::Password(Password::new(""))), "= Vouching for Sms by Sms GoogleTotp !Missing(Password)"),
        (
            manage(Manage::Password(Password::new("pw"))),
            "POST /proof {password: pw} = Vouching for Sms by Sms GoogleTotp busy",
        ),
        (Turn::Hook(problem(403, "wrong_password")), "= Vouching for Sms by Sms GoogleTotp emptied !WrongPassword #r1"),
        (Turn::Person(choose(1)), "-> Proving GoogleTotp"),
        (Turn::Person(Intent::Back), "-> Vouching for Sms by Sms GoogleTotp"),
        (Turn::Person(choose(1)), "-> Proving GoogleTotp"),
        (Turn::Person(code("1")), "POST /factors/g1/verify {passCode: 1} = Proving GoogleTotp busy"),
        (Turn::Hook(told(200, json!({"result": "SUCCESS"}))), "DELETE /factors/s1 {} = Proving GoogleTotp busy"),
        (Turn::Hook(done()), "GET /factors = Proving GoogleTotp busy"),
        (Turn::Hook(factors(&[google("ACTIVE")])), "-> Listing GoogleTotp !FactorRemoved"),
    ]);
}

#[test]
fn what_was_set_up_a_moment_ago_is_no_way_to_a_fresh_proof() {
    let mut new = google("ACTIVE");
    new["countsAsProof"] = json!(false);
    Stage::with(&[sms(), new]).play([
        (manage(Manage::Remove(0)), "-> Removing Sms"),
        (manage(Manage::Confirm), "DELETE /factors/s1 {} = Removing Sms busy"),
        (Turn::Hook(problem(403, "fresh_proof_required")), "-> Vouching for Sms by Sms"),
    ]);
}

#[test]
fn trouble_offers_a_retry_and_a_pause() {
    Stage::new().play([
        (Turn::Hook(Err(TransportError::Unreachable)), "= Looking !Unreachable or Retry"),
        (Turn::Person(Intent::Retry), "GET /factors = Looking busy"),
        (Turn::Hook(problem(502, "org_failed")), "= Looking !ServerError #r1 or Retry"),
        (Turn::Person(Intent::Retry), "GET /factors = Looking busy"),
        (
            Turn::Hook(json_answer(429, json!({"code": "rate_limited", "retryAfter": 2}))),
            "= Looking pause=2 !RateLimited or Retry",
        ),
        (Turn::Seconds(2), "GET /factors = Looking busy"),
        (Turn::Hook(told(200, json!({"factors": [{"id": 7}]}))), "= Looking !Unexpected or Retry"),
    ]);
    Stage::with(&[sms()]).play([
        (manage(Manage::Remove(0)), "-> Removing Sms"),
        (manage(Manage::Confirm), "DELETE /factors/s1 {} = Removing Sms busy"),
        (Turn::Hook(problem(404, "not_found")), "GET /factors = Removing Sms busy"),
        (Turn::Hook(factors(&[])), "-> Listing !FactorGone"),
    ]);
}

#[test]
fn late_answers_and_wishes_out_of_place_do_nothing() {
    Stage::with(&[sms()]).play([
        (manage(Manage::Test(0)), "POST /factors/s1/verify {} = Listing Sms busy"),
        (manage(Manage::Test(0)), "= Listing Sms busy"),
        (Turn::Person(Intent::Cancel), "abort -> Listing Sms"),
        (Turn::Late(1, told(200, json!({"result": "CHALLENGE"}))), "= Listing Sms"),
        (manage(Manage::Test(7)), "= Listing Sms"),
        (manage(Manage::Confirm), "= Listing Sms"),
        (manage(Manage::Abandon), "= Listing Sms"),
        (Turn::Person(code("1")), "= Listing Sms"),
        (Turn::Person(activation("1")), "= Listing Sms"),
        (Turn::Person(choose(0)), "= Listing Sms"),
        (manage(Manage::Finish(0)), "= Listing Sms"),
    ]);
}
