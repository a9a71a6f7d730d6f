//! Base64, compared with the crate `data-encoding`. The module of `okta-authn` is private, so it is compiled once more here.
//! Not here: what is encoded.

#[allow(dead_code, unreachable_pub, reason = "its tests use the rest")]
#[path = "../../crates/okta-authn/src/base64.rs"]
mod ours;

use data_encoding::{BASE64, BASE64URL_NOPAD, Encoding, Specification};
use std::sync::LazyLock;

/// base64url without padding, whose last bits need not be zero.
static LENIENT: LazyLock<Encoding> = LazyLock::new(|| {
    let mut specification = Specification::new();
    specification.symbols.push_str("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
    specification.check_trailing_bits = false;
    specification.encoding().expect("a valid alphabet")
});

/// The bytes are encoded, and read as a text.
pub fn run(bytes: &[u8]) {
    assert_eq!(ours::encode(bytes), BASE64.encode(bytes));
    assert_eq!(ours::encode_url(bytes), BASE64URL_NOPAD.encode(bytes));
    assert_eq!(ours::decode(&ours::encode(bytes)).as_deref(), Some(bytes));
    assert_eq!(ours::decode_url(&ours::encode_url(bytes)).as_deref(), Some(bytes));

    let Ok(text) = std::str::from_utf8(bytes) else { return };
    assert_eq!(ours::decode_url(text), BASE64URL_NOPAD.decode(bytes).ok(), "{text:?}");
    let plain = text.trim_end_matches('=').replace('+', "-").replace('/', "_");
    assert_eq!(ours::decode(text), LENIENT.decode(plain.as_bytes()).ok(), "{text:?}");
}
