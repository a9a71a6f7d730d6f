//! The security image of a user, and the frame that provides the device fingerprint. A browser that the
//! user has not signed in with receives the default image. And the logo of
//! applications.

use std::collections::HashMap;

use axum::{
    Router,
    extract::{Path, Query, State},
    http::{HeaderMap, header},
    response::{Html, IntoResponse as _, Response},
    routing::get,
};
use serde_json::{Value, json};

use super::{App, operation};
use crate::{error, picture};

const FRAME: &str = include_str!("fingerprint_frame.html");
const UNKNOWN: &str = "unknown";

/// The routes of this file.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/login/getimage", get(image_of_user))
        .route("/img/security/{name}", get(image))
        .route("/img/logos/default.png", get(logo))
        .route("/auth/services/devicefingerprint", get(async || Html(FRAME)))
}

async fn image_of_user(
    State(app): State<App>,
    Query(fields): Query<HashMap<String, String>>,
    headers: HeaderMap,
) -> Response {
    let Some(name) = fields.get("username").filter(|name| !name.trim().is_empty()) else {
        return operation::refuse(&app, &error::MISSING.because("username: The field cannot be left blank"));
    };
    let org = app.org();
    let fingerprint = headers.get("x-device-fingerprint").and_then(|value| value.to_str().ok());
    let known = org.user_named(name).filter(|user| fingerprint.is_some_and(|one| org.devices.has_seen(one, &user.id)));
    let url = |picture: &str| org.url(&format!("/img/security/{picture}.png"));
    let body: Value = match known {
        Some(user) => json!({
            "result": "success",
            "pwdImg": url(&user.id),
            "imageDescription": format!("The pattern of {}", user.profile.first_name),
        }),
        None => json!({ "result": "success", "pwdImg": url(UNKNOWN), "imageDescription": "" }),
    };
    operation::json(200, &body)
}

/// The logo of applications that have none.
async fn logo() -> Response {
    image(Path(UNKNOWN.to_owned())).await
}

async fn image(Path(name): Path<String>) -> Response {
    let name = name.trim_end_matches(".png");
    let pattern = if name == UNKNOWN { None } else { Some(name) };
    let headers = [(header::CONTENT_TYPE, "image/png"), (header::CACHE_CONTROL, "max-age=3600")];
    (headers, picture::pattern(pattern)).into_response()
}
