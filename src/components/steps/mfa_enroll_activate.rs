//! Prove a new factor for the first time: with a code, on the phone, at the key, in the frame, or on another
//! site.

use super::about::sentence;
use super::mfa_challenge::{authenticator, code_sent, duo_frame, redirect, resend};
use super::push_activate::push_activate;
use super::{paragraph, ways_out};
use crate::authn::request::Proof;
use crate::authn::{Factor, Passcode, SharedSecret};
use crate::components::context::Widget;
use crate::components::factors::code_field;
use crate::components::form::{Panel, Read, Values, panel, plain_button, submit};
use crate::flow::step::MfaEnrollActivate;
use crate::flow::way::{Proving, proving};
use crate::flow::{Intent, Screen};
use crate::text::{Key, factor_name};
use yew::prelude::*;

/// What the new factor asks.
pub(crate) fn mfa_enroll_activate(widget: &Widget, screen: &Screen, step: &MfaEnrollActivate) -> Html {
    let factor = &step.factor;
    let name = factor_name(widget.text, factor);
    let is_legacy = factor.activation.as_ref().is_some_and(|activation| activation.is_legacy);
    let way = match proving(factor.kind()) {
        _ if is_legacy => Proving::Gone,
        _ if !screen.step.offers("next") => Proving::Unknown,
        way => way,
    };
    let provable = step.envelope.links.next("activate").is_some();
    let (asked, read): (Html, Read) = match way {
        Proving::Push => push_activate(widget, screen, step),
        Proving::SentCode if provable => (sent(widget, screen, step), activate),
        Proving::Code if provable => (key(widget, screen, step), activate),
        Proving::Authenticator => (authenticator(widget, screen, factor), |_| Some(Intent::AskAgain)),
        Proving::Duo => (duo_frame(widget, factor), |_| Some(Intent::AskAgain)),
        Proving::Redirect => (redirect(widget, screen, factor), |_| Some(Intent::Follow)),
        Proving::Gone => (sentence(factor, widget.fill(Key::VerifyGone, "factor", &name)), |_| None),
        _ => (sentence(factor, widget.fill(Key::VerifyUnsupported, "factor", &name)), |_| None),
    };
    let title = widget.fill(Key::ActivateTitle, "factor", &name).into();
    panel(Panel { widget, screen, title, body: asked, footer: ways_out(widget, screen), read })
}

/// A code that was typed.
pub(super) fn activate(values: &Values) -> Option<Intent> {
    Some(Intent::Activate(Proof::Passcode(Passcode::new(values.text("passcode")))))
}

fn sent(widget: &Widget, screen: &Screen, step: &MfaEnrollActivate) -> Html {
    html! {
        <>
            { code_sent(widget, &step.factor) }
            { code_field(widget, screen, true) }
            { submit(widget, screen, widget.say(Key::ActivateSubmit)) }
            if screen.step.offers("resend") { { resend(widget, screen, Key::VerifyResend) } }
        </>
    }
}

/// An authenticator app: scan or type its key, then prove it with a code.
fn key(widget: &Widget, screen: &Screen, step: &MfaEnrollActivate) -> Html {
    let secret = step.factor.activation.as_ref().and_then(|activation| activation.shared_secret.as_ref());
    html! {
        <>
            { qrcode(widget, &step.factor, step.qrcode.as_ref(), account(step), Key::ActivateScan) }
            if let Some(secret) = secret { { typed_key(widget, secret) } }
            { paragraph(widget.say(Key::ActivateEnter)) }
            { code_field(widget, screen, true) }
            { submit(widget, screen, widget.say(Key::ActivateSubmit)) }
        </>
    }
}

/// The account it is set up for.
pub(super) fn account(step: &MfaEnrollActivate) -> &str {
    let user = step.envelope.user.as_ref().and_then(|user| user.login.as_deref());
    step.factor.credential_id.as_deref().or(user).unwrap_or_default()
}

/// The QR image with a sentence what to do with it.
pub(super) fn qrcode(widget: &Widget, factor: &Factor, image: Option<&String>, account: &str, key: Key) -> Html {
    let Some(qrcode) = image else { return Html::default() };
    let name = factor_name(widget.text, factor);
    let alt = widget.text.fill(Key::ActivateQrcode, &[("factor", &name), ("account", account)]);
    html! {
        <>
            { paragraph(widget.say(key)) }
            <img key={qrcode.clone()} class="oaw-qrcode" src={qrcode.clone()} {alt} width="180" height="180" />
        </>
    }
}

/// The key in groups of four, easy to read out and to type; Copy gives it without the gaps.
pub(super) fn typed_key(widget: &Widget, secret: &SharedSecret) -> Html {
    let letters: Vec<char> = secret.expose().chars().collect();
    let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
    html! {
        <div class="oaw-key">
            { paragraph(widget.say(Key::ActivateManual)) }
            <code class="oaw-secret-key">{ groups.join(" ") }</code>
            { plain_button(widget.say(Key::ActivateCopy), widget.on(Intent::CopyKey), false) }
        </div>
    }
}
