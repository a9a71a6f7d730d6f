//! A recovery code was sent: type it. A mail was sent: nothing more can be done here, and the person is told
//! what to do next. The words are the same whether or not the org knows the name.

use super::mfa_challenge::resend;
use super::mfa_required::prove_code;
use crate::text::Key;
use crate::views::context::Widget;
use crate::views::factors::code_field;
use crate::views::form::{Panel, Read, link_button, panel, plain_button, submit};
use crate::views::parts::{footer_actions, paragraph};
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
        (Key::RECOVER_MAIL_TITLE, mail(widget, screen, step), back, |_| None)
    };
    panel(Panel { widget, screen, title: widget.say(title).into(), body, footer, read })
}

fn code(widget: &Widget, screen: &Screen, step: &RecoveryChallenge) -> Html {
    let (key, kind) = match step.channel {
        Channel::Call => (Key::RECOVER_CODE_CALL, FactorKind::Call),
        _ => (Key::RECOVER_CODE_SMS, FactorKind::Sms),
    };
    // A page that took the transaction up does not know the name.
    let sent = if step.username.is_empty() {
        widget.say(Key::VERIFY_SENT_CODE).to_owned()
    } else {
        widget.fill(key, "username", &step.username)
    };
    html! {
        <>
            { paragraph(sent) }
            { code_field(widget, screen, kind, true) }
            { submit(widget, screen, widget.say(Key::VERIFY_SUBMIT)) }
            if screen.offers("resend") { { resend(widget, screen, Key::VERIFY_RESEND) } }
        </>
    }
}

fn mail(widget: &Widget, screen: &Screen, step: &RecoveryChallenge) -> Html {
    let recovery = screen.transaction.as_ref().map_or(Recovery::Password, |transaction| Recovery::of(transaction));
    let key = if recovery == Recovery::Unlock { Key::RECOVER_MAIL_UNLOCK } else { Key::RECOVER_MAIL_PASSWORD };
    let again = Intent::OpenRecovery { recovery, username: step.username.clone() };
    html! {
        <>
            { paragraph(widget.fill(key, "username", &step.username)) }
            { paragraph(widget.say(Key::RECOVER_MAIL_HINT)) }
            { plain_button(widget.say(Key::RECOVER_MAIL_AGAIN), widget.on(again), false) }
        </>
    }
}
