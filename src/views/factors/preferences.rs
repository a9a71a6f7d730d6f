//! The boxes beside a factor: "Don't ask again on this device" and "Send a notification automatically", where the
//! policy allows them.

use crate::text::{self, Key};
use crate::views::context::Widget;
use crate::views::form::{Values, checkbox};
use okta_authn::RememberDevice;
use okta_authn::request::Preferences;
use yew::prelude::*;

/// The box, as the person last left it, else as the policy says.
pub(crate) fn remember_device(widget: &Widget, chosen: Preferences, policy: Option<RememberDevice>) -> Html {
    let Some(policy) = policy else { return Html::default() };
    let checked = chosen.remember_device.unwrap_or(policy.by_default);
    checkbox("remember_device", &text::remember_device(widget.text, policy.lifetime_minutes), checked)
}

/// The box, as the person last left it, else as the org remembers it.
pub(crate) fn auto_push(widget: &Widget, chosen: Preferences, is_on: bool) -> Html {
    if !widget.options.auto_push {
        return Html::default();
    }
    let checked = chosen.auto_push.unwrap_or(is_on);
    checkbox("auto_push", widget.say(Key::VERIFY_PUSH_AUTO), checked)
}

/// What the boxes say.
pub(crate) fn preferences(values: &Values) -> Preferences {
    Preferences { remember_device: values.ticked("remember_device"), auto_push: values.ticked("auto_push") }
}
