//! A code was sent: type it, or have it sent again.

use super::verify::{target, title};
use super::{StepProps, busy, message, ways_out};
use crate::authn::request::Proof;
use crate::authn::{Factor, FactorKind, Passcode};
use crate::components::context::{Widget, use_widget};
use crate::components::factors::{Switcher, code_field, icon, remember_device, ticked};
use crate::components::form::{Panel, plain_button, submit, value_of};
use crate::flow::step::{MfaChallenge, Proving, proving};
use crate::flow::{Intent, Screen};
use crate::text::{Key, factor_name};
use yew::prelude::*;

/// The code's form, with resend after its countdown.
#[component]
pub(crate) fn Challenge(props: &StepProps<MfaChallenge>) -> Html {
    let widget = use_widget();
    let (input, remember) = (use_node_ref(), use_node_ref());
    let StepProps { screen, step } = props;
    let provable = step.envelope.links.next("verify").is_some()
        && matches!(proving(step.factor.kind()), Proving::SentCode | Proving::Code);
    let onsubmit = {
        let (dispatch, input, remember) = (widget.dispatch.clone(), input.clone(), remember.clone());
        Callback::from(move |()| {
            if provable {
                let proof = Proof::Passcode(Passcode::new(value_of(&input)));
                dispatch.emit(Intent::Prove { proof, remember_device: ticked(&remember) });
            }
        })
    };
    html! {
        <Panel
            id={widget.element_id("title")} title={title(&widget, Some(&step.factor))} busy={screen.busy}
            focus_heading={!provable && widget.focuses_first(screen)} message={message(&widget, screen)} {onsubmit}
            footer={ways_out(&widget, screen)}
        >
            { introduction(&widget, &step.factor, provable) }
            if provable {
                { code_field(&widget, screen, &input) }
                { remember_device(&widget, screen, step.remember_device, &remember) }
                { submit(widget.say(Key::VerifySubmit), &busy(&widget, screen)) }
            }
            if provable && screen.step.offers("resend") { { resend(&widget, screen) } }
            if screen.step.offers("prev") {
                <Switcher factors={step.factors.clone()} current={Some(step.factor.clone())} />
            }
        </Panel>
    }
}

fn introduction(widget: &Widget, factor: &Factor, provable: bool) -> Html {
    let name = factor_name(widget.text, factor);
    let (key, placeholder, value) = match factor.kind() {
        _ if !provable => (Key::VerifyUnsupported, "factor", &*name),
        FactorKind::Call => (Key::VerifyCallSent, "target", target(widget, factor)),
        FactorKind::Email => (Key::VerifyEmailSent, "target", target(widget, factor)),
        FactorKind::Sms => (Key::VerifySmsSent, "target", target(widget, factor)),
        _ => (Key::VerifyCodeIntro, "factor", &*name),
    };
    html! {
        <p class="oaw-text oaw-factor">
            { icon(factor.kind()) }
            <span>{ widget.text.fill(key, &[(placeholder, value)]) }</span>
        </p>
    }
}

fn resend(widget: &Widget, screen: &Screen) -> Html {
    let label = match screen.resend_in {
        Some(seconds) => widget.text.fill(Key::VerifyResendIn, &[("seconds", &seconds.to_string())]),
        None => widget.say(Key::VerifyResend).to_owned(),
    };
    plain_button(&label, widget.on(Intent::Resend), screen.resend_in.is_some() || screen.busy)
}
