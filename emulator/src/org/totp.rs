//! TOTP (RFC 6238) with steps of 30 seconds. Not here: the factor that a device belongs to.

use serde::{Deserialize, Serialize};
use totp_rs::{Builder, Totp};

use crate::time::Timestamp;

/// A TOTP app or token.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct TotpDevice {
    pub(crate) secret: Vec<u8>,
    /// The step whose code was used last.
    last_step: Option<u64>,
}

/// Result of checking a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TotpCheck {
    Right,
    Wrong,
    /// Right, but already used.
    Reused,
    /// The code of a step outside the accepted window.
    OutsideWindow,
}

/// How many steps around now are reported as outside the window instead of wrong.
const WIDE: u16 = 10;

impl TotpDevice {
    pub(crate) const STEP: u64 = 30;

    pub(crate) fn new(secret: Vec<u8>) -> Self {
        Self { secret, last_step: None }
    }

    /// The current code.
    pub(crate) fn code(&self, now: Timestamp) -> String {
        self.code_of_step(now.seconds() / Self::STEP)
    }

    /// The next code.
    pub(crate) fn next_code(&self, now: Timestamp) -> String {
        self.code_of_step(now.seconds() / Self::STEP + 1)
    }

    /// The code of a step (RFC 4226).
    pub(crate) fn code_of_step(&self, step: u64) -> String {
        self.totp(1).generate(step * Self::STEP).to_string()
    }

    /// Whether a code is one of those accepted now.
    pub(crate) fn is_accepted(&self, code: &str, now: Timestamp) -> bool {
        self.accepted_step(code, now).is_some()
    }

    /// Whether `next` is the code after `code`, which is one of those accepted now: the step may change between the time
    /// they are read and the time they arrive.
    pub(crate) fn are_consecutive(&self, code: &str, next: &str, now: Timestamp) -> bool {
        self.accepted_step(code, now).is_some_and(|step| next == self.code_of_step(step + 1))
    }

    fn accepted_step(&self, code: &str, now: Timestamp) -> Option<u64> {
        self.totp(1).check(code, now.seconds())
    }

    /// Checks a code, and records its step if it is right.
    pub(crate) fn check(&mut self, code: &str, now: Timestamp) -> TotpCheck {
        let Some(step) = self.accepted_step(code, now) else {
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
        // The API's secrets have 16 characters, 80 bits: fewer than RFC 4226 requires of new ones.
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
    fn two_codes_are_consecutive_also_when_the_step_has_changed_since() {
        let now = Clock::default().now();
        let device = TotpDevice::new(b"12345678901234567890".to_vec());
        let (code, next) = (device.code(now), device.next_code(now));
        for seconds in [0, 30] {
            assert!(device.are_consecutive(&code, &next, now.after(Duration::from_secs(seconds))), "{seconds} s later");
        }
        let later = now.after(Duration::from_secs(90));
        assert!(!device.are_consecutive(&code, &next, later), "an old pair");
        assert!(!device.are_consecutive(&code, &code, now) && !device.are_consecutive(&next, &code, now));
        assert!(!device.are_consecutive("abc", &next, now));
    }

    #[test]
    fn codes_match_rfc_4226() {
        let device = TotpDevice::new(b"12345678901234567890".to_vec());
        for (step, code) in [(0, "755224"), (1, "287082"), (9, "520489")] {
            assert_eq!(device.code_of_step(step), code);
        }
    }
}
