//! The field for a one-time code, the same for every factor that has one.

use crate::components::context::Widget;
use crate::components::form::Field;
use crate::components::steps::describe;
use crate::flow::{FieldName, Screen};
use crate::text::Key;
use yew::prelude::*;

/// The field; phones offer the code from a message, and a numeric keyboard.
pub(crate) fn code_field(widget: &Widget, screen: &Screen, node: &NodeRef) -> Html {
    let (invalid, call) = describe(widget, screen, FieldName::Passcode);
    html! {
        <Field
            label={widget.say(Key::VerifyCode)} name="passcode" {node} autocomplete="one-time-code" inputmode="numeric"
            autofocus={widget.focuses_first(screen)} {call} clear={screen.refusals} {invalid}
        />
    }
}
