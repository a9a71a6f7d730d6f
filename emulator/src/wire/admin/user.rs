//! JSON of a user in the management API: status, profile, credentials, and links to lifecycle operations.

use serde_json::{Map, Value, json};

use crate::{
    org::{
        Org,
        user::{AccountStatus, Profile, User},
    },
    time::Timestamp,
    wire::Members,
};

/// A user.
pub(crate) fn user(org: &Org, user: &User) -> Value {
    let dates = &user.dates;
    let date = |moment: Option<Timestamp>| moment.map(Timestamp::iso);
    let password = user.password.hashed.as_ref().map(|_| user.password.changed);
    Members::default()
        .with("id", user.id.clone())
        .with("status", status_name(user))
        .with("created", dates.created.iso())
        .with("activated", date(dates.activated))
        .with("statusChanged", date(dates.standing_changed))
        .with("lastLogin", date(dates.last_login))
        .with("lastUpdated", dates.updated.iso())
        .with("passwordChanged", date(password))
        .with("profile", profile(&user.profile))
        .with("credentials", credentials_with_mail(user))
        .with("_links", links(org, user))
        .into()
}

fn status_name(user: &User) -> &'static str {
    if user.status == AccountStatus::Active && user.password.expired {
        "PASSWORD_EXPIRED"
    } else {
        user.status.as_str()
    }
}

/// The profile; two members are null if they are not set.
pub(crate) fn profile(profile: &Profile) -> Map<String, Value> {
    let mut members = profile.more.clone();
    for name in ["mobilePhone", "secondEmail"] {
        members.entry(name).or_insert(Value::Null);
    }
    let known = [
        ("firstName", &profile.first_name),
        ("lastName", &profile.last_name),
        ("login", &profile.login),
        ("email", &profile.email),
    ];
    members.extend(known.map(|(name, value)| (name.to_owned(), Value::from(value.clone()))));
    members
}

/// Password and recovery question, without the password and the answer.
pub(crate) fn credentials(user: &User) -> Value {
    own_credentials(user).into()
}

fn own_credentials(user: &User) -> Members {
    let question = user.recovery_question.as_ref().map(|question| json!({ "question": question.text }));
    Members::default()
        .with_some("password", user.password.hashed.as_ref().map(|_| json!({})))
        .with_some("recovery_question", question)
        .with("provider", json!({ "type": "OKTA", "name": "OKTA" }))
}

fn credentials_with_mail(user: &User) -> Value {
    let address = json!([{ "value": user.profile.email, "status": "VERIFIED", "type": "PRIMARY" }]);
    own_credentials(user).with("emails", address).into()
}

/// Links to the lifecycle operations that the status allows.
fn links(org: &Org, user: &User) -> Value {
    let at = |path: &str| json!({ "href": org.url(&format!("/api/v1/users/{}/{path}", user.id)), "method": "POST" });
    let of = |names: &[&str]| {
        names
            .iter()
            .fold(Members::default(), |links, name| links.with(name, at(path(name))))
            .with("self", json!({ "href": org.url(&format!("/api/v1/users/{}", user.id)) }))
    };
    let links = match user.status {
        AccountStatus::Active => of(&[
            "suspend",
            "resetPassword",
            "forgotPassword",
            "expirePassword",
            "changeRecoveryQuestion",
            "changePassword",
            "deactivate",
        ]),
        AccountStatus::Staged => of(&["activate", "deactivate"]),
        AccountStatus::Provisioned => of(&["reactivate", "resetPassword", "deactivate"]),
        AccountStatus::Recovery => of(&["reactivate", "resetPassword", "changePassword", "deactivate"]),
        AccountStatus::LockedOut { .. } => of(&["unlock", "resetPassword", "deactivate"]),
        AccountStatus::Suspended => of(&["unsuspend", "deactivate"]),
        AccountStatus::Deprovisioned => of(&["activate"]),
    };
    links.into()
}

fn path(name: &str) -> &'static str {
    match name {
        "suspend" => "lifecycle/suspend",
        "unsuspend" => "lifecycle/unsuspend",
        "resetPassword" => "lifecycle/reset_password",
        "expirePassword" => "lifecycle/expire_password",
        "deactivate" => "lifecycle/deactivate",
        "activate" => "lifecycle/activate",
        "reactivate" => "lifecycle/reactivate",
        "unlock" => "lifecycle/unlock",
        "forgotPassword" => "credentials/forgot_password",
        "changePassword" => "credentials/change_password",
        _ => "credentials/change_recovery_question",
    }
}
