//! Checks and builds identity providers and routing rules.

use std::collections::HashSet;

use serde_json::Map;
use url::Url;

use crate::{
    org::{
        Org,
        federation::{self, IdentityProvider},
    },
    seed::{
        Mistake,
        file::{self, File},
    },
    time::Timestamp,
};

/// The first mistake in these parts of the file, if any.
pub(super) fn check(file: &File) -> Result<(), Mistake> {
    let mut ids = HashSet::from([federation::OKTA]);
    for provider in &file.identity_providers {
        let id = provider.id.get_ref();
        if id == federation::OKTA {
            return Err(Mistake::at(&provider.id, "the id OKTA stands for the org itself"));
        }
        if id.is_empty() || !id.chars().all(|one| one.is_ascii_alphanumeric()) {
            return Err(Mistake::at(&provider.id, "the id of an identity provider has letters and digits only"));
        }
        if !ids.insert(id) {
            return Err(Mistake::at(&provider.id, format!("another identity provider has the id {id} already")));
        }
    }
    for rule in &file.routing_rules {
        let id = rule.identity_provider.get_ref();
        if !ids.contains(id.as_str()) {
            let what = format!("there is no identity provider `{id}`; add [[identity_providers]] with id = \"{id}\"");
            return Err(Mistake::at(&rule.identity_provider, what));
        }
    }
    if let Some(page) = &file.org.idp_error_page
        && !Url::parse(page.get_ref()).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
    {
        return Err(Mistake::at(page, "a page is written like https://example.com/error.html"));
    }
    Ok(())
}

/// Adds them to the org.
pub(super) fn fill(org: &mut Org, file: &File, now: Timestamp) {
    let provider = |one: &file::IdentityProvider| IdentityProvider {
        id: one.id.get_ref().clone(),
        name: one.name.clone(),
        kind: one.kind,
        logo: one.logo.clone(),
        status: one.status,
        created: now,
        updated: now,
        settings: Map::new(),
    };
    let rule = |one: &file::RoutingRule| federation::RoutingRule {
        identity_provider: one.identity_provider.get_ref().clone(),
        domains: one.domains.clone(),
        suffixes: one.suffixes.clone(),
        logins: one.logins.clone(),
    };
    org.federation.providers = file.identity_providers.iter().map(provider).collect();
    org.federation.rules = file.routing_rules.iter().map(rule).collect();
}
