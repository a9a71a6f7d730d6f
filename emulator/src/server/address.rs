//! The addresses that the emulator is told: which of them are valid.

use url::Url;

use super::StartError;
use crate::control;

/// The name of this machine.
pub(super) const LOCALHOST: &str = "localhost";

/// The origin of a page, in the form that browsers send.
pub(crate) fn page_origin(text: &str) -> Result<String, StartError> {
    control::origin(text).ok_or_else(|| StartError::PageOrigin(text.to_owned()))
}

/// The host in the org's own addresses.
pub(super) fn host(text: &str) -> Result<&str, StartError> {
    if is_local(text) { Ok(text) } else { Err(StartError::Host(text.to_owned())) }
}

/// The org's own address behind a proxy, without a slash at the end.
pub(crate) fn base_url(text: &str) -> Result<String, StartError> {
    let wrong = || StartError::BaseUrl(text.to_owned());
    let url = Url::parse(text).map_err(|_| wrong())?;
    let plain = url.username().is_empty() && url.password().is_none() && url.query().is_none();
    match control::origin(text) {
        Some(origin) if plain && url.fragment().is_none() => Ok(origin),
        _ => Err(wrong()),
    }
}

/// The name in a base URL; `None` for an address in numbers.
pub(super) fn host_of(base_url: &str) -> Option<&str> {
    let (_, authority) = base_url.split_once("://")?;
    let host = authority.rsplit_once(':').map_or(authority, |(host, _)| host);
    let is_name = !host.starts_with('[') && host.parse::<std::net::Ipv4Addr>().is_err();
    is_name.then_some(host)
}

/// Whether the name leads to this machine: browsers resolve all names below `localhost` to it.
fn is_local(host: &str) -> bool {
    let is_name = |label: &str| {
        !label.is_empty() && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    host == LOCALHOST || host.strip_suffix(".localhost").is_some_and(|below| below.split('.').all(is_name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_url_is_an_origin() {
        for (text, origin) in [
            ("https://login.example.test", Some("https://login.example.test")),
            ("https://login.example.test/", Some("https://login.example.test")),
            ("http://127.0.0.1:9000", Some("http://127.0.0.1:9000")),
            ("https://login.example.test/okta", None),
            ("https://login.example.test/?a=b", None),
            ("https://login.example.test/#a", None),
            ("https://someone@login.example.test", None),
            ("login.example.test", None),
            ("ftp://login.example.test", None),
        ] {
            assert_eq!(base_url(text).ok().as_deref(), origin, "{text}");
        }
    }

    #[test]
    fn a_host_is_below_localhost() {
        for (text, valid) in [
            ("localhost", true),
            ("my-org.localhost", true),
            ("a.b.localhost", true),
            ("localhost.example", false),
            ("Org.localhost", false),
            (".localhost", false),
        ] {
            assert_eq!(host(text).is_ok(), valid, "{text}");
        }
    }
}
