//! JSON of the links to a user's applications.

use serde_json::{Value, json};

use crate::org::{Org, app::Target, user::User};

/// The link to one application. `order` is its place on the user's home page.
pub(crate) fn app_link(org: &Org, user: &User, app: &Target, order: usize) -> Value {
    json!({
        "id": user.id,
        "label": app.label,
        "linkUrl": org.url(&app.home()),
        "logoUrl": org.url("/img/logos/default.png"),
        "appName": app.name,
        "appInstanceId": app.id,
        // There are no assignments of their own: every user has every application.
        "appAssignmentId": format!("0ua{}", app.id.get(3..).unwrap_or_default()),
        "credentialsSetup": false,
        "hidden": false,
        "sortOrder": order,
    })
}
