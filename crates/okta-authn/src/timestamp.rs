//! Dates of the wire (ISO 8601 in UTC, docs/authn-api.md#transport) as milliseconds since the Unix epoch. Not here:
//! the current time, which is always an input.

/// Milliseconds since the Unix epoch.
pub type Millis = u64;

/// Reads `2015-11-03T10:15:57.000Z`; the fraction may be absent or of any length. `None` for anything else,
/// also for dates before 1970.
pub fn parse(text: &str) -> Option<Millis> {
    let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
    let mut date = date.split('-').map(number);
    let (year, month, day) = (date.next()??, date.next()??, date.next()??);
    let (clock, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let mut clock = clock.split(':').map(number);
    let (hour, minute, second) = (clock.next()??, clock.next()??, clock.next()??);
    let in_range = (1970..=9999).contains(&year)
        && (1..=12).contains(&month)
        && (1..=days_in(year, month)).contains(&day)
        && hour < 24
        && minute < 60
        && second < 61;
    let is_fraction = fraction.bytes().all(|b| b.is_ascii_digit());
    if !in_range || !is_fraction || date.next().is_some() || clock.next().is_some() {
        return None;
    }
    let millis =
        number(fraction.get(..3).unwrap_or(fraction))? * [100, 10, 1].get(fraction.len().min(3).checked_sub(1)?)?;
    let seconds = days(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second;
    Some(seconds * 1_000 + millis)
}

fn number(digits: &str) -> Option<u64> {
    let plain = !digits.is_empty() && digits.len() <= 9 && digits.bytes().all(|b| b.is_ascii_digit());
    if plain { digits.parse().ok() } else { None }
}

fn days_in(year: u64, month: u64) -> u64 {
    days(year + month / 12, month % 12 + 1, 1) - days(year, month, 1)
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar; years are counted from March so that the
/// leap day comes last.
fn days(year: u64, month: u64, day: u64) -> u64 {
    let (year, month) = if month <= 2 { (year - 1, month + 9) } else { (year, month - 3) };
    let leap_days = year / 4 - year / 100 + year / 400;
    let days_before_month = (153 * month + 2) / 5;
    year * 365 + leap_days + days_before_month + day - 1 - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_dates_of_the_wire() {
        for (text, millis) in [
            ("1970-01-01T00:00:00.000Z", Some(0)),
            ("2015-11-03T10:15:57.000Z", Some(1_446_545_757_000)),
            ("2000-02-29T23:59:59.5Z", Some(951_868_799_500)),
            ("2018-10-03T18:32:22Z", Some(1_538_591_542_000)),
            ("2024-03-01T00:00:00.123456Z", Some(1_709_251_200_123)),
        ] {
            assert_eq!(parse(text), millis, "{text}");
        }
    }

    #[test]
    fn refuses_everything_else() {
        for text in [
            "",
            "Z",
            "2015",
            "2015-13-03T10:15:57Z",
            "2015-11-03 10:15:57Z",
            "2015-11-03T10:15:57+02:00",
            "2015-11-03T10:15Z",
            "-1-1-1T0:0:0Z",
            "2015-11-03T10:15:57.Z",
            "1969-12-31T23:59:59Z",
            "2015-11-03-1T10:15:57Z",
            "2015-11-31T10:15:57Z",
            "2023-02-29T10:15:57Z",
            "2100-02-29T10:15:57Z",
            "2015-12-32T10:15:57Z",
            "2015-11-03T10:15:57.9011:10Z",
            "2015-11-03T10:15:57.123+02:00Z",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
