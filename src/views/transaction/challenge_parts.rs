//! What a challenge and the first proof of a new factor have in common: where the code went, once more, the key, the frame,
//! the other site. Not here: which of them a factor needs.

use crate::text::{Key, factor_in_sentence, factor_name};
use crate::views::context::Widget;
use crate::views::factors::{sentence, with_target};
use crate::views::form::{is_disabled, plain_button, submit_next};
use okta_authn::{Factor, FactorKind};
use sign_in_flow::{Intent, Screen};
use yew::prelude::*;

/// What it is proved with is gone.
pub(crate) fn gone(widget: &Widget, factor: &Factor) -> Html {
    sentence(widget, factor, widget.fill(Key::VERIFY_GONE, "factor", &factor_in_sentence(widget.text, factor)))
}

/// Where the code went.
pub(crate) fn code_sent(widget: &Widget, factor: &Factor) -> Html {
    let key = match factor.kind() {
        FactorKind::Call => Key::VERIFY_CALL_SENT,
        FactorKind::Email => Key::VERIFY_EMAIL_SENT,
        FactorKind::Sms => Key::VERIFY_SMS_SENT,
        _ => {
            let name = factor_in_sentence(widget.text, factor);
            return sentence(widget, factor, widget.fill(Key::VERIFY_CODE_INTRO, "factor", &name));
        }
    };
    with_target(widget, factor, key, "target")
}

/// Once more, after its countdown.
pub(crate) fn resend(widget: &Widget, screen: &Screen, kind: FactorKind) -> Html {
    let (key, countdown) = match kind {
        FactorKind::Call => (Key::VERIFY_CALL_AGAIN, Key::VERIFY_CALL_AGAIN_IN),
        FactorKind::Push => (Key::VERIFY_RESEND_PUSH, Key::VERIFY_RESEND_PUSH_IN),
        _ => (Key::VERIFY_RESEND, Key::VERIFY_RESEND_IN),
    };
    let label = screen.resend_in.map(|seconds| widget.text.count(countdown, "seconds", seconds));
    let waits = label.is_some() || is_disabled(screen);
    plain_button(&label.unwrap_or_else(|| widget.say(key).to_owned()), widget.on(Intent::Resend), waits)
}

/// What is waited for, beside the spinner. The words stay the same from poll to poll.
pub(crate) fn waiting(widget: &Widget) -> Html {
    html! {
        <p class="oaw-wait">
            <span class="oaw-spinner" aria-hidden="true" />
            <span>{ widget.say(Key::ACTIVATE_PUSH_WAITING) }</span>
        </p>
    }
}

/// The browser asks for the key; the button asks it again.
pub(crate) fn authenticator(widget: &Widget, screen: &Screen, factor: &Factor) -> Html {
    let key = if screen.busy { Key::VERIFY_KEY_WAITING } else { Key::VERIFY_KEY_INTRO };
    let text = match &factor.device_name {
        Some(device) if !screen.busy => widget.fill(Key::VERIFY_KEY_NAMED, "device", device),
        _ => widget.say(key).to_owned(),
    };
    let label = if screen.notice.is_some() { Key::VERIFY_KEY_AGAIN } else { Key::VERIFY_KEY_START };
    html! {
        <>
            { sentence(widget, factor, text) }
            { submit_next(widget, screen, widget.say(label)) }
        </>
    }
}

/// The frame in which Duo asks.
pub(crate) fn duo_frame(widget: &Widget, factor: &Factor) -> Html {
    html! {
        <>
            { sentence(widget, factor, widget.say(Key::VERIFY_DUO_INTRO)) }
            <iframe id={widget.element_id("duo")} class="oaw-frame" title={widget.say(Key::VERIFY_DUO_FRAME)} />
        </>
    }
}

/// The other site, a press away.
pub(crate) fn redirect(widget: &Widget, screen: &Screen, factor: &Factor) -> Html {
    let (name, in_sentence) = (factor_name(widget.text, factor), factor_in_sentence(widget.text, factor));
    html! {
        <>
            { sentence(widget, factor, widget.fill(Key::VERIFY_REDIRECT_INTRO, "factor", &name)) }
            { submit_next(widget, screen, &widget.fill(Key::VERIFY_REDIRECT_START, "factor", &in_sentence)) }
        </>
    }
}
