//! Fields that several factors have.

use super::typed_code::submit_when_complete;
use crate::text::Key;
use crate::views::context::Widget;
use crate::views::form::{Field, Secret, field, secret};
use okta_authn::FactorKind;
use sign_in_flow::code::is_numeric;
use sign_in_flow::{FieldName, NoticeKind, Screen};
use yew::prelude::*;

/// The field for a one-time code: phones offer the code from a message, and a keyboard with what a code of this kind
/// has. A complete code is submitted without a press (`typed_code`).
pub(crate) fn code_field(widget: &Widget, screen: &Screen, kind: FactorKind, is_first: bool) -> Html {
    let field = code(widget, screen, kind, is_first);
    match submit_when_complete(screen, kind) {
        Some(oninput) => html! { <div {oninput}>{ field }</div> },
        None => field,
    }
}

/// The same in a form that asks for more than the code.
pub(crate) fn code_field_of_several(widget: &Widget, screen: &Screen, kind: FactorKind) -> Html {
    code(widget, screen, kind, false)
}

fn code(widget: &Widget, screen: &Screen, kind: FactorKind, is_first: bool) -> Html {
    let wants_pin = screen.notice.as_ref().is_some_and(|notice| matches!(notice.kind, NoticeKind::NewPinWanted(_)));
    field(Field {
        label: widget.say(if wants_pin { Key::VERIFY_NEW_PIN } else { Key::VERIFY_CODE }).into(),
        name: "passcode",
        autocomplete: if wants_pin { "off" } else { "one-time-code" },
        inputmode: keyboard(kind),
        is_first,
        is_secret: true,
        // A prompt: nothing is wrong.
        invalid: widget.message_about(screen, FieldName::Passcode).filter(|_| !wants_pin),
        ..Field::default()
    })
}

/// A numeric keyboard has no letters.
pub(crate) fn keyboard(kind: FactorKind) -> Option<&'static str> {
    is_numeric(kind).then_some("numeric")
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
