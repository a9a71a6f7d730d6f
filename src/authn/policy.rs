//! The sign-on policy that travels with MFA states (contract 1.5): whether a device may be remembered.
//! Password and enrolment policies share its name on the wire and nothing else. Never here: how the
//! lifetime is worded.

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
