//! A challenge is under way: type its code, answer on the phone, at the key, in the frame, or on another
//! site.

use super::challenge_parts::{authenticator, code_sent, duo_frame, gone, redirect, resend, waiting};
use super::mfa_required::{app_code, prove_code};
use crate::text::{Key, factor_name};
use crate::views::context::Widget;
use crate::views::factors::{code_field, remember_device, switcher};
use crate::views::factors::{sentence, title, with_target};
use crate::views::form::{Panel, Read, Values, panel, pause, submit, submit_next};
use crate::views::parts::footer_actions;
use okta_authn::{Factor, FactorKind};
use sign_in_flow::factor_method::{VerifyMethod, verify_method};
use sign_in_flow::transaction::verify::{FactorChallenge, Verify};
use sign_in_flow::{Intent, Screen};
use yew::prelude::*;

/// What the challenge asks, and the ways round it.
pub(crate) fn mfa_challenge(widget: &Widget, screen: &Screen, verify: &Verify, step: &FactorChallenge) -> Html {
    let factor = &step.factor;
    let is_legacy = factor.challenge.as_ref().is_some_and(|challenge| challenge.is_legacy);
    let way = match verify_method(factor.kind()) {
        _ if is_legacy => VerifyMethod::Gone,
        _ if !screen.offers("next") => VerifyMethod::Unknown,
        way => way,
    };
    let current = step.factors.iter().position(|listed| listed.is_same(factor));
    let typed = matches!(way, VerifyMethod::SentCode | VerifyMethod::Code) && screen.offers_next("verify");
    let (asked, read): (Html, Read) = match way {
        _ if typed => (code_form(widget, screen, verify, step), prove_code),
        VerifyMethod::Push => (push(widget, screen, step), push_again),
        VerifyMethod::Authenticator => (authenticator(widget, screen, factor), |_| Some(Intent::AskAgain)),
        VerifyMethod::Duo => (duo_frame(widget, factor), |_| Some(Intent::AskAgain)),
        VerifyMethod::Redirect => (redirect(widget, screen, factor), |_| Some(Intent::OpenSite)),
        VerifyMethod::Gone => (gone(widget, factor), |_| None),
        _ => (named(widget, factor, Key::VERIFY_UNSUPPORTED), |_| None),
    };
    let body = html! {
        <>
            { asked }
            if screen.offers("prev") { { switcher(widget, &step.factors, current) } }
        </>
    };
    let (title, footer) = (title(widget, Some(factor)), footer_actions(widget, screen));
    panel(Panel { widget, screen, title, body, footer, read })
}

fn named(widget: &Widget, factor: &Factor, key: Key) -> Html {
    sentence(widget, factor, widget.fill(key, "factor", &factor_name(widget.text, factor)))
}

fn code_form(widget: &Widget, screen: &Screen, verify: &Verify, step: &FactorChallenge) -> Html {
    html! {
        <>
            { code_sent(widget, &step.factor) }
            // Above the code, which may be submitted as soon as it is complete.
            { remember_device(widget, verify.preferences, step.remember_device) }
            { code_field(widget, screen, step.factor.kind(), true) }
            { submit(widget, screen, widget.say(Key::VERIFY_SUBMIT)) }
            if screen.offers("resend") { { resend(widget, screen, step.factor.kind()) } }
        </>
    }
}

fn push(widget: &Widget, screen: &Screen, step: &FactorChallenge) -> Html {
    let factor = &step.factor;
    let number = factor.challenge.as_ref().and_then(|challenge| challenge.correct_answer);
    let waits = step.is_waiting;
    let key = match (waits, number) {
        (true, Some(_)) => Some(Key::VERIFY_PUSH_NUMBER),
        (true, None) => Some(Key::VERIFY_PUSH_SENT),
        // The message says how it ended.
        (false, _) => screen.notice.is_none().then_some(Key::VERIFY_PUSH_SEND),
    };
    let may_resend = screen.offers("resend") || screen.offers_next("verify");
    // The number is announced when it comes; until it has been tapped there is nothing to send again.
    html! {
        <>
            <div role="status">
                if let Some(key) = key { { with_target(widget, factor, key, "device") } }
                if let Some(number) = number.filter(|_| waits) { <p class="oaw-number">{ number }</p> }
            </div>
            if waits {
                { waiting(widget) }
                { pause(widget, screen) }
            }
            if may_resend && !waits {
                { submit_next(widget, screen, widget.say(Key::VERIFY_RESEND_PUSH)) }
            } else if may_resend && number.is_none() {
                { resend(widget, screen, FactorKind::Push) }
            }
            if step.app_code.is_some() { { app_code(widget, screen) } }
        </>
    }
}

/// A code of the app where one was typed, else another push.
fn push_again(values: &Values) -> Option<Intent> {
    let typed = !values.text("passcode").is_empty() || values.pressed().is_some();
    if typed { prove_code(values) } else { Some(Intent::Resend) }
}
