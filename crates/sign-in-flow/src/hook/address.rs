//! Where the hook is, and the one gate that every request to it passes. Not here: what is asked.

use okta_authn::UntrustedLink;
use okta_authn::url::{Address, AddressError, encode};

/// The hook's address: an origin, and a path below which all of its operations lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hook(String);

impl Hook {
    /// Reads an absolute address.
    pub fn parse(absolute: &str) -> Result<Self, &'static str> {
        let address = Address::parse(absolute).map_err(AddressError::reason)?;
        if address.rest.contains(['?', '#']) || address.has_dot_segments() {
            return Err("must be an address without a query, a fragment or dots for a folder");
        }
        Ok(Self([address.origin.as_str(), address.rest.trim_end_matches('/')].concat()))
    }

    /// Where the browser comes with the org's session, to be sent on to this address.
    pub(crate) fn start(&self, landing: &str) -> String {
        [&self.0, "/session/start?redirect_to=", &*encode(landing)].concat()
    }

    /// Where a request goes, if it may: below the hook's own address. Ids come from outside, so each part is
    /// encoded, and one that a browser would take for a folder is refused.
    pub fn admit(&self, path: &[&str]) -> Result<String, UntrustedLink> {
        let mut url = self.0.clone();
        for part in path {
            if part.trim_matches('.').is_empty() {
                return Err(UntrustedLink { target: (*part).to_owned() });
            }
            url.push('/');
            url.push_str(&encode(part));
        }
        Ok(url)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse fails the test")]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for (given, first) in [
            ("https://app.example/hook/", Some("https://app.example/hook/factors")),
            ("https://APP.example:443", Some("https://app.example/factors")),
            ("http://localhost:8083", Some("http://localhost:8083/factors")),
            ("https://app.example/a/../b", None),
            ("https://app.example/hook?x", None),
            ("https://app.example#x", None),
            ("https://app.example@evil.example/", None),
            ("javascript:alert(1)", None),
            ("/hook", None),
        ] {
            let hook = Hook::parse(given).ok();
            assert_eq!(hook.map(|hook| hook.admit(&["factors"]).unwrap()).as_deref(), first, "{given}");
        }
    }

    #[test]
    fn an_id_stays_one_part_of_the_path() {
        let hook = Hook::parse("https://app.example/hook").unwrap();
        for (id, url) in [
            ("mfa1", Some("https://app.example/hook/factors/mfa1/verify")),
            ("a/../../session", Some("https://app.example/hook/factors/a%2F..%2F..%2Fsession/verify")),
            ("a?b#c", Some("https://app.example/hook/factors/a%3Fb%23c/verify")),
            ("..", None),
            (".", None),
            ("", None),
        ] {
            assert_eq!(hook.admit(&["factors", id, "verify"]).ok().as_deref(), url, "{id}");
        }
    }
}
