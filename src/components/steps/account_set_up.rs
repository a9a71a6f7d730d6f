//! Setting up one of one's own factors: what must be typed first, and the first proof.

use super::about::sentence;
use super::account::back;
use super::enroll_form::{phone, read_phone};
use super::enroll_question::{question, read_question};
use super::mfa_challenge::{authenticator, code_sent, resend};
use super::mfa_enroll_activate::{activate, qrcode, typed_key};
use super::paragraph;
use crate::authn::factor::Question;
use crate::authn::request::Enrollment;
use crate::authn::{Factor, FactorKind};
use crate::components::context::Widget;
use crate::components::factors::code_field;
use crate::components::form::{Field, Panel, Read, Values, field, link_button, panel, submit};
use crate::flow::way::{Proving, proving};
use crate::flow::{FieldName, Intent, Manage, Screen};
use crate::hook::Enrolled;
use crate::text::{Key, factor_name};
use yew::prelude::*;

/// What setting it up needs.
pub(super) fn describing(widget: &Widget, screen: &Screen, factor: &Factor, questions: &[Question]) -> Html {
    let is_call = factor.kind() == FactorKind::Call;
    let (fields, read, label): (Html, Read, Key) = match factor.kind() {
        FactorKind::Question => (question(widget, screen, questions), read_question, Key::EnrollSubmit),
        FactorKind::Email => (email(widget, screen), read_email, Key::AccountEmailSubmit),
        _ => {
            let label = if is_call { Key::EnrollCallSubmit } else { Key::EnrollSmsSubmit };
            (phone(widget, screen, None, is_call), read_phone, label)
        }
    };
    let body = html! { <>{ fields }{ submit(widget, screen, widget.say(label)) }</> };
    panel(Panel { widget, screen, title: title(widget, factor), body, footer: back(widget), read })
}

fn title(widget: &Widget, factor: &Factor) -> AttrValue {
    widget.fill(Key::ActivateTitle, "factor", &factor_name(widget.text, factor)).into()
}

fn email(widget: &Widget, screen: &Screen) -> Html {
    html! {
        <>
            { paragraph(widget.say(Key::AccountEmailIntro)) }
            {
                field(Field {
                    label: widget.say(Key::AccountEmail).into(),
                    name: "email",
                    autocomplete: "email",
                    inputmode: Some("email"),
                    is_first: true,
                    invalid: widget.message_about(screen, FieldName::Email),
                    ..Field::default()
                })
            }
        </>
    }
}

fn read_email(values: &Values) -> Option<Intent> {
    Some(Intent::EnrollWith(Enrollment::Email(values.text("email").trim().to_owned())))
}

/// The first proof. Leaving keeps it unfinished; cancelling takes it away again.
pub(super) fn activating(widget: &Widget, screen: &Screen, enrolled: &Enrolled) -> Html {
    let factor = &enrolled.factor;
    let (asked, read): (Html, Read) = match proving(factor.kind()) {
        Proving::SentCode => (sent(widget, screen, factor), activate),
        Proving::Code => (key(widget, screen, enrolled), activate),
        Proving::Authenticator if factor.activation.is_some() => {
            (authenticator(widget, screen, factor), |_| Some(Intent::AskAgain))
        }
        _ => (sentence(factor, widget.say(Key::AccountUnfinishedKey)), |_| None),
    };
    let footer = html! {
        <>
            { back(widget) }
            { link_button(widget.say(Key::AccountAbandon), widget.on(Intent::Manage(Manage::Abandon))) }
        </>
    };
    panel(Panel { widget, screen, title: title(widget, factor), body: asked, footer, read })
}

fn sent(widget: &Widget, screen: &Screen, factor: &Factor) -> Html {
    html! {
        <>
            { code_sent(widget, factor) }
            { code_field(widget, screen, true) }
            { submit(widget, screen, widget.say(Key::ActivateSubmit)) }
            { resend(widget, screen, Key::VerifyResend) }
        </>
    }
}

/// An authenticator app: scan or type its key, then prove it with a code. The key is told once.
fn key(widget: &Widget, screen: &Screen, enrolled: &Enrolled) -> Html {
    let factor = &enrolled.factor;
    let secret = factor.activation.as_ref().and_then(|activation| activation.shared_secret.as_ref());
    let account = factor.credential_id.as_deref().unwrap_or_default();
    html! {
        <>
            { qrcode(widget, factor, enrolled.qrcode.as_ref(), account, Key::ActivateScan) }
            if let Some(secret) = secret {
                { typed_key(widget, secret) }
                { paragraph(widget.say(Key::ActivateEnter)) }
            } else {
                { paragraph(widget.say(Key::VerifyGoogleIntro)) }
                { paragraph(widget.say(Key::AccountUnfinishedKey)) }
            }
            { code_field(widget, screen, true) }
            { submit(widget, screen, widget.say(Key::ActivateSubmit)) }
        </>
    }
}
