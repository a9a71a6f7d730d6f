//! Password and recovery question of a user, changed by a program on the user's behalf. Unlike in the
//! authentication API, values are nested in objects.

use super::{
    lifecycle, user,
    users::{password, question},
};
use crate::{
    authn::password::replace,
    call::{Call, Refusal, Reply},
    error::{self, ApiError},
    org::{
        Org,
        factor::Question,
        password::Password,
        user::{AccountStatus, User},
    },
    wire,
};

fn required_password(call: &Call, name: &str) -> Result<Password, ApiError> {
    password(&call.input, name)?
        .ok_or_else(|| error::VALIDATION.about(name).and(format!("{name}: The field cannot be left blank")))
}

fn matches(call: &Call, user: &User, password: &Password) -> Result<bool, Refusal> {
    match &user.password.hashed {
        Some(kept) => call.work.check(kept, password),
        None => Ok(false),
    }
}

fn answer(org: &Org, id: &str) -> Result<Reply, Refusal> {
    Ok(Reply::Json(wire::admin::user::credentials(org.user(id)?)))
}

/// `POST .../credentials/forgot_password`: sends a link, or checks the recovery question's answer.
pub(crate) fn forgot_password(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let user = user(org, call)?;
    let Some(known) = user.recovery_question.as_ref().filter(|_| user.status == AccountStatus::Active) else {
        return Err(error::NO_FORGOT_PASSWORD.into());
    };
    if !call.input.has("password") {
        return Ok(Reply::Json(lifecycle::reset_link(org, call, &user.id)?));
    }
    if !known.is_answered_by(call.input.object("recovery_question")?.required("answer")?) {
        return Err(error::WRONG_ANSWER.into());
    }
    replace(org, call, &user.id, &required_password(call, "password")?)?;
    answer(org, &user.id)
}

/// `POST .../credentials/forgot_password_recovery_question`: checks the answer, and sets the password.
pub(crate) fn forgot_password_with_question(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    required_password(call, "password")?;
    forgot_password(org, call)
}

/// `POST .../credentials/change_password`.
pub(crate) fn change_password(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let user = user(org, call)?;
    let may = matches!(user.status, AccountStatus::Active | AccountStatus::Recovery | AccountStatus::Staged);
    if !may || user.password.managed_at.is_some() {
        return Err(error::NO_CHANGE_PASSWORD.into());
    }
    if !matches(call, &user, &required_password(call, "oldPassword")?)? {
        return Err(error::UPDATE_FAILED.because("oldPassword: The credentials provided were incorrect.").into());
    }
    replace(org, call, &user.id, &required_password(call, "newPassword")?)?;
    if call.input.flag("revokeSessions") {
        org.end_sessions(&user.id);
    }
    answer(org, &user.id)
}

/// `POST .../credentials/change_recovery_question`.
pub(crate) fn change_question(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let user = user(org, call)?;
    if !matches!(user.status, AccountStatus::Active | AccountStatus::Recovery | AccountStatus::Staged) {
        return Err(error::NO_CHANGE_QUESTION.into());
    }
    if !matches(call, &user, &required_password(call, "password")?)? {
        return Err(error::UPDATE_FAILED.because("password: The credentials provided were incorrect.").into());
    }
    let (text, given) = question(&call.input)?.ok_or_else(|| {
        error::VALIDATION.about("recovery_question").and("recovery_question: The field cannot be left blank")
    })?;
    org.user_mut(&user.id)?.recovery_question = Some(Question { key: "custom".to_owned(), text, answer: given });
    answer(org, &user.id)
}
