//! The session cookie in an upgraded org: whoever comes with the classic `sid` leaves with `idx`.

use axum::{
    extract::{Request, State},
    http::header,
    middleware::Next,
    response::Response,
};

use super::{App, cookie};
use crate::sessions;

/// Replaces the classic cookie of a live session.
pub(crate) async fn apply(State(app): State<App>, request: Request, next: Next) -> Response {
    let classic = cookie::value(request.headers(), cookie::SESSION);
    let has_idx = cookie::value(request.headers(), cookie::IDX).is_some();
    let mut response = next.run(request).await;
    let mut org = app.org();
    if !org.is_upgraded() || has_idx || sets_session(&response) {
        return response;
    }
    let now = org.clock.now();
    if let Some(classic) = classic.filter(|classic| org.live_session(Some(classic), now).is_some()) {
        sessions::in_browser(&mut org, &classic);
        cookie::set_session(response.headers_mut(), &classic, &org);
        cookie::end_classic_session(response.headers_mut(), &org);
    }
    response
}

/// Whether the response sets or deletes a session cookie itself.
fn sets_session(response: &Response) -> bool {
    let set = response.headers().get_all(header::SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
    set.into_iter().any(|value| value.starts_with("idx=") || value.starts_with("sid="))
}
