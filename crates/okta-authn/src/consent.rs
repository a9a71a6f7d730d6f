//! What an app asks to be allowed (docs/authn-api.md#target-and-scopes). Not here: which of it is
//! granted.

use super::links::{Link, Links};
use super::reader::Reader;

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
    /// Reads `target`; `None` where there is none.
    pub fn read(target: &Reader) -> Option<Self> {
        let links = Links::readable(target);
        target.is_object().then(|| Self {
            label: target.at("label").text().or_else(|| target.at("name").text()),
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
    /// Reads one of `scopes`. What is granted must not depend on a wrong reading.
    pub fn read(scope: &Reader) -> Self {
        Self {
            name: scope.at("name").required_text(),
            display_name: scope.at("displayName").text(),
            description: scope.at("description").text(),
            optional: scope.at("optional").strict_flag(),
        }
    }
}
