//! How does it look? A view for every step, and the root that lets the machine decide and the runtime do.
//! Never here: fetching, timers, navigation, or a rule about what happens next.
//!
//! [`SignIn`] is the root, [`MyFactors`] that of one's own factors, `step_view` the one match on [`crate::flow::Step`]. Steps are plain functions
//! from data to markup, one file each in `steps`; `factors` has what they share about factors, `form` the
//! controls. What is typed lives in the form alone and is read by name when it is submitted
//! (`form/values.rs`), so only what must remember something between two renders is a component of its own.

mod context;
mod factors;
mod focus;
mod form;
mod my_factors;
mod regions;
mod sign_in;
mod step_view;
mod steps;

#[cfg(not(feature = "first-form"))]
pub(crate) use step_view::rehearse;
#[cfg(feature = "first-form")]
pub(crate) use steps::held;

pub use context::{Region, ViewOptions, Widget};
pub use my_factors::{MyFactors, MyFactorsProps};
pub use sign_in::{STATIC_MARK, Same, SignIn, SignInProps};
#[cfg(feature = "ssr")]
pub use step_view::{StepView, StepViewProps};
