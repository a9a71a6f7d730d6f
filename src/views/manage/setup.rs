//! Setting a factor up: what must be typed first, and the first proof. Not here: proving a factor that is set up.

use super::back;
use crate::text::{Key, factor_in_sentence};
use crate::views::context::Widget;
use crate::views::factors::code_field;
use crate::views::factors::sentence;
use crate::views::form::{Field, Panel, Read, Values, field, link_button, panel, submit};
use crate::views::parts::{about, paragraph};
use crate::views::transaction::challenge_parts::{authenticator, code_sent, resend};
use crate::views::transaction::enroll_form::{phone, read_phone};
use crate::views::transaction::enroll_question::{question, read_question};
use crate::views::transaction::mfa_enroll_activate::{activate as read_activation, app_setup};
use crate::views::transaction::qrcode::qrcode;
use okta_authn::factor::Question;
use okta_authn::otpauth::setup_link;
use okta_authn::request::EnrollRequest;
use okta_authn::{Factor, FactorKind};
use sign_in_flow::factor_method::{VerifyMethod, verify_method};
use sign_in_flow::hook::Enrolled;
use sign_in_flow::{FieldName, Intent, ManageIntent, Screen};
use yew::prelude::*;

/// What setting it up needs.
pub(super) fn form(widget: &Widget, screen: &Screen, factor: &Factor, questions: &[Question]) -> Html {
    let is_call = factor.kind() == FactorKind::Call;
    let (fields, read, label): (Html, Read, Key) = match factor.kind() {
        FactorKind::Question => (question(widget, screen, questions), read_question, Key::ENROLL_SUBMIT),
        FactorKind::Email => (email(widget, screen), read_email, Key::MANAGE_EMAIL_SUBMIT),
        _ => {
            let label = if is_call { Key::ENROLL_CALL_SUBMIT } else { Key::ENROLL_SMS_SUBMIT };
            (phone(widget, screen, None, is_call), read_phone, label)
        }
    };
    let body = html! { <>{ fields }{ submit(widget, screen, widget.say(label)) }</> };
    panel(Panel { widget, screen, title: title(widget, factor), body, footer: back(widget), read })
}

fn title(widget: &Widget, factor: &Factor) -> AttrValue {
    widget.fill(Key::ACTIVATE_TITLE, "factor", &factor_in_sentence(widget.text, factor)).into()
}

fn email(widget: &Widget, screen: &Screen) -> Html {
    html! {
        <>
            { about(widget, widget.say(Key::MANAGE_EMAIL_INTRO)) }
            {
                field(widget, Field {
                    label: widget.say(Key::MANAGE_EMAIL).into(),
                    name: "email",
                    autocomplete: "email",
                    inputmode: Some("email"),
                    is_first: true,
                    invalid: widget.message_about(screen, FieldName::Email),
                    about: Some(widget.about()),
                    ..Field::default()
                })
            }
        </>
    }
}

fn read_email(values: &Values) -> Option<Intent> {
    Some(Intent::EnrollWith(EnrollRequest::Email(values.text("email").trim().to_owned())))
}

/// The first proof. Leaving keeps it unfinished; cancelling takes it away again.
pub(super) fn activate(widget: &Widget, screen: &Screen, enrolled: &Enrolled) -> Html {
    let factor = &enrolled.factor;
    let (asked, read): (Html, Read) = match verify_method(factor.kind()) {
        VerifyMethod::SentCode => (sent(widget, screen, factor), read_activation),
        VerifyMethod::Code => (key(widget, screen, enrolled), read_activation),
        VerifyMethod::Authenticator if factor.activation.is_some() => {
            (authenticator(widget, screen, factor), |_| Some(Intent::AskAgain))
        }
        _ => (sentence(widget, factor, widget.say(Key::MANAGE_UNFINISHED_KEY)), |_| None),
    };
    let footer = html! {
        <>
            { back(widget) }
            { link_button(widget.say(Key::MANAGE_CANCEL_SETUP), widget.on(Intent::Manage(ManageIntent::CancelSetup))) }
        </>
    };
    panel(Panel { widget, screen, title: title(widget, factor), body: asked, footer, read })
}

fn sent(widget: &Widget, screen: &Screen, factor: &Factor) -> Html {
    html! {
        <>
            { code_sent(widget, factor) }
            { code_field(widget, screen, factor.kind(), true) }
            { submit(widget, screen, widget.say(Key::ACTIVATE_SUBMIT)) }
            { resend(widget, screen, factor.kind()) }
        </>
    }
}

/// An authenticator app: scan or type its key, then prove it with a code. The key is told once.
fn key(widget: &Widget, screen: &Screen, enrolled: &Enrolled) -> Html {
    let factor = &enrolled.factor;
    let secret = factor.activation.as_ref().and_then(|activation| activation.shared_secret.as_ref());
    let account = factor.credential_id.as_deref().unwrap_or_default();
    let image = qrcode(widget, factor, enrolled.qrcode.as_ref(), account, Key::ACTIVATE_SCAN);
    html! {
        <>
            if let Some(secret) = secret {
                { app_setup(widget, screen, image, secret, setup_link(secret, "", account)) }
                { about(widget, widget.say(Key::ACTIVATE_ENTER)) }
            } else {
                { image }
                { about(widget, widget.say(Key::VERIFY_GOOGLE_INTRO)) }
                { paragraph(widget.say(Key::MANAGE_UNFINISHED_KEY)) }
            }
            { code_field(widget, screen, factor.kind(), enrolled.qrcode.is_none()) }
            { submit(widget, screen, widget.say(Key::ACTIVATE_SUBMIT)) }
        </>
    }
}
