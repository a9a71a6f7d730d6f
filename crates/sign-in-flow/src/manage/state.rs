//! The steps of factor management, each with its data. Not here: markup, or what is in progress.

use crate::hook::Enrolled;
use crate::poll;
use crate::sign_in_event::LOADING;
use crate::timers::PollPlan;
use okta_authn::Factor;
use okta_authn::factor::Question;
use std::rc::Rc;

/// What a person is doing with their factors.
#[derive(Clone, Debug, PartialEq)]
pub enum ManageStep {
    /// The list is being fetched for the first time.
    Loading,
    /// Nobody is signed in; where to sign in.
    SignedOut(Option<String>),
    /// Nobody can be signed in at the hook, because of the org's engine.
    Unavailable,
    /// The list.
    List {
        /// The factor whose challenge is being started, to test it.
        testing: Option<Factor>,
    },
    /// What can be set up.
    Catalog(Rc<[Factor]>),
    /// What setting a factor up needs.
    Form(EnrollDetails),
    /// The first proof of a new factor.
    Activate(Enrolled),
    /// The proof of a factor.
    Prove(Proof),
    /// Whether this factor is to be removed.
    ConfirmRemoval(Factor),
    /// A fresh proof is needed before a factor is added or removed.
    Reauthenticate(Reauthenticate),
}

/// Data of [`ManageStep::Form`].
#[derive(Clone, Debug, PartialEq)]
pub struct EnrollDetails {
    /// The new factor.
    pub factor: Factor,
    /// The org's security questions, as far as they are known.
    pub questions: Rc<[Question]>,
    /// The catalog it was chosen from.
    pub(super) catalog: Rc<[Factor]>,
}

/// Data of [`ManageStep::Prove`].
#[derive(Clone, Debug, PartialEq)]
pub struct Proof {
    /// The factor.
    pub factor: Factor,
    /// The transaction of a push that waits for the phone.
    pub(super) push: Option<String>,
    /// What the proof is for.
    pub(super) purpose: ProofPurpose,
}

/// What a proof is for.
#[derive(Clone, Debug, PartialEq)]
pub enum ProofPurpose {
    /// To test the factor.
    Test,
    /// To remove this factor.
    Removal(Box<Factor>),
    /// To add a factor of this catalog.
    Addition(Rc<[Factor]>),
}

/// Data of [`ManageStep::Reauthenticate`].
#[derive(Clone, Debug, PartialEq)]
pub struct Reauthenticate {
    /// What the proof is for.
    pub(super) purpose: ProofPurpose,
    /// The factors that can be proved. Without any, the password is.
    pub methods: Rc<[Factor]>,
    /// The one whose challenge is being started.
    pub(super) chosen: Option<Box<Factor>>,
}

impl Proof {
    /// Whether a phone was asked, and its answer is awaited.
    pub fn is_waiting(&self) -> bool {
        self.push.is_some()
    }
}

impl ManageStep {
    /// The name of the step.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Loading => LOADING,
            Self::SignedOut(_) => "signed-out",
            Self::Unavailable => "unavailable",
            Self::List { .. } => "list",
            Self::Catalog(_) => "catalog",
            Self::Form(_) => "enroll-form",
            Self::Activate(_) => "enroll-activate",
            Self::Prove(_) => "prove",
            Self::ConfirmRemoval(_) => "confirm-removal",
            Self::Reauthenticate(_) => "reauthenticate",
        }
    }

    /// The factor that the step is about.
    pub fn factor(&self) -> Option<&Factor> {
        match self {
            Self::Form(EnrollDetails { factor, .. })
            | Self::Prove(Proof { factor, .. })
            | Self::ConfirmRemoval(factor) => Some(factor),
            Self::Activate(enrolled) => Some(&enrolled.factor),
            _ => None,
        }
    }

    /// What a proof is for, or would be: what the hook may refuse for want of one.
    pub(super) fn purpose(&self) -> ProofPurpose {
        match self {
            Self::ConfirmRemoval(factor) => ProofPurpose::Removal(Box::new(factor.clone())),
            Self::Catalog(catalog) | Self::Form(EnrollDetails { catalog, .. }) => {
                ProofPurpose::Addition(catalog.clone())
            }
            Self::Prove(Proof { purpose, .. }) | Self::Reauthenticate(Reauthenticate { purpose, .. }) => {
                purpose.clone()
            }
            _ => ProofPurpose::Test,
        }
    }

    pub(super) fn poll_plan(&self) -> Option<PollPlan> {
        match self {
            Self::Prove(Proof { push: Some(_), .. }) => {
                Some(PollPlan { interval: poll::CHALLENGE, first: poll::FIRST, tells_slow: true })
            }
            _ => None,
        }
    }
}
