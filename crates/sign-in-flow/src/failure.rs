//! What an error leads to: a notice, a pause, a question to the org, or the start form. Not here: the texts, or what an
//! error means on a step of the transaction (`transaction::meaning`).

use crate::core::Core;
use crate::notice::{Notice, NoticeKind, Retry};
use crate::sign_in_event::Failure;
use crate::ticket::Purpose;
use okta_authn::{ApiError, AuthnError, ErrorCode, Org, Request, TransportError};

/// What an error of the org means where it comes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// The step goes on, and the person is told.
    Told(NoticeKind),
    /// The transaction has ended.
    Over(NoticeKind),
}

/// What the handling of an error depends on.
#[derive(Clone, Copy)]
pub(crate) struct FailureContext<'a> {
    /// What an error of the org means on the present step.
    pub(crate) meaning: &'a dyn Fn(&ApiError) -> Meaning,
    /// The step has a form that can be submitted again.
    pub(crate) has_form: bool,
}

/// What the machine has to do about an error.
#[derive(Debug)]
pub(crate) enum Verdict {
    /// Nothing: the person has been told, or the org is asked for the state.
    Told,
    /// The transaction has ended.
    Over(NoticeKind),
    /// The token that the page was opened with is spent or unknown.
    NotResumed,
}

impl Core {
    /// Decides what an error of the org leads to, and shows the notice or asks for the state where that is all.
    pub(crate) fn fail(&mut self, org: &Org, error: AuthnError, purpose: Purpose, context: FailureContext) -> Verdict {
        // What was asked behind the person's back says only whether the transaction is over.
        let is_over = matches!(&error, AuthnError::Api(ApiError { code: Some(ErrorCode::InvalidToken), .. }));
        let failure = Failure::of(&error);
        match error {
            _ if purpose == (Purpose::KeepAlive { tells: false }) && !is_over => {}
            AuthnError::Api(error) if purpose.is_poll() && (error.status == 429 || error.status >= 500) => {
                self.poll_failed(failure);
            }
            AuthnError::Decode(_) | AuthnError::NotJson { .. } | AuthnError::Transport(_) if purpose.is_poll() => {
                self.poll_failed(failure);
            }
            AuthnError::Api(error) => return self.fail_api(org, error, failure, purpose, context),
            AuthnError::Transport(error) => self.fail_transport(error, context.has_form),
            AuthnError::Decode(_) | AuthnError::NotJson { .. } => {
                self.failed(failure);
                let retry = self.retry(context.has_form);
                self.notify(Notice { retry, ..Notice::of(NoticeKind::Unexpected) });
            }
            AuthnError::UntrustedLink(error) => self.tell(error.into()),
        }
        Verdict::Told
    }

    /// What was typed stays in its field, and nothing is sent again by itself.
    pub(crate) fn fail_transport(&mut self, error: TransportError, has_form: bool) {
        self.failed(Failure::of_transport(error));
        let retry = self.retry(has_form);
        self.notify(Notice { retry, ..Notice::of(error.into()) });
    }

    fn fail_api(
        &mut self,
        org: &Org,
        error: ApiError,
        failure: Failure,
        purpose: Purpose,
        context: FailureContext,
    ) -> Verdict {
        match &error.code {
            Some(
                ErrorCode::InvalidToken
                | ErrorCode::AuthenticationFailed
                | ErrorCode::WrongCredentials
                | ErrorCode::LinkSpent
                | ErrorCode::OtherLinkSpent,
            ) if purpose == Purpose::Resume => {
                self.failed(failure);
                return Verdict::NotResumed;
            }
            // The request does not fit the state, which the org knows (docs/authn-api.md#errors, E0000079).
            Some(ErrorCode::WrongState) if purpose != Purpose::StateQuery => {
                if let Some(token) = self.screen.state_token() {
                    let request = Request::state_query(org, token);
                    self.send(Purpose::StateQuery, request, None);
                    // Nobody waits for a poll.
                    self.refused = Some(purpose).filter(|purpose| !purpose.is_poll());
                    return Verdict::Told;
                }
            }
            _ => {}
        }
        self.failed(failure);
        match (context.meaning)(&error) {
            Meaning::Told(kind) => self.tell_api(kind, error, purpose, context.has_form),
            Meaning::Over(kind) => return Verdict::Over(kind),
        }
        Verdict::Told
    }

    /// Shows the notice for an error of the org.
    fn tell_api(&mut self, kind: NoticeKind, error: ApiError, purpose: Purpose, has_form: bool) {
        // The org's error is the same for both: what is wanted after a new PIN is the token's next code.
        let kind = match kind {
            NoticeKind::NewPinWanted(words) if self.sends_new_pin => NoticeKind::NextCodeWanted(words),
            kind => kind,
        };
        let retry = match kind {
            NoticeKind::ServerError => self.retry(has_form),
            _ => Retry::No,
        };
        match kind {
            NoticeKind::RateLimited => self.pause_until(error.retry_at.map(|time| self.here(time))),
            NoticeKind::ServerError => {}
            _ if kind.keeps_secrets() => {}
            _ => self.screen.secret_clear_count += 1,
        }
        // An id is for a support call. Nobody has to make one about a mistake of everyday.
        let error_id = error.id.filter(|_| kind.is_unexpected());
        let notice = Notice { kind, error_id, retry };
        // To poll again at once would not change the result.
        if purpose.is_poll() {
            self.stop_polling(notice);
        } else {
            self.notify(notice);
        }
    }
}

/// What an error means whatever the step. Every code of Okta's own list has a sentence for developers; where this program
/// has no text for it, the person is told that something went wrong, with the error's id. A code that is not in the list
/// is told in the org's own words, because nothing else says what happened.
pub(crate) fn general(error: &ApiError) -> NoticeKind {
    match (&error.code, &error.summary) {
        _ if error.status == 429 => NoticeKind::RateLimited,
        _ if error.status >= 500 => NoticeKind::ServerError,
        (Some(code), Some(words)) if code.as_str() > LAST_CODE => NoticeKind::Org(words.clone()),
        _ => NoticeKind::Failed,
    }
}

/// The last code of Okta's list (docs/authn-api.md#errors). All have the same length.
const LAST_CODE: &str = "E0000259";
