//! The user's factors. Each operation on a factor first fetches the user's own list: an id that is not in it is not
//! found, and no request about it is sent to the org.

pub mod enroll;
mod kind;
pub mod list;
pub mod remove;
pub mod verify;
mod view;

use crate::{
    hook::Hook,
    http::{Caller, FactorId},
    org::factors::Factor,
    problem::{Code, Problem},
};

/// Whether a factor of the user can prove who they are: then nothing less does.
pub(super) fn can_prove(caller: &Caller, factors: &[Factor]) -> bool {
    factors.iter().any(|factor| caller.is_proved_by(factor) && kind::ProvedBy::of(&factor.factor_type).is_some())
}

/// The user's factor with this id.
async fn own(hook: &Hook, caller: &Caller, FactorId(id): &FactorId) -> Result<Factor, Problem> {
    let factors = hook.org.factors(caller.id()).await?;
    factors.into_iter().find(|factor| factor.id == *id).ok_or_else(|| Code::NotFound.into())
}
