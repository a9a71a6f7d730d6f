//! The steps of the transaction machine, one file each. Not here: the start form, or factor management.

pub(super) mod challenge_parts;
mod confirm;
mod consent;
mod device;
pub(super) mod enroll_form;
pub(super) mod enroll_question;
pub(super) mod mfa_challenge;
mod mfa_enroll;
pub(super) mod mfa_enroll_activate;
pub(super) mod mfa_required;
mod new_password;
mod profile;
mod push_activate;
pub(super) mod qrcode;
mod recovery;
mod recovery_challenge;
mod registration;

use super::context::Widget;
use super::status_pages::{asking_for_tokens, leaving, leaving_to_other_site, poll, resuming, signed_in, unsupported};
use sign_in_flow::transaction::device::Device;
use sign_in_flow::transaction::enroll::EnrollStep;
use sign_in_flow::transaction::recovery::Recovery;
use sign_in_flow::transaction::verify::VerifyStep;
use sign_in_flow::{Leaving, Screen, TransactionStep};
use yew::prelude::*;

/// A step as markup.
pub(crate) fn view(widget: &Widget, screen: &Screen, step: &TransactionStep) -> Html {
    match step {
        TransactionStep::Resuming(_) => resuming(widget, screen),
        TransactionStep::Verify(verify) => match &verify.step {
            VerifyStep::Choose(step) => mfa_required::mfa_required(widget, screen, verify, step),
            VerifyStep::Challenge(step) => mfa_challenge::mfa_challenge(widget, screen, verify, step),
        },
        TransactionStep::Enroll(enroll) => match &enroll.step {
            EnrollStep::List(step) => mfa_enroll::mfa_enroll(widget, screen, step),
            EnrollStep::Form(step) => enroll_form::enroll_form(widget, screen, step),
            EnrollStep::Activate(step) => mfa_enroll_activate::mfa_enroll_activate(widget, screen, step),
        },
        TransactionStep::Password(step) => new_password::new_password(widget, screen, step),
        TransactionStep::Recovery(Recovery::Form(step)) => recovery::recover(widget, screen, step),
        TransactionStep::Recovery(Recovery::Challenge(step)) => {
            recovery_challenge::recovery_challenge(widget, screen, step)
        }
        TransactionStep::Recovery(Recovery::Question(step)) => recovery::recovery_question(widget, screen, step),
        TransactionStep::Registration(step) => registration::registration(widget, screen, step),
        TransactionStep::Consent(step) => consent::consent(widget, screen, step),
        TransactionStep::Profile(step) => profile::profile(widget, screen, step),
        TransactionStep::Device(Device::Ask { user_code }) => device::device_activate(widget, screen, user_code),
        TransactionStep::Device(Device::Ended(ending)) => device::device_ending(widget, screen, ending),
        TransactionStep::Poll(_) => poll(widget, screen),
        TransactionStep::Unsupported => unsupported(widget, screen),
        TransactionStep::Leaving(Leaving::ToOtherSite) => leaving_to_other_site(widget, screen),
        TransactionStep::Confirm(step) => confirm::confirm(widget, screen, step),
        TransactionStep::Tokens(_) => asking_for_tokens(widget, screen),
        TransactionStep::Leaving(_) => leaving(widget, screen),
        TransactionStep::SignedIn => signed_in(widget, screen),
        TransactionStep::Returned => Html::default(),
    }
}
