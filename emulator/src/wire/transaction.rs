//! A transaction: envelope, what is embedded and the links that each state publishes.

use serde_json::{Value, json};

use crate::{
    error::ApiError,
    org::{
        Org,
        factor::Factor,
        kind::Kind,
        session::Grant,
        transaction::{State, Transaction},
        user::User,
    },
    wire::{
        Members, factor,
        link::{self, AUTHN},
        policy, user,
    },
};

/// An unfinished transaction.
pub(crate) fn unfinished(org: &Org, transaction: &Transaction) -> Result<Value, ApiError> {
    let who = org.user(&transaction.user)?;
    let (status, embedded, links) = state(org, who, transaction)?;
    Ok(Members::default()
        .with("stateToken", transaction.token.clone())
        .with("expiresAt", transaction.expires.iso())
        .with("status", status)
        .with_some("relayState", transaction.relay_state.clone())
        .with("_embedded", embedded.with("user", user::user(who)))
        .with("_links", links.with("cancel", link::cancel(org)))
        .into())
}

/// Status, what is embedded beside the user, and the links beside `cancel`.
fn state(org: &Org, who: &User, transaction: &Transaction) -> Result<(&'static str, Members, Members), ApiError> {
    let (embedded, links) = (Members::default(), Members::default());
    Ok(match &transaction.state {
        State::PasswordExpired => {
            let embedded = embedded.with("policy", policy::password(org.password_policy(who)?, None));
            ("PASSWORD_EXPIRED", embedded, links.with("next", change_password(org)))
        }
        State::PasswordWarn { days_left } => {
            let embedded = embedded.with("policy", policy::password(org.password_policy(who)?, Some(*days_left)));
            let links = links.with("next", change_password(org)).with("skip", link::skip(org));
            ("PASSWORD_WARN", embedded, links)
        }
        State::MfaRequired => {
            let allowed = crate::authn::allowed_now(org, who, transaction)?;
            let factors: Vec<Value> = allowed.map(|item| factor::to_verify(org, who, item)).collect();
            let embedded = embedded.with("factors", factors).with("policy", policy::sign_on(org.sign_on_policy(who)?));
            ("MFA_REQUIRED", embedded, links)
        }
        State::MfaChallenge { factor: id } => {
            let challenged = who.factor(id).map(|item| Value::from(factor::plain(who, item)));
            let embedded =
                embedded.with_some("factor", challenged).with("policy", policy::sign_on(org.sign_on_policy(who)?));
            let resend = who.factor(id).and_then(|item| resend(org, item, "verify/resend"));
            let links = links
                .with("next", link::named("verify", link::factor(org, id, "verify")))
                .with("prev", link::previous(org))
                .with_some("resend", resend);
            ("MFA_CHALLENGE", embedded, links)
        }
        State::MfaEnroll { may_skip } => {
            let offered = &org.enroll_policy(who)?.factors;
            let factors: Vec<Value> =
                offered.iter().map(|(kind, enrollment)| factor::to_enroll(org, who, *kind, *enrollment)).collect();
            let links = links.with_some("skip", may_skip.then(|| link::skip(org)));
            ("MFA_ENROLL", embedded.with("factors", factors), links)
        }
        State::MfaEnrollActivate { factor: pending, qr, .. } => {
            let next = link::named("activate", link::factor(org, &pending.id, "lifecycle/activate"));
            let links = links
                .with("next", next)
                .with("prev", link::previous(org))
                .with_some("resend", resend(org, pending, "lifecycle/resend"));
            let embedded = embedded.with("factor", factor::in_activation(org, who, pending, qr.as_deref()));
            ("MFA_ENROLL_ACTIVATE", embedded, links)
        }
    })
}

fn change_password(org: &Org) -> Value {
    link::named("changePassword", link::post(org, &format!("{AUTHN}/credentials/change_password")))
}

/// Sending the code once more, for the factors that are sent one.
fn resend(org: &Org, item: &Factor, path: &str) -> Option<Value> {
    let name = match item.kind {
        Kind::Sms => "sms",
        Kind::Call => "call",
        Kind::Email => "email",
        _ => return None,
    };
    Some(json!([link::named(name, link::factor(org, &item.id, path))]))
}

/// A sign-in that is done.
pub(crate) fn success(
    org: &Org,
    transaction: &Transaction,
    session_token: &str,
    grant: &Grant,
) -> Result<Value, ApiError> {
    Ok(Members::default()
        .with("expiresAt", grant.expires.iso())
        .with("status", "SUCCESS")
        .with("sessionToken", session_token)
        .with_some("relayState", transaction.relay_state.clone())
        .with("_embedded", json!({ "user": user::user(org.user(&transaction.user)?) }))
        .into())
}

/// An account that is locked, where the policy lets it be seen.
pub(crate) fn locked_out(org: &Org, self_service: bool) -> Value {
    let unlock = link::named("unlock", link::post(org, &format!("{AUTHN}/recovery/unlock")));
    Members::default()
        .with("status", "LOCKED_OUT")
        .with("_embedded", json!({}))
        .with("_links", Members::default().with_some("next", self_service.then_some(unlock)))
        .into()
}
