//! A session, as the sessions API shows it.

use serde_json::{Value, json};

use crate::{
    error::ApiError,
    org::{Org, session::Session},
    wire::{Members, link},
};

/// The session of the browser that asks.
pub(crate) fn session(org: &Org, session: &Session) -> Result<Value, ApiError> {
    let user = org.user(&session.user)?;
    let name = format!("{} {}", user.profile.first_name, user.profile.last_name);
    Ok(Members::default()
        .with("id", session.id.clone())
        .with("userId", user.id.clone())
        .with("login", user.profile.login.clone())
        .with("createdAt", session.created.iso())
        .with("expiresAt", session.expires.iso())
        .with("status", "ACTIVE")
        .with("lastPasswordVerification", session.password_proved.iso())
        .with("lastFactorVerification", session.factor_proved.map(crate::time::Moment::iso))
        .with("amr", session.amr.clone())
        .with("idp", json!({ "id": "00o2bioj34AlsZYJf1t7", "type": "OKTA" }))
        .with("mfaActive", !user.factors.is_empty())
        .with(
            "_links",
            json!({
                "self": link::with_methods(org, "/api/v1/sessions/me", &["GET", "DELETE"]),
                "refresh": link::post(org, "/api/v1/sessions/me/lifecycle/refresh"),
                "user": link::named(&name, link::get(org, "/api/v1/users/me")),
            }),
        )
        .into())
}
