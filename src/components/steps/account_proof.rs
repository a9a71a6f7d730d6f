//! Proving one of one's own factors, taking one away, and the fresh proof that this asks for.

use super::about::{sentence, target, title};
use super::account::back;
use super::mfa_challenge::{authenticator, code_sent, resend};
use super::mfa_required::{prove_answer, prove_code};
use super::paragraph;
use crate::authn::{Factor, Password};
use crate::components::context::Widget;
use crate::components::factors::{answer_field, choices, code_field, detail, password_field};
use crate::components::form::{Panel, Read, Values, panel, submit};
use crate::flow::way::{self, Proving};
use crate::flow::{Intent, Manage, Screen};
use crate::text::{Key, factor_name, question};
use yew::prelude::*;

/// What the factor asks.
pub(super) fn proving(widget: &Widget, screen: &Screen, factor: &Factor, waiting: bool) -> Html {
    let way = way::proving(factor.kind());
    let (asked, read): (Html, Read) = match way {
        Proving::Push => (push(widget, screen, factor, waiting), |_| Some(Intent::Resend)),
        Proving::Authenticator => (authenticator(widget, screen, factor), |_| Some(Intent::AskAgain)),
        Proving::Answer => {
            let field = answer_field(widget, screen, &question(widget.text, factor));
            (html! { <>{ field }{ submit(widget, screen, widget.say(Key::VerifySubmit)) }</> }, prove_answer)
        }
        _ => (code(widget, screen, factor, way == Proving::SentCode), prove_code),
    };
    panel(Panel { widget, screen, title: title(widget, Some(factor)), body: asked, footer: back(widget), read })
}

fn code(widget: &Widget, screen: &Screen, factor: &Factor, was_sent: bool) -> Html {
    html! {
        <>
            { code_sent(widget, factor) }
            { code_field(widget, screen, true) }
            { submit(widget, screen, widget.say(Key::VerifySubmit)) }
            if was_sent { { resend(widget, screen, Key::VerifyResend) } }
        </>
    }
}

fn push(widget: &Widget, screen: &Screen, factor: &Factor, waiting: bool) -> Html {
    let key = if waiting { Key::VerifyPushSent } else { Key::VerifyPushClosed };
    html! {
        <>
            <div role="status">{ sentence(factor, widget.fill(key, "device", target(widget, factor))) }</div>
            if waiting { <p class="oaw-wait"><span class="oaw-spinner" aria-hidden="true" /></p> }
            { resend(widget, screen, Key::VerifyResendPush) }
        </>
    }
}

/// Whether it goes.
pub(super) fn removing(widget: &Widget, screen: &Screen, factor: &Factor) -> Html {
    let name = factor_name(widget.text, factor);
    let body = html! {
        <>
            { sentence(factor, detail(factor).cloned().unwrap_or_else(|| name.to_string())) }
            { paragraph(widget.say(Key::AccountRemoveText)) }
            { submit(widget, screen, widget.say(Key::AccountRemove)) }
        </>
    };
    let title = widget.fill(Key::AccountRemoveTitle, "factor", &name).into();
    let read = |_: &Values| Some(Intent::Manage(Manage::Confirm));
    panel(Panel { widget, screen, title, body, footer: back(widget), read })
}

/// A fresh proof is asked for: the password, or another factor.
pub(super) fn vouching(widget: &Widget, screen: &Screen, factor: &Factor, ways: &[Factor]) -> Html {
    let name = factor_name(widget.text, factor);
    let body = html! {
        <>
            { paragraph(widget.fill(Key::AccountVouchText, "factor", &name)) }
            { password_field(widget, screen) }
            { submit(widget, screen, widget.say(Key::AccountVouchSubmit)) }
            if !ways.is_empty() {
                <h3 class="oaw-subtitle">{ widget.say(Key::VerifySwitch) }</h3>
                { choices(widget, ways, None) }
            }
        </>
    };
    let title = widget.say(Key::AccountVouchTitle).into();
    let read = |values: &Values| Some(Intent::Manage(Manage::Password(Password::new(values.text("password")))));
    panel(Panel { widget, screen, title, body, footer: back(widget), read })
}
