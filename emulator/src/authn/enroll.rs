//! Enrolling a factor: choosing one from the list, sending its code again, asking how it stands,
//! activating it.

use crate::{
    authn::{
        message,
        new_factor::{self, refused},
        progress::{current, proceed, stay},
        proof, start,
    },
    call::{Answer, Call, Refusal},
    error::{self, ApiError},
    org::{
        Org,
        factor::{Factor, Held},
        kind::Kind,
        password::Password,
        totp::TotpDevice,
        transaction::{Awaited, Enrolment, State, Transaction},
    },
    qr,
    time::Moment,
};

/// How many wrong codes end an activation.
pub(crate) const MAX_TRIES: u32 = 5;

/// `POST .../factors`.
pub(crate) fn enroll(org: &mut Org, call: &Call) -> Result<Answer, Refusal> {
    let mut transaction = current(org, call)?;
    let State::MfaEnroll { may_skip } = transaction.state else { return Err(error::WRONG_STATE.into()) };
    let user = org.user(transaction.user()?)?.clone();
    let kind = new_factor::chosen(org, call, &user)?;
    if kind == Kind::Password {
        let profile = call.input.object("profile")?;
        let kept = user.password.hashed.as_ref().ok_or_else(|| refused("There is no password."))?;
        if !call.work.check(kept, &Password::new(profile.required("password")?))? {
            return Err(refused("Password is incorrect").into());
        }
    }
    let held = new_factor::held(org, call, &user, kind)?;
    let factor = Factor::new(org.random.id(kind.prefix()), kind, held, call.now);
    if matches!(factor.held, Held::Question(_) | Held::Token(_) | Held::Password) {
        return finish(org, call, transaction, factor);
    }
    let awaited = start::activation(org, call, &user, &factor)?;
    transaction.state = State::MfaEnrollActivate(Box::new(Enrolment { factor, awaited, may_skip, wrong_tries: 0 }));
    Ok(stay(org, call, transaction)?)
}

/// `POST .../factors/{id}/lifecycle/activate`: with its proof; without one an app starts again, or
/// tells how it stands.
pub(crate) fn activate(org: &mut Org, call: &Call) -> Result<Answer, Refusal> {
    let (mut transaction, mut enrolment) = pending(org, call)?;
    if !proof::came(call) {
        return match &mut enrolment.awaited {
            Awaited::NewApp(app) if app.timed_out => {
                *app = start::new_app(org, call.now);
                transaction.state = State::MfaEnrollActivate(Box::new(enrolment));
                Ok(stay(org, call, transaction)?)
            }
            _ => poll(org, call),
        };
    }
    let user = org.user(transaction.user()?)?.clone();
    let checked = proof::check(org, call, &user, &mut enrolment.factor, Some(&enrolment.awaited));
    if matches!(&checked, Err(Refusal::Api(refused)) if refused.code == error::INVALID_PASSCODE) {
        enrolment.wrong_tries += 1;
    }
    let too_many = enrolment.wrong_tries > MAX_TRIES;
    let factor = enrolment.factor.clone();
    transaction.state = State::MfaEnrollActivate(Box::new(enrolment));
    org.transactions.insert(transaction.token.clone(), transaction.clone());
    if too_many {
        return Err(error::RATE_LIMIT.into());
    }
    checked?;
    finish(org, call, transaction, factor)
}

/// `POST .../factors/{id}/lifecycle/activate/poll`.
pub(crate) fn poll(org: &mut Org, call: &Call) -> Result<Answer, Refusal> {
    let (mut transaction, mut enrolment) = pending(org, call)?;
    let done = match &mut enrolment.awaited {
        Awaited::NewApp(app) => {
            app.timed_out = !app.set_up && app.expires <= call.now;
            app.set_up
        }
        Awaited::Duo { approved, .. } => *approved,
        _ => return Err(error::MISSING.because("passCode: The field cannot be left blank").into()),
    };
    if done {
        return finish(org, call, transaction, enrolment.factor);
    }
    transaction.state = State::MfaEnrollActivate(Box::new(enrolment));
    Ok(stay(org, call, transaction)?)
}

/// `POST .../factors/{id}/lifecycle/resend`.
pub(crate) fn resend(org: &mut Org, call: &Call) -> Result<Answer, Refusal> {
    let (transaction, enrolment) = pending(org, call)?;
    let Some(channel) = message::channel(enrolment.factor.kind) else { return Err(error::NOT_PERMITTED.into()) };
    let user = org.user(transaction.user()?)?.clone();
    message::send_code(org, call.now, &user, &enrolment.factor, channel)?;
    Ok(stay(org, call, transaction)?)
}

/// `GET /api/v1/users/{user}/factors/{factor}/qr/{picture}`: who knows the address may see it.
pub(crate) fn picture(org: &mut Org, call: &Call) -> Result<Answer, Refusal> {
    let wanted = call.in_path("picture");
    let running = org.transactions.values().filter(|transaction| call.now < transaction.expires);
    let own = running.filter_map(|transaction| match &transaction.state {
        State::MfaEnrollActivate(enrolment) => Some((org.user(transaction.who.as_deref()?).ok()?, &**enrolment)),
        _ => None,
    });
    let begun = org.users.iter().flat_map(|user| user.pending.iter().map(move |enrolment| (user, enrolment)));
    let text = own.chain(begun).find_map(|(user, enrolment)| match (&enrolment.awaited, &enrolment.factor.held) {
        (Awaited::Code { qr: Some(name) }, Held::Totp(device)) if name == wanted => {
            Some(qr::otpauth(&org.name, &user.profile.login, &device.secret))
        }
        (Awaited::NewApp(app), _) if app.qr == wanted && call.now < app.expires => {
            Some(org.url(&format!("/okta-verify/{}", app.qr)))
        }
        _ => None,
    });
    let text = text.ok_or_else(|| error::NOT_FOUND.about("Resource not found: the QR code (UserFactor)"))?;
    qr::png(&text).map(Answer::Png).ok_or_else(|| error::INTERNAL.into())
}

/// The transaction, and the factor in the path if it is the one being enrolled.
pub(super) fn pending(org: &mut Org, call: &Call) -> Result<(Transaction, Enrolment), ApiError> {
    let transaction = current(org, call)?;
    match &transaction.state {
        State::MfaEnrollActivate(enrolment) if enrolment.factor.id == call.in_path("factor") => {
            let enrolment = (**enrolment).clone();
            Ok((transaction, enrolment))
        }
        State::MfaEnrollActivate(_) => Err(error::NOT_PERMITTED.into()),
        _ => Err(error::WRONG_STATE.into()),
    }
}

/// The user has the factor from now on.
fn finish(org: &mut Org, call: &Call, transaction: Transaction, factor: Factor) -> Result<Answer, Refusal> {
    let transaction = note(org, call.now, transaction, factor)?;
    Ok(proceed(org, call, transaction)?)
}

/// Notes that the user has the factor.
pub(super) fn note(
    org: &mut Org,
    now: Moment,
    mut transaction: Transaction,
    factor: Factor,
) -> Result<Transaction, ApiError> {
    transaction.amr.push(factor.kind.amr());
    transaction.enrolled = true;
    give(org, now, transaction.user()?, factor)?;
    Ok(transaction)
}

/// The user has the factor from now on. The app that takes pushes shows codes as well.
pub(crate) fn give(org: &mut Org, now: Moment, user: &str, mut factor: Factor) -> Result<(), ApiError> {
    factor.updated = now;
    let with_codes = factor.kind == Kind::Push && !org.user(user)?.has(Kind::OktaTotp);
    let codes = with_codes.then(|| {
        let device = Held::Totp(TotpDevice::new(org.random.bytes::<10>().to_vec()));
        Factor::new(org.random.id(Kind::OktaTotp.prefix()), Kind::OktaTotp, device, now)
    });
    org.user_mut(user)?.factors.extend([Some(factor), codes].into_iter().flatten());
    Ok(())
}
