//! The machine: the product in one table. [`Machine::handle`] takes an event and the time, changes the
//! [`Screen`], and returns what must be done. Never here: the rules of one sub-flow; those are in the
//! files beside this one (`primary`, `verify`, `enroll`, `password`, `recovery`, `session`, `resume`, `register`,
//! `consent`, `success`, `exchange`), with `moves` for what all of them do, `clock` for what time brings and `failure` for
//! what errors lead to.

use super::clock::Clock;
use super::effect::Effect;
use super::event::{Event, Intent, Purpose, SignUp, Ticket};
use super::hand_on::{FIRST_FORM, Onward};
use super::notice::{Notice, NoticeKind};
use super::register::SigningUp;
use super::session::Probe;
use super::settings::Settings;
use super::step::{PasswordReason, Poll, Start, Step};
use super::verify::Then;
use crate::authn::request::Preferences;
use crate::authn::{Answer, Millis, SessionToken, State, Transaction, TransportError};
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
    /// What the person last chose in the boxes beside a factor.
    pub preferences: Preferences,
}

impl Screen {
    /// The page's first step, with nothing going on.
    pub(super) fn first(step: Step) -> Self {
        Self {
            step,
            number: 0,
            busy: false,
            notice: None,
            notice_number: 0,
            refusals: 0,
            resend_in: None,
            paused_for: None,
            preferences: Preferences::default(),
        }
    }
}

/// Decides what happens next. See [`Machine::handle`].
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "they are independent of each other")]
pub struct Machine {
    pub(super) settings: Settings,
    pub(super) screen: Screen,
    pub(super) probe: Probe,
    pub(super) clock: Clock,
    pub(super) now: Millis,
    pub(super) username: String,
    pub(super) keep_username: bool,
    pub(super) touched: bool,
    /// The org offered to unlock this account.
    pub(super) may_unlock: bool,
    /// Pushes are started without asking once in a sign-in, not every time the person comes back.
    pub(super) pushed: bool,
    /// What to do once `prev` led back to the list.
    pub(super) then: Option<Then>,
    /// What the boxes beside the factor said when it was last proved.
    pub(super) preferences: Preferences,
    /// What Retry repeats. Never holds anything that was typed.
    pub(super) repeat: Option<Intent>,
    /// What the other bundle is to show, while it is loaded.
    pub(super) onward: Option<Onward>,
    /// What happens when the old session is closed.
    pub(super) after_close: Option<Effect>,
    /// What somebody signs up with, until that is done.
    pub(super) signing_up: Option<SigningUp>,
    /// The session token that the hook is given, in case it does not take it.
    pub(super) exchanging: Option<SessionToken>,
    /// Something was done before [`Event::Begin`].
    pub(super) early: bool,
    /// Rate limits met in a row.
    pub(super) strikes: u32,
    pub(super) generation: u32,
    pub(super) effects: Vec<Effect>,
}

impl Machine {
    /// A machine that shows the start form, or takes up a transaction, and waits for [`Event::Begin`].
    pub fn new(settings: Settings) -> Self {
        Self::remembering(settings, None)
    }

    /// The same, where a user name was kept from last time.
    pub fn remembering(settings: Settings, username: Option<String>) -> Self {
        let mut machine = Self {
            screen: Screen::first(Step::Resuming),
            keep_username: username.is_some(),
            username: username.or_else(|| settings.username.clone()).unwrap_or_default(),
            settings,
            probe: Probe::Unknown,
            clock: Clock::default(),
            now: 0,
            touched: false,
            may_unlock: false,
            pushed: false,
            then: None,
            preferences: Preferences::default(),
            repeat: None,
            onward: None,
            after_close: None,
            signing_up: None,
            exchanging: None,
            early: false,
            strikes: 0,
            generation: 0,
            effects: Vec::new(),
        };
        if machine.settings.resume.is_none() {
            machine.screen.step = machine.start();
        }
        machine
    }

    /// What to show.
    pub fn screen(&self) -> &Screen {
        &self.screen
    }

    /// Takes one event at the time `now` and returns what must be done, in order.
    ///
    /// | event | on | leads to |
    /// |---|---|---|
    /// | `Begin`, `Restored` | any | start form, with the session looked up beside it; or a transaction taken up |
    /// | `Early`, then `Begin` | start | the same as without a delay; the session is looked up after it |
    /// | `SignIn` | start | name and password are sent |
    /// | `Continue`, `SignOut` | session | onward; start form |
    /// | `OpenRecovery`, `Recover`, `Answer` | start, recovery | the form; the request is sent |
    /// | `SignUp` | start, registration | the form; it is sent; the user is signed in |
    /// | `ChangePassword` | new password | it is sent, if typed the same twice |
    /// | `Choose` | factor list, challenge | that factor; from a challenge by way of `prev` |
    /// | `StartChallenge`, `Resend` | factor, challenge | a code is sent, a phone asked |
    /// | `Prove` | factor, challenge | the proof is sent |
    /// | `AskAgain`, then `Credential`, `Duo` | challenge, enrolment | the authenticator's word is sent |
    /// | `Follow` | challenge, enrolment | the browser goes to the site that proves the factor |
    /// | `Enroll`, `EnrollWith`, `Activate`, `Skip` | enrolment | a form, or the request is sent |
    /// | `SendActivation`, `Restart`, `SetUpByHand` | app enrolment | another way to set the app up |
    /// | `CopyKey`, then `Copied` | enrolment | the key is on the clipboard, and a word says so |
    /// | `Consent`, `ActivateDevice` | their steps | the request is sent |
    /// | `Back` | any with `prev`, and forms of our own | the state before |
    /// | `Cancel` | any | start form at once; the org is told |
    /// | `Retry`, `KeepWaiting`, `Resume` | a notice that offers it | the same again |
    /// | `Replied` | the newest request | the answer's step, or a notice |
    /// | `Replied`, `Credential`, `Duo` | an older request | nothing |
    /// | `Elapsed` | whatever was waited for | a second less, a look at the challenge, the end of the sign-in |
    /// | `Visibility` | a waiting challenge | fewer looks while nobody sees them |
    pub fn handle(&mut self, event: Event, now: Millis) -> Vec<Effect> {
        self.now = now;
        match event {
            Event::Begin { remembered } | Event::Restored { remembered } => self.begin(remembered),
            Event::Early(intent) => {
                self.early = matches!(self.screen.step, Step::Start(_));
                self.intend(intent);
            }
            Event::TakenOver(onward) => self.take_over(onward),
            Event::NotHandedOn => self.not_handed_on(),
            Event::User(intent) => self.intend(intent),
            Event::Replied { ticket, outcome } => self.replied(ticket, outcome),
            Event::Credential { ticket, outcome } => {
                if self.is_current(ticket) && !FIRST_FORM {
                    self.credential(outcome);
                }
            }
            Event::Duo { ticket, signature } => {
                if self.is_current(ticket) && !FIRST_FORM {
                    self.duo_signed(signature);
                }
            }
            Event::Elapsed => self.elapsed(),
            Event::Visibility { visible } => self.seen(visible),
            Event::Copied => self.key_copied(),
            Event::PageAnswered { ticket, outcome } => {
                if self.is_current(ticket) && !FIRST_FORM {
                    self.page_answered(ticket.purpose, outcome);
                }
            }
        }
        self.settle();
        std::mem::take(&mut self.effects)
    }

    pub(super) fn intend(&mut self, intent: Intent) {
        let leaves = matches!(
            intent,
            Intent::Back
                | Intent::Cancel
                | Intent::Choose(_)
                | Intent::Touch
                | Intent::CopyKey
                | Intent::OpenRecovery { .. }
                | Intent::SignUp(SignUp::Open { .. } | SignUp::Leave { .. })
        );
        if !leaves && (self.screen.busy || self.clock.pause.seconds.is_some()) {
            return;
        }
        match intent {
            Intent::SignIn { username, password, keep_username } => self.sign_in(&username, &password, keep_username),
            Intent::Touch => self.touched = true,
            Intent::Continue => self.continue_session(),
            Intent::SignOut => self.sign_out(),
            Intent::OpenRecovery { recovery, username } => {
                if matches!(self.screen.step, Step::Start(_) | Step::Recover(_) | Step::RecoveryChallenge(_)) {
                    self.open_recovery(recovery, &username);
                }
            }
            Intent::SignUp(SignUp::Open { username }) => self.open_registration(&username),
            Intent::Retry => self.try_again(),
            Intent::Resume => {
                if !self.hand_on_again() && self.screen.step == Step::Resuming {
                    self.take_up();
                }
            }
            Intent::Cancel => self.cancel(),
            _ if FIRST_FORM => {}
            Intent::SignUp(SignUp::Send { typed, phone, password }) => self.sign_up(typed, &phone, &password),
            Intent::SignUp(SignUp::Leave { username }) => self.leave_registration(&username),
            // Said elsewhere, by another machine (`my_factors`).
            Intent::Manage(_) => {}
            Intent::Recover { username, channel } => self.recover(&username, &channel),
            Intent::Answer(answer) => self.answer(&answer),
            Intent::ChangePassword { old, new, again, revoke_sessions } => {
                self.change_password(&old, &new, &again, revoke_sessions);
            }
            Intent::Choose(place) => self.choose(place),
            Intent::StartChallenge(preferences) => self.start_challenge(preferences),
            Intent::Resend => self.resend(),
            Intent::Prove { proof, preferences } => self.prove(proof, preferences),
            Intent::AskAgain => self.ask(),
            Intent::Follow => self.follow_outside(),
            Intent::KeepWaiting => self.keep_waiting(),
            Intent::Enroll(place) => self.enroll(place),
            Intent::EnrollWith(what) => self.enroll_with(what),
            Intent::Activate(proof) => self.activate(proof),
            Intent::SendActivation { by, phone_number } => self.send_activation(by, &phone_number),
            Intent::SetUpByHand => self.set_up_by_hand(),
            Intent::Restart => self.restart(),
            Intent::CopyKey => self.copy_key(),
            Intent::Consent(scopes) => self.consent(&scopes),
            Intent::ActivateDevice(code) => self.activate_device(&code),
            Intent::Skip => {
                self.follow("skip", Intent::Skip);
            }
            Intent::Back => self.back(),
        }
    }

    fn replied(&mut self, ticket: Ticket, outcome: Result<Answer, TransportError>) {
        match ticket.purpose {
            Purpose::Farewell => return,
            Purpose::Session => return self.session_found(outcome),
            Purpose::Questions => return self.questions_found(outcome),
            _ if !self.is_current(ticket) => return,
            // Answered already, where nothing is awaited.
            Purpose::Poll if !std::mem::take(&mut self.clock.looking) => return,
            Purpose::Poll => {}
            _ if !std::mem::take(&mut self.screen.busy) => return,
            _ => {}
        }
        match ticket.purpose {
            Purpose::SignOut => self.signed_out(outcome),
            Purpose::Replace => self.session_replaced(),
            Purpose::Duo => self.duo_told(outcome),
            Purpose::Hook(asked) if !FIRST_FORM => self.hook_replied(asked, outcome),
            purpose => {
                let body = outcome.as_ref().ok().filter(|_| FIRST_FORM).and_then(|answer| answer.body.clone());
                match outcome.map(Answer::into_transaction) {
                    Ok(Ok(transaction)) => self.enter_or_hand_on(transaction, body, purpose),
                    Ok(Err(error)) => self.fail(error, purpose),
                    Err(_) if purpose == Purpose::Poll => self.missed(),
                    Err(error) => self.fail_transport(error),
                }
            }
        }
    }

    fn is_current(&self, ticket: Ticket) -> bool {
        ticket.generation == self.generation
    }

    /// The org's answer decides the step.
    pub(super) fn enter(&mut self, Transaction { envelope, state }: Transaction, purpose: Purpose) {
        self.strikes = 0;
        let looks = self.clock.poll;
        match state {
            State::Unauthenticated { factors, remember_device } if !FIRST_FORM && !factors.is_empty() => {
                self.mfa_required(envelope, factors, remember_device, Vec::new());
            }
            State::Unauthenticated { .. } => {
                let step = Start { envelope: Some(envelope), without_password: false, ..self.start_form() };
                self.show(Step::Start(Rc::new(step)));
            }
            State::LockedOut => {
                self.may_unlock = envelope.links.next("unlock").is_some();
                self.start_over(Some(NoticeKind::LockedOut));
            }
            State::Success { session_token, device } => self.succeed(envelope, session_token, device),
            // Handed on.
            _ if FIRST_FORM => self.show(Step::Unsupported(Rc::new(envelope))),
            State::PasswordWarn(policy) => {
                self.new_password(envelope, PasswordReason::ExpiresIn(policy.expires_in_days), &policy);
            }
            State::PasswordExpired(policy) => self.new_password(envelope, PasswordReason::Expired, &policy),
            State::PasswordReset(policy) => self.new_password(envelope, PasswordReason::Reset, &policy),
            State::Recovery { question, token } => self.recovery(envelope, question, token),
            State::RecoveryChallenge { channel } => self.recovery_challenge(envelope, channel, purpose),
            State::MfaRequired { factors, remember_device, auto_push } => {
                self.mfa_required(envelope, factors, remember_device, auto_push);
            }
            State::MfaChallenge { factor, remember_device } => {
                self.mfa_challenge(envelope, *factor, remember_device, purpose);
            }
            State::MfaEnroll { factors, grace_period_end } => self.mfa_enroll(envelope, factors, grace_period_end),
            State::MfaEnrollActivate { factor } => self.mfa_enroll_activate(envelope, *factor, purpose),
            State::Poll { refresh } => {
                self.show_or_update(Step::Poll(Rc::new(Poll { envelope, refresh })), purpose);
            }
            State::Consent { scopes, for_all } => self.consent_required(envelope, scopes, for_all),
            State::DeviceActivate { user_code } => self.device_activate(envelope, user_code),
            State::Other => self.show(Step::Unsupported(Rc::new(envelope))),
        }
        self.lives_on();
        if purpose == Purpose::Poll {
            self.clock.poll = looks;
            if let Some(poll) = &mut self.clock.poll {
                poll.answered(self.now);
            }
        }
    }
}
