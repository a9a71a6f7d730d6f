//! Proof Key for Code Exchange, RFC 7636, with S256 only: `plain` is refused.

use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest as _, Sha256};

use super::{
    error::{INVALID_GRANT, INVALID_REQUEST, OAuthError},
    fields::Fields,
};

/// The challenge of an authorization request.
pub(super) fn challenge(fields: &Fields, required: bool) -> Result<Option<String>, OAuthError> {
    let challenge = match fields.get("code_challenge") {
        None if required => return Err(INVALID_REQUEST.because("PKCE code challenge is required by the application.")),
        None if fields.get("code_challenge_method").is_some() => {
            return Err(INVALID_REQUEST.because("'code_challenge' is missing."));
        }
        None => return Ok(None),
        Some(challenge) => challenge,
    };
    // RFC 7636, section 4.3: without a method it would be `plain`.
    if fields.get("code_challenge_method") != Some("S256") {
        return Err(INVALID_REQUEST.because("'code_challenge_method' must be S256."));
    }
    if !BASE64URL_NOPAD.decode(challenge.as_bytes()).is_ok_and(|hash| hash.len() == 32) {
        return Err(INVALID_REQUEST.because("'code_challenge' is no SHA-256 hash in base64url."));
    }
    Ok(Some(challenge.to_owned()))
}

/// Compares the verifier of a token request with the challenge of the code.
pub(super) fn verify(challenge: Option<&str>, fields: &Fields) -> Result<(), OAuthError> {
    let verifier = fields.get("code_verifier");
    if verifier.is_some_and(|verifier| !is_verifier(verifier)) {
        return Err(INVALID_REQUEST.because("'code_verifier' must have 43 to 128 unreserved characters."));
    }
    let hashed = verifier.map(|verifier| BASE64URL_NOPAD.encode(&Sha256::digest(verifier.as_bytes())));
    // A verifier without a challenge means that someone has removed the challenge.
    if hashed.as_deref() == challenge { Ok(()) } else { Err(INVALID_GRANT.because("PKCE verification failed.")) }
}

/// Section 4.1.
fn is_verifier(text: &str) -> bool {
    let unreserved = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '.' | '_' | '~');
    (43..=128).contains(&text.len()) && text.chars().all(unreserved)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_rfc_is_verified() {
        // RFC 7636, appendix B.
        let challenge = Some("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        let form = |verifier: &str| Fields::from(vec![("code_verifier".to_owned(), verifier.to_owned())]);
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        assert_eq!(verify(challenge, &form(verifier)), Ok(()));
        assert!(verify(None, &form(verifier)).is_err());
        assert!(verify(challenge, &Fields::from(Vec::new())).is_err());
        assert!(verify(challenge, &form(&verifier.replace('d', "e"))).is_err());
        assert_eq!(verify(None, &Fields::from(Vec::new())), Ok(()));
    }
}
