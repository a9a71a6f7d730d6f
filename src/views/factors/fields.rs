//! Fields that several factors have.

use super::typed_code::submit_when_complete;
use crate::text::{Key, answer_rule};
use crate::views::context::Widget;
use crate::views::form::{Field, Secret, field, secret, username_field};
use okta_authn::FactorKind;
use sign_in_flow::code::is_numeric;
use sign_in_flow::{FieldName, NoticeKind, Screen};
use yew::prelude::*;

/// The field for a one-time code: phones offer the code from a message, and a keyboard with what a code of this kind
/// has. A complete code is submitted without a press (`typed_code`). It stands below a `sentence` or `about`, which
/// describes it.
pub(crate) fn code_field(widget: &Widget, screen: &Screen, kind: FactorKind, is_first: bool) -> Html {
    submitted_when_complete(screen, kind, code(widget, screen, kind, is_first, Some(widget.about())))
}

/// The same as another way of a step, which is not what the step's sentence is about.
pub(crate) fn code_field_beside(widget: &Widget, screen: &Screen, kind: FactorKind) -> Html {
    submitted_when_complete(screen, kind, code(widget, screen, kind, false, None))
}

fn submitted_when_complete(screen: &Screen, kind: FactorKind, field: Html) -> Html {
    match submit_when_complete(screen, kind) {
        Some(oninput) => html! { <div {oninput}>{ field }</div> },
        None => field,
    }
}

/// The same in a form that asks for more than the code.
pub(crate) fn code_field_of_several(widget: &Widget, screen: &Screen, kind: FactorKind) -> Html {
    code(widget, screen, kind, false, None)
}

fn code(widget: &Widget, screen: &Screen, kind: FactorKind, is_first: bool, about: Option<AttrValue>) -> Html {
    let told = screen.notice.as_ref().map(|notice| &notice.kind);
    let wants_pin = matches!(told, Some(NoticeKind::NewPinWanted(_)));
    let is_prompt = wants_pin || matches!(told, Some(NoticeKind::NextCodeWanted(_)));
    field(
        widget,
        Field {
            label: widget.say(if wants_pin { Key::VERIFY_NEW_PIN } else { Key::VERIFY_CODE }).into(),
            name: "passcode",
            autocomplete: if wants_pin { "off" } else { "one-time-code" },
            inputmode: keyboard(kind),
            is_first,
            is_secret: true,
            // A prompt: nothing is wrong.
            invalid: widget.message_about(screen, FieldName::Passcode).filter(|_| !is_prompt),
            about,
            ..Field::default()
        },
    )
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
            is_prose: true,
            ..Secret::default()
        },
    )
}

/// The answer to a question that is being set up.
pub(crate) fn new_answer_field(widget: &Widget, screen: &Screen) -> Html {
    secret(
        widget,
        Secret {
            label: answer_rule(widget.text, Key::ENROLL_ANSWER).into(),
            name: "answer",
            autocomplete: "off",
            reveal: (Key::VERIFY_QUESTION_SHOW, Key::VERIFY_QUESTION_HIDE),
            empties: false,
            invalid: widget.message_about(screen, FieldName::Answer),
            is_prose: true,
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
    let login = screen.transaction.as_ref().and_then(|transaction| transaction.login());
    login.map(username_field).unwrap_or_default()
}
