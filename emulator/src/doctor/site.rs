//! Whether browsers send the org's cookies with the page's calls: the sites of both by the
//! [Public Suffix List](https://publicsuffix.org/), and the attributes of the cookies.

use std::net::IpAddr;

use reqwest::header;
use url::Url;

use super::{Finding, Probe, Reached, is_this_machine};

/// Whether page and org are on one site.
pub(super) fn sites(probe: &Probe) -> Finding {
    const CHECK: &str = "site";
    if is_one_site(&probe.org, &probe.page) {
        return Finding::ok(CHECK, "Page and org are on one site.");
    }
    let (page, org) = (described(&probe.page), described(&probe.org));
    Finding::warning(
        CHECK,
        format!("The page is on {page}, the org on {org}: its cookies are third-party cookies, which browsers block."),
        "Give the org a custom domain below the page's domain. Until then read docs/third-party-cookies.md: sessions are not \
         found and devices not remembered.",
    )
}

/// Whether the cookies that the org sets can be sent by the page's calls.
pub(super) fn cookies(probe: &Probe, answer: Option<&Reached>) -> Finding {
    const CHECK: &str = "cookies";
    let Some(answer) = answer else { return Finding::without_answer(CHECK) };
    let all = answer.headers.get_all(header::SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
    let cookies: Vec<Cookie> = all.map(Cookie::read).collect();
    if cookies.is_empty() {
        return Finding::unknown(
            CHECK,
            "The answer sets no cookie to look at.",
            "Sign in once and look at Set-Cookie.",
        );
    }
    if let Some(lost) = cookies.iter().find(|cookie| cookie.is_cross_site && !cookie.is_secure) {
        return Finding::failed(
            CHECK,
            format!("The cookie {} is SameSite=None without Secure: browsers refuse it.", lost.name),
            "Look for a proxy in front of the org that removes Secure.",
        );
    }
    let is_one_site = is_one_site(&probe.org, &probe.page);
    if let Some(kept) = cookies.iter().find(|cookie| !cookie.is_cross_site).filter(|_| !is_one_site) {
        return Finding::failed(
            CHECK,
            format!("The cookie {} is not SameSite=None: calls from another site do not carry it.", kept.name),
            "Give the org a custom domain below the page's domain.",
        );
    }
    if let Some(open) = cookies.iter().find(|cookie| !cookie.is_secure).filter(|_| probe.org.scheme() == "https") {
        return Finding::warning(
            CHECK,
            format!("The cookie {} is not Secure: it is sent by HTTP too.", open.name),
            "Look for a proxy in front of the org that removes Secure.",
        );
    }
    Finding::ok(CHECK, "The page's calls carry the org's cookies.")
}

/// A cookie as far as it matters here.
struct Cookie {
    name: String,
    is_secure: bool,
    is_cross_site: bool,
}

impl Cookie {
    fn read(set_cookie: &str) -> Self {
        let mut parts = set_cookie.split(';').map(str::trim);
        let name = parts.next().and_then(|pair| pair.split_once('=')).map_or("", |(name, _)| name).to_owned();
        let attributes: Vec<String> = parts.map(str::to_ascii_lowercase).collect();
        let has = |attribute: &str| attributes.iter().any(|one| one == attribute);
        Self { name, is_secure: has("secure"), is_cross_site: has("samesite=none") }
    }
}

/// Whether browsers count both as one site: the same scheme, and the same registrable domain.
fn is_one_site(one: &Url, other: &Url) -> bool {
    one.scheme() == other.scheme() && site(one) == site(other)
}

/// The domain that somebody could register, or the host where there is none.
fn site(url: &Url) -> &str {
    let host = url.host_str().unwrap_or_default();
    let is_address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().is_ok();
    if is_address { host } else { psl::domain_str(host).unwrap_or(host) }
}

fn described(url: &Url) -> String {
    format!("{}://{}", url.scheme(), if is_this_machine(url) { url.host_str().unwrap_or_default() } else { site(url) })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed call fails the test")]
mod tests {
    use super::*;

    #[test]
    fn sites_are_told_as_browsers_do() {
        for (one, other, same) in [
            ("https://login.acme.com", "https://id.acme.com", true),
            ("https://login.acme.com", "http://id.acme.com", false),
            ("https://login.acme.com", "https://acme.okta.com", false),
            ("https://a.co.uk", "https://b.co.uk", false),
            ("https://x.github.io", "https://y.github.io", false),
            ("http://localhost:8080", "http://localhost:8081", true),
            ("http://localhost:8080", "http://org.localhost:8081", false),
            ("http://127.0.0.1:1", "http://127.0.0.2:1", false),
        ] {
            assert_eq!(is_one_site(&Url::parse(one).unwrap(), &Url::parse(other).unwrap()), same, "{one} {other}");
        }
    }
}
