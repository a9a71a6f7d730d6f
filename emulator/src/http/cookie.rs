//! The org's two cookies: `sid` for the session, which is `idx` in an upgraded org, and `DT` for the device. A page on another port of
//! `localhost` is on the same site, so `SameSite=Lax` lets its requests carry both. With HTTPS they are as those of an Okta
//! org: Secure, and sent across sites. A switch makes them so without HTTPS, which some browsers refuse.

use axum::http::{HeaderMap, HeaderValue, header};

use crate::org::{Org, engine::Engine};

/// Name of the session cookie.
pub(crate) const SESSION: &str = "sid";
/// Its name in an upgraded org.
pub(crate) const IDX: &str = "idx";
/// Name of the device cookie.
pub(crate) const DEVICE: &str = "DT";

/// Two years.
const DEVICE_SECONDS: u32 = 2 * 365 * 24 * 60 * 60;

/// The value of a request cookie.
pub(crate) fn value(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(one, value)| *one == name && !value.is_empty())
        .map(|(_, value)| value.to_owned())
}

/// The session cookie of a request. An upgraded org still takes the classic one.
pub(crate) fn session_in(headers: &HeaderMap, engine: Engine) -> Option<String> {
    let idx = value(headers, IDX).filter(|_| engine == Engine::Identity);
    idx.or_else(|| value(headers, SESSION))
}

/// Sets the session cookie; it expires when the browser is closed.
pub(crate) fn set_session(headers: &mut HeaderMap, id: &str, org: &Org) {
    let name = if org.is_upgraded() { IDX } else { SESSION };
    set(headers, &format!("{name}={id}; Path=/; HttpOnly; {}", site(org)));
}

/// A device cookie.
pub(crate) fn device(id: &str, org: &Org) -> String {
    format!("{DEVICE}={id}; Path=/; Max-Age={DEVICE_SECONDS}; HttpOnly; {}", site(org))
}

/// Deletes the session cookie, in an upgraded org both.
pub(crate) fn end_session(headers: &mut HeaderMap, org: &Org) {
    let names: &[&str] = if org.is_upgraded() { &[IDX, SESSION] } else { &[SESSION] };
    for name in names {
        delete(headers, name, org);
    }
}

/// Deletes the classic session cookie.
pub(crate) fn end_classic_session(headers: &mut HeaderMap, org: &Org) {
    delete(headers, SESSION, org);
}

fn delete(headers: &mut HeaderMap, name: &str, org: &Org) {
    set(headers, &format!("{name}=; Path=/; Max-Age=0; HttpOnly; {}", site(org)));
}

/// From which sites requests carry the cookie.
fn site(org: &Org) -> &'static str {
    if org.switches.cross_site_cookies || org.base.starts_with("https://") {
        "SameSite=None; Secure"
    } else {
        "SameSite=Lax"
    }
}

/// Adds a cookie to the response.
pub(crate) fn set(headers: &mut HeaderMap, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        headers.append(header::SET_COOKIE, value);
    }
}
