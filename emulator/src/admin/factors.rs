//! A user's factors: list, catalog, read, delete.

use serde_json::Value;

use super::{not_found, user, user_id};
use crate::{
    call::{Call, Refusal, Reply},
    error::ApiError,
    org::{
        Org,
        factor::Factor,
        kind::Kind,
        log::{EventType, Party},
        user::User,
    },
    wire::admin::factor,
};

/// `GET .../factors`.
pub(crate) fn list(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let user = user(org, call)?;
    let active = user.factors.iter().map(|one| factor::active(org, &user, one));
    let pending = user.pending.iter().map(|one| factor::pending(org, &user, one));
    Ok(Reply::Json(active.chain(pending).collect()))
}

/// `GET .../factors/catalog`: the factors of the user's policy; those that a policy of Okta can name if it lists none.
pub(crate) fn catalog(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let user = user(org, call)?;
    let policy = org.enroll_policy(&user)?;
    let listed = |kind: &Kind| match &*policy.factors {
        // The password is no factor unless a policy says so; clients do not know its name here.
        [] => kind.is_in_every_org() && *kind != Kind::Password,
        factors => factors.iter().any(|(one, _)| one == kind),
    };
    let offered: Vec<Value> =
        Kind::all().filter(listed).map(|kind| factor::offered(org, &user, policy, kind)).collect();
    Ok(Reply::Json(offered.into()))
}

/// `GET .../factors/{id}`.
pub(crate) fn read(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let user = user(org, call)?;
    let id = call.in_path("factor");
    let active = user.factor(id).map(|one| factor::active(org, &user, one));
    let pending = user.pending.iter().find(|one| one.factor.id == id).map(|one| factor::pending(org, &user, one));
    Ok(Reply::Json(active.or(pending).ok_or_else(|| not_found(id, "UserFactor"))?))
}

/// `DELETE .../factors/{id}`.
pub(crate) fn delete(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let id = user_id(org, call)?;
    let wanted = call.in_path("factor");
    let user = org.user_mut(&id)?;
    let before = user.factors.len() + user.pending.len();
    if user.factors.iter().any(|one| one.id == wanted && !one.proves()) {
        user.recovery_question = None;
    }
    let removed = user.factors.iter().find(|one| one.id == wanted).map(Party::factor);
    let target = Party::user(user);
    user.factors.retain(|one| one.id != wanted);
    user.pending.retain(|one| one.factor.id != wanted);
    if user.factors.len() + user.pending.len() == before {
        return Err(not_found(wanted, "UserFactor").into());
    }
    if let Some(removed) = removed {
        org.log(call.now, EventType::FactorRemoved, Party::program(), vec![target, removed]);
    }
    Ok(Reply::Nothing)
}

/// The active factor in the path.
pub(super) fn active(user: &User, call: &Call) -> Result<Factor, ApiError> {
    let id = call.in_path("factor");
    user.factor(id).cloned().ok_or_else(|| not_found(id, "UserFactor"))
}
