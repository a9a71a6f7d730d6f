//! Taking a factor away: the question, the fresh proof where the hook asks for one, and that it is gone. Never
//! here: how something is proved.

use super::prove::provable_here;
use super::set_up::id;
use super::{Doing, MyFactors};
use crate::authn::{Answer, TransportError};
use crate::flow::event::{Intent, Manage};
use crate::flow::hook::{Asked, HookNotice, answered};
use crate::flow::notice::NoticeKind;

impl MyFactors {
    pub(super) fn remove(&mut self, place: usize) {
        if let (Doing::Listing, Some(enrolled)) = (self.doing(), self.factors.get(place)) {
            self.show(Doing::Removing(enrolled.factor.clone()));
        }
    }

    pub(super) fn confirm(&mut self) {
        if let Doing::Removing(factor) = self.doing() {
            self.removing = Some(factor.clone());
            self.take_away();
        }
    }

    pub(super) fn take_away(&mut self) {
        if let Some(factor) = &self.removing {
            self.send(Asked::Removal, self.hook.remove(id(factor)), Some(Intent::Manage(Manage::Confirm)));
        }
    }

    pub(super) fn removed(&mut self, outcome: Result<Answer, TransportError>) {
        match answered(outcome, |_| ()) {
            Ok(()) => self.look_with(NoticeKind::Hook(HookNotice::FactorRemoved)),
            Err(failure) => self.fail(&failure),
        }
    }

    /// Asks for a fresh proof: of the password, or of any factor that can be proved here and counts.
    pub(super) fn vouch(&mut self) {
        let Some(factor) = self.removing.clone() else { return };
        let ways = self
            .factors
            .iter()
            .filter(|enrolled| enrolled.counts_as_proof && provable_here(enrolled))
            .map(|enrolled| enrolled.factor.clone())
            .collect();
        self.show(Doing::Vouching { factor, ways });
    }
}
