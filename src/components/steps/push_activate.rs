//! Set up the app that takes pushes: scan its code, or have a link sent to the phone. The phone answers, and
//! the page goes on by itself.

use super::about::sentence;
use super::mfa_enroll_activate::{account, qrcode};
use crate::components::context::Widget;
use crate::components::factors::{number, phone_fields};
use crate::components::form::{Read, Values, plain_button, submit, submit_beside};
use crate::flow::step::MfaEnrollActivate;
use crate::flow::{FieldName, Intent, Screen};
use crate::text::Key;
use yew::prelude::*;

/// The code, and the ways round it; after a time-out, a new code.
pub(super) fn push_activate(widget: &Widget, screen: &Screen, step: &MfaEnrollActivate) -> (Html, Read) {
    if !step.is_waiting() {
        return (submit(widget, screen, widget.say(Key::ActivatePushRestart)), |_| Some(Intent::Restart));
    }
    let body = html! {
        <>
            { qrcode(widget, &step.factor, step.qrcode.as_ref(), account(step), Key::ActivatePushScan) }
            <div role="status">{ sentence(&step.factor, widget.say(Key::ActivatePushWaiting)) }</div>
            <p class="oaw-wait"><span class="oaw-spinner" aria-hidden="true" /></p>
            { other_ways(widget, screen, step) }
        </>
    };
    (body, read)
}

fn other_ways(widget: &Widget, screen: &Screen, step: &MfaEnrollActivate) -> Html {
    let send = step.factor.activation.as_ref().map(|activation| activation.send.as_slice()).unwrap_or_default();
    let offers = |name: &str| send.iter().any(|link| link.name.as_deref() == Some(name));
    let (by_email, by_sms) = (offers("email"), offers("sms"));
    if !by_email && !by_sms && !step.by_hand {
        return Html::default();
    }
    html! {
        <details class="oaw-more">
            <summary class="oaw-link">{ widget.say(Key::ActivatePushOther) }</summary>
            <div class="oaw-stack">
                if by_sms {
                    { phone_fields(widget, false, widget.say(Key::EnrollPhone), widget.message_about(screen, FieldName::Phone)) }
                    { submit_beside(screen, widget.say(Key::ActivatePushSms), "sms", "oaw-button") }
                }
                if by_email { { submit_beside(screen, widget.say(Key::ActivatePushEmail), "email", "oaw-button") } }
                if step.by_hand {
                    { plain_button(widget.say(Key::ActivatePushHand), widget.on(Intent::SetUpByHand), screen.busy) }
                }
            </div>
        </details>
    }
}

fn read(values: &Values) -> Option<Intent> {
    let by = match values.pressed() {
        Some("email") => "email",
        _ => "sms",
    };
    Some(Intent::SendActivation { by, phone_number: number(values) })
}
