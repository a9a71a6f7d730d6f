//! Okta Verify: the app on someone's phone, and requests that wait there for an answer. Who holds
//! the phone answers through the control interface.

use std::time::Duration;

use crate::{random::Random, time::Moment};
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

/// How the app asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Behaviour {
    /// Yes or no.
    Plain,
    /// Which of three numbers is on the screen?
    NumberChallenge,
    /// It is too old, and refuses.
    TooOld,
}

/// A request on its way to a phone.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Push {
    pub(crate) asked: Moment,
    pub(crate) numbers: Option<Numbers>,
    /// Whether the phone has shown the numbers.
    pub(crate) shown: bool,
    pub(crate) answer: PushAnswer,
    /// Whether the client has heard how it ended.
    pub(crate) told: bool,
}

/// A request that an admin's program sent, without a sign-in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct SentPush {
    pub(crate) user: String,
    pub(crate) factor: String,
    pub(crate) push: Push,
}

/// Three numbers, one of them right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Numbers {
    pub(crate) correct: u32,
    pub(crate) shown: [u32; 3],
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum PushAnswer {
    Waiting,
    Approved,
    Rejected,
    UpgradeRequired,
    TimedOut,
}

/// How long a request waits.
pub(crate) const LIFE: Duration = Duration::from_mins(5);

impl Push {
    /// Sends one.
    pub(crate) fn send(app: &App, random: &mut Random, now: Moment) -> Self {
        let numbers = (app.behaviour == Behaviour::NumberChallenge).then(|| Numbers::random(random));
        let answer = if app.behaviour == Behaviour::TooOld { PushAnswer::UpgradeRequired } else { PushAnswer::Waiting };
        Self { asked: now, numbers, shown: false, answer, told: false }
    }

    /// What has come of it by now.
    pub(crate) fn look(&mut self, now: Moment) -> PushAnswer {
        if self.answer == PushAnswer::Waiting {
            if now.since(self.asked) >= LIFE {
                self.answer = PushAnswer::TimedOut;
            }
            self.shown = self.numbers.is_some();
        }
        self.told = self.answer != PushAnswer::Waiting;
        self.answer
    }

    /// The phone answers with yes or no.
    pub(crate) fn answer(&mut self, yes: bool) {
        self.answer = if yes { PushAnswer::Approved } else { PushAnswer::Rejected };
    }
}

impl Numbers {
    /// 0 is a number like any other.
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
    fn three_numbers_differ_and_one_is_right() {
        let mut random = Random::from_system();
        for _ in 0..200 {
            let Numbers { correct, shown: [a, b, c] } = Numbers::random(&mut random);
            assert!(a != b && b != c && a != c, "{a} {b} {c}");
            assert!([a, b, c].contains(&correct));
            assert!(a < 100 && b < 100 && c < 100);
        }
    }
}
