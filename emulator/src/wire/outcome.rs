//! Responses that end a transaction, and responses without a transaction.

use serde_json::{Value, json};

use crate::{
    error::ApiError,
    org::{
        Org,
        session::Grant,
        transaction::{RecoveryType, Transaction},
        user::User,
    },
    wire::{
        Members,
        envelope::{envelope, with_target},
        link::{self, AUTHN},
        user,
    },
};

/// SUCCESS of a sign-in.
pub(crate) fn success(
    org: &Org,
    transaction: &Transaction,
    session_token: &str,
    grant: &Grant,
) -> Result<Value, ApiError> {
    let who = org.user(transaction.user()?)?;
    Ok(envelope(transaction, "SUCCESS", Members::default())
        .with("expiresAt", grant.expires.iso())
        .with("sessionToken", session_token)
        .with("_embedded", json!({ "user": user::user(who) }))
        .into())
}

/// SUCCESS of an unlock; it contains no session token.
pub(crate) fn unlocked(org: &Org, transaction: &Transaction) -> Result<Value, ApiError> {
    let embedded = json!({ "user": user::user(org.user(transaction.user()?)?) });
    Ok(envelope(transaction, "SUCCESS", Members::default()).with("_embedded", embedded).into())
}

/// The end of a device activation; the session is created on the device.
pub(crate) fn device(org: &Org, transaction: &Transaction, ending: &str) -> Result<Value, ApiError> {
    let who = user::user(org.user(transaction.user()?)?);
    let embedded =
        with_target(org, Members::default().with("user", who), transaction).with("deviceActivationStatus", ending);
    Ok(envelope(transaction, "SUCCESS", Members::default()).with("_embedded", embedded).into())
}

/// `RECOVERY_CHALLENGE` by email: the page has nothing more to do.
pub(crate) fn email_recovery(transaction: &Transaction, recovery: RecoveryType) -> Value {
    Members::default()
        .with("status", "RECOVERY_CHALLENGE")
        .with("factorResult", "WAITING")
        .with("factorType", "EMAIL")
        .with("recoveryType", recovery.as_str())
        .with_some("relayState", transaction.relay_state.clone())
        .into()
}

/// The start of a recovery, for a program that delivers the token itself.
pub(crate) fn recovery_for_program(org: &Org, transaction: &Transaction, who: &User, token: &str) -> Value {
    let question = who.recovery_question.as_ref();
    let next = link::named("recovery", link::post(org, &format!("{AUTHN}/recovery/token")));
    envelope(transaction, "RECOVERY", Members::default())
        .with("expiresAt", transaction.expires.iso())
        .with("recoveryToken", token)
        .with("_embedded", json!({ "user": user::user_with_question(who, question) }))
        .with("_links", json!({ "next": next, "cancel": link::cancel(org) }))
        .into()
}

/// `LOCKED_OUT`, if the policy shows lockouts.
pub(crate) fn locked_out(org: &Org, self_service: bool) -> Value {
    let unlock = link::named("unlock", link::post(org, &format!("{AUTHN}/recovery/unlock")));
    Members::default()
        .with("status", "LOCKED_OUT")
        .with("_embedded", json!({}))
        .with(
            "_links",
            Members::default()
                .with_some("next", self_service.then_some(unlock))
                .with_some("cancel", org.switches.recorded_shapes.then(|| link::cancel(org))),
        )
        .into()
}
