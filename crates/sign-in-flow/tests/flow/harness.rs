//! The harness: a machine, a clock that the test moves, and the requests that wait for a response.
//! [`Harness::run`] lets inputs happen one after the other and compares the transcript with what the test expects.
//! Not here: a browser, or a case of its own.

use crate::responses::{Body, Outcome, no_json, ok};
pub(crate) use crate::settings::settings;
use crate::transcript::{self, Shown};
use expect_test::Expect;
use okta_authn::request::{Preferences, Proof};
use okta_authn::{Credential, CredentialError, DuoSignature, Millis, Passcode, Password, SecurityAnswer};
use sign_in_flow::countdown::Countdown;
use sign_in_flow::effect::DeviceEffect;
use sign_in_flow::handoff::Recovery;
use sign_in_flow::hook::Hook;
use sign_in_flow::{
    Effect, Event, Handoff, HandoffTo, Intent, ManageFactors, Purpose, ReturnToStart, Screen, Settings, SignInEvent,
    SignInMachine, StartMachine, StartStep, Step, Ticket, TransactionMachine, TransactionStep,
};
use std::fmt::Write as _;
use std::rc::Rc;

/// When every run begins.
pub(crate) const T0: Millis = 1_700_000_000_000;

/// jeff's name and password are sent.
pub(crate) const FORM_SENT: &str = "forget; POST /api/v1/authn {username: jeff, password: pw, options: {multiOptionalFactorEnroll: false, warnBeforePasswordExpired: true}} = Start busy";
/// A sign-in ends with the org's redirect.
pub(crate) const LEAVES: &str = "go Get https://example.okta.com/login/sessionCookieRedirect?token=se%26ss%2B1&redirectUrl=https%3A%2F%2Fapp.example%2F%3Fa%3D1%26b%3D2 with se&ss+1 -> Leaving";

/// The machine under test.
pub(crate) enum Machine {
    /// A whole sign-in.
    SignIn(Box<SignInMachine>),
    /// The start machine alone.
    Start(Box<StartMachine>),
    /// The transaction machine alone.
    Transaction(Box<TransactionMachine>),
    /// Factor management.
    Manage(Box<ManageFactors>),
}

impl Machine {
    fn handle(&mut self, event: Event, now: Millis) -> Vec<Effect> {
        match self {
            Self::SignIn(machine) => machine.handle(event, now),
            Self::Start(machine) => machine.handle(event, now),
            Self::Transaction(machine) => machine.handle(event, now),
            Self::Manage(machine) => machine.handle(event, now),
        }
    }

    fn screen(&self) -> &Screen {
        match self {
            Self::SignIn(machine) => machine.screen(),
            Self::Start(machine) => machine.screen(),
            Self::Transaction(machine) => machine.screen(),
            Self::Manage(machine) => machine.screen(),
        }
    }
}

/// A machine, and what surrounds it.
pub(crate) struct Harness {
    machine: Machine,
    now: Millis,
    /// Everything ever sent, oldest first.
    tickets: Vec<Ticket>,
    /// What an authenticator, Duo, or the page was asked last.
    asked: Option<Ticket>,
    /// When an `Elapsed` is due.
    due: Option<Millis>,
    /// The newest handoff of a start machine that stands alone.
    handoff: Option<Handoff>,
    /// How a transaction machine that stands alone has ended.
    returned: Option<ReturnToStart>,
    /// What the page's own code was told, oldest first.
    told: Vec<SignInEvent>,
}

/// Something that happens.
#[derive(Clone, Debug)]
pub(crate) enum Input {
    /// This event, as it is.
    Event(Event),
    /// The newest request that is not in the background ends.
    Org(Outcome),
    /// The newest request in the background ends: the session look-up, a list of questions.
    Background(Outcome),
    /// The request of this place, from 0, ends: late, if another was made since.
    Late(usize, Outcome),
    /// The authenticator that was asked last answers, or does not.
    Authenticator(Result<Credential, CredentialError>),
    /// Duo, asked last, signs, or fails.
    Duo(bool),
    /// The page's own code, asked last, accepts or refuses, with this value.
    Page(Result<serde_json::Value, serde_json::Value>),
    /// The code of the next machine could not be loaded.
    HandoffFailed,
    /// Seconds pass; the machine is told when it asked to be.
    Seconds(u64),
    /// The same until that moment.
    Until(Millis),
    /// The device sleeps for so many seconds: its clock goes on, and no timer fires.
    Asleep(u64),
    /// Somebody sets the clock back by so many seconds. Timers that run do not change.
    SetBack(u64),
}

/// The person does something.
pub(crate) fn person(intent: Intent) -> Input {
    Input::Event(Event::User(intent))
}

/// The org responds with a transaction.
pub(crate) fn org(body: Body) -> Input {
    Input::Org(ok(body))
}

/// The page is shown or hidden.
pub(crate) fn visibility(visible: bool) -> Input {
    Input::Event(Event::Visibility { visible })
}

/// The authenticator proves that it holds the key.
pub(crate) fn proved() -> Input {
    Input::Authenticator(Ok(Credential::Assertion {
        authenticator_data: vec![1],
        client_data: vec![2],
        signature: vec![3],
    }))
}

/// The form is sent off with this name and password.
pub(crate) fn sign_in(username: &str, password: &str) -> Intent {
    Intent::SignIn { username: username.to_owned(), password: Password::new(password), remember_username: false }
}

/// A code is typed and sent off.
pub(crate) fn code(code: &str) -> Intent {
    Intent::Prove { proof: Proof::Passcode(Passcode::new(code)), preferences: Preferences::default() }
}

/// An answer is typed and sent off.
pub(crate) fn answer(answer: &str) -> Intent {
    Intent::Prove { proof: Proof::Answer(SecurityAnswer::new(answer)), preferences: Preferences::default() }
}

/// Another factor of the list is chosen.
pub(crate) fn choose(place: usize) -> Intent {
    Intent::Choose(place)
}

/// The form for a forgotten password is opened.
pub(crate) fn open_recovery(username: &str) -> Intent {
    Intent::OpenRecovery { recovery: Recovery::Password, username: username.to_owned() }
}

/// A new password is typed and sent off.
pub(crate) fn new_password(old: &str, new: &str, again: &str) -> Intent {
    let (old, new, again) = (Password::new(old), Password::new(new), Password::new(again));
    Intent::ChangePassword { old, new, again, revoke_sessions: false }
}

/// The first code of a new factor is typed and sent off.
pub(crate) fn activation(code: &str) -> Intent {
    Intent::Activate(Proof::Passcode(Passcode::new(code)))
}

/// A code is asked for.
pub(crate) fn send_code() -> Intent {
    Intent::StartChallenge(Preferences::default())
}

impl Harness {
    /// A page that was just opened, with these attributes.
    pub(crate) fn new(attributes: &[(&str, &str)]) -> Self {
        Self::new_at(T0, attributes)
    }

    /// The same at another time.
    pub(crate) fn new_at(now: Millis, attributes: &[(&str, &str)]) -> Self {
        Self { now, ..Self::of(settings(attributes)) }
    }

    /// A page with these settings.
    pub(crate) fn of(settings: Settings) -> Self {
        Self::with(Machine::SignIn(Box::new(SignInMachine::new(settings, None))))
    }

    /// The start machine alone, on a page where nobody is signed in.
    pub(crate) fn start_alone(attributes: &[(&str, &str)]) -> Self {
        Self::with(Machine::Start(Box::new(StartMachine::new(Rc::new(settings(attributes)), None))))
    }

    /// The transaction machine alone, which continues with this, and the line of what it does first.
    pub(crate) fn transaction_alone(attributes: &[(&str, &str)], to: HandoffTo) -> (Self, String) {
        let ticket = Ticket { generation: 1, purpose: Purpose::Handoff };
        let (username, pause) = ("jeff".to_owned(), Countdown::default());
        let handoff = Handoff { ticket, username, may_have_session: false, pause, hidden: false, to };
        let (machine, effects) = TransactionMachine::new(Rc::new(settings(attributes)), handoff, T0);
        let mut harness = Self::with(Machine::Transaction(Box::new(machine)));
        let effects = harness.record(effects);
        let before = Shown::new(&Screen::default(), String::new());
        let line = transcript::line(&effects, &before, &harness.shown());
        (harness, line)
    }

    /// Factor management, with this hook.
    pub(crate) fn manage(hook: &str) -> Self {
        let hook = Hook::parse(hook).unwrap();
        Self::with(Machine::Manage(Box::new(ManageFactors::new(hook, Some("https://app.example/".to_owned())))))
    }

    fn with(machine: Machine) -> Self {
        let (tickets, told) = (Vec::new(), Vec::new());
        Self { machine, now: T0, tickets, asked: None, due: None, handoff: None, returned: None, told }
    }

    /// A page whose start form is shown and where nobody is signed in.
    pub(crate) fn at_start(attributes: &[(&str, &str)]) -> Self {
        Self::new(attributes).begun()
    }

    /// The machine begins, and nobody is signed in.
    pub(crate) fn begun(mut self) -> Self {
        self.input(Input::Event(Event::Begin { remembered: None }));
        if self.tickets.iter().any(|ticket| ticket.purpose.is_background()) {
            self.input(Input::Background(no_json(404)));
        }
        self
    }

    /// A page where jeff's name and password were answered with this.
    pub(crate) fn at(body: Body) -> Self {
        Self::at_start(&[]).then(person(sign_in("jeff", "pw"))).then(org(body))
    }

    /// One more input that is not compared.
    pub(crate) fn then(mut self, input: Input) -> Self {
        self.input(input);
        self
    }

    /// What all steps share.
    pub(crate) fn screen(&self) -> &Screen {
        self.machine.screen()
    }

    /// The step of a sign-in.
    pub(crate) fn step(&self) -> Step<'_> {
        match &self.machine {
            Machine::SignIn(machine) => machine.step(),
            Machine::Start(machine) => Step::Start(machine.step()),
            Machine::Transaction(machine) => Step::Transaction(machine.step()),
            Machine::Manage(_) => panic!("this is factor management"),
        }
    }

    /// What is shown, as the transcript needs it.
    pub(crate) fn shown(&self) -> Shown {
        let step = match &self.machine {
            Machine::Manage(machine) => transcript::manage_step(machine.step(), machine.factors()),
            _ => transcript::step(self.step(), self.screen()),
        };
        Shown::new(self.screen(), step)
    }

    /// The name of the present step.
    pub(crate) fn step_name(&self) -> String {
        transcript::name(self.step())
    }

    /// Whether the start form is shown.
    pub(crate) fn is_at_start(&self) -> bool {
        matches!(self.step(), Step::Start(StartStep::Form(_)))
    }

    /// The boxes beside a factor, as last submitted.
    pub(crate) fn preferences(&self) -> Preferences {
        match self.step() {
            Step::Transaction(TransactionStep::Verify(verify)) => verify.preferences,
            _ => Preferences::default(),
        }
    }

    /// What the start machine has handed off and still waits for.
    pub(crate) fn handoff(&self) -> Option<&Handoff> {
        self.handoff.as_ref()
    }

    /// How the transaction machine has ended.
    pub(crate) fn returned(&self) -> Option<&ReturnToStart> {
        self.returned.as_ref()
    }

    /// The ticket of what an authenticator, Duo or the page was asked last.
    pub(crate) fn asked(&self) -> Ticket {
        self.asked.expect("something was asked")
    }

    /// Whether an authenticator, Duo or the page was asked.
    pub(crate) fn has_asked(&self) -> bool {
        self.asked.is_some()
    }

    /// Whether any request was sent.
    pub(crate) fn has_sent(&self) -> bool {
        !self.tickets.is_empty()
    }

    /// Whether nobody waits for the newest request.
    pub(crate) fn newest_is_in_background(&self) -> bool {
        self.tickets.last().is_some_and(|ticket| ticket.purpose.is_background())
    }

    /// Whether the browser leaves, whatever the newest request is answered with.
    pub(crate) fn newest_only_clears_up(&self) -> bool {
        self.tickets.last().is_some_and(|ticket| ticket.purpose == Purpose::CloseOldSession)
    }

    /// The place of the newest request, for [`Input::Late`].
    pub(crate) fn newest(&self) -> usize {
        self.tickets.len() - 1
    }

    /// Lets it happen; returns what the machine wants done.
    pub(crate) fn input(&mut self, input: Input) -> Vec<Effect> {
        let ticket = |background: bool| {
            let newest = self.tickets.iter().rfind(|ticket| ticket.purpose.is_background() == background);
            *newest.expect("a request was sent")
        };
        let wire = |value: serde_json::Value| serde_json::from_value(value).unwrap();
        match input {
            Input::Event(event) => self.handle(event),
            Input::Org(outcome) => self.handle(Event::Replied { ticket: ticket(false), outcome }),
            Input::Background(outcome) => self.handle(Event::Replied { ticket: ticket(true), outcome }),
            Input::Late(place, outcome) => {
                let ticket = *self.tickets.get(place).expect("that many requests were sent");
                self.handle(Event::Replied { ticket, outcome })
            }
            Input::Authenticator(outcome) => self.handle(Event::Credential { ticket: self.asked(), outcome }),
            Input::Duo(signs) => {
                let signature = signs.then(|| DuoSignature::new("AUTH|x:APP|y"));
                self.handle(Event::Duo { ticket: self.asked(), signature })
            }
            Input::Page(outcome) => {
                let outcome = outcome.map(wire).map_err(wire);
                self.handle(Event::PageReplied { ticket: self.asked(), outcome })
            }
            Input::HandoffFailed => {
                let handoff = self.handoff.clone().expect("something was handed off");
                self.handle(Event::HandoffFailed(Box::new(handoff)))
            }
            Input::Seconds(seconds) => self.pass(self.now + seconds * 1_000),
            Input::Until(end) => self.pass(end),
            Input::Asleep(seconds) => {
                self.now += seconds * 1_000;
                self.due = self.due.map(|due| due + seconds * 1_000);
                Vec::new()
            }
            Input::SetBack(seconds) => {
                self.now -= seconds * 1_000;
                self.due = self.due.map(|due| due - seconds * 1_000);
                Vec::new()
            }
        }
    }

    fn pass(&mut self, end: Millis) -> Vec<Effect> {
        let (mut all, mut times) = (Vec::new(), 0);
        while let Some(due) = self.due.take_if(|due| *due <= end) {
            times += 1;
            assert!(times < 1_000, "the machine wakes without end");
            self.now = due.max(self.now);
            let effects = self.handle(Event::Elapsed);
            all.extend(effects.into_iter().filter(|effect| !matches!(effect, Effect::Wait { .. })));
        }
        self.now = end;
        all
    }

    fn handle(&mut self, event: Event) -> Vec<Effect> {
        let effects = self.machine.handle(event, self.now);
        self.record(effects)
    }

    /// Records them. What the page's own code is told is no part of the transcripts (see `sign_in_events`).
    fn record(&mut self, mut effects: Vec<Effect>) -> Vec<Effect> {
        effects.retain(|effect| match effect {
            Effect::Tell(event) => {
                self.told.push(event.clone());
                false
            }
            _ => true,
        });
        for effect in &effects {
            match effect {
                Effect::Send { ticket, .. } => self.tickets.push(*ticket),
                Effect::Device(effect) => match &**effect {
                    DeviceEffect::AskAuthenticator { ticket, .. }
                    | DeviceEffect::AskDuo { ticket, .. }
                    | DeviceEffect::LoadTokens { ticket }
                    | DeviceEffect::CallPage { ticket, .. } => self.asked = Some(*ticket),
                    DeviceEffect::Tokens { ticket, action } if action.is_answered() => self.asked = Some(*ticket),
                    DeviceEffect::Copy(_) | DeviceEffect::Tokens { .. } => {}
                },
                Effect::Wait { millis } => self.due = Some(self.now + u64::from(*millis)),
                Effect::HandOff(handoff) => self.handoff = Some((**handoff).clone()),
                Effect::ReturnToStart(returned) => self.returned = Some((**returned).clone()),
                _ => {}
            }
        }
        effects
    }

    /// What the page's own code was told since the last call.
    pub(crate) fn told(&mut self) -> Vec<SignInEvent> {
        std::mem::take(&mut self.told)
    }

    /// Lets it happen, and returns its line of the transcript.
    pub(crate) fn line(&mut self, input: Input) -> String {
        let before = self.shown();
        let effects = self.input(input);
        transcript::line(&effects, &before, &self.shown())
    }

    /// Lets the inputs happen and compares each with its line: for cases that differ in a value.
    pub(crate) fn run<'a>(mut self, inputs: impl IntoIterator<Item = (Input, &'a str)>) -> Self {
        let mut transcript = String::new();
        let mut as_expected = true;
        for (input, expected) in inputs {
            let told = transcript::input(&input);
            let line = self.line(input);
            let _ = write!(transcript, "\n{told}\n    {line}");
            if line != expected {
                let _ = write!(transcript, "\n  should be\n    {expected}");
                as_expected = false;
            }
        }
        assert!(as_expected, "{transcript}");
        self
    }

    /// Lets the inputs happen and compares the whole transcript: each input, and below it what it led to. With
    /// `UPDATE_EXPECT=1`, the test's own text is rewritten instead.
    pub(crate) fn check(mut self, inputs: impl IntoIterator<Item = Input>, expected: &Expect) -> Self {
        let mut transcript = String::new();
        for input in inputs {
            let told = transcript::input(&input);
            let line = self.line(input);
            let _ = writeln!(transcript, "{told}\n    {line}");
        }
        expected.assert_eq(&transcript);
        self
    }
}
