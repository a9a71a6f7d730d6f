//! Set up the app that takes pushes: scan its code, or have a link sent to the phone. The phone answers, and
//! the page goes on by itself.

use super::challenge_parts::waiting;
use super::qrcode::{account, qrcode};
use crate::text::Key;
use crate::views::context::Widget;
use crate::views::factors::{about_phone, phone_entry, phone_fields};
use crate::views::form::{
    Read, Values, disclosure, feedback, is_disabled, pause, plain_button, submit_beside, submit_next,
};
use crate::views::parts::{paragraph, unsupported_status};
use sign_in_flow::transaction::enroll::ActivateFactor;
use sign_in_flow::{Intent, NoticeKind, Screen};
use yew::prelude::*;

/// The code, and the ways round it; after a time-out, a new code.
pub(super) fn push_activate(widget: &Widget, screen: &Screen, step: &ActivateFactor) -> (Html, Read) {
    if !step.is_waiting && !screen.offers_next("activate") {
        return (unsupported_status(widget, screen), |_| None);
    }
    if !step.is_waiting {
        let again = html! {
            <>
                { feedback(widget, screen, &NoticeKind::ActivationSent) }
                { submit_next(widget, screen, widget.say(Key::ACTIVATE_PUSH_RESTART)) }
            </>
        };
        return (again, |_| Some(Intent::Restart));
    }
    let body = html! {
        <>
            { qrcode(widget, &step.factor, step.qrcode.as_ref(), account(screen, step), Key::ACTIVATE_PUSH_SCAN) }
            if step.qrcode.is_none() { { nothing_to_scan(widget, has_other_ways(step)) } }
            <div role="status">{ waiting(widget) }</div>
            { other_ways(widget, screen, step) }
            { feedback(widget, screen, &NoticeKind::ActivationSent) }
        </>
    };
    (body, read)
}

/// Without a picture: which other way there is, or the way out.
pub(super) fn nothing_to_scan(widget: &Widget, has_other_ways: bool) -> Html {
    paragraph(widget.say(if has_other_ways { Key::ACTIVATE_PUSH_NO_CODE } else { Key::ACTIVATE_NO_CODE }))
}

fn offers(step: &ActivateFactor, name: &str) -> bool {
    let activation = step.factor.activation.as_ref();
    activation.is_some_and(|activation| activation.send.iter().any(|link| link.name.as_deref() == Some(name)))
}

fn has_other_ways(step: &ActivateFactor) -> bool {
    step.by_hand || offers(step, "email") || offers(step, "sms")
}

fn other_ways(widget: &Widget, screen: &Screen, step: &ActivateFactor) -> Html {
    if !has_other_ways(step) {
        return Html::default();
    }
    let (by_email, by_sms) = (offers(step, "email"), offers(step, "sms"));
    let ways = html! {
        <div class="oaw-stack">
            { pause(widget, screen) }
            if by_sms {
                { phone_fields(widget, false, widget.say(Key::ENROLL_PHONE), about_phone(widget, screen), None) }
                { submit_beside(screen, widget.say(Key::ACTIVATE_PUSH_SMS), "sms") }
            }
            if by_email { { submit_beside(screen, widget.say(Key::ACTIVATE_PUSH_EMAIL), "email") } }
            if step.by_hand {
                { plain_button(widget.say(Key::ACTIVATE_PUSH_HAND), widget.on(Intent::SetUpByHand), is_disabled(screen)) }
            }
        </div>
    };
    disclosure(widget.say(Key::ACTIVATE_PUSH_OTHER), step.qrcode.is_none(), ways)
}

fn read(values: &Values) -> Option<Intent> {
    let by = match values.pressed() {
        Some("email") => "email",
        _ => "sms",
    };
    Some(Intent::SendActivation { by, phone: phone_entry(values) })
}
