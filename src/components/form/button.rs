//! Buttons. One that may not be pressed stays focusable and says so by `aria-disabled`: a `disabled` button
//! would drop the focus of whoever just pressed it. The machine ignores what comes from it anyway.

use crate::components::context::Widget;
use crate::flow::Screen;
use crate::text::Key;
use yew::prelude::*;

/// The button that submits the form. It says when an answer is awaited, or a pause runs.
pub(crate) fn submit(widget: &Widget, screen: &Screen, label: &str) -> Html {
    let pause = screen.paused_for.map(|seconds| widget.fill(Key::Paused, "seconds", &seconds.to_string()));
    html! {
        <button type="submit" class="oaw-button oaw-button-primary" aria-disabled={held(screen)}>
            if screen.busy { <span class="oaw-spinner" aria-hidden="true" /> }
            <span>{ pause.unwrap_or_else(|| label.to_owned()) }</span>
            <span class="oaw-hidden" role="status">{ if screen.busy { widget.say(Key::Busy) } else { "" } }</span>
        </button>
    }
}

/// A link under the form that submits it, and says how by its value.
pub(crate) fn submit_as(screen: &Screen, label: &str, value: &'static str) -> Html {
    html! { <button type="submit" class="oaw-link" {value} aria-disabled={held(screen)}>{ label }</button> }
}

/// A further button that submits the form, and says how by its value.
pub(crate) fn submit_beside(screen: &Screen, label: &str, value: &'static str, class: &'static str) -> Html {
    html! { <button type="submit" {class} {value} aria-disabled={held(screen)}>{ label }</button> }
}

/// Whether a button may not be pressed now.
fn held(screen: &Screen) -> Option<&'static str> {
    (screen.busy || screen.paused_for.is_some()).then_some("true")
}

/// A button beside the main one.
pub(crate) fn plain_button(label: &str, onclick: Callback<MouseEvent>, held: bool) -> Html {
    html! {
        <button type="button" class="oaw-button" {onclick} aria-disabled={held.then_some("true")}>{ label }</button>
    }
}

/// A button that looks like a link, for ways out.
pub(crate) fn link_button(label: &str, onclick: Callback<MouseEvent>) -> Html {
    html! { <button type="button" class="oaw-link" {onclick}>{ label }</button> }
}
