//! A labelled text field. What is typed lives in the element alone (no `value` prop), so that a re-render,
//! a password manager or a typist never fight over it; forms read it through the node. Never here: what a
//! field is for.

use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Props of [`Field`].
#[derive(Properties, PartialEq)]
pub(crate) struct FieldProps {
    /// The visible label.
    pub label: AttrValue,
    /// Name of the control.
    pub name: AttrValue,
    /// Where the form reads the value.
    pub node: NodeRef,
    /// The input's type.
    #[prop_or(AttrValue::Static("text"))]
    pub kind: AttrValue,
    /// What a browser or password manager may fill in.
    pub autocomplete: AttrValue,
    /// Which keyboard a phone shows.
    #[prop_or_default]
    pub inputmode: Option<AttrValue>,
    /// Text to start with. May come after the first render; what was typed by then stays.
    #[prop_or_default]
    pub initial: AttrValue,
    /// Whether it takes focus as it appears.
    #[prop_or_default]
    pub autofocus: bool,
    /// Focus is called here whenever this number changes.
    #[prop_or_default]
    pub call: Option<u32>,
    /// The field is emptied whenever this number changes.
    #[prop_or_default]
    pub clear: u32,
    /// Id of the message that says what is wrong with the value.
    #[prop_or_default]
    pub invalid: Option<AttrValue>,
    /// Something is being typed.
    #[prop_or_default]
    pub oninput: Callback<InputEvent>,
    /// A key went down or up.
    #[prop_or_default]
    pub onkey: Callback<KeyboardEvent>,
    /// Controls inside the field's box, after the input.
    #[prop_or_default]
    pub children: Html,
}

/// A labelled text field.
#[component]
pub(crate) fn Field(props: &FieldProps) -> Html {
    let FieldProps { label, name, node, kind, autocomplete, inputmode, autofocus, call, clear, invalid, .. } = props;
    {
        let (node, autofocus) = (node.clone(), *autofocus);
        use_effect_with((), move |()| {
            if autofocus && let Some(input) = node.cast::<HtmlInputElement>() {
                let _refused = input.focus();
            }
        });
    }
    {
        let node = node.clone();
        use_effect_with(props.initial.clone(), move |initial| {
            if let Some(input) = node.cast::<HtmlInputElement>().filter(|input| input.value().is_empty()) {
                input.set_value(initial);
            }
        });
    }
    {
        let node = node.clone();
        use_effect_with(*call, move |call| {
            if let (Some(_), Some(input)) = (call, node.cast::<HtmlInputElement>()) {
                let _refused = input.focus();
            }
        });
    }
    {
        let node = node.clone();
        use_effect_with(*clear, move |clear| {
            if let (1.., Some(input)) = (*clear, node.cast::<HtmlInputElement>()) {
                input.set_value("");
            }
        });
    }
    html! {
        <div class="oaw-field">
            <label>
                <span class="oaw-label">{ label }</span>
                <input
                    ref={node} class="oaw-input" type={kind} {name} {autocomplete} {inputmode}
                    autocapitalize="none" spellcheck="false"
                    aria-invalid={invalid.is_some().then_some("true")} aria-describedby={invalid.clone()}
                    oninput={&props.oninput} onkeydown={&props.onkey} onkeyup={&props.onkey}
                />
            </label>
            { props.children.clone() }
        </div>
    }
}

/// What stands in a field.
pub(crate) fn value_of(node: &NodeRef) -> String {
    node.cast::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default()
}
