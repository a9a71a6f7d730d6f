//! The transaction machine: every state of the transaction after user name and password, recovery, and registration.
//! The org's response decides the step. Not here: the rules of one step; each is a type of its own in this folder,
//! with its data and its own `handle`. Leaving a step drops its data.

pub mod ceremony;
pub mod confirm;
pub mod consent;
pub mod device;
pub mod enroll;
mod meaning;
pub mod password;
pub mod polling;
pub mod profile;
pub mod recovery;
pub mod registration;
mod session_exchange;
pub mod tokens;
pub mod verify;

use crate::core::Core;
use crate::effect::Effect;
use crate::event::{Event, Intent};
use crate::factor_method::{VerifyMethod, verify_method};
use crate::failure::{FailureContext, Verdict};
use crate::handoff::{Handoff, HandoffTo, Recovery as RecoveryFor, ReturnToStart};
use crate::leaving::{Ending, Leaving};
use crate::notice::{Notice, NoticeKind};
use crate::screen::Screen;
use crate::settings::{AfterSuccess, Settings};
use crate::sign_in_event::{Failure, RESUMING, RETURNED};
use crate::ticket::{Purpose, Ticket};
use crate::timers::{Elapsed, PollPlan};
use confirm::Confirm;
use consent::Consent;
use device::Device;
use enroll::{Enroll, EnrollStep};
use okta_authn::transaction::User;
use okta_authn::wire::Value;
use okta_authn::{
    AuthnError, Envelope, Factor, FactorKind, Millis, Request, Response, SessionToken, State, Transaction,
    TransportError,
};
use password::{NewPassword, PasswordReason};
use polling::OrgPoll;
use profile::Profile;
use recovery::Recovery;
use registration::Registration;
use std::rc::Rc;
use tokens::Tokens;
use verify::{Verify, VerifyStep};

/// A step of the transaction machine.
#[derive(Clone, Debug, PartialEq)]
pub enum TransactionStep {
    /// Redeems a recovery token that a transaction named.
    Resuming(recovery::Redeem),
    /// Chooses a factor and verifies it.
    Verify(Verify),
    /// Enrols factors.
    Enroll(Enroll),
    /// Asks for a new password.
    Password(NewPassword),
    /// A forgotten password, or a locked account.
    Recovery(Recovery),
    /// Registers a new user.
    Registration(Registration),
    /// Asks whether an app may have what it asks for.
    Consent(Consent),
    /// Asks for what the org wants to know about the person.
    Profile(Profile),
    /// The activation of another device.
    Device(Device),
    /// The org is not ready yet.
    Poll(OrgPoll),
    /// A state without a screen of its own.
    Unsupported,
    /// Asks whether to go on with a sign-in that a link began.
    Confirm(Confirm),
    /// Signed in; the org is asked for tokens.
    Tokens(Box<Tokens>),
    /// Signed in; the browser leaves the page.
    Leaving(Leaving),
    /// Signed in; the page's own code has the result.
    SignedIn,
    /// The machine has ended; the start machine continues.
    Returned,
}

/// What every step may use, besides its own data.
pub(crate) struct Context<'a> {
    pub(crate) core: &'a mut Core,
    pub(crate) settings: &'a Settings,
    pub(crate) username: &'a mut String,
}

/// What a step decided about itself.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// It goes on.
    Stay,
    /// It has ended: the start form follows.
    Start,
}

/// Decides what happens in a transaction. See [`TransactionMachine::handle`].
#[derive(Debug)]
pub struct TransactionMachine {
    settings: Rc<Settings>,
    pub(crate) core: Core,
    step: TransactionStep,
    username: String,
    may_have_session: bool,
    /// The transaction began elsewhere: a link led here.
    is_resumed: bool,
}

impl TransactionMachine {
    /// Continues a sign-in. Returns what must be done first, in order.
    pub fn new(settings: Rc<Settings>, handoff: Handoff, now: Millis) -> (Self, Vec<Effect>) {
        let Handoff { ticket, username, may_have_session, pause, hidden, to } = handoff;
        let mut core = Core::default();
        (core.now, core.timers.pause, core.timers.hidden) = (now, pause, hidden);
        core.continue_after(ticket.generation);
        // The page's first step was the start form.
        (core.screen.step_id, core.step_name) = (1, "start");
        let step = TransactionStep::Resuming(recovery::Redeem::default());
        let is_resumed = matches!(to, HandoffTo::Resumed(_) | HandoffTo::ResumedSuccess(..));
        let mut machine = Self { settings, core, step, username, may_have_session, is_resumed };
        match to {
            HandoffTo::Response(response) => machine.responded(response, Purpose::Transaction),
            HandoffTo::Resumed(response) => machine.responded(response, Purpose::Resume),
            HandoffTo::Success(envelope, token) => machine.succeed(envelope, Some(token)),
            HandoffTo::ResumedSuccess(envelope, token) => machine.ask_to_continue(envelope, token),
            HandoffTo::Tokens => machine.ask_for_tokens(None),
            HandoffTo::TokensAnswer => machine.read_tokens_answer(),
            // The start machine stays in charge of that, and nothing of it comes here.
            HandoffTo::Discovery(_) => {}
            HandoffTo::Recovery(recovery) => {
                let recovery = Recovery::open(&mut machine.context(), recovery, "");
                machine.step = TransactionStep::Recovery(recovery);
            }
            HandoffTo::Registration => {
                let registration = Registration::open(&mut machine.context());
                machine.step = TransactionStep::Registration(registration);
            }
        }
        // The first response cannot be read: the start form says so.
        if machine.step == TransactionStep::Resuming(recovery::Redeem::default()) {
            let reason = machine.core.screen.notice.take().map(|notice| notice.kind);
            machine.start_over(reason);
        }
        let effects = machine.finish();
        (machine, effects)
    }

    /// What all steps share.
    pub fn screen(&self) -> &Screen {
        &self.core.screen
    }

    /// The present step.
    pub fn step(&self) -> &TransactionStep {
        &self.step
    }

    /// Takes one event at the time `now`, and returns what must be done, in order.
    ///
    /// Every pair of event and step that the table does not name does nothing.
    ///
    /// | event | step | leads to |
    /// |---|---|---|
    /// | `Choose` | verify | that factor; from a challenge by way of the link `prev` |
    /// | `StartChallenge`, `Resend` | verify, recovery challenge, activation | a code is sent, a phone is asked |
    /// | `Prove` | verify, recovery challenge | the proof is sent |
    /// | `AskAgain`, then `Credential` or `Duo` | verify, activation | the authenticator's answer is sent |
    /// | `OpenSite` | verify, activation | the browser goes to the site that proves the factor |
    /// | `Enroll`, `EnrollWith`, `Activate` | enrolment | a form, or the request is sent |
    /// | `SendActivation`, `Restart`, `SetUpByHand` | activation of an app | another way to set the app up |
    /// | `CopyKey`, then `Copied` | activation | the key is on the clipboard, and a notice says so |
    /// | `ChangePassword` | password | it is sent, if typed the same twice |
    /// | `OpenRecovery` | recovery form, recovery challenge | the form |
    /// | `Recover`, `Answer` | recovery | the request is sent |
    /// | `Registration` | registration | the form; it is sent; the user is signed in; the start form |
    /// | `Consent`, `Profile`, `ActivateDevice` | their steps | the request is sent |
    /// | `Continue` | confirm | leaving |
    /// | `Skip` | any with the link `skip` | the request is sent |
    /// | `Back` | any with the link `prev`; forms without one | the state before |
    /// | `Cancel` | any | returns to the start form; the org is told |
    /// | `ChangeUser` | any | the same, and the start form is empty |
    /// | `BrowserBack` | any | as `Back`; as `Cancel` where `Back` does nothing |
    /// | `Retry`, `KeepWaiting`, `Resume` | a notice that offers it | the same again |
    /// | `Replied` to closing the old session | tokens, leaving | the org is asked for tokens; the browser leaves |
    /// | `Replied` to the newest request | any | the response's step, or a notice |
    /// | `Replied`, `Credential`, `Duo`, `PageReplied` to an older one | any | nothing |
    /// | `Elapsed` | any | countdowns, a poll; the end of the transaction: the org is asked |
    /// | `KeepGoing` | a notice that offers it | the org is asked for the state, which prolongs the transaction |
    /// | `Replied` to that | any | the step stays as it is where the state is the same |
    /// | `Visibility` | a challenge answered elsewhere | fewer polls while the page is hidden |
    /// | `Visibility`, `Online`, `Edit` after a sleep of the device | any | as `Elapsed`, where its time has come |
    /// | `Edit` | any | a notice about what was typed is over |
    /// | `Online` | any | the notice that the device is offline is over; polls that were stopped go on |
    /// | `Leave` | leaving, the page's own code was asked | the browser leaves |
    /// | `Replied` to the session look-up | confirm | the question; leaving, where the same person is signed in |
    /// | `TokensLoaded` | tokens | the flow begins; a notice where nothing was loaded |
    /// | `Tokens`, `Replied` | tokens | what [`TokenFlow::handle`](crate::tokens::TokenFlow::handle) says; a notice |
    /// | `Restored` | tokens, leaving, signed in | the start form |
    /// | `Restored` | a challenge, an activation, or a request in progress | the org is asked for the state |
    /// | `Restored` | any other | it stays, with what was typed |
    pub fn handle(&mut self, event: Event, now: Millis) -> Vec<Effect> {
        self.core.set_now(now);
        match event {
            Event::User(intent) => self.intend(intent),
            Event::Replied { ticket, outcome } => self.replied(ticket, outcome),
            Event::Credential { ticket, outcome } => {
                if self.core.accept(ticket) {
                    self.credential(outcome);
                }
            }
            Event::Duo { ticket, signature } => {
                if self.core.is_current(ticket) {
                    self.duo_signed(signature);
                }
            }
            Event::PageReplied { ticket, outcome } => self.page_replied(ticket, outcome),
            Event::PageFailed { ticket } => {
                if self.core.is_current(ticket) {
                    self.core.failed(Failure::host_callback());
                }
                self.page_replied(ticket, Err(Value::Null));
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
            Event::Copied => {
                if matches!(&self.step, TransactionStep::Enroll(Enroll { step: EnrollStep::Activate(_), .. })) {
                    self.core.tell(NoticeKind::KeyCopied);
                }
            }
            Event::TokensLoaded { ticket, loaded } => self.tokens_loaded(ticket, loaded),
            Event::Tokens { ticket, event } => self.tokens_event(ticket, &event),
            Event::Restored { remembered } => self.restored(remembered),
            Event::Leave => {
                if let TransactionStep::Leaving(leaving) = &mut self.step {
                    leaving.release(&mut self.core);
                }
            }
            Event::Begin { .. } | Event::HandoffFailed(_) | Event::Discovered { .. } | Event::Returned(_) => {}
        }
        self.finish()
    }

    fn page_replied(&mut self, ticket: Ticket, outcome: Result<Value, Value>) {
        if self.core.accept(ticket)
            && let TransactionStep::Registration(registration) = &mut self.step
        {
            let mut context = Context { core: &mut self.core, settings: &self.settings, username: &mut self.username };
            if let Some(reason) = registration.page_replied(&mut context, ticket.purpose, outcome) {
                self.start_over(Some(reason));
            }
        }
    }

    fn finish(&mut self) -> Vec<Effect> {
        self.core.plan_polling(self.poll_plan());
        self.core.finish(self.step.name())
    }

    fn context(&mut self) -> Context<'_> {
        Context { core: &mut self.core, settings: &self.settings, username: &mut self.username }
    }

    fn intend(&mut self, intent: Intent) {
        if !intent.is_allowed_while_busy() && !self.core.accepts_input() {
            return;
        }
        match intent {
            Intent::Cancel => return self.cancel(),
            Intent::ChangeUser => {
                self.username.clear();
                return self.cancel();
            }
            Intent::BrowserBack => return self.browser_back(),
            Intent::Retry => {
                if let Some(intent) = self.core.take_repeat() {
                    self.intend(intent);
                }
                return;
            }
            Intent::Edit => {
                self.core.edited();
                return self.catch_up();
            }
            Intent::KeepWaiting => return self.core.keep_waiting(),
            Intent::KeepGoing => return self.core.keep_going(&self.settings.org),
            Intent::AskAgain => return self.ask(),
            Intent::OpenSite => return self.open_site(),
            Intent::Continue => return self.continue_confirmed(),
            Intent::Resume if matches!(self.step, TransactionStep::Tokens(_)) => return self.ask_for_tokens_again(),
            Intent::Skip => {
                self.core.follow(&self.settings.org, "skip", Intent::Skip);
                return;
            }
            _ => {}
        }
        let mut context = Context { core: &mut self.core, settings: &self.settings, username: &mut self.username };
        let context = &mut context;
        let next = match &mut self.step {
            TransactionStep::Resuming(redeem) => redeem.handle(context, &intent),
            TransactionStep::Verify(step) => step.handle(context, intent),
            TransactionStep::Enroll(step) => step.handle(context, intent),
            TransactionStep::Password(step) => step.handle(context, &intent),
            TransactionStep::Recovery(step) => step.handle(context, intent),
            TransactionStep::Registration(step) => step.handle(context, intent),
            TransactionStep::Consent(step) => step.handle(context, &intent),
            TransactionStep::Profile(step) => step.handle(context, intent),
            TransactionStep::Device(step) => step.handle(context, &intent),
            TransactionStep::Poll(_) | TransactionStep::Unsupported => context.back(&intent),
            TransactionStep::Confirm(_)
            | TransactionStep::Tokens(_)
            | TransactionStep::Leaving(_)
            | TransactionStep::SignedIn
            | TransactionStep::Returned => Next::Stay,
        };
        if next == Next::Start {
            self.start_over(None);
        }
    }

    /// Returns to the start form, and tells the org where it offers that.
    fn cancel(&mut self) {
        if !matches!(self.step, TransactionStep::Returned) {
            self.core.cancelled();
        }
        let cancel = self.core.link("cancel");
        let cancel = cancel.and_then(|(link, token)| Request::follow(&self.settings.org, &link, &token).ok());
        let looks_up_session =
            matches!(self.step, TransactionStep::Confirm(_) | TransactionStep::Tokens(_) | TransactionStep::Leaving(_));
        self.return_to_start(ReturnToStart { cancel, looks_up_session, ..ReturnToStart::default() });
    }

    /// The browser shows the page again after leaving it: what was in progress has ended, and its result is unknown.
    fn restored(&mut self, remembered: Option<String>) {
        let waits = match &self.step {
            TransactionStep::Tokens(_)
            | TransactionStep::Leaving(_)
            | TransactionStep::SignedIn
            | TransactionStep::Returned => {
                return self.return_to_start(ReturnToStart { restored: Some(remembered), ..ReturnToStart::default() });
            }
            TransactionStep::Verify(verify) => matches!(verify.step, VerifyStep::Challenge(_)),
            TransactionStep::Enroll(enroll) => matches!(enroll.step, EnrollStep::Activate(_)),
            TransactionStep::Recovery(recovery) => matches!(recovery, Recovery::Challenge(_)),
            TransactionStep::Poll(_) => true,
            _ => false,
        };
        let asks = waits || self.core.screen.busy;
        if let Some(token) = self.core.screen.state_token().filter(|_| asks) {
            let request = Request::state_query(&self.settings.org, token);
            self.core.send(Purpose::Restore, request, None);
        } else {
            self.core.stop();
            self.pause_over();
            self.catch_up();
        }
    }

    fn browser_back(&mut self) {
        let what_is_shown = |machine: &Self| (machine.core.generation(), machine.core.screen.version());
        let before = what_is_shown(self);
        self.intend(Intent::Back);
        if what_is_shown(self) == before {
            self.cancel();
        }
    }

    fn start_over(&mut self, reason: Option<NoticeKind>) {
        self.return_to_start(ReturnToStart { reason, ..ReturnToStart::default() });
    }

    /// Ends this machine: nothing of the sign-in stays in it.
    fn return_to_start(&mut self, returned: ReturnToStart) {
        if matches!(self.step, TransactionStep::Returned) {
            return;
        }
        self.core.stop();
        let (pause, generation) = (self.core.timers.pause, self.core.generation());
        self.core.show(None);
        self.core.repeat = None;
        self.step = TransactionStep::Returned;
        let username = std::mem::take(&mut self.username);
        self.core.effect(Effect::ReturnToStart(Box::new(ReturnToStart { username, pause, generation, ..returned })));
    }

    fn replied(&mut self, ticket: Ticket, outcome: Result<Response, TransportError>) {
        match ticket.purpose {
            Purpose::KeepAlive { .. } if self.core.is_current(ticket) => {}
            Purpose::Session => return self.session_known(outcome),
            purpose if purpose.is_background() || !self.core.accept(ticket) => return,
            _ => {}
        }
        match ticket.purpose {
            Purpose::Questions(place) => {
                if let TransactionStep::Enroll(enroll) = &mut self.step {
                    enroll.questions_found(&mut self.core, place, outcome);
                }
            }
            Purpose::CloseOldSession => self.old_session_closed(),
            Purpose::Tokens => self.tokens_replied(outcome),
            Purpose::Duo => self.duo_received(outcome),
            Purpose::PrimaryAfterRegistration => self.registered_user_signed_in(outcome),
            Purpose::Hook(operation) => match &mut self.step {
                TransactionStep::Leaving(_) => self.session_replied(outcome),
                TransactionStep::Registration(registration) => {
                    let mut context =
                        Context { core: &mut self.core, settings: &self.settings, username: &mut self.username };
                    registration.hook_replied(&mut context, operation, outcome);
                }
                _ => {}
            },
            purpose => match outcome {
                Ok(response) => self.responded(response, purpose),
                Err(error) => self.fail(AuthnError::Transport(error), purpose),
            },
        }
    }

    fn responded(&mut self, response: Response, purpose: Purpose) {
        self.core.read_clock(&response);
        match response.into_transaction() {
            Ok(transaction) if self.core.goes_on(&transaction.envelope, purpose) => {}
            Ok(transaction) => self.enter(transaction, purpose),
            Err(error) => self.fail(error, purpose),
        }
    }

    /// The first sign-in of a new user.
    fn registered_user_signed_in(&mut self, outcome: Result<Response, TransportError>) {
        let TransactionStep::Registration(registration) = &self.step else { return };
        let phone_failed = registration.phone_failed();
        match outcome.map_err(AuthnError::Transport).and_then(Response::into_transaction) {
            Ok(transaction) => self.enter(transaction, Purpose::Transaction),
            // The account exists: all that is left is to sign in.
            Err(error) => {
                self.fail(error, Purpose::PrimaryAfterRegistration);
                let notice = self.core.screen.notice.take();
                let (reason, error_id) = notice.map_or((None, None), |notice| (Some(notice.kind), notice.error_id));
                self.return_to_start(ReturnToStart { reason, error_id, ..ReturnToStart::default() });
            }
        }
        let is_leaving =
            matches!(self.step, TransactionStep::Leaving(_) | TransactionStep::SignedIn | TransactionStep::Returned);
        if phone_failed && self.core.screen.notice.is_none() && !is_leaving {
            self.core.tell(NoticeKind::Hook(crate::HookNotice::PhoneNotEnrolled));
        }
    }

    /// The org's response decides the step.
    fn enter(&mut self, Transaction { envelope, state }: Transaction, purpose: Purpose) {
        let purpose = if matches!(purpose, Purpose::KeepAlive { .. }) { Purpose::StateQuery } else { purpose };
        self.core.reset_rate_limits();
        let generation = self.core.generation();
        let before = std::mem::replace(&mut self.step, TransactionStep::Unsupported);
        let context = &mut Context { core: &mut self.core, settings: &self.settings, username: &mut self.username };
        match state {
            State::Unauthenticated { factors, remember_device } if !factors.is_empty() => {
                let mut envelope = envelope;
                // Nothing was proved yet, so the org names nobody. The person has typed who it is.
                if envelope.user.is_none() && !context.username.is_empty() {
                    let login = Some(context.username.clone());
                    envelope.user = Some(User { id: None, login, first_name: None, last_name: None });
                }
                let list = verify::List { factors, remember_device, auto_push: Vec::new() };
                self.step = TransactionStep::Verify(Verify::choose(context, before, generation, envelope, list));
            }
            State::MfaRequired { factors, remember_device, auto_push } => {
                let list = verify::List { factors, remember_device, auto_push };
                self.step = TransactionStep::Verify(Verify::choose(context, before, generation, envelope, list));
            }
            State::MfaChallenge { factor, remember_device } => {
                let verify = Verify::challenge(context, before, envelope, *factor, remember_device, purpose);
                self.step = TransactionStep::Verify(verify);
                self.begin_ceremony(purpose);
            }
            State::MfaEnroll { factors, grace_period_end } => {
                let enroll = Enroll::list(context, &before, generation, envelope, factors, grace_period_end);
                self.step = TransactionStep::Enroll(enroll);
            }
            State::MfaEnrollActivate { factor } => {
                self.step = TransactionStep::Enroll(Enroll::activate(context, &before, envelope, *factor, purpose));
                self.begin_ceremony(purpose);
            }
            State::PasswordWarn(policy) => {
                let reason = PasswordReason::ExpiresIn(policy.expires_in_days);
                self.step = TransactionStep::Password(NewPassword::ask(context, envelope, reason, &policy));
            }
            State::PasswordExpired(policy) => {
                let step = NewPassword::ask(context, envelope, PasswordReason::Expired, &policy);
                self.step = TransactionStep::Password(step);
            }
            State::PasswordReset(policy) => {
                let step = NewPassword::ask(context, envelope, PasswordReason::Reset, &policy);
                self.step = TransactionStep::Password(step);
            }
            State::Recovery { token: Some(token), .. } if envelope.links.next("recovery").is_some() => {
                self.step = TransactionStep::Resuming(recovery::Redeem::begin(context, token));
            }
            State::Recovery { question, .. } => {
                self.step = TransactionStep::Recovery(Recovery::question(context, envelope, question));
            }
            State::RecoveryChallenge { channel } => {
                let step = Recovery::challenge(context, &before, envelope, channel, purpose);
                self.step = TransactionStep::Recovery(step);
            }
            State::Consent { scopes, for_all, expires_at } => {
                self.step = TransactionStep::Consent(Consent::ask(context, envelope, scopes, for_all, expires_at));
            }
            State::ProfileRequired { fields, creates_account }
                if !fields.is_empty() && envelope.links.get("enroll").is_some() =>
            {
                self.step = TransactionStep::Profile(Profile::ask(context, envelope, fields, creates_account));
            }
            State::DeviceActivate { user_code, is_refused } => {
                self.step = TransactionStep::Device(Device::ask(context, envelope, user_code, is_refused));
            }
            State::Poll { refresh } => {
                self.step = TransactionStep::Poll(OrgPoll::show(context, &before, envelope, refresh, purpose));
            }
            State::Success { device: Some(device), .. } => {
                context.core.show(None);
                self.step = TransactionStep::Device(Device::Ended(device));
            }
            State::Success { .. } if RecoveryFor::of(&envelope) == RecoveryFor::Unlock => {
                self.start_over(Some(NoticeKind::Unlocked));
            }
            State::Success { session_token, .. } if self.is_resumed && !purpose.is_asked_for() => {
                self.ask_to_continue(Box::new(envelope), session_token);
            }
            State::Success { session_token, .. } => self.succeed(Box::new(envelope), session_token),
            State::LockedOut => {
                let offers_unlock = envelope.links.next("unlock").is_some();
                let reason = Some(NoticeKind::LockedOut { may_unlock: offers_unlock });
                self.return_to_start(ReturnToStart { reason, offers_unlock, ..ReturnToStart::default() });
            }
            State::Unauthenticated { .. } => {
                self.return_to_start(ReturnToStart { transaction: Some(envelope), ..ReturnToStart::default() });
            }
            State::ProfileRequired { .. } | State::Other => self.core.show(Some(Rc::new(envelope))),
        }
        if purpose == Purpose::Poll {
            self.core.poll_answered();
        }
        self.tell_of_refusal();
    }

    /// The org was asked for the state because it had refused what the person wanted. Whether that led to another step or
    /// to the same, the person is told that nothing came of it.
    fn tell_of_refusal(&mut self) {
        let Some(refused) = self.core.refused.take() else { return };
        let goes_on = self.core.screen.state_token().is_some();
        if goes_on && self.core.screen.notice.is_none() {
            self.core.tell(if refused == Purpose::Resend { NoticeKind::NotSent } else { NoticeKind::MovedOn });
        }
    }

    fn succeed(&mut self, envelope: Box<Envelope>, token: Option<SessionToken>) {
        let ending = match (self.core.follow_success(&self.settings, envelope), token) {
            (Ok(ending), _) => ending,
            (Err(envelope), None) => self.core.unsupported(*envelope),
            (Err(_), Some(token)) if self.settings.after_success == AfterSuccess::Tokens => {
                return self.begin_tokens(token);
            }
            (Err(_), Some(token)) if self.settings.session_hook().is_some() => self.exchange(token),
            (Err(envelope), Some(token)) => self.core.end_with(&self.settings, token, envelope, self.may_have_session),
        };
        self.end(ending);
    }

    fn end(&mut self, ending: Ending) {
        self.step = match ending {
            Ending::Leaving(leaving) => TransactionStep::Leaving(leaving),
            Ending::SignedIn => TransactionStep::SignedIn,
            Ending::Unsupported => TransactionStep::Unsupported,
        };
    }

    fn fail(&mut self, error: AuthnError, purpose: Purpose) {
        let step = &self.step;
        let context =
            FailureContext { meaning: &|error| meaning::of(step, error, purpose), has_form: self.step.has_form() };
        match self.core.fail(&self.settings.org, error, purpose, context) {
            Verdict::Told => self.told(),
            Verdict::Over(kind) => self.start_over(Some(kind)),
            Verdict::NotResumed => self.start_over(Some(NoticeKind::SignInTimedOut)),
        }
    }

    /// What some notices change on their step.
    fn told(&mut self) {
        let kind = self.core.screen.notice.as_ref().map(|notice| &notice.kind);
        match (kind, &mut self.step) {
            (Some(NoticeKind::PhoneDoubted), TransactionStep::Enroll(enroll)) => enroll.phone_doubted(&mut self.core),
            (Some(NoticeKind::TooSoon | NoticeKind::WaitToSend), step) => {
                let is_email = step.factor().is_some_and(|factor| factor.kind() == FactorKind::Email);
                if let TransactionStep::Verify(verify) = step {
                    verify.expect_code(&mut self.core);
                }
                self.core.hold_resend(is_email);
            }
            _ => {}
        }
    }

    fn elapsed(&mut self) {
        let elapsed = self.core.elapse();
        // First: the response says too whether the transaction has ended.
        if self.core.poll_is_due() {
            self.poll();
        }
        match elapsed {
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

    /// Repeats what waits for a response on a screen where nothing can be pressed.
    fn pause_over(&mut self) {
        let context = &mut Context { core: &mut self.core, settings: &self.settings, username: &mut self.username };
        match &mut self.step {
            TransactionStep::Resuming(redeem) => {
                redeem.handle(context, &Intent::Resume);
            }
            TransactionStep::Registration(registration) => registration.request_form(context),
            _ => {}
        }
    }
}

impl TransactionStep {
    /// The factor that the step is about.
    pub fn factor(&self) -> Option<&Factor> {
        match self {
            Self::Verify(verify) => verify.factor(),
            Self::Enroll(enroll) => enroll.factor(),
            _ => None,
        }
    }

    /// Whether that factor is being proved: it was chosen, and the org asks.
    pub(crate) fn is_in_progress(&self) -> bool {
        match self {
            Self::Verify(verify) => matches!(verify.step, VerifyStep::Challenge(_)),
            Self::Enroll(enroll) => matches!(enroll.step, EnrollStep::Activate(_)),
            _ => false,
        }
    }

    /// How that factor is verified.
    pub(crate) fn verify_method(&self) -> Option<VerifyMethod> {
        self.factor().map(|factor| verify_method(factor.kind()))
    }

    fn has_form(&self) -> bool {
        match self {
            Self::Enroll(enroll) => !matches!(enroll.step, EnrollStep::List(_)),
            Self::Unsupported | Self::Poll(_) | Self::Resuming(_) | Self::Confirm(_) | Self::Tokens(_) => false,
            _ => true,
        }
    }

    /// The name of the step.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Resuming(_) => RESUMING,
            Self::Verify(verify) => match verify.step {
                VerifyStep::Choose(_) => "mfa-required",
                VerifyStep::Challenge(_) => "mfa-challenge",
            },
            Self::Enroll(enroll) => match enroll.step {
                EnrollStep::List(_) => "mfa-enroll",
                EnrollStep::Form(_) => "enroll-form",
                EnrollStep::Activate(_) => "mfa-enroll-activate",
            },
            Self::Password(_) => "password",
            Self::Recovery(Recovery::Form { .. }) => "recovery",
            Self::Recovery(Recovery::Challenge { .. }) => "recovery-challenge",
            Self::Recovery(Recovery::Question { .. }) => "recovery-question",
            Self::Registration(_) => "registration",
            Self::Consent(_) => "consent",
            Self::Profile(_) => "profile",
            Self::Device(Device::Ask { .. }) => "device-activate",
            Self::Device(Device::Ended(_)) => "device-ended",
            Self::Poll(_) => "poll",
            Self::Unsupported => "unsupported",
            Self::Confirm(_) => "confirm",
            Self::Tokens(_) => "tokens",
            Self::Leaving(_) => "leaving",
            Self::SignedIn => "signed-in",
            Self::Returned => RETURNED,
        }
    }
}

impl Context<'_> {
    /// One step back, where the org offers it.
    pub(crate) fn back(&mut self, intent: &Intent) -> Next {
        if *intent == Intent::Back {
            self.core.follow(&self.settings.org, "prev", Intent::Back);
        }
        Next::Stay
    }

    /// Sends a code, or asks a phone, again. `restarts` allows the link `verify` where `resend` is not offered: after a
    /// rejected push, that starts the challenge anew.
    pub(crate) fn resend(&mut self, restarts: bool) -> Next {
        if self.core.timers.resend.seconds.is_none()
            && let Some((link, token)) =
                self.core.link("resend").or_else(|| self.core.next_link("verify").filter(|_| restarts))
        {
            let request = Request::follow(&self.settings.org, &link, &token);
            self.core.send_if_trusted(Purpose::Resend, request, Some(Intent::Resend));
        }
        Next::Stay
    }

    /// Shows a step, or updates the present one where the response allows that, so that typing and focus stay. Returns
    /// whether it was updated.
    pub(crate) fn show_or_update(&mut self, envelope: Envelope, same: bool, purpose: Purpose) -> bool {
        let updates = purpose.is_update() && same;
        let envelope = Some(Rc::new(envelope));
        if updates {
            self.core.update(envelope);
        } else {
            self.core.show(envelope);
        }
        updates
    }

    /// After a factor in progress is shown: tells its result, and holds back another message where one was just sent.
    /// Returns whether the challenge is open.
    pub(crate) fn present(&mut self, factor: &Factor, result: Option<NoticeKind>, purpose: Purpose) {
        let was_sent = verify_method(factor.kind()) == VerifyMethod::SentCode;
        let may_resend = self.core.screen.transaction.as_ref().is_some_and(|at| at.links.get("resend").is_some());
        if let Some(kind) = result {
            self.core.notify(Notice::of(kind));
        }
        if may_resend && was_sent && !matches!(purpose, Purpose::StateQuery | Purpose::Restore | Purpose::Poll) {
            self.core.hold_resend(factor.kind() == FactorKind::Email);
        }
    }
}

impl TransactionMachine {
    /// How the present step polls; `None` where nothing is answered elsewhere.
    fn poll_plan(&self) -> Option<PollPlan> {
        self.core.next_link("poll")?;
        match &self.step {
            TransactionStep::Verify(verify) => verify.poll_plan(),
            TransactionStep::Enroll(enroll) => enroll.poll_plan(),
            TransactionStep::Poll(poll) => Some(poll.poll_plan()),
            _ => None,
        }
    }
}
