//! What an application asks consent for.

use serde_json::{Value, json};

use crate::{
    authn::consent::SCOPES,
    org::Org,
    wire::{Members, link},
};

/// The scopes; with `optional` where each may be refused.
pub(super) fn scopes(granular: bool) -> Value {
    SCOPES
        .iter()
        .map(|(name, optional, description)| {
            Members::default()
                .with("name", *name)
                .with("displayName", Value::Null)
                .with("description", *description)
                .with_some("optional", granular.then_some(*optional))
                .into()
        })
        .collect::<Vec<Value>>()
        .into()
}

/// The application that asks.
pub(super) fn client(org: &Org) -> Value {
    json!({
        "type": "APP",
        "name": "oidc_client",
        "label": "Sample application",
        "clientId": "0oa2x5jOopNCpswjo0g5",
        "_links": {
            "client-uri": link::data(org, "/control/", "text/html"),
            "terms-of-service": link::data(org, "/control/", "text/html"),
            "privacy-policy": link::data(org, "/control/", "text/html"),
        },
    })
}
