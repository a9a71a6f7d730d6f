//! Prove a new factor for the first time: with a code, on the phone, at the key, in the frame, or on another
//! site.

use super::challenge_parts::{authenticator, code_sent, duo_frame, gone, redirect, resend};
use super::push_activate::{nothing_to_scan, push_activate};
use super::qrcode::{account, qrcode};
use crate::text::{Key, factor_in_sentence, factor_name};
use crate::views::context::Widget;
use crate::views::factors::code_field;
use crate::views::factors::sentence;
use crate::views::form::{Panel, Read, Values, feedback, panel, plain_button, submit};
use crate::views::parts::{about, footer_actions, paragraph};
use okta_authn::otpauth::setup_link;
use okta_authn::request::Proof;
use okta_authn::{Passcode, SharedSecret};
use sign_in_flow::factor_method::{VerifyMethod, verify_method};
use sign_in_flow::transaction::enroll::ActivateFactor;
use sign_in_flow::{Intent, NoticeKind, Screen};
use yew::prelude::*;

/// What the new factor asks.
pub(crate) fn mfa_enroll_activate(widget: &Widget, screen: &Screen, step: &ActivateFactor) -> Html {
    let factor = &step.factor;
    let name = factor_name(widget.text, factor);
    let is_legacy = factor.activation.as_ref().is_some_and(|activation| activation.is_legacy);
    let way = match verify_method(factor.kind()) {
        _ if is_legacy => VerifyMethod::Gone,
        _ if !screen.offers("next") => VerifyMethod::Unknown,
        way => way,
    };
    let provable = screen.offers_next("activate");
    let (asked, read): (Html, Read) = match way {
        VerifyMethod::Push => push_activate(widget, screen, step),
        VerifyMethod::SentCode if provable => (sent(widget, screen, step), activate),
        VerifyMethod::Code if provable => (key(widget, screen, step), activate),
        VerifyMethod::Authenticator => (authenticator(widget, screen, factor), |_| Some(Intent::AskAgain)),
        VerifyMethod::Duo => (duo_frame(widget, factor), |_| Some(Intent::AskAgain)),
        VerifyMethod::Redirect => (redirect(widget, screen, factor), |_| Some(Intent::OpenSite)),
        VerifyMethod::Gone => (gone(widget, factor), |_| None),
        _ => (sentence(widget, factor, widget.fill(Key::VERIFY_UNSUPPORTED, "factor", &name)), |_| None),
    };
    let title = widget.fill(Key::ACTIVATE_TITLE, "factor", &factor_in_sentence(widget.text, factor)).into();
    panel(Panel { widget, screen, title, body: asked, footer: footer_actions(widget, screen), read })
}

/// A code that was typed.
pub(crate) fn activate(values: &Values) -> Option<Intent> {
    Some(Intent::Activate(Proof::Passcode(Passcode::new(values.text("passcode")))))
}

fn sent(widget: &Widget, screen: &Screen, step: &ActivateFactor) -> Html {
    html! {
        <>
            { code_sent(widget, &step.factor) }
            { code_field(widget, screen, step.factor.kind(), true) }
            { submit(widget, screen, widget.say(Key::ACTIVATE_SUBMIT)) }
            if screen.offers("resend") { { resend(widget, screen, step.factor.kind()) } }
        </>
    }
}

/// An authenticator app: scan or type its key, then prove it with a code.
fn key(widget: &Widget, screen: &Screen, step: &ActivateFactor) -> Html {
    let secret = step.factor.activation.as_ref().and_then(|activation| activation.shared_secret.as_ref());
    let image = qrcode(widget, &step.factor, step.qrcode.as_ref(), account(screen, step), Key::ACTIVATE_SCAN);
    html! {
        <>
            if let Some(secret) = secret {
                { app_setup(widget, screen, image, secret, setup_link(secret, &step.issuer, account(screen, step))) }
            } else {
                { image }
                if step.qrcode.is_none() { { nothing_to_scan(widget, false) } }
            }
            { about(widget, widget.say(Key::ACTIVATE_ENTER)) }
            // The QR image is what comes first: focus in the field would scroll it away, and open a keyboard over it.
            { code_field(widget, screen, step.factor.kind(), step.qrcode.is_none()) }
            { submit(widget, screen, widget.say(Key::ACTIVATE_SUBMIT)) }
        </>
    }
}

/// The ways to get the key into an app: the image; `link`, which opens the app on this device, because a phone cannot scan
/// itself (the style sheet shows it where a finger points); and the key in letters.
pub(crate) fn app_setup(widget: &Widget, screen: &Screen, image: Html, secret: &SharedSecret, link: String) -> Html {
    html! {
        <>
            <div class="oaw-scan">{ image }</div>
            <a class="oaw-button oaw-open-app" href={link}>{ widget.say(Key::ACTIVATE_OPEN) }</a>
            { typed_key(widget, screen, secret) }
        </>
    }
}

/// The key in groups of four, easy to read out and to type; Copy gives it without the gaps.
fn typed_key(widget: &Widget, screen: &Screen, secret: &SharedSecret) -> Html {
    let letters: Vec<char> = secret.expose().chars().collect();
    let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
    html! {
        <div class="oaw-key">
            { paragraph(widget.say(Key::ACTIVATE_MANUAL)) }
            <code class="oaw-secret-key" dir={widget.text.left_to_right()}>{ groups.join(" ") }</code>
            { plain_button(widget.say(Key::ACTIVATE_COPY), widget.on(Intent::CopyKey), false) }
            { feedback(widget, screen, &NoticeKind::KeyCopied) }
        </div>
    }
}
