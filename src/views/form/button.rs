//! Buttons. One that may not be pressed stays focusable and says so by `aria-disabled`: a `disabled` button
//! would drop the focus of whoever just pressed it. The machine ignores what comes from it anyway.

use crate::text::Key;
use crate::views::context::Widget;
use sign_in_flow::Screen;
use yew::prelude::*;

/// How long a pause runs, on a step where no button that submits the form says it.
pub(crate) fn pause(widget: &Widget, screen: &Screen) -> Html {
    paused(widget, screen).map(|pause| html! { <p class="oaw-small">{ pause }</p> }).unwrap_or_default()
}

fn paused(widget: &Widget, screen: &Screen) -> Option<String> {
    screen.paused_for.map(|seconds| widget.text.count(Key::PAUSED, "seconds", seconds))
}

/// The button that submits the form. It says when an answer is awaited, or a pause runs: the style sheet puts the
/// status in the label's place.
pub(crate) fn submit(widget: &Widget, screen: &Screen, label: &str) -> Html {
    primary(widget, screen, label, None, None)
}

/// The same, and says how it submits by its value.
pub(crate) fn submit_first(widget: &Widget, screen: &Screen, label: &str, value: &'static str) -> Html {
    primary(widget, screen, label, Some(value), None)
}

fn primary(
    widget: &Widget,
    screen: &Screen,
    label: &str,
    value: Option<&'static str>,
    described: Option<AttrValue>,
) -> Html {
    html! {
        <button
            type="submit" class="oaw-button oaw-button-primary" {value} aria-disabled={disabled(screen)}
            data-first={described.is_some().then_some("")} aria-describedby={described}
        >
            if screen.busy { <span class="oaw-spinner" aria-hidden="true" /> }
            <span>{ paused(widget, screen).unwrap_or_else(|| label.to_owned()) }</span>
            <span class="oaw-hidden" role="status">{ if screen.busy { widget.say(Key::BUSY) } else { "" } }</span>
        </button>
    }
}

/// The same on a step where nothing has to be typed: it takes focus, so that Enter presses it, and is described by the
/// heading, which focus passes over.
pub(crate) fn submit_next(widget: &Widget, screen: &Screen, label: &str) -> Html {
    primary(widget, screen, label, None, Some(widget.element_id("title")))
}

/// A link under the form that submits it, and says how by its value.
pub(crate) fn submit_as(screen: &Screen, label: &str, value: &'static str) -> Html {
    html! { <button type="submit" class="oaw-link" {value} aria-disabled={disabled(screen)}>{ label }</button> }
}

/// A further button that submits the form, and says how by its value.
pub(crate) fn submit_beside(screen: &Screen, label: &str, value: &'static str) -> Html {
    html! { <button type="submit" class="oaw-button" {value} aria-disabled={disabled(screen)}>{ label }</button> }
}

/// Whether a button may not be pressed now.
pub(crate) fn is_disabled(screen: &Screen) -> bool {
    screen.busy || screen.paused_for.is_some()
}

fn disabled(screen: &Screen) -> Option<&'static str> {
    is_disabled(screen).then_some("true")
}

/// A button beside the main one.
pub(crate) fn plain_button(label: &str, onclick: Callback<MouseEvent>, disabled: bool) -> Html {
    html! {
        <button type="button" class="oaw-button" {onclick} aria-disabled={disabled.then_some("true")}>{ label }</button>
    }
}

/// A button that looks like a link, for the links below the form.
pub(crate) fn link_button(label: &str, onclick: Callback<MouseEvent>) -> Html {
    html! { <button type="button" class="oaw-link" {onclick}>{ label }</button> }
}
