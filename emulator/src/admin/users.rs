//! Users: create, read, update, list, delete.

use serde_json::Value;

use super::{
    imported_password, lifecycle,
    new_user::{self, NewUser},
    page, search, user, user_id,
};
use crate::{
    call::{Call, Input, Refusal, Reply},
    error::{self, ApiError},
    org::{Org, log::EventType, password::Password, user::AccountStatus},
    wire,
};

/// `POST /api/v1/users`.
pub(crate) fn create(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let credentials = call.input.object("credentials")?;
    let activate = !call.asks_not_for("activate");
    let wanted = NewUser {
        profile: call.input.object("profile")?,
        imported: imported_password::hash(&credentials)?,
        password: plain(&credentials)?,
        question: question(&credentials)?,
        groups: groups(&call.input)?,
        activate,
        expired: call.query.contains_key("nextLogin"),
    };
    let id = new_user::create(org, call, &wanted)?;
    if activate && wanted.password.is_none() && wanted.imported.is_none() {
        lifecycle::invite(org, call, &id, lifecycle::sends_mail(call))?;
    }
    answer(org, &id)
}

/// `POST /api/v1/users/{id}`: updates the given members. `PUT` replaces all, see [`replace`].
pub(crate) fn update(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    change(org, call, true)
}

/// `PUT /api/v1/users/{id}`.
pub(crate) fn replace(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    change(org, call, false)
}

fn change(org: &mut Org, call: &Call, partly: bool) -> Result<Reply, Refusal> {
    let before = user(org, call)?;
    let mut members = if partly { wire::admin::user::profile(&before.profile) } else { serde_json::Map::new() };
    members.extend(call.input.object("profile")?.members().clone());
    let profile = new_user::profile(&Input::new(members))?;
    if new_user::login_exists(org, &profile.login, Some(&before.id)) {
        return Err(new_user::exists().into());
    }
    let credentials = call.input.object("credentials")?;
    if let Some(new) = password(&credentials, "password")? {
        crate::authn::password::replace(org, call, &before.id, &new)?;
    }
    let question = question(&credentials)?;
    let now = call.now;
    let user = org.user_mut(&before.id)?;
    user.mobile_phone = new_user::phone(&profile.more).or_else(|| user.mobile_phone.take());
    user.profile = profile;
    user.dates.updated = now;
    if let Some((text, answer)) = question {
        user.recovery_question = Some(crate::org::factor::Question { key: "custom".to_owned(), text, answer });
    }
    answer(org, &before.id)
}

/// `GET /api/v1/users/{id}`.
pub(crate) fn read(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let id = user_id(org, call)?;
    answer(org, &id)
}

/// `GET /api/v1/users/me`: the user of the session.
pub(crate) fn me(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let session = org.live_session(call.session.as_deref(), call.now).ok_or(error::INVALID_SESSION)?;
    let id = session.user.clone();
    answer(org, &id)
}

/// `GET /api/v1/users`.
pub(crate) fn list(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let wanted = call.query.get("q").map(|q| q.to_lowercase());
    let fits = |text: &str| wanted.as_ref().is_none_or(|wanted| text.to_lowercase().starts_with(wanted));
    // Deactivated users are in the list only if something is searched for.
    let searches = search::is_used(call);
    let listed = org.users.iter().filter(|user| searches || user.status != AccountStatus::Deprovisioned);
    let users = listed.filter(|user| {
        let profile = &user.profile;
        [&profile.login, &profile.email, &profile.first_name, &profile.last_name].into_iter().any(|text| fits(text))
    });
    let items = users.map(|user| (user.id.clone(), wire::admin::user::user(org, user))).collect();
    page(call, "/api/v1/users", search::select(call, &search::USERS, items)?)
}

/// `DELETE /api/v1/users/{id}`: the first call deactivates, the second deletes.
pub(crate) fn delete(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let user = user(org, call)?;
    if user.status == AccountStatus::Deprovisioned {
        org.log_of(call.now, EventType::Deleted, true, &user.id);
        org.users.retain(|one| one.id != user.id);
    } else {
        org.log_of(call.now, EventType::Deactivated, true, &user.id);
        org.user_mut(&user.id)?.becomes(AccountStatus::Deprovisioned, call.now);
    }
    org.end_sign_ins(&user.id);
    Ok(Reply::Nothing)
}

/// The user as JSON.
pub(super) fn answer(org: &Org, id: &str) -> Result<Reply, Refusal> {
    Ok(Reply::Json(wire::admin::user::user(org, org.user(id)?)))
}

/// The password of a new user, if it comes in plain text.
fn plain(credentials: &Input) -> Result<Option<Password>, ApiError> {
    if credentials.object("password")?.has("hash") { Ok(None) } else { password(credentials, "password") }
}

/// A password in an object: `{value}`.
pub(super) fn password(members: &Input, name: &str) -> Result<Option<Password>, ApiError> {
    let given = members.object(name)?;
    if given.has("hash") || given.has("hook") {
        return Err(error::VALIDATION
            .about(name)
            .and(format!("{name}: only a value is taken here; a hash is taken at the creation")));
    }
    Ok(given.text("value")?.map(Password::new))
}

/// A recovery question with its answer.
pub(super) fn question(members: &Input) -> Result<Option<(String, String)>, ApiError> {
    if !members.has("recovery_question") {
        return Ok(None);
    }
    let given = members.object("recovery_question")?;
    let answer = given.required("answer")?;
    if answer.trim().chars().count() < 4 {
        let cause = "recovery_question: The security question answer must be at least 4 characters in length";
        return Err(error::VALIDATION.about("recovery_question").and(cause));
    }
    Ok(Some((given.required("question")?.to_owned(), answer.to_owned())))
}

fn groups(input: &Input) -> Result<Vec<String>, ApiError> {
    match input.value("groupIds") {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Array(ids)) => Ok(ids.iter().filter_map(Value::as_str).map(str::to_owned).collect()),
        Some(_) => Err(error::NOT_WELL_FORMED.because("groupIds: must be a list")),
    }
}
