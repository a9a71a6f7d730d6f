//! JSON of the policies that a transaction contains: sign-on and password.

use serde_json::{Value, json};

use crate::{
    call::Call,
    error::ApiError,
    org::{
        Org,
        kind::Kind,
        policy::{Complexity, PasswordPolicy, Prompt},
        user::User,
    },
    wire::Members,
};

/// Whether the device may be remembered, and the factors to which a push is sent automatically.
pub(crate) fn sign_on(org: &Org, call: &Call, user: &User) -> Result<Value, ApiError> {
    let policy = org.sign_on_policy(user)?;
    let (allow, minutes) = match policy.prompt {
        Prompt::Device => (true, 0),
        Prompt::Session(time) => (true, time.as_secs() / 60),
        Prompt::Always => (false, 0),
    };
    let pushes = user.factors.iter().filter(|factor| factor.kind == Kind::Push);
    let infos = pushes.fold(Members::default(), |infos, factor| {
        let wanted = org.devices.wants_auto_push(&call.device, &factor.id);
        infos.with(&factor.id, json!({ "autoPushEnabled": wanted }))
    });
    Ok(Members::default()
        .with("allowRememberDevice", allow)
        .with("rememberDeviceLifetimeInMinutes", minutes)
        .with("rememberDeviceByDefault", allow && policy.remember_by_default)
        .with("factorsPolicyInfo", infos)
        .into())
}

/// The password policy.
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
        .with_some("useADComplexityRequirements", rules.active_directory.then_some(true))
        .with_some("excludeAttributes", (!attributes.is_empty()).then(|| attributes.clone()))
        .into()
}
