//! Builds policies, including a `default` of each type.

use std::time::Duration;

use super::{DEFAULT, factor::kind};
use crate::{
    org::{
        NamedPolicies,
        kind::Kind,
        policy::{
            Access, Complexity, EnrollPolicy, Lockout, PasswordPolicy, Prompt, Recovery, Requirement, SignOnPolicy,
        },
    },
    seed::file::{self, Spanned},
    time::Timestamp,
};

/// All policies, by name.
pub(super) fn policies(file: &file::Policies, now: Timestamp) -> NamedPolicies {
    let mut policies = NamedPolicies {
        sign_on: file.sign_on.iter().map(|(name, policy)| (name.clone(), sign_on(policy))).collect(),
        password: file.password.iter().map(|(name, policy)| (name.clone(), password(policy))).collect(),
        enroll: file.enroll.iter().map(|(name, policy)| (name.clone(), enroll(policy, now))).collect(),
    };
    let name = || DEFAULT.to_owned();
    policies.sign_on.entry(name()).or_insert_with(|| sign_on(&file::SignOn::default()));
    policies.password.entry(name()).or_insert_with(|| password(&file::Password::default()));
    policies.enroll.entry(name()).or_insert_with(|| enroll(&file::Enroll::default(), now));
    policies
}

fn kinds(keys: &[Spanned<String>]) -> impl Iterator<Item = Kind> {
    keys.iter().filter_map(|key| kind(key).ok())
}

fn sign_on(policy: &file::SignOn) -> SignOnPolicy {
    SignOnPolicy {
        access: match policy.access {
            file::Access::Allow => Access::Allow,
            file::Access::Deny => Access::Deny,
            file::Access::DenyOpenly => Access::DenyOpenly,
        },
        require_factor: policy.require_factor,
        prompt: match policy.prompt {
            file::Prompt::Device => Prompt::Device,
            file::Prompt::Session => Prompt::Session(Duration::from_secs(policy.factor_lifetime_minutes * 60)),
            file::Prompt::Always => Prompt::Always,
        },
        remember_by_default: policy.remember_by_default,
        passwordless: policy.passwordless,
        sequence: policy.sequence.iter().map(|step| kinds(step).collect()).collect(),
    }
}

fn password(policy: &file::Password) -> PasswordPolicy {
    let minutes = policy.auto_unlock_minutes;
    PasswordPolicy {
        complexity: Complexity {
            min_length: policy.min_length,
            min_lower: policy.min_lower_case,
            min_upper: policy.min_upper_case,
            min_number: policy.min_number,
            min_symbol: policy.min_symbol,
            exclude_username: policy.exclude_username,
            exclude_attributes: policy.exclude_attributes.clone(),
            active_directory: policy.active_directory_rule,
        },
        max_age_days: policy.max_age_days,
        warn_days: policy.expire_warn_days,
        min_age_minutes: policy.min_age_minutes,
        history: policy.history_count,
        lockout: Lockout {
            max_attempts: policy.max_attempts,
            auto_unlock: (minutes > 0).then(|| Duration::from_secs(minutes * 60)),
            show: policy.show_lockout_failures,
        },
        recovery: Recovery {
            password_reset: policy.self_service_password_reset,
            unlock: policy.self_service_unlock,
            email: policy.recovery_email,
            sms: policy.recovery_sms,
            call: policy.recovery_call,
            question: policy.recovery_question,
            identity_only: policy.recovery_identity_only,
        },
    }
}

fn enroll(policy: &file::Enroll, now: Timestamp) -> EnrollPolicy {
    let with = |enrollment| move |kind| (kind, enrollment);
    let required = kinds(&policy.required).map(with(Requirement::Required));
    let optional = kinds(&policy.optional).map(with(Requirement::Optional));
    EnrollPolicy {
        factors: required.chain(optional).collect(),
        prompts: policy.prompt,
        grace_until: (policy.grace_days > 0).then(|| now.after(Duration::from_hours(24 * policy.grace_days))),
        instances: policy.instances.iter().filter_map(|(key, count)| Some((kind(key).ok()?, *count))).collect(),
        profiles: kinds(&policy.profiles).collect(),
    }
}
