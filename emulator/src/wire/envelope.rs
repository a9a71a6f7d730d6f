//! What every answer about a transaction begins with, and what it is for.

use serde_json::{Value, json};

use crate::{
    org::{
        app::Target,
        transaction::{Purpose, Transaction},
    },
    wire::Members,
};

/// What every answer about a transaction begins with.
pub(super) fn envelope(transaction: &Transaction, status: &str, beside: Members) -> Members {
    let (kind, recovery) = match &transaction.purpose {
        Purpose::StepUp(_) => (Some("SESSION_STEP_UP"), None),
        Purpose::Recovery(recovery) => (None, Some(recovery.as_str())),
        Purpose::SignIn | Purpose::Device { .. } => (None, None),
    };
    beside
        .with("status", status)
        .with_some("type", kind)
        .with_some("recoveryType", recovery)
        .with_some("relayState", transaction.relay_state.clone())
}

/// With the application or the device that the transaction is for.
pub(super) fn with_target(embedded: Members, transaction: &Transaction) -> Members {
    match &transaction.purpose {
        Purpose::StepUp(app) => embedded.with("target", target(app)).with("authentication", authentication(app)),
        Purpose::Device { user_code, .. } => embedded.with("userCode", user_code.clone()).with("usingDeviceFlow", true),
        _ => embedded,
    }
}

fn target(app: &Target) -> Value {
    let logo = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'%3E%3Ccircle cx='12' \
                cy='12' r='10' fill='%23369'/%3E%3C/svg%3E";
    json!({
        "type": "APP",
        "name": app.name,
        "label": app.label,
        "_links": { "logo": { "name": "medium", "href": logo, "type": "image/svg+xml" } },
    })
}

fn authentication(app: &Target) -> Value {
    json!({ "protocol": app.protocol, "issuer": { "id": app.id, "name": app.label, "uri": app.issuer } })
}
