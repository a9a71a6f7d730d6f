//! The keys that an issuer signs with (RFC 7517), as it publishes them. Keys of another kind are left out. Not here:
//! verifying with one.

use crate::base64::decode_url;
use crate::reader::{DecodeErrors, Reader};
use crate::wire::{DecodeError, Value};

/// Shortest modulus, in bytes: RS256 needs 2048 bits (RFC 7518 section 3.3).
const SHORTEST: usize = 256;
/// Longest one: a longer key would only cost time.
const LONGEST: usize = 1_024;

/// A public RSA key for RS256.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    id: String,
    /// The member `n`, in base64url.
    pub modulus: String,
    /// The member `e`, in base64url.
    pub exponent: String,
}

/// All keys of an issuer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keys(Vec<Key>);

impl Keys {
    /// Reads the response of [`Issuer::keys_request`](super::Issuer::keys_request).
    pub fn read(body: &Value) -> Result<Self, DecodeError> {
        let errors = DecodeErrors::default();
        let body = Reader::new(body, &errors);
        let keys = body.strict_object().at("keys");
        keys.required();
        let keys = keys.each(Key::read);
        errors.into_result(Self(keys.into_iter().flatten().collect()))
    }

    /// The key of that name. Of two with one name, neither is it.
    pub fn find(&self, id: &str) -> Option<&Key> {
        let mut found = self.0.iter().filter(|key| key.id == id);
        found.next().filter(|_| found.next().is_none())
    }
}

impl Key {
    /// `None` for a key of another kind or for another use.
    fn read(key: &Reader) -> Option<Self> {
        let is = |name, wanted: &str| key.at(name).text().is_some_and(|text| text == wanted);
        let fits = |name, wanted: &str| !key.at(name).is_present() || is(name, wanted);
        let bytes = |name| key.at(name).text().and_then(|text| decode_url(&text));
        let is_rsa = is("kty", "RSA") && fits("use", "sig") && fits("alg", "RS256");
        let has_length = (SHORTEST..=LONGEST).contains(&bytes("n")?.len()) && (1..=4).contains(&bytes("e")?.len());
        let (id, modulus, exponent) = (key.at("kid").text()?, key.at("n").text()?, key.at("e").text()?);
        (is_rsa && has_length).then_some(Self { id, modulus, exponent })
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse fails the test")]
mod tests {
    use super::*;
    use serde_json::json;

    fn key(change: &serde_json::Value) -> serde_json::Value {
        let modulus = crate::base64::encode_url(&[0xc3; 256]);
        let mut key = json!({"kty": "RSA", "alg": "RS256", "kid": "k1", "use": "sig", "e": "AQAB", "n": modulus});
        for (name, value) in change.as_object().unwrap() {
            key.as_object_mut().unwrap().insert(name.clone(), value.clone());
        }
        key
    }

    fn read(keys: &serde_json::Value) -> Keys {
        Keys::read(&serde_json::from_value(json!({ "keys": keys })).unwrap()).unwrap()
    }

    #[test]
    fn only_keys_for_rs256_signatures() {
        assert_eq!(read(&json!([key(&json!({}))])).find("k1").unwrap().exponent, "AQAB");
        assert!(read(&json!([key(&json!({"use": null, "alg": null, "status": "ACTIVE"}))])).find("k1").is_some());
        for change in [
            json!({"kty": "EC"}),
            json!({"kty": "oct"}),
            json!({"use": "enc"}),
            json!({"alg": "RS512"}),
            json!({"kid": null}),
            json!({"n": "AQAB"}),
            json!({"n": 7}),
            json!({"n": crate::base64::encode_url(&[1; 2_000])}),
            json!({"n": "+".repeat(344)}),
            json!({"e": null}),
            json!({"e": "AQAB="}),
            json!({"e": "AQABAQAB"}),
        ] {
            let keys = read(&json!([key(&change), key(&json!({"kid": "k2"}))]));
            assert!(keys.find("k1").is_none() && keys.find("k2").is_some(), "{change}");
        }
    }

    #[test]
    fn a_name_that_two_keys_have_is_none() {
        let keys = read(&json!([key(&json!({})), key(&json!({"e": "Aw"}))]));
        assert_eq!((keys.find("k1"), keys.find("k9")), (None, None));
    }

    #[test]
    fn bodies_without_keys() {
        let error = |body| Keys::read(&serde_json::from_value(body).unwrap()).unwrap_err().to_string();
        assert_eq!(error(json!({})), "keys should be present");
        assert_eq!(error(json!([])), "the body should be an object");
        assert_eq!(error(json!({"keys": {}})), "keys should be an array");
    }
}
