//! Dates of the wire, compared with the crate `jiff`. Not here: what they are used for.

use jiff::Timestamp;
use okta_authn::timestamp;

/// The bytes are read as a date.
pub fn run(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let expected = canonical(text).and_then(|text| text.parse::<Timestamp>().ok());
    let expected = expected.and_then(|time| u64::try_from(time.as_millisecond()).ok());
    let ours = timestamp::parse(text);
    if ours.is_some_and(|time| time >= LAST_YEAR) {
        return;
    }
    // A leap second is the second after it here; `jiff` takes the one before.
    let is_leap = text.split([':', '.', 'Z']).nth(2).is_some_and(|second| second.trim_start_matches('0') == "60");
    let fits = if is_leap { ours.map(|time| time - 1_000) == expected } else { ours == expected };
    assert!(fits, "{text:?}: {ours:?}, but jiff says {expected:?}");
}

/// When the year 9999 begins, which is left out: `jiff` ends before it does.
const LAST_YEAR: u64 = 253_370_764_800_000;
const YEARS: std::ops::Range<u32> = 1970..9999;

/// The same date with the digits that RFC 3339 wants: numbers may have fewer or more here, and the fraction any number of
/// digits. `None` where the form is another one, or the year is another one.
fn canonical(text: &str) -> Option<String> {
    let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
    let (clock, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let fraction = plain(fraction).then_some(fraction)?;
    let [year, month, day] = numbers(date, '-')?;
    let [hour, minute, second] = numbers(clock, ':')?;
    let fraction = fraction.get(..9).unwrap_or(fraction);
    let text = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{fraction}Z");
    YEARS.contains(&year).then_some(text)
}

fn numbers(text: &str, mark: char) -> Option<[u32; 3]> {
    let number = |digits: &str| (plain(digits) && digits.len() <= 9).then(|| digits.parse().ok()).flatten();
    let numbers: Option<Vec<u32>> = text.split(mark).map(number).collect();
    numbers?.try_into().ok()
}

fn plain(digits: &str) -> bool {
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}
