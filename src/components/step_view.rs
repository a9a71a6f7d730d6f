//! The one match on [`Step`]. Never here: markup of a step.

use super::context::Widget;
use super::steps;
use crate::flow::hand_on::FIRST_FORM;
use crate::flow::{Screen, Step};
use yew::prelude::*;

/// A screen as markup.
pub(super) fn step_view(widget: &Widget, screen: &Screen) -> Html {
    match &screen.step {
        Step::Start(step) => steps::start(widget, screen, step),
        Step::Session(session) => steps::session(widget, screen, session),
        Step::Resuming => steps::resuming(widget, screen),
        Step::Leaving => steps::leaving(widget, screen),
        Step::SignedIn => steps::signed_in(widget, screen),
        Step::Unsupported(envelope) => steps::unsupported(widget, screen, envelope),
        // Handed on to the other bundle.
        _ if FIRST_FORM => Html::default(),
        Step::MfaRequired(step) => steps::mfa_required(widget, screen, step),
        Step::MfaChallenge(step) => steps::mfa_challenge(widget, screen, step),
        Step::MfaEnroll(step) => steps::mfa_enroll(widget, screen, step),
        Step::EnrollForm(step) => steps::enroll_form(widget, screen, step),
        Step::MfaEnrollActivate(step) => steps::mfa_enroll_activate(widget, screen, step),
        Step::Password(step) => steps::new_password(widget, screen, step),
        Step::Recover(step) => steps::recover(widget, screen, step),
        Step::Register(step) => steps::register(widget, screen, step),
        Step::Account(account) => steps::account(widget, screen, account),
        Step::RecoveryChallenge(step) => steps::recovery_challenge(widget, screen, step),
        Step::RecoveryQuestion(step) => steps::recovery_question(widget, screen, step),
        Step::Consent(step) => steps::consent(widget, screen, step),
        Step::DeviceActivate(step) => steps::device_activate(widget, screen, step),
        Step::DeviceEnding(ending) => steps::device_ending(widget, screen, ending),
        Step::Poll(_) => steps::poll(widget, screen),
    }
}

/// Draws a screen for nobody.
#[cfg(not(feature = "first-form"))]
pub(crate) fn rehearse(options: super::ViewOptions, screen: &Screen) {
    drop(step_view(&Widget { options, ..Widget::default() }, screen));
}

/// Props of [`StepView`].
#[cfg(feature = "ssr")]
#[derive(Properties, PartialEq)]
pub struct StepViewProps {
    /// The widget around it.
    #[prop_or_default]
    pub widget: Widget,
    /// What to show.
    pub screen: Screen,
}

/// A screen as a component: for tools that draw one without a widget.
#[cfg(feature = "ssr")]
#[component]
pub fn StepView(props: &StepViewProps) -> Html {
    step_view(&props.widget, &props.screen)
}
