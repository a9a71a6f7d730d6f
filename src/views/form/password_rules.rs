//! The rules of a new password between the fields of its form, ticked as the fields are: while the person types, and
//! when a refused password is emptied. Not here: the fields.

use super::values::Values;
use crate::text::{Key, rule};
use crate::views::context::Widget;
use okta_authn::transaction::User;
use okta_authn::{PasswordRule, password_rules};
use sign_in_flow::hook::Form;
use sign_in_flow::hook::form::LOGIN_FIELDS;
use std::rc::Rc;
use yew::prelude::*;

/// The name of the field for a new password.
pub(crate) const NEW_PASSWORD: &str = "new_password";
/// The id of the rules, which describe that field.
pub(crate) const RULES: &str = "rules";
/// What the names of published fields begin with, so that none is taken for one of the widget's own.
pub(crate) const PUBLISHED: &str = "field_";

/// Where the rules come from.
#[derive(Clone)]
pub(crate) enum Rules {
    /// The transaction.
    Of(Rc<[PasswordRule]>),
    /// A registration form; they depend on the name that is typed there.
    Form(Rc<Form>),
}

/// The form's fields, with the rules between them.
pub(crate) struct PasswordRules {
    typed: Typed,
    root: NodeRef,
}

/// Props of [`PasswordRules`].
#[derive(Properties)]
pub(crate) struct PasswordRulesProps {
    pub(crate) widget: Widget,
    pub(crate) rules: Rules,
    /// The fields before the rules.
    pub(crate) before: Html,
    /// The fields after them.
    pub(crate) after: Html,
}

/// It is rendered with its form: to compare the markup would take longer.
impl PartialEq for PasswordRulesProps {
    fn eq(&self, _other: &Self) -> bool {
        false
    }
}

/// What the rules are about.
#[derive(Default, PartialEq)]
pub(crate) struct Typed {
    password: String,
    pub(crate) login: String,
    first_name: String,
    last_name: String,
}

impl Typed {
    /// Reads it from the form.
    pub(crate) fn of(values: &Values) -> Self {
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

impl Component for PasswordRules {
    /// What the fields contain may have changed.
    type Message = ();
    type Properties = PasswordRulesProps;

    fn create(_ctx: &Context<Self>) -> Self {
        Self { typed: Typed::default(), root: NodeRef::default() }
    }

    fn update(&mut self, _ctx: &Context<Self>, (): ()) -> bool {
        let typed = Values::around(&self.root).map(|values| Typed::of(&values)).unwrap_or_default();
        let changed = self.typed != typed;
        self.typed = typed;
        changed
    }

    /// A field is emptied after the render that says so, and before this message is handled.
    fn rendered(&mut self, ctx: &Context<Self>, _first_render: bool) {
        ctx.link().send_message(());
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let PasswordRulesProps { widget, rules, before, after } = ctx.props();
        let oninput = ctx.link().callback(|_: InputEvent| ());
        let typed = &self.typed;
        let (username, rules) = match rules {
            Rules::Of(rules) => (Html::default(), list(widget, rules, &typed.password)),
            Rules::Form(form) => {
                let rules = password_rules(&form.policy, Some(&typed.user()));
                (username_field(&typed.login), list(widget, &rules, &typed.password))
            }
        };
        html! {
            <div ref={self.root.clone()} class="oaw-stack" {oninput}>
                { username }{ before.clone() }{ rules }{ after.clone() }
            </div>
        }
    }
}

/// The name that password managers file a password under, where the form does not ask for it, or asks in a field that may
/// stay empty.
pub(crate) fn username_field(login: &str) -> Html {
    let value = login.to_owned();
    html! { <input type="text" name="username" autocomplete="username" {value} readonly=true hidden=true /> }
}

fn list(widget: &Widget, rules: &[PasswordRule], typed: &str) -> Html {
    let is_age = |one: &&PasswordRule| matches!(one, PasswordRule::Age(_));
    let (ages, rules): (Vec<_>, Vec<_>) = rules.iter().partition(is_age);
    // Without a rule it is there too, because the field names it.
    html! {
        <div id={widget.element_id(RULES)} class="oaw-rules">
            if !rules.is_empty() {
                <p class="oaw-small">{ widget.say(Key::PASSWORD_RULES) }</p>
                <ul role="list">{ for rules.into_iter().map(|one| item(widget, one, typed)) }</ul>
            }
            // About changing, not about the new one.
            { for ages.into_iter().map(|one| html! { <p class="oaw-small">{ rule(widget.text, one) }</p> }) }
        </div>
    }
}

fn item(widget: &Widget, one: &PasswordRule, typed: &str) -> Html {
    let text = rule(widget.text, one);
    let state = |key| html! { <span class="oaw-hidden">{ ", " }{ widget.say(key) }</span> };
    // Written out: a class that is no literal brings a set of classes into the program.
    match one.is_met(typed).filter(|_| !typed.is_empty()) {
        Some(true) => html! { <li class="oaw-rule oaw-rule-met">{ text }{ state(Key::RULE_MET) }</li> },
        Some(false) => html! { <li class="oaw-rule">{ text }{ state(Key::RULE_UNMET) }</li> },
        None => html! { <li class="oaw-rule">{ text }</li> },
    }
}
