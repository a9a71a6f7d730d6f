//! A password that comes as the hash of another system.
//!
//! Not here: how it is compared (`org/password.rs`).

use crate::{
    call::Input,
    error::{self, ApiError},
    org::password::Hashed,
};

fn invalid(cause: &str) -> ApiError {
    error::VALIDATION.about("password").and(format!("password.hash: {cause}"))
}

/// The hash in `credentials.password.hash`, if there is one.
pub(super) fn hash(credentials: &Input) -> Result<Option<Hashed>, ApiError> {
    let password = credentials.object("password")?;
    if !password.has("hash") {
        return Ok(None);
    }
    if password.has("value") {
        return Err(invalid("a password has a value or a hash, not both"));
    }
    let hash = password.object("hash")?;
    let algorithm = hash.text("algorithm")?.unwrap_or_default();
    if algorithm != "BCRYPT" {
        return Err(invalid(&format!("algorithm: the emulator imports BCRYPT alone, not '{algorithm}'")));
    }
    let cost = hash.value("workFactor").and_then(serde_json::Value::as_u64);
    let cost = cost.filter(|cost| (1..=20).contains(cost)).ok_or_else(|| invalid("workFactor is from 1 to 20"))?;
    let (salt, value) = (hash.text("salt")?.unwrap_or_default(), hash.text("value")?.unwrap_or_default());
    Hashed::imported(cost, salt, value)
        .map(Some)
        .ok_or_else(|| invalid("salt has 22 characters and value has 31, of ./A-Za-z0-9"))
}
