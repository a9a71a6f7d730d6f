//! Set up the app that takes pushes: scan its code, or have a link sent to the phone. The phone answers, and
//! the page goes on by itself.

use super::qrcode::{account, qrcode};
use crate::text::Key;
use crate::views::context::Widget;
use crate::views::factors::sentence;
use crate::views::factors::{number, phone_fields};
use crate::views::form::{Read, Values, is_disabled, plain_button, submit, submit_beside};
use crate::views::parts::unsupported_status;
use sign_in_flow::transaction::enroll::ActivateFactor;
use sign_in_flow::{FieldName, Intent, Screen};
use yew::prelude::*;

/// The code, and the ways round it; after a time-out, a new code.
pub(super) fn push_activate(widget: &Widget, screen: &Screen, step: &ActivateFactor) -> (Html, Read) {
    if !step.is_waiting && !screen.offers_next("activate") {
        return (unsupported_status(widget, screen), |_| None);
    }
    if !step.is_waiting {
        return (submit(widget, screen, widget.say(Key::ACTIVATE_PUSH_RESTART)), |_| Some(Intent::Restart));
    }
    let body = html! {
        <>
            { qrcode(widget, &step.factor, step.qrcode.as_ref(), account(screen, step), Key::ACTIVATE_PUSH_SCAN) }
            <div role="status">{ sentence(&step.factor, widget.say(Key::ACTIVATE_PUSH_WAITING)) }</div>
            <p class="oaw-wait"><span class="oaw-spinner" aria-hidden="true" /></p>
            { other_ways(widget, screen, step) }
        </>
    };
    (body, read)
}

fn other_ways(widget: &Widget, screen: &Screen, step: &ActivateFactor) -> Html {
    let send = step.factor.activation.as_ref().map(|activation| activation.send.as_slice()).unwrap_or_default();
    let offers = |name: &str| send.iter().any(|link| link.name.as_deref() == Some(name));
    let (by_email, by_sms) = (offers("email"), offers("sms"));
    if !by_email && !by_sms && !step.by_hand {
        return Html::default();
    }
    html! {
        <details class="oaw-more">
            <summary class="oaw-link">{ widget.say(Key::ACTIVATE_PUSH_OTHER) }</summary>
            <div class="oaw-stack">
                if by_sms {
                    { phone_fields(widget, false, widget.say(Key::ENROLL_PHONE), widget.message_about(screen, FieldName::Phone)) }
                    { submit_beside(screen, widget.say(Key::ACTIVATE_PUSH_SMS), "sms") }
                }
                if by_email { { submit_beside(screen, widget.say(Key::ACTIVATE_PUSH_EMAIL), "email") } }
                if step.by_hand {
                    { plain_button(widget.say(Key::ACTIVATE_PUSH_HAND), widget.on(Intent::SetUpByHand), is_disabled(screen)) }
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
