//! What is left of a number or an address when it is shown to a browser: enough for its owner to know it,
//! too little for anyone else to use it.

/// A telephone number, as the org shows it in a sign-in: `+1 XXX-XXX-4259`.
pub fn phone(number: &str) -> String {
    let digits: Vec<char> = number.chars().filter(char::is_ascii_digit).collect();
    let last: String = digits.get(digits.len().saturating_sub(4)..).unwrap_or_default().iter().collect();
    // The country code is told apart for North America alone, where it is one digit of eleven.
    match digits.first() {
        Some('1') if digits.len() == 11 && number.trim_start().starts_with('+') => format!("+1 XXX-XXX-{last}"),
        _ if digits.len() > 6 => format!("XXX-XXX-{last}"),
        // So short a number would be given away by its last digits.
        _ => "XXX-XXX-XXXX".to_owned(),
    }
}

/// An address: `b...r@example.com`.
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
