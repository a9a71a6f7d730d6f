//! Checks and builds groups, API tokens and registration.

use std::collections::HashSet;

use super::{DEFAULT, check_name};
use crate::{
    org::{
        Org,
        directory::{Group, GroupPolicies},
    },
    seed::{
        Mistake,
        file::{self, File, Spanned},
    },
};

/// The group of all users.
pub(super) const EVERYONE: &str = "00geveryone000000000";

/// Finds the mistakes in these parts of the file.
pub(super) fn check(file: &File, mistakes: &mut Vec<Mistake>) {
    let mut ids = HashSet::new();
    for group in &file.groups {
        if !ids.insert(group.id.get_ref()) {
            mistakes.push(Mistake::at(&group.id, format!("another group has the id {} already", group.id.get_ref())));
        }
        mistakes.extend(check_name(group.sign_on.as_ref(), &file.policies.sign_on, "sign-on", "sign_on"));
        mistakes.extend(check_name(group.password_policy.as_ref(), &file.policies.password, "password", "password"));
        mistakes.extend(check_name(group.enroll.as_ref(), &file.policies.enroll, "enrollment", "enroll"));
    }
    for token in file.api_tokens.iter().filter(|token| token.token.get_ref().trim().is_empty()) {
        mistakes.push(Mistake::at(&token.token, "an API token must not be empty"));
    }
}

/// Finds groups that do not exist.
pub(super) fn check_groups(groups: &[Spanned<String>], file: &File) -> Vec<Mistake> {
    let known = |id: &Spanned<String>| file.groups.iter().any(|group| group.id.get_ref() == id.get_ref());
    let missing = groups.iter().filter(|id| !known(id));
    missing
        .map(|id| Mistake::at(id, format!("there is no group `{0}`; add [[groups]] with id = \"{0}\"", id.get_ref())))
        .collect()
}

/// Adds them to the org.
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
