//! The response headers of the page server, most of all the Content Security Policy. They are what the documentation
//! advises for a page with the widget, and the journeys fail on any violation. Not here: what is served (`serve.rs`).

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::serve::ServeOptions;

/// The policy under which the widget has to work; `ORG` is a placeholder for the org's origin.
const CONTENT_SECURITY_POLICY: &[&str] = &[
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self' data: ORG",
    "connect-src 'self' ORG",
    "form-action 'self' ORG",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
];

/// What Duo's frame needs besides, in place of the directive before: the one script that the org
/// publishes, a name for letting it in, and the frame from Duo's host, for which `DUO` is a placeholder.
const FOR_DUO: &[(&str, &str)] = &[
    (
        "script-src 'self' 'wasm-unsafe-eval'",
        "script-src 'self' 'wasm-unsafe-eval' ORG/js/sections/duo/; frame-src DUO",
    ),
    ("trusted-types 'none'", "trusted-types okta-sign-in-duo"),
];

/// The policy's header value for the options.
fn content_security_policy(options: &ServeOptions) -> String {
    let mut policy = CONTENT_SECURITY_POLICY.join("; ");
    if let Some(duo) = &options.duo {
        for (strict, loose) in FOR_DUO {
            policy = policy.replace(strict, loose);
        }
        policy = policy.replace("DUO", duo.as_str());
    }
    if options.org_frame {
        // A directive that comes twice counts once: the first.
        policy = if policy.contains("frame-src ") {
            policy.replace("frame-src ", "frame-src ORG ")
        } else {
            format!("{policy}; frame-src ORG")
        };
    }
    if let Some(names) = &options.trusted_types {
        policy = policy.replace("trusted-types 'none'", &format!("trusted-types {names}"));
    }
    if let Some(hook) = &options.hook {
        policy = policy.replace("connect-src 'self' ORG", &format!("connect-src 'self' ORG {hook}"));
    }
    if let Some(style) = &options.style {
        policy = policy.replace("style-src 'self'", &format!("style-src 'self' {style}"));
    }
    if options.refuse_wasm {
        policy = policy.replace(" 'wasm-unsafe-eval'", "");
    }
    if let Some(nonce) = &options.nonce {
        for directive in ["script-src", "style-src"] {
            policy = policy.replace(&format!("{directive} 'self'"), &format!("{directive} 'nonce-{nonce}'"));
        }
    }
    policy.replace("ORG", options.org.as_str())
}

/// Every directive that the documentation may advise, with its placeholders.
pub(crate) fn directives() -> impl Iterator<Item = &'static str> {
    CONTENT_SECURITY_POLICY.iter().copied()
}

/// For a file whose address changes with it.
pub(crate) const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// The headers that every response carries.
pub(crate) fn all(options: &ServeOptions) -> anyhow::Result<HeaderMap> {
    let policy = content_security_policy(options);
    let headers: [(HeaderName, &str); 4] = [
        (header::CONTENT_SECURITY_POLICY, &policy),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, if options.no_store { "no-store" } else { "no-cache" }),
    ];
    headers.into_iter().map(|(name, value)| Ok((name, HeaderValue::from_str(value)?))).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn options() -> ServeOptions {
        ServeOptions::org(&"https://example.okta.com".parse().unwrap())
    }

    #[test]
    fn the_org_is_allowed_where_it_is_needed_and_nowhere_else() {
        let policy = content_security_policy(&options());
        let directives: Vec<&str> = policy.split("; ").collect();
        assert!(directives.contains(&"connect-src 'self' https://example.okta.com"));
        assert!(directives.contains(&"form-action 'self' https://example.okta.com"));
        assert!(directives.contains(&"img-src 'self' data: https://example.okta.com"));
        assert!(directives.contains(&"script-src 'self' 'wasm-unsafe-eval'"));
        assert_eq!(policy.matches("example.okta.com").count(), 3);
        assert!(!policy.contains("ORG"));
    }

    #[test]
    fn the_hook_is_called_and_nothing_else() {
        let hook = Some("https://hook.example.com".parse().unwrap());
        let policy = content_security_policy(&ServeOptions { hook, ..options() });
        assert_eq!(policy.matches("hook.example.com").count(), 1);
        assert!(policy.contains("connect-src 'self' https://example.okta.com https://hook.example.com;"), "{policy}");
    }

    #[test]
    fn a_stricter_policy_allows_less() {
        let policy = content_security_policy(&ServeOptions { refuse_wasm: true, ..options() });
        assert!(policy.contains("script-src 'self';"), "{policy}");
        let policy = content_security_policy(&ServeOptions { nonce: Some("n".to_owned()), ..options() });
        assert!(policy.contains("script-src 'nonce-n' 'wasm-unsafe-eval'; style-src 'nonce-n';"), "{policy}");
    }

    #[test]
    fn a_frameworks_policy_takes_the_place_of_none() {
        let policy = content_security_policy(&ServeOptions { trusted_types: Some("vue".to_owned()), ..options() });
        assert!(policy.ends_with("require-trusted-types-for 'script'; trusted-types vue"), "{policy}");
    }

    #[test]
    fn the_org_has_a_frame_for_tokens_beside_the_one_of_duo() {
        let policy = content_security_policy(&ServeOptions { org_frame: true, ..options() });
        assert!(policy.ends_with("; frame-src https://example.okta.com"), "{policy}");
        let duo = Some("https://api-1.duosecurity.com".parse().unwrap());
        let policy = content_security_policy(&ServeOptions { org_frame: true, duo, ..options() });
        assert_eq!(policy.matches("frame-src").count(), 1);
        assert!(policy.contains("; frame-src https://example.okta.com https://api-1.duosecurity.com;"), "{policy}");
    }

    #[test]
    fn duo_loosens_it_by_what_duo_needs_alone() {
        let duo = Some("https://api-1.duosecurity.com".parse().unwrap());
        let (strict, loose) =
            (content_security_policy(&options()), content_security_policy(&ServeOptions { duo, ..options() }));
        let more: Vec<&str> = loose.split("; ").filter(|one| !strict.split("; ").any(|other| other == *one)).collect();
        assert_eq!(
            more,
            [
                "script-src 'self' 'wasm-unsafe-eval' https://example.okta.com/js/sections/duo/",
                "frame-src https://api-1.duosecurity.com",
                "trusted-types okta-sign-in-duo",
            ]
        );
        assert_eq!(loose.split("; ").count(), strict.split("; ").count() + 1);
    }
}
