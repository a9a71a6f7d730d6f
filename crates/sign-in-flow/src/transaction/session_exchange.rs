//! The hook opens a session for the person who signed in: it takes the session token, and returns another one for the
//! org's redirect. Signing in does not depend on it: where the hook surely did not use the token, the sign-in continues
//! with that. Not here: the redirect.

use super::{TransactionMachine, TransactionStep};
use crate::handoff::ReturnToStart;
use crate::hook::{HookError, ProblemCode};
use crate::hook_operation::{HookFailure, HookOperation, read_response};
use crate::leaving::{Ending, Leaving};
use crate::notice::NoticeKind;
use crate::ticket::Purpose;
use okta_authn::{Response, SessionToken, TransportError};

impl TransactionMachine {
    /// Gives the token to the hook.
    pub(super) fn exchange(&mut self, token: SessionToken) -> Ending {
        let request = self.settings.session_hook().map(|hook| hook.open_session(&token));
        self.core.show(None);
        Ending::Leaving(match request {
            Some(Ok(request)) => {
                self.core.send(Purpose::Hook(HookOperation::Session), request, None);
                Leaving::Exchanging(token)
            }
            _ => self.core.redirect(&self.settings, token, self.may_have_session),
        })
    }

    /// The hook's response.
    pub(super) fn exchanged(&mut self, outcome: Result<Response, TransportError>) {
        let TransactionStep::Leaving(Leaving::Exchanging(token)) = &self.step else { return };
        let token = match read_response(outcome, |session| SessionToken::new(session.at("cookieToken").required_text()))
        {
            Ok(cookie_token) => cookie_token,
            Err(failure) if was_not_used(&failure) => token.clone(),
            Err(failure) => {
                self.core.failed(failure.told());
                let reason = if is_spent(&failure) { NoticeKind::SignInTimedOut } else { failure.kind() };
                return self.return_to_start(ReturnToStart { reason: Some(reason), ..ReturnToStart::default() });
            }
        };
        self.core.updated();
        self.step = TransactionStep::Leaving(self.core.redirect(&self.settings, token, self.may_have_session));
    }
}

fn is_spent(failure: &HookFailure) -> bool {
    failure.problem().is_some_and(|problem| problem.code == Some(ProblemCode::SessionTokenInvalid))
}

/// Whether the token can still be used: the hook was not reached, or refused before it asked the org.
fn was_not_used(failure: &HookFailure) -> bool {
    match failure {
        HookFailure::Transport(error) => *error != TransportError::TimedOut,
        HookFailure::Hook(HookError::Unreadable) => false,
        HookFailure::Hook(HookError::Problem(problem)) => !is_spent(failure) && ![502, 504].contains(&problem.status),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hook::Problem;

    #[test]
    fn whether_the_hook_may_have_used_the_token() {
        let problem = |status, code: &str| {
            let code = Some(ProblemCode::from(code));
            let problem = Problem { status, code, id: None, fields: Vec::new(), retry_after: None };
            HookFailure::Hook(HookError::Problem(problem))
        };
        for (failure, unused) in [
            (HookFailure::Transport(TransportError::Unreachable), true),
            (HookFailure::Transport(TransportError::Offline), true),
            (HookFailure::Transport(TransportError::TimedOut), false),
            (HookFailure::Hook(HookError::Unreadable), false),
            (problem(429, "rate_limited"), true),
            (problem(403, "origin_not_allowed"), true),
            (problem(404, "not_found"), true),
            (problem(500, "x"), true),
            (problem(501, "session_not_supported"), true),
            (problem(503, "org_unreachable"), true),
            (problem(401, "session_token_invalid"), false),
            (problem(502, "org_failed"), false),
            (problem(504, "org_timed_out"), false),
        ] {
            assert_eq!(was_not_used(&failure), unused, "{failure:?}");
        }
    }
}
