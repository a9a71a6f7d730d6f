//! What a request needs that nobody can guess: state, nonce, and the code's verifier. Randomness is an input. Not here:
//! where it comes from, or how long it is kept.

use crate::base64::encode_url;
use crate::secret::{CodeVerifier, Nonce, RequestState};

/// Bytes of randomness for each of the three.
const EACH: usize = 32;

/// Bytes of randomness for one request.
pub const RANDOM_LENGTH: usize = 3 * EACH;

/// The secrets of one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestSecrets {
    /// Ties the answer to the request.
    pub state: RequestState,
    /// Ties the ID token to the request.
    pub nonce: Nonce,
    /// Proves that who exchanges the code is who asked for it: 43 characters (RFC 7636 section 4.1).
    pub verifier: CodeVerifier,
}

impl RequestSecrets {
    /// Makes them of [`RANDOM_LENGTH`] random bytes; `None` for another number of bytes, or where they are all the same,
    /// which no source of randomness gives.
    pub fn of_random(bytes: &[u8]) -> Option<Self> {
        let first = bytes.first()?;
        if bytes.len() != RANDOM_LENGTH || bytes.iter().all(|byte| byte == first) {
            return None;
        }
        let mut texts = bytes.chunks_exact(EACH).map(encode_url);
        Some(Self {
            state: RequestState::new(texts.next()?),
            nonce: Nonce::new(texts.next()?),
            verifier: CodeVerifier::new(texts.next()?),
        })
    }
}

/// The code challenge (method `S256`) of the SHA-256 digest of a verifier's text; `None` for what is no such digest.
pub fn code_challenge(digest: &[u8]) -> Option<String> {
    (digest.len() == 32).then(|| encode_url(digest))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse fails the test")]
mod tests {
    use super::*;

    #[test]
    fn three_secrets_of_one_draw() {
        let bytes: Vec<u8> = (0..=u8::MAX).take(RANDOM_LENGTH).collect();
        let secrets = RequestSecrets::of_random(&bytes).unwrap();
        assert_eq!(secrets.state.expose(), "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
        assert_eq!(secrets.nonce.expose().len(), 43);
        assert_eq!(secrets.verifier.expose().len(), 43);
        assert_ne!(secrets.nonce.expose(), secrets.verifier.expose());
        assert_eq!(
            format!("{secrets:?}"),
            "RequestSecrets { state: RequestState(redacted), nonce: Nonce(redacted), verifier: CodeVerifier(redacted) }"
        );
        for wrong in [&[][..], &[0; RANDOM_LENGTH], &[7; RANDOM_LENGTH], bytes.get(..95).unwrap()] {
            assert_eq!(RequestSecrets::of_random(wrong), None);
        }
    }

    #[test]
    fn the_challenge_of_the_rfc() {
        let digest = [
            19, 211, 30, 150, 26, 26, 216, 236, 47, 22, 177, 12, 76, 152, 46, 8, 118, 168, 120, 173, 109, 241, 68, 86,
            110, 225, 137, 74, 203, 112, 249, 195,
        ];
        assert_eq!(code_challenge(&digest).as_deref(), Some("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"));
        assert_eq!(code_challenge(digest.get(..20).unwrap()), None);
    }
}
