//! A signed token in its compact form (RFC 7515 section 7.1): its parts, and the rules for its header. Not here: the
//! signature itself, which whoever has cryptography verifies, or the claims.

use super::id_token_error::{IdTokenError, Part};
use super::json::{JsonError, parse};
use crate::base64::decode_url;
use crate::wire::Value;

/// Longest token that is read, in bytes. Real ones stay below 8 kB.
pub(super) const MAX_LENGTH: usize = 1 << 16;

/// Members of a header that bring a key along, or say where one is: keys come from the issuer alone.
const OWN_KEYS: [&str; 4] = ["jwk", "jku", "x5u", "x5c"];

/// The parts of a signed token. Nothing is verified yet.
#[derive(Clone, PartialEq)]
pub(super) struct Jws {
    pub(super) key_id: String,
    /// What is signed.
    pub(super) signing_input: String,
    pub(super) signature: Vec<u8>,
    pub(super) claims: Value,
}

impl Jws {
    pub(super) fn parse(token: &str) -> Result<Self, IdTokenError> {
        if token.len() > MAX_LENGTH {
            return Err(IdTokenError::TooLong);
        }
        let (signing_input, signature) = token.rsplit_once('.').ok_or(IdTokenError::Shape)?;
        let (header, claims) = signing_input.split_once('.').ok_or(IdTokenError::Shape)?;
        if claims.contains('.') {
            return Err(IdTokenError::Shape);
        }
        let key_id = key_id(&object(header, Part::Header)?)?;
        let signature = bytes(signature, Part::Signature)?;
        let claims = object(claims, Part::Claims)?;
        Ok(Self { key_id, signing_input: signing_input.to_owned(), signature, claims })
    }
}

fn bytes(text: &str, part: Part) -> Result<Vec<u8>, IdTokenError> {
    decode_url(text).filter(|bytes| !bytes.is_empty()).ok_or(IdTokenError::Base64(part))
}

fn object(text: &str, part: Part) -> Result<Value, IdTokenError> {
    let text = String::from_utf8(bytes(text, part)?).map_err(|_| IdTokenError::Json(part))?;
    match parse(&text) {
        Ok(value @ Value::Object(_)) => Ok(value),
        Ok(_) | Err(JsonError::Syntax) => Err(IdTokenError::Json(part)),
        Err(JsonError::Twice) => Err(IdTokenError::Twice(part)),
    }
}

/// The rules for the header. The algorithm is fixed: a token does not choose how it is verified.
fn key_id(header: &Value) -> Result<String, IdTokenError> {
    let has = |name: &str| header.members().iter().any(|(member, _)| member == name);
    if header.get("alg").and_then(Value::as_text) != Some("RS256") {
        return Err(IdTokenError::Algorithm);
    }
    if has("crit") {
        return Err(IdTokenError::Critical);
    }
    if OWN_KEYS.into_iter().any(has) {
        return Err(IdTokenError::OwnKey);
    }
    let is_jwt = |value: &Value| value.as_text().is_some_and(|name| name.eq_ignore_ascii_case("JWT"));
    if header.get("typ").is_some_and(|value| !is_jwt(value)) {
        return Err(IdTokenError::Type);
    }
    let key_id = header.get("kid").and_then(Value::as_text).filter(|name| !name.is_empty());
    key_id.map(str::to_owned).ok_or(IdTokenError::NoKeyId)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse fails the test")]
mod tests {
    use super::*;
    use crate::base64::encode_url;

    const HEADER: &str = r#"{"alg": "RS256", "kid": "k1"}"#;

    fn token(header: &str, claims: &str) -> String {
        [&encode_url(header.as_bytes()), ".", &encode_url(claims.as_bytes()), ".", &encode_url(b"signed")].concat()
    }

    fn error(token: &str) -> Option<IdTokenError> {
        Jws::parse(token).err()
    }

    #[test]
    fn parts() {
        let text = token(HEADER, r#"{"sub": "u"}"#);
        let jws = Jws::parse(&text).unwrap();
        assert_eq!((jws.key_id.as_str(), jws.signature.as_slice()), ("k1", &b"signed"[..]));
        assert!(text.starts_with(&[&jws.signing_input, "."].concat()));
        assert_eq!(jws.claims.get("sub").and_then(Value::as_text), Some("u"));
    }

    #[test]
    fn headers() {
        for (header, expected) in [
            (r#"{"alg": "RS256", "kid": "k", "typ": "jwt", "x5t": "y", "new": 1}"#, None),
            (r#"{"alg": "none", "kid": "k"}"#, Some(IdTokenError::Algorithm)),
            (r#"{"alg": "None", "kid": "k"}"#, Some(IdTokenError::Algorithm)),
            (r#"{"alg": "HS256", "kid": "k"}"#, Some(IdTokenError::Algorithm)),
            (r#"{"alg": "rs256", "kid": "k"}"#, Some(IdTokenError::Algorithm)),
            (r#"{"alg": ["RS256"], "kid": "k"}"#, Some(IdTokenError::Algorithm)),
            (r#"{"kid": "k"}"#, Some(IdTokenError::Algorithm)),
            (r#"{"alg": "RS256"}"#, Some(IdTokenError::NoKeyId)),
            (r#"{"alg": "RS256", "kid": ""}"#, Some(IdTokenError::NoKeyId)),
            (r#"{"alg": "RS256", "kid": 1}"#, Some(IdTokenError::NoKeyId)),
            (r#"{"alg": "RS256", "kid": "k", "typ": "at+jwt"}"#, Some(IdTokenError::Type)),
            (r#"{"alg": "RS256", "kid": "k", "crit": ["b64"], "b64": false}"#, Some(IdTokenError::Critical)),
            (r#"{"alg": "RS256", "kid": "k", "crit": null}"#, Some(IdTokenError::Critical)),
            (r#"{"alg": "RS256", "kid": "k", "jwk": {}}"#, Some(IdTokenError::OwnKey)),
            (r#"{"alg": "RS256", "kid": "k", "jku": "https://evil.example"}"#, Some(IdTokenError::OwnKey)),
            (r#"{"alg": "RS256", "kid": "k", "x5u": "https://evil.example"}"#, Some(IdTokenError::OwnKey)),
            (r#"{"alg": "RS256", "kid": "k", "x5c": []}"#, Some(IdTokenError::OwnKey)),
            (r#"{"alg": "RS256", "alg": "none", "kid": "k"}"#, Some(IdTokenError::Twice(Part::Header))),
            (r#"["RS256"]"#, Some(IdTokenError::Json(Part::Header))),
            ("{", Some(IdTokenError::Json(Part::Header))),
        ] {
            assert_eq!(error(&token(header, "{}")), expected, "{header}");
        }
    }

    #[test]
    fn shapes() {
        let good = token(HEADER, "{}");
        let [header, claims, signature] = [HEADER, "{}", "signed"].map(|text| encode_url(text.as_bytes()));
        let joined = |parts: &[&str]| parts.join(".");
        for (text, expected) in [
            (good.clone(), None),
            (String::new(), Some(IdTokenError::Shape)),
            (joined(&[&header, &claims]), Some(IdTokenError::Shape)),
            (joined(&[&header, &claims, &signature, &signature]), Some(IdTokenError::Shape)),
            (joined(&["", &claims, &signature]), IdTokenError::Base64(Part::Header).into()),
            (joined(&[&header, "", &signature]), IdTokenError::Base64(Part::Claims).into()),
            (joined(&[&header, &claims, ""]), IdTokenError::Base64(Part::Signature).into()),
            (joined(&[&header, "e30=", &signature]), IdTokenError::Base64(Part::Claims).into()),
            (joined(&[&header, &claims, "Zg=="]), IdTokenError::Base64(Part::Signature).into()),
            (joined(&[&header, "e3 0", &signature]), IdTokenError::Base64(Part::Claims).into()),
            (joined(&[&header, &claims, "+/8"]), IdTokenError::Base64(Part::Signature).into()),
            (joined(&[&header, &encode_url(b"\xff{}"), &signature]), Some(IdTokenError::Json(Part::Claims))),
            (joined(&[&header, &encode_url(b"7"), &signature]), Some(IdTokenError::Json(Part::Claims))),
            (token(HEADER, r#"{"sub": "a", "sub": "b"}"#), Some(IdTokenError::Twice(Part::Claims))),
            ([&good, "A".repeat(MAX_LENGTH).as_str()].concat(), Some(IdTokenError::TooLong)),
        ] {
            assert_eq!(error(&text), expected, "{text:.80}");
        }
    }
}
