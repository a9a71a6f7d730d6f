//! When the browser is asked for its countries and regions: once, when a phone number is asked for. Never here:
//! their names.

use super::context::Widget;
use crate::effects;
use crate::flow::hand_on::FIRST_FORM;
use crate::flow::way::{Enrolling, enrolling};
use crate::flow::{Screen, Step, way};

impl Widget {
    /// Asks for them where this screen needs them and they are not there yet.
    pub(super) fn ask_regions(&mut self, screen: &Screen) {
        if !FIRST_FORM && self.regions.is_empty() && asks_for_phone(screen) {
            self.regions = effects::regions();
        }
    }
}

/// Whether there is a field for a phone number, with its country.
fn asks_for_phone(screen: &Screen) -> bool {
    let kind = screen.step.factor().map(crate::authn::Factor::kind);
    match &screen.step {
        Step::Register(step) => step.form.as_ref().is_some_and(|form| form.phone().is_some()),
        Step::EnrollForm(_) | Step::Account(_) => kind.is_some_and(|kind| enrolling(kind) == Enrolling::Phone),
        Step::MfaEnrollActivate(_) => kind.is_some_and(|kind| way::proving(kind) == way::Proving::Push),
        _ => false,
    }
}
