//! Which counter answers, the store's or this server's, and when the store is tried again: a state machine whose clock
//! is an input. Not here: the requests to the store (`store.rs`) and the waiting (`shared.rs`).
//!
//! | state | what happens | next |
//! |---|---|---|
//! | shared | an answer of the store | shared |
//! | shared | no answer, a refusal, or a late one | local, tried again after a wait |
//! | local | a request | local: nobody waits for a store that is gone |
//! | local | a failed try | local, tried again after a wait of twice the time |
//! | local | a try that succeeds | shared |

use std::time::Duration;

use tokio::time::Instant;

/// The first wait before the store is tried again.
const FIRST_WAIT: Duration = Duration::from_secs(1);
/// The longest.
const LONGEST_WAIT: Duration = Duration::from_secs(8);
/// A store that is lost again within this time is not trusted again as soon as the last time.
const SETTLED: Duration = Duration::from_secs(30);

/// A period in which the store answered. A failure that belongs to an earlier one says nothing about now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Period(u64);

#[derive(Clone, Copy, Debug)]
enum State {
    Shared { since: Instant },
    Local { since: Instant },
}

/// The state, and the next wait.
#[derive(Debug)]
pub(super) struct Circuit {
    state: State,
    period: Period,
    wait: Duration,
}

impl Circuit {
    /// Local, until the first try.
    pub(super) fn new(now: Instant) -> Self {
        Self { state: State::Local { since: now }, period: Period(0), wait: FIRST_WAIT }
    }

    /// The period, if the store is to be asked.
    pub(super) fn shared(&self) -> Option<Period> {
        match self.state {
            State::Shared { .. } => Some(self.period),
            State::Local { .. } => None,
        }
    }

    /// The store failed a request of this period. Returns whether it was lost by this: only the first failure does.
    pub(super) fn failed(&mut self, period: Period, now: Instant) -> bool {
        let State::Shared { since } = self.state else { return false };
        if period != self.period {
            return false;
        }
        if now.duration_since(since) >= SETTLED {
            self.wait = FIRST_WAIT;
        }
        self.state = State::Local { since: now };
        true
    }

    /// How long to wait before the next try; the wait after it is twice as long.
    pub(super) fn next_wait(&mut self) -> Duration {
        let wait = self.wait;
        self.wait = (wait * 2).min(LONGEST_WAIT);
        wait
    }

    /// A try succeeded. Returns for how long the store was gone.
    pub(super) fn restored(&mut self, now: Instant) -> Duration {
        let gone = match self.state {
            State::Shared { .. } => Duration::ZERO,
            State::Local { since } => now.duration_since(since),
        };
        self.state = State::Shared { since: now };
        self.period = Period(self.period.0 + 1);
        gone
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn seconds(of: u64) -> Duration {
        Duration::from_secs(of)
    }

    #[test]
    fn the_first_failure_loses_the_store_and_a_try_brings_it_back() {
        let start = Instant::now();
        let mut circuit = Circuit::new(start);
        assert_eq!(circuit.shared(), None);
        assert_eq!(circuit.restored(start + seconds(2)), seconds(2));
        let period = circuit.shared().unwrap();
        assert!(circuit.failed(period, start + seconds(3)));
        assert!(!circuit.failed(period, start + seconds(3)), "it is lost already");
        assert_eq!(circuit.shared(), None);
        assert_eq!(circuit.restored(start + seconds(5)), seconds(2));
        assert!(!circuit.failed(period, start + seconds(5)), "a late failure of a time that has passed");
        assert!(circuit.shared().is_some_and(|now| now != period));
    }

    #[test]
    fn waits_grow_and_a_store_that_stayed_is_tried_soon_again() {
        let start = Instant::now();
        let mut circuit = Circuit::new(start);
        let waits: Vec<_> = (0..6).map(|_| circuit.next_wait().as_secs()).collect();
        assert_eq!(waits, [1, 2, 4, 8, 8, 8]);
        circuit.restored(start);
        let period = circuit.shared().unwrap();
        assert!(circuit.failed(period, start + seconds(1)));
        assert_eq!(circuit.next_wait(), seconds(8), "it comes and goes");
        circuit.restored(start);
        let period = circuit.shared().unwrap();
        assert!(circuit.failed(period, start + SETTLED));
        assert_eq!(circuit.next_wait(), seconds(1));
    }
}
