//! A box to tick. Its state lives in the element: a `checked` attribute would be set again by every render,
//! over what the person did. How it starts is filled in once (`focus`). Not here: what the box is for.

use super::field::mark;
use yew::prelude::*;

/// A labelled box.
pub(crate) fn checkbox(name: impl Into<AttrValue>, label: &str, checked: bool) -> Html {
    let name: AttrValue = name.into();
    html! {
        <label class="oaw-checkbox">
            <input type="checkbox" {name} data-ticked={mark(checked)} />
            <span>{ label }</span>
        </label>
    }
}
