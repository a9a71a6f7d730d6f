//! What nobody may see: each secret of a target has the same text in it, and nothing else of an input has.

/// The text.
pub(crate) const SECRET: &str = "s3cr3t";

/// The input, with nothing in it that looks like a secret.
pub(crate) fn without(bytes: &[u8]) -> Vec<u8> {
    let mut clean = bytes.to_vec();
    for place in 0..clean.len() {
        if clean[place..].starts_with(SECRET.as_bytes()) {
            clean[place] = b'S';
        }
    }
    clean
}
