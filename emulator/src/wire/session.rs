//! JSON of a session.

use serde_json::{Value, json};

use crate::{
    error::ApiError,
    org::{self, Org, session::Session},
    time::Timestamp,
    wire::{Members, link},
};

/// The session of the requesting browser.
pub(crate) fn session(org: &Org, session: &Session) -> Result<Value, ApiError> {
    let shown = members(org, session, "me")?.with("createdAt", session.created.iso());
    Ok(shown.with_some("idp", (!org.is_upgraded()).then(|| idp(session))).into())
}

/// A session by its id, for a client other than its browser.
pub(crate) fn by_id(org: &Org, session: &Session) -> Result<Members, ApiError> {
    Ok(members(org, session, &session.id)?.with("idp", idp(session)))
}

/// The identity provider, or the org itself.
fn idp(session: &Session) -> Value {
    match &session.provider {
        Some(provider) => json!({ "id": provider.id, "type": provider.kind.in_session() }),
        None => json!({ "id": org::ID, "type": "OKTA" }),
    }
}

fn members(org: &Org, session: &Session, name: &str) -> Result<Members, ApiError> {
    let user = org.user(&session.user)?;
    let full_name = format!("{} {}", user.profile.first_name, user.profile.last_name);
    let of = if name == "me" { "me" } else { &user.id };
    let path = format!("/api/v1/sessions/{name}");
    // Whoever signed in at an identity provider gave this org no password.
    let password_proved = session.provider.is_none().then_some(session.password_proved);
    Ok(Members::default()
        .with("id", session.id.clone())
        .with("userId", user.id.clone())
        .with("login", user.profile.login.clone())
        .with("expiresAt", session.expires.iso())
        .with("status", "ACTIVE")
        .with("lastPasswordVerification", password_proved.map(Timestamp::iso))
        .with("lastFactorVerification", session.factor_proved.map(Timestamp::iso))
        .with("amr", session.amr.clone())
        .with("mfaActive", !user.factors.is_empty())
        .with(
            "_links",
            json!({
                "self": link::with_methods(org, &path, &["GET", "DELETE"]),
                "refresh": link::post(org, &format!("{path}/lifecycle/refresh")),
                "user": link::named(&full_name, link::get(org, &format!("/api/v1/users/{of}"))),
            }),
        ))
}
