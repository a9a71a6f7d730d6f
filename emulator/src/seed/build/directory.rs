//! Groups, API tokens, identity providers and registration of the seed file.

use std::collections::HashSet;

use super::{DEFAULT, is_there};
use crate::{
    org::{
        Org,
        directory::{Group, GroupPolicies, IdentityProvider},
    },
    seed::{
        Wrong,
        file::{self, File, Spanned},
    },
};

/// The group that everyone is in.
pub(super) const EVERYONE: &str = "00geveryone000000000";

/// Finds what is wrong, if anything is.
pub(super) fn check(file: &File) -> Result<(), Wrong> {
    let mut ids = HashSet::new();
    for group in &file.groups {
        if !ids.insert(group.id.get_ref()) {
            return Err(Wrong::at(&group.id, format!("another group has the id {} already", group.id.get_ref())));
        }
        is_there(group.sign_on.as_ref(), &file.policies.sign_on, "sign-on", "sign_on")?;
        is_there(group.password_policy.as_ref(), &file.policies.password, "password", "password")?;
        is_there(group.enroll.as_ref(), &file.policies.enroll, "enrolment", "enroll")?;
    }
    for token in &file.api_tokens {
        if token.token.get_ref().trim().is_empty() {
            return Err(Wrong::at(&token.token, "an API token must not be empty"));
        }
    }
    Ok(())
}

/// Whether there are these groups.
pub(super) fn are_there(groups: &[Spanned<String>], file: &File) -> Result<(), Wrong> {
    let known = |id: &Spanned<String>| file.groups.iter().any(|group| group.id.get_ref() == id.get_ref());
    match groups.iter().find(|id| !known(id)) {
        Some(id) => {
            Err(Wrong::at(id, format!("there is no group `{0}`; add [[groups]] with id = \"{0}\"", id.get_ref())))
        }
        None => Ok(()),
    }
}

/// Puts them into the org.
pub(super) fn fill(org: &mut Org, file: &File) {
    let everyone = Group {
        id: EVERYONE.to_owned(),
        name: "Everyone".to_owned(),
        description: "All users in your organization".to_owned(),
        policies: GroupPolicies {
            sign_on: Some(DEFAULT.to_owned()),
            password: Some(DEFAULT.to_owned()),
            enroll: Some(DEFAULT.to_owned()),
        },
    };
    org.groups = std::iter::once(everyone).chain(file.groups.iter().map(group)).collect();
    org.api_tokens = file.api_tokens.iter().map(|token| token.token.get_ref().clone()).collect();
    org.identity_providers = file.identity_providers.iter().map(identity_provider).collect();
    org.registration = file.registration.ends_with;
}

fn group(group: &file::Group) -> Group {
    let name = |name: &Option<Spanned<String>>| name.as_ref().map(|name| name.get_ref().clone());
    Group {
        id: group.id.get_ref().clone(),
        name: group.name.clone(),
        description: group.description.clone(),
        policies: GroupPolicies {
            sign_on: name(&group.sign_on),
            password: name(&group.password_policy),
            enroll: name(&group.enroll),
        },
    }
}

fn identity_provider(provider: &file::IdentityProvider) -> IdentityProvider {
    IdentityProvider {
        id: provider.id.clone(),
        name: provider.name.clone(),
        kind: provider.kind.clone(),
        domains: provider.domains.clone(),
    }
}
