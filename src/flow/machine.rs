//! The machine: the product in one table. [`Machine::handle`] takes an event and the time, changes the
//! [`Screen`], and returns what must be done. Never here: the rules of one sub-flow; those are in
//! `primary`, `session`, `verify`, `enroll` and `failure` beside this file.

use super::countdown::Countdown;
use super::effect::{Effect, HandOver, Navigation};
use super::event::{Event, Intent, Purpose, Ticket};
use super::notice::{Notice, NoticeKind, Retry};
use super::session::Probe;
use super::settings::{AfterSuccess, Settings};
use super::step::{MfaEnroll, MfaEnrollActivate, Start, Step};
use crate::authn::{
    Answer, Envelope, Factor, Link, Millis, Request, State, StateToken, Transaction, TransportError, UntrustedLink,
};
use std::rc::Rc;

/// Everything a view may know.
#[derive(Clone, Debug, PartialEq)]
pub struct Screen {
    /// What is asked or shown.
    pub step: Step,
    /// Grows with every new step: views are mounted anew, and focus moves. 0 is the page's first step.
    pub number: u32,
    /// A request is under way; nothing else can be submitted.
    pub busy: bool,
    /// What must be told.
    pub notice: Option<Notice>,
    /// Grows with every new notice, so that the same one twice is announced twice.
    pub notice_number: u32,
    /// Grows whenever a typed secret was refused and its field must be emptied.
    pub refusals: u32,
    /// Seconds until a code may be sent again.
    pub resend_in: Option<u32>,
    /// Seconds until anything may be submitted again.
    pub paused_for: Option<u32>,
    /// What the person last chose for "remember this device".
    pub remember_device: Option<bool>,
}

/// Decides what happens next. See [`Machine::handle`].
#[derive(Debug)]
pub struct Machine {
    pub(super) settings: Settings,
    pub(super) screen: Screen,
    pub(super) probe: Probe,
    pub(super) now: Millis,
    pub(super) username: String,
    pub(super) keep_username: bool,
    pub(super) touched: bool,
    /// The factor to choose once `prev` led back to the list.
    pub(super) then_choose: Option<Factor>,
    /// What Retry repeats. Never holds anything that was typed.
    pub(super) repeat: Option<Intent>,
    /// What happens when the old session is closed.
    pub(super) after_close: Option<Effect>,
    pub(super) resend: Countdown,
    pub(super) pause: Countdown,
    /// Rate limits met in a row.
    pub(super) strikes: u32,
    generation: u32,
    effects: Vec<Effect>,
}

impl Machine {
    /// A machine that shows the start form and waits for [`Event::Begin`].
    pub fn new(settings: Settings) -> Self {
        let username = settings.username.clone().unwrap_or_default();
        Self {
            screen: Screen {
                step: Step::Start(Rc::new(Start { username: username.clone(), remembered: false })),
                number: 0,
                busy: false,
                notice: None,
                notice_number: 0,
                refusals: 0,
                resend_in: None,
                paused_for: None,
                remember_device: None,
            },
            settings,
            probe: Probe::Unknown,
            now: 0,
            username,
            keep_username: false,
            touched: false,
            then_choose: None,
            repeat: None,
            after_close: None,
            resend: Countdown::default(),
            pause: Countdown::default(),
            strikes: 0,
            generation: 0,
            effects: Vec::new(),
        }
    }

    /// What to show.
    pub fn screen(&self) -> &Screen {
        &self.screen
    }

    /// Takes one event at the time `now` and returns what must be done, in order.
    ///
    /// | event | on | leads to |
    /// |---|---|---|
    /// | `Begin`, `Restored` | any | start form; the session is looked up beside it |
    /// | `SignIn` | start | name and password are sent |
    /// | `Continue`, `SignOut` | session | onward; start form |
    /// | `Choose` | factor list, challenge | that factor; from a challenge by way of `prev` |
    /// | `SendCode`, `Resend` | factor, challenge | a code is sent |
    /// | `Prove` | factor, challenge | the proof is sent |
    /// | `Enroll`, `Activate`, `Skip` | enrolment | the request is sent |
    /// | `CopyKey`, then `Copied` | enrolment | the key is on the clipboard, and a word says so |
    /// | `Back` | any with `prev` | the state before, by the org's word |
    /// | `Cancel` | any | start form at once; the org is told |
    /// | `Retry` | a notice that offers it | the same again |
    /// | `Replied` | the newest request | the answer's step, or a notice |
    /// | `Replied` | an older request | nothing |
    /// | `Elapsed` | a countdown | one second less |
    pub fn handle(&mut self, event: Event, now: Millis) -> Vec<Effect> {
        self.now = now;
        match event {
            Event::Begin { remembered } | Event::Restored { remembered } => self.begin(remembered),
            Event::User(intent) => self.intend(intent),
            Event::Replied { ticket, outcome } => self.replied(ticket, outcome),
            Event::Elapsed => self.elapsed(),
            Event::Copied => self.key_copied(),
        }
        self.screen.resend_in = self.resend.seconds;
        self.screen.paused_for = self.pause.seconds;
        std::mem::take(&mut self.effects)
    }

    fn intend(&mut self, intent: Intent) {
        let leaves =
            matches!(intent, Intent::Back | Intent::Cancel | Intent::Choose(_) | Intent::Touch | Intent::CopyKey);
        if !leaves && (self.screen.busy || self.pause.seconds.is_some()) {
            return;
        }
        match intent {
            Intent::SignIn { username, password, keep_username } => self.sign_in(&username, &password, keep_username),
            Intent::Touch => self.touched = true,
            Intent::Continue => self.continue_session(),
            Intent::SignOut => self.sign_out(),
            Intent::Choose(place) => self.choose(place),
            Intent::SendCode { remember_device } => self.send_code(remember_device),
            Intent::Resend => self.resend_code(),
            Intent::Prove { proof, remember_device } => self.prove(proof, remember_device),
            Intent::Enroll(place) => self.enroll(place),
            Intent::Activate(passcode) => self.activate(&passcode),
            Intent::CopyKey => self.copy_key(),
            Intent::Skip => self.follow("skip", Intent::Skip),
            Intent::Back => self.follow("prev", Intent::Back),
            Intent::Cancel => self.cancel(),
            Intent::Retry => self.try_again(),
        }
    }

    fn replied(&mut self, ticket: Ticket, outcome: Result<Answer, TransportError>) {
        match ticket.purpose {
            Purpose::Farewell => return,
            Purpose::Session => return self.session_found(outcome),
            // Older than what is awaited, or answered already.
            _ if ticket.generation != self.generation || !self.screen.busy => return,
            _ => self.screen.busy = false,
        }
        match ticket.purpose {
            Purpose::SignOut => self.signed_out(outcome),
            Purpose::Replace => self.session_replaced(),
            purpose => match outcome.map(Answer::into_transaction) {
                Ok(Ok(transaction)) => self.enter(transaction, purpose),
                Ok(Err(error)) => self.fail(error, purpose),
                Err(error) => self.fail_transport(error),
            },
        }
    }

    /// The org's answer decides the step.
    fn enter(&mut self, transaction: Transaction, purpose: Purpose) {
        self.strikes = 0;
        let Transaction { envelope, state } = transaction;
        match state {
            State::MfaRequired { factors, remember_device } => self.mfa_required(envelope, factors, remember_device),
            State::MfaChallenge { factor, remember_device } => {
                self.mfa_challenge(envelope, *factor, remember_device, purpose);
            }
            State::MfaEnroll { factors } => self.show(Step::MfaEnroll(Rc::new(MfaEnroll { envelope, factors }))),
            State::MfaEnrollActivate { factor } => {
                let qrcode = factor.activation.as_ref().and_then(|activation| activation.qrcode.as_ref());
                let qrcode = qrcode.and_then(|link| self.settings.org.admit_image(link).ok());
                let step = MfaEnrollActivate { envelope, factor: *factor, qrcode };
                self.show(Step::MfaEnrollActivate(Rc::new(step)));
            }
            State::LockedOut => self.start_over(Some(NoticeKind::LockedOut)),
            State::Success { session_token: Some(token) } => self.succeed(envelope, token),
            State::Success { session_token: None } | State::Other => self.show(Step::Unsupported(Rc::new(envelope))),
        }
    }

    fn succeed(&mut self, envelope: Envelope, token: crate::authn::SessionToken) {
        let onward = match &self.settings.after_success {
            AfterSuccess::SessionCookie { redirect_url, method } => Effect::Navigate(Navigation::SessionCookie {
                org: self.settings.org.clone(),
                token,
                redirect_url: redirect_url.clone(),
                method: *method,
            }),
            AfterSuccess::HandOver => Effect::HandOver(HandOver::SignedIn {
                session_token: token,
                expires_at: envelope.expires_at,
                user: envelope.user,
            }),
        };
        self.leave(onward);
    }

    /// Shows a new step; what was under way belongs to the old one.
    pub(super) fn show(&mut self, step: Step) {
        self.screen.step = step;
        self.screen.number += 1;
        self.screen.notice = None;
        self.resend = Countdown::default();
        self.then_choose = None;
    }

    /// Back to the start form, with the user name kept and, if need be, a word why.
    pub(super) fn start_over(&mut self, why: Option<NoticeKind>) {
        self.stop();
        self.screen.remember_device = None;
        self.show(self.start());
        if let Some(kind) = why {
            self.notify(Notice::of(kind));
        }
    }

    pub(super) fn start(&self) -> Step {
        Step::Start(Rc::new(Start { username: self.username.clone(), remembered: self.keep_username }))
    }

    pub(super) fn notify(&mut self, notice: Notice) {
        self.screen.notice = Some(notice);
        self.screen.notice_number += 1;
    }

    pub(super) fn ask_for(&mut self, field: super::notice::FieldName) {
        self.notify(Notice::of(NoticeKind::Missing(field)));
    }

    /// Ends what is under way: its answer will do nothing.
    pub(super) fn stop(&mut self) {
        self.generation += 1;
        if self.screen.busy {
            self.screen.busy = false;
            self.effects.push(Effect::Abort);
        }
    }

    pub(super) fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// Sends a request in the name of the person. `repeat` is what Retry does if it fails; none where the
    /// form holds what was typed and is submitted again instead.
    pub(super) fn send(&mut self, purpose: Purpose, request: Request, repeat: Option<Intent>) {
        if !purpose.is_background() {
            self.stop();
            self.screen.busy = true;
            self.screen.notice = None;
            self.then_choose = None;
            self.repeat = repeat;
        }
        let ticket = Ticket { generation: self.generation, purpose };
        self.effects.push(Effect::Send { ticket, request });
    }

    /// Sends a request that follows a link, or says why that link is not followed.
    pub(super) fn send_if_trusted(
        &mut self,
        purpose: Purpose,
        request: Result<Request, UntrustedLink>,
        repeat: Option<Intent>,
    ) {
        match request {
            Ok(request) => self.send(purpose, request, repeat),
            Err(UntrustedLink { target }) => self.notify(Notice::of(NoticeKind::UntrustedLink { target })),
        }
    }

    /// The present step's link of that relation, with the token to follow it.
    pub(super) fn link(&self, relation: &str) -> Option<(Link, StateToken)> {
        let envelope = self.screen.step.envelope()?;
        Some((envelope.links.get(relation)?.clone(), envelope.state_token.clone()?))
    }

    /// Follows a link that needs nothing but the token. Without the link, nothing: there was no button.
    pub(super) fn follow(&mut self, relation: &str, intent: Intent) {
        if let Some((link, token)) = self.link(relation) {
            let request = Request::follow(&self.settings.org, &link, &token);
            self.send_if_trusted(Purpose::Transaction, request, Some(intent));
        }
    }

    /// Leaves at once. The org is told where it offers that, and its answer does not matter.
    fn cancel(&mut self) {
        if let Some((link, token)) = self.link("cancel")
            && let Ok(request) = Request::follow(&self.settings.org, &link, &token)
        {
            self.send(Purpose::Farewell, request, None);
        }
        self.start_over(None);
    }

    pub(super) fn wait(&mut self) {
        self.effects.push(Effect::Wait { millis: 1_000 });
    }

    fn elapsed(&mut self) {
        let resend = self.resend.tick(self.now);
        let was_paused = self.pause.seconds.is_some();
        let pause = self.pause.tick(self.now);
        let pause_is_over = was_paused && !pause;
        if pause_is_over && self.screen.notice.as_ref().is_some_and(|notice| notice.kind == NoticeKind::RateLimited) {
            self.screen.notice = None;
        }
        if resend || pause {
            self.wait();
        }
    }

    /// Whether Retry repeats what the machine remembers, or submits the form, where the step has one.
    pub(super) fn retry(&self) -> Retry {
        match &self.screen.step {
            _ if self.repeat.is_some() => Retry::Again,
            Step::Session(_) | Step::MfaEnroll(_) | Step::Unsupported(_) => Retry::No,
            _ => Retry::Form,
        }
    }

    fn try_again(&mut self) {
        let offered = self.screen.notice.as_ref().is_some_and(|notice| notice.retry == Retry::Again);
        if let Some(intent) = self.repeat.take().filter(|_| offered) {
            self.intend(intent);
        }
    }
}
