//! The text of the notices that the start machine can show: what the first form needs. Not here: those of other steps
//! (`notice`).

use super::{Key, Text};
use sign_in_flow::{FieldName, Notice, NoticeKind};
use std::borrow::Cow;

/// The sentence for a notice over the first form.
pub fn start_notice(text: Text, notice: &Notice) -> Cow<'static, str> {
    if let Some(words) = notice.kind.org_words() {
        return words.clone().into();
    }
    let key = match &notice.kind {
        NoticeKind::Missing(FieldName::Username) => Key::NOTICE_MISSING_USERNAME,
        NoticeKind::Missing(FieldName::Password) => Key::NOTICE_MISSING_PASSWORD,
        NoticeKind::LinkSpent { .. } => Key::NOTICE_LINK_SPENT,
        NoticeKind::Unlocked => Key::NOTICE_UNLOCKED,
        NoticeKind::ExpiresSoon => Key::NOTICE_EXPIRES_SOON,
        NoticeKind::KeptGoing => Key::NOTICE_KEPT_GOING,
        NoticeKind::WrongCredentials => Key::NOTICE_WRONG_CREDENTIALS,
        NoticeKind::PasswordUnusable => Key::NOTICE_PASSWORD_UNUSABLE,
        NoticeKind::LockedOut { may_unlock: true } => Key::NOTICE_LOCKED_OUT_UNLOCK,
        NoticeKind::LockedOut { may_unlock: false } => Key::NOTICE_LOCKED_OUT,
        NoticeKind::MovedOn => Key::NOTICE_MOVED_ON,
        NoticeKind::SignInTimedOut => Key::NOTICE_SIGN_IN_TIMED_OUT,
        NoticeKind::RateLimited => Key::NOTICE_RATE_LIMITED,
        NoticeKind::Denied => Key::NOTICE_DENIED,
        NoticeKind::Offline => Key::NOTICE_OFFLINE,
        NoticeKind::Unreachable => Key::NOTICE_UNREACHABLE,
        NoticeKind::NoAnswer => Key::NOTICE_NO_ANSWER,
        NoticeKind::OtherPage => Key::NOTICE_OTHER_PAGE,
        NoticeKind::PageFailed => Key::NOTICE_PAGE_FAILED,
        NoticeKind::ServerError => Key::NOTICE_SERVER_ERROR,
        NoticeKind::Unexpected => Key::NOTICE_UNEXPECTED,
        NoticeKind::SignedOut => Key::NOTICE_SIGNED_OUT,
        NoticeKind::StillHere => Key::NOTICE_STILL_HERE,
        NoticeKind::UntrustedLink { target } => {
            return text.fill(Key::NOTICE_UNTRUSTED_LINK, &[("target", target)]).into();
        }
        NoticeKind::AlreadySignedIn { login } => {
            return text.fill(Key::NOTICE_ALREADY_SIGNED_IN, &[("login", login)]).into();
        }
        // Kinds that belong to other steps: an org that answers a password with one of their codes says it in vain.
        _ => Key::NOTICE_FAILED,
    };
    text.get(key).into()
}
