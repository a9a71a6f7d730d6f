//! Name and password, or the name alone. Password managers find a user name and a current password in one
//! form.

use super::ways_out;
use crate::authn::Password;
use crate::components::context::Widget;
use crate::components::form::{Field, Panel, Secret, Values, checkbox, field, panel, submit, submit_as};
use crate::flow::step::{Recovery, Start};
use crate::flow::{FieldName, Intent, Screen, SignUp};
use crate::text::Key;
use yew::prelude::*;

/// The start form.
pub(crate) fn start(widget: &Widget, screen: &Screen, step: &Start) -> Html {
    let touch = {
        let dispatch = widget.dispatch.clone();
        Callback::from(move |_: InputEvent| dispatch.emit(Intent::Touch))
    };
    let named = !step.username.is_empty();
    let label = if step.without_password { Key::PrimaryNext } else { Key::PrimarySubmit };
    let body = html! {
        <div class="oaw-stack" oninput={touch}>
            {
                field(Field {
                    label: widget.say(Key::PrimaryUsername).into(),
                    name: "username",
                    autocomplete: "username",
                    initial: step.username.clone(),
                    is_first: !named || step.without_password,
                    invalid: widget.message_about(screen, FieldName::Username),
                    ..Field::default()
                })
            }
            if !step.without_password {
                <Secret
                    widget={widget.clone()} label={widget.say(Key::PrimaryPassword)} name="password"
                    autocomplete="current-password" busy={screen.busy} is_first={named}
                    invalid={widget.message_about(screen, FieldName::Password)}
                />
            }
            if widget.options.remember_me { { checkbox("remember", widget.say(Key::PrimaryRemember), step.remembered) } }
            { submit(widget, screen, widget.say(label)) }
        </div>
    };
    let footer = html! {
        <>
            if step.offers_recovery { { submit_as(screen, widget.say(Key::PrimaryForgot), FORGOT) } }
            if step.offers_unlock { { submit_as(screen, widget.say(Key::PrimaryUnlock), UNLOCK) } }
            if step.offers_registration { { submit_as(screen, widget.say(Key::PrimarySignup), SIGN_UP) } }
            if step.envelope.is_some() { { ways_out(widget, screen) } }
        </>
    };
    panel(Panel { widget, screen, title: widget.say(Key::PrimaryTitle).into(), body, footer, read })
}

const FORGOT: &str = "forgot";
const UNLOCK: &str = "unlock";
const SIGN_UP: &str = "sign-up";

/// What the person wants who submitted the static form, by the button with this value.
#[cfg(feature = "first-form")]
pub(crate) fn held(form: web_sys::HtmlFormElement, pressed: String) -> Option<Intent> {
    read(&Values::held(form, pressed))
}

fn read(values: &Values) -> Option<Intent> {
    let username = values.text("username");
    Some(match values.pressed() {
        Some(FORGOT) => Intent::OpenRecovery { recovery: Recovery::Password, username },
        Some(UNLOCK) => Intent::OpenRecovery { recovery: Recovery::Unlock, username },
        Some(SIGN_UP) => Intent::SignUp(SignUp::Open { username }),
        _ => Intent::SignIn {
            username,
            password: Password::new(values.text("password")),
            keep_username: values.ticked("remember").unwrap_or(false),
        },
    })
}
