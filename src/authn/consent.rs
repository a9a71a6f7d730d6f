//! What an app asks to be allowed (contract 1.5, `scopes` and `target`). Never here: which of it is
//! granted.

use super::links::{Link, Links};
use super::wire::{Decoded, Value};

/// The app behind a sign-in: step-up and consent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Its name, as people know it.
    pub label: Option<String>,
    /// Its logo.
    pub logo: Option<Link>,
    /// Its terms of service.
    pub terms: Option<Link>,
    /// Its privacy policy.
    pub privacy: Option<Link>,
}

impl Target {
    /// Reads `target`.
    pub fn read(value: &Value) -> Decoded<Self> {
        let links = Links::of(value)?;
        Ok(Self {
            label: value.optional("label", Value::text)?.or(value.optional("name", Value::text)?),
            logo: links.get("logo").cloned(),
            terms: links.get("terms-of-service").cloned(),
            privacy: links.get("privacy-policy").cloned(),
        })
    }
}

/// One thing an app asks to be allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// Its name in requests.
    pub name: String,
    /// Its name for people.
    pub display_name: Option<String>,
    /// What it means.
    pub description: Option<String>,
    /// Whether it may be left out; `None` where all is granted or nothing.
    pub optional: Option<bool>,
}

impl Scope {
    /// Reads one of `scopes`.
    pub fn read(value: &Value) -> Decoded<Self> {
        Ok(Self {
            name: value.object()?.required("name", Value::text)?,
            display_name: value.optional("displayName", Value::text)?,
            description: value.optional("description", Value::text)?,
            optional: value.optional("optional", Value::flag)?,
        })
    }
}
