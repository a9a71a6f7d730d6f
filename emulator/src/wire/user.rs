//! JSON of the user, as a transaction contains it.

use serde_json::{Value, json};

use crate::org::{factor::Question, user::User};

/// The user.
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

/// The user with the recovery question.
pub(crate) fn user_with_question(who: &User, question: Option<&Question>) -> Value {
    let mut value = user(who);
    if let (Some(members), Some(question)) = (value.as_object_mut(), question) {
        members.insert("recovery_question".to_owned(), json!({ "question": question.text }));
    }
    value
}
