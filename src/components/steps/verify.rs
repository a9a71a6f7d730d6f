//! Choose a factor, and prove it or have its code sent.

use super::{StepProps, busy, describe, message, ways_out};
use crate::authn::request::Proof;
use crate::authn::{Factor, FactorKind, Passcode, SecurityAnswer};
use crate::components::context::{Widget, use_widget};
use crate::components::factors::{Switcher, code_field, icon, remember_device, ticked};
use crate::components::form::{Panel, Secret, submit, value_of};
use crate::flow::step::{MfaRequired, Proving, proving};
use crate::flow::{FieldName, Intent, Screen};
use crate::text::{Key, factor_name, question};
use yew::prelude::*;

/// The chosen factor's form, and the switcher to the others.
#[component]
pub(crate) fn Verify(props: &StepProps<MfaRequired>) -> Html {
    let widget = use_widget();
    let (input, remember) = (use_node_ref(), use_node_ref());
    let StepProps { screen, step } = props;
    let factor = step.factor();
    let way = factor.filter(|factor| factor.links.get("verify").is_some()).map(|factor| proving(factor.kind()));
    let onsubmit = {
        let (dispatch, input, remember) = (widget.dispatch.clone(), input.clone(), remember.clone());
        Callback::from(move |()| {
            let remember_device = ticked(&remember);
            dispatch.emit(match way {
                Some(Proving::SentCode) => Intent::SendCode { remember_device },
                Some(Proving::Code) => {
                    Intent::Prove { proof: Proof::Passcode(Passcode::new(value_of(&input))), remember_device }
                }
                Some(Proving::Answer) => {
                    Intent::Prove { proof: Proof::Answer(SecurityAnswer::new(value_of(&input))), remember_device }
                }
                Some(Proving::Unsupported) | None => return,
            });
        })
    };
    let label = if way == Some(Proving::SentCode) { Key::VerifySend } else { Key::VerifySubmit };
    let provable = way.is_some_and(|way| way != Proving::Unsupported);
    let typed = matches!(way, Some(Proving::Code | Proving::Answer));
    html! {
        <Panel
            id={widget.element_id("title")} title={title(&widget, factor)} busy={screen.busy}
            focus_heading={!typed && widget.focuses_first(screen)} message={message(&widget, screen)} {onsubmit}
            footer={ways_out(&widget, screen)}
        >
            { introduction(&widget, factor, way) }
            {
                match (way, factor) {
                    (Some(Proving::Code), _) => code_field(&widget, screen, &input),
                    (Some(Proving::Answer), Some(factor)) => answer_field(&widget, screen, factor, &input),
                    _ => Html::default(),
                }
            }
            if provable {
                { remember_device(&widget, screen, step.remember_device, &remember) }
                { submit(widget.say(label), &busy(&widget, screen)) }
            }
            <Switcher factors={step.factors.clone()} current={factor.cloned()} />
        </Panel>
    }
}

/// The heading, by factor. Shared with the challenge.
pub(super) fn title(widget: &Widget, factor: Option<&Factor>) -> AttrValue {
    let key = match factor.map(Factor::kind) {
        Some(FactorKind::Sms) => Key::VerifySmsTitle,
        Some(FactorKind::Call) => Key::VerifyCallTitle,
        Some(FactorKind::Email) => Key::VerifyEmailTitle,
        Some(FactorKind::Question) => Key::VerifyQuestionTitle,
        _ => {
            let name = factor.map(|factor| factor_name(widget.text, factor)).unwrap_or_default();
            return widget.text.fill(Key::VerifyTitle, &[("factor", &name)]).into();
        }
    };
    widget.say(key).into()
}

/// Where a code goes or went, in the org's masked form.
pub(super) fn target<'a>(widget: &Widget, factor: &'a Factor) -> &'a str {
    let unknown = if factor.kind() == FactorKind::Email { Key::FactorEmailUnknown } else { Key::FactorPhoneUnknown };
    factor.phone_number.as_deref().or(factor.email.as_deref()).unwrap_or_else(|| widget.say(unknown))
}

fn introduction(widget: &Widget, factor: Option<&Factor>, way: Option<Proving>) -> Html {
    let Some(factor) = factor else {
        return html! { <p class="oaw-text">{ widget.say(Key::VerifyNoFactor) }</p> };
    };
    let name = factor_name(widget.text, factor);
    let (key, placeholder, value) = match (way, factor.kind()) {
        (Some(Proving::Unsupported) | None, _) => (Key::VerifyUnsupported, "factor", &*name),
        (Some(Proving::SentCode), FactorKind::Call) => (Key::VerifyCallSend, "target", target(widget, factor)),
        (Some(Proving::SentCode), FactorKind::Email) => (Key::VerifyEmailSend, "target", target(widget, factor)),
        (Some(Proving::SentCode), _) => (Key::VerifySmsSend, "target", target(widget, factor)),
        (Some(Proving::Code), FactorKind::GoogleTotp) => (Key::VerifyGoogleIntro, "factor", &*name),
        (Some(Proving::Code), _) => (Key::VerifyCodeIntro, "factor", &*name),
        (Some(Proving::Answer), _) => return Html::default(),
    };
    html! {
        <p class="oaw-text oaw-factor">
            { icon(factor.kind()) }
            <span>{ widget.text.fill(key, &[(placeholder, value)]) }</span>
        </p>
    }
}

fn answer_field(widget: &Widget, screen: &Screen, factor: &Factor, node: &NodeRef) -> Html {
    let (invalid, call) = describe(widget, screen, FieldName::Answer);
    html! {
        <Secret
            label={question(widget.text, factor).into_owned()} name="answer" {node} autocomplete="off"
            show={widget.say(Key::VerifyQuestionShow)} hide={widget.say(Key::VerifyQuestionHide)} busy={screen.busy}
            autofocus={widget.focuses_first(screen)} clear={screen.refusals} {call} {invalid}
        />
    }
}
