//! What an org wants to know about a person before it goes on (docs/authn-api.md#states, `PROFILE_REQUIRED`). Not here: how
//! it is asked.

use super::reader::Reader;

/// One attribute of the profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileField {
    /// Its name in a request.
    pub name: String,
    /// What the org calls it.
    pub label: String,
    /// Whether it must be filled in.
    pub required: bool,
}

impl ProfileField {
    /// Reads one of `registration.profile`; `None` for one that is switched off.
    fn read(field: &Reader) -> Option<Self> {
        let name = field.at("name").required_text();
        field.at("enabled").flag().unwrap_or(true).then(|| Self {
            label: field.at("label").text().filter(|label| !label.trim().is_empty()).unwrap_or_else(|| name.clone()),
            required: field.at("required").flag().unwrap_or(false),
            name,
        })
    }
}

/// What is asked, and whether the answer makes a new account.
pub(super) fn read(policy: &Reader) -> (Vec<ProfileField>, bool) {
    let registration = policy.at("registration");
    let fields = registration.at("profile").each_readable(ProfileField::read).into_iter().flatten().collect();
    (fields, registration.at("createNewAccount").flag().unwrap_or(false))
}
