//! The rules of a new password between the fields of its form, ticked while the person types. Not here: the fields.

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
pub(crate) struct PasswordRules(Typed);

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
#[derive(Default)]
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
    type Message = Option<Typed>;
    type Properties = PasswordRulesProps;

    fn create(_ctx: &Context<Self>) -> Self {
        Self(Typed::default())
    }

    fn update(&mut self, _ctx: &Context<Self>, typed: Option<Typed>) -> bool {
        self.0 = typed.unwrap_or_default();
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let PasswordRulesProps { widget, rules, before, after } = ctx.props();
        let oninput = ctx.link().callback(|event: InputEvent| Values::around(&event).map(|values| Typed::of(&values)));
        let rules = match rules {
            Rules::Of(rules) => list(widget, rules, &self.0.password),
            Rules::Form(form) => list(widget, &password_rules(&form.policy, Some(&self.0.user())), &self.0.password),
        };
        html! { <div class="oaw-stack" {oninput}>{ before.clone() }{ rules }{ after.clone() }</div> }
    }
}

fn list(widget: &Widget, rules: &[PasswordRule], typed: &str) -> Html {
    if rules.is_empty() {
        return Html::default();
    }
    let is_age = |one: &&PasswordRule| matches!(one, PasswordRule::Age(_));
    let (ages, rules): (Vec<_>, Vec<_>) = rules.iter().partition(is_age);
    html! {
        <div class="oaw-rules">
            if !rules.is_empty() {
                <p class="oaw-small">{ widget.say(Key::PASSWORD_RULES) }</p>
                <ul>{ for rules.into_iter().map(|one| item(widget, one, typed)) }</ul>
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
