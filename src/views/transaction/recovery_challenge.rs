//! A recovery code was sent: type it. A mail was sent: nothing more can be done here, and the person is told
//! what to do next. The words are the same whether or not the org knows the name.

use super::challenge_parts::resend;
use super::mfa_required::prove_code;
use crate::text::Key;
use crate::views::context::Widget;
use crate::views::factors::code_field;
use crate::views::form::{Panel, Read, is_disabled, link_button, panel, plain_button, submit};
use crate::views::parts::{about, footer_actions, paragraph};
use okta_authn::{Channel, FactorKind};
use sign_in_flow::handoff::Recovery;
use sign_in_flow::transaction::recovery::RecoveryChallenge;
use sign_in_flow::{Intent, Screen};
use yew::prelude::*;

/// The code's form, or the way to the mail.
pub(crate) fn recovery_challenge(widget: &Widget, screen: &Screen, step: &RecoveryChallenge) -> Html {
    let by_code = screen.offers_next("verify");
    let (title, body, footer, read): (Key, Html, Html, Read) = if by_code {
        (Key::RECOVER_CODE_TITLE, code(widget, screen, step), footer_actions(widget, screen), prove_code)
    } else {
        let back = link_button(widget.say(Key::ACTION_START_OVER), widget.on(Intent::Cancel));
        (Key::RECOVER_MAIL_TITLE, mail(widget, step), back, |_| None)
    };
    panel(Panel { widget, screen, title: widget.say(title).into(), body, footer, read })
}

fn code(widget: &Widget, screen: &Screen, step: &RecoveryChallenge) -> Html {
    let (key, kind) = match step.channel {
        Channel::Call => (Key::RECOVER_CODE_CALL, FactorKind::Call),
        _ => (Key::RECOVER_CODE_SMS, FactorKind::Sms),
    };
    let by_email = Intent::Recover { username: step.username.clone(), channel: Channel::Email };
    // Without a name there is nothing to send: the form asks for it.
    let by_email = if step.username.is_empty() { again(step) } else { by_email };
    html! {
        <>
            { about(widget, widget.fill(key, "username", username(widget, step))) }
            { code_field(widget, screen, kind, true) }
            { submit(widget, screen, widget.say(Key::VERIFY_SUBMIT)) }
            if screen.offers("resend") { { resend(widget, screen, kind) } }
            if step.offers_email {
                { plain_button(widget.say(Key::RECOVER_EMAIL_INSTEAD), widget.on(by_email), is_disabled(screen)) }
            }
        </>
    }
}

fn mail(widget: &Widget, step: &RecoveryChallenge) -> Html {
    let key = if step.recovery == Recovery::Unlock { Key::RECOVER_MAIL_UNLOCK } else { Key::RECOVER_MAIL_PASSWORD };
    html! {
        <>
            { paragraph(widget.fill(key, "username", username(widget, step))) }
            { paragraph(widget.say(Key::RECOVER_MAIL_HINT)) }
            { plain_button(widget.say(Key::RECOVER_MAIL_AGAIN), widget.on(again(step)), false) }
        </>
    }
}

/// The form once more.
fn again(step: &RecoveryChallenge) -> Intent {
    Intent::OpenRecovery { recovery: step.recovery, username: step.username.clone() }
}

/// The name that was typed. A page that took the transaction up does not know it.
fn username<'a>(widget: &Widget, step: &'a RecoveryChallenge) -> &'a str {
    if step.username.is_empty() { widget.say(Key::RECOVER_USERNAME_UNKNOWN) } else { &step.username }
}
