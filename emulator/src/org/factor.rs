//! A factor that a user has, or is about to have: what its proof is checked against. Checking is
//! done in `authn/proof.rs`, writing it for the wire in `wire/factor.rs`.

use super::{kind::Kind, push::App, security_key::SecurityKey, token::Token, totp::TotpDevice};
use crate::time::Moment;
use serde::{Deserialize, Serialize};

/// A factor.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Factor {
    pub(crate) id: String,
    pub(crate) kind: Kind,
    /// The label of a kind whose vendor the admin names.
    pub(crate) vendor: Option<String>,
    pub(crate) held: Held,
    pub(crate) created: Moment,
    pub(crate) updated: Moment,
}

impl Factor {
    /// One that begins now.
    pub(crate) fn new(id: String, kind: Kind, held: Held, now: Moment) -> Self {
        Self { id, kind, vendor: None, held, created: now, updated: now }
    }
}

/// What the org holds to know its user again.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) enum Held {
    Question(Question),
    Phone(Phone),
    /// The user's primary address, which stands in the profile.
    Mailbox,
    Totp(TotpDevice),
    App(App),
    Token(Token),
    /// A `WebAuthn` or U2F key; none while it is being enrolled.
    Key(Option<Box<SecurityKey>>),
    /// An account elsewhere: Duo, or an identity provider.
    Account {
        name: String,
    },
    /// The user's own password.
    Password,
}

/// A security question with its answer.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Question {
    /// Its key, or `custom`.
    pub(crate) key: String,
    pub(crate) text: String,
    pub(crate) answer: String,
}

impl Question {
    /// Whether this answers it; case and surrounding space do not matter.
    pub(crate) fn is_answered_by(&self, answer: &str) -> bool {
        self.answer.trim().to_lowercase() == answer.trim().to_lowercase()
    }
}

/// A telephone.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Phone {
    /// E.164.
    pub(crate) number: String,
    pub(crate) extension: Option<String>,
}

impl Phone {
    /// The number as others may see it.
    pub(crate) fn masked(&self) -> String {
        let digits: Vec<char> = self.number.chars().filter(char::is_ascii_digit).collect();
        let last: String = digits.iter().skip(digits.len().saturating_sub(4)).collect();
        match digits.first() {
            Some('1') => format!("+1 XXX-XXX-{last}"),
            _ => format!("+{} XXX XXX {last}", digits.iter().take(2).collect::<String>()),
        }
    }
}

/// What an e-mail address is shown as.
pub(crate) fn masked_address(address: &str) -> String {
    let (name, host) = address.split_once('@').unwrap_or((address, ""));
    let first = name.chars().next().unwrap_or('x');
    let last = name.chars().last().unwrap_or('x');
    format!("{first}...{last}@{host}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contact_points_are_masked() {
        let phone = |number: &str| Phone { number: number.to_owned(), extension: None };
        assert_eq!(phone("+14155554259").masked(), "+1 XXX-XXX-4259");
        assert_eq!(phone("+4930123456").masked(), "+49 XXX XXX 3456");
        assert_eq!(masked_address("dade.murphy@example.com"), "d...y@example.com");
    }

    #[test]
    fn an_answer_need_not_be_spelt_to_the_letter() {
        let question = Question { key: String::new(), text: String::new(), answer: "Blue Bear".to_owned() };
        assert!(question.is_answered_by(" blue bear "));
        assert!(!question.is_answered_by("bear"));
    }
}
