//! The texts for the hook's problems and for registration. Not here: when they are shown.

use super::{Key, Text};
use sign_in_flow::hook::{Field, FieldError};
use sign_in_flow::transaction::registration::FieldProblem;
use sign_in_flow::{HookNotice, PhoneProblem};
use std::borrow::Cow;

/// The sentence for what only the hook, or signing up, leads to.
pub(super) fn hook_notice(text: Text, notice: &HookNotice) -> Cow<'static, str> {
    let key = match notice {
        HookNotice::CheckFields => Key::HOOK_CHECK_FIELDS,
        HookNotice::NotAccepted => Key::HOOK_NOT_ACCEPTED,
        HookNotice::PageRefused(Some(words)) if !words.trim().is_empty() => {
            return text.isolate(words).into_owned().into();
        }
        HookNotice::PageRefused(_) => Key::HOOK_PAGE_REFUSED,
        HookNotice::ChallengeFailed => Key::HOOK_CHALLENGE_FAILED,
        HookNotice::PhoneNotEnrolled => Key::HOOK_PHONE_NOT_ENROLLED,
        HookNotice::WrongPassword => Key::HOOK_WRONG_PASSWORD,
        HookNotice::NotPermitted => Key::HOOK_NOT_PERMITTED,
        HookNotice::AlreadySetUp => Key::HOOK_ALREADY_SET_UP,
        HookNotice::FactorGone => Key::HOOK_FACTOR_GONE,
        HookNotice::FactorAdded => Key::HOOK_FACTOR_ADDED,
        HookNotice::FactorWorks => Key::HOOK_FACTOR_WORKS,
        HookNotice::FactorRemoved => Key::HOOK_FACTOR_REMOVED,
    };
    text.get(key).into()
}

/// What is wrong with a field: what to enter, where the field is one we know.
pub fn field_problem(text: Text, field: &Field, problem: &FieldProblem) -> Cow<'static, str> {
    let error = match problem {
        FieldProblem::Text(words) => return text.isolate(words).into_owned().into(),
        FieldProblem::Country => return text.get(Key::NOTICE_MISSING_COUNTRY).into(),
        FieldProblem::Phone(PhoneProblem::TooShort) => return text.get(Key::NOTICE_PHONE_TOO_SHORT).into(),
        FieldProblem::Phone(PhoneProblem::TooLong) => return text.get(Key::NOTICE_PHONE_TOO_LONG).into(),
        FieldProblem::Error(error) => error,
    };
    let key = match (error, field.name.as_str()) {
        (FieldError::Required, "login" | "userName") => Key::NOTICE_MISSING_USERNAME,
        (FieldError::Required, "password") => Key::NOTICE_MISSING_PASSWORD,
        (FieldError::Required, "firstName") => Key::REGISTER_WRONG_FIRST_NAME,
        (FieldError::Required, "lastName") => Key::REGISTER_WRONG_LAST_NAME,
        (FieldError::Required | FieldError::Invalid, "email") => Key::HOOK_MISSING_EMAIL,
        (FieldError::Required | FieldError::Invalid, "mobilePhone" | "primaryPhone") => Key::NOTICE_PHONE_INVALID,
        (FieldError::Required, _) => Key::REGISTER_WRONG_REQUIRED,
        (FieldError::TooShort, _) => Key::REGISTER_WRONG_TOO_SHORT,
        (FieldError::TooLong, _) => Key::REGISTER_WRONG_TOO_LONG,
        (FieldError::Taken, "email") => Key::REGISTER_WRONG_EMAIL_TAKEN,
        (FieldError::Taken, _) => Key::REGISTER_WRONG_TAKEN,
        (FieldError::PasswordPolicy, _) => Key::REGISTER_WRONG_PASSWORD,
        _ => Key::REGISTER_WRONG_INVALID,
    };
    text.get(key).into()
}

/// What a field of the form is called: our word for a name we know, else the label that was published.
pub fn field_label(text: Text, field: &Field) -> String {
    let published = text.isolate(&field.label);
    let label = match field.name.as_str() {
        "login" | "userName" => text.get(Key::PRIMARY_USERNAME),
        "password" => text.get(Key::PRIMARY_PASSWORD),
        "email" => text.get(Key::REGISTER_EMAIL),
        "firstName" => text.get(Key::REGISTER_FIRST_NAME),
        "lastName" => text.get(Key::REGISTER_LAST_NAME),
        "mobilePhone" | "primaryPhone" => text.get(Key::REGISTER_PHONE),
        _ => &*published,
    };
    if field.required { label.to_owned() } else { text.fill(Key::REGISTER_OPTIONAL, &[("label", label)]) }
}
