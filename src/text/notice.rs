//! The text of every notice. Not here: when a notice is shown.

use super::hook::hook_notice;
use super::policy::answer_rule;
use super::start_notice::start_notice;
use super::tokens::tokens_notice;
use super::{Key, Text};
use sign_in_flow::{FieldName, Notice, NoticeKind};
use std::borrow::Cow;

/// The sentence for any notice.
pub fn notice(text: Text, notice: &Notice) -> Cow<'static, str> {
    if let Some(words) = notice.kind.org_words() {
        return words.clone().into();
    }
    let key = match &notice.kind {
        NoticeKind::Missing(FieldName::Passcode) => Key::NOTICE_MISSING_PASSCODE,
        NoticeKind::Missing(FieldName::Answer) => Key::NOTICE_MISSING_ANSWER,
        NoticeKind::Missing(FieldName::OldPassword) => Key::NOTICE_MISSING_OLD_PASSWORD,
        NoticeKind::Missing(FieldName::NewPassword) => Key::NOTICE_MISSING_NEW_PASSWORD,
        NoticeKind::Missing(FieldName::NewPasswordAgain) => Key::NOTICE_MISSING_NEW_PASSWORD_AGAIN,
        NoticeKind::Missing(FieldName::Country) => Key::NOTICE_MISSING_COUNTRY,
        NoticeKind::Missing(FieldName::Phone) => Key::NOTICE_MISSING_PHONE,
        NoticeKind::Missing(FieldName::Question) => Key::NOTICE_MISSING_QUESTION,
        NoticeKind::Missing(FieldName::CredentialId) => Key::NOTICE_MISSING_CREDENTIAL_ID,
        NoticeKind::Missing(FieldName::NextPasscode) => Key::NOTICE_MISSING_NEXT_PASSCODE,
        NoticeKind::Missing(FieldName::UserCode) => Key::NOTICE_MISSING_USER_CODE,
        NoticeKind::Missing(FieldName::Email) => Key::HOOK_MISSING_EMAIL,
        NoticeKind::Missing(FieldName::Published) => Key::HOOK_CHECK_FIELDS,
        NoticeKind::Hook(kind) => return hook_notice(text, kind),
        NoticeKind::Tokens(failure) => tokens_notice(*failure),
        NoticeKind::WrongUserCode => Key::NOTICE_WRONG_USER_CODE,
        NoticeKind::WrongPassword => Key::HOOK_WRONG_PASSWORD,
        NoticeKind::PhoneDoubted => Key::NOTICE_PHONE_DOUBTED,
        NoticeKind::PhoneInvalid => Key::NOTICE_PHONE_INVALID,
        NoticeKind::PhoneTooShort => Key::NOTICE_PHONE_TOO_SHORT,
        NoticeKind::PhoneTooLong => Key::NOTICE_PHONE_TOO_LONG,
        NoticeKind::ExtensionInvalid => Key::NOTICE_EXTENSION_INVALID,
        NoticeKind::PhoneUnsupported => Key::NOTICE_PHONE_UNSUPPORTED,
        NoticeKind::SendLimit => Key::NOTICE_SEND_LIMIT,
        NoticeKind::TokenRefused => Key::NOTICE_TOKEN_REFUSED,
        NoticeKind::AnswerRefused => return answer_rule(text, Key::NOTICE_ANSWER_REFUSED).into(),
        NoticeKind::EnrollFailed => Key::NOTICE_ENROLL_FAILED,
        NoticeKind::CredentialTooWeak => Key::NOTICE_CREDENTIAL_TOO_WEAK,
        NoticeKind::NotAllowed => Key::HOOK_NOT_PERMITTED,
        NoticeKind::RecoveryRefused => Key::NOTICE_RECOVERY_REFUSED,
        NoticeKind::NotSent => Key::NOTICE_NOT_SENT,
        NoticeKind::TooSoon => Key::NOTICE_TOO_SOON,
        NoticeKind::WaitToSend => Key::NOTICE_WAIT_TO_SEND,
        NoticeKind::WrongOldPassword => Key::NOTICE_WRONG_OLD_PASSWORD,
        NoticeKind::PasswordMismatch => Key::NOTICE_PASSWORD_MISMATCH,
        NoticeKind::PasswordRefused(_) => Key::NOTICE_PASSWORD_REFUSED,
        NoticeKind::NewPinWanted(_) => Key::NOTICE_NEW_PIN_WANTED,
        NoticeKind::NextCodeWanted(_) => Key::NOTICE_NEXT_CODE_WANTED,
        NoticeKind::FactorFailed(_) => Key::NOTICE_FACTOR_FAILED,
        NoticeKind::PushRejected => Key::NOTICE_PUSH_REJECTED,
        NoticeKind::PushTimedOut => Key::NOTICE_PUSH_TIMED_OUT,
        NoticeKind::PushUpgrade => Key::NOTICE_PUSH_UPGRADE,
        NoticeKind::PushSent => Key::NOTICE_PUSH_SENT,
        NoticeKind::PushSlow => Key::NOTICE_PUSH_SLOW,
        NoticeKind::PollLost => Key::NOTICE_POLL_LOST,
        NoticeKind::PollSlowed => Key::NOTICE_POLL_SLOWED,
        NoticeKind::PollTroubled => Key::NOTICE_POLL_TROUBLED,
        NoticeKind::QrExpired => Key::NOTICE_QR_EXPIRED,
        NoticeKind::ActivationSent => Key::NOTICE_ACTIVATION_SENT,
        NoticeKind::CredentialRefused => Key::NOTICE_CREDENTIAL_REFUSED,
        NoticeKind::CredentialKnown => Key::NOTICE_CREDENTIAL_KNOWN,
        NoticeKind::CredentialUnavailable => Key::NOTICE_CREDENTIAL_UNAVAILABLE,
        NoticeKind::WrongCode => Key::NOTICE_WRONG_CODE,
        NoticeKind::WrongAnswer => Key::NOTICE_WRONG_ANSWER,
        NoticeKind::CodeUsed => Key::NOTICE_CODE_USED,
        NoticeKind::CodeOutsideWindow => Key::NOTICE_CODE_OUTSIDE_WINDOW,
        NoticeKind::CodeSent => Key::NOTICE_CODE_SENT,
        NoticeKind::KeyCopied => Key::ACTIVATE_COPIED,
        _ => return start_notice(text, notice),
    };
    text.get(key).into()
}
