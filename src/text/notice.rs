//! Notices in words: one exhaustive match. Never here: when a notice is shown.

use super::{Key, Text};
use crate::flow::{FieldName, Notice, NoticeKind};
use std::borrow::Cow;

/// The sentence for a notice.
pub fn notice(text: Text, notice: &Notice) -> Cow<'static, str> {
    let key = match &notice.kind {
        NoticeKind::Missing(FieldName::Username) => Key::NoticeMissingUsername,
        NoticeKind::Missing(FieldName::Password) => Key::NoticeMissingPassword,
        NoticeKind::Missing(FieldName::Passcode) => Key::NoticeMissingPasscode,
        NoticeKind::Missing(FieldName::Answer) => Key::NoticeMissingAnswer,
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
