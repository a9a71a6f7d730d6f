//! A challenge is under way: type its code, answer on the phone, at the key, in the frame, or on another
//! site.

use super::about::{sentence, target, title};
use super::mfa_required::{app_code, prove_code};
use super::ways_out;
use crate::authn::{Factor, FactorKind};
use crate::components::context::Widget;
use crate::components::factors::{code_field, remember_device, switcher};
use crate::components::form::{Panel, Read, panel, plain_button, submit};
use crate::flow::step::MfaChallenge;
use crate::flow::way::{Proving, proving};
use crate::flow::{Intent, Screen};
use crate::text::{Key, factor_name};
use yew::prelude::*;

/// What the challenge asks, and the ways round it.
pub(crate) fn mfa_challenge(widget: &Widget, screen: &Screen, step: &MfaChallenge) -> Html {
    let factor = &step.factor;
    let is_legacy = factor.challenge.as_ref().is_some_and(|challenge| challenge.is_legacy);
    let way = match proving(factor.kind()) {
        _ if is_legacy => Proving::Gone,
        _ if !screen.step.offers("next") => Proving::Unknown,
        way => way,
    };
    let typed = matches!(way, Proving::SentCode | Proving::Code) && step.envelope.links.next("verify").is_some();
    let (asked, read): (Html, Read) = match way {
        _ if typed => (code_form(widget, screen, step), prove_code),
        Proving::Push => (push(widget, screen, step), |values| prove_code(values)),
        Proving::Authenticator => (authenticator(widget, screen, factor), |_| Some(Intent::AskAgain)),
        Proving::Duo => (duo_frame(widget, factor), |_| Some(Intent::AskAgain)),
        Proving::Redirect => (redirect(widget, screen, factor), |_| Some(Intent::Follow)),
        Proving::Gone => (named(widget, factor, Key::VerifyGone), |_| None),
        _ => (named(widget, factor, Key::VerifyUnsupported), |_| None),
    };
    let body = html! {
        <>
            { asked }
            if screen.step.offers("prev") { { switcher(widget, &step.factors, Some(factor)) } }
        </>
    };
    let (title, footer) = (title(widget, Some(factor)), ways_out(widget, screen));
    panel(Panel { widget, screen, title, body, footer, read })
}

fn named(widget: &Widget, factor: &Factor, key: Key) -> Html {
    sentence(factor, widget.fill(key, "factor", &factor_name(widget.text, factor)))
}

fn code_form(widget: &Widget, screen: &Screen, step: &MfaChallenge) -> Html {
    html! {
        <>
            { code_sent(widget, &step.factor) }
            { code_field(widget, screen, true) }
            { remember_device(widget, screen, step.remember_device) }
            { submit(widget, screen, widget.say(Key::VerifySubmit)) }
            if screen.step.offers("resend") { { resend(widget, screen, Key::VerifyResend) } }
        </>
    }
}

/// Where the code went. Shared with enrolment.
pub(super) fn code_sent(widget: &Widget, factor: &Factor) -> Html {
    let key = match factor.kind() {
        FactorKind::Call => Key::VerifyCallSent,
        FactorKind::Email => Key::VerifyEmailSent,
        FactorKind::Sms => Key::VerifySmsSent,
        _ => return named(widget, factor, Key::VerifyCodeIntro),
    };
    sentence(factor, widget.fill(key, "target", target(widget, factor)))
}

/// Once more, after its countdown.
pub(super) fn resend(widget: &Widget, screen: &Screen, key: Key) -> Html {
    let label = match screen.resend_in {
        Some(seconds) => widget.fill(Key::VerifyResendIn, "seconds", &seconds.to_string()),
        None => widget.say(key).to_owned(),
    };
    plain_button(&label, widget.on(Intent::Resend), screen.resend_in.is_some() || screen.busy)
}

fn push(widget: &Widget, screen: &Screen, step: &MfaChallenge) -> Html {
    let factor = &step.factor;
    let number = factor.challenge.as_ref().and_then(|challenge| challenge.correct_answer);
    let waiting = step.is_waiting();
    let key = match (waiting, number) {
        (true, Some(_)) => Key::VerifyPushNumber,
        (true, None) => Key::VerifyPushSent,
        (false, _) => Key::VerifyPushClosed,
    };
    // The number is announced when it comes; until it has been tapped there is nothing to send again.
    html! {
        <>
            <div role="status">
                { sentence(factor, widget.fill(key, "device", target(widget, factor))) }
                if let Some(number) = number.filter(|_| waiting) { <p class="oaw-number">{ number }</p> }
            </div>
            if waiting { <p class="oaw-wait"><span class="oaw-spinner" aria-hidden="true" /></p> }
            if number.is_none() || !waiting { { resend(widget, screen, Key::VerifyResendPush) } }
            if step.app_code.is_some() { { app_code(widget, screen) } }
        </>
    }
}

/// The browser asks for the key; the button asks it again. Shared with enrolment.
pub(super) fn authenticator(widget: &Widget, screen: &Screen, factor: &Factor) -> Html {
    let key = if screen.busy { Key::VerifyKeyWaiting } else { Key::VerifyKeyIntro };
    let text = match &factor.device_name {
        Some(device) if !screen.busy => widget.fill(Key::VerifyKeyNamed, "device", device),
        _ => widget.say(key).to_owned(),
    };
    let label = if screen.notice.is_some() { Key::VerifyKeyAgain } else { Key::VerifyKeyStart };
    html! {
        <>
            { sentence(factor, text) }
            { submit(widget, screen, widget.say(label)) }
        </>
    }
}

/// The frame in which Duo asks. Shared with enrolment.
pub(super) fn duo_frame(widget: &Widget, factor: &Factor) -> Html {
    html! {
        <>
            { sentence(factor, widget.say(Key::VerifyDuoIntro)) }
            <iframe id={widget.element_id("duo")} class="oaw-frame" title={widget.say(Key::VerifyDuoFrame)} />
        </>
    }
}

/// The other site, a press away. Shared with enrolment.
pub(super) fn redirect(widget: &Widget, screen: &Screen, factor: &Factor) -> Html {
    let name = factor_name(widget.text, factor);
    html! {
        <>
            { sentence(factor, widget.fill(Key::VerifyRedirectIntro, "factor", &name)) }
            { submit(widget, screen, &widget.fill(Key::VerifyRedirectStart, "factor", &name)) }
        </>
    }
}
