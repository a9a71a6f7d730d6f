//! Okta Verify: the app on a user's phone, and pushes. The control interface answers them.

use std::time::Duration;

use crate::{random::Random, time::Timestamp};
use serde::{Deserialize, Serialize};

/// The app on a phone.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct App {
    pub(crate) device_name: String,
    pub(crate) platform: Platform,
    pub(crate) behaviour: Behaviour,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Platform {
    Ios,
    Android,
}

/// What the app does with a push.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Behaviour {
    /// Approve or deny.
    Plain,
    /// Number challenge.
    NumberChallenge,
    /// The app is too old and reports that.
    TooOld,
}

/// A push that was sent to a phone.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Push {
    pub(crate) sent_at: Timestamp,
    pub(crate) numbers: Option<Numbers>,
    /// Whether the phone has displayed the numbers.
    pub(crate) shown: bool,
    pub(crate) answer: PushResult,
    /// Whether the result has been returned to the client.
    pub(crate) reported: bool,
    /// Whether the app is too old: it reports that by itself, with the first poll.
    #[serde(default)]
    pub(crate) too_old: bool,
}

/// A push from the management API, without a sign-in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct SentPush {
    pub(crate) user: String,
    pub(crate) factor: String,
    pub(crate) push: Push,
}

/// Three numbers, one of them correct.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Numbers {
    pub(crate) correct: u32,
    pub(crate) shown: [u32; 3],
}

/// State of a push.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum PushResult {
    Waiting,
    Approved,
    Rejected,
    UpgradeRequired,
    TimedOut,
}

/// How long a push waits for an answer.
pub(crate) const LIFE: Duration = Duration::from_mins(5);

impl Push {
    /// Sends a push.
    pub(crate) fn send(app: &App, random: &mut Random, now: Timestamp) -> Self {
        let numbers = (app.behaviour == Behaviour::NumberChallenge).then(|| Numbers::random(random));
        let too_old = app.behaviour == Behaviour::TooOld;
        Self { sent_at: now, numbers, shown: false, answer: PushResult::Waiting, reported: false, too_old }
    }

    /// The current state.
    pub(crate) fn poll(&mut self, now: Timestamp) -> PushResult {
        if self.answer == PushResult::Waiting {
            if self.too_old {
                self.answer = PushResult::UpgradeRequired;
            } else if now.since(self.sent_at) >= LIFE {
                self.answer = PushResult::TimedOut;
            }
            self.shown = self.numbers.is_some();
        }
        self.reported = self.answer != PushResult::Waiting;
        self.answer
    }

    /// Whether the phone can answer.
    pub(crate) fn is_open(&self) -> bool {
        self.answer == PushResult::Waiting && !self.too_old
    }

    /// Approves or denies.
    pub(crate) fn answer(&mut self, yes: bool) {
        self.answer = if yes { PushResult::Approved } else { PushResult::Rejected };
    }
}

impl Numbers {
    /// Three random numbers.
    fn random(random: &mut Random) -> Self {
        let first = random.below(100);
        let shown = [first, (first + 1 + random.below(48)) % 100, (first + 50 + random.below(49)) % 100];
        let correct = match random.below(3) {
            0 => shown[0],
            1 => shown[1],
            _ => shown[2],
        };
        Self { correct, shown }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_numbers_differ_and_one_is_correct() {
        let mut random = Random::from_system();
        for _ in 0..200 {
            let Numbers { correct, shown: [a, b, c] } = Numbers::random(&mut random);
            assert!(a != b && b != c && a != c, "{a} {b} {c}");
            assert!([a, b, c].contains(&correct));
            assert!(a < 100 && b < 100 && c < 100);
        }
    }
}
