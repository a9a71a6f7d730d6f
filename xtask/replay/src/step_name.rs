//! The name of a step, for reports and for tests. The widget's own tests use this file too. Not here: the data of a step.

use okta_authn_widget::tools::PreviewStep;
use sign_in_flow::transaction::device::Device;
use sign_in_flow::transaction::enroll::EnrollStep;
use sign_in_flow::transaction::recovery::Recovery;
use sign_in_flow::transaction::verify::VerifyStep;
use sign_in_flow::{StartStep, TransactionStep};

/// The name of this step.
pub fn step_name(step: &PreviewStep) -> &'static str {
    match step {
        PreviewStep::Start(step) => match step {
            StartStep::Form(_) => "start",
            StartStep::Session(_) => "session",
            StartStep::Resuming(_) => "resuming",
            StartStep::Leaving(_) => "leaving",
            StartStep::SignedIn => "signed-in",
            StartStep::Unsupported => "unsupported",
        },
        PreviewStep::Transaction(step) => transaction_step_name(step),
        PreviewStep::Manage(..) => "manage",
    }
}

fn transaction_step_name(step: &TransactionStep) -> &'static str {
    match step {
        TransactionStep::Resuming(_) => "resuming",
        TransactionStep::Verify(verify) => match verify.step {
            VerifyStep::Choose(_) => "mfa-required",
            VerifyStep::Challenge(_) => "mfa-challenge",
        },
        TransactionStep::Enroll(enroll) => match enroll.step {
            EnrollStep::List(_) => "mfa-enroll",
            EnrollStep::Form(_) => "enroll-form",
            EnrollStep::Activate(_) => "mfa-enroll-activate",
        },
        TransactionStep::Password(_) => "password",
        TransactionStep::Recovery(Recovery::Form(_)) => "recovery",
        TransactionStep::Recovery(Recovery::Challenge(_)) => "recovery-challenge",
        TransactionStep::Recovery(Recovery::Question(_)) => "recovery-question",
        TransactionStep::Registration(_) => "registration",
        TransactionStep::Consent(_) => "consent",
        TransactionStep::Profile(_) => "profile",
        TransactionStep::Device(Device::Ask { .. }) => "device-activate",
        TransactionStep::Device(Device::Ended(_)) => "device-ended",
        TransactionStep::Poll(_) => "poll",
        TransactionStep::Unsupported => "unsupported",
        TransactionStep::Confirm(_) => "confirm",
        TransactionStep::Leaving(_) => "leaving",
        TransactionStep::SignedIn => "signed-in",
        TransactionStep::Returned => "returned",
    }
}
