//! Masks phone numbers and email addresses: enough remains for the owner to recognize them.

/// Masks a phone number in the org's format: `+1 XXX-XXX-4259`.
pub fn phone(number: &str) -> String {
    let digits: Vec<char> = number.chars().filter(char::is_ascii_digit).collect();
    let last: String = digits.get(digits.len().saturating_sub(4)..).unwrap_or_default().iter().collect();
    // The country code is recognized for North America only, where it is one of eleven digits.
    match digits.first() {
        Some('1') if digits.len() == 11 && number.trim_start().starts_with('+') => format!("+1 XXX-XXX-{last}"),
        _ if digits.len() > 6 => format!("XXX-XXX-{last}"),
        // The last digits would reveal too much of a number this short.
        _ => "XXX-XXX-XXXX".to_owned(),
    }
}

/// Masks an email address: `b...r@example.com`.
pub fn email(address: &str) -> String {
    let Some((name, host)) = address.rsplit_once('@') else { return "...".to_owned() };
    let mut letters = name.chars();
    match (letters.next(), letters.next_back(), letters.next()) {
        (Some(first), Some(last), Some(_)) => format!("{first}...{last}@{host}"),
        (Some(first), Some(_), None) => format!("{first}...@{host}"),
        _ => format!("...@{host}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_last_four_digits() {
        for (whole, masked) in [
            ("+14155554259", "+1 XXX-XXX-4259"),
            ("+1 (415) 555-4259", "+1 XXX-XXX-4259"),
            ("+441632960961", "XXX-XXX-0961"),
            ("4155554259", "XXX-XXX-4259"),
            ("+4259", "XXX-XXX-XXXX"),
            ("", "XXX-XXX-XXXX"),
        ] {
            assert_eq!(phone(whole), masked, "{whole}");
        }
    }

    #[test]
    fn addresses_keep_their_ends() {
        for (whole, masked) in [
            ("barbara.liskov.r@example.com", "b...r@example.com"),
            ("bob@example.com", "b...b@example.com"),
            ("ab@example.com", "a...@example.com"),
            ("a@example.com", "...@example.com"),
            ("@example.com", "...@example.com"),
            ("\"odd@name\"@example.com", "\"...\"@example.com"),
            ("nothing", "..."),
        ] {
            assert_eq!(email(whole), masked, "{whole}");
        }
    }
}
