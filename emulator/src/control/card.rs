//! The smart card in the reader.

use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use serde::{Deserialize, Serialize};

use super::error_response;
use crate::http::App;

/// Whose card it is; `null` takes it out.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Card {
    pub(super) login: Option<String>,
}

/// `GET /control/card`.
pub(super) async fn shown(State(app): State<App>) -> Json<Card> {
    let org = app.org();
    let user = org.federation.card.as_deref().and_then(|id| org.user(id).ok());
    Json(Card { login: user.map(|user| user.profile.login.clone()) })
}

/// `POST /control/card`.
pub(super) async fn change(State(app): State<App>, Json(Card { login }): Json<Card>) -> Response {
    let mut org = app.org();
    let user = login.as_deref().map(|login| org.user_named(login).map(|user| user.id.clone()));
    if user == Some(None) {
        return error_response(StatusCode::NOT_FOUND, "There is no such user.");
    }
    org.federation.card = user.flatten();
    StatusCode::NO_CONTENT.into_response()
}
