//! Timestamps in milliseconds, their format in the API, and the org's clock, which tests can advance.
//! An operation receives the time in its `Call`; it does not read the clock.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use time::{OffsetDateTime, UtcDateTime, format_description::FormatItem, macros::format_description};

const WRITTEN: &[FormatItem<'static>] =
    format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z");

/// A point in time, in milliseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Timestamp(i64);

impl Timestamp {
    /// This much later.
    pub(crate) fn after(self, time: Duration) -> Self {
        Self(self.0.saturating_add(milliseconds(time)))
    }

    /// This much earlier.
    pub(crate) fn before(self, time: Duration) -> Self {
        Self(self.0.saturating_sub(milliseconds(time)))
    }

    /// Time since `earlier`; zero if that is in the future.
    pub(crate) fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    /// Whole seconds since 1970.
    pub(crate) fn seconds(self) -> u64 {
        u64::try_from(self.0.div_euclid(1000)).unwrap_or(0)
    }

    /// Whole seconds since 1970, rounded up.
    pub(crate) fn seconds_rounded_up(self) -> u64 {
        Self(self.0.saturating_add(999)).seconds()
    }

    /// A date of ISO 8601 in UTC, with or without fractions of a second; `None` if it is another text.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (day, clock) = text.strip_suffix('Z').or_else(|| text.strip_suffix("+00:00"))?.split_once('T')?;
        let mut day = day.splitn(3, '-');
        let (year, month, day) = (day.next()?.parse().ok()?, day.next()?.parse::<u8>().ok()?, day.next()?);
        let date = time::Date::from_calendar_date(year, month.try_into().ok()?, day.parse().ok()?).ok()?;
        let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
        let mut clock = clock.splitn(3, ':');
        let (hour, minute, second) = (clock.next()?.parse().ok()?, clock.next()?.parse().ok()?, clock.next());
        let second = second.map_or(Some(0), |second| second.parse().ok())?;
        let digits: String = fraction.chars().chain("000".chars()).take(3).collect();
        let moment = date.with_hms_milli(hour, minute, second, digits.parse().ok()?).ok()?;
        i64::try_from(moment.assume_utc().unix_timestamp_nanos() / 1_000_000).ok().map(Self)
    }

    /// As the API writes dates: ISO 8601, UTC, milliseconds.
    pub(crate) fn iso(self) -> String {
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.0) * 1_000_000)
            .ok()
            .and_then(|moment| UtcDateTime::from(moment).format(WRITTEN).ok())
            .unwrap_or_default()
    }
}

fn milliseconds(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}

/// The last moment of the clock, at the beginning of the year 9000: dates after 9999 can't be written, and some of what
/// ends later than now has to have one.
const LAST: Timestamp = Timestamp(221_845_392_000_000);

/// The machine's clock plus an offset.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Clock {
    ahead: Duration,
}

impl Clock {
    /// The current time.
    pub(crate) fn now(&self) -> Timestamp {
        let machine = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp(milliseconds(machine)).after(self.ahead).min(LAST)
    }

    /// Moves the clock forward.
    pub(crate) fn advance(&mut self, time: Duration) {
        self.ahead = self.ahead.saturating_add(time);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_with_milliseconds() {
        assert_eq!(Timestamp(1_446_545_757_000).iso(), "2015-11-03T10:15:57.000Z");
        assert_eq!(Timestamp(0).after(Duration::from_millis(7)).iso(), "1970-01-01T00:00:00.007Z");
    }

    #[test]
    fn dates_are_read_as_they_are_written() {
        for (text, read) in [
            ("2015-11-03T10:15:57.000Z", Some(1_446_545_757_000)),
            ("2015-11-03T10:15:57Z", Some(1_446_545_757_000)),
            ("1970-01-01T00:00:00.0075Z", Some(7)),
            ("2015-11-03T10:15:57.000+00:00", Some(1_446_545_757_000)),
            ("2015-13-03T10:15:57Z", None),
            ("2015-11-03", None),
            ("yesterday", None),
        ] {
            assert_eq!(Timestamp::parse(text), read.map(Timestamp), "{text}");
        }
    }

    #[test]
    fn the_clock_stops_before_dates_can_not_be_written() {
        let mut clock = Clock::default();
        clock.advance(Duration::MAX);
        assert_eq!(clock.now().iso(), "9000-01-01T00:00:00.000Z");
    }

    #[test]
    fn time_since_a_later_time_is_zero() {
        assert_eq!(Timestamp(5).since(Timestamp(9)), Duration::ZERO);
        assert_eq!(Timestamp(9).since(Timestamp(5)), Duration::from_millis(4));
    }
}
