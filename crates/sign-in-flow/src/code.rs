//! One-time codes as people type and copy them: which kinds of factors have codes of digits, how many, and what is
//! sent of what was typed. Not here: whether a code is right; the org says, and counts the tries.

use okta_authn::request::Proof;
use okta_authn::{FactorKind, Passcode};

/// Whether codes of this kind are digits. The others may have letters: a PIN that a person chose, or what a `YubiKey`
/// types.
pub fn is_numeric(kind: FactorKind) -> bool {
    !matches!(kind, FactorKind::Rsa | FactorKind::OnPrem | FactorKind::YubiKey)
}

/// How many digits a code of this kind has; `None` where that is not certain (docs/authn-api.md#factors).
pub fn length(kind: FactorKind) -> Option<usize> {
    match kind {
        FactorKind::Sms
        | FactorKind::Email
        | FactorKind::GoogleTotp
        | FactorKind::OktaTotp
        | FactorKind::Push
        | FactorKind::Symantec => Some(6),
        _ => None,
    }
}

/// The digits of a code in ASCII, without the blanks, dashes and direction marks of what it was copied from. `None`
/// where there is anything else.
pub fn digits(typed: &str) -> Option<String> {
    typed.chars().filter(|sign| !is_separator(*sign)).map(ascii_digit).collect()
}

/// The ASCII digit for a digit of full width, Arabic or Persian.
fn ascii_digit(sign: char) -> Option<char> {
    let code = u32::from(sign);
    let zero = [0x30, 0x660, 0x6f0, 0xff10].into_iter().find(|zero| (*zero..zero + 10).contains(&code))?;
    char::from_digit(code - zero, 10)
}

fn is_separator(sign: char) -> bool {
    let is_dash = matches!(sign, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}');
    // Marks that have no width, such as those around a number in a message that is written from right to left.
    let is_mark =
        matches!(sign, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    sign.is_whitespace() || is_dash || is_mark
}

/// A code as it is sent: where `kind` has codes of digits, or the step is about no factor, in ASCII digits; else, and
/// where there is more than digits, without the blanks.
pub(crate) fn normalized(code: &Passcode, kind: Option<FactorKind>) -> Passcode {
    let digits = digits(code.expose()).filter(|_| kind.is_none_or(is_numeric));
    Passcode::new(digits.unwrap_or_else(|| code.expose().split_whitespace().collect()))
}

/// The same for any proof.
pub(crate) fn normalized_proof(proof: Proof, kind: Option<FactorKind>) -> Proof {
    match proof {
        Proof::Passcode(code) => Proof::Passcode(normalized(&code, kind)),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_as_people_type_and_copy_them() {
        for typed in [
            "123456",
            " 123 456\t",
            "123-456",
            "123\u{2013}456",
            "12\u{a0}34\u{2009}56",
            "１２３４５６",
            "１２３－４５６",
            "١٢٣٤٥٦",
            "۱۲۳۴۵۶",
            "\u{2066}123456\u{2069}",
            "\u{200f}١٢٣ ٤٥٦",
        ] {
            assert_eq!(digits(typed).as_deref(), Some("123456"), "{typed:?}");
        }
        for typed in ["12345a", "G-123456", "१२", "½", "1.2"] {
            assert_eq!(digits(typed), None, "{typed:?}");
        }
        assert_eq!(digits(" - "), Some(String::new()), "nothing but separators is no code");
    }

    #[test]
    fn only_codes_of_digits_lose_their_dashes() {
        for (kind, typed, sent) in [
            (Some(FactorKind::Sms), "123-456", "123456"),
            (None, "１２３ ４５６", "123456"),
            (Some(FactorKind::Rsa), "12-34 567", "12-34567"),
            (Some(FactorKind::YubiKey), " cccccc-x ", "cccccc-x"),
            (Some(FactorKind::Hotp), "ab-12 3", "ab-123"),
        ] {
            assert_eq!(normalized(&Passcode::new(typed), kind).expose(), sent, "{typed}");
        }
    }

    #[test]
    fn a_kind_with_letters_has_no_length() {
        for kind in [FactorKind::Rsa, FactorKind::OnPrem, FactorKind::YubiKey, FactorKind::Hotp, FactorKind::Call] {
            assert_eq!(length(kind), None, "{kind:?}");
        }
        assert_eq!(length(FactorKind::Sms), Some(6));
    }
}
