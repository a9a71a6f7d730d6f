//! How often a call may be made: so many in a window, counted per key.

use std::{collections::HashMap, time::Duration};

use crate::time::Moment;

/// A limit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limit {
    pub(crate) calls: u32,
    pub(crate) window: Duration,
}

/// What the headers of an answer tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) limit: u32,
    pub(crate) remaining: u32,
    /// When the window ends.
    pub(crate) reset: Moment,
    pub(crate) exceeded: bool,
}

/// The calls of the windows that are open.
#[derive(Debug, Default)]
pub(crate) struct Rates(HashMap<String, (Moment, u32)>);

impl Rates {
    /// Counts a call.
    pub(crate) fn count(&mut self, key: &str, limit: Limit, now: Moment) -> Standing {
        if self.0.len() > 10_000 {
            self.0.retain(|_, (ends, _)| now < *ends);
        }
        let window = self.0.entry(key.to_owned()).or_insert((now.after(limit.window), 0));
        if window.0 <= now {
            *window = (now.after(limit.window), 0);
        }
        window.1 = window.1.saturating_add(1);
        Standing {
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
    fn a_window_takes_so_many_calls_and_then_a_new_one_opens() {
        let (mut rates, now) = (Rates::default(), Clock::default().now());
        let limit = Limit { calls: 2, window: Duration::from_secs(1) };
        let exceeded = |standing: Standing| (standing.remaining, standing.exceeded);
        assert_eq!(exceeded(rates.count("ada", limit, now)), (1, false));
        assert_eq!(exceeded(rates.count("ada", limit, now)), (0, false));
        assert_eq!(exceeded(rates.count("ada", limit, now)), (0, true));
        assert_eq!(exceeded(rates.count("bob", limit, now)), (1, false), "each key for itself");
        assert_eq!(exceeded(rates.count("ada", limit, now.after(limit.window))), (1, false));
    }
}
