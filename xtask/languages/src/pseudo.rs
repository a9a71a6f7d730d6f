//! A language that nobody speaks: English with accents, in brackets, and longer by more than 40 %. What a screen shows
//! without them is no message of the catalogue, and what it cuts off would be cut off in German. Not here: where it is
//! looked at.

use crate::catalogue::{Catalogue, english};
use crate::format::{parts, with_texts};

/// Its tag: the accented English of CLDR.
pub const PSEUDO: &str = "en-XA";

/// The messages of that language.
pub fn pseudo() -> anyhow::Result<Catalogue> {
    let mut messages = english()?.messages;
    for message in messages.values_mut() {
        *message = accented(message)?;
    }
    Ok(Catalogue { tag: PSEUDO.to_owned(), name: None, comment: None, messages })
}

fn accented(message: &str) -> anyhow::Result<String> {
    let letters = message.chars().filter(|c| c.is_alphabetic()).count();
    let more = "~".repeat(letters.div_ceil(5) * 2);
    let accented = with_texts(&parts(message)?, &|text| text.chars().map(accent).collect());
    Ok(format!("[{accented} {more}]"))
}

fn accent(letter: char) -> char {
    match letter {
        'a' => 'á',
        'c' => 'ç',
        'e' => 'é',
        'i' => 'í',
        'n' => 'ñ',
        'o' => 'ö',
        's' => 'š',
        'u' => 'ü',
        'y' => 'ý',
        'A' => 'Å',
        'C' => 'Ç',
        'E' => 'É',
        'I' => 'Î',
        'N' => 'Ñ',
        'O' => 'Ö',
        'S' => 'Š',
        'U' => 'Û',
        'Y' => 'Ý',
        '\'' => '’',
        other => other,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_message_stays_a_message() {
        assert_eq!(accented("Sign in").unwrap(), "[Šígñ íñ ~~~~]");
        let message = "{seconds, plural, one {# second} other {# seconds}}";
        assert_eq!(
            accented(message).unwrap().split(" ~").next().unwrap(),
            "[{seconds, plural, one {# šéçöñd} other {# šéçöñdš}}"
        );
    }
}
