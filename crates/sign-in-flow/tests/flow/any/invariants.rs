//! A machine that is watched: after every event, the promises of `sign_in_flow` are compared with what was requested,
//! what was answered, and what is shown. Not here: which events happen.

use crate::harness::T0;
use crate::responses::{ORG, Outcome};
use crate::transcript::{self, Shown};
use okta_authn::request::Body;
use okta_authn::secret::live_secrets;
use okta_authn::wire::Value as Wire;
use okta_authn::{Credential, CredentialError, DuoSignature, Millis, Request};
use serde_json::{Value, json};
use sign_in_flow::effect::DeviceEffect;
use sign_in_flow::{
    Effect, Event, Intent, Navigation, Purpose, RedirectMethod, Retry, Settings, SignInMachine, SignInResult,
    StartStep, Step, Ticket,
};
use std::collections::HashMap;

/// The token a page was opened with.
pub(super) const GIVEN_TOKEN: &str = "secret-given";

pub(super) struct Watched {
    machine: SignInMachine,
    now: Millis,
    /// When an `Elapsed` is due.
    due: Option<Millis>,
    tickets: Vec<Ticket>,
    /// Place of the request in the foreground whose answer is awaited.
    awaited: Option<usize>,
    /// Place of the poll that is under way. Nobody is kept waiting for it.
    polling: Option<usize>,
    /// What an authenticator is asked for.
    asking: Option<Ticket>,
    /// What one was asked for before: its answer comes too late.
    given_up: Option<Ticket>,
    /// What Duo was asked for last.
    duo: Option<Ticket>,
    /// When the last poll was sent, unless something else was sent since.
    polled_at: Option<Millis>,
    /// Recovery tokens that the org handed out.
    recovery_tokens: Vec<String>,
    /// Bodies by the state token they brought.
    bodies: HashMap<String, Value>,
    made: u32,
    /// Everything typed that was sent.
    typed: Vec<String>,
    /// The secrets that the settings hold.
    secrets: isize,
    /// The person did something for the sign-in on this page, or it did not begin with a link.
    has_acted: bool,
}

impl Watched {
    pub(super) fn new(settings: Settings) -> Self {
        let secrets = live_secrets();
        let has_acted = settings.resume.is_none();
        let machine = SignInMachine::new(settings, None);
        Self {
            has_acted,
            machine,
            now: T0,
            due: None,
            tickets: Vec::new(),
            awaited: None,
            polling: None,
            asking: None,
            given_up: None,
            duo: None,
            polled_at: None,
            recovery_tokens: vec![GIVEN_TOKEN.to_owned()],
            bodies: HashMap::new(),
            made: 0,
            typed: Vec::new(),
            secrets,
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

    /// The person wants something. A Retry that is offered does something.
    pub(super) fn intend(&mut self, intent: Intent) {
        let before = self.shown();
        let offered = before.screen.notice.as_ref().is_some_and(|notice| notice.retry == Retry::Again);
        let counts = intent == Intent::Retry && offered && !before.screen.busy && before.screen.paused_for.is_none();
        let did = self.happen(Event::User(intent));
        assert!(!counts || did || self.shown() != before, "a Retry that does nothing: {before:?}");
    }

    /// A request ends, counted from the newest, unless there were fewer.
    pub(super) fn reply(&mut self, from_the_newest: usize, outcome: Outcome) {
        let Some(place) = self.tickets.len().checked_sub(from_the_newest + 1) else { return };
        let ticket = self.tickets[place];
        let before = self.shown();
        let late = !ticket.purpose.is_background() && ![self.awaited, self.polling].contains(&Some(place));
        for waiting in [&mut self.awaited, &mut self.polling] {
            waiting.take_if(|waiting| *waiting == place);
        }
        let did = self.happen(Event::Replied { ticket, outcome });
        assert!(!late || (!did && self.shown() == before), "a late answer did something: {ticket:?}");
    }

    /// The authenticator that was asked, if one was, answers or does not; also when nobody wants to know.
    pub(super) fn authenticator(&mut self, outcome: Result<Credential, CredentialError>) {
        if let Some(ticket) = self.asking.take() {
            self.happen(Event::Credential { ticket, outcome });
        } else if let Some(ticket) = self.given_up.take() {
            let before = self.shown();
            let did = self.happen(Event::Credential { ticket, outcome });
            assert!(!did && self.shown() == before, "a key that answered late did something");
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
        transcript::name(self.machine.step())
    }

    fn shown(&self) -> Shown {
        let screen = self.machine.screen();
        Shown::new(screen, transcript::step(self.machine.step(), screen))
    }

    fn is_at_start(&self) -> bool {
        matches!(self.machine.step(), Step::Start(StartStep::Form(_)))
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
        assert!(self.is_at_start() && !screen.busy, "{screen:?}");
    }

    pub(super) fn handle(&mut self, event: Event) {
        self.happen(event);
    }

    /// Lets it happen and checks; returns whether anything had to be done.
    fn happen(&mut self, event: Event) -> bool {
        let told = format!("{event:?}");
        let before = self.shown();
        let token_before = self.machine.screen().state_token().map(|token| token.expose().to_owned());
        self.has_acted |= match &event {
            Event::User(Intent::Edit | Intent::Retry | Intent::Resume | Intent::KeepWaiting) => false,
            Event::User(_) | Event::Credential { .. } | Event::Duo { .. } => true,
            _ => false,
        };
        let submits = match &event {
            Event::User(intent) => {
                use Intent::{Back, BrowserBack, Cancel, ChangeUser, Choose, CopyKey, Edit, OpenRecovery};
                let submits_nothing = matches!(
                    intent,
                    Back | BrowserBack | Cancel | ChangeUser | Choose(_) | CopyKey | OpenRecovery { .. } | Edit
                );
                !submits_nothing
            }
            _ => false,
        };
        let mut effects = self.machine.handle(event, self.now);
        effects.retain(|effect| match effect {
            Effect::Tell(event) => {
                let event = format!("{event:?}");
                assert!(!event.contains("secret"), "the page is told a secret: {event}");
                false
            }
            _ => true,
        });
        let did = !effects.is_empty();
        if submits && before.screen.busy {
            assert!(effects.is_empty(), "something was submitted twice: {told}");
        }
        for effect in effects {
            // A reply may bring the token that the next request has.
            let token_after = self.machine.screen().state_token().map(|token| token.expose().to_owned());
            let newest = [token_before.clone(), token_after];
            self.effect(effect, &newest, &told);
        }
        self.check_screen(&told);
        did
    }

    fn effect(&mut self, effect: Effect, newest: &[Option<String>], told: &str) {
        match effect {
            Effect::Send { ticket, request } => {
                self.tickets.push(ticket);
                self.request(&request, newest, told);
                if ticket.purpose == Purpose::Poll {
                    let hurries = self.polled_at.is_some_and(|polled_at| self.now < polled_at + 500);
                    assert!(!hurries, "polls follow each other too fast: {told}");
                    self.polled_at = Some(self.now);
                    assert!(self.polling.is_none() && self.awaited.is_none(), "a poll beside another request: {told}");
                    self.polling = Some(self.tickets.len() - 1);
                } else if !ticket.purpose.is_background() {
                    self.polled_at = None;
                    assert!(self.awaited.is_none(), "two requests at a time: {told}");
                    self.awaited = Some(self.tickets.len() - 1);
                }
            }
            Effect::Abort => {
                self.given_up = self.asking.take().or(self.given_up);
                (self.awaited, self.polling) = (None, None);
            }
            Effect::Device(effect) => match *effect {
                DeviceEffect::AskAuthenticator { ticket, .. } => self.asking = Some(ticket),
                DeviceEffect::AskDuo { ticket, script, .. } => {
                    assert!(script.starts_with(&format!("{ORG}/")), "{script}");
                    self.duo = Some(ticket);
                }
                DeviceEffect::Copy(_) | DeviceEffect::CallPage { .. } => {}
                DeviceEffect::LoadTokens { .. } | DeviceEffect::Tokens { .. } => {
                    panic!("nobody has asked for tokens: {told}")
                }
            },
            Effect::HandOff(_) | Effect::ReturnToStart(_) => panic!("the machines are joined: {told}"),
            Effect::Wait { millis } => self.due = Some(self.now + Millis::from(millis)),
            Effect::Navigate(navigation) => {
                let url = navigation.url();
                match navigation {
                    Navigation::Org(_) => assert!(url.starts_with(&format!("{ORG}/")), "{url}"),
                    Navigation::Tokens(_) => panic!("nobody has asked for tokens: {told}"),
                    Navigation::Provider(_) => assert_eq!(url, format!("{ORG}/sso/idps/0oa1")),
                    Navigation::Redirect(_) => assert_eq!(url, "https://app.example/?a=1&b=2"),
                    Navigation::SessionCookie { method, .. } => {
                        let path = match method {
                            RedirectMethod::SignOutFirst => "signout?fromURI=%2Flogin%2F",
                            _ => "",
                        };
                        assert!(url.starts_with(&format!("{ORG}/login/{path}sessionCookieRedirect")), "{url}");
                        assert_eq!(url.contains("secret"), method != RedirectMethod::Post, "{url}");
                        assert!(self.has_acted, "a link signed somebody in: {told}");
                    }
                }
            }
            Effect::RememberUsername(kept) => assert!(kept.is_none_or(|kept| !kept.contains("secret"))),
            Effect::Complete(result) => {
                let is_new = matches!(result, SignInResult::SignedIn { .. });
                assert!(!is_new || self.has_acted, "a link signed somebody in: {told}");
            }
            Effect::Report(_) | Effect::Tell(_) => {}
        }
    }

    fn request(&mut self, request: &Request, newest: &[Option<String>], told: &str) {
        let url = request.url();
        if let Some(query) = url.strip_prefix(&format!("{ORG}/.well-known/webfinger?")) {
            // The state token is the context, as the org wants it.
            let (asked, context) = query.split_once("&requestContext=").unwrap_or((query, ""));
            assert_eq!(asked, "resource=okta%3Aacct%3Ajeff", "{told}");
            let is_newest = newest.iter().flatten().any(|token| token == context);
            assert!(is_newest || !context.contains("secret"), "an old token was sent: {told}");
            return;
        }
        assert!(url.starts_with(&format!("{ORG}/api/v1/")), "a request left the org: {url}");
        assert!(!url.contains("secret"), "a secret in an address: {url}");
        assert!(!url.contains("/.."), "a request leaves the API by its path: {url}");
        match request.body() {
            Body::None | Body::NoneWithoutCookies => {}
            Body::Form(body) => {
                for (name, text) in body.split('&').filter_map(|field| field.split_once('=')) {
                    self.check_member(name, text, url, newest, told);
                }
            }
            Body::Json(body) => self.members(body, url, newest, told),
        }
    }

    fn members(&mut self, body: &Wire, url: &str, newest: &[Option<String>], told: &str) {
        for (name, value) in body.members() {
            match value {
                Wire::Text(text) => self.check_member(name, text, url, newest, told),
                inner => self.members(inner, url, newest, told),
            }
        }
    }

    /// One member of a request: tokens are the newest ones, and what was typed goes out once.
    fn check_member(&mut self, name: &str, text: &str, url: &str, newest: &[Option<String>], told: &str) {
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

    /// Promises about what is shown now.
    fn check_screen(&self, told: &str) {
        let screen = self.machine.screen();
        assert_eq!(
            screen.busy,
            self.awaited.is_some() || self.asking.is_some(),
            "busy without a request, or the other way round: {told}"
        );
        let counts = screen.resend_in.is_some() || screen.paused_for.is_some();
        assert!(!counts || self.due.is_some(), "a countdown without a timer: {told}");

        let token = screen.state_token();
        let body = token.and_then(|token| self.bodies.get(token.expose()));
        for relation in ["next", "prev", "cancel", "skip", "resend", "original", "unlock", "verify"] {
            let published = body.is_some_and(|body| !body["_links"][relation].is_null());
            assert!(published || !screen.offers(relation), "{relation} is offered without a link: {told}");
        }
        if self.is_at_start() && screen.transaction.is_none() {
            assert_eq!(live_secrets(), self.secrets, "the start form, but secrets of a sign-in are left: {told}");
        }
        let debug = format!("{:?}", self.machine);
        assert!(!debug.contains("secret-"), "a secret in a debug text: {debug}");
    }
}
