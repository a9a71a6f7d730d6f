//! What the hook says, and signing up leads to, in words. Never here: when it is told.

use super::notice::or;
use super::{Key, Text};
use crate::flow::HookNotice;
use crate::flow::register::Wrong;
use crate::hook::{Fault, Field};
use std::borrow::Cow;

/// The sentence for what only the hook, or signing up, leads to.
pub(super) fn hook_notice(text: Text, notice: &HookNotice) -> Cow<'static, str> {
    let key = match notice {
        HookNotice::CheckFields => Key::HookCheckFields,
        HookNotice::NotAccepted => Key::HookNotAccepted,
        HookNotice::PageRefused(words) => return or(text, words.as_ref(), Key::HookPageRefused),
        HookNotice::ChallengeFailed => Key::HookChallengeFailed,
        HookNotice::PhoneNotEnrolled => Key::HookPhoneNotEnrolled,
        HookNotice::WrongPassword => Key::HookWrongPassword,
        HookNotice::NotPermitted => Key::HookNotPermitted,
        HookNotice::AlreadySetUp => Key::HookAlreadySetUp,
        HookNotice::FactorGone => Key::HookFactorGone,
        HookNotice::FactorAdded => Key::HookFactorAdded,
        HookNotice::FactorWorks => Key::HookFactorWorks,
        HookNotice::FactorRemoved => Key::HookFactorRemoved,
    };
    text.get(key).into()
}

/// What is wrong with a field.
pub fn wrong(text: Text, wrong: &Wrong) -> Cow<'static, str> {
    let key = match wrong {
        Wrong::Words(words) => return words.clone().into(),
        Wrong::Fault(Fault::Required) => Key::RegisterWrongRequired,
        Wrong::Fault(Fault::TooShort) => Key::RegisterWrongTooShort,
        Wrong::Fault(Fault::TooLong) => Key::RegisterWrongTooLong,
        Wrong::Fault(Fault::Taken) => Key::RegisterWrongTaken,
        Wrong::Fault(Fault::PasswordPolicy) => Key::RegisterWrongPassword,
        Wrong::Fault(_) => Key::RegisterWrongInvalid,
    };
    text.get(key).into()
}

/// What a field of the form is called: our word for a name we know, else the label that was published.
pub fn field_label(text: Text, field: &Field) -> String {
    let label = match field.name.as_str() {
        "login" | "userName" => text.get(Key::PrimaryUsername),
        "password" => text.get(Key::PrimaryPassword),
        "email" => text.get(Key::RegisterEmail),
        "firstName" => text.get(Key::RegisterFirstName),
        "lastName" => text.get(Key::RegisterLastName),
        "mobilePhone" | "primaryPhone" => text.get(Key::RegisterPhone),
        _ => &field.label,
    };
    if field.required { label.to_owned() } else { text.fill(Key::RegisterOptional, &[("label", label)]) }
}
