//! The org's two cookies: `sid` for the session, `dt` for the device. A page on another port of
//! `localhost` is on the same site, so `SameSite=Lax` lets its requests carry both. `Secure` needs HTTPS in some
//! browsers, which the emulator does not support; a switch sets it all the same.

use axum::http::{HeaderMap, HeaderValue, header};

use crate::org::Switches;

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
pub(crate) fn session(id: &str, switches: Switches) -> String {
    format!("{SESSION}={id}; Path=/; HttpOnly; {}", site(switches))
}

/// A device cookie.
pub(crate) fn device(id: &str, switches: Switches) -> String {
    format!("{DEVICE}={id}; Path=/; Max-Age={DEVICE_SECONDS}; HttpOnly; {}", site(switches))
}

/// Deletes the session cookie.
pub(crate) fn no_session(switches: Switches) -> String {
    format!("{SESSION}=; Path=/; Max-Age=0; HttpOnly; {}", site(switches))
}

/// From which sites requests carry the cookie.
fn site(switches: Switches) -> &'static str {
    if switches.cross_site_cookies { "SameSite=None; Secure" } else { "SameSite=Lax" }
}

/// Adds a cookie to the response.
pub(crate) fn set(headers: &mut HeaderMap, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        headers.append(header::SET_COOKIE, value);
    }
}
