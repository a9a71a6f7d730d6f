//! Consent to the scopes of an application, and the user code of a device without a keyboard.

use std::time::Duration;

use serde_json::Value;

use crate::{
    authn::progress::{current, proceed, save},
    call::{Call, Refusal, Reply},
    error,
    org::{
        Org,
        transaction::{Purpose, State},
    },
};

/// Scopes of the application: name, whether the user may refuse it, description.
pub(crate) const SCOPES: [(&str, bool, &str); 4] = [
    ("openid", false, "Sign you in"),
    ("profile", false, "See your name"),
    ("email", true, "See your <b>e-mail</b> address"),
    ("offline_access", true, "Stay signed in when you are away"),
];

/// The user code that the device shows.
pub(crate) const USER_CODE: &str = "ABCD-1234";

/// How long a device waits for its user.
pub(crate) const DEVICE_WAITS: Duration = Duration::from_mins(10);

/// `POST .../consent`: the scopes as a list, or one by one. Okta's client sends both inside `consent`; `optedScopes`
/// beside it is accepted too, because Okta's text can be read so.
pub(crate) fn consent(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let mut transaction = current(org, call)?;
    if !matches!(transaction.state, State::Consent { .. }) {
        return Err(error::WRONG_STATE.into());
    }
    let consent = call.input.object("consent")?;
    let opted = consent.value("optedScopes").or_else(|| call.input.value("optedScopes"));
    let given: Vec<String> = match (consent.value("scopes"), opted) {
        (Some(Value::Array(names)), _) => names.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        (_, Some(Value::Object(opted))) => {
            opted.iter().filter(|(_, yes)| **yes == Value::Bool(true)).map(|(name, _)| name.clone()).collect()
        }
        _ => return Err(error::MISSING.because("consent: The field cannot be left blank").into()),
    };
    let for_device = matches!(transaction.purpose, Purpose::Device { .. });
    if for_device && given.is_empty() {
        transaction.done.denied = true;
        return Ok(proceed(org, call, transaction)?);
    }
    let required = SCOPES.iter().filter(|(_, optional, _)| !optional);
    if let Some((name, ..)) = required.into_iter().find(|(name, ..)| !given.iter().any(|one| one == name)) {
        return Err(error::VALIDATION.about("consent").and(format!("The scope '{name}' is required.")).into());
    }
    transaction.done.consent = true;
    Ok(proceed(org, call, transaction)?)
}

/// `POST .../device/activate`: checks the user code; sign-in follows.
pub(crate) fn activate_device(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let mut transaction = current(org, call)?;
    if !matches!(transaction.state, State::DeviceActivate) {
        return Err(error::WRONG_STATE.into());
    }
    let code: String = call.input.required("userCode")?.chars().filter(char::is_ascii_alphanumeric).collect();
    if !code.eq_ignore_ascii_case(&USER_CODE.replace('-', "")) {
        return Err(error::INVALID_USER_CODE.into());
    }
    if let Purpose::Device { user_code, .. } = &mut transaction.purpose {
        USER_CODE.clone_into(user_code);
    }
    if transaction.who.is_some() {
        return Ok(proceed(org, call, transaction)?);
    }
    transaction.state = State::Unauthenticated;
    Ok(save(org, call, transaction)?)
}
