//! Having the hook know who signed in: it takes the session token and gives another one for the org's
//! redirect. Signing in does not depend on it: where it surely did not take the token, the sign-in goes on
//! with that. Never here: the redirect.

use super::event::Purpose;
use super::hook::{Asked, Failure, answered};
use super::machine::Machine;
use super::notice::NoticeKind;
use super::step::Step;
use crate::authn::{Answer, Request, SessionToken, TransportError, UntrustedLink};
use crate::hook::{HookError, ProblemCode};

impl Machine {
    /// Gives the token to the hook.
    pub(super) fn exchange(&mut self, request: Result<Request, UntrustedLink>, token: SessionToken) {
        self.show(Step::Leaving);
        match request {
            Ok(request) => {
                self.exchanging = Some(token);
                self.send(Purpose::Hook(Asked::Session), request, None);
            }
            Err(_) => self.leave_with(token),
        }
    }

    pub(super) fn exchanged(&mut self, outcome: Result<Answer, TransportError>) {
        let Some(token) = self.exchanging.take() else { return };
        match answered(outcome, |session| SessionToken::new(session.at("cookieToken").needed_text())) {
            Ok(cookie_token) => self.leave_with(cookie_token),
            Err(failure) if kept_its_hands_off(&failure) => self.leave_with(token),
            Err(failure) => {
                let is_spent = is_spent(&failure);
                self.start_over(Some(if is_spent { NoticeKind::SignInTimedOut } else { failure.kind() }));
            }
        }
    }
}

fn is_spent(failure: &Failure) -> bool {
    failure.problem().is_some_and(|problem| problem.code == Some(ProblemCode::SessionTokenInvalid))
}

/// Whether the token surely still works: the hook was never asked, or refused before it asked the org.
fn kept_its_hands_off(failure: &Failure) -> bool {
    match failure {
        Failure::Transport(error) => *error != TransportError::TimedOut,
        Failure::Hook(HookError::Unreadable) => false,
        Failure::Hook(HookError::Problem(problem)) => !is_spent(failure) && ![502, 504].contains(&problem.status),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hook::Problem;

    #[test]
    fn what_the_hook_may_have_done_with_the_token() {
        let told = |status, code: &str| {
            let code = Some(ProblemCode::from(code));
            Failure::Hook(HookError::Problem(Problem { status, code, id: None, fields: Vec::new(), retry_after: None }))
        };
        for (failure, off) in [
            (Failure::Transport(TransportError::Unreachable), true),
            (Failure::Transport(TransportError::Offline), true),
            (Failure::Transport(TransportError::TimedOut), false),
            (Failure::Hook(HookError::Unreadable), false),
            (told(429, "rate_limited"), true),
            (told(403, "origin_not_allowed"), true),
            (told(404, "not_found"), true),
            (told(500, "x"), true),
            (told(503, "org_unreachable"), true),
            (told(401, "session_token_invalid"), false),
            (told(502, "org_failed"), false),
            (told(504, "org_timed_out"), false),
        ] {
            assert_eq!(kept_its_hands_off(&failure), off, "{failure:?}");
        }
    }
}
