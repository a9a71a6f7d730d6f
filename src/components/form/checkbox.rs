//! A box to tick. Its state lives in the element; `checked` only says how it starts.

use yew::prelude::*;

/// A labelled box.
pub(crate) fn checkbox(name: impl Into<AttrValue>, label: &str, checked: bool) -> Html {
    let name: AttrValue = name.into();
    html! {
        <label class="oaw-checkbox">
            <input type="checkbox" {name} ~defaultChecked={checked} />
            <span>{ label }</span>
        </label>
    }
}
