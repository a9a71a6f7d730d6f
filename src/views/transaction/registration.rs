//! Signing up: the published fields, each with what is wrong with it, and the password's rules ticked while
//! they are typed. Password managers find a user name and a new password in one form.

use crate::text::{Key, field_label, field_problem};
use crate::views::context::Widget;
use crate::views::factors::{AboutPhone, phone_entry, phone_fields};
use crate::views::form::{
    NEW_PASSWORD, PUBLISHED, Panel, PasswordRules, RULES, Rules, Secret, Typed, Values, link_button, panel, secret,
    submit,
};
use crate::views::status_pages::status_page;
use okta_authn::Password;
use sign_in_flow::hook::form::PASSWORD;
use sign_in_flow::hook::{Field, FieldKind, Form};
use sign_in_flow::transaction::registration::{FieldProblem, Registration};
use sign_in_flow::{Intent, RegistrationIntent, Screen};
use std::rc::Rc;
use yew::prelude::*;

/// The form, or a word that it is on its way.
pub(crate) fn registration(widget: &Widget, screen: &Screen, step: &Registration) -> Html {
    let Some(form) = &step.form else {
        let leave = widget.on(Intent::Registration(RegistrationIntent::Leave { username: String::new() }));
        let footer = link_button(widget.say(Key::ACTION_START_OVER), leave);
        return status_page(widget, screen, Key::REGISTER_TITLE, Key::REGISTER_LOADING, footer);
    };
    let body = html! {
        <>
            { fields(widget, step, form) }
            { submit(widget, screen, widget.say(Key::REGISTER_SUBMIT)) }
        </>
    };
    // It submits, so that what was typed comes along.
    let footer = html! {
        <button type="submit" class="oaw-link" value={LEAVE}>{ widget.say(Key::ACTION_START_OVER) }</button>
    };
    panel(Panel { widget, screen, title: widget.say(Key::REGISTER_TITLE).into(), body, footer, read })
}

const LEAVE: &str = "leave";

fn read(values: &Values) -> Option<Intent> {
    let typed = values.texts_beginning(PUBLISHED);
    Some(Intent::Registration(match values.pressed() {
        Some(LEAVE) => RegistrationIntent::Leave { username: Typed::of(values).login },
        _ => RegistrationIntent::Submit {
            values: typed,
            phone: phone_entry(values),
            password: Password::new(values.text(NEW_PASSWORD)),
        },
    }))
}

/// The fields, with the password's rules after its own.
fn fields(widget: &Widget, step: &Registration, form: &Rc<Form>) -> Html {
    let markup = |(place, published): (usize, &Field)| field(widget, step, form, place, published);
    let end = form.fields.iter().position(|field| field.name == PASSWORD).map_or(form.fields.len(), |place| place + 1);
    let mut fields = form.fields.iter().enumerate().map(markup);
    let before = html! { <>{ for fields.by_ref().take(end) }</> };
    let after = html! { <>{ for fields }</> };
    html! { <PasswordRules widget={widget.clone()} rules={Rules::Form(form.clone())} {before} {after} /> }
}

fn field(widget: &Widget, step: &Registration, form: &Form, place: usize, field: &Field) -> Html {
    let problem = step.problems.iter().find(|(name, _)| *name == field.name);
    let lacks_country = problem.is_some_and(|(_, problem)| *problem == FieldProblem::Country);
    let problem = problem.map(|(_, problem)| field_problem(widget.text, field, problem));
    let id = problem.is_some().then(|| widget.element_id(&["wrong-", &field.name].concat()));
    let hint = (is_username(field) && !field.required).then(|| widget.element_id("username-hint"));
    let label = field_label(widget.text, field);
    let is_first = place == 0;
    let control = if field.name == PASSWORD {
        secret(
            widget,
            Secret {
                label: label.into(),
                name: NEW_PASSWORD,
                autocomplete: "new-password",
                is_first,
                invalid: id.clone(),
                about: Some(widget.element_id(RULES)),
                ..Secret::default()
            },
        )
    } else if form.phone() == Some(field) {
        phone_fields(widget, is_first, &label, AboutPhone::of(id.clone(), lacks_country), None)
    } else {
        let initial = if is_login(form, field, &step.username) { step.username.clone() } else { String::new() };
        text_field(widget, field, label, is_first, initial, id.clone().or_else(|| hint.clone()), id.is_some())
    };
    let edited = Intent::Registration(RegistrationIntent::Edit(field.name.clone()));
    let oninput = widget.dispatch.reform(move |_: InputEvent| edited.clone());
    html! {
        <div class="oaw-published" key={field.name.clone()} {oninput}>
            { control }
            if let Some(problem) = problem {
                <p {id} class="oaw-hint oaw-wrong">{ problem }</p>
            } else if hint.is_some() {
                <p id={hint} class="oaw-hint">{ widget.say(Key::REGISTER_USERNAME_HINT) }</p>
            }
        </div>
    }
}

fn is_username(field: &Field) -> bool {
    matches!(&*field.name, "login" | "userName")
}

/// Whether it is the field for what the person typed to sign in with.
fn is_login(form: &Form, field: &Field, typed: &str) -> bool {
    let email = form.fields.iter().find(|field| field.name == "email");
    let username = form.fields.iter().find(|field| is_username(field));
    let login = if typed.contains('@') { email.or(username) } else { username.or(email) };
    login == Some(field)
}

/// A field for text. Shared with the questions of the org about a person.
pub(super) fn text_field(
    widget: &Widget,
    field: &Field,
    label: String,
    is_first: bool,
    initial: String,
    description: Option<AttrValue>,
    is_invalid: bool,
) -> Html {
    let (kind, inputmode) = match field.kind {
        FieldKind::Email => ("email", Some("email")),
        FieldKind::Tel => ("tel", Some("tel")),
        FieldKind::Password => ("password", None),
        _ => ("text", None),
    };
    let is_text = field.kind == FieldKind::Text && !is_username(field);
    let dir = if is_text { widget.text.own_direction() } else { widget.text.left_to_right() };
    let name = [PUBLISHED, &field.name].concat();
    let autocapitalize = if is_text { "words" } else { "none" };
    let autocomplete = field.autocomplete.clone().unwrap_or_else(|| "on".to_owned());
    html! {
        <div class="oaw-field">
            <label>
                <span class="oaw-label">{ label }</span>
                <input
                    class="oaw-input" type={kind} {name} {autocomplete} {inputmode} {dir}
                    maxlength={field.max_length.map(|most| most.to_string())}
                    data-initial={(!initial.is_empty()).then_some(initial)}
                    {autocapitalize} autocorrect="off" spellcheck="false" enterkeyhint="go"
                    data-first={is_first.then_some("")} aria-required={field.required.then_some("true")}
                    aria-invalid={is_invalid.then_some("true")} aria-describedby={description}
                />
            </label>
        </div>
    }
}
