//! The stage: a machine, a clock that goes when told to, and the requests that wait for an answer.
//! [`Stage::play`] lets events happen one after the other and compares what the machine did with one line each.
//! Never here: a browser, or a case of its own.

use crate::answers::{Body, ORG, Outcome, no_json, ok};
use crate::transcript;
use okta_authn_widget::authn::request::{Preferences, Proof};
use okta_authn_widget::authn::{Credential, CredentialError, DuoSignature, Millis, Passcode, Password, SecurityAnswer};
use okta_authn_widget::config::{Config, Given, OptionName, Page};
use okta_authn_widget::flow::step::Recovery;
use okta_authn_widget::flow::{Effect, Event, Intent, Machine, Screen, Settings, Ticket};

/// When every play begins.
pub(crate) const DAWN: Millis = 1_700_000_000_000;

/// jeff's name and password go out.
pub(crate) const FORM_SENT: &str = "forget; POST /api/v1/authn {username: jeff, password: pw, options: {multiOptionalFactorEnroll: false, warnBeforePasswordExpired: true}} = Start busy";
/// A sign-in ends with the org's redirect.
pub(crate) const LEAVES: &str = "go Get https://example.okta.com/login/sessionCookieRedirect?token=se%26ss%2B1&redirectUrl=https%3A%2F%2Fapp.example%2F%3Fa%3D1%26b%3D2 with se&ss+1 -> Leaving";

/// A machine under observation.
pub(crate) struct Stage {
    machine: Machine,
    now: Millis,
    /// Everything ever sent, oldest first.
    tickets: Vec<Ticket>,
    /// What an authenticator, or Duo, was asked for last.
    asked: Option<Ticket>,
    /// When an `Elapsed` is due.
    due: Option<Millis>,
}

/// Something that happens.
#[derive(Clone, Debug)]
pub(crate) enum Turn {
    /// This, as it is.
    Event(Event),
    /// The newest request that is not in the background ends.
    Org(Outcome),
    /// The newest request in the background ends: a look for the session, a list of questions.
    Beside(Outcome),
    /// The request of this place, from 0, ends: late, if another was made since.
    Late(usize, Outcome),
    /// The authenticator that was asked last answers, or does not.
    Key(Result<Credential, CredentialError>),
    /// Duo, asked last, signs, or fails.
    Duo(bool),
    /// Seconds go by; the machine is told when it asked to be.
    Seconds(u64),
    /// The same until that moment.
    Until(Millis),
}

/// The person does something.
pub(crate) fn person(intent: Intent) -> Turn {
    Turn::Event(Event::User(intent))
}

/// The org answers with a transaction.
pub(crate) fn org(body: Body) -> Turn {
    Turn::Org(ok(body))
}

/// The page comes into sight, or goes out of it.
pub(crate) fn seen(visible: bool) -> Turn {
    Turn::Event(Event::Visibility { visible })
}

/// The authenticator proves that it holds the key.
pub(crate) fn proved() -> Turn {
    Turn::Key(Ok(Credential::Assertion { authenticator_data: vec![1], client_data: vec![2], signature: vec![3] }))
}

/// The form is sent off with this name and password.
pub(crate) fn sign_in(username: &str, password: &str) -> Intent {
    Intent::SignIn { username: username.to_owned(), password: Password::new(password), keep_username: false }
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

struct App;

impl Page for App {
    fn url(&self) -> String {
        "https://app.example/login".to_owned()
    }

    fn resolve(&self, url: &str) -> Option<String> {
        Some(url.to_owned())
    }
}

/// Settings as a page would make them, by attribute.
pub(crate) fn settings(options: &[(&str, &str)]) -> Settings {
    let own = [("base-url", ORG), ("redirect-url", "https://app.example/?a=1&b=2")];
    let given = |(name, value): &(&str, &str)| {
        let option = OptionName::ALL.into_iter().find(|option| option.attribute() == *name);
        (option.unwrap(), Given::Text((*value).to_owned()))
    };
    let given: Vec<_> = options.iter().chain(&own).map(given).collect();
    Config::parse(&given, &App).unwrap().settings
}

impl Stage {
    /// A widget that was just put on the page, with these options.
    pub(crate) fn new(options: &[(&str, &str)]) -> Self {
        Self::new_at(DAWN, options)
    }

    /// The same at another time.
    pub(crate) fn new_at(now: Millis, options: &[(&str, &str)]) -> Self {
        Self { machine: Machine::new(settings(options)), now, tickets: Vec::new(), asked: None, due: None }
    }

    /// A widget of these settings.
    pub(crate) fn of(settings: Settings) -> Self {
        Self { machine: Machine::new(settings), now: DAWN, tickets: Vec::new(), asked: None, due: None }
    }

    /// What an authenticator, Duo or the page was asked for last.
    pub(crate) fn asked(&self) -> Ticket {
        self.asked.expect("something was asked")
    }

    /// A widget whose start form is shown and where nobody is signed in.
    pub(crate) fn at_start(options: &[(&str, &str)]) -> Self {
        Self::new(options).begun()
    }

    /// Puts it on the page, where nobody is signed in.
    pub(crate) fn begun(mut self) -> Self {
        self.turn(Turn::Event(Event::Begin { remembered: None }));
        if self.tickets.iter().any(|ticket| ticket.purpose.is_background()) {
            self.turn(Turn::Beside(no_json(404)));
        }
        self
    }

    /// A widget where jeff's name and password were answered like this.
    pub(crate) fn at(body: Body) -> Self {
        Self::at_start(&[]).then(person(sign_in("jeff", "pw"))).then(org(body))
    }

    /// One more turn that nobody looks at.
    pub(crate) fn then(mut self, turn: Turn) -> Self {
        self.turn(turn);
        self
    }

    /// What is shown.
    pub(crate) fn screen(&self) -> &Screen {
        self.machine.screen()
    }

    /// What the other bundle is to take over.
    #[cfg(feature = "first-form")]
    pub(crate) fn onward(&self) -> Option<&okta_authn_widget::flow::Onward> {
        self.machine.onward()
    }

    /// The place of the newest request, for [`Turn::Late`].
    pub(crate) fn newest(&self) -> usize {
        self.tickets.len() - 1
    }

    /// Lets it happen; returns what the machine wants done.
    pub(crate) fn turn(&mut self, turn: Turn) -> Vec<Effect> {
        let ticket = |background: bool| {
            let newest = self.tickets.iter().rfind(|ticket| ticket.purpose.is_background() == background);
            *newest.expect("a request was sent")
        };
        match turn {
            Turn::Event(event) => self.handle(event),
            Turn::Org(outcome) => self.handle(Event::Replied { ticket: ticket(false), outcome }),
            Turn::Beside(outcome) => self.handle(Event::Replied { ticket: ticket(true), outcome }),
            Turn::Late(place, outcome) => {
                let ticket = *self.tickets.get(place).expect("that many requests were sent");
                self.handle(Event::Replied { ticket, outcome })
            }
            Turn::Key(outcome) => {
                self.handle(Event::Credential { ticket: self.asked.expect("one was asked"), outcome })
            }
            Turn::Duo(signs) => {
                let signature = signs.then(|| DuoSignature::new("AUTH|x:APP|y"));
                self.handle(Event::Duo { ticket: self.asked.expect("Duo was asked"), signature })
            }
            Turn::Seconds(seconds) => self.pass(self.now + seconds * 1_000),
            Turn::Until(end) => self.pass(end),
        }
    }

    fn pass(&mut self, end: Millis) -> Vec<Effect> {
        let (mut deeds, mut times) = (Vec::new(), 0);
        while let Some(due) = self.due.take_if(|due| *due <= end) {
            times += 1;
            assert!(times < 1_000, "the machine wakes without end");
            self.now = due.max(self.now);
            let effects = self.handle(Event::Elapsed);
            deeds.extend(effects.into_iter().filter(|effect| !matches!(effect, Effect::Wait { .. })));
        }
        self.now = end;
        deeds
    }

    fn handle(&mut self, event: Event) -> Vec<Effect> {
        let effects = self.machine.handle(event, self.now);
        for effect in &effects {
            match effect {
                Effect::Send { ticket, .. } => self.tickets.push(*ticket),
                Effect::AskAuthenticator { ticket, .. }
                | Effect::AskDuo { ticket, .. }
                | Effect::AskPage { ticket, .. } => self.asked = Some(*ticket),
                Effect::Wait { millis } => self.due = Some(self.now + u64::from(*millis)),
                _ => {}
            }
        }
        effects
    }

    /// Plays the turns and compares each with its line.
    pub(crate) fn play<'a>(mut self, turns: impl IntoIterator<Item = (Turn, &'a str)>) -> Self {
        let mut played = String::new();
        let mut as_expected = true;
        for (turn, expected) in turns {
            let before = self.screen().clone();
            let told = format!("{turn:?}");
            let effects = self.turn(turn);
            let line = transcript::line(&effects, &before, self.screen());
            for part in ["\n", &told, "\n    ", &line] {
                played.push_str(part);
            }
            if line != expected {
                played.push_str("\n  should be\n    ");
                played.push_str(expected);
                as_expected = false;
            }
        }
        assert!(as_expected, "{played}");
        self
    }
}
