//! Dates. Those around the recording are moved so that it begins at a fixed time: how long a token lives stays readable.
//! Others, such as the day of a password, are replaced by a day of their own.

use std::time::Duration;

use time::{
    OffsetDateTime, UtcDateTime,
    format_description::FormatItem,
    format_description::well_known::Rfc3339,
    macros::{format_description, utc_datetime},
};

use super::replacements::Replacements;

/// When every recording begins.
const BEGINNING: UtcDateTime = utc_datetime!(2026-01-01 00:00);

/// What counts as around the recording.
const NEAR: Duration = Duration::from_hours(24);

const WRITTEN: &[FormatItem<'static>] =
    format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z");

/// Reads an ISO 8601 date with a time, as the API writes them.
pub(super) fn read(text: &str) -> Option<UtcDateTime> {
    OffsetDateTime::parse(text, &Rfc3339).ok().map(UtcDateTime::from)
}

/// What stands for this moment in a recording that began then.
pub(super) fn replaced(moment: UtcDateTime, began: UtcDateTime, replacements: &mut Replacements) -> String {
    let distance = moment - began;
    if distance.unsigned_abs() <= NEAR {
        return written(BEGINNING + distance);
    }
    replacements.of(&written(moment), |random| {
        written(BEGINNING - Duration::from_hours(24 * u64::from(1000 + random.below(4000))))
    })
}

fn written(moment: UtcDateTime) -> String {
    moment.format(WRITTEN).unwrap_or_default()
}
