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
fn target<'a>(widget: &Widget, factor: &'a Factor) -> &'a str {
    let (known, unknown) = match factor.kind() {
        FactorKind::Email => (&factor.email, Key::FACTOR_EMAIL_UNKNOWN),
        FactorKind::Push => (&factor.device_name, Key::VERIFY_PUSH_DEVICE),
        _ => (&factor.phone_number, Key::FACTOR_PHONE_UNKNOWN),
    };
    known.as_deref().unwrap_or_else(|| widget.say(unknown))
}

/// A phone number, an address or a device as one whole: it keeps its direction in a page that is written from right to
/// left, and is not broken where it fits into a line.
pub(crate) fn whole(text: &str) -> Html {
    html! { <bdi>{ text }</bdi> }
}

/// The message of that key, with such a whole in it.
pub(crate) fn filled(widget: &Widget, key: Key, name: &str, value: &str) -> Html {
    let message = widget.say(key);
    let parts = message.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)));
    match parts {
        Some((before, (placeholder, after))) if placeholder == name => {
            html! { <>{ before }{ whole(value) }{ after }</> }
        }
        _ => html! { message },
    }
}

/// An icon, and a sentence with where a code goes or went, or which device is asked.
pub(crate) fn with_target(widget: &Widget, factor: &Factor, key: Key, name: &str) -> Html {
    sentence_of(widget, factor, filled(widget, key, name, target(widget, factor)))
}

/// An icon and a sentence, which describes the field after it where there is one.
pub(crate) fn sentence(widget: &Widget, factor: &Factor, text: impl Into<AttrValue>) -> Html {
    let text: AttrValue = text.into();
    sentence_of(widget, factor, html! { text })
}

/// The same with markup in the sentence.
pub(crate) fn sentence_of(widget: &Widget, factor: &Factor, text: Html) -> Html {
    html! {
        <p id={widget.about()} class="oaw-text oaw-factor">
            { icon(factor.kind()) }
            <span>{ text }</span>
        </p>
    }
}
