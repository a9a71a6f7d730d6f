//! What an error of the hook leads to. Never here: the words.

use super::MyFactors;
use crate::flow::countdown::Countdown;
use crate::flow::hook::{Failure, HookNotice};
use crate::flow::notice::{Notice, NoticeKind, Retry};
use crate::hook::ProblemCode;

/// Longest pause after a rate limit, in seconds, and the one where the hook names none.
const LONGEST_PAUSE: u32 = 300;
const PAUSE: u32 = 5;

impl MyFactors {
    pub(super) fn fail(&mut self, failure: &Failure) {
        let problem = failure.problem();
        match problem.and_then(|problem| problem.code.as_ref()) {
            Some(ProblemCode::NotSignedIn) => return self.signed_out(None),
            Some(ProblemCode::FreshProofRequired) => return self.vouch(),
            // It went meanwhile, on another page for one.
            Some(ProblemCode::NotFound) => return self.look_with(NoticeKind::Hook(HookNotice::FactorGone)),
            _ => {}
        }
        let kind = match failure.kind() {
            // Here there is one field at most.
            NoticeKind::Hook(HookNotice::CheckFields) => NoticeKind::Hook(HookNotice::NotAccepted),
            kind => kind,
        };
        let retry = match &kind {
            NoticeKind::RateLimited => {
                let seconds = problem.and_then(|problem| problem.retry_after).unwrap_or(PAUSE);
                self.pause = Countdown::of(seconds.clamp(1, LONGEST_PAUSE), self.now);
                // Where nothing can be pressed, this can, when the pause is over.
                if self.repeat.is_some() { Retry::Again } else { Retry::No }
            }
            _ if failure.may_pass() => self.retry(),
            _ => Retry::No,
        };
        self.screen.refusals += u32::from(!failure.may_pass() && kind != NoticeKind::RateLimited);
        let error_id = problem.and_then(|problem| problem.id.clone());
        self.notify(Notice { kind, error_id, retry });
    }
}
