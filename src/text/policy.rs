//! How long a device is remembered, in words (contract 1.5: minutes, 0 for ever). Never here: whether it may be.

use super::{Key, Text};

const HOUR: u32 = 60;
const DAY: u32 = 24 * HOUR;

/// The label of the "remember this device" box, in the largest unit that fits evenly.
pub fn remember_device(text: Text, lifetime_minutes: u32) -> String {
    let (count, one, many) = match lifetime_minutes {
        0 => return text.get(Key::VerifyRememberAlways).to_owned(),
        minutes if minutes % DAY == 0 => (minutes / DAY, Key::VerifyRememberDay, Key::VerifyRememberDays),
        minutes if minutes % HOUR == 0 => (minutes / HOUR, Key::VerifyRememberHour, Key::VerifyRememberHours),
        minutes => (minutes, Key::VerifyRememberMinute, Key::VerifyRememberMinutes),
    };
    if count == 1 { text.get(one).to_owned() } else { text.fill(many, &[("count", &count.to_string())]) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn largest_even_unit() {
        for (minutes, label) in [
            (0, "Don't ask again on this device"),
            (1, "Don't ask again for 1 minute"),
            (15, "Don't ask again for 15 minutes"),
            (60, "Don't ask again for 1 hour"),
            (90, "Don't ask again for 90 minutes"),
            (720, "Don't ask again for 12 hours"),
            (1440, "Don't ask again for 1 day"),
            (43_200, "Don't ask again for 30 days"),
        ] {
            assert_eq!(remember_device(Text, minutes), label);
        }
    }
}
