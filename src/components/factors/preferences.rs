//! The boxes beside a factor: "Don't ask again on this device" and "Send push automatically", where the
//! policy allows them.

use crate::authn::RememberDevice;
use crate::authn::request::Preferences;
use crate::components::context::Widget;
use crate::components::form::{Values, checkbox};
use crate::flow::Screen;
use crate::text::{self, Key};
use yew::prelude::*;

/// The box, as the person last left it, else as the policy says.
pub(crate) fn remember_device(widget: &Widget, screen: &Screen, policy: Option<RememberDevice>) -> Html {
    let Some(policy) = policy else { return Html::default() };
    let checked = screen.preferences.remember_device.unwrap_or(policy.by_default);
    checkbox("remember_device", &text::remember_device(widget.text, policy.lifetime_minutes), checked)
}

/// The box, as the person last left it, else as the org remembers it.
pub(crate) fn auto_push(widget: &Widget, screen: &Screen, is_on: bool) -> Html {
    if !widget.options.auto_push {
        return Html::default();
    }
    let checked = screen.preferences.auto_push.unwrap_or(is_on);
    checkbox("auto_push", widget.say(Key::VerifyPushAuto), checked)
}

/// What the boxes say.
pub(crate) fn preferences(values: &Values) -> Preferences {
    Preferences { remember_device: values.ticked("remember_device"), auto_push: values.ticked("auto_push") }
}
