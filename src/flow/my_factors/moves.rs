//! The moves that all of it makes: show something, tell something, send a request, go back, try again. Never
//! here: which of them is due.

use super::{Account, Doing, MyFactors};
use crate::authn::{Request, UntrustedLink};
use crate::flow::countdown::Countdown;
use crate::flow::effect::Effect;
use crate::flow::event::{Intent, Manage, Purpose, Ticket};
use crate::flow::hook::Asked;
use crate::flow::notice::{Notice, NoticeKind, Retry};
use crate::hook::Enrolled;

impl MyFactors {
    /// Shows something new; what was under way belonged to what was before.
    pub(super) fn show(&mut self, doing: Doing) {
        self.update(doing);
        self.screen.number += 1;
        self.screen.notice = None;
        self.resend = Countdown::default();
        self.poll = None;
    }

    /// Changes what is shown, so that typing and focus stay.
    pub(super) fn update(&mut self, doing: Doing) {
        self.screen.step = Account::step(self.factors.clone(), doing);
    }

    pub(super) fn notify(&mut self, notice: Notice) {
        self.screen.notice = Some(notice);
        self.screen.notice_number += 1;
    }

    pub(super) fn tell(&mut self, kind: NoticeKind) {
        self.notify(Notice::of(kind));
    }

    pub(super) fn stop(&mut self) {
        self.generation += 1;
        if self.screen.busy || self.looking {
            self.effects.push(Effect::Abort);
        }
        self.screen.busy = false;
        self.looking = false;
    }

    /// A ticket for something that the person waits for.
    pub(super) fn ticket(&mut self, asked: Asked) -> Ticket {
        self.stop();
        self.screen.busy = true;
        self.screen.notice = None;
        Ticket { generation: self.generation, purpose: Purpose::Hook(asked) }
    }

    /// Sends a request in the name of the person. `repeat` is what Retry does if it fails; none where the form
    /// holds what was typed.
    pub(super) fn send(&mut self, asked: Asked, request: Result<Request, UntrustedLink>, repeat: Option<Intent>) {
        match request {
            Ok(request) => {
                let ticket = self.ticket(asked);
                self.repeat = repeat;
                self.effects.push(Effect::Send { ticket, request });
            }
            Err(UntrustedLink { target }) => self.tell(NoticeKind::UntrustedLink { target }),
        }
    }

    /// Fetches the list.
    pub(super) fn look(&mut self) {
        self.removing = None;
        self.proving = None;
        self.transaction = None;
        if matches!(self.doing(), Doing::SignedOut(_)) {
            self.show(Doing::Looking);
        }
        self.send(Asked::Factors, self.hook.factors(), Some(Intent::Manage(Manage::Look)));
    }

    /// The same, with news for when it has come.
    pub(super) fn look_with(&mut self, news: NoticeKind) {
        self.news = Some(news);
        self.look();
    }

    pub(super) fn list(&mut self, factors: Vec<Enrolled>) {
        self.factors = factors.into();
        self.show_list();
    }

    /// The list as it is known.
    pub(super) fn show_list(&mut self) {
        self.stop();
        self.removing = None;
        self.proving = None;
        self.transaction = None;
        if matches!(self.doing(), Doing::SignedOut(_)) {
            return;
        }
        let first = matches!(self.doing(), Doing::Looking) && self.screen.number == 0;
        self.show(Doing::Listing);
        // The page's first view takes no focus.
        self.screen.number -= u32::from(first);
        if let Some(news) = self.news.take() {
            self.tell(news);
        }
    }

    pub(super) fn back(&mut self) {
        match self.doing() {
            Doing::Describing { .. } => {
                self.stop();
                self.show(Doing::Choosing(self.catalog.clone()));
            }
            Doing::Proving { .. } if self.removing.is_some() => {
                self.stop();
                self.vouch();
            }
            _ => self.show_list(),
        }
    }

    pub(super) fn sign_out(&mut self) {
        if matches!(self.doing(), Doing::Listing) {
            self.send(Asked::SignOut, self.hook.close_session(), Some(Intent::SignOut));
        }
    }

    /// Nobody is signed in (any more).
    pub(super) fn signed_out(&mut self, why: Option<NoticeKind>) {
        self.stop();
        (self.removing, self.proving, self.transaction, self.news) = (None, None, None, None);
        self.factors = [].into();
        self.show(Doing::SignedOut(self.sign_in_url.clone()));
        if let Some(why) = why {
            self.tell(why);
        }
    }

    pub(super) fn try_again(&mut self) {
        let offered = self.screen.notice.as_ref().is_some_and(|notice| notice.retry == Retry::Again);
        if let Some(intent) = self.repeat.take().filter(|_| offered) {
            self.intend(intent);
        }
    }

    /// Whether Retry repeats what the machine remembers, or submits the form.
    pub(super) fn retry(&self) -> Retry {
        if self.repeat.is_some() { Retry::Again } else { Retry::Form }
    }
}
