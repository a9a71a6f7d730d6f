//! Signing up: the published fields, each with what is wrong with it, and the password's rules ticked while
//! they are typed. Password managers find a user name and a new password in one form.

use super::new_password::list;
use super::pauses::pause;
use crate::authn::Password;
use crate::authn::transaction::User;
use crate::components::context::Widget;
use crate::components::factors::{number, phone_fields};
use crate::components::form::{Panel, Secret, Values, link_button, panel, submit};
use crate::flow::password::rules;
use crate::flow::register::Register;
use crate::flow::{Intent, Screen, SignUp};
use crate::hook::form::{LOGIN_FIELDS, PASSWORD};
use crate::hook::{Field, FieldKind, Form};
use crate::text::{Key, field_label, wrong};
use std::rc::Rc;
use yew::prelude::*;

/// The form, or a word that it is on its way.
pub(crate) fn register(widget: &Widget, screen: &Screen, step: &Rc<Register>) -> Html {
    let Some(form) = &step.form else {
        let leave = widget.on(Intent::SignUp(SignUp::Leave { username: String::new() }));
        let footer = link_button(widget.say(Key::ActionStartOver), leave);
        return pause(widget, screen, Key::RegisterTitle, Key::RegisterLoading, footer);
    };
    let body = html! {
        <>
            <Fields widget={widget.clone()} busy={screen.busy} step={Shared(step.clone())} form={form.clone()} />
            { submit(widget, screen, widget.say(Key::RegisterSubmit)) }
        </>
    };
    // It submits, so that what was typed comes along.
    let footer = html! {
        <button type="submit" class="oaw-link" value={LEAVE}>{ widget.say(Key::ActionStartOver) }</button>
    };
    panel(Panel { widget, screen, title: widget.say(Key::RegisterTitle).into(), body, footer, read })
}

/// What the names of published fields begin with, so that none is taken for one of ours.
const PUBLISHED: &str = "field_";
const NEW_PASSWORD: &str = "new_password";
const LEAVE: &str = "leave";

fn read(values: &Values) -> Option<Intent> {
    let typed = values.texts_beginning(PUBLISHED);
    Some(Intent::SignUp(match values.pressed() {
        Some(LEAVE) => SignUp::Leave { username: Typed::of(values).login },
        _ => SignUp::Send { typed, phone: number(values), password: Password::new(values.text(NEW_PASSWORD)) },
    }))
}

/// What the rules are about.
#[derive(Clone, Default)]
struct Typed {
    password: String,
    login: String,
    first_name: String,
    last_name: String,
}

impl Typed {
    fn of(values: &Values) -> Self {
        let text = |name: &str| values.text(&[PUBLISHED, name].concat());
        let logins = LOGIN_FIELDS.map(text);
        Self {
            password: values.text(NEW_PASSWORD),
            login: logins.into_iter().find(|text| !text.is_empty()).unwrap_or_default(),
            first_name: text("firstName"),
            last_name: text("lastName"),
        }
    }

    fn user(&self) -> User {
        let text = |text: &str| Some(text.to_owned());
        User {
            id: None,
            login: text(&self.login),
            first_name: text(&self.first_name),
            last_name: text(&self.last_name),
        }
    }
}

/// A step. Equal when it is the same.
#[derive(Clone)]
struct Shared(Rc<Register>);

impl PartialEq for Shared {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// The fields, with what is typed for the rules.
struct Fields(Typed);

#[derive(Properties, PartialEq)]
struct FieldsProps {
    widget: Widget,
    busy: bool,
    step: Shared,
    form: Rc<Form>,
}

impl Component for Fields {
    type Message = Option<Typed>;
    type Properties = FieldsProps;

    fn create(_ctx: &Context<Self>) -> Self {
        Self(Typed::default())
    }

    fn update(&mut self, _ctx: &Context<Self>, typed: Option<Typed>) -> bool {
        self.0 = typed.unwrap_or_default();
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let FieldsProps { widget, busy, step, form } = ctx.props();
        let oninput = ctx.link().callback(|event: InputEvent| Values::around(&event).map(|values| Typed::of(&values)));
        let one = |(place, field): (usize, &Field)| {
            let told = step.0.wrong.iter().find(|(name, _)| *name == field.name);
            let told = told.map(|(_, problem)| wrong(widget.text, problem));
            let id = told.is_some().then(|| widget.element_id(&["wrong-", &field.name].concat()));
            let label = field_label(widget.text, field);
            let is_phone = form.phone() == Some(field);
            let control = if field.name == PASSWORD {
                html! {
                    <Secret
                        widget={widget.clone()} {label} name={NEW_PASSWORD} autocomplete="new-password" busy={*busy}
                        is_first={place == 0} invalid={id.clone()}
                    />
                }
            } else if is_phone {
                phone_fields(widget, place == 0, &label, id.clone())
            } else {
                let initial = if is_login(form, field) { step.0.username.clone() } else { String::new() };
                text_field(field, label, place == 0, initial, id.clone())
            };
            html! {
                <div class="oaw-published" key={field.name.clone()}>
                    { control }
                    if let Some(told) = told { <p {id} class="oaw-hint oaw-wrong">{ told }</p> }
                    if field.name == PASSWORD {
                        { list(widget, &rules(&form.policy, Some(&self.0.user())), &self.0.password) }
                    }
                </div>
            }
        };
        html! { <div class="oaw-stack" {oninput}>{ for form.fields.iter().enumerate().map(one) }</div> }
    }
}

/// Whether it is the field for what a person signs in with.
fn is_login(form: &Form, field: &Field) -> bool {
    let named = |names: &[&str]| form.fields.iter().find(|field| names.contains(&&*field.name));
    named(&["login", "userName"]).or_else(|| named(&["email"])) == Some(field)
}

fn text_field(field: &Field, label: String, is_first: bool, initial: String, invalid: Option<AttrValue>) -> Html {
    let (kind, inputmode) = match field.kind {
        FieldKind::Email => ("email", Some("email")),
        FieldKind::Tel => ("tel", Some("tel")),
        FieldKind::Password => ("password", None),
        _ => ("text", None),
    };
    let name = [PUBLISHED, &field.name].concat();
    let autocomplete = field.autocomplete.clone().unwrap_or_else(|| "on".to_owned());
    html! {
        <div class="oaw-field">
            <label>
                <span class="oaw-label">{ label }</span>
                <input
                    class="oaw-input" type={kind} {name} {autocomplete} {inputmode}
                    maxlength={field.max_length.map(|most| most.to_string())}
                    data-initial={(!initial.is_empty()).then_some(initial)}
                    autocapitalize={if field.kind == FieldKind::Text { "words" } else { "none" }} spellcheck="false"
                    data-first={is_first.then_some("")} aria-required={field.required.then_some("true")}
                    aria-invalid={invalid.is_some().then_some("true")} aria-describedby={invalid}
                />
            </label>
        </div>
    }
}
