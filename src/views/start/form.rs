//! Name and password, or the name alone. Password managers find a user name and a current password in one
//! form.

use crate::text::Key;
use crate::views::context::Widget;
use crate::views::form::{
    Field, Panel, Secret, Values, checkbox, field, panel_with_action, plain_button, secret, submit, submit_as,
};
use crate::views::parts::footer_actions;
use okta_authn::Password;
use sign_in_flow::handoff::Recovery;
use sign_in_flow::start::StartForm;
use sign_in_flow::{FieldName, Intent, NoticeKind, RegistrationIntent, Screen};
use yew::prelude::*;

/// The start form.
pub(super) fn form(widget: &Widget, screen: &Screen, step: &StartForm) -> Html {
    // The button in the message that says what is wrong.
    let way_out = match screen.notice.as_ref().map(|notice| &notice.kind) {
        Some(NoticeKind::LockedOut { may_unlock: true }) => Some((Key::PRIMARY_UNLOCK, Recovery::Unlock)),
        Some(NoticeKind::LinkSpent { may_recover: true }) => Some((Key::RECOVER_PASSWORD_TITLE, Recovery::Password)),
        _ => None,
    };
    let unlocks_above = way_out.is_some_and(|(_, recovery)| recovery == Recovery::Unlock);
    let offers_unlock = step.offers_unlock && !unlocks_above && screen.secret_clear_count > 0;
    let has_name = !step.username.is_empty();
    let label = if step.without_password { Key::PRIMARY_NEXT } else { Key::PRIMARY_SUBMIT };
    let body = html! {
        <>
            {
                field(widget, Field {
                    label: widget.say(Key::PRIMARY_USERNAME).into(),
                    name: "username",
                    autocomplete: "username",
                    initial: step.username.clone(),
                    is_first: !has_name || step.without_password,
                    invalid: widget.message_about(screen, FieldName::Username),
                    ..Field::default()
                })
            }
            if !step.without_password {
                {
                    secret(widget, Secret {
                        label: widget.say(Key::PRIMARY_PASSWORD).into(),
                        name: "password",
                        autocomplete: "current-password",
                        is_first: has_name,
                        invalid: widget.message_about(screen, FieldName::Password),
                        ..Secret::default()
                    })
                }
            }
            if widget.options.remember_me { { checkbox("remember", widget.say(Key::PRIMARY_REMEMBER), step.remembered) } }
            { submit(widget, screen, widget.say(label)) }
            if step.offers_recovery { { submit_as(screen, widget.say(Key::PRIMARY_FORGOT), FORGOT) } }
        </>
    };
    let footer = html! {
        <>
            if offers_unlock { { submit_as(screen, widget.say(Key::PRIMARY_UNLOCK), UNLOCK) } }
            if step.offers_registration { { submit_as(screen, widget.say(Key::PRIMARY_SIGNUP), SIGN_UP) } }
            if screen.transaction.is_some() { { footer_actions(widget, screen) } }
        </>
    };
    let title = widget.say(Key::PRIMARY_TITLE).into();
    panel_with_action(
        Panel { widget, screen, title, body, footer, read },
        way_out.map(|(label, recovery)| {
            let open = Intent::OpenRecovery { recovery, username: String::new() };
            plain_button(widget.say(label), widget.on(open), false)
        }),
    )
}

// The names of these parts in the shape of a static form (`embed/static_form.rs`).
const FORGOT: &str = "recovery";
const UNLOCK: &str = "unlock";
const SIGN_UP: &str = "registration";

/// What the person wants who submitted the static form, by the button with this value.
pub(crate) fn submitted_early(form: web_sys::HtmlFormElement, pressed: String) -> Option<Intent> {
    read(&Values::submitted_early(form, pressed))
}

fn read(values: &Values) -> Option<Intent> {
    let username = values.text("username");
    Some(match values.pressed() {
        Some(FORGOT) => Intent::OpenRecovery { recovery: Recovery::Password, username },
        Some(UNLOCK) => Intent::OpenRecovery { recovery: Recovery::Unlock, username },
        Some(SIGN_UP) => Intent::Registration(RegistrationIntent::Open { username }),
        _ => Intent::SignIn {
            username,
            password: Password::new(values.text("password")),
            remember_username: values.ticked("remember").unwrap_or(false),
        },
    })
}
