//! A state that has no screen here: say so, and show the ways out.

use super::{StepProps, message, ways_out};
use crate::authn::Envelope;
use crate::components::context::use_widget;
use crate::components::form::Panel;
use crate::text::Key;
use yew::prelude::*;

/// The state's name, for a support call, and the ways out.
#[component]
pub(crate) fn UnsupportedView(props: &StepProps<Envelope>) -> Html {
    let widget = use_widget();
    let StepProps { screen, step } = props;
    html! {
        <Panel
            id={widget.element_id("title")} title={widget.say(Key::UnsupportedTitle)} busy={screen.busy}
            focus_heading={widget.focuses_first(screen)} message={message(&widget, screen)}
            footer={ways_out(&widget, screen)}
        >
            <p class="oaw-text">{ widget.text.fill(Key::UnsupportedText, &[("status", step.status.as_str())]) }</p>
        </Panel>
    }
}
