//! Choose a factor, and prove it or begin its challenge.

use super::challenge_parts::{code_sent, gone, resend};
use crate::text::{Key, factor_in_sentence, factor_name, question};
use crate::views::context::Widget;
use crate::views::factors::{
    answer_field, auto_push, code_field, code_field_beside, password_field, preferences, remember_device, switcher,
};
use crate::views::factors::{sentence, title, with_target};
use crate::views::form::{Panel, Read, Values, disclosure, panel, submit, submit_beside, submit_next};
use crate::views::parts::{footer_actions, paragraph};
use okta_authn::request::Proof;
use okta_authn::{Factor, FactorKind, Passcode, Password, SecurityAnswer};
use sign_in_flow::factor_method::{VerifyMethod, verify_method};
use sign_in_flow::transaction::verify::{ChooseFactor, Verify};
use sign_in_flow::{Intent, Screen};
use yew::prelude::*;

/// The chosen factor's form, and the switcher to the others.
pub(crate) fn mfa_required(widget: &Widget, screen: &Screen, verify: &Verify, step: &ChooseFactor) -> Html {
    let factor = step.factor();
    let way = factor.filter(|factor| factor.links.get("verify").is_some()).map(|factor| verify_method(factor.kind()));
    let has_code = step.code_sent && way == Some(VerifyMethod::SentCode);
    let field = match (way, factor) {
        (Some(VerifyMethod::Code), Some(factor)) => code_field(widget, screen, factor.kind(), true),
        (_, Some(factor)) if has_code => code_field(widget, screen, factor.kind(), true),
        (Some(VerifyMethod::Answer), Some(factor)) => answer_field(widget, screen, &question(widget.text, factor)),
        (Some(VerifyMethod::Password), _) => password_field(widget, screen),
        (Some(VerifyMethod::Push), Some(factor)) => {
            let is_on = factor.id.as_ref().is_some_and(|id| step.auto_push.contains(id));
            auto_push(widget, verify.preferences, is_on)
        }
        _ => Html::default(),
    };
    let label = match (way, factor) {
        _ if has_code => Some(widget.say(Key::VERIFY_SUBMIT).to_owned()),
        (Some(VerifyMethod::SentCode), Some(factor)) if factor.kind() == FactorKind::Call => {
            Some(widget.say(Key::VERIFY_CALL).to_owned())
        }
        (Some(VerifyMethod::SentCode), _) => Some(widget.say(Key::VERIFY_SEND).to_owned()),
        (Some(VerifyMethod::Push), _) => Some(widget.say(Key::VERIFY_SEND_PUSH).to_owned()),
        (Some(VerifyMethod::Authenticator), _) => Some(widget.say(Key::VERIFY_KEY_START).to_owned()),
        (Some(VerifyMethod::Duo), _) => Some(widget.say(Key::VERIFY_DUO_START).to_owned()),
        (Some(VerifyMethod::Redirect), Some(factor)) => {
            Some(widget.fill(Key::VERIFY_REDIRECT_START, "factor", &factor_in_sentence(widget.text, factor)))
        }
        (Some(VerifyMethod::Code | VerifyMethod::Answer | VerifyMethod::Password), _) => {
            Some(widget.say(Key::VERIFY_SUBMIT).to_owned())
        }
        _ => None,
    };
    let is_code = way == Some(VerifyMethod::Code);
    let is_typed = is_code || matches!(way, Some(VerifyMethod::Answer | VerifyMethod::Password));
    let remember = remember_device(widget, verify.preferences, step.remember_device);
    let has_app_code = way == Some(VerifyMethod::Push) && step.app_code.is_some();
    let body = html! {
        <>
            { match factor {
                Some(factor) if has_code => code_sent(widget, factor),
                factor => introduction(widget, factor, way),
            } }
            // Above a code, which may be submitted as soon as it is complete.
            if is_code { { remember.clone() } }
            { field }
            if let Some(label) = label {
                if !is_code { { remember } }
                { if is_typed { submit(widget, screen, &label) } else { submit_next(widget, screen, &label) } }
            }
            if let Some(factor) = factor.filter(|_| has_code) { { resend(widget, screen, factor.kind()) } }
            if has_app_code { { app_code(widget, screen) } }
            { switcher(widget, &step.factors, Some(step.chosen)) }
        </>
    };
    let read: Read = match way {
        Some(VerifyMethod::Code) => prove_code,
        _ if has_code => prove_code,
        Some(VerifyMethod::Answer) => prove_answer,
        Some(VerifyMethod::Password) => prove_password,
        Some(VerifyMethod::Gone | VerifyMethod::Unknown) | None => |_| None,
        Some(_) => begin,
    };
    let (title, footer) = (title(widget, factor), footer_actions(widget, screen));
    panel(Panel { widget, screen, title, body, footer, read })
}

/// What was typed where the app's code is another way, else the beginning of the challenge.
fn begin(values: &Values) -> Option<Intent> {
    let typed = !values.text("passcode").is_empty() || values.pressed().is_some();
    if typed { prove_code(values) } else { Some(Intent::StartChallenge(preferences(values))) }
}

/// A code that was typed.
pub(crate) fn prove_code(values: &Values) -> Option<Intent> {
    let proof = Proof::Passcode(Passcode::new(values.text("passcode")));
    Some(Intent::Prove { proof, preferences: preferences(values) })
}

/// An answer that was typed.
pub(crate) fn prove_answer(values: &Values) -> Option<Intent> {
    let proof = Proof::Answer(SecurityAnswer::new(values.text("answer")));
    Some(Intent::Prove { proof, preferences: preferences(values) })
}

fn prove_password(values: &Values) -> Option<Intent> {
    let proof = Proof::Password(Password::new(values.text("password")));
    Some(Intent::Prove { proof, preferences: preferences(values) })
}

/// The code of the app that takes pushes, as another way to answer.
pub(crate) fn app_code(widget: &Widget, screen: &Screen) -> Html {
    let form = html! {
        <div class="oaw-stack">
            { code_field_beside(widget, screen, FactorKind::OktaTotp) }
            { submit_beside(screen, widget.say(Key::VERIFY_PUSH_CODE_SUBMIT), "code") }
        </div>
    };
    disclosure(widget.say(Key::VERIFY_PUSH_CODE), false, form)
}

fn introduction(widget: &Widget, factor: Option<&Factor>, way: Option<VerifyMethod>) -> Html {
    let Some(factor) = factor else { return paragraph(widget.say(Key::VERIFY_NO_FACTOR)) };
    let (name, in_sentence) = (factor_name(widget.text, factor), factor_in_sentence(widget.text, factor));
    let (key, placeholder, value) = match (way, factor.kind()) {
        (Some(VerifyMethod::Answer | VerifyMethod::Password), _) => return Html::default(),
        (Some(VerifyMethod::SentCode), FactorKind::Call) => {
            return with_target(widget, factor, Key::VERIFY_CALL_SEND, "target");
        }
        (Some(VerifyMethod::SentCode), FactorKind::Email) => {
            return with_target(widget, factor, Key::VERIFY_EMAIL_SEND, "target");
        }
        (Some(VerifyMethod::SentCode), _) => return with_target(widget, factor, Key::VERIFY_SMS_SEND, "target"),
        (Some(VerifyMethod::Push), _) => return with_target(widget, factor, Key::VERIFY_PUSH_SEND, "device"),
        (Some(VerifyMethod::Code), FactorKind::GoogleTotp | FactorKind::OktaTotp) => {
            (Key::VERIFY_GOOGLE_INTRO, "factor", &*name)
        }
        (Some(VerifyMethod::Code), FactorKind::YubiKey) => (Key::VERIFY_YUBIKEY_INTRO, "factor", ""),
        (Some(VerifyMethod::Code), _) => (Key::VERIFY_CODE_INTRO, "factor", &*in_sentence),
        (Some(VerifyMethod::Authenticator), _) => match &factor.device_name {
            Some(device) => (Key::VERIFY_KEY_NAMED, "device", device.as_str()),
            None => (Key::VERIFY_KEY_INTRO, "device", ""),
        },
        (Some(VerifyMethod::Duo), _) => (Key::VERIFY_DUO_INTRO, "factor", ""),
        (Some(VerifyMethod::Redirect), _) => (Key::VERIFY_REDIRECT_INTRO, "factor", &*name),
        (Some(VerifyMethod::Gone), _) => return gone(widget, factor),
        (Some(VerifyMethod::Unknown) | None, _) => (Key::VERIFY_UNSUPPORTED, "factor", &*name),
    };
    sentence(widget, factor, widget.fill(key, placeholder, value))
}
