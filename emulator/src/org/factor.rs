//! An enrolled or pending factor, with the data that a proof is checked against.
//!
//! Not here: the check of a proof (`authn/proof.rs`), the JSON (`wire/factor.rs`).

use super::{kind::Kind, push::App, security_key::SecurityKey, token::Token, totp::TotpDevice};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// A factor.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Factor {
    pub(crate) id: String,
    pub(crate) kind: Kind,
    /// The vendor name of a custom factor.
    pub(crate) vendor: Option<String>,
    pub(crate) data: FactorData,
    pub(crate) created: Timestamp,
    pub(crate) updated: Timestamp,
    /// Whether nobody enrolled it: Identity Engine counts the verified email address and the recovery question.
    #[serde(default)]
    pub(crate) implied: bool,
}

impl Factor {
    /// A new factor.
    pub(crate) fn new(id: String, kind: Kind, data: FactorData, now: Timestamp) -> Self {
        Self { id, kind, vendor: None, data, created: now, updated: now, implied: false }
    }

    /// Whether it counts in a sign-in. A recovery question does not.
    pub(crate) fn proves(&self) -> bool {
        !(self.implied && self.kind == Kind::Question)
    }
}

/// The data that a proof is checked against.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) enum FactorData {
    Question(Question),
    Phone(Phone),
    /// The primary email address of the user's profile.
    Mailbox,
    Totp(TotpDevice),
    App(App),
    Token(Token),
    /// A WebAuthn or U2F key; `None` during enrollment.
    Key(Option<Box<SecurityKey>>),
    /// An account at Duo or at an external identity provider.
    Account {
        name: String,
    },
    /// The user's own password.
    Password,
}

/// A security question with its answer.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Question {
    /// Key of a predefined question, or `custom`.
    pub(crate) key: String,
    pub(crate) text: String,
    pub(crate) answer: String,
}

impl Question {
    /// Whether this is the answer; case and surrounding space are ignored.
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
    /// The number with most digits masked.
    pub(crate) fn masked(&self) -> String {
        let digits: Vec<char> = self.number.chars().filter(char::is_ascii_digit).collect();
        let last: String = digits.iter().skip(digits.len().saturating_sub(4)).collect();
        match digits.first() {
            Some('1') => format!("+1 XXX-XXX-{last}"),
            _ => format!("+{} XXX XXX {last}", digits.iter().take(2).collect::<String>()),
        }
    }
}

/// The email address, masked.
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
    fn an_answer_matches_in_any_case_and_without_surrounding_space() {
        let question = Question { key: String::new(), text: String::new(), answer: "Blue Bear".to_owned() };
        assert!(question.is_answered_by(" blue bear "));
        assert!(!question.is_answered_by("bear"));
    }
}
