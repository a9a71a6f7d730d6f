//! Factor management: the machine behind `<okta-my-factors>`. A person who is signed in sees their factors, adds, tests
//! and removes them; the hook does it. Not here: I/O, a text, or a rule of the hook's (whose factors, and when a proof
//! is fresh).

mod enroll;
mod state;
mod verify;

pub use enroll::enroll_method_here;
pub use state::{EnrollDetails, ManageStep, Proof as ProofStep, ProofPurpose, Reauthenticate};
pub use verify::can_verify_here;

use crate::core::Core;
use crate::effect::Effect;
use crate::event::{Event, Intent, ManageIntent};
use crate::hook::factor::catalog;
use crate::hook::{Enrolled, Hook, ProblemCode};
use crate::hook_operation::{HookFailure, HookOperation, ListNotice, read_response};
use crate::notice::HookNotice;
use crate::notice::{Notice, NoticeKind, Retry};
use crate::screen::Screen;
use crate::ticket::{Purpose, Ticket};
use crate::timers::Elapsed;
use okta_authn::{Factor, Millis, Request, Response, TransportError, UntrustedLink};
use std::rc::Rc;

/// Decides what happens next with the factors of the person who is signed in.
#[derive(Debug)]
pub struct ManageFactors {
    hook: Hook,
    /// Where to sign in.
    sign_in_url: Option<String>,
    core: Core,
    /// The list, as the hook told it last. Empty where nobody is signed in.
    factors: Rc<[Enrolled]>,
    step: ManageStep,
}

impl ManageFactors {
    /// A machine that waits for [`Event::Begin`].
    pub fn new(hook: Hook, sign_in_url: Option<String>) -> Self {
        Self { hook, sign_in_url, core: Core::default(), factors: Rc::from([]), step: ManageStep::Loading }
    }

    /// What all steps share.
    pub fn screen(&self) -> &Screen {
        &self.core.screen
    }

    /// The present step.
    pub fn step(&self) -> &ManageStep {
        &self.step
    }

    /// The factors, as far as they are known.
    pub fn factors(&self) -> &Rc<[Enrolled]> {
        &self.factors
    }

    /// Takes one event at the time `now`, and returns what must be done, in order.
    ///
    /// Every pair of event and step that the table does not name does nothing.
    ///
    /// | event | step | leads to |
    /// |---|---|---|
    /// | `Begin`, `Reload` | any | the list is fetched |
    /// | `Restored` | any but a form, activation, proof or reauthentication | the list is fetched |
    /// | `Add`, then `Enroll`, `EnrollWith` | list, catalog, form | a proof, the catalog; a form, or it is enrolled |
    /// | `Finish`, `Activate`, `CancelSetup` | list, activation | its first proof; the list; it is removed again |
    /// | `Test`, `Prove`, `Resend`, `AskAgain` | list, proof | a challenge, its proof, and a notice that it works |
    /// | `Remove`, `ConfirmRemoval` | list, question | the question; it is removed |
    /// | `Choose`, `Password` | reauthentication | the proof; the factor is removed, or the catalog |
    /// | `CopyKey`, then `Copied` | activation | the key is on the clipboard, and a notice says so |
    /// | `SignOut`, `SignOutEverywhere` | list | the session ends, or all of the person's do |
    /// | `Back` | any | the step before |
    /// | `Cancel` | any | the list |
    /// | `Retry`, `KeepWaiting` | a notice that offers it | the same again |
    /// | `Replied` with 401 | any | where to sign in |
    /// | `Replied` with `session_not_supported` | any | that it can't be done here: signing in again would not help |
    /// | `Elapsed` | any | countdowns, a poll; the end of a pause: the list is fetched again |
    /// | `Visibility` | a push | fewer polls while the page is hidden |
    /// | `Visibility`, `Online`, `Edit` after a sleep of the device | any | as `Elapsed`, where its time has come |
    /// | `Edit` | any | a notice about what was typed is over |
    /// | `Online` | any | the notice that the device is offline is over; the list is fetched again; polls go on |
    pub fn handle(&mut self, event: Event, now: Millis) -> Vec<Effect> {
        self.core.set_now(now);
        match event {
            // What the person is in the middle of stays; what is not true any more, the hook says.
            Event::Restored { .. } if self.asks_for_something() && !self.core.screen.busy => {}
            Event::Begin { .. } | Event::Restored { .. } => self.fetch_list(None),
            Event::User(intent) => self.intend(intent),
            Event::Replied { ticket, outcome } => self.replied(ticket, outcome),
            Event::Credential { ticket, outcome } => {
                if self.core.accept(ticket) {
                    self.credential(outcome);
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
            Event::Copied => {
                if matches!(self.step, ManageStep::Activate(_)) {
                    self.core.tell(NoticeKind::KeyCopied);
                }
            }
            Event::Duo { .. }
            | Event::PageReplied { .. }
            | Event::PageFailed { .. }
            | Event::HandoffFailed(_)
            | Event::Discovered { .. }
            | Event::Returned(_)
            | Event::TokensLoaded { .. }
            | Event::Tokens { .. }
            | Event::Leave => {}
        }
        self.core.plan_polling(self.step.poll_plan());
        self.core.finish(self.step.name())
    }

    fn intend(&mut self, intent: Intent) {
        if !intent.is_allowed_while_busy() && !self.core.accepts_input() {
            return;
        }
        match intent {
            Intent::Manage(ManageIntent::Reload) => self.fetch_list(None),
            Intent::Manage(ManageIntent::Add) => self.fetch_catalog(),
            Intent::Enroll(place) => self.enroll(place),
            Intent::EnrollWith(with) => self.enroll_with(&with),
            Intent::EnrollPhone(entry) => self.enroll_phone(entry),
            Intent::Manage(ManageIntent::Finish(place)) => self.finish_setup(place),
            Intent::Activate(proof) => self.activate(proof),
            Intent::Manage(ManageIntent::CancelSetup) => self.cancel_setup(),
            Intent::CopyKey => {
                if let ManageStep::Activate(enrolled) = &self.step {
                    self.core.copy_key(&enrolled.factor);
                }
            }
            Intent::Manage(ManageIntent::Test(place)) => self.test(place),
            Intent::Prove { proof, .. } => self.prove(proof),
            Intent::StartChallenge(_) => self.challenge_again(),
            Intent::Resend => self.resend(),
            Intent::AskAgain => self.ask(),
            Intent::Manage(ManageIntent::Remove(place)) => self.ask_removal(place),
            Intent::Manage(ManageIntent::ConfirmRemoval) => self.remove(),
            Intent::Choose(place) => self.reauthenticate_with(place),
            Intent::Manage(ManageIntent::Password(password)) => self.prove_password(&password),
            Intent::KeepWaiting => self.core.keep_waiting(),
            Intent::Edit => {
                self.core.edited();
                self.catch_up();
            }
            Intent::SignOut => self.sign_out(self.hook.close_session(), intent),
            Intent::Manage(ManageIntent::SignOutEverywhere) => self.sign_out(self.hook.close_all_sessions(), intent),
            Intent::Back => self.back(),
            Intent::Cancel => self.show_list(),
            Intent::Retry => {
                if let Some(intent) = self.core.take_repeat() {
                    self.intend(intent);
                }
            }
            _ => {}
        }
    }

    fn replied(&mut self, ticket: Ticket, outcome: Result<Response, TransportError>) {
        let Purpose::Hook(operation) = ticket.purpose else { return };
        if !self.core.accept(ticket) {
            return;
        }
        if outcome.as_ref().is_ok_and(|response| (200..300).contains(&response.status)) {
            self.core.reset_rate_limits();
        }
        match operation {
            HookOperation::Factors(notice) => match read_response(outcome, Enrolled::list) {
                Ok(factors) => {
                    self.factors = factors.into();
                    self.show_list();
                    if let Some(notice) = notice {
                        self.core.tell(notice.into());
                    }
                }
                Err(failure) => self.fail(&failure),
            },
            HookOperation::Catalog => match read_response(outcome, catalog) {
                Ok((catalog, proof_required)) => self.catalog_found(catalog.into(), proof_required),
                Err(failure) => self.fail(&failure),
            },
            HookOperation::Enrollment => match read_response(outcome, Enrolled::read) {
                Ok(enrolled) => self.enrolled(enrolled),
                Err(failure) => self.fail(&failure),
            },
            HookOperation::Activation => self.done(outcome, |machine| machine.fetch_list(Some(ListNotice::Added))),
            HookOperation::Removal => self.done(outcome, |machine| machine.fetch_list(Some(ListNotice::Removed))),
            HookOperation::Resend => self.done(outcome, Self::sent_again),
            HookOperation::Challenge | HookOperation::Poll => self.challenged(operation, outcome),
            HookOperation::Password => self.done(outcome, Self::proved),
            HookOperation::SignOut => self.done(outcome, |machine| machine.signed_out(Some(NoticeKind::SignedOut))),
            HookOperation::Questions(place) => self.questions_found(place, outcome),
            HookOperation::Form | HookOperation::Registration | HookOperation::Session => {}
        }
    }

    /// Continues where an operation without a result succeeded.
    fn done(&mut self, outcome: Result<Response, TransportError>, next: impl FnOnce(&mut Self)) {
        match read_response(outcome, |_| ()) {
            Ok(()) => next(self),
            Err(failure) => self.fail(&failure),
        }
    }

    /// Whether the person may have typed something, or waits for something sent.
    fn asks_for_something(&self) -> bool {
        matches!(
            self.step,
            ManageStep::Form(_) | ManageStep::Activate(_) | ManageStep::Prove(_) | ManageStep::Reauthenticate(_)
        )
    }

    fn show(&mut self, step: ManageStep) {
        self.core.show(None);
        self.step = step;
    }

    fn send(&mut self, operation: HookOperation, request: Result<Request, UntrustedLink>, repeat: Option<Intent>) {
        self.core.send_if_trusted(Purpose::Hook(operation), request, repeat);
    }

    /// Fetches the list; the notice is shown when it has come.
    fn fetch_list(&mut self, notice: Option<ListNotice>) {
        if self.is_over() {
            self.show(ManageStep::Loading);
        }
        let request = self.hook.factors();
        self.send(HookOperation::Factors(notice), request, Some(Intent::Manage(ManageIntent::Reload)));
    }

    /// Shows the list as it is known.
    fn show_list(&mut self) {
        self.core.stop();
        if self.is_over() {
            return;
        }
        let is_first = matches!(self.step, ManageStep::Loading) && self.core.screen.step_id == 0;
        self.show(ManageStep::List { testing: None });
        if is_first {
            // The page's first view takes no focus.
            self.core.screen.step_id = 0;
            self.core.updated();
        }
    }

    fn ask_removal(&mut self, place: usize) {
        if let (ManageStep::List { .. }, Some(enrolled)) = (&self.step, self.factors.get(place)) {
            let factor = enrolled.factor.clone();
            self.show(ManageStep::ConfirmRemoval(factor));
        }
    }

    /// Removes the factor that the step is about.
    fn remove(&mut self) {
        if let ProofPurpose::Removal(factor) = self.step.purpose() {
            let request = self.hook.remove(id(&factor));
            self.send(HookOperation::Removal, request, Some(Intent::Manage(ManageIntent::ConfirmRemoval)));
        }
    }

    fn sign_out(&mut self, request: Result<Request, UntrustedLink>, repeat: Intent) {
        if matches!(self.step, ManageStep::List { .. }) {
            self.send(HookOperation::SignOut, request, Some(repeat));
        }
    }

    /// Nobody is signed in.
    fn signed_out(&mut self, reason: Option<NoticeKind>) {
        self.core.stop();
        self.factors = Rc::from([]);
        self.show(ManageStep::SignedOut(self.sign_in_url.clone()));
        if let Some(reason) = reason {
            self.core.tell(reason);
        }
    }

    /// Whether nothing can be done here.
    fn is_over(&self) -> bool {
        matches!(self.step, ManageStep::SignedOut(_) | ManageStep::Unavailable)
    }

    fn back(&mut self) {
        self.core.stop();
        match std::mem::replace(&mut self.step, ManageStep::List { testing: None }) {
            ManageStep::Form(EnrollDetails { catalog, .. }) => self.show(ManageStep::Catalog(catalog)),
            ManageStep::Prove(ProofStep { purpose, .. }) if purpose != ProofPurpose::Test => {
                self.reauthenticate(purpose);
            }
            step => {
                self.step = step;
                self.show_list();
            }
        }
    }

    fn fail(&mut self, failure: &HookFailure) {
        if let Some(notice) = self.failed(failure) {
            self.core.notify(notice);
        }
    }

    /// What a failure leads to. Returns the notice, where the step stays.
    fn failed(&mut self, failure: &HookFailure) -> Option<Notice> {
        self.core.failed(failure.told());
        let problem = failure.problem();
        match problem.and_then(|problem| problem.code.as_ref()) {
            Some(ProblemCode::NotSignedIn) => {
                self.signed_out(None);
                return None;
            }
            Some(ProblemCode::SessionNotSupported) => {
                self.core.stop();
                self.factors = Rc::from([]);
                self.show(ManageStep::Unavailable);
                return None;
            }
            Some(ProblemCode::FreshProofRequired) => {
                let purpose = self.step.purpose();
                if purpose != ProofPurpose::Test {
                    self.reauthenticate(purpose);
                    return None;
                }
            }
            // It was removed meanwhile, for example on another page.
            Some(ProblemCode::NotFound) => {
                self.fetch_list(Some(ListNotice::Gone));
                return None;
            }
            _ => {}
        }
        let kind = match failure.kind() {
            // Here there is one field at most.
            NoticeKind::Hook(HookNotice::CheckFields) => NoticeKind::Hook(HookNotice::NotAccepted),
            // The field for that code is here.
            NoticeKind::WaitToSend if matches!(self.step, ManageStep::Prove(_) | ManageStep::Activate(_)) => {
                NoticeKind::TooSoon
            }
            kind => kind,
        };
        if matches!(kind, NoticeKind::TooSoon | NoticeKind::WaitToSend) {
            self.hold_resend();
        }
        let retry = match &kind {
            NoticeKind::RateLimited => {
                self.core.pause_until(failure.retry_at(self.core.now));
                // Where nothing can be pressed, this can, when the pause is over.
                self.core.retry(false)
            }
            _ if failure.is_temporary() => self.core.retry(true),
            _ => Retry::No,
        };
        let refused = !failure.is_temporary() && !matches!(kind, NoticeKind::RateLimited) && !kind.keeps_secrets();
        self.core.screen.secret_clear_count += u32::from(refused);
        let error_id = problem.and_then(|problem| problem.id.clone()).filter(|_| kind.is_unexpected());
        Some(Notice { kind, error_id, retry })
    }

    fn elapsed(&mut self) {
        match self.core.elapse() {
            Elapsed::PauseOver => self.pause_over(),
            Elapsed::Expired | Elapsed::Nothing => {}
        }
        if self.core.poll_is_due() {
            self.poll();
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
        if matches!(self.step, ManageStep::Loading) {
            self.fetch_list(None);
        }
    }
}

/// The id of a factor that is the caller's.
fn id(factor: &Factor) -> &str {
    factor.id.as_deref().unwrap_or_default()
}
