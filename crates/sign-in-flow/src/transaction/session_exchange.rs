//! The hook opens a session for the person who signed in, in one of two ways. Where it is a client of OpenID Connect, the
//! browser goes to it with the org's session, before it goes on. Else it takes the session token, and returns another one
//! for the org's redirect. Signing in does not depend on it: the hook is asked first, so that no browser is sent to one
//! that does not answer, and where the hook surely did not use the token, the sign-in continues with that. Not here: the
//! redirect.

use super::{TransactionMachine, TransactionStep};
use crate::handoff::ReturnToStart;
use crate::hook::{HookError, ProblemCode};
use crate::hook_operation::{HookFailure, HookOperation, read_response};
use crate::leaving::{Ending, Leaving};
use crate::notice::NoticeKind;
use crate::settings::{AfterSuccess, Settings};
use crate::ticket::Purpose;
use okta_authn::{Response, SessionToken, TransportError};

impl TransactionMachine {
    /// Asks the hook whether the browser may come to it.
    pub(super) fn exchange(&mut self, token: SessionToken) -> Ending {
        self.core.show(None);
        let AfterSuccess::SessionCookie { redirect_url, .. } = &self.settings.after_success else {
            return Ending::Leaving(Leaving::Done);
        };
        let request = self.settings.session_hook().map(|hook| hook.may_start(redirect_url.as_str()));
        Ending::Leaving(match request {
            Some(request) => {
                self.core.send(Purpose::Hook(HookOperation::Session), request, None);
                Leaving::Asking(token)
            }
            None => self.core.redirect(&self.settings, token, self.may_have_session),
        })
    }

    /// The hook's response, to either request.
    pub(super) fn session_replied(&mut self, outcome: Result<Response, TransportError>) {
        if let TransactionStep::Leaving(Leaving::Asking(token)) = &self.step {
            let token = token.clone();
            self.asked(token, outcome);
        } else {
            self.exchanged(outcome);
        }
    }

    /// The browser may come; or the hook knows the other way only; or there is no hook.
    fn asked(&mut self, token: SessionToken, outcome: Result<Response, TransportError>) {
        self.core.updated();
        let leaving = match outcome.map(|response| response.status) {
            Ok(204) => self.core.redirect(&by_way_of_hook(&self.settings), token, self.may_have_session),
            // Other servers may answer any path with a page.
            Ok(200 | 404) => self.give(token),
            _ => self.core.redirect(&self.settings, token, self.may_have_session),
        };
        self.step = TransactionStep::Leaving(leaving);
    }

    /// Gives the token to the hook.
    fn give(&mut self, token: SessionToken) -> Leaving {
        match self.settings.session_hook().map(|hook| hook.open_session(&token)) {
            Some(Ok(request)) => {
                self.core.send(Purpose::Hook(HookOperation::Session), request, None);
                Leaving::Exchanging(token)
            }
            _ => self.core.redirect(&self.settings, token, self.may_have_session),
        }
    }

    /// The token that the hook gives for it.
    fn exchanged(&mut self, outcome: Result<Response, TransportError>) {
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

/// The settings of a sign-in that ends at the hook first.
fn by_way_of_hook(settings: &Settings) -> Settings {
    let mut settings = settings.clone();
    let hook = settings.session_hook().cloned();
    if let (AfterSuccess::SessionCookie { redirect_url, .. }, Some(hook)) = (&mut settings.after_success, hook) {
        *redirect_url = redirect_url.by_way_of(&hook);
    }
    settings
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
            (HookFailure::Transport(TransportError::OtherPage), true),
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
