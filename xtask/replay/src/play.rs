//! Plays one answer to the real machine: sign in, and let the org say this. Never here: rendering, or
//! reading files. The widget's own tests play with it too.

use okta_authn_widget::authn::request::{Preferences, Proof};
use okta_authn_widget::authn::wire::Value;
use okta_authn_widget::authn::{Answer, Passcode, Password};
use okta_authn_widget::config::{Config, Given, OptionName, Page};
use okta_authn_widget::flow::{Effect, Event, Intent, Machine, Purpose, Screen, Ticket};
use serde_json::json;

/// The moment it all happens at; what is played must not depend on the clock.
pub const NOW: u64 = 1_446_545_700_000;

/// What the answer answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Name and password.
    Credentials,
    /// The proof of a factor: a code that was sent by SMS.
    Proof,
}

impl Asked {
    /// In words, for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Credentials => "name and password",
            Self::Proof => "a code sent by SMS",
        }
    }
}

/// A page like any other.
struct App;

impl Page for App {
    fn url(&self) -> String {
        "https://app.example/".to_owned()
    }

    fn resolve(&self, url: &str) -> Option<String> {
        Some(url.to_owned())
    }
}

/// The widget's configuration for that org: every option as it is by default, and no look for a session.
pub fn configure(org: &str) -> Result<Config, String> {
    let given = [(OptionName::BaseUrl, org), (OptionName::ExistingSession, "ignore")];
    let given = given.map(|(name, text)| (name, Given::Text(text.to_owned())));
    Config::parse(&given, &App).map_err(|error| error.to_string())
}

/// The screen after the org gave that answer.
pub fn play(config: &Config, asked: Asked, answer: Answer) -> Screen {
    after(config, asked, answer).screen().clone()
}

/// The machine after the org gave that answer.
pub fn after(config: &Config, asked: Asked, answer: Answer) -> Machine {
    let mut machine = Machine::new(config.settings.clone());
    let sign_in = Intent::SignIn {
        username: "someone@example.com".to_owned(),
        password: Password::new("a password"),
        keep_username: false,
    };
    ask(&mut machine, Event::Begin { remembered: None });
    let mut ticket = ask(&mut machine, Event::User(sign_in));
    if asked == Asked::Proof {
        let challenge = Answer { status: 200, body: sms_challenge(config.settings.org.origin()), retry_at: None };
        reply(&mut machine, ticket, challenge);
        let proof = Proof::Passcode(Passcode::new("123456"));
        ticket = ask(&mut machine, Event::User(Intent::Prove { proof, preferences: Preferences::default() }));
    }
    reply(&mut machine, ticket, answer);
    machine
}

/// Hands an event in; the ticket of the request that came of it.
pub fn ask(machine: &mut Machine, event: Event) -> Option<Ticket> {
    machine.handle(event, NOW).into_iter().find_map(|effect| match effect {
        Effect::Send { ticket, .. } if ticket.purpose != Purpose::Farewell => Some(ticket),
        _ => None,
    })
}

/// Gives the request of that ticket its answer.
pub fn reply(machine: &mut Machine, ticket: Option<Ticket>, answer: Answer) {
    if let Some(ticket) = ticket {
        machine.handle(Event::Replied { ticket, outcome: Ok(answer) }, NOW);
    }
}

/// The state before a proof, as short as the contract allows.
fn sms_challenge(org: &str) -> Option<Value> {
    let link = |name: &str, path: &str| json!({"name": name, "href": format!("{org}/api/v1/authn{path}")});
    let body = json!({
        "status": "MFA_CHALLENGE",
        "stateToken": "00replay",
        "_embedded": {
            "factor": {"factorType": "sms", "provider": "OKTA", "profile": {"phoneNumber": "+1 XXX-XXX-0100"}},
        },
        "_links": {
            "next": link("verify", "/factors/sms0/verify"),
            "prev": link("prev", "/previous"),
            "cancel": link("cancel", "/cancel"),
        },
    });
    serde_json::from_value(body).ok()
}
