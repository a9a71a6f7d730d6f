//! What steps say about a factor: the heading, where a code goes, a sentence beside its icon. Not here: a
//! form.

use super::icon;
use crate::text::{Key, factor_in_sentence};
use crate::views::context::Widget;
use okta_authn::{Factor, FactorKind};
use yew::prelude::*;

/// The heading, by factor.
pub(crate) fn title(widget: &Widget, factor: Option<&Factor>) -> AttrValue {
    let Some(factor) = factor else { return widget.say(Key::VERIFY_NO_FACTOR_TITLE).into() };
    let key = match factor.kind() {
        FactorKind::Sms => Key::VERIFY_SMS_TITLE,
        FactorKind::Call => Key::VERIFY_CALL_TITLE,
        FactorKind::Email => Key::VERIFY_EMAIL_TITLE,
        FactorKind::Question => Key::VERIFY_QUESTION_TITLE,
        FactorKind::Password => Key::VERIFY_PASSWORD_TITLE,
        _ => return widget.fill(Key::VERIFY_TITLE, "factor", &factor_in_sentence(widget.text, factor)).into(),
    };
    widget.say(key).into()
}

/// Where a code goes or went, or which device is asked, in the org's words.
pub(crate) fn target<'a>(widget: &Widget, factor: &'a Factor) -> &'a str {
    let (known, unknown) = match factor.kind() {
        FactorKind::Email => (&factor.email, Key::FACTOR_EMAIL_UNKNOWN),
        FactorKind::Push => (&factor.device_name, Key::VERIFY_PUSH_DEVICE),
        _ => (&factor.phone_number, Key::FACTOR_PHONE_UNKNOWN),
    };
    known.as_deref().unwrap_or_else(|| widget.say(unknown))
}

/// An icon and a sentence.
pub(crate) fn sentence(factor: &Factor, text: impl Into<AttrValue>) -> Html {
    let text: AttrValue = text.into();
    html! {
        <p class="oaw-text oaw-factor">
            { icon(factor.kind()) }
            <span>{ text }</span>
        </p>
    }
}
