//! A factor that a user has, or is about to have: what its proof is checked against. Checking is
//! done in `authn/proof.rs`, writing it for the wire in `wire/factor.rs`.

use totp_rs::{Builder, Totp};

use super::kind::Kind;
use crate::time::Moment;

/// A factor.
#[derive(Clone, Debug)]
pub(crate) struct Factor {
    pub(crate) id: String,
    pub(crate) kind: Kind,
    /// The label of a kind whose vendor the admin names.
    pub(crate) vendor: Option<String>,
    pub(crate) held: Held,
}

/// What the org holds to know its user again.
#[derive(Clone)]
pub(crate) enum Held {
    Question(Question),
    Phone(Phone),
    /// The user's primary address, which stands in the profile.
    Mailbox,
    Totp(TotpDevice),
    /// Nothing of its own.
    Nothing,
}

impl std::fmt::Debug for Held {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Held(..)")
    }
}

/// A security question with its answer.
#[derive(Clone)]
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
#[derive(Clone, PartialEq, Eq)]
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

/// An app that shows a new code every half minute.
#[derive(Clone)]
pub(crate) struct TotpDevice {
    pub(crate) secret: Vec<u8>,
    /// The half minute whose code was used last.
    last_step: Option<u64>,
}

/// What a code of such an app turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TotpCheck {
    Right,
    Wrong,
    /// Right, but used already.
    Reused,
    /// Was right a while ago, or will be.
    OutsideWindow,
}

/// How many steps around now are told apart from a wrong code.
const WIDE: u16 = 10;

impl TotpDevice {
    pub(crate) const STEP: u64 = 30;

    pub(crate) fn new(secret: Vec<u8>) -> Self {
        Self { secret, last_step: None }
    }

    /// The code that the app shows.
    pub(crate) fn code(&self, now: Moment) -> String {
        self.totp(1).generate(now.seconds()).to_string()
    }

    /// Looks at a code, and remembers it if it is right.
    pub(crate) fn check(&mut self, code: &str, now: Moment) -> TotpCheck {
        let Some(step) = self.totp(1).check(code, now.seconds()) else {
            return match self.totp(WIDE).check(code, now.seconds()) {
                Some(_) => TotpCheck::OutsideWindow,
                None => TotpCheck::Wrong,
            };
        };
        if self.last_step.is_some_and(|last| step <= last) {
            return TotpCheck::Reused;
        }
        self.last_step = Some(step);
        TotpCheck::Right
    }

    fn totp(&self, skew: u16) -> Totp {
        // The API's secrets have 16 characters, 80 bits: less than RFC 4226 asks of new ones.
        Builder::new()
            .with_secret(self.secret.clone().into_boxed_slice())
            .with_skew(skew)
            .with_step_duration(Self::STEP)
            .build_noncompliant()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::time::Clock;

    #[test]
    fn a_code_works_once_and_around_its_time() {
        let now = Clock::default().now();
        let mut device = TotpDevice::new(b"12345678901234567890".to_vec());
        let code = device.code(now);
        assert_eq!(code.len(), 6);
        let later = |seconds| now.after(Duration::from_secs(seconds));
        assert_eq!(device.clone().check(&code, later(30)), TotpCheck::Right);
        assert_eq!(device.clone().check(&code, later(90)), TotpCheck::OutsideWindow);
        assert_eq!(device.clone().check(&code, later(900)), TotpCheck::Wrong);
        assert_eq!(device.check("abc", now), TotpCheck::Wrong);
        assert_eq!(device.check(&code, now), TotpCheck::Right);
        assert_eq!(device.check(&code, now), TotpCheck::Reused);
        let next = device.code(later(30));
        assert_eq!(device.check(&next, later(30)), TotpCheck::Right);
    }

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
