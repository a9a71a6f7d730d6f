//! A part of a step that is shown on request. Not here: what it contains.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::html::TargetCast;
use yew::prelude::*;

/// A labelled part that is hidden unless it is `open`. Escape hides it again.
pub(crate) fn disclosure(label: &str, open: bool, content: Html) -> Html {
    html! {
        <details class="oaw-more" {open} onkeydown={Callback::from(on_key as fn(KeyboardEvent))}>
            <summary class="oaw-link">{ label }</summary>
            { content }
        </details>
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the signature of a listener")]
fn on_key(event: KeyboardEvent) {
    if event.key() == "Escape" && event.target_dyn_into::<Element>().is_some_and(|target| hide(&target).is_some()) {
        // It closes nothing else of the page.
        event.stop_propagation();
    }
}

/// Hides the part around `target`; focus goes to its label. Returns `None` where none is shown.
fn hide(target: &Element) -> Option<()> {
    let shown = target.closest("details[open]").ok()??;
    shown.remove_attribute("open").ok()?;
    shown.query_selector("summary").ok()??.dyn_into::<HtmlElement>().ok()?.focus().ok()
}
