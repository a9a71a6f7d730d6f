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

/// Finds the mistakes in these parts of the file.
pub(super) fn check(file: &File, mistakes: &mut Vec<Mistake>) {
    let mut ids = HashSet::from([federation::OKTA]);
    for provider in &file.identity_providers {
        let id = provider.id.get_ref();
        let what = if id == federation::OKTA {
            "the id OKTA stands for the org itself".to_owned()
        } else if id.is_empty() || !id.chars().all(|one| one.is_ascii_alphanumeric()) {
            "the id of an identity provider has letters and digits only".to_owned()
        } else if !ids.insert(id) {
            format!("another identity provider has the id {id} already")
        } else {
            continue;
        };
        mistakes.push(Mistake::at(&provider.id, what));
    }
    for rule in &file.routing_rules {
        let id = rule.identity_provider.get_ref();
        if !ids.contains(id.as_str()) {
            let what = format!("there is no identity provider `{id}`; add [[identity_providers]] with id = \"{id}\"");
            mistakes.push(Mistake::at(&rule.identity_provider, what));
        }
    }
    if let Some(page) = &file.org.idp_error_page
        && !Url::parse(page.get_ref()).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
    {
        mistakes.push(Mistake::at(page, "a page is written like https://example.com/error.html"));
    }
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
