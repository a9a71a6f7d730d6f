//! What setting up a factor begins with, where something must be typed: a phone number, the code of a
//! token, a question (`enroll_question`).

use super::enroll_question::{question, read_question};
use crate::constants::EXTENSION_FIELD;
use crate::text::{Key, factor_in_sentence};
use crate::views::context::Widget;
use crate::views::factors::{about_phone, code_field, code_field_of_several, filled, keyboard};
use crate::views::factors::{new_password_field, phone_entry, phone_fields};
use crate::views::form::{Field, Panel, Read, Values, field, panel, submit};
use crate::views::parts::{about, footer_with_back};
use okta_authn::request::EnrollRequest;
use okta_authn::{Factor, FactorKind, Passcode, Password};
use sign_in_flow::factor_method::{EnrollMethod, enroll_method};
use sign_in_flow::transaction::enroll::EnrollForm;
use sign_in_flow::{FieldName, Intent, Screen};
use yew::prelude::*;

/// The form of the factor that was chosen.
pub(crate) fn enroll_form(widget: &Widget, screen: &Screen, step: &EnrollForm) -> Html {
    let Some(factor) = step.factor() else { return Html::default() };
    let is_call = factor.kind() == FactorKind::Call;
    let (fields, read): (Html, Read) = match enroll_method(factor.kind()) {
        EnrollMethod::Phone => (phone(widget, screen, factor.phone_number.as_deref(), is_call), read_phone),
        EnrollMethod::Question => (question(widget, screen, &step.questions), read_question),
        EnrollMethod::Token => (token(widget, screen, factor, false), read_token),
        EnrollMethod::TokenTwice => (token(widget, screen, factor, true), read_token_twice),
        EnrollMethod::Password => (new_password_field(widget, screen), read_password),
        _ => (yubikey(widget, screen, factor.kind()), read_passcode),
    };
    let label = match factor.kind() {
        FactorKind::Sms => Key::ENROLL_SMS_SUBMIT,
        FactorKind::Call => Key::ENROLL_CALL_SUBMIT,
        _ => Key::ENROLL_SUBMIT,
    };
    let body = html! { <>{ fields }{ submit(widget, screen, widget.say(label)) }</> };
    let title = widget.fill(Key::ACTIVATE_TITLE, "factor", &factor_in_sentence(widget.text, factor)).into();
    panel(Panel { widget, screen, title, body, footer: footer_with_back(widget, screen, true), read })
}

/// Country and number; of an office telephone the extension too.
pub(crate) fn phone(widget: &Widget, screen: &Screen, known: Option<&str>, is_call: bool) -> Html {
    html! {
        <>
            { about(widget, widget.say(if is_call { Key::ENROLL_CALL_INTRO } else { Key::ENROLL_SMS_INTRO })) }
            if let Some(known) = known { <p class="oaw-text">{ filled(widget, Key::ENROLL_PHONE_KNOWN, "number", known) }</p> }
            {
                phone_fields(
                    widget,
                    true,
                    widget.say(Key::ENROLL_PHONE),
                    about_phone(widget, screen),
                    Some(widget.about()),
                )
            }
            if is_call {
                {
                    field(widget, Field {
                        label: widget.say(Key::ENROLL_EXTENSION).into(),
                        name: EXTENSION_FIELD,
                        autocomplete: "tel-extension",
                        inputmode: Some("numeric"),
                        ..Field::default()
                    })
                }
            }
        </>
    }
}

/// What was typed there.
pub(crate) fn read_phone(values: &Values) -> Option<Intent> {
    Some(Intent::EnrollPhone(phone_entry(values)))
}

fn token(widget: &Widget, screen: &Screen, factor: &Factor, two_codes: bool) -> Html {
    let (kind, name) = (factor.kind(), factor_in_sentence(widget.text, factor));
    html! {
        <>
            { about(widget, widget.fill(Key::ENROLL_TOKEN_INTRO, "factor", &name)) }
            {
                field(widget, Field {
                    label: widget.say(Key::ENROLL_CREDENTIAL).into(),
                    name: "credential_id",
                    autocomplete: "off",
                    is_first: true,
                    invalid: widget.message_about(screen, FieldName::CredentialId),
                    about: Some(widget.about()),
                    ..Field::default()
                })
            }
            { code_field_of_several(widget, screen, kind) }
            if two_codes {
                {
                    field(widget, Field {
                        label: widget.say(Key::ENROLL_NEXT_CODE).into(),
                        name: "next_passcode",
                        autocomplete: "off",
                        inputmode: keyboard(kind),
                        is_secret: true,
                        invalid: widget.message_about(screen, FieldName::NextPasscode),
                        ..Field::default()
                    })
                }
            }
        </>
    }
}

fn read_token(values: &Values) -> Option<Intent> {
    let credential_id = values.text("credential_id").trim().to_owned();
    let enrollment =
        EnrollRequest::Token { credential_id, passcode: passcode(values, "passcode"), next_passcode: None };
    Some(Intent::EnrollWith(enrollment))
}

fn read_token_twice(values: &Values) -> Option<Intent> {
    let credential_id = values.text("credential_id").trim().to_owned();
    let next_passcode = Some(passcode(values, "next_passcode"));
    let enrollment = EnrollRequest::Token { credential_id, passcode: passcode(values, "passcode"), next_passcode };
    Some(Intent::EnrollWith(enrollment))
}

fn yubikey(widget: &Widget, screen: &Screen, kind: FactorKind) -> Html {
    html! {
        <>
            { about(widget, widget.say(Key::ENROLL_YUBIKEY_INTRO)) }
            { code_field(widget, screen, kind, true) }
        </>
    }
}

fn read_passcode(values: &Values) -> Option<Intent> {
    Some(Intent::EnrollWith(EnrollRequest::Passcode(passcode(values, "passcode"))))
}

fn read_password(values: &Values) -> Option<Intent> {
    Some(Intent::EnrollWith(EnrollRequest::Password(Password::new(values.text("password")))))
}

fn passcode(values: &Values, name: &str) -> Passcode {
    Passcode::new(values.text(name))
}
