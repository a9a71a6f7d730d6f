//! Addresses of the org become addresses of the proxy in what a client gets, so that it stays with the proxy, and the other
//! way round in what it sends. Not here: redaction, which works on what the org sent.

use url::Url;

/// How an address can be written: characters of `://`, and what stands for them.
const WRITINGS: [(&str, &str, &str); 9] = [
    (":", "/", ""),
    (":", r"\/", "JSON"),
    (":", r"\u002F", "JSON in HTML"),
    (":", r"\u002f", "JSON in HTML"),
    (":", r"\x2F", "a script"),
    ("%3A", "%2F", "a query"),
    ("%3a", "%2f", "a query"),
    ("%253A", "%252F", "a query in a query"),
    ("&#x3a;", "&#x2f;", "HTML"),
];

/// The two origins in all writings.
#[derive(Debug)]
pub(super) struct Links {
    org: String,
    /// Of the org, and of the proxy.
    pairs: Vec<(String, String)>,
}

impl Links {
    /// For this org and this address of the proxy.
    pub(super) fn new(org: &Url, proxy: &str) -> Self {
        let org = org.origin().ascii_serialization();
        let mut pairs: Vec<_> = WRITINGS
            .iter()
            .map(|(colon, slash, _)| (written(&org, colon, slash), written(proxy, colon, slash)))
            .collect();
        // HTML may leave the colon.
        pairs.push((written(&org, ":", "&#x2f;"), written(proxy, ":", "&#x2f;")));
        pairs.push((written(&org, ":", "&#x2F;"), written(proxy, ":", "&#x2F;")));
        Self { org, pairs }
    }

    /// The org's origin.
    pub(super) fn org(&self) -> &str {
        &self.org
    }

    /// For the client.
    pub(super) fn to_proxy(&self, text: &str) -> String {
        self.pairs.iter().fold(text.to_owned(), |text, (org, proxy)| replace(&text, org, proxy))
    }

    /// For the org.
    pub(super) fn to_org(&self, text: &str) -> String {
        self.pairs.iter().fold(text.to_owned(), |text, (org, proxy)| replace(&text, proxy, org))
    }
}

fn written(origin: &str, colon: &str, slash: &str) -> String {
    origin.replace('/', "\u{0}").replace(':', colon).replace('\u{0}', slash)
}

/// Replaces an origin where it is not the beginning of a longer host or port.
fn replace(text: &str, from: &str, to: &str) -> String {
    let mut replaced = String::with_capacity(text.len());
    let mut parts = text.split(from);
    replaced.push_str(parts.next().unwrap_or_default());
    for part in parts {
        replaced.push_str(if goes_on(part) { from } else { to });
        replaced.push_str(part);
    }
    replaced
}

fn goes_on(after: &str) -> bool {
    let mut chars = after.chars();
    match chars.next() {
        Some('.') => chars.next().is_some_and(char::is_alphanumeric),
        Some(':') => chars.next().is_some_and(|char| char.is_ascii_digit()),
        Some('@' | '-') => true,
        Some('%') => ["3A", "3a", "253A", "40"].iter().any(|code| chars.as_str().starts_with(code)),
        next => next.is_some_and(char::is_alphanumeric),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_rewritten_in_all_writings() {
        let links = Links::new(
            &Url::parse("https://acme.okta.com").unwrap_or_else(|_| unreachable!()),
            "http://localhost:8082",
        );
        for (org, proxy) in [
            ("https://acme.okta.com", "http://localhost:8082"),
            (
                "https://acme.okta.com/api/v1 https://acme.okta.com.",
                "http://localhost:8082/api/v1 http://localhost:8082.",
            ),
            (r#""https:\/\/acme.okta.com\/x""#, r#""http:\/\/localhost:8082\/x""#),
            ("u=https%3A%2F%2Facme.okta.com%2Fx", "u=http%3A%2F%2Flocalhost%3A8082%2Fx"),
            ("u=https%253A%252F%252Facme.okta.com", "u=http%253A%252F%252Flocalhost%253A8082"),
            ("https&#x3a;&#x2f;&#x2f;acme.okta.com", "http&#x3a;&#x2f;&#x2f;localhost&#x3a;8082"),
            (r"https:\u002F\u002Facme.okta.com", r"http:\u002F\u002Flocalhost:8082"),
        ] {
            assert_eq!(links.to_proxy(org), proxy);
            assert_eq!(links.to_org(proxy), org);
        }
    }

    #[test]
    fn other_hosts_stay() {
        let links =
            Links::new(&Url::parse("https://acme.okta.com").unwrap_or_else(|_| unreachable!()), "http://localhost:80");
        for other in
            ["https://acme.okta.com.evil.example", "https://acme.okta.community", "https://acme.okta.com:8443/x"]
        {
            assert_eq!(links.to_proxy(other), other);
        }
        assert_eq!(links.to_org("http://localhost:8080"), "http://localhost:8080");
    }
}
