//! Small parts that several steps share. Not here: a decision.

use super::context::Widget;
use super::form::link_button;
use crate::text::Key;
use sign_in_flow::{Intent, Screen};
use yew::prelude::*;

/// Back and Cancel, as far as the org offers them. Where it offers no cancel, the widget starts over by itself.
pub(crate) fn footer_actions(widget: &Widget, screen: &Screen) -> Html {
    footer_with_back(widget, screen, screen.offers("prev"))
}

/// The same for a step that can go back without the org.
pub(crate) fn footer_with_back(widget: &Widget, screen: &Screen, back: bool) -> Html {
    let cancel = if screen.offers("cancel") { Key::ACTION_CANCEL } else { Key::ACTION_START_OVER };
    html! {
        <>
            if back { { link_button(widget.say(Key::ACTION_BACK), widget.on(Intent::Back)) } }
            { link_button(widget.say(cancel), widget.on(Intent::Cancel)) }
        </>
    }
}

/// What is shown of a form whose link the org did not publish: it could not be sent.
pub(crate) fn unless_dead_end(widget: &Widget, screen: &Screen, form: impl FnOnce() -> Html) -> Html {
    if screen.offers("next") { form() } else { unsupported_status(widget, screen) }
}

/// The name of a status without a screen, for a support call.
pub(crate) fn unsupported_status(widget: &Widget, screen: &Screen) -> Html {
    let status = screen.transaction.as_ref().map_or("", |transaction| transaction.status.as_str());
    paragraph(widget.fill(Key::UNSUPPORTED_TEXT, "status", status))
}

/// A paragraph that describes the field after it: those who hear the field hear it too.
pub(crate) fn about(widget: &Widget, text: impl Into<AttrValue>) -> Html {
    let text: AttrValue = text.into();
    html! { <p id={widget.about()} class="oaw-text">{ text }</p> }
}

/// A paragraph.
pub(crate) fn paragraph(text: impl Into<AttrValue>) -> Html {
    let text: AttrValue = text.into();
    html! { <p class="oaw-text">{ text }</p> }
}
