//! Policies in words: how long a device is remembered, what a new password must be like. Not here:
//! whether a device may be remembered, or a password fits.

use super::{Key, Text};
use okta_authn::PasswordRule;
use sign_in_flow::transaction::password::PasswordReason;

/// The fewest characters of the answer to a question that orgs take.
const SHORTEST_ANSWER: u32 = 4;

/// The message of that key, with how long an answer must be.
pub fn answer_rule(text: Text, key: Key) -> String {
    text.fill(key, &[("count", &text.number(SHORTEST_ANSWER))])
}

const HOUR: u32 = 60;
const DAY: u32 = 24 * HOUR;

/// A span of time in the largest unit that fits evenly: minutes, hours or days.
fn lasting(text: Text, minutes: u32, [in_minutes, in_hours, in_days]: [Key; 3]) -> String {
    let (key, count) = match minutes {
        minutes if minutes % DAY == 0 => (in_days, minutes / DAY),
        minutes if minutes % HOUR == 0 => (in_hours, minutes / HOUR),
        minutes => (in_minutes, minutes),
    };
    text.count(key, "count", count)
}

/// The label of the "remember this device" box (docs/authn-api.md#policy: 0 means for ever).
pub fn remember_device(text: Text, lifetime_minutes: u32) -> String {
    if lifetime_minutes == 0 {
        return text.get(Key::VERIFY_REMEMBER_ALWAYS).to_owned();
    }
    let keys = [Key::VERIFY_REMEMBER_MINUTES, Key::VERIFY_REMEMBER_HOURS, Key::VERIFY_REMEMBER_DAYS];
    lasting(text, lifetime_minutes, keys)
}

/// A rule for a new password.
pub fn rule(text: Text, rule: &PasswordRule) -> String {
    let (key, count) = match rule {
        PasswordRule::Length(count) => (Key::RULE_LENGTH, count),
        PasswordRule::LowerCase(count) => (Key::RULE_LOWER, count),
        PasswordRule::UpperCase(count) => (Key::RULE_UPPER, count),
        PasswordRule::Number(count) => (Key::RULE_NUMBER, count),
        PasswordRule::Symbol(count) => (Key::RULE_SYMBOL, count),
        PasswordRule::History(count) => (Key::RULE_HISTORY, count),
        PasswordRule::Username(_) => return text.get(Key::RULE_USERNAME).to_owned(),
        PasswordRule::FirstName(_) => return text.get(Key::RULE_FIRST_NAME).to_owned(),
        PasswordRule::LastName(_) => return text.get(Key::RULE_LAST_NAME).to_owned(),
        PasswordRule::ActiveDirectory => return text.get(Key::RULE_AD).to_owned(),
        PasswordRule::Age(minutes) => {
            return lasting(text, *minutes, [Key::RULE_AGE_MINUTES, Key::RULE_AGE_HOURS, Key::RULE_AGE_DAYS]);
        }
    };
    text.count(key, "count", *count)
}

/// Why a new password is needed, as a heading. A new user, of this first name, has no old one.
pub fn password_title(text: Text, reason: PasswordReason, new_user: Option<&str>) -> String {
    let key = match reason {
        PasswordReason::ExpiresIn(Some(days)) => return text.count(Key::PASSWORD_WARN_TITLE_DAYS, "days", days),
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
            assert_eq!(remember_device(Text::ENGLISH, minutes), label);
        }
    }

    #[test]
    fn one_and_many() {
        assert_eq!(rule(Text::ENGLISH, &PasswordRule::Symbol(1)), "include a symbol");
        assert_eq!(rule(Text::ENGLISH, &PasswordRule::Symbol(2)), "include 2 symbols");
        assert_eq!(rule(Text::ENGLISH, &PasswordRule::Age(120)), "You can change your password once every 2 hours.");
        assert_eq!(
            password_title(Text::ENGLISH, PasswordReason::ExpiresIn(Some(0)), None),
            "Your password expires today"
        );
        assert_eq!(
            password_title(Text::ENGLISH, PasswordReason::ExpiresIn(Some(5)), None),
            "Your password expires in 5 days"
        );
    }
}
