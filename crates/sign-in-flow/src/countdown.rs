//! A countdown in whole seconds. It uses the time that comes in with each event, so a tab that was suspended shows the
//! right number when it wakes. Not here: a timer.

use okta_authn::Millis;

/// Counts down to a moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Countdown {
    until: Option<Millis>,
    /// Whole seconds left, as of the last [`Countdown::tick`].
    pub seconds: Option<u32>,
}

impl Countdown {
    /// Starts a countdown of that many seconds.
    pub fn of(seconds: u32, now: Millis) -> Self {
        let mut countdown = Self { until: Some(now + u64::from(seconds) * 1_000), seconds: None };
        countdown.tick(now);
        countdown
    }

    /// When the seconds change next.
    pub fn next(&self) -> Option<Millis> {
        let seconds = self.seconds?;
        self.until.map(|until| until.saturating_sub(u64::from(seconds - 1) * 1_000))
    }

    /// Brings the seconds up to date; returns whether the countdown goes on.
    pub fn tick(&mut self, now: Millis) -> bool {
        let left = self.until.map_or(0, |until| until.saturating_sub(now).div_ceil(1_000));
        self.seconds = u32::try_from(left).ok().filter(|left| *left > 0);
        if self.seconds.is_none() {
            self.until = None;
        }
        self.seconds.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uses_the_time_that_comes_in() {
        let mut countdown = Countdown::of(30, 1_000);
        assert_eq!((countdown.seconds, countdown.next()), (Some(30), Some(2_000)));
        assert!(countdown.tick(2_001));
        assert_eq!(countdown.seconds, Some(29));
        assert!(!countdown.tick(600_000), "a suspended tab");
        assert_eq!(countdown.seconds, None);
    }
}
