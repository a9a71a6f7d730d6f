//! The org's two cookies: `sid` for the session, `dt` for the device. A page on another port of
//! `localhost` is on the same site, so `SameSite=Lax` lets its requests carry both. `Secure` would
//! need HTTPS, which the emulator does not support.

use axum::http::{HeaderMap, HeaderValue, header};

/// Name of the session cookie.
pub(crate) const SESSION: &str = "sid";
/// Name of the device cookie.
pub(crate) const DEVICE: &str = "dt";

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

/// A session cookie; it expires when the browser is closed.
pub(crate) fn session(id: &str) -> String {
    format!("{SESSION}={id}; Path=/; HttpOnly; SameSite=Lax")
}

/// A device cookie.
pub(crate) fn device(id: &str) -> String {
    format!("{DEVICE}={id}; Path=/; Max-Age={DEVICE_SECONDS}; HttpOnly; SameSite=Lax")
}

/// Deletes the session cookie.
pub(crate) fn no_session() -> String {
    format!("{SESSION}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax")
}

/// Adds a cookie to the response.
pub(crate) fn set(headers: &mut HeaderMap, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        headers.append(header::SET_COOKIE, value);
    }
}
