//! Policies in words: how long a device is remembered, what a new password must be like. Never here:
//! whether a device may be remembered, or a password fits.

use super::{Key, Text};
use crate::flow::password::Rule;
use crate::flow::step::PasswordReason;

const HOUR: u32 = 60;
const DAY: u32 = 24 * HOUR;

/// Singular and plural of a message with a `{count}`.
type Forms = (Key, Key);

fn counted(text: Text, count: u32, (one, many): Forms) -> String {
    if count == 1 { text.get(one).to_owned() } else { text.fill(many, &[("count", &count.to_string())]) }
}

/// A span of time in the largest unit that fits evenly: minutes, hours or days.
fn lasting(text: Text, minutes: u32, [minute, hour, day]: [Forms; 3]) -> String {
    match minutes {
        minutes if minutes % DAY == 0 => counted(text, minutes / DAY, day),
        minutes if minutes % HOUR == 0 => counted(text, minutes / HOUR, hour),
        minutes => counted(text, minutes, minute),
    }
}

/// The label of the "remember this device" box (contract 1.5: 0 means for ever).
pub fn remember_device(text: Text, lifetime_minutes: u32) -> String {
    if lifetime_minutes == 0 {
        return text.get(Key::VerifyRememberAlways).to_owned();
    }
    let forms = [
        (Key::VerifyRememberMinute, Key::VerifyRememberMinutes),
        (Key::VerifyRememberHour, Key::VerifyRememberHours),
        (Key::VerifyRememberDay, Key::VerifyRememberDays),
    ];
    lasting(text, lifetime_minutes, forms)
}

/// A rule for a new password.
pub fn rule(text: Text, rule: &Rule) -> String {
    match rule {
        Rule::Length(count) => text.fill(Key::RuleLength, &[("count", &count.to_string())]),
        Rule::LowerCase(count) => counted(text, *count, (Key::RuleLowerOne, Key::RuleLowerMany)),
        Rule::UpperCase(count) => counted(text, *count, (Key::RuleUpperOne, Key::RuleUpperMany)),
        Rule::Number(count) => counted(text, *count, (Key::RuleNumberOne, Key::RuleNumberMany)),
        Rule::Symbol(count) => counted(text, *count, (Key::RuleSymbolOne, Key::RuleSymbolMany)),
        Rule::Username(_) => text.get(Key::RuleUsername).to_owned(),
        Rule::FirstName(_) => text.get(Key::RuleFirstName).to_owned(),
        Rule::LastName(_) => text.get(Key::RuleLastName).to_owned(),
        Rule::ActiveDirectory => text.get(Key::RuleAd).to_owned(),
        Rule::History(count) => counted(text, *count, (Key::RuleHistoryOne, Key::RuleHistoryMany)),
        Rule::Age(minutes) => {
            let forms = [
                (Key::RuleAgeMinute, Key::RuleAgeMinutes),
                (Key::RuleAgeHour, Key::RuleAgeHours),
                (Key::RuleAgeDay, Key::RuleAgeDays),
            ];
            lasting(text, *minutes, forms)
        }
    }
}

/// Why a new password is needed, as a heading.
pub fn password_title(text: Text, reason: PasswordReason) -> String {
    let key = match reason {
        PasswordReason::ExpiresIn(Some(0)) => Key::PasswordWarnTitleToday,
        PasswordReason::ExpiresIn(Some(1)) => Key::PasswordWarnTitleOne,
        PasswordReason::ExpiresIn(Some(days)) => {
            return text.fill(Key::PasswordWarnTitleMany, &[("days", &days.to_string())]);
        }
        PasswordReason::ExpiresIn(None) => Key::PasswordWarnTitle,
        PasswordReason::Expired => Key::PasswordExpiredTitle,
        PasswordReason::Reset => Key::PasswordResetTitle,
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
            (1, "Don't ask again for 1 minute"),
            (15, "Don't ask again for 15 minutes"),
            (60, "Don't ask again for 1 hour"),
            (90, "Don't ask again for 90 minutes"),
            (720, "Don't ask again for 12 hours"),
            (1440, "Don't ask again for 1 day"),
            (43_200, "Don't ask again for 30 days"),
        ] {
            assert_eq!(remember_device(Text, minutes), label);
        }
    }

    #[test]
    fn one_and_many() {
        assert_eq!(rule(Text, &Rule::Symbol(1)), "has a symbol");
        assert_eq!(rule(Text, &Rule::Symbol(2)), "has 2 symbols");
        assert_eq!(rule(Text, &Rule::Age(120)), "replaces one you have used for at least 2 hours");
        assert_eq!(password_title(Text, PasswordReason::ExpiresIn(Some(0))), "Your password expires today");
        assert_eq!(password_title(Text, PasswordReason::ExpiresIn(Some(5))), "Your password expires in 5 days");
    }
}
