//! Every notice, on a step where it can appear. Not here: when the machine shows one.

use crate::entry::{Entry, Shown};
use crate::fixture::{self, Fixture};
use okta_replay::run::RequestKind;
use serde_json::Value;
use sign_in_flow::tokens::TokenFailure;
use sign_in_flow::{FieldName, Notice, NoticeKind, Retry};

/// One entry per kind.
pub(crate) fn all() -> anyhow::Result<Vec<Entry>> {
    kinds()
        .into_iter()
        .map(|(kind, retry)| {
            let mut machine = Fixture::named(fixture_for(&kind))?.machine(RequestKind::Credentials)?;
            fixture::open_form(&mut machine, &Value::Null);
            let mut shown = Shown::from(&machine);
            let name = match &kind {
                NoticeKind::Missing(field) => format!("notice Missing {field:?}"),
                NoticeKind::Tokens(failure) => format!("notice Tokens {failure:?}"),
                NoticeKind::LockedOut { may_unlock: true } => "notice LockedOut, unlock".to_owned(),
                NoticeKind::LinkSpent { may_recover: true } => "notice LinkSpent, recover".to_owned(),
                kind => format!("notice {kind:?}").split([' ', '(']).take(2).collect::<Vec<_>>().join(" "),
            };
            shown.screen.notice = Some(Notice { retry, ..Notice::of(kind) });
            shown.screen.notice_id += 1;
            shown.screen.busy = false;
            Ok(Entry::of(name, shown))
        })
        .collect()
}

/// A fixture that leads to a step where the notice can appear. Exhaustive, so that a new kind fails to compile
/// here.
fn fixture_for(kind: &NoticeKind) -> &'static str {
    match kind {
        NoticeKind::Missing(field) => fixture_for_field(*field),
        NoticeKind::WrongCode
        | NoticeKind::CodeUsed
        | NoticeKind::CodeOutsideWindow
        | NoticeKind::TooSoon
        | NoticeKind::NotSent
        | NoticeKind::MovedOn
        | NoticeKind::SendLimit
        | NoticeKind::CodeSent
        | NoticeKind::ExpiresSoon
        | NoticeKind::KeptGoing
        | NoticeKind::Unexpected => "states/mfa-challenge",
        NoticeKind::WrongAnswer => "factors/question/required",
        NoticeKind::WrongUserCode => "states/device-activate",
        NoticeKind::PhoneDoubted
        | NoticeKind::PhoneInvalid
        | NoticeKind::PhoneTooShort
        | NoticeKind::PhoneTooLong
        | NoticeKind::PhoneUnsupported
        | NoticeKind::EnrollFailed => "factors/sms/enroll",
        NoticeKind::ExtensionInvalid | NoticeKind::WaitToSend => "factors/call/enroll",
        NoticeKind::TokenRefused => "factors/rsa/enroll",
        NoticeKind::AnswerRefused => "factors/question/enroll",
        NoticeKind::WrongPassword => "factors/password/required",
        NoticeKind::RecoveryRefused => "states/recovery-challenge-sms",
        NoticeKind::NotAllowed => "factors/sms/required",
        NoticeKind::WrongOldPassword | NoticeKind::PasswordMismatch | NoticeKind::PasswordRefused(_) => {
            "states/password-expired"
        }
        NoticeKind::NewPinWanted(_) | NoticeKind::NextCodeWanted(_) => "factors/rsa/required",
        NoticeKind::PushRejected | NoticeKind::PushTimedOut | NoticeKind::PushUpgrade => "results/rejected",
        NoticeKind::PushSent
        | NoticeKind::PushSlow
        | NoticeKind::PollLost
        | NoticeKind::PollSlowed
        | NoticeKind::PollTroubled => "factors/push/challenge",
        NoticeKind::QrExpired => "factors/push/activate-timeout",
        NoticeKind::ActivationSent => "factors/push/activate-link-sent",
        NoticeKind::FactorFailed(_) => "results/failed",
        NoticeKind::CredentialRefused
        | NoticeKind::CredentialKnown
        | NoticeKind::CredentialTooWeak
        | NoticeKind::CredentialUnavailable => "factors/webauthn/challenge",
        NoticeKind::KeyCopied => "factors/google-totp/activate",
        NoticeKind::Hook(_)
        | NoticeKind::WrongCredentials
        | NoticeKind::PasswordUnusable
        | NoticeKind::LockedOut { .. }
        | NoticeKind::LinkSpent { .. }
        | NoticeKind::Unlocked
        | NoticeKind::SignInTimedOut
        | NoticeKind::RateLimited
        | NoticeKind::Denied
        | NoticeKind::Offline
        | NoticeKind::Unreachable
        | NoticeKind::NoAnswer
        | NoticeKind::OtherPage
        | NoticeKind::PageFailed
        | NoticeKind::ServerError
        | NoticeKind::UntrustedLink { .. }
        | NoticeKind::Org(_)
        | NoticeKind::Failed
        | NoticeKind::AlreadySignedIn { .. }
        | NoticeKind::SignedOut => "states/locked-out",
        NoticeKind::StillHere | NoticeKind::Tokens(_) => "states/success",
    }
}

fn fixture_for_field(field: FieldName) -> &'static str {
    match field {
        FieldName::Username | FieldName::Password | FieldName::Email | FieldName::Published => "states/locked-out",
        FieldName::Passcode => "states/mfa-challenge",
        FieldName::Answer => "factors/question/required",
        FieldName::OldPassword | FieldName::NewPassword | FieldName::NewPasswordAgain => "states/password-expired",
        FieldName::Country | FieldName::Phone => "factors/sms/enroll",
        FieldName::Question => "factors/question/enroll",
        FieldName::CredentialId => "factors/rsa/enroll",
        FieldName::NextPasscode => "factors/symantec/enroll",
        FieldName::UserCode => "states/device-activate",
    }
}

fn kinds() -> Vec<(NoticeKind, Retry)> {
    use NoticeKind as K;
    let fields = [
        FieldName::Username,
        FieldName::Password,
        FieldName::Passcode,
        FieldName::Answer,
        FieldName::OldPassword,
        FieldName::NewPassword,
        FieldName::NewPasswordAgain,
        FieldName::Country,
        FieldName::Phone,
        FieldName::Question,
        FieldName::CredentialId,
        FieldName::NextPasscode,
        FieldName::UserCode,
    ];
    let plain = [
        K::WrongCredentials,
        K::PasswordUnusable,
        K::WrongPassword,
        K::LockedOut { may_unlock: true },
        K::LockedOut { may_unlock: false },
        K::WrongCode,
        K::WrongAnswer,
        K::CodeUsed,
        K::CodeOutsideWindow,
        K::WrongUserCode,
        K::PhoneDoubted,
        K::PhoneInvalid,
        K::PhoneTooShort,
        K::PhoneTooLong,
        K::ExtensionInvalid,
        K::PhoneUnsupported,
        K::SendLimit,
        K::TokenRefused,
        K::AnswerRefused,
        K::EnrollFailed,
        K::NotAllowed,
        K::RecoveryRefused,
        K::NotSent,
        K::MovedOn,
        K::WrongOldPassword,
        K::PasswordMismatch,
        K::PasswordRefused(None),
        K::NewPinWanted(None),
        K::NextCodeWanted(None),
        K::PushRejected,
        K::PushTimedOut,
        K::PushUpgrade,
        K::PushSent,
        K::PushSlow,
        K::QrExpired,
        K::ActivationSent,
        K::FactorFailed(None),
        K::CredentialRefused,
        K::CredentialKnown,
        K::CredentialUnavailable,
        K::CredentialTooWeak,
        K::LinkSpent { may_recover: true },
        K::LinkSpent { may_recover: false },
        K::Unlocked,
        K::ExpiresSoon,
        K::KeptGoing,
        K::TooSoon,
        K::WaitToSend,
        K::CodeSent,
        K::KeyCopied,
        K::SignInTimedOut,
        K::RateLimited,
        K::Denied,
        K::UntrustedLink { target: "https://sign-in.elsewhere.example".to_owned() },
        K::Org("The organization's own words, for a code that this widget has none for.".to_owned()),
        K::Failed,
        K::AlreadySignedIn { login: "ada.lovelace@acme.example".to_owned() },
        K::SignedOut,
        K::StillHere,
        K::Tokens(TokenFailure::NeedsConsent),
        K::Tokens(TokenFailure::Misconfigured),
        K::Tokens(TokenFailure::Untrusted),
        K::Tokens(TokenFailure::WrongClock),
    ];
    let again = [
        K::Offline,
        K::Unreachable,
        K::NoAnswer,
        K::OtherPage,
        K::PageFailed,
        K::ServerError,
        K::Unexpected,
        K::PollLost,
    ];
    let fields = fields.map(|field| (K::Missing(field), Retry::No));
    fields
        .into_iter()
        .chain(plain.map(|kind| (kind, Retry::No)))
        .chain(again.map(|kind| (kind, Retry::Again)))
        .collect()
}
