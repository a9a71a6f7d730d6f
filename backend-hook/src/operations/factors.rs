//! The caller's factors. Each operation on one begins with the caller's own list: an id that is not in it is
//! no one's, and the org is never asked about it.

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

/// The caller's factor of this id.
async fn own(hook: &Hook, caller: &Caller, FactorId(id): &FactorId) -> Result<Factor, Problem> {
    let factors = hook.org.factors(caller.id()).await?;
    factors.into_iter().find(|factor| factor.id == *id).ok_or_else(|| Code::NotFound.into())
}
