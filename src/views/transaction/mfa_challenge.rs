//! A challenge is under way: type its code, answer on the phone, at the key, in the frame, or on another
//! site.

use super::mfa_required::{app_code, prove_code};
use crate::text::{Key, counted, factor_in_sentence, factor_name};
use crate::views::context::Widget;
use crate::views::factors::{code_field, remember_device, switcher};
use crate::views::factors::{sentence, target, title};
use crate::views::form::{Panel, Read, Values, panel, plain_button, submit};
use crate::views::parts::footer_actions;
use okta_authn::{Factor, FactorKind};
use sign_in_flow::factor_method::{VerifyMethod, verify_method};
use sign_in_flow::transaction::verify::{FactorChallenge, Verify};
use sign_in_flow::{Intent, Screen};
use yew::prelude::*;

/// What the challenge asks, and the ways round it.
pub(crate) fn mfa_challenge(widget: &Widget, screen: &Screen, verify: &Verify, step: &FactorChallenge) -> Html {
    let factor = &step.factor;
    let is_legacy = factor.challenge.as_ref().is_some_and(|challenge| challenge.is_legacy);
    let way = match verify_method(factor.kind()) {
        _ if is_legacy => VerifyMethod::Gone,
        _ if !screen.offers("next") => VerifyMethod::Unknown,
        way => way,
    };
    let typed = matches!(way, VerifyMethod::SentCode | VerifyMethod::Code) && screen.offers_next("verify");
    let (asked, read): (Html, Read) = match way {
        _ if typed => (code_form(widget, screen, verify, step), prove_code),
        VerifyMethod::Push => (push(widget, screen, step), push_again),
        VerifyMethod::Authenticator => (authenticator(widget, screen, factor), |_| Some(Intent::AskAgain)),
        VerifyMethod::Duo => (duo_frame(widget, factor), |_| Some(Intent::AskAgain)),
        VerifyMethod::Redirect => (redirect(widget, screen, factor), |_| Some(Intent::OpenSite)),
        VerifyMethod::Gone => (gone(widget, factor), |_| None),
        _ => (named(widget, factor, Key::VERIFY_UNSUPPORTED), |_| None),
    };
    let body = html! {
        <>
            { asked }
            if screen.offers("prev") { { switcher(widget, &step.factors, Some(factor)) } }
        </>
    };
    let (title, footer) = (title(widget, Some(factor)), footer_actions(widget, screen));
    panel(Panel { widget, screen, title, body, footer, read })
}

fn named(widget: &Widget, factor: &Factor, key: Key) -> Html {
    sentence(factor, widget.fill(key, "factor", &factor_name(widget.text, factor)))
}

/// What it is proved with is gone. Shared with enrolment.
pub(crate) fn gone(widget: &Widget, factor: &Factor) -> Html {
    sentence(factor, widget.fill(Key::VERIFY_GONE, "factor", &factor_in_sentence(widget.text, factor)))
}

fn code_form(widget: &Widget, screen: &Screen, verify: &Verify, step: &FactorChallenge) -> Html {
    html! {
        <>
            { code_sent(widget, &step.factor) }
            { code_field(widget, screen, true) }
            { remember_device(widget, verify.preferences, step.remember_device) }
            { submit(widget, screen, widget.say(Key::VERIFY_SUBMIT)) }
            if screen.offers("resend") { { resend(widget, screen, step.factor.kind()) } }
        </>
    }
}

/// Where the code went. Shared with enrolment.
pub(crate) fn code_sent(widget: &Widget, factor: &Factor) -> Html {
    let key = match factor.kind() {
        FactorKind::Call => Key::VERIFY_CALL_SENT,
        FactorKind::Email => Key::VERIFY_EMAIL_SENT,
        FactorKind::Sms => Key::VERIFY_SMS_SENT,
        _ => {
            let name = factor_in_sentence(widget.text, factor);
            return sentence(factor, widget.fill(Key::VERIFY_CODE_INTRO, "factor", &name));
        }
    };
    sentence(factor, widget.fill(key, "target", target(widget, factor)))
}

/// Once more, after its countdown.
pub(crate) fn resend(widget: &Widget, screen: &Screen, kind: FactorKind) -> Html {
    let (key, countdown) = match kind {
        FactorKind::Call => (Key::VERIFY_CALL_AGAIN, (Key::VERIFY_CALL_AGAIN_IN_ONE, Key::VERIFY_CALL_AGAIN_IN)),
        FactorKind::Push => (Key::VERIFY_RESEND_PUSH, (Key::VERIFY_RESEND_PUSH_IN_ONE, Key::VERIFY_RESEND_PUSH_IN)),
        _ => (Key::VERIFY_RESEND, (Key::VERIFY_RESEND_IN_ONE, Key::VERIFY_RESEND_IN)),
    };
    let label = screen.resend_in.map(|seconds| counted(widget.text, seconds, countdown));
    let waits = label.is_some() || screen.busy || screen.paused_for.is_some();
    plain_button(&label.unwrap_or_else(|| widget.say(key).to_owned()), widget.on(Intent::Resend), waits)
}

fn push(widget: &Widget, screen: &Screen, step: &FactorChallenge) -> Html {
    let factor = &step.factor;
    let number = factor.challenge.as_ref().and_then(|challenge| challenge.correct_answer);
    let waiting = step.is_waiting;
    let key = match (waiting, number) {
        (true, Some(_)) => Some(Key::VERIFY_PUSH_NUMBER),
        (true, None) => Some(Key::VERIFY_PUSH_SENT),
        // The message says how it ended.
        (false, _) => screen.notice.is_none().then_some(Key::VERIFY_PUSH_SEND),
    };
    let may_resend = screen.offers("resend") || screen.offers_next("verify");
    // The number is announced when it comes; until it has been tapped there is nothing to send again.
    html! {
        <>
            <div role="status">
                if let Some(key) = key { { sentence(factor, widget.fill(key, "device", target(widget, factor))) } }
                if let Some(number) = number.filter(|_| waiting) { <p class="oaw-number">{ number }</p> }
            </div>
            if waiting { <p class="oaw-wait"><span class="oaw-spinner" aria-hidden="true" /></p> }
            if may_resend && !waiting {
                { submit(widget, screen, widget.say(Key::VERIFY_RESEND_PUSH)) }
            } else if may_resend && number.is_none() {
                { resend(widget, screen, FactorKind::Push) }
            }
            if step.app_code.is_some() { { app_code(widget, screen) } }
        </>
    }
}

/// A code of the app where one was typed, else another push.
fn push_again(values: &Values) -> Option<Intent> {
    let typed = !values.text("passcode").is_empty() || values.pressed().is_some();
    if typed { prove_code(values) } else { Some(Intent::Resend) }
}

/// The browser asks for the key; the button asks it again. Shared with enrolment.
pub(crate) fn authenticator(widget: &Widget, screen: &Screen, factor: &Factor) -> Html {
    let key = if screen.busy { Key::VERIFY_KEY_WAITING } else { Key::VERIFY_KEY_INTRO };
    let text = match &factor.device_name {
        Some(device) if !screen.busy => widget.fill(Key::VERIFY_KEY_NAMED, "device", device),
        _ => widget.say(key).to_owned(),
    };
    let label = if screen.notice.is_some() { Key::VERIFY_KEY_AGAIN } else { Key::VERIFY_KEY_START };
    html! {
        <>
            { sentence(factor, text) }
            { submit(widget, screen, widget.say(label)) }
        </>
    }
}

/// The frame in which Duo asks. Shared with enrolment.
pub(crate) fn duo_frame(widget: &Widget, factor: &Factor) -> Html {
    html! {
        <>
            { sentence(factor, widget.say(Key::VERIFY_DUO_INTRO)) }
            <iframe id={widget.element_id("duo")} class="oaw-frame" title={widget.say(Key::VERIFY_DUO_FRAME)} />
        </>
    }
}

/// The other site, a press away. Shared with enrolment.
pub(crate) fn redirect(widget: &Widget, screen: &Screen, factor: &Factor) -> Html {
    let (name, in_sentence) = (factor_name(widget.text, factor), factor_in_sentence(widget.text, factor));
    html! {
        <>
            { sentence(factor, widget.fill(Key::VERIFY_REDIRECT_INTRO, "factor", &name)) }
            { submit(widget, screen, &widget.fill(Key::VERIFY_REDIRECT_START, "factor", &in_sentence)) }
        </>
    }
}
