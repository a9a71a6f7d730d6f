//! A new password, with its rules ticked while it is typed. Password managers find the user name, the old
//! and the new password in one form.

use super::{paragraph, unless_dead_end, ways_out};
use crate::authn::Password;
use crate::components::context::Widget;
use crate::components::form::{Panel, Secret, Values, checkbox, panel, plain_button, submit};
use crate::flow::password::Rule;
use crate::flow::step::{NewPassword, PasswordReason};
use crate::flow::{FieldName, Intent, NoticeKind, Screen};
use crate::text::{Key, password_title, rule};
use std::rc::Rc;
use yew::prelude::*;

/// The form; or the site where the password lives.
pub(crate) fn new_password(widget: &Widget, screen: &Screen, step: &NewPassword) -> Html {
    let title = password_title(widget.text, step.reason).into();
    let skip = screen.step.offers("skip");
    let body = html! {
        <>
            if let Some(site) = &step.elsewhere {
                { paragraph(widget.fill(Key::PasswordElsewhere, "site", &site.title)) }
                <a class="oaw-button oaw-button-primary" href={site.href.clone()} rel="noopener noreferrer">
                    { widget.text.fill(Key::PasswordElsewhereGo, &[("site", &site.title), ("origin", &site.origin)]) }
                </a>
            } else {
                { unless_dead_end(widget, screen, || form(widget, screen, step)) }
            }
            if skip { { plain_button(widget.say(Key::PasswordLater), widget.on(Intent::Skip), screen.busy) } }
        </>
    };
    panel(Panel { widget, screen, title, body, footer: ways_out(widget, screen), read })
}

fn form(widget: &Widget, screen: &Screen, step: &NewPassword) -> Html {
    let is_reset = step.reason == PasswordReason::Reset;
    let label = if is_reset { Key::PasswordResetSubmit } else { Key::PasswordSubmit };
    html! {
        <>
            <Fields widget={widget.clone()} screen={screen.clone()} rules={step.rules.clone()} with_old={!is_reset} />
            { checkbox("revoke", widget.say(Key::PasswordRevoke), false) }
            { submit(widget, screen, widget.say(label)) }
        </>
    }
}

fn read(values: &Values) -> Option<Intent> {
    let password = |name| Password::new(values.text(name));
    let revoke_sessions = values.ticked("revoke").unwrap_or(false);
    let (old, new, again) = (password("old_password"), password("new_password"), password("new_password_again"));
    Some(Intent::ChangePassword { old, new, again, revoke_sessions })
}

/// The fields, with what is typed for the rules.
struct Fields {
    typed: String,
}

#[derive(Properties, PartialEq)]
struct FieldsProps {
    widget: Widget,
    screen: Screen,
    rules: Rc<[Rule]>,
    with_old: bool,
}

impl Component for Fields {
    type Message = String;
    type Properties = FieldsProps;

    fn create(_ctx: &Context<Self>) -> Self {
        Self { typed: String::new() }
    }

    fn update(&mut self, _ctx: &Context<Self>, typed: String) -> bool {
        self.typed = typed;
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let FieldsProps { widget, screen, rules, with_old } = ctx.props();
        let login = screen.step.envelope().and_then(|envelope| envelope.user.as_ref()?.login.clone());
        let told = screen.notice.as_ref().map(|notice| &notice.kind);
        // What was not at fault stays.
        let keeps_new = told == Some(&NoticeKind::WrongOldPassword);
        let secret = |label: Key, name: &'static str, field: FieldName| {
            let is_old = field == FieldName::OldPassword;
            let is_new = field == FieldName::NewPassword;
            let oninput = if is_new { ctx.link().callback(|typed| typed) } else { Callback::noop() };
            html! {
                <Secret
                    widget={widget.clone()} label={widget.say(label)} {name} busy={screen.busy}
                    autocomplete={if is_old { "current-password" } else { "new-password" }}
                    is_first={is_old || (is_new && !with_old)} is_secret={is_old == keeps_new}
                    invalid={widget.message_about(screen, field)} {oninput}
                />
            }
        };
        html! {
            <div class="oaw-stack">
                <input type="text" name="username" autocomplete="username" value={login} readonly=true hidden=true />
                if *with_old { { secret(Key::PasswordOld, "old_password", FieldName::OldPassword) } }
                { secret(Key::PasswordNew, "new_password", FieldName::NewPassword) }
                { list(widget, rules, &self.typed) }
                { secret(Key::PasswordAgain, "new_password_again", FieldName::NewPasswordAgain) }
            </div>
        }
    }
}

/// The rules, ticked by what is typed.
pub(super) fn list(widget: &Widget, rules: &[Rule], typed: &str) -> Html {
    if rules.is_empty() {
        return Html::default();
    }
    let item = |one: &Rule| {
        let met = one.is_met(typed).filter(|_| !typed.is_empty());
        let (class, state) = match met {
            Some(true) => ("oaw-rule oaw-rule-met", widget.say(Key::RuleMet)),
            Some(false) => ("oaw-rule", widget.say(Key::RuleUnmet)),
            None => ("oaw-rule", ""),
        };
        html! {
            <li {class}>
                { rule(widget.text, one) }
                if !state.is_empty() { <span class="oaw-hidden">{ ", " }{ state }</span> }
            </li>
        }
    };
    html! {
        <div class="oaw-rules">
            <p class="oaw-small">{ widget.say(Key::PasswordRules) }</p>
            <ul>{ for rules.iter().map(item) }</ul>
        </div>
    }
}
