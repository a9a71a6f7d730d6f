//! What a page may read of the org's answers: CORS, headers of rate limits, the time.

use std::time::{Duration, SystemTime};

use reqwest::header::{self, HeaderName};
use time::UtcDateTime;

use super::{Finding, Probe, Reached};

const LIMIT_HEADERS: [HeaderName; 2] =
    [HeaderName::from_static("x-rate-limit-limit"), HeaderName::from_static("x-rate-limit-reset")];

/// A difference that nobody notices.
const SMALL_SKEW: Duration = Duration::from_secs(30);

/// The difference beyond which ID tokens are refused.
const LARGE_SKEW: Duration = Duration::from_mins(5);

/// Whether a browser lets the page call, with cookies.
pub(super) fn cors(probe: &Probe, preflight: Option<&Reached>, answer: Option<&Reached>) -> Finding {
    const CHECK: &str = "CORS";
    let (Some(preflight), Some(answer)) = (preflight, answer) else { return Finding::without_answer(CHECK) };
    let page = probe.page_origin();
    let add = format!("In the org, add {page} under Security > API > Trusted Origins, with CORS.");
    for (what, reached) in [("the preflight", preflight), ("the answer", answer)] {
        let allowed = reached.header(&header::ACCESS_CONTROL_ALLOW_ORIGIN);
        if allowed.is_empty() {
            return Finding::failed(CHECK, format!("Calls from {page} are not allowed: {what} names no origin."), add);
        }
        if allowed == "*" {
            let found = format!("{what} allows every origin, and so none with cookies.");
            return Finding::failed(
                CHECK,
                capital(&found),
                "Look for a proxy in front of the org that sets CORS headers.",
            );
        }
        if allowed != page {
            let found = format!("{what} allows another origin than {page}.");
            return Finding::failed(
                CHECK,
                capital(&found),
                "Look for a cache in front of the org that ignores Vary: Origin.",
            );
        }
        if reached.header(&header::ACCESS_CONTROL_ALLOW_CREDENTIALS) != "true" {
            let found = format!("{what} does not allow cookies.");
            return Finding::failed(
                CHECK,
                capital(&found),
                "Look for a proxy in front of the org that sets CORS headers.",
            );
        }
    }
    if !preflight.status.is_success() || !preflight.lists(&header::ACCESS_CONTROL_ALLOW_HEADERS, "content-type") {
        let found = "The preflight does not allow the header Content-Type.";
        return Finding::failed(CHECK, found, "Look for a proxy in front of the org that sets CORS headers.");
    }
    Finding::ok(CHECK, format!("Calls from {page} are allowed, with cookies."))
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// Whether the page can read when it may go on after a rate limit.
pub(super) fn rate_limits(answer: Option<&Reached>) -> Finding {
    const CHECK: &str = "rate limits";
    let Some(answer) = answer else { return Finding::without_answer(CHECK) };
    if !LIMIT_HEADERS.iter().all(|name| answer.headers.contains_key(name)) {
        let found = "The answer has no X-Rate-Limit headers.";
        return Finding::unknown(CHECK, found, "Look for a proxy in front of the org that removes them.");
    }
    let readable = |name: &HeaderName| answer.lists(&header::ACCESS_CONTROL_EXPOSE_HEADERS, name.as_str());
    if LIMIT_HEADERS.iter().all(readable) {
        return Finding::ok(CHECK, "The page can read X-Rate-Limit headers.");
    }
    Finding::warning(
        CHECK,
        "The page can't read X-Rate-Limit headers, so it does not know how long a limit lasts.",
        "Nothing is needed: after a 429 the widget waits 2, 4, 8 seconds and so on. A proxy may remove \
         Access-Control-Expose-Headers.",
    )
}

/// The org's clock against this machine's.
pub(super) fn clock(answer: Option<&Reached>) -> Finding {
    const CHECK: &str = "clock";
    let Some(answer) = answer else { return Finding::without_answer(CHECK) };
    let Ok(date) = httpdate::parse_http_date(answer.header(&header::DATE)) else {
        return Finding::unknown(
            CHECK,
            "The answer has no Date that can be read.",
            "Look for a proxy in front of the org that removes it.",
        );
    };
    let skew = UtcDateTime::from(date_time(date)) - answer.at;
    let (distance, direction) = (skew.unsigned_abs(), if skew.is_positive() { "behind" } else { "ahead of" });
    let found = format!("This machine's clock is {} s {direction} the org's.", distance.as_secs());
    let advice = "Set the clock of this machine by NTP. In people's browsers the widget measures by the org's Date.";
    match distance {
        distance if distance <= SMALL_SKEW => Finding::ok(CHECK, "The clocks of the org and of this machine agree."),
        distance if distance <= LARGE_SKEW => Finding::warning(CHECK, found, advice),
        _ => Finding::failed(
            CHECK,
            found,
            format!("{advice} ID tokens and one-time codes are refused with such a clock."),
        ),
    }
}

fn date_time(date: SystemTime) -> time::OffsetDateTime {
    date.into()
}
