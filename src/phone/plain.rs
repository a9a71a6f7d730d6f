//! Reads phone numbers where the rules of libphonenumber are not there: digits of any script, the prefixes for other
//! countries, and the zero that is dialled only inside a country. Not here: lengths; what is no number is found by the org.

use sign_in_flow::PhoneEntry;

/// Reads what was typed: the number as the network writes it, `+` and digits, or digits alone where `calling_code` is
/// `None`, because the country is not known; empty where there is no digit.
pub(super) fn read(calling_code: Option<&str>, typed: &str) -> PhoneEntry {
    let Typed { digits, extension, is_full, inner_zero } = Typed::of(typed);
    let number = if digits.is_empty() { digits } else { e164(calling_code, digits, is_full, inner_zero) };
    PhoneEntry { extension, ..PhoneEntry::of(number) }
}

/// What was typed, taken apart.
#[derive(Default)]
struct Typed {
    digits: String,
    /// The digits after `x`, `ext.`, `;ext=`, `#`.
    extension: String,
    /// Whether it begins with a plus sign.
    is_full: bool,
    /// The place of a zero in brackets, `+44 (0)20`: it is dialled only inside the country.
    inner_zero: Option<usize>,
}

impl Typed {
    fn of(typed: &str) -> Self {
        let mut parts = Self::default();
        let (mut bracket, mut is_extension) = (None, false);
        for character in typed.chars().map(ascii) {
            let place = parts.digits.len();
            match character {
                '0'..='9' if is_extension => parts.extension.push(character),
                '0'..='9' => parts.digits.push(character),
                '+' if place == 0 => parts.is_full = true,
                '(' => bracket = Some(place),
                ')' if bracket.is_some_and(|start| start + 1 == place) && parts.digits.ends_with('0') => {
                    parts.inner_zero = bracket;
                }
                // What comes before a number is a word for it.
                ';' | '#' => is_extension |= place > 0,
                letter if letter.is_ascii_alphabetic() => is_extension |= place > 0,
                _ => {}
            }
        }
        parts
    }
}

fn e164(calling_code: Option<&str>, mut digits: String, is_full: bool, inner_zero: Option<usize>) -> String {
    let prefix = match calling_code {
        _ if is_full => Some(""),
        _ if digits.starts_with("00") => Some("00"),
        // Where the code is another one, numbers inside the country begin like this.
        Some("1") if digits.starts_with("011") => Some("011"),
        _ => None,
    };
    if let Some(prefix) = prefix {
        if let Some(zero) = inner_zero.filter(|zero| *zero > prefix.len()) {
            let is_italian = digits.get(prefix.len()..).is_some_and(|number| number.starts_with(ITALY));
            if !is_italian {
                let without = [digits.get(..zero), digits.get(zero + 1..)];
                digits = without.map(Option::unwrap_or_default).concat();
            }
        }
        return ["+", digits.get(prefix.len()..).unwrap_or_default()].concat();
    }
    let Some(code) = calling_code else { return digits };
    ["+", code, national(code, &digits)].concat()
}

/// Its zeros are part of the number, also behind the code.
const ITALY: &str = "39";

/// Codes of countries in which a zero at the beginning is part of the number.
const KEEP_ZERO: [&str; 11] = [ITALY, "47", "225", "226", "227", "229", "241", "242", "247", "378", "992"];

/// The number without what is dialled before it only inside the country.
fn national<'a>(code: &str, digits: &'a str) -> &'a str {
    let prefix = match code {
        // As long as the number itself, without it.
        "1" if digits.len() == 11 => "1",
        "7" if digits.len() == 11 => "8",
        "1" | "7" => "",
        "36" => "06",
        _ if KEEP_ZERO.contains(&code) => "",
        _ => "0",
    };
    digits.strip_prefix(prefix).unwrap_or(digits)
}

/// The zeros of the scripts that are in use, each followed by the other nine digits.
static ZEROS: [u16; 36] = [
    0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0DE6, 0x0E50,
    0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50,
    0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10,
];

/// A digit of any of these scripts, or a plus sign or brackets of a Japanese keyboard, in ASCII.
fn ascii(character: char) -> char {
    let code = u32::from(character);
    let place = |zero: &u16| code.checked_sub(u32::from(*zero)).filter(|place| *place < 10);
    match character {
        '\u{ff0b}' => '+',
        '\u{ff08}' => '(',
        '\u{ff09}' => ')',
        _ => ZEROS.iter().find_map(place).and_then(|place| char::from_digit(place, 10)).unwrap_or(character),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_type_them() {
        for (code, typed, number) in [
            ("1", "(505) 269-4259", "+15052694259"),
            ("1", "1 505 269 4259", "+15052694259"),
            ("49", "030 901820", "+4930901820"),
            ("39", "06 6982", "+39066982"),
            ("39", "+39 (0)6 6982", "+39066982"),
            ("225", "07 12 34 56 78", "+2250712345678"),
            ("7", "8 912 345 67 89", "+79123456789"),
            ("7", "912 345 67 89", "+79123456789"),
            ("81", "０９０－１２３４－５６７８", "+819012345678"),
            ("81", "＋８１（０）９０－１２３４－５６７８", "+819012345678"),
            ("20", "٠١٠٠١٢٣٤٥٦٧", "+201001234567"),
            ("36", "06 1 234 5678", "+3612345678"),
            ("98", "۰۹۱۲۳۴۵۶۷۸۹", "+989123456789"),
            ("91", "०८१२३४५६७८९", "+918123456789"),
            ("1", "+44 20 7946 0958", "+442079460958"),
            ("1", "+44 (0)20 7946 0958", "+442079460958"),
            ("1", "0044 20 7946 0958", "+442079460958"),
            ("1", "0044 (0)20 7946 0958", "+442079460958"),
            ("1", "011 44 20 7946 0958", "+442079460958"),
            // Leeds.
            ("44", "0113 496 0000", "+441134960000"),
            ("44", "(0)20 7946 0958", "+442079460958"),
            ("1", " ", ""),
            ("1", "abc", ""),
            ("", "030 901820", "030901820"),
            ("", "+49 30 901820", "+4930901820"),
            ("", "0049 30 901820", "+4930901820"),
            ("49", "\u{202a}+49 30 901820\u{202c}", "+4930901820"),
        ] {
            let code = (!code.is_empty()).then_some(code);
            assert_eq!(read(code, typed), PhoneEntry::of(number), "{typed}");
        }
    }

    #[test]
    fn extensions_are_no_part_of_the_number() {
        for typed in ["505 269 4259 x12", "505 269 4259 ext. 12", "tel:+1-505-269-4259;ext=12", "5052694259 #１２"] {
            let expected = PhoneEntry { extension: "12".to_owned(), ..PhoneEntry::of("+15052694259") };
            assert_eq!(read(Some("1"), typed), expected, "{typed}");
        }
    }

    #[test]
    fn digits_of_all_scripts_are_in_order() {
        assert!(ZEROS.is_sorted());
        for zero in ZEROS {
            let nine = char::from_u32(u32::from(zero) + 9).unwrap_or_default();
            assert!(nine.is_numeric(), "{zero:x}");
            assert_eq!(ascii(nine), '9', "{zero:x}");
        }
    }
}
