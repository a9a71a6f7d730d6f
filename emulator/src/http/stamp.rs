//! What every answer carries, whatever it is.

use axum::{
    extract::{Request, State},
    http::HeaderValue,
    middleware::Next,
    response::Response,
};

use super::App;

/// Names the request, so that it can be found again.
pub(crate) async fn request_id(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let id = app.org().random.id("req");
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("x-okta-request-id", id);
    }
    response
}
