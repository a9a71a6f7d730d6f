//! Policies in words: how long a device is remembered, what a new password must be like. Not here:
//! whether a device may be remembered, or a password fits.

use super::{Key, Text};
use okta_authn::PasswordRule;
use sign_in_flow::transaction::password::PasswordReason;

const HOUR: u32 = 60;
const DAY: u32 = 24 * HOUR;

/// Singular and plural of a message with a `{count}`.
pub type Forms = (Key, Key);

/// The form for that count.
pub fn counted(text: Text, count: u32, (one, many): Forms) -> String {
    let count = count.to_string();
    // Seconds of a countdown have a name of their own in the catalogue.
    if count == "1" { text.get(one).to_owned() } else { text.fill(many, &[("count", &*count), ("seconds", &count)]) }
}

/// A span of time in the largest unit that fits evenly: minutes, hours or days.
fn lasting(text: Text, minutes: u32, [minute, hour, day]: [Forms; 3]) -> String {
    match minutes {
        minutes if minutes % DAY == 0 => counted(text, minutes / DAY, day),
        minutes if minutes % HOUR == 0 => counted(text, minutes / HOUR, hour),
        minutes => counted(text, minutes, minute),
    }
}

/// The label of the "remember this device" box (docs/authn-api.md#policy: 0 means for ever).
pub fn remember_device(text: Text, lifetime_minutes: u32) -> String {
    if lifetime_minutes == 0 {
        return text.get(Key::VERIFY_REMEMBER_ALWAYS).to_owned();
    }
    let forms = [
        (Key::VERIFY_REMEMBER_MINUTE, Key::VERIFY_REMEMBER_MINUTES),
        (Key::VERIFY_REMEMBER_HOUR, Key::VERIFY_REMEMBER_HOURS),
        (Key::VERIFY_REMEMBER_DAY, Key::VERIFY_REMEMBER_DAYS),
    ];
    lasting(text, lifetime_minutes, forms)
}

/// A rule for a new password.
pub fn rule(text: Text, rule: &PasswordRule) -> String {
    match rule {
        PasswordRule::Length(count) => text.fill(Key::RULE_LENGTH, &[("count", &count.to_string())]),
        PasswordRule::LowerCase(count) => counted(text, *count, (Key::RULE_LOWER_ONE, Key::RULE_LOWER_MANY)),
        PasswordRule::UpperCase(count) => counted(text, *count, (Key::RULE_UPPER_ONE, Key::RULE_UPPER_MANY)),
        PasswordRule::Number(count) => counted(text, *count, (Key::RULE_NUMBER_ONE, Key::RULE_NUMBER_MANY)),
        PasswordRule::Symbol(count) => counted(text, *count, (Key::RULE_SYMBOL_ONE, Key::RULE_SYMBOL_MANY)),
        PasswordRule::Username(_) => text.get(Key::RULE_USERNAME).to_owned(),
        PasswordRule::FirstName(_) => text.get(Key::RULE_FIRST_NAME).to_owned(),
        PasswordRule::LastName(_) => text.get(Key::RULE_LAST_NAME).to_owned(),
        PasswordRule::ActiveDirectory => text.get(Key::RULE_AD).to_owned(),
        PasswordRule::History(count) => counted(text, *count, (Key::RULE_HISTORY_ONE, Key::RULE_HISTORY_MANY)),
        PasswordRule::Age(minutes) => {
            let forms = [
                (Key::RULE_AGE_MINUTE, Key::RULE_AGE_MINUTES),
                (Key::RULE_AGE_HOUR, Key::RULE_AGE_HOURS),
                (Key::RULE_AGE_DAY, Key::RULE_AGE_DAYS),
            ];
            lasting(text, *minutes, forms)
        }
    }
}

/// Why a new password is needed, as a heading. A new user, of this first name, has no old one.
pub fn password_title(text: Text, reason: PasswordReason, new_user: Option<&str>) -> String {
    let key = match reason {
        PasswordReason::ExpiresIn(Some(0)) => Key::PASSWORD_WARN_TITLE_TODAY,
        PasswordReason::ExpiresIn(Some(1)) => Key::PASSWORD_WARN_TITLE_ONE,
        PasswordReason::ExpiresIn(Some(days)) => {
            return text.fill(Key::PASSWORD_WARN_TITLE_MANY, &[("days", &days.to_string())]);
        }
        PasswordReason::ExpiresIn(None) => Key::PASSWORD_WARN_TITLE,
        PasswordReason::Expired => Key::PASSWORD_EXPIRED_TITLE,
        PasswordReason::Reset => match new_user {
            Some("") => Key::PASSWORD_WELCOME_PLAIN,
            Some(name) => return text.fill(Key::PASSWORD_WELCOME, &[("name", name)]),
            None => Key::PASSWORD_RESET_TITLE,
        },
    };
    text.get(key).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn largest_even_unit() {
        for (minutes, label) in [
            (0, "Don't ask again on this device"),
            (1, "Don't ask again on this device for 1 minute"),
            (15, "Don't ask again on this device for 15 minutes"),
            (60, "Don't ask again on this device for 1 hour"),
            (90, "Don't ask again on this device for 90 minutes"),
            (720, "Don't ask again on this device for 12 hours"),
            (1440, "Don't ask again on this device for 1 day"),
            (43_200, "Don't ask again on this device for 30 days"),
        ] {
            assert_eq!(remember_device(Text, minutes), label);
        }
    }

    #[test]
    fn one_and_many() {
        assert_eq!(rule(Text, &PasswordRule::Symbol(1)), "include a symbol");
        assert_eq!(rule(Text, &PasswordRule::Symbol(2)), "include 2 symbols");
        assert_eq!(rule(Text, &PasswordRule::Age(120)), "You can change your password once every 2 hours.");
        assert_eq!(password_title(Text, PasswordReason::ExpiresIn(Some(0)), None), "Your password expires today");
        assert_eq!(password_title(Text, PasswordReason::ExpiresIn(Some(5)), None), "Your password expires in 5 days");
    }
}
