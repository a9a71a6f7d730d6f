//! A box to tick. Its state lives in the element; `checked` only says how it starts.

use yew::prelude::*;

/// A labelled box.
pub(crate) fn checkbox(node: &NodeRef, name: &'static str, label: &str, checked: bool) -> Html {
    html! {
        <label class="oaw-checkbox">
            <input ref={node} type="checkbox" {name} checked={checked} />
            <span>{ label }</span>
        </label>
    }
}
