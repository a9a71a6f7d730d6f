//! Runs the state machines up to one response: signs in, and lets the org respond with it. Not here: rendering, or
//! reading files. The widget's own tests use this file too.

use okta_authn::request::{Preferences, Proof};
use okta_authn::wire::Value;
use okta_authn::{Channel, Passcode, Password, Response};
use okta_authn_widget::config::{Config, OptionName, OptionValue, Page};
use serde_json::json;
use sign_in_flow::handoff::Recovery;
use sign_in_flow::{Effect, Event, Intent, Purpose, SignInMachine, Ticket};

/// The time of every event: the result must not depend on the clock.
pub const NOW: u64 = 1_446_545_700_000;

/// The request that the org responds to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestKind {
    /// User name and password.
    Credentials,
    /// The proof of a factor: a code that was sent by SMS.
    Proof,
    /// A new password in place of one that has expired.
    NewPassword,
    /// The start of a recovery.
    Recovery,
}

impl RequestKind {
    /// In words, for people.
    pub fn description(self) -> &'static str {
        match self {
            Self::Credentials => "user name and password",
            Self::Proof => "a code sent by SMS",
            Self::NewPassword => "a new password",
            Self::Recovery => "the request to reset a password",
        }
    }
}

/// Any page of an app.
struct AppPage;

impl Page for AppPage {
    fn url(&self) -> String {
        "https://app.example/".to_owned()
    }

    fn resolve(&self, url: &str) -> Option<String> {
        Some(url.to_owned())
    }
}

/// The widget's configuration for that org: every option has its default, but no session is looked up.
pub fn configure(org: &str) -> Result<Config, String> {
    let options = [(OptionName::BaseUrl, org), (OptionName::ExistingSession, "ignore")];
    let options = options.map(|(name, text)| (name, OptionValue::Text(text.to_owned())));
    Config::parse(&options, &AppPage).map_err(|error| error.to_string())
}

/// The machine after the org's response to that request.
pub fn run(config: &Config, request: RequestKind, response: Response) -> SignInMachine {
    let mut machine = SignInMachine::new(config.settings.clone(), None);
    let sign_in = Intent::SignIn {
        username: "someone@example.com".to_owned(),
        password: Password::new("a password"),
        remember_username: false,
    };
    send(&mut machine, Event::Begin { remembered: None });
    let org = config.settings.org.origin();
    let ticket = match request {
        RequestKind::Credentials => send(&mut machine, Event::User(sign_in)),
        RequestKind::Proof => {
            let ticket = send(&mut machine, Event::User(sign_in));
            respond(&mut machine, ticket, before(sms_challenge(org)));
            let proof = Proof::Passcode(Passcode::new("123456"));
            send(&mut machine, Event::User(Intent::Prove { proof, preferences: Preferences::default() }))
        }
        RequestKind::NewPassword => {
            let ticket = send(&mut machine, Event::User(sign_in));
            respond(&mut machine, ticket, before(password_expired(org)));
            let [old, new, again] = ["a password", "a New1 password", "a New1 password"].map(Password::new);
            let change = Intent::ChangePassword { old, new, again, revoke_sessions: false };
            send(&mut machine, Event::User(change))
        }
        RequestKind::Recovery => {
            let username = "someone@example.com".to_owned();
            let open = Intent::OpenRecovery { recovery: Recovery::Password, username: username.clone() };
            send(&mut machine, Event::User(open));
            send(&mut machine, Event::User(Intent::Recover { username, channel: Channel::Email }))
        }
    };
    respond(&mut machine, ticket, response);
    machine
}

/// Passes an event to the machine. Returns the ticket of the request that it sends for it.
pub fn send(machine: &mut SignInMachine, event: Event) -> Option<Ticket> {
    machine.handle(event, NOW).into_iter().find_map(|effect| match effect {
        Effect::Send { ticket, .. } if ticket.purpose != Purpose::CancelTransaction => Some(ticket),
        _ => None,
    })
}

/// Passes the response to the request of that ticket to the machine.
pub fn respond(machine: &mut SignInMachine, ticket: Option<Ticket>, response: Response) {
    if let Some(ticket) = ticket {
        machine.handle(Event::Replied { ticket, outcome: Ok(response) }, NOW);
    }
}

fn before(body: Option<Value>) -> Response {
    Response { body, ..Response::ok(Value::Null) }
}

/// The state before a new password, as short as docs/authn-api.md allows.
fn password_expired(org: &str) -> Option<Value> {
    let link = |name: &str, path: &str| json!({"name": name, "href": format!("{org}/api/v1/authn{path}")});
    let body = json!({
        "status": "PASSWORD_EXPIRED",
        "stateToken": "00replay",
        "_links": {
            "next": link("changePassword", "/credentials/change_password"),
            "cancel": link("cancel", "/cancel"),
        },
    });
    serde_json::from_value(body).ok()
}

/// The state before a proof, as short as docs/authn-api.md allows.
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
