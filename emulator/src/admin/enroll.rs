//! Enrolling a factor for a user: start, activate, resend, poll.

use super::{not_found, user};
use crate::{
    authn::{
        enroll::{MAX_TRIES, add_factor},
        message,
        new_factor::{data, refused},
        proof, push, start,
    },
    call::{Call, Refusal, Reply},
    error::{self, ApiError},
    org::{
        Org,
        factor::{Factor, FactorData, Phone},
        kind::Kind,
        transaction::{Awaited, PendingEnrollment},
        user::User,
    },
    wire::admin::factor,
};

/// `POST .../factors`.
pub(crate) fn enroll(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let user = user(org, call)?;
    let (factor_type, provider) = (call.input.required("factorType")?, call.input.required("provider")?);
    let kind = Kind::from_wire(factor_type, provider)
        .ok_or_else(|| refused(format!("{factor_type} of {provider} can not be enrolled")))?;
    // In an upgraded org only the first Okta Verify is enrolled by this API.
    let maximum = if org.is_upgraded() && kind == Kind::Push { 1 } else { org.enroll_policy(&user)?.maximum(kind) };
    if user.count(kind) >= maximum {
        return Err(refused("A factor of this type is already set up.").into());
    }
    let known = known_phone(&user, kind);
    let data = data(org, call, &User { mobile_phone: known, ..user.clone() }, kind)?;
    let factor = Factor::new(org.random.id(kind.prefix()), kind, data, call.now);
    let at_once = matches!(factor.data, FactorData::Question(_) | FactorData::Token(_));
    let by_message = matches!(kind, Kind::Sms | Kind::Call | Kind::Email);
    if at_once || by_message && call.asks_for("activate") {
        return activated(org, call, &user, factor);
    }
    let awaited = start::activation(org, call, &user, &factor)?;
    let enrollment = PendingEnrollment { factor, awaited, may_skip: false, wrong_tries: 0 };
    let shown = factor::pending(org, &user, &enrollment);
    let user = org.user_mut(&user.id)?;
    user.pending.retain(|one| one.factor.kind != kind);
    user.pending.push(enrollment);
    Ok(Reply::Json(shown))
}

/// The phone number that a new one would replace: that of a pending enrollment only.
fn known_phone(user: &User, kind: Kind) -> Option<Phone> {
    user.pending.iter().filter(|one| one.factor.kind == kind).find_map(|one| match &one.factor.data {
        FactorData::Phone(phone) => Some(phone.clone()),
        _ => None,
    })
}

fn activated(org: &mut Org, call: &Call, user: &User, factor: Factor) -> Result<Reply, Refusal> {
    let id = factor.id.clone();
    org.user_mut(&user.id)?.pending.retain(|one| one.factor.kind != factor.kind);
    add_factor(org, call.now, &user.id, factor)?;
    let user = org.user(&user.id)?;
    let factor = user.factor(&id).ok_or(error::INTERNAL)?;
    Ok(Reply::Json(factor::active(org, user, factor)))
}

fn begun(user: &User, call: &Call) -> Result<PendingEnrollment, ApiError> {
    let id = call.in_path("factor");
    let found = user.pending.iter().find(|one| one.factor.id == id);
    found.cloned().ok_or_else(|| not_found(id, "UserFactor"))
}

/// Stores the enrollment.
fn keep(org: &mut Org, user: &User, enrollment: &PendingEnrollment) -> Result<(), ApiError> {
    for one in &mut org.user_mut(&user.id)?.pending {
        if one.factor.id == enrollment.factor.id {
            one.clone_from(enrollment);
        }
    }
    Ok(())
}

/// `POST .../factors/{id}/lifecycle/activate`.
pub(crate) fn activate(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let user = user(org, call)?;
    let mut enrollment = begun(&user, call)?;
    if !proof::is_present(call) {
        return match &mut enrollment.awaited {
            Awaited::NewApp(app) if app.timed_out => {
                *app = start::new_app(org, call.now);
                keep(org, &user, &enrollment)?;
                Ok(Reply::Json(factor::waiting(org, &user, &enrollment)))
            }
            _ => poll(org, call),
        };
    }
    let checked = proof::check(org, call, &user, &mut enrollment.factor, Some(&enrollment.awaited));
    if matches!(&checked, Err(Refusal::Api(refused)) if refused.code == error::INVALID_PASSCODE) {
        enrollment.wrong_tries += 1;
    }
    keep(org, &user, &enrollment)?;
    if enrollment.wrong_tries > MAX_TRIES {
        return Err(error::RATE_LIMIT.into());
    }
    checked?;
    activated(org, call, &user, enrollment.factor)
}

/// `POST .../factors/{id}/lifecycle/activate/poll`.
pub(crate) fn poll(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let user = user(org, call)?;
    let mut enrollment = begun(&user, call)?;
    let Awaited::NewApp(app) = &mut enrollment.awaited else {
        return Err(error::MISSING.because("passCode: The field cannot be left blank").into());
    };
    if app.set_up {
        return activated(org, call, &user, enrollment.factor);
    }
    app.timed_out = app.expires <= call.now;
    keep(org, &user, &enrollment)?;
    Ok(Reply::Json(factor::waiting(org, &user, &enrollment)))
}

/// `POST .../factors/{id}/lifecycle/activate/{email|sms}`.
pub(crate) fn send_link(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let user = user(org, call)?;
    let enrollment = begun(&user, call)?;
    push::send(org, call, &user, &enrollment)?;
    Ok(Reply::Json(factor::waiting(org, &user, &enrollment)))
}

/// `POST .../factors/{id}/resend`.
pub(crate) fn resend(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let user = user(org, call)?;
    let enrollment = begun(&user, call)?;
    let channel = message::channel(enrollment.factor.kind).ok_or(error::NOT_PERMITTED)?;
    message::send_code(org, call, &user, &enrollment.factor, channel)?;
    Ok(Reply::Json(factor::pending(org, &user, &enrollment)))
}
