//! Buttons. One that may not be pressed stays focusable and says so by `aria-disabled`: a `disabled` button
//! would drop the focus of whoever just pressed it.

use yew::prelude::*;

/// Why a form's main button does nothing at the moment, and what it says meanwhile.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Busy {
    /// It works.
    #[default]
    No,
    /// An answer is awaited; the text is for screen readers, beside the spinner.
    Waiting(AttrValue),
    /// A pause runs; the text takes the label's place.
    Paused(AttrValue),
}

/// The button that submits the form.
pub(crate) fn submit(label: &str, busy: &Busy) -> Html {
    let (shown, status) = match busy {
        Busy::No => (label, ""),
        Busy::Waiting(status) => (label, status.as_str()),
        Busy::Paused(text) => (text.as_str(), ""),
    };
    let held = *busy != Busy::No;
    html! {
        <button type="submit" class="oaw-button oaw-button-primary" aria-disabled={held.then_some("true")}>
            if !status.is_empty() { <span class="oaw-spinner" aria-hidden="true" /> }
            <span>{ shown }</span>
            <span class="oaw-hidden" role="status">{ status }</span>
        </button>
    }
}

/// A button beside the main one.
pub(crate) fn plain_button(label: &str, onclick: Callback<MouseEvent>, held: bool) -> Html {
    let onclick = if held { Callback::noop() } else { onclick };
    html! {
        <button type="button" class="oaw-button" {onclick} aria-disabled={held.then_some("true")}>{ label }</button>
    }
}

/// A button that looks like a link, for ways out.
pub(crate) fn link_button(label: &str, onclick: Callback<MouseEvent>) -> Html {
    html! { <button type="button" class="oaw-link" {onclick}>{ label }</button> }
}
