//! What steps say about a factor: the heading, where a code goes, a sentence beside its icon. Never here: a
//! form.

use crate::authn::{Factor, FactorKind};
use crate::components::context::Widget;
use crate::components::factors::icon;
use crate::text::{Key, factor_name};
use yew::prelude::*;

/// The heading, by factor.
pub(super) fn title(widget: &Widget, factor: Option<&Factor>) -> AttrValue {
    let Some(factor) = factor else { return widget.say(Key::PrimaryTitle).into() };
    let key = match factor.kind() {
        FactorKind::Sms => Key::VerifySmsTitle,
        FactorKind::Call => Key::VerifyCallTitle,
        FactorKind::Email => Key::VerifyEmailTitle,
        FactorKind::Question => Key::VerifyQuestionTitle,
        FactorKind::Password => Key::VerifyPasswordTitle,
        _ => return widget.fill(Key::VerifyTitle, "factor", &factor_name(widget.text, factor)).into(),
    };
    widget.say(key).into()
}

/// Where a code goes or went, or which device is asked, in the org's words.
pub(super) fn target<'a>(widget: &Widget, factor: &'a Factor) -> &'a str {
    let (known, unknown) = match factor.kind() {
        FactorKind::Email => (&factor.email, Key::FactorEmailUnknown),
        FactorKind::Push => (&factor.device_name, Key::VerifyPushDevice),
        _ => (&factor.phone_number, Key::FactorPhoneUnknown),
    };
    known.as_deref().unwrap_or_else(|| widget.say(unknown))
}

/// An icon and a sentence.
pub(super) fn sentence(factor: &Factor, text: impl Into<AttrValue>) -> Html {
    let text: AttrValue = text.into();
    html! {
        <p class="oaw-text oaw-factor">
            { icon(factor.kind()) }
            <span>{ text }</span>
        </p>
    }
}
