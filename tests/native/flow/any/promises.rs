//! A machine that is watched: after every event the promises of `flow` are compared with what was asked
//! for, what was answered, and what is shown.

use crate::answers::{ORG, Outcome};
use crate::stage::DAWN;
use crate::transcript;
use okta_authn_widget::authn::request::Body;
use okta_authn_widget::authn::wire::Value as Wire;
use okta_authn_widget::authn::{Credential, CredentialError, DuoSignature, Millis, Request};
use okta_authn_widget::flow::{
    Effect, Event, Intent, Machine, Navigation, Purpose, RedirectMethod, Retry, Settings, Step, Ticket,
};
use serde_json::{Value, json};
use std::collections::HashMap;

/// The token a page was opened with.
pub(super) const GIVEN_TOKEN: &str = "secret-given";

pub(super) struct Watched {
    machine: Machine,
    now: Millis,
    /// When an `Elapsed` is due.
    due: Option<Millis>,
    tickets: Vec<Ticket>,
    /// Place of the request in the foreground whose answer is awaited.
    awaited: Option<usize>,
    /// Place of the look at a waiting challenge that is under way. Nobody is kept waiting for it.
    looking: Option<usize>,
    /// What an authenticator is asked for.
    asking: Option<Ticket>,
    /// What one was asked for before: its answer comes too late.
    given_up: Option<Ticket>,
    /// What Duo was asked for last.
    duo: Option<Ticket>,
    /// When the last look was, unless something else was asked since.
    looked_at: Option<Millis>,
    /// Recovery tokens that the org handed out.
    recovery_tokens: Vec<String>,
    /// Bodies by the state token they brought.
    bodies: HashMap<String, Value>,
    made: u32,
    /// Everything typed that was sent.
    typed: Vec<String>,
}

impl Watched {
    pub(super) fn new(settings: Settings) -> Self {
        let machine = Machine::new(settings);
        Self {
            machine,
            now: DAWN,
            due: None,
            tickets: Vec::new(),
            awaited: None,
            looking: None,
            asking: None,
            given_up: None,
            duo: None,
            looked_at: None,
            recovery_tokens: vec![GIVEN_TOKEN.to_owned()],
            bodies: HashMap::new(),
            made: 0,
            typed: Vec::new(),
        }
    }

    /// A word nobody used before. Secrets and tokens all begin with `secret`, and so can be looked for.
    pub(super) fn fresh(&mut self, name: &str) -> String {
        self.made += 1;
        format!("{name}-{}-", self.made)
    }

    /// Fills in the tokens and remembers the body.
    pub(super) fn with_fresh_tokens(&mut self, mut body: Value) -> Value {
        for member in ["stateToken", "sessionToken", "recoveryToken"] {
            if body[member] == json!("") {
                let token = self.fresh("secret");
                body[member] = json!(token);
                if member == "recoveryToken" {
                    self.recovery_tokens.push(token.clone());
                }
                self.bodies.insert(token, body.clone());
            }
        }
        body
    }

    /// The same as the bundles hand it on.
    pub(super) fn wire(&mut self, body: Value) -> Wire {
        serde_json::from_value(self.with_fresh_tokens(body)).unwrap()
    }

    /// The person wants something. A Retry that is offered does something.
    pub(super) fn wish(&mut self, intent: Intent) {
        let before = self.machine.screen().clone();
        let offered = before.notice.as_ref().is_some_and(|notice| notice.retry == Retry::Again);
        let counts = intent == Intent::Retry && offered && !before.busy && before.paused_for.is_none();
        let did = self.happen(Event::User(intent));
        assert!(!counts || did || *self.machine.screen() != before, "a Retry that does nothing: {before:?}");
    }

    /// A request ends, counted from the newest, unless there were fewer.
    pub(super) fn reply(&mut self, from_the_newest: usize, outcome: Outcome) {
        let Some(place) = self.tickets.len().checked_sub(from_the_newest + 1) else { return };
        let ticket = self.tickets[place];
        let before = self.machine.screen().clone();
        let late = !ticket.purpose.is_background() && ![self.awaited, self.looking].contains(&Some(place));
        for waiting in [&mut self.awaited, &mut self.looking] {
            waiting.take_if(|waiting| *waiting == place);
        }
        let did = self.happen(Event::Replied { ticket, outcome });
        assert!(!late || (!did && *self.machine.screen() == before), "a late answer did something: {ticket:?}");
    }

    /// The authenticator that was asked, if one was, answers or does not; also when nobody wants to know.
    pub(super) fn authenticator(&mut self, outcome: Result<Credential, CredentialError>) {
        if let Some(ticket) = self.asking.take() {
            self.happen(Event::Credential { ticket, outcome });
        } else if let Some(ticket) = self.given_up.take() {
            let before = self.machine.screen().clone();
            let did = self.happen(Event::Credential { ticket, outcome });
            assert!(!did && *self.machine.screen() == before, "a key that answered late did something");
        }
    }

    /// Duo signs or fails, whenever it was asked.
    pub(super) fn duo(&mut self, signs: bool) {
        if let Some(ticket) = self.duo.take() {
            let signature = signs.then(|| DuoSignature::new(self.fresh("secret")));
            self.happen(Event::Duo { ticket, signature });
        }
    }

    pub(super) fn step(&self) -> String {
        transcript::name(&self.machine.screen().step)
    }

    /// Time passes; what is due on the way happens.
    pub(super) fn pass(&mut self, millis: u64) {
        let end = self.now + millis;
        while let Some(due) = self.due.take_if(|due| *due <= end) {
            self.now = due.max(self.now);
            self.handle(Event::Elapsed);
        }
        self.now = end;
    }

    pub(super) fn cancel_leads_to_the_start(&mut self) {
        self.handle(Event::User(Intent::Cancel));
        let screen = self.machine.screen();
        assert!(matches!(screen.step, Step::Start(_)) && !screen.busy, "{screen:?}");
    }

    pub(super) fn handle(&mut self, event: Event) {
        self.happen(event);
    }

    /// Lets it happen, and looks; returns whether anything had to be done.
    fn happen(&mut self, event: Event) -> bool {
        let told = format!("{event:?}");
        let before = self.machine.screen().clone();
        let token_before = before.step.envelope().and_then(|envelope| envelope.state_token.clone());
        let submits = match &event {
            Event::User(intent) => {
                use Intent::{Back, Cancel, Choose, CopyKey, OpenRecovery, Touch};
                !matches!(intent, Back | Cancel | Choose(_) | CopyKey | OpenRecovery { .. } | Touch)
            }
            _ => false,
        };
        let effects = self.machine.handle(event, self.now);

        let did = !effects.is_empty();
        if submits && before.busy {
            assert!(effects.is_empty(), "something was submitted twice: {told}");
        }
        for effect in effects {
            // A reply may bring the token that the next request has.
            let token_after = self.machine.screen().step.envelope().and_then(|envelope| envelope.state_token.clone());
            let newest =
                [&token_before, &token_after].map(|token| token.as_ref().map(|token| token.expose().to_owned()));
            self.deed(effect, &newest, &told);
        }
        self.shown(&told);
        did
    }

    fn deed(&mut self, effect: Effect, newest: &[Option<String>], told: &str) {
        match effect {
            Effect::Send { ticket, request } => {
                self.tickets.push(ticket);
                self.request(&request, newest, told);
                if ticket.purpose == Purpose::Poll {
                    let hurries = self.looked_at.is_some_and(|looked_at| self.now < looked_at + 500);
                    assert!(!hurries, "the org is hammered: {told}");
                    self.looked_at = Some(self.now);
                    assert!(self.looking.is_none() && self.awaited.is_none(), "a look beside another request: {told}");
                    self.looking = Some(self.tickets.len() - 1);
                } else if !ticket.purpose.is_background() {
                    self.looked_at = None;
                    assert!(self.awaited.is_none(), "two requests at a time: {told}");
                    self.awaited = Some(self.tickets.len() - 1);
                }
            }
            Effect::Abort => {
                self.given_up = self.asking.take().or(self.given_up);
                (self.awaited, self.looking) = (None, None);
            }
            Effect::AskAuthenticator { ticket, .. } => self.asking = Some(ticket),
            Effect::AskDuo { ticket, script, .. } => {
                assert!(script.starts_with(&format!("{ORG}/")), "{script}");
                self.duo = Some(ticket);
            }
            Effect::HandOn => panic!("this bundle has every screen: {told}"),
            Effect::Wait { millis } => self.due = Some(self.now + Millis::from(millis)),
            Effect::Navigate(navigation) => {
                let url = navigation.url();
                match navigation {
                    Navigation::Org(_) => assert!(url.starts_with(&format!("{ORG}/")), "{url}"),
                    Navigation::Onward(_) => assert_eq!(url, "https://app.example/?a=1&b=2"),
                    Navigation::SessionCookie { method, .. } => {
                        assert!(url.starts_with(&format!("{ORG}/login/sessionCookieRedirect")), "{url}");
                        assert_eq!(url.contains("secret"), method == RedirectMethod::Get, "{url}");
                    }
                }
            }
            Effect::KeepUsername(kept) => assert!(kept.is_none_or(|kept| !kept.contains("secret"))),
            _ => {}
        }
    }

    fn request(&mut self, request: &Request, newest: &[Option<String>], told: &str) {
        let url = request.url();
        assert!(url.starts_with(&format!("{ORG}/api/v1/")), "a request left the org: {url}");
        assert!(!url.contains("secret"), "a secret in an address: {url}");
        assert!(!url.contains("/.."), "a request leaves the API by the back door: {url}");
        match request.body() {
            Body::None => {}
            Body::Form(body) => {
                for (name, text) in body.split('&').filter_map(|field| field.split_once('=')) {
                    self.told(name, text, url, newest, told);
                }
            }
            Body::Json(body) => self.members(body, url, newest, told),
        }
    }

    fn members(&mut self, body: &Wire, url: &str, newest: &[Option<String>], told: &str) {
        for (name, value) in body.members() {
            match value {
                Wire::Text(text) => self.told(name, text, url, newest, told),
                inner => self.members(inner, url, newest, told),
            }
        }
    }

    /// One member of a request: tokens are the newest ones, and what was typed goes out once.
    fn told(&mut self, name: &str, text: &str, url: &str, newest: &[Option<String>], told: &str) {
        match name {
            "stateToken" if text == GIVEN_TOKEN => assert_eq!(url, format!("{ORG}/api/v1/authn"), "{told}"),
            "stateToken" => assert!(newest.contains(&Some(text.to_owned())), "an old token was sent: {told}"),
            "recoveryToken" | "token" => {
                assert!(self.recovery_tokens.iter().any(|token| token == text), "{name}: {told}");
            }
            _ if text.contains("secret") => {
                assert!(!self.typed.iter().any(|typed| typed == text), "{name} was sent twice: {told}");
                self.typed.push(text.to_owned());
            }
            _ => {}
        }
    }

    /// Promises about what stands on the screen now.
    fn shown(&self, told: &str) {
        let screen = self.machine.screen();
        assert_eq!(
            screen.busy,
            self.awaited.is_some() || self.asking.is_some(),
            "busy without a request, or the other way round: {told}"
        );
        let counts = screen.resend_in.is_some() || screen.paused_for.is_some();
        assert!(!counts || self.due.is_some(), "a countdown that nobody drives: {told}");

        let token = screen.step.envelope().and_then(|envelope| envelope.state_token.as_ref());
        let body = token.and_then(|token| self.bodies.get(token.expose()));
        for relation in ["next", "prev", "cancel", "skip", "resend", "original", "unlock", "verify"] {
            let published = body.is_some_and(|body| !body["_links"][relation].is_null());
            assert!(published || !screen.step.offers(relation), "{relation} is offered without a link: {told}");
        }
        let debug = format!("{:?}", self.machine);
        assert!(!debug.contains("secret-"), "a secret in a debug text: {debug}");
    }
}
