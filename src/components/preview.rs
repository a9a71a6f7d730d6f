//! A screen as a component without a machine, for tools that render one. Not here: anything that a page shows.

use crate::views::{self, Widget};
use sign_in_flow::hook::Enrolled;
use sign_in_flow::manage::ManageStep;
use sign_in_flow::{Screen, SignInMachine, StartStep, Step, TransactionStep};
use std::rc::Rc;
use yew::prelude::*;

/// A step of any machine.
#[derive(Clone, Debug, PartialEq)]
pub enum PreviewStep {
    /// Of the start machine.
    Start(StartStep),
    /// Of the transaction machine.
    Transaction(Box<TransactionStep>),
    /// Of factor management, with the list.
    Manage(Box<ManageStep>, Rc<[Enrolled]>),
}

impl From<&SignInMachine> for PreviewStep {
    fn from(machine: &SignInMachine) -> Self {
        match machine.step() {
            Step::Start(step) => Self::Start(step.clone()),
            Step::Transaction(step) => Self::Transaction(Box::new(step.clone())),
        }
    }
}

/// Props of [`Preview`].
#[derive(Properties, PartialEq)]
pub struct PreviewProps {
    /// What views may use.
    #[prop_or_default]
    pub widget: Widget,
    /// What all steps share.
    pub screen: Screen,
    /// The step.
    pub step: PreviewStep,
}

/// A screen.
#[component]
pub fn Preview(props: &PreviewProps) -> Html {
    let PreviewProps { widget, screen, step } = props;
    match step {
        PreviewStep::Start(step) => views::start::view(widget, screen, step),
        PreviewStep::Transaction(step) => views::transaction::view(widget, screen, step),
        PreviewStep::Manage(step, factors) => views::manage::view(widget, screen, step, factors),
    }
}
