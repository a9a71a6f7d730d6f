//! Times as they are written: in seconds since 1970 here, as ISO 8601 on the wire, in HTTP's own way in headers.

use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// Reads a time.
pub fn parse(text: &str) -> Option<i64> {
    OffsetDateTime::parse(text, &Rfc3339).ok().map(OffsetDateTime::unix_timestamp)
}

/// Reads a time as HTTP's headers have it (RFC 9110 5.6.7).
pub fn parse_http(text: &str) -> Option<i64> {
    Some(OffsetDateTime::from(httpdate::parse_http_date(text).ok()?).unix_timestamp())
}

/// Writes a time.
pub fn format(seconds: i64) -> String {
    OffsetDateTime::from_unix_timestamp(seconds).ok().and_then(|time| time.format(&Rfc3339).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_go_both_ways() {
        assert_eq!(parse("2018-10-03T22:59:14.000Z").map(format).as_deref(), Some("2018-10-03T22:59:14Z"));
        assert_eq!(parse("yesterday"), None);
        assert_eq!(parse_http("Wed, 03 Oct 2018 22:59:14 GMT"), parse("2018-10-03T22:59:14Z"));
        assert_eq!(parse_http("soon"), None);
    }
}
