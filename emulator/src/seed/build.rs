//! Checks references and values of the seed file, then builds the org from it.

mod apps;
mod directory;
mod factor;
mod federation;
mod openid;
mod policies;
mod user;

use std::{
    collections::{BTreeMap, HashSet},
    time::Duration,
};

use url::Url;

use super::{
    Mistake,
    file::{self, File, Spanned},
};
use crate::{
    org::{
        Org, Settings,
        kind::Kind,
        password::{Hashed, Hasher, Password},
        rate::Limit,
        totp::TotpDevice,
    },
    random::Random,
    time::Clock,
};

/// The policy of users who name none.
const DEFAULT: &str = "default";

/// Every mistake in the file.
pub(super) fn check(file: &File) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    if hasher(file).is_none() {
        let what = "Argon2 needs at least 8 KiB of memory and one iteration";
        mistakes.push(Mistake::at(&file.hashing.memory_kib, what));
    }
    for trusted in &file.trusted_origins {
        let origin = Url::parse(trusted.origin.get_ref()).map(|url| url.origin().ascii_serialization());
        if origin.as_deref() != Ok(trusted.origin.get_ref()) {
            mistakes.push(Mistake::at(&trusted.origin, "an origin is written like http://localhost:8080"));
        }
    }
    let policies = &file.policies;
    let named = policies.sign_on.values().flat_map(|policy| policy.sequence.iter().flatten());
    let listed = policies.enroll.values().flat_map(|policy| {
        policy.required.iter().chain(&policy.optional).chain(policy.instances.keys()).chain(&policy.profiles)
    });
    mistakes.extend(named.chain(listed).filter_map(|key| factor::kind(key).err()));
    mistakes.extend(apps::check(file).err());
    directory::check(file, &mut mistakes);
    federation::check(file, &mut mistakes);
    openid::check(file, &mut mistakes);
    let mut logins = HashSet::new();
    for user in &file.users {
        if !logins.insert(user.login.get_ref().to_lowercase()) {
            let what = format!("another user has the login {} already", user.login.get_ref());
            mistakes.push(Mistake::at(&user.login, what));
        }
        mistakes.extend(check_name(user.sign_on.as_ref(), &policies.sign_on, "sign-on", "sign_on"));
        mistakes.extend(check_name(user.password_policy.as_ref(), &policies.password, "password", "password"));
        mistakes.extend(check_name(user.enroll.as_ref(), &policies.enroll, "enrollment", "enroll"));
        mistakes.extend(directory::check_groups(&user.groups, file));
        mistakes.extend(user.factors.iter().filter_map(|one| factor::data(one, &mut Random::from_system()).err()));
    }
    mistakes
}

fn check_name<T>(
    name: Option<&Spanned<String>>,
    policies: &BTreeMap<String, T>,
    what: &str,
    table: &str,
) -> Option<Mistake> {
    match name {
        Some(name) if name.get_ref() != DEFAULT && !policies.contains_key(name.get_ref()) => {
            let name_is = name.get_ref();
            let what = format!("there is no {what} policy `{name_is}`; add [policies.{table}.{name_is}]");
            Some(Mistake::at(name, what))
        }
        _ => None,
    }
}

fn hasher(file: &File) -> Option<Hasher> {
    Hasher::new(*file.hashing.memory_kib.get_ref(), file.hashing.iterations)
}

/// Builds the org from a checked file.
pub(super) fn org(file: &File) -> Org {
    let hasher = hasher(file).unwrap_or_else(Hasher::with_default_cost);
    let settings = Settings {
        decoy_hash: hasher.hash(&Password::new("nobody")),
        hasher,
        state_token_life: Duration::from_secs(file.lifetimes.state_token_seconds),
        session_token_life: Duration::from_secs(file.lifetimes.session_token_seconds),
        code_life: Duration::from_secs(file.lifetimes.code_seconds),
        sign_ins: Limit { calls: file.limits.sign_ins_per_second, window: Duration::from_secs(1) },
        calls: Limit { calls: file.limits.calls_per_10_seconds, window: Duration::from_secs(10) },
        max_wrong_proofs: file.limits.wrong_proofs,
        idp_error_page: file.org.idp_error_page.as_ref().map(|page| page.get_ref().clone()),
    };
    let mut org = Org::new(file.org.name.clone(), settings, policies::policies(&file.policies, Clock::default().now()));
    directory::fill(&mut org, file);
    openid::fill(&mut org, file);
    apps::fill(&mut org, file);
    for kind in [Kind::Rsa, Kind::OnPrem, Kind::Symantec, Kind::Yubikey] {
        let device = TotpDevice::new(org.random.bytes::<20>().to_vec());
        org.spare_tokens.insert(kind, factor::token(kind, device));
    }
    for trusted in &file.trusted_origins {
        let has = |scope| trusted.scopes.contains(&scope);
        let origin = trusted.origin.get_ref();
        org.trust(origin, origin, has(file::Scope::Cors), has(file::Scope::Redirect));
    }
    org.engine = file.org.engine;
    let now = org.clock.now();
    federation::fill(&mut org, file, now);
    let passwords = hash_all(&org.settings.hasher, &file.users);
    for (user, hashed) in file.users.iter().zip(passwords) {
        let user = user::user(user, hashed, &mut org.random, now);
        org.users.push(user);
    }
    org.complete_factors();
    org
}

/// Hashing is slow on purpose, so it runs on all cores.
fn hash_all(hasher: &Hasher, users: &[file::User]) -> Vec<Option<Hashed>> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let share = users.len().div_ceil(cores).max(1);
    std::thread::scope(|scope| {
        let shares: Vec<_> = users
            .chunks(share)
            .map(|users| {
                let hash = |user: &file::User| user.password.as_deref().map(|text| hasher.hash(&Password::new(text)));
                scope.spawn(move || users.iter().map(hash).collect())
            })
            .collect();
        shares.into_iter().flat_map(|share| -> Vec<Option<Hashed>> { share.join().unwrap_or_default() }).collect()
    })
}
