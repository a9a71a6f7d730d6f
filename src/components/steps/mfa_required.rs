//! Choose a factor, and prove it or begin its challenge.

use super::about::{sentence, target, title};
use super::ways_out;
use crate::authn::request::Proof;
use crate::authn::{Factor, FactorKind, Passcode, Password, SecurityAnswer};
use crate::components::context::Widget;
use crate::components::factors::{
    answer_field, auto_push, code_field, password_field, preferences, remember_device, switcher,
};
use crate::components::form::{Panel, Read, Values, panel, submit, submit_beside};
use crate::flow::step::MfaRequired;
use crate::flow::way::{Proving, proving};
use crate::flow::{Intent, Screen};
use crate::text::{Key, factor_name, question};
use yew::prelude::*;

/// The chosen factor's form, and the switcher to the others.
pub(crate) fn mfa_required(widget: &Widget, screen: &Screen, step: &MfaRequired) -> Html {
    let factor = step.factor();
    let way = factor.filter(|factor| factor.links.get("verify").is_some()).map(|factor| proving(factor.kind()));
    let field = match (way, factor) {
        (Some(Proving::Code), _) => code_field(widget, screen, true),
        (Some(Proving::Answer), Some(factor)) => answer_field(widget, screen, &question(widget.text, factor)),
        (Some(Proving::Password), _) => password_field(widget, screen),
        (Some(Proving::Push), Some(factor)) => {
            let is_on = factor.id.as_ref().is_some_and(|id| step.auto_push.contains(id));
            auto_push(widget, screen, is_on)
        }
        _ => Html::default(),
    };
    let label = match (way, factor) {
        (Some(Proving::SentCode), _) => Some(widget.say(Key::VerifySend).to_owned()),
        (Some(Proving::Push), _) => Some(widget.say(Key::VerifySendPush).to_owned()),
        (Some(Proving::Authenticator), _) => Some(widget.say(Key::VerifyKeyStart).to_owned()),
        (Some(Proving::Duo), _) => Some(widget.say(Key::VerifyDuoStart).to_owned()),
        (Some(Proving::Redirect), Some(factor)) => {
            Some(widget.fill(Key::VerifyRedirectStart, "factor", &factor_name(widget.text, factor)))
        }
        (Some(Proving::Code | Proving::Answer | Proving::Password), _) => {
            Some(widget.say(Key::VerifySubmit).to_owned())
        }
        _ => None,
    };
    let has_app_code = way == Some(Proving::Push) && step.app_code.is_some();
    let body = html! {
        <>
            { introduction(widget, factor, way) }
            { field }
            if let Some(label) = label {
                { remember_device(widget, screen, step.remember_device) }
                { submit(widget, screen, &label) }
            }
            if has_app_code { { app_code(widget, screen) } }
            { switcher(widget, &step.factors, factor) }
        </>
    };
    let read: Read = match way {
        Some(Proving::Code) => prove_code,
        Some(Proving::Answer) => prove_answer,
        Some(Proving::Password) => prove_password,
        Some(Proving::Gone | Proving::Unknown) | None => |_| None,
        Some(_) => begin,
    };
    let (title, footer) = (title(widget, factor), ways_out(widget, screen));
    panel(Panel { widget, screen, title, body, footer, read })
}

/// What was typed where the app's code is another way, else the beginning of the challenge.
fn begin(values: &Values) -> Option<Intent> {
    let typed = !values.text("passcode").is_empty() || values.pressed().is_some();
    if typed { prove_code(values) } else { Some(Intent::StartChallenge(preferences(values))) }
}

/// A code that was typed.
pub(super) fn prove_code(values: &Values) -> Option<Intent> {
    let proof = Proof::Passcode(Passcode::new(values.text("passcode")));
    Some(Intent::Prove { proof, preferences: preferences(values) })
}

/// An answer that was typed.
pub(super) fn prove_answer(values: &Values) -> Option<Intent> {
    let proof = Proof::Answer(SecurityAnswer::new(values.text("answer")));
    Some(Intent::Prove { proof, preferences: preferences(values) })
}

fn prove_password(values: &Values) -> Option<Intent> {
    let proof = Proof::Password(Password::new(values.text("password")));
    Some(Intent::Prove { proof, preferences: preferences(values) })
}

/// The code of the app that takes pushes, as another way to answer.
pub(super) fn app_code(widget: &Widget, screen: &Screen) -> Html {
    html! {
        <details class="oaw-more">
            <summary class="oaw-link">{ widget.say(Key::VerifyPushCode) }</summary>
            <div class="oaw-stack">
                { code_field(widget, screen, false) }
                { submit_beside(screen, widget.say(Key::VerifyPushCodeSubmit), "code", "oaw-button") }
            </div>
        </details>
    }
}

fn introduction(widget: &Widget, factor: Option<&Factor>, way: Option<Proving>) -> Html {
    let Some(factor) = factor else { return super::paragraph(widget.say(Key::VerifyNoFactor)) };
    let name = factor_name(widget.text, factor);
    let (key, placeholder, value) = match (way, factor.kind()) {
        (Some(Proving::Answer | Proving::Password), _) => return Html::default(),
        (Some(Proving::SentCode), FactorKind::Call) => (Key::VerifyCallSend, "target", target(widget, factor)),
        (Some(Proving::SentCode), FactorKind::Email) => (Key::VerifyEmailSend, "target", target(widget, factor)),
        (Some(Proving::SentCode), _) => (Key::VerifySmsSend, "target", target(widget, factor)),
        (Some(Proving::Push), _) => (Key::VerifyPushSend, "device", target(widget, factor)),
        (Some(Proving::Code), FactorKind::GoogleTotp | FactorKind::OktaTotp) => {
            (Key::VerifyGoogleIntro, "factor", &*name)
        }
        (Some(Proving::Code), _) => (Key::VerifyCodeIntro, "factor", &*name),
        (Some(Proving::Authenticator), _) => match &factor.device_name {
            Some(device) => (Key::VerifyKeyNamed, "device", device.as_str()),
            None => (Key::VerifyKeyIntro, "device", ""),
        },
        (Some(Proving::Duo), _) => (Key::VerifyDuoIntro, "factor", ""),
        (Some(Proving::Redirect), _) => (Key::VerifyRedirectIntro, "factor", &*name),
        (Some(Proving::Gone), _) => (Key::VerifyGone, "factor", &*name),
        (Some(Proving::Unknown) | None, _) => (Key::VerifyUnsupported, "factor", &*name),
    };
    sentence(factor, widget.fill(key, placeholder, value))
}
