//! Apps that show a new code every half minute, by RFC 6238. Which factor such an app belongs to
//! is not known here.

use serde::{Deserialize, Serialize};
use totp_rs::{Builder, Totp};

use crate::time::Moment;

/// Such an app.
#[derive(Clone, Serialize, Deserialize)]
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
        self.code_of_step(now.seconds() / Self::STEP)
    }

    /// The code after that.
    pub(crate) fn next_code(&self, now: Moment) -> String {
        self.code_of_step(now.seconds() / Self::STEP + 1)
    }

    /// The code with this number: RFC 4226.
    pub(crate) fn code_of_step(&self, step: u64) -> String {
        self.totp(1).generate(step * Self::STEP).to_string()
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
        let next = device.next_code(now);
        assert_eq!(device.check(&next, later(30)), TotpCheck::Right);
    }

    #[test]
    fn codes_are_those_of_the_standard() {
        let device = TotpDevice::new(b"12345678901234567890".to_vec());
        for (step, code) in [(0, "755224"), (1, "287082"), (9, "520489")] {
            assert_eq!(device.code_of_step(step), code);
        }
    }
}
