//! The user, as far as a client may know it.

use serde_json::{Value, json};

use crate::org::user::User;

/// Who signs in.
pub(crate) fn user(user: &User) -> Value {
    json!({
        "id": user.id,
        "passwordChanged": user.password.changed.iso(),
        "profile": {
            "login": user.profile.login,
            "firstName": user.profile.first_name,
            "lastName": user.profile.last_name,
            "locale": "en",
            "timeZone": "America/Los_Angeles",
        },
    })
}
