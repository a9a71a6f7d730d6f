//! Who may call: pages of listed origins, and nobody by accident. Decided from a request's headers alone,
//! before anything else of it is read.

use url::Url;

/// Who calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caller<'a> {
    /// A page of this origin, which is allowed.
    Page(&'a str),
    /// A page of the hook's own origin, which only reads.
    OwnPage,
    /// Someone who may not.
    Stranger,
}

/// Decides who calls, from what a browser says about it.
pub fn judge<'a>(allowed: &'a [String], reads: bool, origin: Option<&str>, fetch_site: Option<&str>) -> Caller<'a> {
    match origin {
        Some(origin) => allowed.iter().find(|one| *one == origin).map_or(Caller::Stranger, |one| Caller::Page(one)),
        None if reads && fetch_site == Some("same-origin") => Caller::OwnPage,
        None => Caller::Stranger,
    }
}

/// An origin as browsers write it. Plain HTTP is for this machine alone.
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
    fn only_listed_origins_call() {
        let allowed = ["https://example.com".to_owned(), "http://localhost:8080".to_owned()];
        let judge = |reads, origin, site| judge(&allowed, reads, origin, site);
        assert_eq!(judge(false, Some("https://example.com"), None), Caller::Page("https://example.com"));
        for stranger in ["null", "", "https://example.com.evil.org", "https://evil.org", "http://example.com"] {
            assert_eq!(judge(true, Some(stranger), Some("same-origin")), Caller::Stranger, "{stranger}");
        }
        assert_eq!(judge(true, None, Some("same-origin")), Caller::OwnPage);
        assert_eq!(judge(false, None, Some("same-origin")), Caller::Stranger);
        assert_eq!(judge(true, None, Some("same-site")), Caller::Stranger);
        assert_eq!(judge(true, None, None), Caller::Stranger);
    }

    #[test]
    fn origins_are_origins() {
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
