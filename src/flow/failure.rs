//! What an error leads to: a notice, a pause, another question to the org, or a new start. Never here:
//! the words.

use super::countdown::Countdown;
use super::event::Purpose;
use super::machine::Machine;
use super::notice::{Notice, NoticeKind, Retry};
use super::step::Step;
use crate::authn::{ApiError, AuthnError, ErrorCode, FactorKind, Request, TransportError, UntrustedLink};

/// Longest pause after a rate limit, in seconds: a server's clock may be wrong.
const LONGEST_PAUSE: u64 = 300;

impl Machine {
    pub(super) fn fail(&mut self, error: AuthnError, purpose: Purpose) {
        match error {
            AuthnError::Api(error) if purpose == Purpose::Poll && (error.status == 429 || error.status >= 500) => {
                self.missed();
            }
            AuthnError::Api(error) => self.fail_api(error, purpose),
            AuthnError::Transport(error) => self.fail_transport(error),
            AuthnError::Decode(_) | AuthnError::NotJson { .. } if purpose == Purpose::Poll => self.missed(),
            AuthnError::Decode(_) | AuthnError::NotJson { .. } => {
                self.notify(Notice { retry: self.retry(), ..Notice::of(NoticeKind::Unexpected) });
            }
            AuthnError::UntrustedLink(UntrustedLink { target }) => {
                self.notify(Notice::of(NoticeKind::UntrustedLink { target }));
            }
        }
    }

    /// What was typed stays in its field, and nothing is sent again by itself.
    pub(super) fn fail_transport(&mut self, error: TransportError) {
        self.notify(Notice { retry: self.retry(), ..Notice::of(error.into()) });
    }

    fn fail_api(&mut self, error: ApiError, purpose: Purpose) {
        let ApiError { status, code, summary, id, retry_at } = error;
        let factor = self.screen.step.factor().map(crate::authn::Factor::kind);
        let resuming = purpose == Purpose::Resume;
        let kind = match code {
            Some(
                ErrorCode::InvalidToken
                | ErrorCode::AuthenticationFailed
                | ErrorCode::LinkSpent
                | ErrorCode::OtherLinkSpent,
            ) if resuming => return self.not_resumed(),
            Some(ErrorCode::InvalidToken) => return self.start_over(Some(NoticeKind::SignInTimedOut)),
            Some(ErrorCode::UserLocked | ErrorCode::LockedOut) => return self.start_over(Some(NoticeKind::LockedOut)),
            Some(ErrorCode::WrongState) if purpose != Purpose::StateQuery && self.query_state() => return,
            Some(ErrorCode::AuthenticationFailed | ErrorCode::WrongCredentials) => NoticeKind::WrongCredentials,
            Some(ErrorCode::WrongPasscode) if factor == Some(FactorKind::Question) => NoticeKind::WrongAnswer,
            Some(ErrorCode::WrongPasscode) if factor == Some(FactorKind::Password) => NoticeKind::WrongCredentials,
            Some(ErrorCode::WrongPasscode) if factor == Some(FactorKind::WebAuthn) => NoticeKind::FactorFailed(None),
            Some(ErrorCode::WrongPasscode) => NoticeKind::WrongCode,
            Some(ErrorCode::WrongRecoveryAnswer) => NoticeKind::WrongAnswer,
            Some(ErrorCode::PasscodeReplayed) => NoticeKind::CodeUsed,
            Some(ErrorCode::PasscodeOutsideWindow) => NoticeKind::CodeOutsideWindow,
            Some(ErrorCode::PasswordRefused) if is_about_old_password(summary.as_deref()) => {
                NoticeKind::WrongOldPassword
            }
            Some(ErrorCode::PasswordRefused | ErrorCode::PasswordPolicy) => NoticeKind::PasswordRefused(summary),
            Some(ErrorCode::PhoneDoubted) => NoticeKind::PhoneDoubted,
            Some(ErrorCode::NewPinWanted) => NoticeKind::NewPinWanted(summary),
            Some(ErrorCode::WrongUserCode) if matches!(self.screen.step, Step::DeviceActivate(_)) => {
                NoticeKind::WrongUserCode
            }
            Some(ErrorCode::LinkSpent | ErrorCode::OtherLinkSpent) => NoticeKind::LinkSpent,
            Some(ErrorCode::SmsTooSoon | ErrorCode::CallTooSoon | ErrorCode::EmailTooSoon) => NoticeKind::TooSoon,
            Some(ErrorCode::SignOnDenied) => NoticeKind::Denied,
            _ if status == 429 => NoticeKind::RateLimited,
            _ if status >= 500 => NoticeKind::ServerError,
            _ => summary.map_or(NoticeKind::Failed, NoticeKind::Org),
        };
        let retry = match kind {
            NoticeKind::ServerError => self.retry(),
            _ => Retry::No,
        };
        match kind {
            NoticeKind::RateLimited => self.pause_until(retry_at),
            NoticeKind::TooSoon => self.hold_resend(factor == Some(FactorKind::Email)),
            NoticeKind::PhoneDoubted => self.doubt_phone(),
            NoticeKind::ServerError => {}
            _ => self.screen.refusals += 1,
        }
        let notice = Notice { kind, error_id: id, retry };
        // Asking the same again at once would not change that.
        if purpose == Purpose::Poll { self.lose(notice) } else { self.notify(notice) }
    }

    /// We lost track of the state; the org knows it (contract 1.16, E0000079).
    fn query_state(&mut self) -> bool {
        let token = self.screen.step.state_token().cloned();
        let Some(token) = token else { return false };
        let request = Request::state_query(&self.settings.org, &token);
        self.send(Purpose::StateQuery, request, None);
        true
    }

    /// Until the reset the org names, or 2, 4, 8 … seconds where the browser may not read it.
    pub(super) fn pause_until(&mut self, retry_at: Option<u64>) {
        self.strikes = (self.strikes + 1).min(5);
        let seconds = match retry_at.map(|reset| reset.saturating_sub(self.now).div_ceil(1_000)) {
            Some(seconds) if seconds > 0 => seconds.min(LONGEST_PAUSE),
            _ => 1 << self.strikes,
        };
        self.clock.pause = Countdown::of(u32::try_from(seconds).unwrap_or(60), self.now);
    }
}

/// One code for two mistakes; the cause tells them apart (contract 1.7, `change_password`).
fn is_about_old_password(cause: Option<&str>) -> bool {
    cause.is_some_and(|cause| cause.as_bytes().windows(3).any(|word| word.eq_ignore_ascii_case(b"old")))
}
