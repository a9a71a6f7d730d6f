//! A new password, with its rules ticked while it is typed. Password managers find the user name, the old
//! and the new password in one form.

use crate::text::{Key, password_title};
use crate::views::context::Widget;
use crate::views::factors::username_of;
use crate::views::form::{
    NEW_PASSWORD, Panel, PasswordRules, RULES, Rules, Secret, Values, checkbox, is_disabled, panel, plain_button,
    secret, submit,
};
use crate::views::parts::{footer_actions, paragraph, unless_dead_end};
use okta_authn::{Password, RecoveryType};
use sign_in_flow::transaction::password::{NewPassword, PasswordReason};
use sign_in_flow::{FieldName, Intent, NoticeKind, Screen};
use yew::prelude::*;

/// The form; or the site where the password lives.
pub(crate) fn new_password(widget: &Widget, screen: &Screen, step: &NewPassword) -> Html {
    let about = screen.transaction.as_ref();
    // Who was invited has neither an old password nor other devices.
    let is_new = about.is_some_and(|about| about.recovery_type == Some(RecoveryType::AccountActivation));
    let name = about.and_then(|about| about.user.as_ref()?.first_name.as_deref()).unwrap_or_default();
    let title = password_title(widget.text, step.reason, is_new.then_some(name)).into();
    let skip = screen.offers("skip");
    let body = html! {
        <>
            if matches!(step.reason, PasswordReason::ExpiresIn(_)) { { paragraph(widget.say(Key::PASSWORD_WARN_TEXT)) } }
            if let Some(site) = &step.external_site {
                { paragraph(widget.fill(Key::PASSWORD_ELSEWHERE, "site", &site.title)) }
                <a class="oaw-button oaw-button-primary" href={site.href.clone()} rel="noopener noreferrer">
                    { widget.text.fill(Key::PASSWORD_ELSEWHERE_GO, &[("site", &site.title), ("origin", &site.origin)]) }
                </a>
            } else {
                { unless_dead_end(widget, screen, || form(widget, screen, step, is_new)) }
            }
            if skip { { plain_button(widget.say(Key::PASSWORD_LATER), widget.on(Intent::Skip), is_disabled(screen)) } }
        </>
    };
    panel(Panel { widget, screen, title, body, footer: footer_actions(widget, screen), read })
}

fn form(widget: &Widget, screen: &Screen, step: &NewPassword, is_new: bool) -> Html {
    let is_reset = step.reason == PasswordReason::Reset;
    let label = if is_reset { Key::PASSWORD_RESET_SUBMIT } else { Key::PASSWORD_SUBMIT };
    html! {
        <>
            { fields(widget, screen, step, !is_reset) }
            if !is_new { { checkbox("revoke", widget.say(Key::PASSWORD_REVOKE), false) } }
            { submit(widget, screen, widget.say(label)) }
        </>
    }
}

fn read(values: &Values) -> Option<Intent> {
    let password = |name| Password::new(values.text(name));
    let revoke_sessions = values.ticked("revoke").unwrap_or(false);
    let (old, new, again) = (password("old_password"), password(NEW_PASSWORD), password("new_password_again"));
    Some(Intent::ChangePassword { old, new, again, revoke_sessions })
}

const SHOW_OLD: (Key, Key) = (Key::PASSWORD_OLD_SHOW, Key::PASSWORD_OLD_HIDE);
const SHOW_NEW: (Key, Key) = (Key::PASSWORD_NEW_SHOW, Key::PASSWORD_NEW_HIDE);
const SHOW_AGAIN: (Key, Key) = (Key::PASSWORD_AGAIN_SHOW, Key::PASSWORD_AGAIN_HIDE);

fn fields(widget: &Widget, screen: &Screen, step: &NewPassword, with_old: bool) -> Html {
    let kind = screen.notice.as_ref().map(|notice| &notice.kind);
    // What was not at fault stays.
    let keeps_new = matches!(kind, Some(NoticeKind::WrongOldPassword));
    let password = |label: Key, name: &'static str, field: FieldName, reveal: (Key, Key)| {
        let is_old = field == FieldName::OldPassword;
        secret(
            widget,
            Secret {
                label: widget.say(label).into(),
                name,
                autocomplete: if is_old { "current-password" } else { "new-password" },
                reveal,
                is_first: is_old || (field == FieldName::NewPassword && !with_old),
                empties: is_old == keeps_new,
                invalid: widget.message_about(screen, field),
                about: (field == FieldName::NewPassword).then(|| widget.element_id(RULES)),
                ..Secret::default()
            },
        )
    };
    let before = html! {
        <>
            { username_of(screen) }
            if with_old { { password(Key::PASSWORD_OLD, "old_password", FieldName::OldPassword, SHOW_OLD) } }
            { password(Key::PASSWORD_NEW, NEW_PASSWORD, FieldName::NewPassword, SHOW_NEW) }
        </>
    };
    let after = password(Key::PASSWORD_AGAIN, "new_password_again", FieldName::NewPasswordAgain, SHOW_AGAIN);
    html! { <PasswordRules widget={widget.clone()} rules={Rules::Of(step.rules.clone())} {before} {after} /> }
}
