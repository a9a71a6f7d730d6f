//! An application of OpenID Connect.

use serde_json::{Value, json};

use crate::{
    org::{
        Org,
        client::{Client, Consent},
    },
    wire::{Members, link},
};

/// An application, with its secret and a link that activates or deactivates it.
pub(crate) fn app(org: &Org, client: &Client) -> Value {
    let (status, lifecycle) = if client.active { ("ACTIVE", "deactivate") } else { ("INACTIVE", "activate") };
    let path = format!("/api/v1/apps/{}", client.id);
    let links = Members::default()
        .with("self", link::with_methods(org, &path, &["GET", "PUT", "DELETE"]))
        .with(lifecycle, link::post(org, &format!("{path}/lifecycle/{lifecycle}")));
    let method = if client.secret.is_some() { "client_secret_basic" } else { "none" };
    let credentials = Members::default()
        .with("client_id", client.id.clone())
        .with_some("client_secret", client.secret.clone())
        .with("token_endpoint_auth_method", method)
        .with("pkce_required", client.pkce_required);
    json!({
        "id": client.id,
        "name": "oidc_client",
        "label": client.label,
        "status": status,
        "created": org.started.iso(),
        "lastUpdated": org.started.iso(),
        "signOnMode": "OPENID_CONNECT",
        "credentials": { "oauthClient": Value::from(credentials) },
        "settings": { "oauthClient": {
            "application_type": client.kind,
            "redirect_uris": client.redirect_uris,
            "post_logout_redirect_uris": client.post_logout_redirect_uris,
            "response_types": client.response_types,
            "grant_types": client.grant_types,
            "consent_method": if client.consent == Consent::Required { "REQUIRED" } else { "TRUSTED" },
            "refresh_token": {
                "rotation_type": if client.rotates_refresh_tokens { "ROTATE" } else { "STATIC" },
                "leeway": client.refresh_grace.as_secs(),
            },
        } },
        "_links": Value::from(links),
    })
}
