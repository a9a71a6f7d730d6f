//! Decides where the browser may go after a sign-in. A [`RedirectUrl`] cannot be made otherwise. Not here: navigating.

use crate::hook::Hook;
use okta_authn::url::{Address, AddressError, Origin};

/// An address the browser may be sent to: `http(s)`, no user name in it, an allowed origin; or the hook, on the way there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedirectUrl(String);

/// Why the browser may not go there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RedirectError {
    /// No proper address.
    Address(AddressError),
    /// An origin that is neither the page's own nor allowed by configuration.
    Origin(String),
}

impl RedirectUrl {
    /// Checks an absolute address against the allowed origins.
    pub fn parse(absolute: &str, allowed: &[Origin]) -> Result<Self, RedirectError> {
        let address = Address::parse(absolute).map_err(RedirectError::Address)?;
        if allowed.contains(&address.origin) {
            Ok(Self([address.origin.as_str(), address.rest].concat()))
        } else {
            Err(RedirectError::Origin(address.origin.as_str().to_owned()))
        }
    }

    /// The address of the hook that sends the browser on to this one.
    pub(crate) fn by_way_of(&self, hook: &Hook) -> Self {
        Self(hook.start(&self.0))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse fails the test")]
mod tests {
    use super::*;

    #[test]
    fn only_allowed_origins() {
        let allowed = ["https://app.example", "https://partner.example:8443"]
            .map(|origin| Address::parse(origin).unwrap().origin);
        for (url, fine) in [
            ("https://app.example/", true),
            ("https://APP.example:443/landing?x=1#y", true),
            ("https://partner.example:8443", true),
            ("https://partner.example", false),
            ("http://app.example/", false),
            ("https://app.example.evil.example/", false),
            ("https://app.example@evil.example/", false),
            ("//evil.example", false),
            ("javascript:alert(1)", false),
            ("data:text/html,x", false),
            ("https://app.example\\.evil.example", false),
            ("/landing", false),
        ] {
            assert_eq!(RedirectUrl::parse(url, &allowed).is_ok(), fine, "{url}");
        }
    }
}
