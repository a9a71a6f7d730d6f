//! Notices in words: one exhaustive match. Never here: when a notice is shown.

use super::hook::hook_notice;
use super::{Key, Text};
use crate::flow::hand_on::FIRST_FORM;
use crate::flow::{FieldName, Notice, NoticeKind};
use std::borrow::Cow;

/// The sentence for a notice.
pub fn notice(text: Text, notice: &Notice) -> Cow<'static, str> {
    let key = match &notice.kind {
        NoticeKind::Missing(FieldName::Username) => Key::NoticeMissingUsername,
        NoticeKind::Missing(FieldName::Password) => Key::NoticeMissingPassword,
        NoticeKind::Missing(FieldName::Passcode) => Key::NoticeMissingPasscode,
        NoticeKind::Missing(FieldName::Answer) => Key::NoticeMissingAnswer,
        NoticeKind::Missing(FieldName::OldPassword) => Key::NoticeMissingOldPassword,
        NoticeKind::Missing(FieldName::NewPassword) => Key::NoticeMissingNewPassword,
        NoticeKind::Missing(FieldName::NewPasswordAgain) => Key::NoticeMissingNewPasswordAgain,
        NoticeKind::Missing(FieldName::Phone) => Key::NoticeMissingPhone,
        NoticeKind::Missing(FieldName::Question) => Key::NoticeMissingQuestion,
        NoticeKind::Missing(FieldName::CredentialId) => Key::NoticeMissingCredentialId,
        NoticeKind::Missing(FieldName::NextPasscode) => Key::NoticeMissingNextPasscode,
        NoticeKind::Missing(FieldName::UserCode) => Key::NoticeMissingUserCode,
        NoticeKind::Missing(FieldName::Email) => Key::HookMissingEmail,
        NoticeKind::Missing(FieldName::Published) => Key::HookCheckFields,
        NoticeKind::Hook(_) if FIRST_FORM => return Cow::default(),
        NoticeKind::Hook(kind) => return hook_notice(text, kind),
        NoticeKind::WrongUserCode => Key::NoticeWrongUserCode,
        NoticeKind::PhoneDoubted => Key::NoticePhoneDoubted,
        NoticeKind::WrongOldPassword => Key::NoticeWrongOldPassword,
        NoticeKind::PasswordMismatch => Key::NoticePasswordMismatch,
        NoticeKind::PasswordRefused(words) => return or(text, words.as_ref(), Key::NoticePasswordRefused),
        NoticeKind::NewPinWanted(words) => return or(text, words.as_ref(), Key::NoticeNewPinWanted),
        NoticeKind::FactorFailed(words) => return or(text, words.as_ref(), Key::NoticeFactorFailed),
        NoticeKind::PushRejected => Key::NoticePushRejected,
        NoticeKind::PushTimedOut => Key::NoticePushTimedOut,
        NoticeKind::PushUpgrade => Key::NoticePushUpgrade,
        NoticeKind::PushSent => Key::NoticePushSent,
        NoticeKind::PushSlow => Key::NoticePushSlow,
        NoticeKind::PollLost => Key::NoticePollLost,
        NoticeKind::QrExpired => Key::NoticeQrExpired,
        NoticeKind::ActivationSent => Key::NoticeActivationSent,
        NoticeKind::CredentialRefused => Key::NoticeCredentialRefused,
        NoticeKind::CredentialKnown => Key::NoticeCredentialKnown,
        NoticeKind::CredentialUnavailable => Key::NoticeCredentialUnavailable,
        NoticeKind::LinkSpent => Key::NoticeLinkSpent,
        NoticeKind::Unlocked => Key::NoticeUnlocked,
        NoticeKind::ExpiresSoon => Key::NoticeExpiresSoon,
        NoticeKind::WrongCredentials => Key::NoticeWrongCredentials,
        NoticeKind::LockedOut => Key::NoticeLockedOut,
        NoticeKind::WrongCode => Key::NoticeWrongCode,
        NoticeKind::WrongAnswer => Key::NoticeWrongAnswer,
        NoticeKind::CodeUsed => Key::NoticeCodeUsed,
        NoticeKind::CodeOutsideWindow => Key::NoticeCodeOutsideWindow,
        NoticeKind::TooSoon => Key::NoticeTooSoon,
        NoticeKind::CodeSent => Key::NoticeCodeSent,
        NoticeKind::KeyCopied => Key::ActivateCopied,
        NoticeKind::SignInTimedOut => Key::NoticeSignInTimedOut,
        NoticeKind::RateLimited => Key::NoticeRateLimited,
        NoticeKind::Denied => Key::NoticeDenied,
        NoticeKind::Offline => Key::NoticeOffline,
        NoticeKind::Unreachable => Key::NoticeUnreachable,
        NoticeKind::NoAnswer => Key::NoticeNoAnswer,
        NoticeKind::ServerError => Key::NoticeServerError,
        NoticeKind::Unexpected => Key::NoticeUnexpected,
        NoticeKind::Failed => Key::NoticeFailed,
        NoticeKind::SignedOut => Key::NoticeSignedOut,
        NoticeKind::UntrustedLink { target } => {
            return text.fill(Key::NoticeUntrustedLink, &[("target", target)]).into();
        }
        NoticeKind::AlreadySignedIn { login } => {
            return text.fill(Key::NoticeAlreadySignedIn, &[("login", login)]).into();
        }
        NoticeKind::Org(summary) => return summary.clone().into(),
    };
    text.get(key).into()
}

/// The org's own words, where it has any, else ours.
pub(super) fn or(text: Text, words: Option<&String>, key: Key) -> Cow<'static, str> {
    match words {
        Some(words) if !words.trim().is_empty() => words.clone().into(),
        _ => text.get(key).into(),
    }
}
