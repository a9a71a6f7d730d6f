//! What is needed once a phone number is asked for: the browser's countries and regions, and the rules of phone numbers.
//! Not here: their names; what the rules say.

use crate::effects::{self, Runtime};
use crate::text::Text;
use crate::views::Widget;
use sign_in_flow::factor_method::{EnrollMethod, VerifyMethod, enroll_method, verify_method};
use sign_in_flow::manage::ManageStep;
use sign_in_flow::transaction::TransactionStep;
use sign_in_flow::transaction::enroll::EnrollStep;
use std::rc::Rc;

impl Widget {
    /// Changes the language, which their names are in.
    pub(super) fn set_text(&mut self, text: Text) {
        self.text = text;
        self.regions = Rc::from([]);
    }

    /// Asks for both where they are needed and not there yet.
    pub(super) fn prepare_phone(&mut self, needed: bool, runtime: &Runtime) {
        if needed && self.regions.is_empty() {
            runtime.load_phone_rules();
            self.regions = effects::regions(self.text.language());
        }
    }
}

/// Whether there is a field for a phone number with its country.
pub(super) fn transaction_asks_for_phone(step: &TransactionStep) -> bool {
    match step {
        TransactionStep::Registration(step) => step.form.as_ref().is_some_and(|form| form.phone().is_some()),
        TransactionStep::Enroll(enroll) => match &enroll.step {
            EnrollStep::List(_) => false,
            EnrollStep::Form(form) => {
                form.factor().is_some_and(|factor| enroll_method(factor.kind()) == EnrollMethod::Phone)
            }
            EnrollStep::Activate(step) => verify_method(step.factor.kind()) == VerifyMethod::Push,
        },
        _ => false,
    }
}

/// The same in factor management.
pub(super) fn management_asks_for_phone(step: &ManageStep) -> bool {
    matches!(step, ManageStep::Form(form) if enroll_method(form.factor.kind()) == EnrollMethod::Phone)
}
