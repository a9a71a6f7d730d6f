//! Another device waits to be signed in: its code, and how it ended.

use crate::text::Key;
use crate::views::context::Widget;
use crate::views::form::{Field, Panel, Values, field, link_button, panel, submit};
use crate::views::parts::{about, footer_actions, paragraph, unless_dead_end};
use okta_authn::DeviceActivation;
use sign_in_flow::{FieldName, Intent, Screen};
use yew::prelude::*;

/// The code that the device shows.
pub(crate) fn device_activate(widget: &Widget, screen: &Screen, user_code: &str) -> Html {
    let form = || {
        html! {
            <>
                { about(widget, widget.say(Key::DEVICE_INTRO)) }
                {
                    field(widget, Field {
                        label: widget.say(Key::DEVICE_CODE).into(),
                        name: "user_code",
                        autocomplete: "off",
                        initial: user_code.to_owned(),
                        is_first: true,
                        invalid: widget.message_about(screen, FieldName::UserCode),
                        about: Some(widget.about()),
                        ..Field::default()
                    })
                }
                { submit(widget, screen, widget.say(Key::DEVICE_SUBMIT)) }
            </>
        }
    };
    let body = unless_dead_end(widget, screen, form);
    let (title, footer) = (widget.say(Key::DEVICE_TITLE).into(), footer_actions(widget, screen));
    let read = |values: &Values| Some(Intent::ActivateDevice(values.text("user_code")));
    panel(Panel { widget, screen, title, body, footer, read })
}

/// How it ended.
pub(crate) fn device_ending(widget: &Widget, screen: &Screen, ending: &DeviceActivation) -> Html {
    let (title, text) = match ending {
        DeviceActivation::Activated => (Key::DEVICE_DONE_TITLE, Key::DEVICE_DONE),
        DeviceActivation::ConsentDenied => (Key::DEVICE_FAILED_TITLE, Key::DEVICE_DENIED),
        _ => (Key::DEVICE_FAILED_TITLE, Key::DEVICE_FAILED),
    };
    let body = paragraph(widget.say(text));
    let footer = link_button(widget.say(Key::ACTION_START_OVER), widget.on(Intent::Cancel));
    panel(Panel { widget, screen, title: widget.say(title).into(), body, footer, read: |_| None })
}
