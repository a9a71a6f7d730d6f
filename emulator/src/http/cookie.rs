//! The org's two cookies: `sid`, the session, and `dt`, the device. A page on another port of
//! `localhost` is on the same site, so `SameSite=Lax` lets its calls carry both; `Secure` would
//! need HTTPS, which the emulator does not speak.

use axum::http::{HeaderMap, HeaderValue, header};

/// The session's cookie.
pub(crate) const SESSION: &str = "sid";
/// The device's cookie.
pub(crate) const DEVICE: &str = "dt";

/// Two years: as long as a device is worth remembering.
const DEVICE_SECONDS: u32 = 2 * 365 * 24 * 60 * 60;

/// The value of a cookie that came.
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

/// The cookie of a session: it ends with the browser.
pub(crate) fn session(id: &str) -> String {
    format!("{SESSION}={id}; Path=/; HttpOnly; SameSite=Lax")
}

/// The cookie of a device.
pub(crate) fn device(id: &str) -> String {
    format!("{DEVICE}={id}; Path=/; Max-Age={DEVICE_SECONDS}; HttpOnly; SameSite=Lax")
}

/// The cookie of a session that is over.
pub(crate) fn no_session() -> String {
    format!("{SESSION}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax")
}

/// Sends a cookie along.
pub(crate) fn set(headers: &mut HeaderMap, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        headers.append(header::SET_COOKIE, value);
    }
}
