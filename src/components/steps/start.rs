//! Name and password.

use super::{StepProps, busy, describe, message};
use crate::authn::Password;
use crate::components::context::use_widget;
use crate::components::factors::ticked;
use crate::components::form::{Checkbox, Field, Panel, Secret, submit, value_of};
use crate::flow::step::Start;
use crate::flow::{FieldName, Intent};
use crate::text::Key;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The start form. Password managers find a user name and a current password in one form.
#[component]
pub(crate) fn StartView(props: &StepProps<Start>) -> Html {
    let widget = use_widget();
    let (username, password, keep) = (use_node_ref(), use_node_ref(), use_node_ref());
    let StepProps { screen, step } = props;
    let (no_username, call_username) = describe(&widget, screen, FieldName::Username);
    let (no_password, call_password) = describe(&widget, screen, FieldName::Password);
    let first = widget.focuses_first(screen);
    {
        // A name that is known already may come after the first render; the focus goes on to what is missing.
        let password = password.clone();
        use_effect_with(step.username.clone(), move |username| {
            if first
                && !username.is_empty()
                && let Some(input) = password.cast::<HtmlInputElement>()
            {
                let _refused = input.focus();
            }
        });
    }
    let onsubmit = {
        let (dispatch, username, password, keep) =
            (widget.dispatch.clone(), username.clone(), password.clone(), keep.clone());
        Callback::from(move |()| {
            dispatch.emit(Intent::SignIn {
                username: value_of(&username),
                password: Password::new(value_of(&password)),
                keep_username: ticked(&keep).unwrap_or(false),
            });
        })
    };
    let touch = widget.on::<InputEvent>(Intent::Touch);
    html! {
        <Panel
            id={widget.element_id("title")} title={widget.say(Key::PrimaryTitle)} busy={screen.busy}
            message={message(&widget, screen)} {onsubmit}
        >
            <Field
                label={widget.say(Key::PrimaryUsername)} name="username" node={username} autocomplete="username"
                initial={step.username.clone()} autofocus={first && step.username.is_empty()}
                call={call_username} invalid={no_username} oninput={touch.clone()}
            />
            <Secret
                label={widget.say(Key::PrimaryPassword)} name="password" node={password} autocomplete="current-password"
                show={widget.say(Key::PasswordShow)} hide={widget.say(Key::PasswordHide)} caps={widget.say(Key::PasswordCaps)}
                busy={screen.busy} clear={screen.refusals}
                call={call_password} invalid={no_password} oninput={touch}
            />
            if widget.options.remember_me {
                <Checkbox
                    label={widget.say(Key::PrimaryRemember)} name="remember" node={keep} ticked={step.remembered}
                />
            }
            { submit(widget.say(Key::PrimarySubmit), &busy(&widget, screen)) }
        </Panel>
    }
}
