//! A machine that is watched: after every event the promises of `flow` are compared with what was asked
//! for, what was answered, and what is shown.

use crate::answers::{ORG, Outcome};
use crate::stage::DAWN;
use crate::transcript;
use okta_authn_widget::authn::request::Body;
use okta_authn_widget::authn::wire::Value as Wire;
use okta_authn_widget::authn::{Credential, CredentialError, Millis, Request};
use okta_authn_widget::flow::{
    Effect, Event, Intent, Machine, Navigation, Purpose, RedirectMethod, Settings, Step, Ticket,
};
use serde_json::{Value, json};
use std::collections::HashMap;

pub(super) struct Watched {
    machine: Machine,
    now: Millis,
    waits: bool,
    tickets: Vec<Ticket>,
    /// Place of the request in the foreground whose answer is awaited.
    awaited: Option<usize>,
    /// Place of the look at a waiting challenge that is under way. Nobody is kept waiting for it.
    looking: Option<usize>,
    /// What an authenticator is asked for.
    asking: Option<Ticket>,
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
            waits: false,
            tickets: Vec::new(),
            awaited: None,
            looking: None,
            asking: None,
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
        for member in ["stateToken", "sessionToken"] {
            if body[member] == json!("") {
                let token = self.fresh("secret");
                body[member] = json!(token);
                self.bodies.insert(token, body.clone());
            }
        }
        body
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

    /// The authenticator that was asked, if one was, answers or does not.
    pub(super) fn authenticator(&mut self, outcome: Result<Credential, CredentialError>) {
        if let Some(ticket) = self.asking.take() {
            self.happen(Event::Credential { ticket, outcome });
        }
    }

    pub(super) fn step(&self) -> String {
        transcript::name(&self.machine.screen().step)
    }

    pub(super) fn pass(&mut self, millis: u64) {
        self.now += millis;
        if std::mem::take(&mut self.waits) {
            self.handle(Event::Elapsed);
        }
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
                !matches!(intent, Intent::Back | Intent::Cancel | Intent::Choose(_) | Intent::CopyKey | Intent::Touch)
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
                    assert!(self.looking.is_none() && self.awaited.is_none(), "a look beside another request: {told}");
                    self.looking = Some(self.tickets.len() - 1);
                } else if !ticket.purpose.is_background() {
                    assert!(self.awaited.is_none(), "two requests at a time: {told}");
                    self.awaited = Some(self.tickets.len() - 1);
                }
            }
            Effect::Abort => (self.awaited, self.looking, self.asking) = (None, None, None),
            Effect::AskAuthenticator { ticket, .. } => self.asking = Some(ticket),
            Effect::AskDuo { script, .. } => assert!(script.starts_with(&format!("{ORG}/")), "{script}"),
            Effect::Wait { .. } => self.waits = true,
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
        let Body::Json(body) = request.body() else { return };
        for (name, value) in body.members() {
            let Wire::Text(text) = value else { continue };
            if name == "stateToken" {
                assert!(newest.contains(&Some(text.clone())), "an old token was sent: {told}");
            } else if text.contains("secret") {
                assert!(!self.typed.contains(text), "{name} was sent twice: {told}");
                self.typed.push(text.clone());
            }
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
        assert!(!counts || self.waits, "a countdown that nobody drives: {told}");

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
