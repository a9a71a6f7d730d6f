//! Fields that several factors have.

use crate::components::context::Widget;
use crate::components::form::{Field, Secret, field};
use crate::flow::{FieldName, Screen};
use crate::text::Key;
use yew::prelude::*;

/// The field for a one-time code: phones offer the code from a message, and a numeric keyboard.
pub(crate) fn code_field(widget: &Widget, screen: &Screen, is_first: bool) -> Html {
    field(Field {
        label: widget.say(Key::VerifyCode).into(),
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
    html! {
        <Secret
            widget={widget.clone()} label={question.to_owned()} name="answer" autocomplete="off" is_first=true
            reveal={(Key::VerifyQuestionShow, Key::VerifyQuestionHide)} busy={screen.busy}
            invalid={widget.message_about(screen, FieldName::Answer)}
        />
    }
}

/// The answer to a question that is being set up.
pub(crate) fn new_answer_field(widget: &Widget, screen: &Screen) -> Html {
    html! {
        <Secret
            widget={widget.clone()} label={widget.say(Key::EnrollAnswer)} name="answer" autocomplete="off"
            reveal={(Key::VerifyQuestionShow, Key::VerifyQuestionHide)} busy={screen.busy} is_secret=false
            invalid={widget.message_about(screen, FieldName::Answer)}
        />
    }
}

/// The password, as a factor.
pub(crate) fn password_field(widget: &Widget, screen: &Screen) -> Html {
    html! {
        <Secret
            widget={widget.clone()} label={widget.say(Key::PrimaryPassword)} name="password" is_first=true
            autocomplete="current-password" busy={screen.busy}
            invalid={widget.message_about(screen, FieldName::Password)}
        />
    }
}
