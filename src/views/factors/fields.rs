//! Fields that several factors have.

use crate::text::Key;
use crate::views::context::Widget;
use crate::views::form::{Field, Secret, field, secret};
use sign_in_flow::{FieldName, Screen};
use yew::prelude::*;

/// The field for a one-time code: phones offer the code from a message, and a numeric keyboard.
pub(crate) fn code_field(widget: &Widget, screen: &Screen, is_first: bool) -> Html {
    field(Field {
        label: widget.say(Key::VERIFY_CODE).into(),
        name: "passcode",
        autocomplete: "one-time-code",
        inputmode: Some("numeric"),
        is_first,
        is_secret: true,
        invalid: widget.message_about(screen, FieldName::Passcode),
        ..Field::default()
    })
}

/// The answer to a question, which is the field's label.
pub(crate) fn answer_field(widget: &Widget, screen: &Screen, question: &str) -> Html {
    secret(
        widget,
        Secret {
            label: question.to_owned().into(),
            name: "answer",
            autocomplete: "off",
            reveal: (Key::VERIFY_QUESTION_SHOW, Key::VERIFY_QUESTION_HIDE),
            is_first: true,
            invalid: widget.message_about(screen, FieldName::Answer),
            ..Secret::default()
        },
    )
}

/// The answer to a question that is being set up.
pub(crate) fn new_answer_field(widget: &Widget, screen: &Screen) -> Html {
    secret(
        widget,
        Secret {
            label: widget.say(Key::ENROLL_ANSWER).into(),
            name: "answer",
            autocomplete: "off",
            reveal: (Key::VERIFY_QUESTION_SHOW, Key::VERIFY_QUESTION_HIDE),
            empties: false,
            invalid: widget.message_about(screen, FieldName::Answer),
            ..Secret::default()
        },
    )
}

/// The password, as a factor.
pub(crate) fn password_field(widget: &Widget, screen: &Screen) -> Html {
    secret(
        widget,
        Secret {
            label: widget.say(Key::PRIMARY_PASSWORD).into(),
            name: "password",
            autocomplete: "current-password",
            is_first: true,
            invalid: widget.message_about(screen, FieldName::Password),
            ..Secret::default()
        },
    )
}
