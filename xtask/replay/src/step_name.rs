//! The name of a step, for reports and for tests. The widget's own tests use this file too. Not here: the data of a step.

use okta_authn_widget::tools::PreviewStep;

/// The name of this step.
pub fn step_name(step: &PreviewStep) -> &'static str {
    match step {
        PreviewStep::Start(step) => step.name(),
        PreviewStep::Transaction(step) => step.name(),
        PreviewStep::Manage(..) => "manage",
    }
}
