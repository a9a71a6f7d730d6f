//! One's own factors: the machine behind `<okta-my-factors>`. Who is signed in sees them, adds, tries and takes
//! away; the hook does it. Events in, effects out, as in [`super::machine`], and with the same words for what a
//! person wants. Never here: IO, a text, or a rule that is the hook's (whose factors, and when a proof is fresh).

mod account;
mod failure;
mod moves;
mod prove;
mod remove;
mod set_up;
mod time;

pub use account::{Account, Doing};
pub use prove::provable_here;
pub use set_up::enrolling_here;

use super::countdown::Countdown;
use super::effect::Effect;
use super::event::{Event, Intent, Manage, Purpose, Ticket};
use super::hook::{Asked, HookNotice, answered};
use super::machine::Screen;
use super::notice::NoticeKind;
use super::poll::PollSchedule;
use super::step::Step;
use crate::authn::{Answer, Factor, Millis, TransportError};
use crate::hook::factor::catalog;
use crate::hook::{Enrolled, Hook};
use std::rc::Rc;

/// Decides what happens next with one's own factors.
#[derive(Debug)]
pub struct MyFactors {
    hook: Hook,
    /// Where to sign in.
    sign_in_url: Option<String>,
    screen: Screen,
    now: Millis,
    /// The list as the hook told it last.
    factors: Rc<[Enrolled]>,
    /// What can be set up, as told last.
    catalog: Rc<[Factor]>,
    /// The factor that is being proved, or about to be.
    proving: Option<Factor>,
    /// The factor that goes as soon as a proof is fresh.
    removing: Option<Factor>,
    /// The challenge that a phone answers.
    transaction: Option<String>,
    /// What to tell as soon as the list has come.
    news: Option<NoticeKind>,
    /// What Retry repeats. Never holds anything that was typed.
    repeat: Option<Intent>,
    resend: Countdown,
    pause: Countdown,
    poll: Option<PollSchedule>,
    /// A look is under way.
    looking: bool,
    hidden: bool,
    /// When the timer rings.
    armed: Option<Millis>,
    generation: u32,
    effects: Vec<Effect>,
}

impl MyFactors {
    /// A machine that waits for [`Event::Begin`].
    pub fn new(hook: Hook, sign_in_url: Option<String>) -> Self {
        let screen = Screen::first(Account::step(Rc::from([]), Doing::Looking));
        Self {
            hook,
            sign_in_url,
            screen,
            now: 0,
            factors: Rc::from([]),
            catalog: Rc::from([]),
            proving: None,
            removing: None,
            transaction: None,
            news: None,
            repeat: None,
            resend: Countdown::default(),
            pause: Countdown::default(),
            poll: None,
            looking: false,
            hidden: false,
            armed: None,
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
    /// | event | while | leads to |
    /// |---|---|---|
    /// | `Begin`, `Restored`, `Look` | any | the list is fetched |
    /// | `Add`, then `Enroll`, `EnrollWith` | list, choice, form | the choice; a form, or the factor is set up |
    /// | `Finish`, `Activate`, `Abandon` | list, set-up | its first proof; the list; it is taken away again |
    /// | `Test`, `Prove`, `Resend`, `AskAgain` | list, proof | a challenge, its proof, and a word that it works |
    /// | `Remove`, `Confirm` | list, question | the question; it goes |
    /// | `Choose`, `Password` | where a fresh proof is asked | the proof, and then it goes |
    /// | `SignOut` | list | the session ends |
    /// | `Back`, `Cancel` | any | what was before; the list |
    /// | `Replied` with 401 | any | a way to sign in |
    pub fn handle(&mut self, event: Event, now: Millis) -> Vec<Effect> {
        self.now = now;
        match event {
            Event::Begin { .. } | Event::Restored { .. } => self.look(),
            Event::User(intent) => self.intend(intent),
            Event::Replied { ticket, outcome } => self.replied(ticket, outcome),
            Event::Credential { ticket, outcome } if self.is_current(ticket) => self.credential(outcome),
            Event::Elapsed => self.elapsed(),
            Event::Visibility { visible } => self.seen(visible),
            Event::Copied if matches!(self.doing(), Doing::Activating(_)) => self.tell(NoticeKind::KeyCopied),
            _ => {}
        }
        self.settle();
        std::mem::take(&mut self.effects)
    }

    fn intend(&mut self, intent: Intent) {
        let leaves = matches!(intent, Intent::Back | Intent::Cancel | Intent::CopyKey);
        if !leaves && (self.screen.busy || self.pause.seconds.is_some()) {
            return;
        }
        match intent {
            Intent::Manage(Manage::Look) => self.look(),
            Intent::Manage(Manage::Add) => self.open_catalog(),
            Intent::Enroll(place) => self.enroll(place),
            Intent::EnrollWith(what) => self.enroll_with(&what),
            Intent::Manage(Manage::Finish(place)) => self.finish(place),
            Intent::Activate(proof) => self.activate(proof),
            Intent::Manage(Manage::Abandon) => self.abandon(),
            Intent::CopyKey => self.copy_key(),
            Intent::Manage(Manage::Test(place)) => self.test(place),
            Intent::Prove { proof, .. } => self.prove(proof),
            Intent::StartChallenge(_) => self.challenge(),
            Intent::Resend => self.resend(),
            Intent::AskAgain => self.ask(),
            Intent::Manage(Manage::Remove(place)) => self.remove(place),
            Intent::Manage(Manage::Confirm) => self.confirm(),
            Intent::Choose(place) => self.prove_with(place),
            Intent::Manage(Manage::Password(password)) => self.prove_password(&password),
            Intent::SignOut => self.sign_out(),
            Intent::Back => self.back(),
            Intent::Cancel => self.show_list(),
            Intent::Retry => self.try_again(),
            _ => {}
        }
    }

    fn replied(&mut self, ticket: Ticket, outcome: Result<Answer, TransportError>) {
        let Purpose::Hook(asked) = ticket.purpose else { return };
        match asked {
            Asked::Questions => return self.questions_found(outcome),
            _ if !self.is_current(ticket) => return,
            Asked::Look if !std::mem::take(&mut self.looking) => return,
            Asked::Look => {}
            _ if !std::mem::take(&mut self.screen.busy) => return,
            _ => {}
        }
        match asked {
            Asked::Factors => match answered(outcome, Enrolled::list) {
                Ok(factors) => self.list(factors),
                Err(failure) => self.fail(&failure),
            },
            Asked::Catalog => match answered(outcome, catalog) {
                Ok(catalog) => self.choose_new(catalog),
                Err(failure) => self.fail(&failure),
            },
            Asked::Enrollment => match answered(outcome, Enrolled::read) {
                Ok(enrolled) => self.enrolled(enrolled),
                Err(failure) => self.fail(&failure),
            },
            Asked::Activation => match answered(outcome, |_| ()) {
                Ok(()) => self.look_with(NoticeKind::Hook(HookNotice::FactorAdded)),
                Err(failure) => self.fail(&failure),
            },
            Asked::Resend => match answered(outcome, |_| ()) {
                Ok(()) => self.sent_again(),
                Err(failure) => self.fail(&failure),
            },
            Asked::Challenge | Asked::Look => self.challenged(asked, outcome),
            Asked::Password => match answered(outcome, |_| ()) {
                Ok(()) => self.proved(),
                Err(failure) => self.fail(&failure),
            },
            Asked::Removal => self.removed(outcome),
            Asked::SignOut => match answered(outcome, |_| ()) {
                Ok(()) => self.signed_out(Some(NoticeKind::SignedOut)),
                Err(failure) => self.fail(&failure),
            },
            _ => {}
        }
    }

    fn is_current(&self, ticket: Ticket) -> bool {
        ticket.generation == self.generation
    }

    fn doing(&self) -> &Doing {
        match &self.screen.step {
            Step::Account(account) => &account.doing,
            // It never shows anything else.
            _ => &Doing::Looking,
        }
    }
}
