//! The claims of an ID token (OpenID Connect Core section 3.1.3.7), and the rules that they keep. Not here: the signature,
//! which comes first (`id_token`).

use super::id_token_error::IdTokenError;
use super::issuer::Issuer;
use crate::base64::encode_url;
use crate::secret::Nonce;
use crate::timestamp::Millis;
use crate::wire::Value;
use std::fmt;

/// How many seconds the clocks of this device and of the org may differ.
const SKEW: f64 = 300.0;
/// Dates after the year 9999 are none.
const LATEST: f64 = 253_402_300_800.0;

/// What the claims are compared with.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    /// Who was asked.
    pub issuer: &'a Issuer,
    /// The app.
    pub client_id: &'a str,
    /// Of the request.
    pub nonce: &'a Nonce,
    /// The time, by this device's clock.
    pub now: Millis,
}

/// The claims of an ID token whose signature and claims are right.
#[derive(Clone, PartialEq)]
pub struct Claims {
    /// Who signed in: the org's id of the user.
    pub subject: String,
    /// When the ID token expires.
    pub expires_at: Millis,
    /// All claims, as they came.
    pub all: Value,
}

/// Shows nothing of the person.
impl fmt::Debug for Claims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Claims(redacted)")
    }
}

impl Claims {
    /// Checks all of them.
    pub(super) fn check(all: Value, expected: &Expected) -> Result<Self, IdTokenError> {
        if text(&all, "iss")? != expected.issuer.name() {
            return Err(IdTokenError::Issuer);
        }
        check_audience(&all, expected.client_id)?;
        if expected.nonce.is_empty() || text(&all, "nonce")? != expected.nonce.expose() {
            return Err(IdTokenError::Nonce);
        }
        let subject = text(&all, "sub")?.to_owned();
        let (expires, issued) = (date(&all, "exp")?, date(&all, "iat")?);
        #[expect(clippy::cast_precision_loss, reason = "dates of our time are exact")]
        let now = (expected.now / 1_000) as f64;
        if expires + SKEW <= now {
            return Err(IdTokenError::Expired);
        }
        let begins = if all.get("nbf").is_some() { date(&all, "nbf")?.max(issued) } else { issued };
        if begins - SKEW > now {
            return Err(IdTokenError::FromTheFuture);
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is checked")]
        let expires_at = (expires * 1_000.0) as Millis;
        Ok(Self { subject, expires_at, all })
    }

    /// Compares `at_hash` with the SHA-256 digest of the access token's text (section 3.2.2.9). The older response types
    /// must have it; an exchanged code may.
    pub fn check_access_token(&self, digest: &[u8], is_required: bool) -> Result<(), IdTokenError> {
        match self.all.get("at_hash") {
            None if is_required => Err(IdTokenError::Missing("at_hash")),
            None => Ok(()),
            Some(hash) => {
                let half = digest.get(..16).filter(|_| digest.len() == 32).map(encode_url);
                let fits = half.is_some_and(|half| hash.as_text() == Some(half.as_str()));
                if fits { Ok(()) } else { Err(IdTokenError::AccessToken) }
            }
        }
    }
}

fn text<'a>(claims: &'a Value, name: &'static str) -> Result<&'a str, IdTokenError> {
    let text = claims.get(name).and_then(Value::as_text).filter(|text| !text.is_empty());
    text.ok_or(IdTokenError::Missing(name))
}

/// Seconds since the Unix epoch.
fn date(claims: &Value, name: &'static str) -> Result<f64, IdTokenError> {
    match claims.get(name) {
        Some(Value::Number(seconds)) if (0.0..LATEST).contains(seconds) => Ok(*seconds),
        _ => Err(IdTokenError::Missing(name)),
    }
}

/// The audience is this app, or a list with it; then the token must have been issued to this app.
fn check_audience(claims: &Value, client_id: &str) -> Result<(), IdTokenError> {
    let is_this = |value: &Value| value.as_text() == Some(client_id);
    let (fits, is_alone) = match claims.get("aud") {
        Some(one @ Value::Text(_)) => (is_this(one), true),
        Some(Value::List(all)) => (all.iter().any(is_this), all.len() == 1),
        _ => return Err(IdTokenError::Missing("aud")),
    };
    if !fits || client_id.is_empty() {
        return Err(IdTokenError::Audience);
    }
    match claims.get("azp") {
        Some(party) if !is_this(party) => Err(IdTokenError::AuthorizedParty),
        None if !is_alone => Err(IdTokenError::AuthorizedParty),
        _ => Ok(()),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse fails the test")]
mod tests {
    use super::*;
    use crate::links::Org;
    use serde_json::{Value as Json, json};

    const NOW: u64 = 1_700_000_000;

    fn check(change: &Json) -> Result<Claims, IdTokenError> {
        let issuer = Issuer::parse("https://example.okta.com/oauth2/default", &org()).unwrap();
        let mut claims = json!({"iss": "https://example.okta.com/oauth2/default", "aud": "0oa1", "sub": "00u1",
            "nonce": "n1", "iat": NOW, "exp": NOW + 3_600, "groups": ["a"]});
        for (name, value) in change.as_object().unwrap() {
            claims.as_object_mut().unwrap().insert(name.clone(), value.clone());
        }
        let claims: Value = serde_json::from_value(claims).unwrap();
        let nonce = Nonce::new("n1");
        let expected = Expected { issuer: &issuer, client_id: "0oa1", nonce: &nonce, now: NOW * 1_000 };
        Claims::check(claims, &expected)
    }

    fn org() -> Org {
        Org::parse("https://example.okta.com").unwrap()
    }

    #[test]
    fn what_is_right() {
        let claims = check(&json!({})).unwrap();
        assert_eq!((claims.subject.as_str(), claims.expires_at), ("00u1", (NOW + 3_600) * 1_000));
        assert_eq!(format!("{claims:?}"), "Claims(redacted)");
        for change in [
            json!({"aud": ["0oa1"]}),
            json!({"aud": "0oa1", "azp": "0oa1"}),
            json!({"aud": ["0oa2", "0oa1"], "azp": "0oa1"}),
            json!({"exp": NOW - 299}),
            json!({"iat": NOW + 300}),
            json!({"nbf": NOW + 300}),
            json!({"iat": 0, "exp": 1.7e9 + 0.5}),
        ] {
            assert!(check(&change).is_ok(), "{change}");
        }
    }

    #[test]
    fn every_rule_has_its_own_error() {
        for (change, error) in [
            (json!({"iss": "https://example.okta.com"}), IdTokenError::Issuer),
            (json!({"iss": "https://example.okta.com/oauth2/default/"}), IdTokenError::Issuer),
            (json!({"iss": "https://evil.example/oauth2/default"}), IdTokenError::Issuer),
            (json!({"iss": null}), IdTokenError::Missing("iss")),
            (json!({"iss": ["https://example.okta.com/oauth2/default"]}), IdTokenError::Missing("iss")),
            (json!({"aud": "0oa2"}), IdTokenError::Audience),
            (json!({"aud": "0OA1"}), IdTokenError::Audience),
            (json!({"aud": ["0oa2", "0oa3"], "azp": "0oa1"}), IdTokenError::Audience),
            (json!({"aud": []}), IdTokenError::Audience),
            (json!({"aud": null}), IdTokenError::Missing("aud")),
            (json!({"aud": 7}), IdTokenError::Missing("aud")),
            (json!({"aud": ["0oa1", "0oa2"]}), IdTokenError::AuthorizedParty),
            (json!({"aud": ["0oa1", "0oa2"], "azp": "0oa2"}), IdTokenError::AuthorizedParty),
            (json!({"azp": "0oa2"}), IdTokenError::AuthorizedParty),
            (json!({"azp": 7}), IdTokenError::AuthorizedParty),
            (json!({"nonce": "n2"}), IdTokenError::Nonce),
            (json!({"nonce": null}), IdTokenError::Missing("nonce")),
            (json!({"sub": null}), IdTokenError::Missing("sub")),
            (json!({"sub": ""}), IdTokenError::Missing("sub")),
            (json!({"exp": NOW - 300}), IdTokenError::Expired),
            (json!({"exp": null}), IdTokenError::Missing("exp")),
            (json!({"exp": "1700003600"}), IdTokenError::Missing("exp")),
            (json!({"exp": 1e300}), IdTokenError::Missing("exp")),
            (json!({"iat": null}), IdTokenError::Missing("iat")),
            (json!({"iat": -1}), IdTokenError::Missing("iat")),
            (json!({"iat": NOW + 301}), IdTokenError::FromTheFuture),
            (json!({"nbf": NOW + 301}), IdTokenError::FromTheFuture),
            (json!({"nbf": "soon"}), IdTokenError::Missing("nbf")),
        ] {
            assert_eq!(check(&change).unwrap_err(), error, "{change}");
        }
    }

    #[test]
    fn the_access_token_belongs_to_the_id_token() {
        // The digest of RFC 7636, appendix B.
        let digest = [
            19, 211, 30, 150, 26, 26, 216, 236, 47, 22, 177, 12, 76, 152, 46, 8, 118, 168, 120, 173, 109, 241, 68, 86,
            110, 225, 137, 74, 203, 112, 249, 195,
        ];
        let with = |hash: Json| check(&json!({ "at_hash": hash })).unwrap();
        let fits = with(json!("E9Melhoa2OwvFrEMTJguCA"));
        assert_eq!(fits.check_access_token(&digest, true), Ok(()));
        assert_eq!(fits.check_access_token(digest.get(..31).unwrap(), true), Err(IdTokenError::AccessToken));
        for other in [json!("E9Melhoa2OwvFrEMTJguCg"), json!("E9Melhoa2OwvFrEMTJguCA=="), json!(7), json!("")] {
            assert_eq!(with(other).check_access_token(&digest, false), Err(IdTokenError::AccessToken));
        }
        let none = check(&json!({})).unwrap();
        assert_eq!(none.check_access_token(&digest, false), Ok(()));
        assert_eq!(none.check_access_token(&digest, true), Err(IdTokenError::Missing("at_hash")));
    }
}
