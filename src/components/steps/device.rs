//! Another device waits to be signed in: its code, and how it ended.

use super::{paragraph, unless_dead_end, ways_out};
use crate::authn::DeviceActivation;
use crate::components::context::Widget;
use crate::components::form::{Field, Panel, Values, field, link_button, panel, submit};
use crate::flow::step::DeviceActivate;
use crate::flow::{FieldName, Intent, Screen};
use crate::text::Key;
use yew::prelude::*;

/// The code that the device shows.
pub(crate) fn device_activate(widget: &Widget, screen: &Screen, step: &DeviceActivate) -> Html {
    let form = || {
        html! {
            <>
                { paragraph(widget.say(Key::DeviceIntro)) }
                {
                    field(Field {
                        label: widget.say(Key::DeviceCode).into(),
                        name: "user_code",
                        autocomplete: "off",
                        initial: step.user_code.clone(),
                        is_first: true,
                        invalid: widget.message_about(screen, FieldName::UserCode),
                        ..Field::default()
                    })
                }
                { submit(widget, screen, widget.say(Key::DeviceSubmit)) }
            </>
        }
    };
    let body = unless_dead_end(widget, screen, form);
    let (title, footer) = (widget.say(Key::DeviceTitle).into(), ways_out(widget, screen));
    let read = |values: &Values| Some(Intent::ActivateDevice(values.text("user_code")));
    panel(Panel { widget, screen, title, body, footer, read })
}

/// How it ended.
pub(crate) fn device_ending(widget: &Widget, screen: &Screen, ending: &DeviceActivation) -> Html {
    let (title, text) = match ending {
        DeviceActivation::Activated => (Key::DeviceDoneTitle, Key::DeviceDone),
        DeviceActivation::ConsentDenied => (Key::DeviceFailedTitle, Key::DeviceDenied),
        _ => (Key::DeviceFailedTitle, Key::DeviceFailed),
    };
    let body = paragraph(widget.say(text));
    let footer = link_button(widget.say(Key::ActionStartOver), widget.on(Intent::Cancel));
    panel(Panel { widget, screen, title: widget.say(title).into(), body, footer, read: |_| None })
}
