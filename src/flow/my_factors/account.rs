//! What a person sees of their own factors. Never here: markup, or what is merely in flight.

use crate::authn::Factor;
use crate::authn::factor::Question;
use crate::flow::Step;
use crate::hook::Enrolled;
use std::rc::Rc;

/// Data of [`Step::Account`].
#[derive(Clone, Debug)]
pub struct Account {
    /// The factors there are, as far as they are known.
    pub factors: Rc<[Enrolled]>,
    /// What the person is doing.
    pub doing: Doing,
}

/// What a person is doing with their factors.
#[derive(Clone, Debug)]
pub enum Doing {
    /// The list is fetched.
    Looking,
    /// Nobody is signed in; where to do that.
    SignedOut(Option<String>),
    /// Looks at the list.
    Listing,
    /// Chooses what to set up.
    Choosing(Rc<[Factor]>),
    /// Says what setting it up needs.
    Describing {
        /// The new factor.
        factor: Factor,
        /// The org's security questions, as far as they are known.
        questions: Rc<[Question]>,
    },
    /// Proves a new factor for the first time.
    Activating(Enrolled),
    /// Proves one that is set up.
    Proving {
        /// The factor.
        factor: Factor,
        /// A phone is asked, and its answer awaited.
        waiting: bool,
    },
    /// Is asked whether this one goes.
    Removing(Factor),
    /// Has to prove something before this one goes.
    Vouching {
        /// The factor that goes.
        factor: Factor,
        /// What can be proved, besides the password.
        ways: Rc<[Factor]>,
    },
}

impl Doing {
    /// The factor it is about.
    pub fn factor(&self) -> Option<&Factor> {
        match self {
            Self::Looking | Self::SignedOut(_) | Self::Listing | Self::Choosing(_) => None,
            Self::Describing { factor, .. }
            | Self::Proving { factor, .. }
            | Self::Removing(factor)
            | Self::Vouching { factor, .. } => Some(factor),
            Self::Activating(enrolled) => Some(&enrolled.factor),
        }
    }
}

impl Account {
    /// As a step.
    pub(super) fn step(factors: Rc<[Enrolled]>, doing: Doing) -> Step {
        Step::Account(Rc::new(Self { factors, doing }))
    }
}
