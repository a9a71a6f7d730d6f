//! Enrolling a factor: start, resend the code, poll, activate.

use crate::{
    authn::{
        message,
        new_factor::{self, refused},
        progress::{current, proceed, save},
        proof, start,
    },
    call::{Call, Refusal, Reply},
    error::{self, ApiError},
    org::{
        Org,
        factor::{Factor, FactorData},
        kind::Kind,
        log::{EventType, Party},
        password::Password,
        totp::TotpDevice,
        transaction::{Awaited, PendingEnrollment, State, Transaction},
    },
    qr,
    time::Timestamp,
};

/// How many wrong codes end an activation.
pub(crate) const MAX_TRIES: u32 = 5;

/// `POST .../factors`.
pub(crate) fn enroll(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
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
    let data = new_factor::data(org, call, &user, kind)?;
    let factor = Factor::new(org.random.id(kind.prefix()), kind, data, call.now);
    if matches!(factor.data, FactorData::Question(_) | FactorData::Token(_) | FactorData::Password) {
        return finish(org, call, transaction, factor);
    }
    let awaited = start::activation(org, call, &user, &factor)?;
    transaction.state =
        State::MfaEnrollActivate(Box::new(PendingEnrollment { factor, awaited, may_skip, wrong_tries: 0 }));
    Ok(save(org, call, transaction)?)
}

/// `POST .../factors/{id}/lifecycle/activate`: with a proof it activates; without one it restarts the
/// enrollment of an app that timed out, or returns the state.
pub(crate) fn activate(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let (mut transaction, mut enrollment) = pending(org, call)?;
    if !proof::is_present(call) {
        return match &mut enrollment.awaited {
            Awaited::NewApp(app) if app.timed_out => {
                *app = start::new_app(org, call.now);
                transaction.state = State::MfaEnrollActivate(Box::new(enrollment));
                Ok(save(org, call, transaction)?)
            }
            _ => poll(org, call),
        };
    }
    let user = org.user(transaction.user()?)?.clone();
    let checked = proof::check(org, call, &user, &mut enrollment.factor, Some(&enrollment.awaited));
    if matches!(&checked, Err(Refusal::Api(refused)) if refused.code == error::INVALID_PASSCODE) {
        enrollment.wrong_tries += 1;
    }
    let too_many = enrollment.wrong_tries > MAX_TRIES;
    let factor = enrollment.factor.clone();
    transaction.state = State::MfaEnrollActivate(Box::new(enrollment));
    org.transactions.insert(transaction.token.clone(), transaction.clone());
    if too_many {
        return Err(error::RATE_LIMIT.into());
    }
    checked?;
    finish(org, call, transaction, factor)
}

/// `POST .../factors/{id}/lifecycle/activate/poll`.
pub(crate) fn poll(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let (mut transaction, mut enrollment) = pending(org, call)?;
    let done = match &mut enrollment.awaited {
        Awaited::NewApp(app) => {
            app.timed_out = !app.set_up && app.expires <= call.now;
            app.set_up
        }
        Awaited::Duo { approved, .. } => *approved,
        _ => return Err(error::MISSING.because("passCode: The field cannot be left blank").into()),
    };
    if done {
        return finish(org, call, transaction, enrollment.factor);
    }
    transaction.state = State::MfaEnrollActivate(Box::new(enrollment));
    Ok(save(org, call, transaction)?)
}

/// `POST .../factors/{id}/lifecycle/resend`.
pub(crate) fn resend(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let (transaction, enrollment) = pending(org, call)?;
    let Some(channel) = message::channel(enrollment.factor.kind) else { return Err(error::NOT_PERMITTED.into()) };
    let user = org.user(transaction.user()?)?.clone();
    message::send_code(org, call, &user, &enrollment.factor, channel)?;
    Ok(save(org, call, transaction)?)
}

/// `GET /api/v1/users/{user}/factors/{factor}/qr/{picture}`: the URL is the secret; there is no other check.
pub(crate) fn picture(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let wanted = call.in_path("picture");
    let running = org.transactions.values().filter(|transaction| call.now < transaction.expires);
    let own = running.filter_map(|transaction| match &transaction.state {
        State::MfaEnrollActivate(enrollment) => Some((org.user(transaction.who.as_deref()?).ok()?, &**enrollment)),
        _ => None,
    });
    let begun = org.users.iter().flat_map(|user| user.pending.iter().map(move |enrollment| (user, enrollment)));
    let text = own.chain(begun).find_map(|(user, enrollment)| match (&enrollment.awaited, &enrollment.factor.data) {
        (Awaited::Code { qr: Some(name) }, FactorData::Totp(device)) if name == wanted => {
            Some(qr::otpauth(&org.name, &user.profile.login, &device.secret))
        }
        (Awaited::NewApp(app), _) if app.qr == wanted && call.now < app.expires => {
            Some(org.url(&format!("/okta-verify/{}", app.qr)))
        }
        _ => None,
    });
    let text = text.ok_or_else(|| error::NOT_FOUND.about("Resource not found: the QR code (UserFactor)"))?;
    qr::png(&text).map(Reply::Png).ok_or_else(|| error::INTERNAL.into())
}

/// The transaction, and its enrollment if that is for the factor in the path.
pub(super) fn pending(org: &mut Org, call: &Call) -> Result<(Transaction, PendingEnrollment), ApiError> {
    let transaction = current(org, call)?;
    match &transaction.state {
        State::MfaEnrollActivate(enrollment) if enrollment.factor.id == call.in_path("factor") => {
            let enrollment = (**enrollment).clone();
            Ok((transaction, enrollment))
        }
        State::MfaEnrollActivate(_) => Err(error::NOT_PERMITTED.into()),
        _ => Err(error::WRONG_STATE.into()),
    }
}

/// Adds the factor to the user and continues.
fn finish(org: &mut Org, call: &Call, transaction: Transaction, factor: Factor) -> Result<Reply, Refusal> {
    let transaction = note(org, call.now, transaction, factor)?;
    Ok(proceed(org, call, transaction)?)
}

/// Adds the factor to the user and updates the transaction.
pub(super) fn note(
    org: &mut Org,
    now: Timestamp,
    mut transaction: Transaction,
    factor: Factor,
) -> Result<Transaction, ApiError> {
    transaction.amr.push(factor.kind.amr());
    transaction.enrolled = true;
    add_factor(org, now, transaction.user()?, factor)?;
    Ok(transaction)
}

/// Adds the factor to the user. With the app for pushes, its TOTP factor is added too.
pub(crate) fn add_factor(org: &mut Org, now: Timestamp, user: &str, mut factor: Factor) -> Result<(), ApiError> {
    factor.updated = now;
    let with_codes = factor.kind == Kind::Push && !org.user(user)?.has(Kind::OktaTotp);
    let codes = with_codes.then(|| {
        let device = FactorData::Totp(TotpDevice::new(org.random.bytes::<10>().to_vec()));
        Factor::new(org.random.id(Kind::OktaTotp.prefix()), Kind::OktaTotp, device, now)
    });
    let own = Party::user(org.user(user)?);
    org.log(now, EventType::FactorActivated, own.clone(), vec![own, Party::factor(&factor)]);
    org.user_mut(user)?.factors.extend([Some(factor), codes].into_iter().flatten());
    Ok(())
}
