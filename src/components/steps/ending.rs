//! The two ends: the browser is on its way, or the page's own code has the result.

use crate::components::context::Widget;
use crate::components::form::Panel;
use crate::text::Key;
use yew::prelude::*;

/// The browser is on its way to the org.
pub(crate) fn leaving(widget: &Widget) -> Html {
    html! {
        <Panel
            key="leaving" id={widget.element_id("title")} title={widget.say(Key::LeavingTitle)} busy=true focus_heading=true
        >
            <p class="oaw-text" role="status">
                <span class="oaw-spinner" aria-hidden="true" />
                { widget.say(Key::LeavingText) }
            </p>
        </Panel>
    }
}

/// The page's own code has the result.
pub(crate) fn signed_in(widget: &Widget) -> Html {
    html! {
        <Panel key="signed-in" id={widget.element_id("title")} title={widget.say(Key::SignedInTitle)} focus_heading=true>
            { Html::default() }
        </Panel>
    }
}
