//! A field whose text is hidden until asked for, with a word when Caps Lock is on. It hides itself again
//! when the form is submitted. Never here: what the secret is.

use super::field::Field;
use yew::prelude::*;

/// Props of [`Secret`].
#[derive(Properties, PartialEq)]
pub(crate) struct SecretProps {
    /// The visible label.
    pub label: AttrValue,
    /// Name of the control.
    pub name: AttrValue,
    /// Where the form reads the value.
    pub node: NodeRef,
    /// What a browser or password manager may fill in.
    pub autocomplete: AttrValue,
    /// Label of the button that shows the text.
    pub show: AttrValue,
    /// Label of the button that hides it.
    pub hide: AttrValue,
    /// What to say when Caps Lock is on; empty for secrets where it does not matter.
    #[prop_or_default]
    pub caps: AttrValue,
    /// Whether the form is being submitted.
    pub busy: bool,
    /// See `Field`.
    #[prop_or_default]
    pub autofocus: bool,
    /// See `Field`.
    #[prop_or_default]
    pub call: Option<u32>,
    /// See `Field`.
    #[prop_or_default]
    pub clear: u32,
    /// See `Field`.
    #[prop_or_default]
    pub invalid: Option<AttrValue>,
    /// See `Field`.
    #[prop_or_default]
    pub oninput: Callback<InputEvent>,
}

/// A field for a secret.
#[component]
pub(crate) fn Secret(props: &SecretProps) -> Html {
    let shown = use_state_eq(|| false);
    let caps_lock = use_state_eq(|| false);
    {
        let shown = shown.clone();
        use_effect_with(props.busy, move |busy| {
            if *busy {
                shown.set(false);
            }
        });
    }
    let onkey = {
        let caps_lock = caps_lock.clone();
        Callback::from(move |event: KeyboardEvent| caps_lock.set(event.get_modifier_state("CapsLock")))
    };
    let toggle = {
        let shown = shown.clone();
        Callback::from(move |_: MouseEvent| shown.set(!*shown))
    };
    let (kind, label) = if *shown { ("text", &props.hide) } else { ("password", &props.show) };
    let warns = *caps_lock && !props.caps.is_empty();
    html! {
        <div class="oaw-secret">
            <Field
                label={&props.label} name={&props.name} node={&props.node} {kind} autocomplete={&props.autocomplete}
                autofocus={props.autofocus} call={props.call} clear={props.clear} invalid={props.invalid.clone()}
                oninput={&props.oninput} {onkey}
            >
                <button type="button" class="oaw-reveal" onclick={toggle} aria-label={label} title={label}>
                    { eye(*shown) }
                </button>
            </Field>
            <p class="oaw-hint" role="status">{ if warns { props.caps.clone() } else { AttrValue::default() } }</p>
        </div>
    }
}

fn eye(crossed: bool) -> Html {
    html! {
        <svg class="oaw-icon" viewBox="0 0 24 24" aria-hidden="true">
            <path d="M2 12s3.6-6.5 10-6.5S22 12 22 12s-3.6 6.5-10 6.5S2 12 2 12z" />
            <circle cx="12" cy="12" r="2.8" />
            if crossed { <path d="M4 4l16 16" /> }
        </svg>
    }
}
