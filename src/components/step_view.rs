//! The one match on [`Step`]. Never here: markup of a step.

use super::context::use_widget;
use super::steps::{
    Activate, Challenge, EnrollList, SessionView, StartView, UnsupportedView, Verify, leaving, signed_in,
};
use crate::flow::{Screen, Step};
use yew::prelude::*;

/// Props of [`StepView`].
#[derive(Properties, PartialEq)]
pub struct StepViewProps {
    /// What to show.
    pub screen: Screen,
}

/// Shows a screen. A new step is mounted anew, so that nothing typed or focused leaks from the one before.
#[component]
pub fn StepView(props: &StepViewProps) -> Html {
    let widget = use_widget();
    let screen = &props.screen;
    let key = screen.number;
    match &screen.step {
        Step::Start(step) => html! { <StartView {key} screen={screen.clone()} step={step.clone()} /> },
        Step::Session(step) => html! { <SessionView {key} screen={screen.clone()} step={step.clone()} /> },
        Step::MfaRequired(step) => html! { <Verify {key} screen={screen.clone()} step={step.clone()} /> },
        Step::MfaChallenge(step) => html! { <Challenge {key} screen={screen.clone()} step={step.clone()} /> },
        Step::MfaEnroll(step) => html! { <EnrollList {key} screen={screen.clone()} step={step.clone()} /> },
        Step::MfaEnrollActivate(step) => html! { <Activate {key} screen={screen.clone()} step={step.clone()} /> },
        Step::Unsupported(step) => html! { <UnsupportedView {key} screen={screen.clone()} step={step.clone()} /> },
        Step::Leaving => leaving(&widget),
        Step::SignedIn => signed_in(&widget),
    }
}
