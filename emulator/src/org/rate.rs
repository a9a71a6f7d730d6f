//! Rate limits: a number of calls per window, counted per key.

use std::{collections::HashMap, time::Duration};

use crate::time::Timestamp;

/// A limit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limit {
    pub(crate) calls: u32,
    pub(crate) window: Duration,
}

/// The state of a limit, as reported in the response headers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RateStatus {
    pub(crate) limit: u32,
    pub(crate) remaining: u32,
    /// When the window ends.
    pub(crate) reset: Timestamp,
    pub(crate) exceeded: bool,
}

/// Counters of the current windows.
#[derive(Debug, Default)]
pub(crate) struct Rates(HashMap<String, (Timestamp, u32)>);

impl Rates {
    /// Counts a call.
    pub(crate) fn count(&mut self, key: &str, limit: Limit, now: Timestamp) -> RateStatus {
        if self.0.len() > 10_000 {
            self.0.retain(|_, (ends, _)| now < *ends);
        }
        let window = self.0.entry(key.to_owned()).or_insert((now.after(limit.window), 0));
        if window.0 <= now {
            *window = (now.after(limit.window), 0);
        }
        window.1 = window.1.saturating_add(1);
        RateStatus {
            limit: limit.calls,
            remaining: limit.calls.saturating_sub(window.1),
            reset: window.0,
            exceeded: window.1 > limit.calls,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Clock;

    #[test]
    fn a_window_allows_a_number_of_calls() {
        let (mut rates, now) = (Rates::default(), Clock::default().now());
        let limit = Limit { calls: 2, window: Duration::from_secs(1) };
        let exceeded = |status: RateStatus| (status.remaining, status.exceeded);
        assert_eq!(exceeded(rates.count("ada", limit, now)), (1, false));
        assert_eq!(exceeded(rates.count("ada", limit, now)), (0, false));
        assert_eq!(exceeded(rates.count("ada", limit, now)), (0, true));
        assert_eq!(exceeded(rates.count("bob", limit, now)), (1, false), "each key for itself");
        assert_eq!(exceeded(rates.count("ada", limit, now.after(limit.window))), (1, false));
    }
}
