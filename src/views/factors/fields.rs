//! Fields that several factors have.

use crate::text::Key;
use crate::views::context::Widget;
use crate::views::form::{Field, Secret, field, secret, username_field};
use sign_in_flow::{FieldName, Screen};
use yew::prelude::*;

/// The field for a one-time code: phones offer the code from a message, and a numeric keyboard. The first field of a
/// step stands below a `sentence` or `about`, which describes it.
pub(crate) fn code_field(widget: &Widget, screen: &Screen, is_first: bool) -> Html {
    field(Field {
        label: widget.say(Key::VERIFY_CODE).into(),
        name: "passcode",
        autocomplete: "one-time-code",
        inputmode: Some("numeric"),
        is_first,
        is_secret: true,
        invalid: widget.message_about(screen, FieldName::Passcode),
        about: is_first.then(|| widget.about()),
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

/// The password, as a factor, beside the name that password managers file it under.
pub(crate) fn password_field(widget: &Widget, screen: &Screen) -> Html {
    password(widget, screen, "current-password")
}

/// The same, to set one up.
pub(crate) fn new_password_field(widget: &Widget, screen: &Screen) -> Html {
    password(widget, screen, "new-password")
}

fn password(widget: &Widget, screen: &Screen, autocomplete: &'static str) -> Html {
    let field = Secret {
        label: widget.say(Key::PRIMARY_PASSWORD).into(),
        name: "password",
        autocomplete,
        is_first: true,
        invalid: widget.message_about(screen, FieldName::Password),
        ..Secret::default()
    };
    html! { <>{ username_of(screen) }{ secret(widget, field) }</> }
}

/// Whose password a form is about; nothing where the org has not said.
pub(crate) fn username_of(screen: &Screen) -> Html {
    let user = screen.transaction.as_ref().and_then(|transaction| transaction.user.as_ref());
    user.and_then(|user| user.login.as_deref()).map(username_field).unwrap_or_default()
}
