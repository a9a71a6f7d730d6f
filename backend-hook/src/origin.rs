//! Checks which pages may call: those of configured origins. Uses only the headers of a request.

use url::Url;

/// The origin of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RequestOrigin<'a> {
    /// A page of a configured origin.
    Allowed(&'a str),
    /// A page of the hook's own origin, for reads only, or the browser itself.
    OwnPage,
    /// Anything else; refused.
    NotAllowed,
}

/// Classifies a request by the headers that browsers set.
pub fn classify<'a>(
    allowed: &'a [String],
    reads: bool,
    origin: Option<&str>,
    fetch_site: Option<&str>,
) -> RequestOrigin<'a> {
    match origin {
        Some(origin) => allowed
            .iter()
            .find(|one| *one == origin)
            .map_or(RequestOrigin::NotAllowed, |one| RequestOrigin::Allowed(one)),
        None if reads && fetch_site == Some("same-origin") => RequestOrigin::OwnPage,
        None => RequestOrigin::NotAllowed,
    }
}

/// Parses an origin as browsers send it. Plain HTTP is allowed for this machine only.
pub fn parse(text: &str) -> Result<String, String> {
    let url = Url::parse(text).map_err(|error| format!("{text}: {error}"))?;
    let origin = url.origin().ascii_serialization();
    if url.as_str().trim_end_matches('/') != origin {
        return Err(format!("{text}: an origin has a scheme, a host and a port, and nothing else"));
    }
    let local = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    match url.scheme() {
        "https" => Ok(origin),
        "http" if local => Ok(origin),
        _ => Err(format!("{text}: it must begin with https:// (http:// is for localhost)")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_configured_origins_may_call() {
        let allowed = ["https://example.com".to_owned(), "http://localhost:8080".to_owned()];
        let classify = |reads, origin, site| classify(&allowed, reads, origin, site);
        assert_eq!(classify(false, Some("https://example.com"), None), RequestOrigin::Allowed("https://example.com"));
        for other in ["null", "", "https://example.com.evil.org", "https://evil.org", "http://example.com"] {
            assert_eq!(classify(true, Some(other), Some("same-origin")), RequestOrigin::NotAllowed, "{other}");
        }
        assert_eq!(classify(true, None, Some("same-origin")), RequestOrigin::OwnPage);
        assert_eq!(classify(false, None, Some("same-origin")), RequestOrigin::NotAllowed);
        assert_eq!(classify(true, None, Some("same-site")), RequestOrigin::NotAllowed);
        assert_eq!(classify(true, None, None), RequestOrigin::NotAllowed);
    }

    #[test]
    fn origins_are_validated() {
        assert_eq!(parse("https://Example.com/").as_deref(), Ok("https://example.com"));
        assert_eq!(parse("http://localhost:8080").as_deref(), Ok("http://localhost:8080"));
        for wrong in [
            "example.com",
            "http://example.com",
            "https://example.com/a",
            "https://a@example.com",
            "null",
            "*",
            "https://example.com?x",
            "ftp://example.com",
            "https://*.example.com/x",
        ] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
