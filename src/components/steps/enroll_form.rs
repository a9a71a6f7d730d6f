//! What setting up a factor begins with, where something must be typed: a phone number, the code of a
//! token, a question (`enroll_question`).

use super::enroll_question::{question, read_question};
use super::{paragraph, ways_out};
use crate::authn::request::Enrollment;
use crate::authn::{FactorKind, Passcode, Password};
use crate::components::context::Widget;
use crate::components::factors::{code_field, number, password_field, phone_fields};
use crate::components::form::{Field, Panel, Read, Values, field, panel, submit};
use crate::flow::step::EnrollForm;
use crate::flow::way::{Enrolling, enrolling};
use crate::flow::{FieldName, Intent, Screen};
use crate::text::{Key, factor_name};
use yew::prelude::*;

/// The form of the factor that was chosen.
pub(crate) fn enroll_form(widget: &Widget, screen: &Screen, step: &EnrollForm) -> Html {
    let Some(factor) = step.factor() else { return Html::default() };
    let is_call = factor.kind() == FactorKind::Call;
    let (fields, read): (Html, Read) = match enrolling(factor.kind()) {
        Enrolling::Phone => (phone(widget, screen, factor.phone_number.as_deref(), is_call), read_phone),
        Enrolling::Question => (question(widget, screen, &step.questions), read_question),
        Enrolling::Token => (token(widget, screen, false), read_token),
        Enrolling::TokenTwice => (token(widget, screen, true), read_token_twice),
        Enrolling::Password => (password_field(widget, screen), read_password),
        _ => (yubikey(widget, screen), read_passcode),
    };
    let label = match factor.kind() {
        FactorKind::Sms => Key::EnrollSmsSubmit,
        FactorKind::Call => Key::EnrollCallSubmit,
        _ => Key::EnrollSubmit,
    };
    let body = html! { <>{ fields }{ submit(widget, screen, widget.say(label)) }</> };
    let title = widget.fill(Key::ActivateTitle, "factor", &factor_name(widget.text, factor)).into();
    panel(Panel { widget, screen, title, body, footer: ways_out(widget, screen), read })
}

/// Country and number; of an office telephone the extension too.
pub(super) fn phone(widget: &Widget, screen: &Screen, known: Option<&str>, is_call: bool) -> Html {
    html! {
        <>
            { paragraph(widget.say(if is_call { Key::EnrollCallIntro } else { Key::EnrollSmsIntro })) }
            if let Some(known) = known { { paragraph(widget.fill(Key::EnrollPhoneKnown, "number", known)) } }
            { phone_fields(widget, true, widget.say(Key::EnrollPhone), widget.message_about(screen, FieldName::Phone)) }
            if is_call {
                {
                    field(Field {
                        label: widget.say(Key::EnrollExtension).into(),
                        name: "extension",
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
pub(super) fn read_phone(values: &Values) -> Option<Intent> {
    let extension = values.text("extension").trim().to_owned();
    let (number, replaces, unchecked) = (number(values), false, false);
    Some(Intent::EnrollWith(Enrollment::Phone { number, extension, replaces, unchecked }))
}

fn token(widget: &Widget, screen: &Screen, two_codes: bool) -> Html {
    html! {
        <>
            { paragraph(widget.say(Key::EnrollTokenIntro)) }
            {
                field(Field {
                    label: widget.say(Key::EnrollCredential).into(),
                    name: "credential_id",
                    autocomplete: "off",
                    is_first: true,
                    invalid: widget.message_about(screen, FieldName::CredentialId),
                    ..Field::default()
                })
            }
            { code_field(widget, screen, false) }
            if two_codes {
                {
                    field(Field {
                        label: widget.say(Key::EnrollNextCode).into(),
                        name: "next_passcode",
                        autocomplete: "off",
                        inputmode: Some("numeric"),
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
    let enrollment = Enrollment::Token { credential_id, passcode: passcode(values, "passcode"), next_passcode: None };
    Some(Intent::EnrollWith(enrollment))
}

fn read_token_twice(values: &Values) -> Option<Intent> {
    let credential_id = values.text("credential_id").trim().to_owned();
    let next_passcode = Some(passcode(values, "next_passcode"));
    let enrollment = Enrollment::Token { credential_id, passcode: passcode(values, "passcode"), next_passcode };
    Some(Intent::EnrollWith(enrollment))
}

fn yubikey(widget: &Widget, screen: &Screen) -> Html {
    html! {
        <>
            { paragraph(widget.say(Key::EnrollYubikeyIntro)) }
            { code_field(widget, screen, true) }
        </>
    }
}

fn read_passcode(values: &Values) -> Option<Intent> {
    Some(Intent::EnrollWith(Enrollment::Passcode(passcode(values, "passcode"))))
}

fn read_password(values: &Values) -> Option<Intent> {
    Some(Intent::EnrollWith(Enrollment::Password(Password::new(values.text("password")))))
}

fn passcode(values: &Values, name: &str) -> Passcode {
    Passcode::new(values.text(name).trim())
}
