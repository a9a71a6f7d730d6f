//! Time formats: seconds since 1970 in the code, ISO 8601 in JSON, RFC 9110 in headers.

use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// Parses ISO 8601.
pub fn parse(text: &str) -> Option<i64> {
    OffsetDateTime::parse(text, &Rfc3339).ok().map(OffsetDateTime::unix_timestamp)
}

/// Parses the time of an HTTP header (RFC 9110 5.6.7).
pub fn parse_http(text: &str) -> Option<i64> {
    Some(OffsetDateTime::from(httpdate::parse_http_date(text).ok()?).unix_timestamp())
}

/// Formats as ISO 8601.
pub fn format(seconds: i64) -> String {
    OffsetDateTime::from_unix_timestamp(seconds).ok().and_then(|time| time.format(&Rfc3339).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_parsed_and_formatted() {
        assert_eq!(parse("2018-10-03T22:59:14.000Z").map(format).as_deref(), Some("2018-10-03T22:59:14Z"));
        assert_eq!(parse("yesterday"), None);
        assert_eq!(parse_http("Wed, 03 Oct 2018 22:59:14 GMT"), parse("2018-10-03T22:59:14Z"));
        assert_eq!(parse_http("soon"), None);
    }
}
