//! Where the browser may be sent when the hook is done: to the pages of the configured origins, or to the org, and never
//! back to the hook.

use url::Url;

/// Maximum length of an address: it has to fit into a cookie.
pub const MAX_LENGTH: usize = 1024;

/// Parses an address. `None` if the browser may not be sent there.
pub fn check(text: &str, origins: &[String], org: &str, public_url: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    let origin = url.origin().ascii_serialization();
    let known = origin == org || origins.contains(&origin);
    let anonymous = url.username().is_empty() && url.password().is_none();
    // An address of the hook could begin it all again.
    let begins_again = url.as_str().starts_with(&[public_url, "/session/"].concat());
    (known && anonymous && !begins_again && url.as_str().len() <= MAX_LENGTH).then(|| url.into())
}

/// Where the browser goes when it is not known where it came from.
pub fn fallback(origins: &[String]) -> Option<String> {
    Some([origins.first()?, "/"].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_pages_are_landed_on() {
        let origins = ["https://www.example.com".to_owned(), "http://localhost:8080".to_owned()];
        let check = |text: &str| check(text, &origins, "https://example.okta.com", "https://www.example.com/hook");
        for right in [
            "https://www.example.com/a?b=c#d",
            "http://localhost:8080/",
            "https://example.okta.com/app/x",
            "https://www.example.com/hooks",
        ] {
            assert_eq!(check(right).as_deref(), Some(right));
        }
        for wrong in [
            "",
            "/a",
            "//evil.org",
            "https://evil.org/",
            "https://www.example.com.evil.org/",
            "https://www.example.com@evil.org/",
            "https://someone@www.example.com/",
            "http://www.example.com/",
            "javascript:alert(1)",
            "data:text/html,x",
            "https://www.example.com/hook/session/start?redirect_to=x",
            "https://www.example.com/x/../hook/session/callback",
            &["https://www.example.com/", &"x".repeat(MAX_LENGTH)].concat(),
        ] {
            assert_eq!(check(wrong), None, "{wrong}");
        }
    }
}
