//! The rules of a password policy for one person, and how far they can be checked before the org is asked. The org
//! decides. Not here: the text of a rule.

use super::policy::PasswordPolicy;
use super::transaction::User;

/// One rule for a new password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PasswordRule {
    /// Characters at least.
    Length(u32),
    /// Lower-case letters at least.
    LowerCase(u32),
    /// Upper-case letters at least.
    UpperCase(u32),
    /// Digits at least.
    Number(u32),
    /// Other characters at least.
    Symbol(u32),
    /// No part of the user name.
    Username(Vec<String>),
    /// Not the first name.
    FirstName(String),
    /// Not the last name.
    LastName(String),
    /// Three of the five classes that Active Directory knows.
    ActiveDirectory,
    /// Not one of the last passwords. Only the org can tell.
    History(u32),
    /// The old one must have been kept for so many minutes. Only the org can tell.
    Age(u32),
}

/// Returns the rules of a policy for this person, in the order to show them.
pub fn password_rules(policy: &PasswordPolicy, user: Option<&User>) -> Vec<PasswordRule> {
    let name = |name: fn(&User) -> &Option<String>| user.and_then(|user| name(user).clone()).unwrap_or_default();
    let mut rules = Vec::new();
    let mut at_least = |minimum: u32, rule: fn(u32) -> PasswordRule| rules.extend((minimum > 0).then(|| rule(minimum)));
    at_least(policy.min_length, PasswordRule::Length);
    if !policy.use_ad_complexity {
        at_least(policy.min_lower_case, PasswordRule::LowerCase);
        at_least(policy.min_upper_case, PasswordRule::UpperCase);
        at_least(policy.min_number, PasswordRule::Number);
        at_least(policy.min_symbol, PasswordRule::Symbol);
    }
    rules.extend(policy.use_ad_complexity.then_some(PasswordRule::ActiveDirectory));
    rules.extend(policy.exclude_username.then(|| PasswordRule::Username(parts(&name(|user| &user.login)))));
    rules.extend(
        policy.exclude_first_name.then(|| PasswordRule::FirstName(name(|user| &user.first_name).to_ascii_lowercase())),
    );
    rules.extend(
        policy.exclude_last_name.then(|| PasswordRule::LastName(name(|user| &user.last_name).to_ascii_lowercase())),
    );
    rules.extend((policy.history_count > 0).then_some(PasswordRule::History(policy.history_count)));
    rules.extend((policy.min_age_minutes > 0).then_some(PasswordRule::Age(policy.min_age_minutes)));
    rules
}

/// The parts of a user name that a password must not hold: four characters and more
/// (docs/authn-api.md#login-and-password).
fn parts(login: &str) -> Vec<String> {
    let parts = login.split([',', '.', '_', '#', '@', '-']);
    parts.filter(|part| part.chars().count() >= 4).map(str::to_ascii_lowercase).collect()
}

impl PasswordRule {
    /// Whether the password follows it. Returns `None` where only the org can tell.
    pub fn is_met(&self, password: &str) -> Option<bool> {
        let at_least = |minimum: u32, is_one: fn(char) -> bool| {
            Some(password.chars().filter(|c| is_one(*c)).count() >= minimum as usize)
        };
        let without = |name: &String| {
            Some(!password.is_empty() && (name.is_empty() || !password.to_ascii_lowercase().contains(name)))
        };
        match self {
            Self::Length(minimum) => at_least(*minimum, |_| true),
            Self::LowerCase(minimum) => at_least(*minimum, char::is_lowercase),
            Self::UpperCase(minimum) => at_least(*minimum, char::is_uppercase),
            Self::Number(minimum) => at_least(*minimum, |c| c.is_ascii_digit()),
            Self::Symbol(minimum) => at_least(*minimum, |c| c.is_ascii_punctuation() || c == ' '),
            Self::Username(parts) => Some(!password.is_empty() && parts.iter().all(|part| without(part) == Some(true))),
            Self::FirstName(name) | Self::LastName(name) => without(name),
            Self::ActiveDirectory | Self::History(_) | Self::Age(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user() -> User {
        let text = |text: &str| Some(text.to_owned());
        User {
            id: None,
            login: text("grace.hopper@acme.example"),
            first_name: text("Grace"),
            last_name: text("Hopper"),
        }
    }

    #[test]
    fn rules_follow_the_policy_and_tick_as_far_as_can_be_known() {
        let policy = PasswordPolicy {
            min_length: 8,
            min_lower_case: 1,
            min_upper_case: 1,
            min_number: 2,
            min_symbol: 1,
            exclude_username: true,
            exclude_first_name: true,
            history_count: 4,
            ..PasswordPolicy::default()
        };
        let rules = password_rules(&policy, Some(&user()));
        let met = |password: &str| rules.iter().map(|rule| rule.is_met(password)).collect::<Vec<_>>();
        let (yes, no) = (Some(true), Some(false));
        assert_eq!(met(""), [no, no, no, no, no, no, no, None]);
        assert_eq!(met("Xy12-%ab"), [yes, yes, yes, yes, yes, yes, yes, None]);
        assert_eq!(met("Hopper12"), [yes, yes, yes, yes, no, no, yes, None]);
        assert_eq!(met("GRACE"), [no, no, yes, no, no, no, no, None]);
        assert_eq!(met("äÖ"), [no, yes, yes, no, no, yes, yes, None]);
    }

    #[test]
    fn active_directory_judges_by_itself() {
        let policy =
            PasswordPolicy { min_length: 7, min_symbol: 1, use_ad_complexity: true, ..PasswordPolicy::default() };
        assert_eq!(password_rules(&policy, None), [PasswordRule::Length(7), PasswordRule::ActiveDirectory]);
    }

    #[test]
    fn nothing_asked_is_no_rule() {
        assert_eq!(password_rules(&PasswordPolicy::default(), Some(&user())), []);
        assert_eq!(parts("a.bc_jeff-beck@acme"), ["jeff", "beck", "acme"]);
    }
}
