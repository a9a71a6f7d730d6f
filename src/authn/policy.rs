//! Policies that travel with a state (contract 1.5): whether a device may be remembered, what a password
//! must be like, how long setting up may wait. They share one name on the wire and nothing else. Never
//! here: whether a password fits, or how any of it is worded.

use super::timestamp::{self, Millis};
use super::wire::{Decoded, Value};

/// Whether "remember this device" may be offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RememberDevice {
    /// Whether the box starts ticked.
    pub by_default: bool,
    /// Minutes the device is remembered; 0 means no limit in time.
    pub lifetime_minutes: u32,
}

impl RememberDevice {
    /// Reads `policy`; `None` when the org does not allow remembering.
    pub fn read(policy: &Value) -> Decoded<Option<Self>> {
        let allowed = policy.optional("allowRememberDevice", Value::flag)?.unwrap_or(false);
        let by_default = policy.optional("rememberDeviceByDefault", Value::flag)?.unwrap_or(false);
        let lifetime_minutes = policy.optional("rememberDeviceLifetimeInMinutes", Value::count)?.unwrap_or(0);
        Ok(allowed.then_some(Self { by_default, lifetime_minutes }))
    }
}

/// The ids of push factors that the person wants started without asking (contract 1.10).
pub fn auto_push(policy: &Value) -> Decoded<Vec<String>> {
    let enabled = |info: &Value| info.optional("autoPushEnabled", Value::flag).map(|flag| flag.unwrap_or(false));
    let ids = policy.optional("factorsPolicyInfo", |factors| {
        let mut ids = Vec::new();
        for (id, _) in factors.members() {
            if factors.required(id, enabled)? {
                ids.push(id.clone());
            }
        }
        Ok(ids)
    })?;
    Ok(ids.unwrap_or_default())
}

/// When required factors can no longer be put off.
pub fn grace_period_end(policy: &Value) -> Decoded<Option<Millis>> {
    let end = policy.optional("gracePeriod", |period| period.optional("endDate", Value::text))?.flatten();
    Ok(end.as_deref().and_then(timestamp::parse))
}

/// What a new password must be like. 0 means "not required".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "they are the org's, one by one")]
pub struct PasswordPolicy {
    /// Characters at least.
    pub min_length: u32,
    /// Lower-case letters at least.
    pub min_lower_case: u32,
    /// Upper-case letters at least.
    pub min_upper_case: u32,
    /// Digits at least.
    pub min_number: u32,
    /// Other characters at least.
    pub min_symbol: u32,
    /// No part of the user name.
    pub exclude_username: bool,
    /// Not the first name.
    pub exclude_first_name: bool,
    /// Not the last name.
    pub exclude_last_name: bool,
    /// Active Directory's own rule decides; the minima of letters, digits and symbols do not.
    pub use_ad_complexity: bool,
    /// Days until the present one expires; 0 is today. Only meant before it has.
    pub expires_in_days: Option<u32>,
    /// How long the present one must be kept.
    pub min_age_minutes: u32,
    /// How many of the last ones must not come back.
    pub history_count: u32,
}

impl PasswordPolicy {
    /// Reads `policy`, of which any part may be missing.
    pub fn read(policy: &Value) -> Decoded<Self> {
        let mut read = Self::default();
        policy.optional("complexity", |complexity| {
            let minimum = |name| complexity.optional(name, minimum).map(Option::unwrap_or_default);
            read.min_length = minimum("minLength")?;
            read.min_lower_case = minimum("minLowerCase")?;
            read.min_upper_case = minimum("minUpperCase")?;
            read.min_number = minimum("minNumber")?;
            read.min_symbol = minimum("minSymbol")?;
            read.exclude_username = complexity.optional("excludeUsername", flag_or_text)?.unwrap_or(false);
            read.use_ad_complexity = complexity.optional("useADComplexityRequirements", Value::flag)?.unwrap_or(false);
            let attributes = complexity.optional("excludeAttributes", |list| list.each(Value::text))?;
            let attributes = attributes.unwrap_or_default();
            read.exclude_first_name = attributes.iter().any(|name| name == "firstName");
            read.exclude_last_name = attributes.iter().any(|name| name == "lastName");
            Ok(())
        })?;
        let days = |expiration: &Value| expiration.optional("passwordExpireDays", minimum);
        read.expires_in_days = policy.optional("expiration", days)?.flatten();
        policy.optional("age", |age| {
            read.min_age_minutes = age.optional("minAgeMinutes", minimum)?.unwrap_or(0);
            read.history_count = age.optional("historyCount", minimum)?.unwrap_or(0);
            Ok(())
        })?;
        Ok(read)
    }
}

/// -1 is recorded for "not required", as is 0 (contract 1.5).
fn minimum(value: &Value) -> Decoded<u32> {
    match value {
        Value::Number(number) if *number < 0.0 => Ok(0),
        other => other.count(),
    }
}

/// `"true"` stands in samples where the table says boolean (contract part 3, 13).
fn flag_or_text(value: &Value) -> Decoded<bool> {
    match value {
        Value::Text(text) => Ok(text == "true"),
        other => other.flag(),
    }
}
