//! A box to tick. Its state lives in the element: a `checked` attribute would be set again by every render,
//! over what the person did. Never here: what the box is for.

use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Props of [`Checkbox`].
#[derive(Properties, PartialEq)]
pub(crate) struct CheckboxProps {
    /// The visible label.
    pub label: AttrValue,
    /// Name of the control.
    pub name: AttrValue,
    /// Where the form reads the state.
    pub node: NodeRef,
    /// Whether it starts ticked. May come after the first render.
    pub ticked: bool,
}

/// A labelled box.
#[component]
pub(crate) fn Checkbox(props: &CheckboxProps) -> Html {
    let CheckboxProps { label, name, node, ticked } = props;
    {
        let node = node.clone();
        use_effect_with(*ticked, move |ticked| {
            if *ticked && let Some(input) = node.cast::<HtmlInputElement>() {
                input.set_checked(true);
            }
        });
    }
    html! {
        <label class="oaw-checkbox">
            <input ref={node} type="checkbox" {name} />
            <span>{ label }</span>
        </label>
    }
}
