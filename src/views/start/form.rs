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
    let edited = {
        let dispatch = widget.dispatch.clone();
        Callback::from(move |_: InputEvent| dispatch.emit(Intent::Edit))
    };
    let has_name = !step.username.is_empty();
    let label = if step.without_password { Key::PRIMARY_NEXT } else { Key::PRIMARY_SUBMIT };
    let body = html! {
        <div class="oaw-stack" oninput={edited}>
            {
                field(Field {
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
        </div>
    };
    let footer = html! {
        <>
            if step.offers_recovery { { submit_as(screen, widget.say(Key::PRIMARY_FORGOT), FORGOT) } }
            if step.offers_unlock { { submit_as(screen, widget.say(Key::PRIMARY_UNLOCK), UNLOCK) } }
            if step.offers_registration { { submit_as(screen, widget.say(Key::PRIMARY_SIGNUP), SIGN_UP) } }
            if screen.transaction.is_some() { { footer_actions(widget, screen) } }
        </>
    };
    let title = widget.say(Key::PRIMARY_TITLE).into();
    panel_with_action(Panel { widget, screen, title, body, footer, read }, unlock(widget, screen, step))
}

/// The button in the message that the account is locked.
fn unlock(widget: &Widget, screen: &Screen, step: &StartForm) -> Option<Html> {
    let is_locked = screen.notice.as_ref().is_some_and(|notice| matches!(notice.kind, NoticeKind::LockedOut));
    let unlock = Intent::OpenRecovery { recovery: Recovery::Unlock, username: String::new() };
    let button = || plain_button(widget.say(Key::PRIMARY_UNLOCK), widget.on(unlock), false);
    (is_locked && step.offers_unlock).then(button)
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
