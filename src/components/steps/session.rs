//! Somebody is signed in already.

use super::{StepProps, busy, message};
use crate::authn::Session;
use crate::components::context::use_widget;
use crate::components::form::{Panel, plain_button, submit};
use crate::flow::Intent;
use crate::text::Key;
use yew::prelude::*;

/// Go on as that user, or sign out.
#[component]
pub(crate) fn SessionView(props: &StepProps<Session>) -> Html {
    let widget = use_widget();
    let StepProps { screen, step } = props;
    let who = widget.text.fill(Key::SessionAs, &[("login", &step.login)]);
    html! {
        <Panel
            id={widget.element_id("title")} title={widget.say(Key::SessionTitle)} busy={screen.busy}
            focus_heading={widget.focuses_first(screen) && widget.options.autofocus}
            message={message(&widget, screen)} onsubmit={widget.on(Intent::Continue)}
        >
            <p class="oaw-text">{ who }</p>
            { submit(widget.say(Key::SessionContinue), &busy(&widget, screen)) }
            { plain_button(widget.say(Key::SessionSignout), widget.on(Intent::SignOut), screen.busy) }
        </Panel>
    }
}
