//! How does it look? A view for every step, and the root that lets the machine decide and the runtime do.
//! Never here: fetching, timers, navigation, or a rule about what happens next.
//!
//! [`SignIn`] is the root, [`StepView`] the one match on [`crate::flow::Step`]. `steps` has one file per
//! step, `factors` what steps share about factors, `form` the controls, which know nothing of Okta.

mod context;
mod factors;
mod form;
mod sign_in;
mod step_view;
mod steps;

pub use context::{ViewOptions, Widget};
pub use sign_in::{SignIn, SignInProps};
pub use step_view::{StepView, StepViewProps};
