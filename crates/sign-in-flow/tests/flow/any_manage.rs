//! Factor management under anything, in any order: random intents, times and answers of a hook, good, refusing, broken and
//! hostile. After each, what must always hold: requests go to the hook alone, what was typed goes out once and is shown
//! nowhere, late answers do nothing, and Cancel leads back. Not here: a sign-in (`any`).

use crate::any::{bytes_of, chosen, hostile};
use crate::harness::{T0, activation, answer, code};
use crate::hook::{HOOK, catalog, done, factor, problem};
use crate::responses::{Outcome, json_response, no_json};
use okta_authn::request::{Body, EnrollRequest};
use okta_authn::wire::Value as Wire;
use okta_authn::{Credential, CredentialError, Millis, Passcode, Password, SecurityAnswer, TransportError};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};
use sign_in_flow::effect::DeviceEffect;
use sign_in_flow::hook::Hook;
use sign_in_flow::manage::ManageStep;
use sign_in_flow::{Effect, Event, Intent, ManageFactors, ManageIntent, PhoneEntry, Ticket};

const PROBLEMS: [(u16, &str); 14] = [
    (400, "invalid_fields"),
    (400, "wrong_code"),
    (400, "wrong_answer"),
    (400, "wrong_password"),
    (401, "not_signed_in"),
    (403, "fresh_proof_required"),
    (403, "factor_proof_required"),
    (403, "not_permitted"),
    (404, "not_found"),
    (409, "already_set_up"),
    (429, "too_soon"),
    (429, "rate_limited"),
    (501, "session_not_supported"),
    (504, "strange"),
];

const KINDS: [&str; 8] = ["sms", "email", "question", "google", "push", "webauthn", "call", "pigeon"];

#[derive(Clone, Debug)]
enum AnyEvent {
    /// The intent of this number, about the item of this place.
    Intent(u8, usize),
    /// The request of this place, counted from the newest, is answered.
    Reply(usize, Reply),
    Time(u64),
    Authenticator(bool),
    Visibility(bool),
    Begin,
    Restored,
}

#[derive(Clone, Debug)]
enum Reply {
    Good(Value),
    Done,
    Problem(u16, &'static str),
    NoJson(u16),
    Failure(TransportError),
}

/// Every shape that a hook answers with, whatever was asked.
fn any_good() -> BoxedStrategy<Value> {
    let one = (select(&KINDS[..]), select(&["ACTIVE", "PENDING_ACTIVATION", "NOT_SETUP", "STRANGE"][..]), 0..4u8);
    let one = one.prop_map(|(kind, status, id)| {
        let mut one = factor(&format!("f{id}"), kind, status);
        one["activation"] = json!({"sharedSecret": "secret-key", "challenge": "K0UNqWlz2TCCDd5qEkBf",
            "qrCode": "data:image/png;base64,AAAA", "user": {"id": "1", "name": "b"}, "rp": {"name": "Acme"}});
        one
    });
    let list = proptest::collection::vec(one.clone(), 0..4).prop_map(|list| json!({ "factors": list }));
    let offered = Just(catalog().unwrap().body.map_or(Value::Null, |body| serde_json::to_value(&body).unwrap()));
    let outcomes = json!([{"result": "CHALLENGE"}, {"result": "CHALLENGE", "challenge": {"challenge": "K0UNqWlz2TCCDd5qEkBf"}},
        {"result": "WAITING", "transactionId": "t1"}, {"result": "WAITING", "transactionId": "../../x?y"},
        {"result": "SUCCESS"}, {"result": "REJECTED"}, {"result": "TIMEOUT"}, {"result": "STRANGE"}]);
    let outcome = select(outcomes.as_array().unwrap().clone());
    let questions = Just(json!({"questions": [{"question": "toy", "questionText": "Which toy?"}]}));
    prop_oneof![4 => list, 2 => offered, 2 => one, 3 => outcome, 1 => questions].boxed()
}

fn any_reply() -> impl Strategy<Value = Reply> {
    prop_oneof![
        10 => any_good().prop_map(Reply::Good),
        3 => hostile::changed(any_good()).prop_map(Reply::Good),
        3 => Just(Reply::Done),
        3 => select(&PROBLEMS[..]).prop_map(|(status, code)| Reply::Problem(status, code)),
        1 => select(&[200, 204, 302, 404, 502][..]).prop_map(Reply::NoJson),
        1 => select(&[TransportError::Offline, TransportError::Unreachable, TransportError::TimedOut, TransportError::OtherPage][..])
            .prop_map(Reply::Failure),
    ]
}

fn any_event() -> impl Strategy<Value = AnyEvent> {
    prop_oneof![
        10 => (0..24u8, 0..6usize).prop_map(|(intent, place)| AnyEvent::Intent(intent, place)),
        10 => any_reply().prop_map(|reply| AnyEvent::Reply(0, reply)),
        1 => (0..5usize, any_reply()).prop_map(|(place, reply)| AnyEvent::Reply(place, reply)),
        3 => (0..40_000u64).prop_map(AnyEvent::Time),
        2 => any::<bool>().prop_map(AnyEvent::Authenticator),
        1 => any::<bool>().prop_map(AnyEvent::Visibility),
        1 => Just(AnyEvent::Begin),
        1 => Just(AnyEvent::Restored),
    ]
}

fn intent(number: u8, place: usize, secret: &str) -> Intent {
    match number {
        0 => Intent::Manage(ManageIntent::Reload),
        1 => Intent::Manage(ManageIntent::Add),
        2 => Intent::Manage(ManageIntent::Test(place)),
        3 => Intent::Manage(ManageIntent::Finish(place)),
        4 => Intent::Manage(ManageIntent::Remove(place)),
        5 => Intent::Manage(ManageIntent::ConfirmRemoval),
        6 => Intent::Manage(ManageIntent::CancelSetup),
        7 => Intent::Manage(ManageIntent::Password(Password::new(secret))),
        8 => Intent::Manage(ManageIntent::SignOutEverywhere),
        9 => Intent::Enroll(place),
        10 => Intent::EnrollWith(EnrollRequest::Question {
            question: "toy".to_owned(),
            answer: SecurityAnswer::new(secret),
        }),
        11 => Intent::EnrollWith(EnrollRequest::Passcode(Passcode::new(secret))),
        12 => Intent::EnrollPhone(PhoneEntry::of("+491")),
        13 => activation(secret),
        14 => code(secret),
        15 => answer(secret),
        16 => Intent::Choose(place),
        17 => Intent::Resend,
        18 => Intent::AskAgain,
        19 => Intent::KeepWaiting,
        20 => Intent::SignOut,
        21 => Intent::Back,
        22 => Intent::Retry,
        _ => Intent::Cancel,
    }
}

/// A machine that is watched.
struct Watched {
    machine: ManageFactors,
    now: Millis,
    due: Option<Millis>,
    tickets: Vec<Ticket>,
    awaited: Option<usize>,
    asking: Option<Ticket>,
    made: u32,
    typed: Vec<String>,
}

impl Watched {
    fn new() -> Self {
        let machine = ManageFactors::new(Hook::parse(HOOK).unwrap(), Some("https://app.example/".to_owned()));
        let (tickets, typed) = (Vec::new(), Vec::new());
        Self { machine, now: T0, due: None, tickets, awaited: None, asking: None, made: 0, typed }
    }

    fn play(&mut self, event: AnyEvent) {
        match event {
            AnyEvent::Intent(number, place) => {
                self.made += 1;
                let secret = format!("secret-{}-", self.made);
                self.handle(Event::User(intent(number, place, &secret)));
            }
            AnyEvent::Reply(place, reply) => self.reply(place, outcome(reply)),
            AnyEvent::Time(millis) => self.pass(millis),
            AnyEvent::Authenticator(answers) => {
                let Some(ticket) = self.asking.take() else { return };
                let outcome = if answers {
                    Ok(Credential::Assertion { authenticator_data: vec![1], client_data: vec![2], signature: vec![3] })
                } else {
                    Err(CredentialError::Refused)
                };
                self.handle(Event::Credential { ticket, outcome });
            }
            AnyEvent::Visibility(visible) => self.handle(Event::Visibility { visible }),
            AnyEvent::Begin => self.handle(Event::Begin { remembered: None }),
            AnyEvent::Restored => self.handle(Event::Restored { remembered: None }),
        }
    }

    fn reply(&mut self, from_the_newest: usize, outcome: Outcome) {
        let Some(place) = self.tickets.len().checked_sub(from_the_newest + 1) else { return };
        let ticket = self.tickets[place];
        let is_late = self.awaited != Some(place);
        self.awaited.take_if(|awaited| *awaited == place);
        let (step, screen) = (self.machine.step().clone(), self.machine.screen().clone());
        let sent = self.tickets.len();
        self.handle(Event::Replied { ticket, outcome });
        let is_same = *self.machine.step() == step && *self.machine.screen() == screen && self.tickets.len() == sent;
        assert!(!is_late || is_same, "a late answer did something: {ticket:?}");
    }

    fn pass(&mut self, millis: u64) {
        let (end, mut times) = (self.now + millis, 0);
        while let Some(due) = self.due.take_if(|due| *due <= end) {
            times += 1;
            assert!(times < 1_000, "the machine wakes without end");
            self.now = due.max(self.now);
            self.handle(Event::Elapsed);
        }
        self.now = end;
    }

    fn handle(&mut self, event: Event) {
        let told = format!("{event:?}");
        for effect in self.machine.handle(event, self.now) {
            match effect {
                Effect::Send { ticket, request } => {
                    let url = request.url();
                    assert!(url.starts_with(&format!("{HOOK}/")), "a request left the hook: {url}");
                    assert!(!url.contains("secret-") && !url.contains("/../"), "{url}");
                    match request.body() {
                        Body::Json(body) => self.members(body, &told),
                        Body::None => {}
                        Body::NoneWithoutCookies | Body::Form(_) => panic!("the hook is asked with cookies and JSON"),
                    }
                    self.tickets.push(ticket);
                    assert!(self.awaited.is_none(), "two requests at a time: {told}");
                    self.awaited = Some(self.tickets.len() - 1);
                }
                Effect::Abort => (self.awaited, self.asking) = (None, None),
                Effect::Wait { millis } => self.due = Some(self.now + Millis::from(millis)),
                Effect::Device(effect) => match *effect {
                    DeviceEffect::AskAuthenticator { ticket, .. } => self.asking = Some(ticket),
                    DeviceEffect::Copy(_) => {}
                    other => panic!("nobody has asked for that: {other:?}"),
                },
                Effect::Tell(event) => assert!(!format!("{event:?}").contains("secret-"), "{event:?}"),
                Effect::Report(_) => {}
                other => panic!("factor management leaves no page: {other:?}"),
            }
        }
        let screen = self.machine.screen();
        let counts = screen.resend_in.is_some() || screen.paused_for.is_some();
        assert!(!counts || self.due.is_some(), "a countdown without a timer: {told}");
        assert!(!screen.busy || self.awaited.is_some() || self.asking.is_some(), "busy with nothing: {told}");
        let shown = format!("{:?}", self.machine);
        assert!(!shown.contains("secret-"), "a secret in a debug text: {shown}");
    }

    /// What was typed goes out once.
    fn members(&mut self, body: &Wire, told: &str) {
        for (name, value) in body.members() {
            match value {
                Wire::Text(text) if text.contains("secret-") => {
                    assert!(!self.typed.contains(text), "{name} was sent twice: {told}");
                    self.typed.push(text.clone());
                }
                inner => self.members(inner, told),
            }
        }
    }

    /// From anywhere, Cancel leads to the list, unless nobody is signed in.
    fn cancel_leads_back(&mut self) {
        self.handle(Event::User(Intent::Cancel));
        let step = self.machine.step();
        let is_back = matches!(step, ManageStep::List { .. } | ManageStep::SignedOut(_) | ManageStep::Unavailable);
        assert!(is_back && !self.machine.screen().busy, "{step:?}");
    }
}

fn outcome(reply: Reply) -> Outcome {
    match reply {
        Reply::Good(body) => json_response(200, body),
        Reply::Done => done(),
        Reply::Problem(status, code) => problem(status, code),
        Reply::NoJson(status) => no_json(status),
        Reply::Failure(error) => Err(error),
    }
}

/// Each four bytes choose one event: what the fuzz target `manage` does.
pub(crate) fn play(choices: &[u8]) {
    thread_local!(static EVENTS: BoxedStrategy<AnyEvent> = any_event().boxed());
    let mut watched = Watched::new();
    watched.handle(Event::Begin { remembered: None });
    EVENTS.with(|events| {
        for choice in choices.chunks_exact(4) {
            if let Some(event) = chosen(events, choice) {
                watched.play(event);
            }
        }
    });
    watched.cancel_leads_back();
}

#[test]
fn no_order_of_events_breaks_a_promise() {
    for run in 0..400 {
        play(&bytes_of(run, 50));
    }
}
