//! One file per step, and the ways out that all of them share. Never here: a decision.
#![allow(clippy::unnecessary_wraps, reason = "whoever reads a form has the type `Read`")]

mod about;
mod account;
mod account_list;
mod account_proof;
mod account_set_up;
mod consent;
mod device;
mod enroll_form;
mod enroll_question;
mod mfa_challenge;
mod mfa_enroll;
mod mfa_enroll_activate;
mod mfa_required;
mod new_password;
mod pauses;
mod push_activate;
mod recover;
mod recovery_challenge;
mod register;
mod session;
mod start;

pub(super) use account::account;
pub(super) use consent::consent;
pub(super) use device::{device_activate, device_ending};
pub(super) use enroll_form::enroll_form;
pub(super) use mfa_challenge::mfa_challenge;
pub(super) use mfa_enroll::mfa_enroll;
pub(super) use mfa_enroll_activate::mfa_enroll_activate;
pub(super) use mfa_required::mfa_required;
pub(super) use new_password::new_password;
pub(super) use pauses::{leaving, poll, resuming, signed_in, unsupported};
pub(super) use recover::{recover, recovery_question};
pub(super) use recovery_challenge::recovery_challenge;
pub(super) use register::register;
pub(super) use session::session;
#[cfg(feature = "first-form")]
pub(crate) use start::held;
pub(super) use start::start;

use super::context::Widget;
use super::form::link_button;
use crate::flow::{Intent, Screen, Step};
use crate::text::Key;
use yew::prelude::*;

/// Back and Cancel, as far as the org offers them. Where it offers no cancel, starting over is ours to do.
fn ways_out(widget: &Widget, screen: &Screen) -> Html {
    let step = &screen.step;
    let cancel = if step.offers("cancel") { Key::ActionCancel } else { Key::ActionStartOver };
    let back = step.offers("prev") || matches!(step, Step::EnrollForm(_));
    html! {
        <>
            if back { { link_button(widget.say(Key::ActionBack), widget.on(Intent::Back)) } }
            { link_button(widget.say(cancel), widget.on(Intent::Cancel)) }
        </>
    }
}

/// What to show of a form whose link the org did not publish: it could not be sent.
fn unless_dead_end(widget: &Widget, screen: &Screen, form: impl FnOnce() -> Html) -> Html {
    if screen.step.offers("next") {
        return form();
    }
    let status = screen.step.envelope().map_or("", |envelope| envelope.status.as_str());
    paragraph(widget.fill(Key::UnsupportedText, "status", status))
}

/// A paragraph.
fn paragraph(text: impl Into<AttrValue>) -> Html {
    let text: AttrValue = text.into();
    html! { <p class="oaw-text">{ text }</p> }
}
