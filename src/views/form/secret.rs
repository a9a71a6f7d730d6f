//! A field whose text is hidden until the person asks for it, with a hint when Caps Lock is on. The form hides it again
//! when it is submitted. Like the text itself, this state lives in the elements alone: no render changes it. Not here:
//! what the secret is.

use super::field::{described, mark};
use crate::text::Key;
use crate::views::context::Widget;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};
use yew::html::TargetCast;
use yew::prelude::*;

/// A field for a secret.
pub(crate) struct Secret {
    /// The visible label.
    pub(crate) label: AttrValue,
    /// Name of the control.
    pub(crate) name: &'static str,
    /// What a browser or password manager may fill in.
    pub(crate) autocomplete: &'static str,
    /// Labels of the button that shows the text, and hides it; each of a form has its own.
    pub(crate) reveal: (Key, Key),
    /// Whether it takes focus when the step appears.
    pub(crate) is_first: bool,
    /// Whether it is emptied when the org refuses what was sent.
    pub(crate) empties: bool,
    /// Id of the message that says what is wrong with the value.
    pub(crate) invalid: Option<AttrValue>,
    /// Id of what else is heard with the label.
    pub(crate) about: Option<AttrValue>,
    /// Whether it is text in a language, such as an answer; else it is written from left to right in every language.
    pub(crate) is_prose: bool,
    /// Gets the events of typing.
    pub(crate) oninput: Option<Callback<InputEvent>>,
}

impl Default for Secret {
    fn default() -> Self {
        Self {
            label: AttrValue::default(),
            name: "",
            autocomplete: "",
            reveal: (Key::PASSWORD_SHOW, Key::PASSWORD_HIDE),
            is_first: false,
            empties: true,
            invalid: None,
            about: None,
            is_prose: false,
            oninput: None,
        }
    }
}

/// The attribute of the root while the text is shown.
const SHOWN: &str = "data-shown";
// Attributes with texts for what may follow.
const SHOW: &str = "data-show";
const HIDE: &str = "data-hide";
const CAPS: &str = "data-caps";

/// The field.
pub(crate) fn secret(widget: &Widget, secret: Secret) -> Html {
    let Secret { label, name, autocomplete, reveal, is_first, empties, invalid, about, is_prose, oninput } = secret;
    let dir = if is_prose { widget.text.own_direction() } else { widget.text.left_to_right() };
    let (show, hide) = (widget.say(reveal.0), widget.say(reveal.1));
    let onkey = Callback::from(caps_lock as fn(KeyboardEvent));
    html! {
        <div class="oaw-field oaw-secret">
            <label>
                <span class="oaw-label">{ label }</span>
                <input
                    class="oaw-input" type="password" {name} {autocomplete} {dir}
                    autocapitalize="none" autocorrect="off" spellcheck="false" enterkeyhint="go"
                    data-first={mark(is_first)} data-secret={mark(empties)}
                    aria-invalid={invalid.is_some().then_some("true")} aria-describedby={described(invalid, about)}
                    onkeydown={onkey.clone()} onkeyup={onkey} {oninput}
                />
            </label>
            <button
                type="button" class="oaw-reveal" aria-label={show} data-show={show} data-hide={hide}
                onclick={Callback::from(toggle as fn(MouseEvent))}
            >
                <svg class="oaw-icon" viewBox="0 0 24 24" aria-hidden="true">
                    <path d="M2 12s3.6-6.5 10-6.5S22 12 22 12s-3.6 6.5-10 6.5S2 12 2 12z" />
                    <circle cx="12" cy="12" r="2.8" />
                    <path class="oaw-crossed" d="M4 4l16 16" />
                </svg>
            </button>
            <p class="oaw-hint" role="status" data-caps={widget.say(Key::PASSWORD_CAPS)} />
        </div>
    }
}

/// Hides the secrets of a form that is submitted.
pub(super) fn hide_all(form: &Element) {
    let Ok(shown) = form.query_selector_all("[data-shown]") else { return };
    for place in 0..shown.length() {
        if let Some(root) = shown.get(place).and_then(|node| node.dyn_into().ok()) {
            set_shown(&root, false);
        }
    }
}

/// The root of the field that an event is about.
fn root_of(target: Option<Element>) -> Option<Element> {
    target?.closest(".oaw-secret").ok()?
}

#[expect(clippy::needless_pass_by_value, reason = "the signature of a listener")]
fn toggle(event: MouseEvent) {
    if let Some(root) = root_of(event.target_dyn_into()) {
        set_shown(&root, !root.has_attribute(SHOWN));
    }
}

/// Returns `None` where an element is missing: nothing has changed then.
fn set_shown(root: &Element, shown: bool) -> Option<()> {
    let input: HtmlInputElement = root.query_selector("input").ok()??.dyn_into().ok()?;
    let button = root.query_selector("button").ok()??;
    let label = button.get_attribute(if shown { HIDE } else { SHOW })?;
    input.set_type(if shown { "text" } else { "password" });
    button.set_attribute("aria-label", &label).ok()?;
    if shown { root.set_attribute(SHOWN, "").ok() } else { root.remove_attribute(SHOWN).ok() }
}

#[expect(clippy::needless_pass_by_value, reason = "the signature of a listener")]
fn caps_lock(event: KeyboardEvent) {
    let hint = root_of(event.target_dyn_into()).and_then(|root| root.query_selector(".oaw-hint").ok().flatten());
    if let Some(hint) = hint {
        let text = hint.get_attribute(CAPS).filter(|_| event.get_modifier_state("CapsLock")).unwrap_or_default();
        // The same text again would be announced again.
        if hint.text_content().as_deref() != Some(text.as_str()) {
            hint.set_text_content(Some(&text));
        }
    }
}
