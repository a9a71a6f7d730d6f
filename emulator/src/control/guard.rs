//! Who may call the control interface: programs on this machine, and its own pages. A page of another site, shown in a
//! browser on this machine, can send requests here too; and if its host name is made to resolve to this machine (DNS
//! rebinding), it could read the responses.
//!
//! Not here: CORS for the org's API (`http/cors.rs`).

use std::net::IpAddr;

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderName, StatusCode, header, uri::Authority},
    middleware::Next,
    response::Response,
};

use super::error_response;

/// Refuses what was sent to another host name, or by a page of another origin.
pub(super) async fn apply(request: Request, next: Next) -> Response {
    match refusal(request.headers()) {
        Some(why) => error_response(StatusCode::FORBIDDEN, why),
        None => next.run(request).await,
    }
}

/// Whether the request was sent to a name of this machine.
pub(crate) fn is_called_locally(headers: &HeaderMap) -> bool {
    only(headers, &header::HOST).is_some_and(is_local)
}

fn refusal(headers: &HeaderMap) -> Option<&'static str> {
    let Some(host) = only(headers, &header::HOST).filter(|host| is_local(host)) else {
        return Some("The control interface is called at localhost: the header Host must say so.");
    };
    // Browsers add the origin to every request that changes something. Other programs send none.
    let is_own = only(headers, &header::ORIGIN).is_some_and(|origin| {
        origin.split_once("://").is_some_and(|(_, authority)| authority.eq_ignore_ascii_case(host))
    });
    let is_foreign = headers.contains_key(header::ORIGIN) && !is_own;
    is_foreign.then_some("Pages of other origins must not call the control interface.")
}

/// The value of a header that must not be repeated.
fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}

/// Whether nobody can make this host resolve to another machine: an address of this machine, `localhost`, or a name
/// below it, which are reserved.
fn is_local(authority: &str) -> bool {
    let Ok(authority) = authority.parse::<Authority>() else {
        return false;
    };
    let host = authority.host().to_ascii_lowercase();
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host == "localhost" || host.ends_with(".localhost") || address.is_ok_and(|address| address.is_loopback())
}
