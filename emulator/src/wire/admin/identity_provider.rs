//! An identity provider.

use serde_json::{Value, json};

use crate::{
    org::{Org, federation::IdentityProvider},
    wire::{Members, link},
};

/// An identity provider, as it was written, with a link that activates or deactivates it.
pub(crate) fn identity_provider(org: &Org, provider: &IdentityProvider) -> Value {
    let lifecycle = if provider.is_active() { "deactivate" } else { "activate" };
    let path = format!("/api/v1/idps/{}", provider.id);
    let links = Members::default()
        .with("self", link::with_methods(org, &path, &["GET", "PUT", "DELETE"]))
        .with(lifecycle, link::post(org, &format!("{path}/lifecycle/{lifecycle}")));
    let shown = Members::default()
        .with("id", provider.id.clone())
        .with("type", json!(provider.kind))
        .with("name", provider.name.clone())
        .with("status", json!(provider.status))
        .with("created", provider.created.iso())
        .with("lastUpdated", provider.updated.iso());
    let shown = provider.settings.iter().fold(shown, |shown, (name, value)| shown.with(name, value.clone()));
    shown.with("_links", links).into()
}
