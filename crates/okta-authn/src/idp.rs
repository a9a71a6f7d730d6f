//! Where a sign-in at an identity provider begins (docs/authn-api.md#identity-provider-discovery): an address of the org,
//! which leads on to the provider. Not here: navigating, and asking which provider a login belongs to
//! ([`discovery`](super::discovery)).

use super::links::Org;
use super::secret::StateToken;
use super::url::form;

/// What follows the sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then<'a> {
    /// The browser stays at the org.
    Nothing,
    /// The browser goes to this address, or path of the org (`fromURI`).
    GoTo(&'a str),
    /// The sign-in of this token goes on.
    Resume(&'a StateToken),
}

/// The address for the provider with this id; `None` where that is no id: letters and digits.
pub fn start(org: &Org, id: &str, then: Then) -> Option<String> {
    let is_id = !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric());
    let query = match then {
        Then::Nothing => String::new(),
        Then::GoTo(address) => form(&[("fromURI", address)]),
        Then::Resume(token) => form(&[("stateToken", token.expose())]),
    };
    let mark = if query.is_empty() { "" } else { "?" };
    is_id.then(|| [org.origin(), "/sso/idps/", id, mark, &query].concat())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse fails the test")]
mod tests {
    use super::*;

    const ID: &str = "0oaGoogle0000000001";

    #[test]
    fn addresses() {
        let org = Org::parse("https://acme.okta.example").unwrap();
        let token = StateToken::new("00a/b");
        for (then, query) in [
            (Then::Nothing, ""),
            (Then::GoTo("https://app.example/?a=b&c"), "?fromURI=https%3A%2F%2Fapp.example%2F%3Fa%3Db%26c"),
            (Then::GoTo("/app/x"), "?fromURI=%2Fapp%2Fx"),
            (Then::Resume(&token), "?stateToken=00a%2Fb"),
        ] {
            let address = ["https://acme.okta.example/sso/idps/", ID, query].concat();
            assert_eq!(start(&org, ID, then), Some(address));
        }
    }

    #[test]
    fn an_id_can_not_change_the_address() {
        let org = Org::parse("https://acme.okta.example").unwrap();
        for id in ["", "..", "0oa/../x", "0oa?x", "0oa#x", "0oa%2f", "0oa\\x", "0oa x"] {
            assert_eq!(start(&org, id, Then::Nothing), None, "{id}");
        }
    }
}
