//! The policies that a transaction carries: what may be remembered, and what a password must be.

use serde_json::{Value, json};

use crate::{
    org::policy::{Complexity, PasswordPolicy, Prompt, SignOnPolicy},
    wire::Members,
};

/// Whether this device may be remembered.
pub(crate) fn sign_on(policy: &SignOnPolicy) -> Value {
    let (allow, minutes) = match policy.prompt {
        Prompt::Device => (true, 0),
        Prompt::Session(time) => (true, time.as_secs() / 60),
        Prompt::Always => (false, 0),
    };
    json!({
        "allowRememberDevice": allow,
        "rememberDeviceLifetimeInMinutes": minutes,
        "rememberDeviceByDefault": allow && policy.remember_by_default,
        "factorsPolicyInfo": {},
    })
}

/// What a new password must be.
pub(crate) fn password(policy: &PasswordPolicy, days_left: Option<u32>) -> Value {
    Members::default()
        .with_some("expiration", days_left.map(|days| json!({ "passwordExpireDays": days })))
        .with("complexity", complexity(&policy.complexity))
        .with("age", json!({ "minAgeMinutes": policy.min_age_minutes, "historyCount": policy.history }))
        .into()
}

fn complexity(rules: &Complexity) -> Value {
    let attributes = &rules.exclude_attributes;
    Members::default()
        .with("minLength", rules.min_length)
        .with("minLowerCase", rules.min_lower)
        .with("minUpperCase", rules.min_upper)
        .with("minNumber", rules.min_number)
        .with("minSymbol", rules.min_symbol)
        .with("excludeUsername", rules.exclude_username)
        .with_some("excludeAttributes", (!attributes.is_empty()).then(|| attributes.clone()))
        .into()
}
