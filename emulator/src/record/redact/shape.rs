//! The shape of a string, and a random string of the same shape: an id stays an id with its prefix, an e-mail address an
//! e-mail address. Shapes are told by the string alone, so that a value has one replacement wherever it stands.

use std::net::IpAddr;

use time::UtcDateTime;

use super::{date, replacements::Draw};

/// A picture of one point: stands for QR codes and other pictures inside an address.
pub(super) const PICTURE: &str = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=";

/// First characters of ids and tokens: they say what the id is of.
const ID_PREFIXES: &str = "00u 00g 00o 00p 0oa 0pr 0za oae req aus auc scp ocl tok ufs sms mbl clf emf ost uft opf rsa ufv \
                           ykf dsf fuf fwf chf oty idx otp rul lae pae trs gui";

/// What may stand before an address or a name.
const SCHEMES: [&str; 5] = ["okta:acct:", "acct:", "mailto:", "tel:", "urn:"];

/// Endings of files.
const EXTENSIONS: [&str; 9] = [".png", ".svg", ".jpg", ".jpeg", ".gif", ".js", ".css", ".html", ".json"];

const DIGITS: &[u8] = b"0123456789";
const FIRST_DIGITS: &[u8] = b"23456789";
const BASE32: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const HEX: &[u8] = b"0123456789abcdef";
const BASE62: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/// The longest text that is drawn.
const LONGEST: usize = 512;

/// What a string looks like.
#[derive(Debug, PartialEq)]
pub(super) enum Shape<'a> {
    /// `http:` or `https:`.
    Address,
    /// A path, which may have a query.
    Path,
    /// `data:`.
    Picture,
    /// One of `SCHEMES`, and what follows.
    Prefixed(&'static str, &'a str),
    /// A date with a time.
    Date(UtcDateTime),
    /// A signed or encrypted token with its parts.
    Jwt,
    Email,
    /// `a...b@example.com`, `a***b@example.com`.
    MaskedEmail,
    Ip(IpAddr),
    /// With a plus sign, or with separators.
    Phone,
    /// `+1 XXX-XXX-1234`.
    MaskedPhone,
    Digits,
    Uuid,
    /// A name with dots, such as that of a host.
    Host,
    /// Letters and digits without a blank, long enough for an id, a token or a key.
    Opaque,
    /// Everything else.
    Text,
}

impl<'a> Shape<'a> {
    /// Tells the shape.
    pub(super) fn of(text: &'a str) -> Self {
        let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
        if lower.starts_with("http://") || lower.starts_with("https://") {
            return Self::Address;
        }
        if lower.starts_with("data:") {
            return Self::Picture;
        }
        if text.starts_with('/') && !text.contains(char::is_whitespace) {
            return Self::Path;
        }
        let prefixed = SCHEMES.into_iter().find_map(|scheme| text.strip_prefix(scheme).map(|rest| (scheme, rest)));
        if let Some((scheme, rest)) = prefixed {
            return Self::Prefixed(scheme, rest);
        }
        if let Some(moment) = date::read(text) {
            return Self::Date(moment);
        }
        if let Ok(address) = text.parse() {
            return Self::Ip(address);
        }
        Self::by_characters(text)
    }

    fn by_characters(text: &str) -> Self {
        let all = |fits: fn(char) -> bool| text.chars().all(fits);
        let is_token = all(|c| c.is_ascii_alphanumeric() || "-_+/=~.|:".contains(c));
        let digits = text.chars().filter(char::is_ascii_digit).count();
        let in_phone = all(|c| c.is_ascii_digit() || "+-() .xX*".contains(c)) && text.len() >= 6;
        if !text.is_empty() && digits == text.len() {
            Self::Digits
        } else if in_phone && digits >= 2 && text.contains(['X', 'x', '*']) {
            Self::MaskedPhone
        } else if in_phone && digits >= 6 {
            Self::Phone
        } else if is_email(text) {
            if text.contains("..") || text.contains('*') { Self::MaskedEmail } else { Self::Email }
        } else if is_token && text.starts_with("eyJ") && text.contains('.') {
            Self::Jwt
        } else if is_uuid(text) {
            Self::Uuid
        } else if is_host(text) {
            Self::Host
        } else if is_token && text.len() >= 12 {
            Self::Opaque
        } else {
            Self::Text
        }
    }

    /// A random string of this shape.
    pub(super) fn replacement(&self, text: &str, random: &mut Draw) -> String {
        match self {
            // A token without a signature, of nobody, with a part that tells it from others.
            Self::Jwt => format!("eyJhbGciOiJub25lIn0.e30.{}", random.some_of(BASE62, 43)),
            Self::Email => format!("{}@{}.example", random.letters(8), random.letters(4)),
            Self::MaskedEmail => {
                format!("{}...{}@{}.example", random.letters(1), random.letters(1), random.letters(4))
            }
            Self::Ip(IpAddr::V4(_)) => format!("192.0.2.{}", random.below(256)),
            Self::Ip(IpAddr::V6(_)) => format!("2001:db8::{:x}", random.below(0x1_0000)),
            // The numbers that are reserved for fiction in North America.
            Self::Phone => format!("+1{}55501{}", 200 + random.below(800), random.some_of(DIGITS, 2)),
            Self::MaskedPhone => masked_phone(text, random),
            Self::Digits => digits(text, random),
            Self::Uuid => text.chars().map(|c| if c == '-' { c } else { random.one_of(HEX) }).collect(),
            Self::Host => format!("{}.example", random.letters(8)),
            Self::Opaque => opaque(text, random),
            _ => words(text, random),
        }
    }
}

/// Splits off the ending of a file.
pub(super) fn extension(name: &str) -> (&str, &'static str) {
    let known = EXTENSIONS.into_iter().find_map(|ending| name.strip_suffix(ending).map(|stem| (stem, ending)));
    known.filter(|(stem, _)| !stem.is_empty()).unwrap_or((name, ""))
}

fn is_email(text: &str) -> bool {
    let parts = text.rsplit_once('@');
    parts.is_some_and(|(name, host)| !name.is_empty() && is_host(host) && !text.contains(char::is_whitespace))
}

fn is_host(text: &str) -> bool {
    let labels: Vec<&str> = text.split('.').collect();
    let is_label =
        |label: &&str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
    let ends_in_letters = labels.last().is_some_and(|last| last.len() >= 2 && last.chars().all(char::is_alphabetic));
    labels.len() >= 2 && labels.iter().all(is_label) && ends_in_letters
}

fn is_uuid(text: &str) -> bool {
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    lengths == [8, 4, 4, 4, 12] && text.chars().all(|c| c == '-' || c.is_ascii_hexdigit())
}

/// Keeps the mask and the separators. Before the mask stands the country.
fn masked_phone(text: &str, random: &mut Draw) -> String {
    let mut masked = false;
    let mut replaced = String::new();
    for char in text.chars() {
        masked |= matches!(char, 'X' | 'x' | '*');
        match char {
            '0'..='9' if masked => replaced.push(random.one_of(DIGITS)),
            '0'..='9' if replaced.ends_with('1') => {}
            '0'..='9' => replaced.push('1'),
            other => replaced.push(other),
        }
    }
    replaced
}

/// Digits for digits. The first one is not a zero: numbers in JSON do not begin with it.
fn digits(text: &str, random: &mut Draw) -> String {
    let mut first = true;
    let replace = |char: char| {
        if !char.is_ascii_digit() {
            return char;
        }
        let alphabet = if std::mem::take(&mut first) { FIRST_DIGITS } else { DIGITS };
        random.one_of(alphabet)
    };
    text.chars().map(replace).collect()
}

/// The same length and alphabet, and the prefix of an id. It can be decoded where the original could.
fn opaque(text: &str, random: &mut Draw) -> String {
    let length = text.len().min(4 * LONGEST);
    let padding = text.bytes().rev().take_while(|byte| *byte == b'=').count().min(2);
    let known = ID_PREFIXES.split_ascii_whitespace().find(|prefix| text.starts_with(prefix));
    let prefix = known.filter(|_| (15..=48).contains(&length)).unwrap_or_default();
    let alphabet = if text.bytes().all(|byte| BASE32.contains(&byte)) {
        BASE32
    } else if text.bytes().all(|byte| HEX.contains(&byte)) {
        HEX
    } else {
        BASE62
    };
    let mut replaced = prefix.to_owned();
    replaced.push_str(&random.some_of(alphabet, length.saturating_sub(prefix.len() + padding + 1)));
    // Spare bits of the last character have to be zero in base64, and this character has none.
    replaced.push(if alphabet == HEX { '0' } else { 'A' });
    replaced.push_str(&"=".repeat(padding));
    replaced
}

/// Words of random letters: as many characters as the class of the length has.
fn words(text: &str, random: &mut Draw) -> String {
    let length = match text.chars().count() {
        0..=4 => 4,
        5..=8 => 8,
        9..=16 => 16,
        more => more.next_multiple_of(16).min(LONGEST),
    };
    let has_blanks = text.contains(char::is_whitespace);
    let mut replaced = String::new();
    let mut word = 0;
    while replaced.len() < length {
        let ends = has_blanks && word >= 3 && (word >= 8 || random.below(3) == 0) && replaced.len() + 1 < length;
        if ends {
            replaced.push(' ');
            word = 0;
        } else {
            replaced.push_str(&random.letters(1));
            word += 1;
        }
    }
    if text.starts_with(char::is_uppercase) && replaced.is_char_boundary(1) {
        let rest = replaced.split_off(1);
        return replaced.to_ascii_uppercase() + &rest;
    }
    replaced
}
