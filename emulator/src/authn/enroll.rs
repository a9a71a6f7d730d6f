//! Enrolling a factor: choosing one from the list, sending its code again, activating it.

use data_encoding::BASE64URL_NOPAD;

use crate::{
    authn::{
        message,
        progress::{current, proceed, stay},
        proof,
    },
    call::{Answer, Call, Input, Refusal},
    error::{self, ApiError},
    org::{
        Org,
        factor::{Factor, Held, Phone, Question, TotpDevice},
        kind::Kind,
        transaction::{State, Transaction},
        user::User,
    },
    qr,
};

/// `POST .../factors`.
pub(crate) fn enroll(org: &mut Org, call: &Call) -> Result<Answer, Refusal> {
    let mut transaction = current(org, call)?;
    let State::MfaEnroll { may_skip } = transaction.state else { return Err(error::WRONG_STATE.into()) };
    let user = org.user(&transaction.user)?.clone();
    let kind = chosen(org, call, &user)?;
    let held = held(org, kind, &call.input.object("profile")?)?;
    let factor = Factor { id: org.random.id(kind.prefix()), kind, vendor: None, held };
    if kind == Kind::Question {
        return finish(org, call, transaction, factor);
    }
    if let Some(channel) = message::channel(kind) {
        message::send_code(org, call.now, &user, &factor, channel)?;
    }
    let qr = matches!(factor.held, Held::Totp(_)).then(|| BASE64URL_NOPAD.encode(&org.random.bytes::<16>()));
    transaction.state = State::MfaEnrollActivate { factor: Box::new(factor), qr, may_skip };
    Ok(stay(org, transaction)?)
}

/// `POST .../factors/{id}/lifecycle/activate`.
pub(crate) fn activate(org: &mut Org, call: &Call) -> Result<Answer, Refusal> {
    let mut transaction = current(org, call)?;
    let mut factor = pending(call, &transaction)?;
    let checked = proof::check(org, call, &mut factor);
    if let State::MfaEnrollActivate { factor: kept, .. } = &mut transaction.state {
        **kept = factor.clone();
    }
    org.transactions.insert(transaction.token.clone(), transaction.clone());
    checked?;
    finish(org, call, transaction, factor)
}

/// `POST .../factors/{id}/lifecycle/resend`.
pub(crate) fn resend(org: &mut Org, call: &Call) -> Result<Answer, Refusal> {
    let transaction = current(org, call)?;
    let factor = pending(call, &transaction)?;
    let Some(channel) = message::channel(factor.kind) else { return Err(error::NOT_PERMITTED.into()) };
    let user = org.user(&transaction.user)?.clone();
    message::send_code(org, call.now, &user, &factor, channel)?;
    Ok(stay(org, transaction)?)
}

/// `GET /api/v1/users/{user}/factors/{factor}/qr/{picture}`: who knows the address may see it.
pub(crate) fn picture(org: &mut Org, call: &Call) -> Result<Answer, Refusal> {
    let wanted = call.in_path("picture");
    for transaction in org.transactions.values() {
        if let State::MfaEnrollActivate { factor, qr: Some(name), .. } = &transaction.state
            && name == wanted
            && factor.id == call.in_path("factor")
            && call.now < transaction.expires
            && let Held::Totp(device) = &factor.held
        {
            let user = org.user(&transaction.user)?;
            let uri = qr::otpauth(&org.name, &user.profile.login, &device.secret);
            return qr::png(&uri).map(Answer::Png).ok_or_else(|| error::INTERNAL.into());
        }
    }
    Err(error::NOT_FOUND.about("Resource not found: the QR code (UserFactor)").into())
}

/// The kind that was asked for, if the list has it and the user has not.
fn chosen(org: &Org, call: &Call, user: &User) -> Result<Kind, ApiError> {
    let factor_type = call.input.required("factorType")?;
    let provider = call.input.required("provider")?;
    let kind = Kind::from_wire(factor_type, provider)
        .filter(|kind| org.enroll_policy(user).is_ok_and(|policy| policy.factors.iter().any(|(one, _)| one == kind)))
        .ok_or_else(|| refused(format!("{factor_type} of {provider} can not be enrolled here")))?;
    if user.has(kind) {
        return Err(refused("A factor of this type is already set up."));
    }
    Ok(kind)
}

fn refused(cause: impl Into<String>) -> ApiError {
    error::VALIDATION.about("factorEnrollRequest").and(cause)
}

fn held(org: &mut Org, kind: Kind, profile: &Input) -> Result<Held, ApiError> {
    Ok(match kind {
        Kind::Question => Held::Question(question(profile)?),
        Kind::Sms => Held::Phone(Phone { extension: None, ..phone(profile)? }),
        Kind::Call => Held::Phone(phone(profile)?),
        Kind::Email => Held::Mailbox,
        Kind::OktaTotp | Kind::GoogleTotp => Held::Totp(TotpDevice::new(org.random.bytes::<10>().to_vec())),
        _ => return Err(refused("This factor can not be enrolled here.")),
    })
}

fn question(profile: &Input) -> Result<Question, ApiError> {
    let key = profile.required("question")?;
    let answer = profile.required("answer")?;
    if answer.trim().chars().count() < 4 {
        return Err(refused("The security question answer must be at least 4 characters in length"));
    }
    Ok(Question { key: key.to_owned(), text: key.to_owned(), answer: answer.to_owned() })
}

fn phone(profile: &Input) -> Result<Phone, ApiError> {
    let number: String =
        profile.required("phoneNumber")?.chars().filter(|c| !matches!(c, ' ' | '-' | '(' | ')' | '.')).collect();
    let digits = number.strip_prefix('+').unwrap_or_default();
    if !(7..=15).contains(&digits.len()) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(refused("Invalid Phone Number."));
    }
    let extension = profile.text("phoneExtension")?.filter(|text| !text.is_empty()).map(str::to_owned);
    Ok(Phone { number, extension })
}

/// The factor in the path, if it is the one being enrolled.
fn pending(call: &Call, transaction: &Transaction) -> Result<Factor, ApiError> {
    match &transaction.state {
        State::MfaEnrollActivate { factor, .. } if factor.id == call.in_path("factor") => Ok((**factor).clone()),
        State::MfaEnrollActivate { .. } => Err(error::NOT_PERMITTED.into()),
        _ => Err(error::WRONG_STATE.into()),
    }
}

/// The user has the factor from now on.
fn finish(org: &mut Org, call: &Call, mut transaction: Transaction, factor: Factor) -> Result<Answer, Refusal> {
    transaction.amr.push(factor.kind.amr());
    transaction.enrolled = true;
    org.user_mut(&transaction.user)?.factors.push(factor);
    Ok(proceed(org, call, transaction)?)
}
