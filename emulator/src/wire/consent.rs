//! JSON of `CONSENT_REQUIRED`: scopes and application.

use serde_json::{Value, json};

use crate::{
    authn::consent::SCOPES,
    org::Org,
    wire::{Members, link},
};

/// The scopes. `granular` adds whether each is optional.
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

/// The application.
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
