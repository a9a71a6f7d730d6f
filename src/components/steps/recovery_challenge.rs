//! A recovery code was sent: type it. A mail was sent: nothing more can be done here, and the person is told
//! what to do next. The words are the same whether or not the org knows the name.

use super::mfa_challenge::resend;
use super::mfa_required::prove_code;
use super::{paragraph, ways_out};
use crate::authn::Channel;
use crate::components::context::Widget;
use crate::components::factors::code_field;
use crate::components::form::{Panel, Read, link_button, panel, plain_button, submit};
use crate::flow::step::{Recovery, RecoveryChallenge};
use crate::flow::{Intent, Screen};
use crate::text::Key;
use yew::prelude::*;

/// The code's form, or the way to the mail.
pub(crate) fn recovery_challenge(widget: &Widget, screen: &Screen, step: &RecoveryChallenge) -> Html {
    let by_code = step.envelope.links.next("verify").is_some();
    let (title, body, footer, read): (Key, Html, Html, Read) = if by_code {
        (Key::RecoverCodeTitle, code(widget, screen, step), ways_out(widget, screen), prove_code)
    } else {
        let back = link_button(widget.say(Key::ActionStartOver), widget.on(Intent::Cancel));
        (Key::RecoverMailTitle, mail(widget, step), back, |_| None)
    };
    panel(Panel { widget, screen, title: widget.say(title).into(), body, footer, read })
}

fn code(widget: &Widget, screen: &Screen, step: &RecoveryChallenge) -> Html {
    let key = if step.channel == Channel::Call { Key::RecoverCodeCall } else { Key::RecoverCodeSms };
    // A page that took the transaction up does not know the name.
    let sent = if step.username.is_empty() {
        widget.say(Key::VerifySentCode).to_owned()
    } else {
        widget.fill(key, "username", &step.username)
    };
    html! {
        <>
            { paragraph(sent) }
            { code_field(widget, screen, true) }
            { submit(widget, screen, widget.say(Key::VerifySubmit)) }
            if screen.step.offers("resend") { { resend(widget, screen, Key::VerifyResend) } }
        </>
    }
}

fn mail(widget: &Widget, step: &RecoveryChallenge) -> Html {
    let recovery = Recovery::of(&step.envelope);
    let key = if recovery == Recovery::Unlock { Key::RecoverMailUnlock } else { Key::RecoverMailPassword };
    let again = Intent::OpenRecovery { recovery, username: step.username.clone() };
    html! {
        <>
            { paragraph(widget.fill(key, "username", &step.username)) }
            { paragraph(widget.say(Key::RecoverMailHint)) }
            { plain_button(widget.say(Key::RecoverMailAgain), widget.on(again), false) }
        </>
    }
}
