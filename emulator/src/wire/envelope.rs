//! The common members of a transaction, and its target.

use data_encoding::BASE64;
use serde_json::{Value, json};

use crate::{
    org::{
        Org,
        app::Target,
        transaction::{Purpose, Transaction},
    },
    picture,
    wire::Members,
};

/// The common members of a transaction.
pub(super) fn envelope(transaction: &Transaction, status: &str, top_level: Members) -> Members {
    let (kind, recovery) = match &transaction.purpose {
        Purpose::StepUp(_) => (Some("SESSION_STEP_UP"), None),
        Purpose::Recovery(recovery) => (None, Some(recovery.as_str())),
        Purpose::SignIn | Purpose::Device { .. } => (None, None),
    };
    top_level
        .with("status", status)
        .with_some("type", kind)
        .with_some("recoveryType", recovery)
        .with_some("relayState", transaction.relay_state.clone())
}

/// Adds the application or the device.
pub(super) fn with_target(org: &Org, embedded: Members, transaction: &Transaction) -> Members {
    match &transaction.purpose {
        Purpose::StepUp(app) => embedded.with("target", target(org, app)).with("authentication", authentication(app)),
        Purpose::Device { user_code, .. } => embedded.with("userCode", user_code.clone()).with("usingDeviceFlow", true),
        _ => embedded,
    }
}

fn target(org: &Org, app: &Target) -> Value {
    let logo = format!("data:image/png;base64,{}", BASE64.encode(&picture::pattern(Some(&app.id))));
    let logo = json!({ "name": "medium", "href": logo, "type": "image/png" });
    json!({
        "type": "APP",
        "name": app.name,
        "label": app.label,
        "_links": { "logo": if org.switches.recorded_shapes { json!([logo]) } else { logo } },
    })
}

fn authentication(app: &Target) -> Value {
    json!({ "protocol": app.protocol, "issuer": { "id": app.id, "name": app.label, "uri": app.issuer } })
}
