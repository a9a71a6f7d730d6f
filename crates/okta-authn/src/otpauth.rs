//! The link that sets up an authenticator app on the same device: built here from the key and the account, with a fixed
//! scheme. An address that the org sends is never used for it. Not here: the QR image, which the org draws.

use super::secret::SharedSecret;
use super::url::encode;

/// `otpauth://totp/...` for this account. `issuer` says whose account it is; empty where that is not known. The link
/// contains the key: show it where the key is shown, and nowhere else.
pub fn setup_link(secret: &SharedSecret, issuer: &str, account: &str) -> String {
    let (issuer, account) = (encode(issuer), encode(account));
    let key = encode(secret.expose());
    if issuer.is_empty() {
        return ["otpauth://totp/", &account, "?secret=", &key].concat();
    }
    ["otpauth://totp/", &issuer, ":", &account, "?secret=", &key, "&issuer=", &issuer].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_it_changes_the_scheme_or_adds_a_parameter() {
        let link = |secret, issuer, account| setup_link(&SharedSecret::new(secret), issuer, account);
        assert_eq!(
            link("KRUGKIDR", "acme.okta.example", "ada@acme.example"),
            "otpauth://totp/acme.okta.example:ada%40acme.example?secret=KRUGKIDR&issuer=acme.okta.example"
        );
        assert_eq!(link("KEY", "", "a b"), "otpauth://totp/a%20b?secret=KEY");
        assert_eq!(link("K&issuer=evil", "", "a?b#c/"), "otpauth://totp/a%3Fb%23c%2F?secret=K%26issuer%3Devil");
    }
}
