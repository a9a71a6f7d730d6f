//! Base64 as the protocol mixes it (docs/authn-api.md#webauthn-and-u2f): base64url without padding comes in, standard
//! base64 with padding goes out, and either is read. OpenID Connect has base64url alone, which is read strictly. Not here: what
//! the bytes mean.

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Standard base64 with padding (RFC 4648 section 4).
pub(super) fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |place: usize| u32::from(chunk.get(place).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let sextet = (bits >> (18 - 6 * place)) as usize & 63;
            let letter = ALPHABET.get(sextet).copied().filter(|_| place <= chunk.len());
            text.push(letter.map_or('=', char::from));
        }
    }
    text
}

/// Either alphabet, padded or not; `None` for anything else.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    let digits = text.trim_end_matches('=').as_bytes();
    let mut bytes = Vec::with_capacity(digits.len() / 4 * 3 + 2);
    for chunk in digits.chunks(4) {
        let mut bits = 0u32;
        for place in 0..4 {
            bits = bits << 6 | chunk.get(place).map_or(Some(0), |letter| sextet(*letter))?;
        }
        let whole = bits.to_be_bytes();
        bytes.extend(whole.get(1..chunk.len())?);
    }
    (digits.len() % 4 != 1).then_some(bytes)
}

/// base64url without padding (RFC 7515 section 2).
pub(super) fn encode_url(bytes: &[u8]) -> String {
    let standard = encode(bytes);
    let url_letter = |letter| match letter {
        '+' => '-',
        '/' => '_',
        other => other,
    };
    standard.trim_end_matches('=').chars().map(url_letter).collect()
}

/// The same, read strictly: no padding, no other alphabet, and only the one text that these bytes have.
pub(super) fn decode_url(text: &str) -> Option<Vec<u8>> {
    let bytes = decode(text)?;
    (encode_url(&bytes) == text).then_some(bytes)
}

fn sextet(letter: u8) -> Option<u32> {
    let standard = match letter {
        b'-' => b'+',
        b'_' => b'/',
        other => other,
    };
    let place = ALPHABET.iter().position(|candidate| *candidate == standard)?;
    u32::try_from(place).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vectors_of_the_rfc() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(encode(bytes.as_bytes()), text);
            assert_eq!(decode(text).as_deref(), Some(bytes.as_bytes()));
            assert_eq!(decode(text.trim_end_matches('=')).as_deref(), Some(bytes.as_bytes()));
        }
    }

    #[test]
    fn both_alphabets_and_nothing_else() {
        assert_eq!(decode("-_-_"), decode("+/+/"));
        assert_eq!(decode("-_8"), Some(vec![0xfb, 0xff]));
        for wrong in ["a", "a b", "ä", "abcde", "a=b"] {
            assert_eq!(decode(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_strict_reader_knows_one_text_for_the_same_bytes() {
        for (text, bytes) in [
            ("", Some(&b""[..])),
            ("Zg", Some(b"f")),
            ("-_8", Some(&[0xfb, 0xff])),
            ("Zg==", None),
            ("Zh", None),
            ("+/8", None),
            ("Zg\n", None),
            ("Z", None),
        ] {
            assert_eq!(decode_url(text).as_deref(), bytes, "{text}");
        }
    }
}
