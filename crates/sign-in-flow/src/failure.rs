//! What an error leads to: a notice, a pause, a question to the org, or the start form. Not here: the texts.

use crate::core::Core;
use crate::notice::{Notice, NoticeKind, Retry};
use crate::ticket::Purpose;
use okta_authn::{ApiError, AuthnError, ErrorCode, FactorKind, Org, Request, TransportError};

/// What the error's meaning depends on.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct FailureContext {
    /// The kind of the factor that the step is about.
    pub(crate) factor: Option<FactorKind>,
    /// The step asks for the code that another device shows.
    pub(crate) asks_user_code: bool,
    /// The step has a form that can be submitted again.
    pub(crate) has_form: bool,
}

/// What the machine has to do about an error.
#[derive(Debug)]
pub(crate) enum Verdict {
    /// Nothing: the person has been told, with this kind of notice, or the org is asked for the state.
    Told(ToldKind),
    /// The transaction has ended.
    Over(NoticeKind),
    /// The token that the page was opened with is spent or unknown.
    NotResumed,
}

/// Notices after which a step has something to do itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ToldKind {
    /// The org doubts the phone number.
    PhoneDoubted,
    /// Anything else.
    Other,
}

impl Core {
    /// Decides what an error of the org leads to, and shows the notice or asks for the state where that is all.
    pub(crate) fn fail(&mut self, org: &Org, error: AuthnError, purpose: Purpose, context: FailureContext) -> Verdict {
        // What was asked behind the person's back says only whether the transaction is over.
        let is_over = matches!(&error, AuthnError::Api(ApiError { code: Some(ErrorCode::InvalidToken), .. }));
        match error {
            _ if purpose == (Purpose::KeepAlive { tells: false }) && !is_over => {}
            AuthnError::Api(error) if purpose.is_poll() && (error.status == 429 || error.status >= 500) => {
                self.poll_failed();
            }
            AuthnError::Decode(_) | AuthnError::NotJson { .. } | AuthnError::Transport(_) if purpose.is_poll() => {
                self.poll_failed();
            }
            AuthnError::Api(error) => return self.fail_api(org, error, purpose, context),
            AuthnError::Transport(error) => self.fail_transport(error, context.has_form),
            AuthnError::Decode(_) | AuthnError::NotJson { .. } => {
                let retry = self.retry(context.has_form);
                self.notify(Notice { retry, ..Notice::of(NoticeKind::Unexpected) });
            }
            AuthnError::UntrustedLink(error) => self.tell(error.into()),
        }
        Verdict::Told(ToldKind::Other)
    }

    /// What was typed stays in its field, and nothing is sent again by itself.
    pub(crate) fn fail_transport(&mut self, error: TransportError, has_form: bool) {
        let retry = self.retry(has_form);
        self.notify(Notice { retry, ..Notice::of(error.into()) });
    }

    fn fail_api(&mut self, org: &Org, error: ApiError, purpose: Purpose, context: FailureContext) -> Verdict {
        match &error.code {
            Some(
                ErrorCode::InvalidToken
                | ErrorCode::AuthenticationFailed
                | ErrorCode::LinkSpent
                | ErrorCode::OtherLinkSpent,
            ) if purpose == Purpose::Resume => return Verdict::NotResumed,
            Some(ErrorCode::InvalidToken) => return Verdict::Over(NoticeKind::SignInTimedOut),
            Some(ErrorCode::UserLocked | ErrorCode::LockedOut) => return Verdict::Over(NoticeKind::LockedOut),
            // The request does not fit the state, which the org knows (docs/authn-api.md#errors, E0000079).
            Some(ErrorCode::WrongState) if purpose != Purpose::StateQuery => {
                if let Some(token) = self.screen.state_token() {
                    let request = Request::state_query(org, token);
                    self.send(Purpose::StateQuery, request, None);
                    return Verdict::Told(ToldKind::Other);
                }
            }
            _ => {}
        }
        self.tell_api(error, purpose, context)
    }

    /// Shows the notice for an error of the org.
    pub(crate) fn tell_api(&mut self, error: ApiError, purpose: Purpose, context: FailureContext) -> Verdict {
        let ApiError { status, code, summary, id, retry_at } = error;
        let kind = kind_of(status, code.as_ref(), summary, context);
        let mut told = ToldKind::Other;
        let retry = match kind {
            NoticeKind::ServerError => self.retry(context.has_form),
            _ => Retry::No,
        };
        match kind {
            NoticeKind::RateLimited => self.pause_until(retry_at.map(|time| self.here(time))),
            NoticeKind::TooSoon => self.hold_resend(context.factor == Some(FactorKind::Email)),
            NoticeKind::PhoneDoubted => told = ToldKind::PhoneDoubted,
            NoticeKind::ServerError => {}
            _ => self.screen.secret_clear_count += 1,
        }
        let notice = Notice { kind, error_id: id, retry };
        // To poll again at once would not change the result.
        if purpose.is_poll() {
            self.stop_polling(notice);
        } else {
            self.notify(notice);
        }
        Verdict::Told(told)
    }
}

fn kind_of(status: u16, code: Option<&ErrorCode>, summary: Option<String>, context: FailureContext) -> NoticeKind {
    match code {
        Some(ErrorCode::AuthenticationFailed | ErrorCode::WrongCredentials) => NoticeKind::WrongCredentials,
        Some(ErrorCode::WrongPasscode) => match context.factor {
            Some(FactorKind::Question) => NoticeKind::WrongAnswer,
            Some(FactorKind::Password) => NoticeKind::WrongCredentials,
            Some(FactorKind::WebAuthn) => NoticeKind::FactorFailed(None),
            _ => NoticeKind::WrongCode,
        },
        Some(ErrorCode::WrongRecoveryAnswer) => NoticeKind::WrongAnswer,
        Some(ErrorCode::PasscodeReplayed) => NoticeKind::CodeUsed,
        Some(ErrorCode::PasscodeOutsideWindow) => NoticeKind::CodeOutsideWindow,
        Some(ErrorCode::PasswordRefused) if is_about_old_password(summary.as_deref()) => NoticeKind::WrongOldPassword,
        Some(ErrorCode::PasswordRefused | ErrorCode::PasswordPolicy) => NoticeKind::PasswordRefused(summary),
        Some(ErrorCode::PhoneDoubted) => NoticeKind::PhoneDoubted,
        Some(ErrorCode::NewPinWanted) => NoticeKind::NewPinWanted(summary),
        Some(ErrorCode::WrongUserCode) if context.asks_user_code => NoticeKind::WrongUserCode,
        Some(ErrorCode::LinkSpent | ErrorCode::OtherLinkSpent) => NoticeKind::LinkSpent,
        Some(ErrorCode::SmsTooSoon | ErrorCode::CallTooSoon | ErrorCode::EmailTooSoon) => NoticeKind::TooSoon,
        Some(ErrorCode::SignOnDenied) => NoticeKind::Denied,
        _ if status == 429 => NoticeKind::RateLimited,
        _ if status >= 500 => NoticeKind::ServerError,
        _ => summary.map_or(NoticeKind::Failed, NoticeKind::Org),
    }
}

/// One code has two meanings; the cause tells them apart (docs/authn-api.md#change-the-password).
fn is_about_old_password(cause: Option<&str>) -> bool {
    cause.is_some_and(|cause| cause.as_bytes().windows(3).any(|word| word.eq_ignore_ascii_case(b"old")))
}
