//! Policies that travel with a state (docs/authn-api.md#policy): whether a device may be remembered, what a password
//! must be like, how long setting up may wait. They share one name on the wire and nothing else. Not
//! here: whether a password fits, or how any of it is worded.

use super::reader::Reader;
use super::timestamp::Millis;
use super::wire::Value;

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
    pub fn read(policy: &Reader) -> Option<Self> {
        let by_default = policy.at("rememberDeviceByDefault").flag().unwrap_or(false);
        let lifetime_minutes = policy.at("rememberDeviceLifetimeInMinutes").count().unwrap_or(0);
        let allowed = policy.at("allowRememberDevice").flag().unwrap_or(false);
        allowed.then_some(Self { by_default, lifetime_minutes })
    }
}

/// The ids of push factors that the person wants started without asking
/// (docs/authn-api.md#remembered-devices-and-automatic-push).
pub fn auto_push(policy: &Reader) -> Vec<String> {
    let info = policy.at("factorsPolicyInfo");
    let wanted = |id: &&str| info.at(id).at("autoPushEnabled").flag().unwrap_or(false);
    info.names().filter(wanted).map(str::to_owned).collect()
}

/// When required factors can no longer be put off.
pub fn grace_period_end(policy: &Reader) -> Option<Millis> {
    policy.at("gracePeriod").at("endDate").date()
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
    pub fn read(policy: &Reader) -> Self {
        let (complexity, age) = (policy.at("complexity"), policy.at("age"));
        let minimum = |name| least(&complexity.at(name)).unwrap_or(0);
        let excluded = complexity.at("excludeAttributes").texts();
        let has = |attribute: &str| excluded.iter().any(|name| name == attribute);
        Self {
            min_length: minimum("minLength"),
            min_lower_case: minimum("minLowerCase"),
            min_upper_case: minimum("minUpperCase"),
            min_number: minimum("minNumber"),
            min_symbol: minimum("minSymbol"),
            exclude_username: complexity.at("excludeUsername").flag().unwrap_or(false),
            exclude_first_name: has("firstName"),
            exclude_last_name: has("lastName"),
            use_ad_complexity: complexity.at("useADComplexityRequirements").flag().unwrap_or(false),
            expires_in_days: least(&policy.at("expiration").at("passwordExpireDays")),
            min_age_minutes: least(&age.at("minAgeMinutes")).unwrap_or(0),
            history_count: least(&age.at("historyCount")).unwrap_or(0),
        }
    }
}

/// -1 is recorded for "not required", as is 0 (docs/authn-api.md#policy).
fn least(at: &Reader) -> Option<u32> {
    match at.value() {
        Value::Number(number) if *number < 0.0 => Some(0),
        _ => at.count(),
    }
}
