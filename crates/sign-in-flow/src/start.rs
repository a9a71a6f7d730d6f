//! The start machine: the form for user name and password, the session that exists already, and the request to sign
//! in. Of the response it handles what ends the sign-in or returns to the form; everything else is handed off to the
//! [`TransactionMachine`](crate::TransactionMachine). Not here: any other step.

mod session;

pub use session::SessionLookup;

use crate::core::Core;
use crate::effect::{Effect, Navigation};
use crate::event::{Event, Intent, RegistrationIntent};
use crate::failure::{FailureContext, Meaning, Verdict, general};
use crate::handoff::{Handoff, HandoffTo, ReturnToStart};
use crate::leaving::{Ending, Leaving};
use crate::notice::{FieldName, Notice, NoticeKind};
use crate::screen::Screen;
use crate::settings::{Resume, Settings};
use crate::sign_in_event::{Failure, RESUMING};
use crate::ticket::{Purpose, Ticket};
use crate::timers::Elapsed;
use okta_authn::{
    ApiError, AuthnError, Envelope, ErrorCode, Millis, Password, PrimaryResponse, Request, Response, Session,
    SessionToken, TransportError,
};
use std::rc::Rc;

/// A step of the start machine.
#[derive(Clone, Debug, PartialEq)]
pub enum StartStep {
    /// Asks for user name and password.
    Form(StartForm),
    /// Somebody is signed in already.
    Session(Session),
    /// Resumes a transaction that began elsewhere. Holds what is handed off while the next machine is loaded.
    Resuming(Option<Box<HandoffTo>>),
    /// Signed in; the browser leaves the page.
    Leaving(Leaving),
    /// Signed in; the page's own code has the result.
    SignedIn,
    /// A response that cannot be followed.
    Unsupported,
}

/// Data of [`StartStep::Form`].
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "they are independent of each other")]
pub struct StartForm {
    /// User name to start with.
    pub username: String,
    /// Whether that was remembered from last time, so that the box stays ticked.
    pub remembered: bool,
    /// Whether the org asks for the name alone first.
    pub without_password: bool,
    /// Whether a forgotten password can be replaced here.
    pub offers_recovery: bool,
    /// Whether a locked account can be unlocked here.
    pub offers_unlock: bool,
    /// Whether people can register here.
    pub offers_registration: bool,
    /// Whether the person has started to fill it in.
    edited: bool,
    /// What is handed off while the next machine is loaded.
    handoff: Option<Box<HandoffTo>>,
}

/// Decides what happens until the transaction begins. See [`StartMachine::handle`].
#[derive(Debug)]
pub struct StartMachine {
    settings: Rc<Settings>,
    pub(crate) core: Core,
    step: StartStep,
    session: SessionLookup,
    /// The generation of the newest look-up: what an older one finds is outdated.
    looked_up: u32,
    resume: Option<Resume>,
    username: String,
    remember_username: bool,
    /// The org offered to unlock this account.
    may_unlock: bool,
}

impl StartMachine {
    /// A machine that shows the start form, or resumes a transaction, and waits for [`Event::Begin`]. `remembered` is
    /// the user name from last time.
    pub fn new(settings: Rc<Settings>, remembered: Option<String>) -> Self {
        let mut machine = Self {
            core: Core::default(),
            step: StartStep::Resuming(None),
            session: SessionLookup::Pending,
            looked_up: 0,
            resume: settings.resume.clone(),
            username: String::new(),
            remember_username: false,
            may_unlock: false,
            settings,
        };
        machine.set_username(remembered);
        if machine.resume.is_none() {
            machine.step = StartStep::Form(machine.form());
        }
        machine
    }

    /// What all steps share.
    pub fn screen(&self) -> &Screen {
        &self.core.screen
    }

    /// The present step.
    pub fn step(&self) -> &StartStep {
        &self.step
    }

    /// Takes one event at the time `now`, and returns what must be done, in order.
    ///
    /// Every pair of event and step that the table does not name does nothing.
    ///
    /// | event | step | leads to |
    /// |---|---|---|
    /// | `Begin` | form | the session is looked up; the form stays as it is where something was done already |
    /// | `Begin` | resuming | the org is asked for the transaction; an answer to a request for tokens is handed off |
    /// | `Restored` | form | it stays, with what was typed; the session is looked up again |
    /// | `Restored` | any other | as `Begin` on a new page |
    /// | `SignIn` | form | user name and password are sent; of a name alone, the form asks for the password; a name whose identity provider is not known: handed off |
    /// | `Edit` | form | a session that is found later does not replace the form; a notice about the text is over |
    /// | `Continue` | form, session | the browser leaves with the session that exists; for tokens, handed off |
    /// | `SignOut` | session | the session is closed; form |
    /// | `OpenRecovery`, `Registration(Open)` | form | handed off |
    /// | `Cancel` | any | a new form; the org is told |
    /// | `Retry` | any, with a notice that offers it | the request again |
    /// | `Resume` | form, resuming | handed off, or the org is asked, again |
    /// | `Replied` | form, resuming | SUCCESS: leaving, or handed off where a link led to it or the token is exchanged first; LOCKED_OUT, UNAUTHENTICATED: form; an error: a notice; else handed off |
    /// | `Replied` to a name alone, that the password is missing | form | the form asks for the password |
    /// | `Replied` to the session look-up | form | session, or a notice where the form is being filled in |
    /// | `Replied` to closing the old session | leaving | the browser leaves, or the page's own code is asked |
    /// | `Leave` | leaving, the page's own code was asked | the browser leaves |
    /// | `HandoffFailed` | form, resuming | a notice that offers Retry |
    /// | `Discovered` | form | the form asks for the password, or the name is sent alone; an identity provider: leaving; an error: a notice |
    /// | `Returned` | any | a new form, with the reason |
    /// | `Elapsed` | any | countdowns; the end of a transaction: the org is asked; the end of a pause: resumes again; a browser that does not leave: a notice |
    /// | `Online` | any, with the notice that the device is offline | the notice is over; resumes again |
    /// | `Visibility`, `Online`, `Edit` after a sleep of the device | any | as `Elapsed`, where its time has come |
    /// | `KeepGoing` | form of a transaction that ends soon | the org is asked for the state, which prolongs it |
    /// | `Replied` to that | the same | the form stays as it is; an error: a notice; the end: a new form |
    pub fn handle(&mut self, event: Event, now: Millis) -> Vec<Effect> {
        self.core.set_now(now);
        if let Event::Begin { remembered: Some(_) } | Event::Restored { remembered: Some(_) } = &event
            && !self.settings.remember_me
        {
            self.core.effect(Effect::RememberUsername(None));
        }
        match event {
            Event::Begin { remembered } => self.begin(remembered),
            Event::Restored { remembered } => self.restore(remembered),
            Event::User(intent) => self.intend(intent),
            Event::Replied { ticket, outcome } => self.replied(ticket, outcome),
            Event::HandoffFailed(handoff) => self.handoff_failed(*handoff),
            Event::Returned(returned) => self.returned(*returned),
            Event::Discovered { ticket, outcome } => {
                if self.core.accept(ticket) {
                    self.discovered(outcome);
                }
            }
            Event::Elapsed => self.elapsed(),
            Event::Visibility { visible } => {
                self.core.visibility(visible);
                if visible {
                    self.catch_up();
                }
            }
            Event::Online => {
                if self.core.online() {
                    self.pause_over();
                }
                self.catch_up();
            }
            Event::Leave => {
                if let StartStep::Leaving(leaving) = &mut self.step {
                    leaving.release(&mut self.core);
                }
            }
            Event::Credential { .. }
            | Event::Duo { .. }
            | Event::Copied
            | Event::PageReplied { .. }
            | Event::PageFailed { .. }
            | Event::TokensLoaded { .. }
            | Event::Tokens { .. } => {}
        }
        self.core.finish(self.step.name())
    }

    /// The page's name comes before the one that is kept: the page knows who opens it. The box says whether a name is
    /// kept on this device, also where it is another one.
    fn set_username(&mut self, remembered: Option<String>) {
        let remembered = remembered.filter(|_| self.settings.remember_me);
        self.remember_username = remembered.is_some();
        self.username = self.settings.username.clone().or(remembered).unwrap_or_default();
    }

    fn form(&self) -> StartForm {
        StartForm {
            username: self.username.clone(),
            remembered: self.remember_username,
            without_password: self.settings.without_password
                || self.settings.identifier_first
                || self.settings.discovers,
            offers_recovery: !self.settings.recovery.is_empty(),
            offers_unlock: self.may_unlock || !self.settings.unlock.is_empty(),
            offers_registration: self.settings.offers_registration(),
            edited: false,
            handoff: None,
        }
    }

    /// Whether the form starts with the user name that is known now.
    fn shows_username(&self) -> bool {
        let StartStep::Form(form) = &self.step else { return false };
        form.username == self.username && form.remembered == self.remember_username
    }

    fn begin(&mut self, remembered: Option<String>) {
        let is_new = self.core.screen.step_id == 0 && !self.core.screen.busy && self.core.screen.notice.is_none();
        match &self.step {
            StartStep::Resuming(_) => self.request_resume(),
            StartStep::Form(_) if is_new => {
                self.set_username(remembered);
                if !self.shows_username() {
                    self.core.updated();
                    self.step = StartStep::Form(self.form());
                }
                self.look_up_session();
            }
            // What the person did before the widget was on the page goes on.
            _ => self.look_up_session(),
        }
    }

    fn restore(&mut self, remembered: Option<String>) {
        self.core.stop();
        // A sign-in that an app began goes on: its token is in memory.
        if self.has_form() && self.core.screen.transaction.is_some() {
            return;
        }
        self.set_username(remembered);
        self.session = SessionLookup::Pending;
        if self.resume.is_some() {
            return self.request_resume();
        }
        match &mut self.step {
            StartStep::Form(form) => {
                // The form stays, with what was typed.
                (form.edited, form.handoff) = (false, None);
                self.core.timers.reset();
                if !self.shows_username() {
                    self.show_form(None);
                }
            }
            _ => self.show_form(None),
        }
        self.look_up_session();
    }

    fn show_form(&mut self, transaction: Option<Rc<Envelope>>) {
        self.core.show(transaction);
        self.step = StartStep::Form(self.form());
    }

    /// A new form, and the reason why.
    fn start_over(&mut self, reason: Option<NoticeKind>) {
        self.core.stop();
        self.resume = None;
        self.show_form(None);
        if let Some(kind) = reason {
            self.tell(kind, None);
        }
    }

    /// Tells it over the form, with what the form offers to do about it.
    fn tell(&mut self, kind: NoticeKind, error_id: Option<String>) {
        let offers_unlock = matches!(&self.step, StartStep::Form(form) if form.offers_unlock);
        let kind = match kind {
            NoticeKind::LockedOut { .. } => NoticeKind::LockedOut { may_unlock: offers_unlock },
            NoticeKind::LinkSpent { may_recover } => {
                NoticeKind::LinkSpent { may_recover: may_recover && !self.settings.recovery.is_empty() }
            }
            kind => kind,
        };
        self.core.notify(Notice { error_id, ..Notice::of(kind) });
    }

    fn intend(&mut self, intent: Intent) {
        if !intent.is_allowed_while_busy() && !self.core.accepts_input() {
            return;
        }
        match intent {
            Intent::SignIn { username, password, remember_username } => {
                self.sign_in(&username, &password, remember_username);
            }
            Intent::Edit => {
                self.core.edited();
                if let StartStep::Form(form) = &mut self.step {
                    form.edited = true;
                }
                self.catch_up();
            }
            Intent::Continue => self.continue_session(),
            Intent::SignOut => self.sign_out(),
            Intent::OpenRecovery { recovery, username } => {
                self.leave_form(&username, HandoffTo::Recovery(recovery));
            }
            Intent::Registration(RegistrationIntent::Open { username }) => {
                self.leave_form(&username, HandoffTo::Registration);
            }
            Intent::Cancel => self.cancel(),
            Intent::ChangeUser => {
                self.username.clear();
                self.cancel();
            }
            Intent::Retry => {
                if let Some(intent) = self.core.take_repeat() {
                    self.intend(intent);
                }
            }
            Intent::Resume => self.resume_again(),
            Intent::KeepGoing => self.core.keep_going(&self.settings.org),
            _ => {}
        }
    }

    fn sign_in(&mut self, username: &str, password: &Password, remember_username: bool) {
        let StartStep::Form(form) = &mut self.step else { return };
        form.handoff = None;
        let without_password = form.without_password;
        let username = username.trim();
        let is_discovered = !without_password && form.username == username;
        username.clone_into(&mut self.username);
        self.remember_username = remember_username && self.settings.remember_me;
        if username.is_empty() {
            return self.core.ask_for(FieldName::Username);
        }
        // A password goes to the org only where the name belongs there.
        if self.settings.discovers && !is_discovered {
            self.core.repeat = None;
            return self.hand_off(HandoffTo::Discovery(self.core.screen.state_token().cloned()));
        }
        if without_password && !self.settings.without_password {
            return self.ask_for_password();
        }
        if password.is_empty() && !without_password {
            return self.core.ask_for(FieldName::Password);
        }
        self.authenticate(username, (!without_password).then_some(password));
    }

    fn authenticate(&mut self, username: &str, password: Option<&Password>) {
        // It is forgotten at once, and remembered when the org has accepted it.
        if !self.remember_username {
            self.core.effect(Effect::RememberUsername(None));
        }
        let (org, options) = (&self.settings.org, self.settings.options);
        // A sign-in that an app began continues in its transaction.
        if let Some(password) = password
            && let Some((link, token)) = self.core.link("next")
        {
            let request = Request::authenticate(org, &link, &token, username, password, options);
            self.core.send_if_trusted(Purpose::Transaction, request, None);
            return;
        }
        let request = Request::primary(org, username, password, options, self.settings.relay_state.as_deref());
        self.core.send(Purpose::Transaction, request, None);
    }

    /// The browser goes to the identity provider that the name belongs to; without one, the sign-in goes on here.
    fn discovered(&mut self, outcome: Result<Option<String>, AuthnError>) {
        let username = self.username.clone();
        match outcome {
            Ok(Some(url)) => {
                self.core.effect(Effect::RememberUsername(self.remember_username.then_some(username)));
                let ending = self.core.navigate(&self.settings, Navigation::Provider(url));
                self.end(ending);
            }
            // In the transaction that an app began, it needs a password.
            Ok(None) if self.settings.without_password && self.core.screen.transaction.is_none() => {
                self.authenticate(&username, None);
            }
            Ok(None) => self.ask_for_password(),
            Err(error) => self.fail(error, Purpose::Discovery),
        }
    }

    /// The second screen, where the page asks for the name first. The name stays in its form, for password managers.
    fn ask_for_password(&mut self) {
        self.show_form(self.core.screen.transaction.clone());
        if let StartStep::Form(form) = &mut self.step {
            (form.without_password, form.edited) = (false, true);
        }
    }

    /// Hands off a form of the transaction machine; the user name typed so far comes along.
    fn leave_form(&mut self, username: &str, to: HandoffTo) {
        if !matches!(self.step, StartStep::Form(_)) {
            return;
        }
        if !username.trim().is_empty() {
            username.trim().clone_into(&mut self.username);
        }
        self.hand_off(to);
    }

    /// The screen stays as it is, busy, until the next machine is loaded. If it cannot be loaded, Retry tries again.
    fn hand_off(&mut self, to: HandoffTo) {
        let ticket = self.core.busy_ticket(Purpose::Handoff);
        let may_have_session = self.may_have_session();
        self.core.effect(Effect::HandOff(Box::new(Handoff {
            ticket,
            username: self.username.clone(),
            may_have_session,
            pause: self.core.timers.pause,
            hidden: self.core.timers.hidden,
            to,
        })));
    }

    fn handoff_failed(&mut self, Handoff { ticket, to, .. }: Handoff) {
        if !self.core.accept(ticket) {
            return;
        }
        let to = Some(Box::new(to));
        match &mut self.step {
            StartStep::Form(form) => form.handoff = to,
            StartStep::Resuming(handoff) => *handoff = to,
            _ => return,
        }
        self.core.failed(Failure::new("not-loaded", None, true));
        self.core.repeat = Some(Intent::Resume);
        let retry = self.core.retry(false);
        self.core.notify(Notice { retry, ..Notice::of(NoticeKind::Unreachable) });
    }

    fn resume_again(&mut self) {
        match &mut self.step {
            StartStep::Form(StartForm { handoff, .. }) | StartStep::Resuming(handoff) => match handoff.take() {
                Some(to) => self.hand_off(*to),
                None if matches!(self.step, StartStep::Resuming(_)) => self.request_resume(),
                None => {}
            },
            _ => {}
        }
    }

    fn cancel(&mut self) {
        let cancel = self.core.link("cancel");
        let was_leaving = matches!(self.step, StartStep::Leaving(_));
        self.core.cancelled();
        self.start_over(None);
        if was_leaving {
            self.look_up_session_again();
        }
        if let Some((link, token)) = cancel
            && let Ok(request) = Request::follow(&self.settings.org, &link, &token)
        {
            self.core.send_in_background(Purpose::CancelTransaction, request);
        }
    }

    fn returned(&mut self, returned: ReturnToStart) {
        let ReturnToStart {
            username,
            pause,
            generation,
            reason,
            error_id,
            offers_unlock,
            transaction,
            cancel,
            looks_up_session,
            restored,
        } = returned;
        self.core.timers.resume_with(pause);
        self.core.continue_after(generation);
        self.core.screen.busy = false;
        if let Some(remembered) = restored {
            self.resume = None;
            return self.restore(remembered);
        }
        self.username = username;
        self.may_unlock |= offers_unlock;
        self.start_over(None);
        if looks_up_session {
            self.look_up_session_again();
        }
        if let Some(envelope) = transaction {
            self.unauthenticated(envelope);
        }
        if let Some(kind) = reason {
            self.tell(kind, error_id);
        }
        if let Some(request) = cancel {
            self.core.send_in_background(Purpose::CancelTransaction, request);
        }
    }

    fn replied(&mut self, ticket: Ticket, outcome: Result<Response, TransportError>) {
        match ticket.purpose {
            Purpose::CancelTransaction => return,
            Purpose::Session if ticket.generation != self.looked_up => return,
            Purpose::Session => return self.session_found(outcome),
            Purpose::KeepAlive { .. } if self.core.is_current(ticket) => {}
            _ if !self.core.accept(ticket) => return,
            _ => {}
        }
        match ticket.purpose {
            Purpose::SignOut => self.signed_out(outcome),
            Purpose::CloseOldSession => {
                if let StartStep::Leaving(leaving) = &mut self.step {
                    leaving.old_session_closed(&mut self.core, &self.settings);
                }
            }
            purpose => match outcome {
                Ok(response) => self.responded(response, purpose),
                Err(error) => self.fail(AuthnError::Transport(error), purpose),
            },
        }
    }

    fn responded(&mut self, response: Response, purpose: Purpose) {
        self.core.read_clock(&response);
        let response = response.into_primary();
        if let Ok(PrimaryResponse::Success { .. } | PrimaryResponse::Continues(_)) = &response
            && purpose == Purpose::Transaction
            && self.remember_username
        {
            self.core.effect(Effect::RememberUsername(Some(self.username.clone())));
        }
        match response {
            Ok(PrimaryResponse::Unauthenticated(envelope)) if self.core.goes_on(&envelope, purpose) => {}
            // Nobody has done anything for it on this page: the person is asked first.
            Ok(PrimaryResponse::Success { envelope, session_token })
                if matches!(purpose, Purpose::Resume | Purpose::KeepAlive { .. }) =>
            {
                self.core.reset_rate_limits();
                self.hand_off(HandoffTo::ResumedSuccess(Box::new(envelope), session_token));
            }
            Ok(PrimaryResponse::Success { envelope, session_token }) => self.succeed(envelope, session_token),
            Ok(PrimaryResponse::LockedOut(envelope)) => {
                self.core.reset_rate_limits();
                self.may_unlock = envelope.links.next("unlock").is_some();
                self.start_over(Some(LOCKED_OUT));
            }
            Ok(PrimaryResponse::Unauthenticated(envelope)) => {
                self.core.reset_rate_limits();
                self.unauthenticated(envelope);
                if self.core.refused.take().is_some() {
                    self.core.tell(NoticeKind::MovedOn);
                }
            }
            Ok(PrimaryResponse::Continues(response)) => self.hand_off_response(response, purpose),
            Err(error) => self.fail(error, purpose),
        }
    }

    fn hand_off_response(&mut self, response: Response, purpose: Purpose) {
        self.core.reset_rate_limits();
        self.hand_off(match purpose {
            Purpose::Resume => HandoffTo::Resumed(response),
            _ => HandoffTo::Response(response),
        });
    }

    /// A transaction that an app began asks for user name and password.
    fn unauthenticated(&mut self, envelope: Envelope) {
        self.show_form(Some(Rc::new(envelope)));
        if let StartStep::Form(form) = &mut self.step {
            form.without_password = self.settings.discovers;
        }
    }

    fn succeed(&mut self, envelope: Envelope, token: Option<SessionToken>) {
        self.core.reset_rate_limits();
        let ending = match (self.core.follow_success(&self.settings, Box::new(envelope)), token) {
            (Ok(ending), _) => ending,
            (Err(envelope), None) => self.core.unsupported(*envelope),
            // By the hook, or for tokens: that is done by the transaction machine.
            (Err(envelope), Some(token)) if self.settings.exchanges_token() => {
                return self.hand_off(HandoffTo::Success(envelope, token));
            }
            (Err(envelope), Some(token)) => {
                let may_have_session = self.may_have_session();
                self.core.end_with(&self.settings, token, envelope, may_have_session)
            }
        };
        self.end(ending);
    }

    fn end(&mut self, ending: Ending) {
        self.step = match ending {
            Ending::Leaving(leaving) => StartStep::Leaving(leaving),
            Ending::SignedIn => StartStep::SignedIn,
            Ending::Unsupported => StartStep::Unsupported,
        };
    }

    fn has_form(&self) -> bool {
        matches!(self.step, StartStep::Form(_))
    }

    fn fail(&mut self, error: AuthnError, purpose: Purpose) {
        if self.wants_password(&error, purpose) {
            self.ask_for_password();
            return self.core.ask_for(FieldName::Password);
        }
        let context = FailureContext { has_form: self.has_form(), meaning: &meaning };
        match self.core.fail(&self.settings.org, error, purpose, context) {
            Verdict::Told => {}
            Verdict::Over(kind) => self.start_over(Some(kind)),
            Verdict::NotResumed => self.not_resumed(),
        }
    }

    /// Whether an org that was to ask for the name alone asks for more: orgs on Identity Engine always do.
    fn wants_password(&self, error: &AuthnError, purpose: Purpose) -> bool {
        let asked = matches!(&self.step, StartStep::Form(form) if form.without_password);
        let missing = |error: &ApiError| error.code == Some(ErrorCode::Missing);
        asked && purpose == Purpose::Transaction && matches!(error, AuthnError::Api(error) if missing(error))
    }

    fn elapsed(&mut self) {
        match self.core.elapse() {
            Elapsed::Expired => self.core.expired(&self.settings.org),
            Elapsed::PauseOver => self.pause_over(),
            Elapsed::Nothing => {}
        }
    }

    /// After a sleep of the device: what has come to pass meanwhile, without waiting for the timer.
    fn catch_up(&mut self) {
        if self.core.is_overdue() {
            self.elapsed();
        }
    }

    /// There is nothing on that screen that the person could press.
    fn pause_over(&mut self) {
        if matches!(self.step, StartStep::Resuming(_)) {
            self.request_resume();
        }
    }

    /// Asks the org for the transaction that the page was opened with.
    fn request_resume(&mut self) {
        if self.resume == Some(Resume::Tokens) {
            return self.hand_off_from_resuming(HandoffTo::TokensAnswer);
        }
        let org = &self.settings.org;
        let request = match &self.resume {
            None | Some(Resume::Tokens) => return self.start_over(None),
            Some(Resume::State(token)) => Request::state_query(org, token),
            Some(Resume::Recovery(token)) => Request::redeem(org, token, self.settings.options),
            Some(Resume::Activation(token)) => Request::activation(org, token),
        };
        self.show_resuming();
        self.core.send(Purpose::Resume, request, Some(Intent::Resume));
    }

    fn show_resuming(&mut self) {
        if !matches!(self.step, StartStep::Resuming(_)) {
            self.core.show(None);
            self.step = StartStep::Resuming(None);
        }
    }

    /// Hands off what needs no form: nothing can be pressed until the next machine is loaded.
    fn hand_off_from_resuming(&mut self, to: HandoffTo) {
        self.show_resuming();
        self.hand_off(to);
    }

    /// The org does not know the token any more.
    fn not_resumed(&mut self) {
        let reason = match self.resume.take() {
            None | Some(Resume::State(_) | Resume::Tokens) => NoticeKind::SignInTimedOut,
            Some(Resume::Recovery(_)) => NoticeKind::LinkSpent { may_recover: true },
            // Who was invited has no password that could be reset.
            Some(Resume::Activation(_)) => NoticeKind::LinkSpent { may_recover: false },
        };
        self.start_over(Some(reason));
    }
}

impl StartStep {
    /// The name of the step.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Form(_) => "start",
            Self::Session(_) => "session",
            Self::Resuming(_) => RESUMING,
            Self::Leaving(_) => "leaving",
            Self::SignedIn => "signed-in",
            Self::Unsupported => "unsupported",
        }
    }
}

/// Whether the form offers to unlock is known when it is shown.
const LOCKED_OUT: NoticeKind = NoticeKind::LockedOut { may_unlock: false };

/// What an error means over the start form.
pub(crate) fn meaning(error: &ApiError) -> Meaning {
    Meaning::Told(match &error.code {
        Some(ErrorCode::InvalidToken) => return Meaning::Over(NoticeKind::SignInTimedOut),
        Some(ErrorCode::UserLocked | ErrorCode::LockedOut) => return Meaning::Over(LOCKED_OUT),
        Some(ErrorCode::AuthenticationFailed | ErrorCode::WrongCredentials) => NoticeKind::WrongCredentials,
        Some(ErrorCode::PasswordExpired | ErrorCode::PasswordBreached) => NoticeKind::PasswordUnusable,
        Some(ErrorCode::SignOnDenied) => NoticeKind::Denied,
        _ => general(error),
    })
}
