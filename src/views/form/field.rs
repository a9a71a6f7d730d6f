//! A labelled field for what is written from left to right in every language: a name, a code, a number, an address. What is
//! typed lives in the element alone (no `value`), so that a re-render, a password manager or a typist never fight over it;
//! what it starts with is filled in once (`focus`). Not here: what a field is for.

use crate::views::context::Widget;
use yew::prelude::*;

/// What there is to say about a field.
#[derive(Default)]
pub(crate) struct Field {
    /// The visible label.
    pub(crate) label: AttrValue,
    /// Name of the control.
    pub(crate) name: &'static str,
    /// What a browser or password manager may fill in.
    pub(crate) autocomplete: &'static str,
    /// Which keyboard a phone shows.
    pub(crate) inputmode: Option<&'static str>,
    /// Text to start with.
    pub(crate) initial: String,
    /// Whether it takes focus as the step appears.
    pub(crate) is_first: bool,
    /// Whether it is emptied when the org refuses what was sent.
    pub(crate) is_secret: bool,
    /// Id of the message that says what is wrong with the value.
    pub(crate) invalid: Option<AttrValue>,
    /// Id of what else is heard with the label: where a code went, what a password must be like.
    pub(crate) about: Option<AttrValue>,
}

/// The field.
pub(crate) fn field(widget: &Widget, field: Field) -> Html {
    let Field { label, name, autocomplete, inputmode, initial, is_first, is_secret, invalid, about } = field;
    html! {
        <div class="oaw-field">
            <label>
                <span class="oaw-label">{ label }</span>
                <input
                    class="oaw-input" type="text" {name} {autocomplete} {inputmode} dir={widget.text.left_to_right()}
                    data-initial={(!initial.is_empty()).then_some(initial)}
                    autocapitalize="none" autocorrect="off" spellcheck="false" enterkeyhint="go"
                    data-first={mark(is_first)} data-secret={mark(is_secret)}
                    aria-invalid={invalid.is_some().then_some("true")} aria-describedby={described(invalid, about)}
                />
            </label>
        </div>
    }
}

/// What describes a field: what is wrong with its value first.
pub(crate) fn described(invalid: Option<AttrValue>, about: Option<AttrValue>) -> Option<AttrValue> {
    match (invalid, about) {
        (Some(invalid), Some(about)) => Some([&*invalid, " ", &*about].concat().into()),
        (invalid, about) => invalid.or(about),
    }
}

/// An attribute that is there or not.
pub(super) fn mark(marked: bool) -> Option<&'static str> {
    marked.then_some("")
}
