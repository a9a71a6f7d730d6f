//! How a client proves who it is: RFC 6749, section 2.3.

use axum::http::{HeaderMap, header};
use data_encoding::BASE64;
use percent_encoding::percent_decode_str;

use super::{
    error::{INVALID_CLIENT, INVALID_REQUEST, OAuthError},
    fields::Fields,
};
use crate::org::{Org, client::Client};

/// The client of a request: by HTTP Basic, by `client_secret` in the form, or by `client_id` alone if it has no secret.
pub(super) fn client(org: &Org, headers: &HeaderMap, fields: &Fields) -> Result<Client, OAuthError> {
    let refused = || INVALID_CLIENT.because("Client authentication failed.");
    let basic = headers.get(header::AUTHORIZATION).map(|value| value.to_str().ok().and_then(basic).ok_or_else(refused));
    let (id, secret) = if let Some((id, secret)) = basic.transpose()? {
        if fields.get("client_secret").is_some() || fields.get("client_id").is_some_and(|other| other != id) {
            return Err(INVALID_REQUEST.because("The client's credentials come more than once."));
        }
        (id, secret)
    } else {
        (fields.get("client_id").ok_or_else(refused)?.to_owned(), fields.get("client_secret").map(str::to_owned))
    };
    // A secret for a client that has none is refused too: it is meant for another one.
    org.client(&id).filter(|client| client.secret == secret).cloned().ok_or_else(refused)
}

/// Id and secret in an `Authorization` header; both are form-encoded. Okta's own client for pages has no secret and sends
/// its id alone, without the colon.
fn basic(header: &str) -> Option<(String, Option<String>)> {
    let (scheme, encoded) = header.split_once(' ')?;
    let text = BASE64.decode(encoded.trim().as_bytes()).ok().filter(|_| scheme.eq_ignore_ascii_case("basic"))?;
    let text = String::from_utf8(text).ok()?;
    let (id, secret) = text.split_once(':').unwrap_or((&text, ""));
    let decoded = |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8().ok().map(String::from);
    // An empty secret is as none (RFC 6749, section 2.3.1).
    Some((decoded(id)?, Some(decoded(secret)?).filter(|secret| !secret.is_empty())))
}

#[cfg(test)]
mod tests {
    use super::basic;

    #[test]
    fn both_parts_are_form_encoded() {
        let pair = |id: &str, secret: Option<&str>| Some((id.to_owned(), secret.map(str::to_owned)));
        assert_eq!(basic("Basic aWQ6YSUzQWIrYw=="), pair("id", Some("a:b c")));
        for alone in ["basic aWQ6", "Basic aWQ="] {
            assert_eq!(basic(alone), pair("id", None), "{alone}");
        }
        for wrong in ["Bearer aWQ6YQ==", "Basic aWQ", "Basic"] {
            assert_eq!(basic(wrong), None, "{wrong}");
        }
    }
}
