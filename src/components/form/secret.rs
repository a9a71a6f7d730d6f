//! A field whose text is hidden until asked for, with a word when Caps Lock is on. It hides itself again
//! when the form is submitted. Never here: what the secret is.

use super::field::mark;
use crate::components::context::Widget;
use crate::text::Key;
use web_sys::HtmlInputElement;
use yew::html::TargetCast;
use yew::prelude::*;

/// A field for a secret.
pub(crate) struct Secret {
    shown: bool,
    caps_lock: bool,
}

/// Props of [`Secret`].
#[derive(Properties, PartialEq)]
pub(crate) struct SecretProps {
    /// The widget around it.
    pub widget: Widget,
    /// The visible label.
    pub label: AttrValue,
    /// Name of the control.
    pub name: &'static str,
    /// What a browser or password manager may fill in.
    pub autocomplete: &'static str,
    /// Labels of the button that shows the text, and hides it.
    #[prop_or((Key::PasswordShow, Key::PasswordHide))]
    pub reveal: (Key, Key),
    /// Whether the form is being submitted.
    pub busy: bool,
    /// Whether it takes focus as the step appears.
    #[prop_or_default]
    pub is_first: bool,
    /// Whether it is emptied when the org refuses what was sent.
    #[prop_or(true)]
    pub is_secret: bool,
    /// Id of the message that says what is wrong with the value.
    #[prop_or_default]
    pub invalid: Option<AttrValue>,
    /// Is told what is typed.
    #[prop_or_default]
    pub oninput: Callback<String>,
}

/// What happens to a [`Secret`].
pub(crate) enum Change {
    /// The person wants to see it, or not to see it any more.
    Toggle,
    /// A key went down or up, and Caps Lock is on or off.
    CapsLock(bool),
}

impl Component for Secret {
    type Message = Change;
    type Properties = SecretProps;

    fn create(_ctx: &Context<Self>) -> Self {
        Self { shown: false, caps_lock: false }
    }

    fn update(&mut self, _ctx: &Context<Self>, change: Change) -> bool {
        match change {
            Change::Toggle => self.shown = !self.shown,
            Change::CapsLock(on) if on == self.caps_lock => return false,
            Change::CapsLock(on) => self.caps_lock = on,
        }
        true
    }

    fn changed(&mut self, ctx: &Context<Self>, _old: &SecretProps) -> bool {
        self.shown &= !ctx.props().busy;
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let SecretProps { widget, label, name, autocomplete, reveal, is_first, is_secret, invalid, oninput, .. } =
            ctx.props();
        let (kind, key) = if self.shown { ("text", reveal.1) } else { ("password", reveal.0) };
        let button = widget.say(key);
        let onkey = ctx.link().callback(|event: KeyboardEvent| Change::CapsLock(event.get_modifier_state("CapsLock")));
        let oninput = oninput.reform(|event: InputEvent| {
            event.target_dyn_into::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default()
        });
        html! {
            <div class="oaw-field oaw-secret">
                <label>
                    <span class="oaw-label">{ label }</span>
                    <input
                        class="oaw-input" type={kind} name={*name} autocomplete={*autocomplete}
                        autocapitalize="none" spellcheck="false" data-first={mark(*is_first)}
                        data-secret={mark(*is_secret)} aria-invalid={invalid.is_some().then_some("true")}
                        aria-describedby={invalid.clone()} onkeydown={onkey.clone()} onkeyup={onkey} {oninput}
                    />
                </label>
                <button
                    type="button" class="oaw-reveal" aria-label={button} title={button}
                    onclick={ctx.link().callback(|_| Change::Toggle)}
                >
                    { eye(self.shown) }
                </button>
                <p class="oaw-hint" role="status">{ if self.caps_lock { widget.say(Key::PasswordCaps) } else { "" } }</p>
            </div>
        }
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
