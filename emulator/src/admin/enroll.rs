//! Enrolling a factor for a user: begun, activated at once or by its proof, sent again, polled.

use super::{not_found, user};
use crate::{
    authn::{
        enroll::{MAX_TRIES, give},
        message,
        new_factor::{held, refused},
        proof, push, start,
    },
    call::{Answer, Call, Refusal},
    error::{self, ApiError},
    org::{
        Org,
        factor::{Factor, Held, Phone},
        kind::Kind,
        transaction::{Awaited, Enrolment},
        user::User,
    },
    wire::admin::factor,
};

/// `POST .../factors`.
pub(crate) fn enroll(org: &mut Org, call: &Call) -> Result<Answer, Refusal> {
    let user = user(org, call)?;
    let (factor_type, provider) = (call.input.required("factorType")?, call.input.required("provider")?);
    let kind = Kind::from_wire(factor_type, provider)
        .ok_or_else(|| refused(format!("{factor_type} of {provider} can not be enrolled")))?;
    if user.count(kind) >= org.enroll_policy(&user)?.maximum(kind) {
        return Err(refused("A factor of this type is already set up.").into());
    }
    let known = known_phone(&user, kind);
    let held = held(org, call, &User { mobile_phone: known, ..user.clone() }, kind)?;
    let factor = Factor::new(org.random.id(kind.prefix()), kind, held, call.now);
    let at_once = matches!(factor.held, Held::Question(_) | Held::Token(_));
    let by_message = matches!(kind, Kind::Sms | Kind::Call | Kind::Email);
    if at_once || by_message && call.asks_for("activate") {
        return activated(org, call, &user, factor);
    }
    let awaited = start::activation(org, call, &user, &factor)?;
    let enrolment = Enrolment { factor, awaited, may_skip: false, wrong_tries: 0 };
    let shown = factor::pending(org, &user, &enrolment);
    let user = org.user_mut(&user.id)?;
    user.pending.retain(|one| one.factor.kind != kind);
    user.pending.push(enrolment);
    Ok(Answer::Json(shown))
}

/// The number that another one would replace: only one that is being enrolled counts.
fn known_phone(user: &User, kind: Kind) -> Option<Phone> {
    user.pending.iter().filter(|one| one.factor.kind == kind).find_map(|one| match &one.factor.held {
        Held::Phone(phone) => Some(phone.clone()),
        _ => None,
    })
}

fn activated(org: &mut Org, call: &Call, user: &User, factor: Factor) -> Result<Answer, Refusal> {
    let id = factor.id.clone();
    org.user_mut(&user.id)?.pending.retain(|one| one.factor.kind != factor.kind);
    give(org, call.now, &user.id, factor)?;
    let user = org.user(&user.id)?;
    let factor = user.factor(&id).ok_or(error::INTERNAL)?;
    Ok(Answer::Json(factor::active(org, user, factor)))
}

fn begun(user: &User, call: &Call) -> Result<Enrolment, ApiError> {
    let id = call.in_path("factor");
    let found = user.pending.iter().find(|one| one.factor.id == id);
    found.cloned().ok_or_else(|| not_found(id, "UserFactor"))
}

/// Keeps how an enrolment stands now.
fn keep(org: &mut Org, user: &User, enrolment: &Enrolment) -> Result<(), ApiError> {
    for one in &mut org.user_mut(&user.id)?.pending {
        if one.factor.id == enrolment.factor.id {
            one.clone_from(enrolment);
        }
    }
    Ok(())
}

/// `POST .../factors/{id}/lifecycle/activate`.
pub(crate) fn activate(org: &mut Org, call: &Call) -> Result<Answer, Refusal> {
    let user = user(org, call)?;
    let mut enrolment = begun(&user, call)?;
    if !proof::came(call) {
        return match &mut enrolment.awaited {
            Awaited::NewApp(app) if app.timed_out => {
                *app = start::new_app(org, call.now);
                keep(org, &user, &enrolment)?;
                Ok(Answer::Json(factor::waiting(org, &user, &enrolment)))
            }
            _ => poll(org, call),
        };
    }
    let checked = proof::check(org, call, &user, &mut enrolment.factor, Some(&enrolment.awaited));
    if matches!(&checked, Err(Refusal::Api(refused)) if refused.code == error::INVALID_PASSCODE) {
        enrolment.wrong_tries += 1;
    }
    keep(org, &user, &enrolment)?;
    if enrolment.wrong_tries > MAX_TRIES {
        return Err(error::RATE_LIMIT.into());
    }
    checked?;
    activated(org, call, &user, enrolment.factor)
}

/// `POST .../factors/{id}/lifecycle/activate/poll`.
pub(crate) fn poll(org: &mut Org, call: &Call) -> Result<Answer, Refusal> {
    let user = user(org, call)?;
    let mut enrolment = begun(&user, call)?;
    let Awaited::NewApp(app) = &mut enrolment.awaited else {
        return Err(error::MISSING.because("passCode: The field cannot be left blank").into());
    };
    if app.set_up {
        return activated(org, call, &user, enrolment.factor);
    }
    app.timed_out = app.expires <= call.now;
    keep(org, &user, &enrolment)?;
    Ok(Answer::Json(factor::waiting(org, &user, &enrolment)))
}

/// `POST .../factors/{id}/lifecycle/activate/{email|sms}`.
pub(crate) fn send_link(org: &mut Org, call: &Call) -> Result<Answer, Refusal> {
    let user = user(org, call)?;
    let enrolment = begun(&user, call)?;
    push::send(org, call, &user, &enrolment)?;
    Ok(Answer::Json(factor::waiting(org, &user, &enrolment)))
}

/// `POST .../factors/{id}/resend`.
pub(crate) fn resend(org: &mut Org, call: &Call) -> Result<Answer, Refusal> {
    let user = user(org, call)?;
    let enrolment = begun(&user, call)?;
    let channel = message::channel(enrolment.factor.kind).ok_or(error::NOT_PERMITTED)?;
    message::send_code(org, call.now, &user, &enrolment.factor, channel)?;
    Ok(Answer::Json(factor::pending(org, &user, &enrolment)))
}
