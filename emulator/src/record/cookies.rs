//! Cookies of the org become cookies of the proxy: without `Domain`, and without `Secure`, because the proxy is reached by
//! HTTP. `SameSite=None` needs `Secure`, so it becomes `Lax`; pages on localhost are on the same site.

/// Prefixes of names that need `Secure`, and what stands for them.
const PREFIXES: [(&str, &str); 2] = [("__Host-", "recorded-host-"), ("__Secure-", "recorded-secure-")];

/// A `Set-Cookie` of the org, for the client.
pub(super) fn to_client(set_cookie: &str) -> String {
    let mut parts = set_cookie.split(';').map(str::trim);
    let mut kept = vec![renamed(parts.next().unwrap_or_default(), |(org, proxy)| (org, proxy))];
    for attribute in parts {
        let (name, value) = attribute.split_once('=').unwrap_or((attribute, ""));
        match name.to_ascii_lowercase().as_str() {
            "domain" | "secure" | "partitioned" => {}
            "samesite" if value.eq_ignore_ascii_case("none") => kept.push("SameSite=Lax".to_owned()),
            _ => kept.push(attribute.to_owned()),
        }
    }
    kept.join("; ")
}

/// A `Cookie` of the client, for the org.
pub(super) fn to_org(cookie: &str) -> String {
    let pairs = cookie.split(';').map(|pair| renamed(pair.trim(), |(org, proxy)| (proxy, org)));
    pairs.collect::<Vec<_>>().join("; ")
}

fn renamed(pair: &str, direction: fn((&'static str, &'static str)) -> (&'static str, &'static str)) -> String {
    let renamed =
        PREFIXES.into_iter().map(direction).find_map(|(from, to)| Some([to, pair.strip_prefix(from)?].concat()));
    renamed.unwrap_or_else(|| pair.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_belong_to_the_proxy() {
        for (org, client) in [
            (
                "sid=1; Path=/; Secure; HttpOnly; SameSite=None; Domain=acme.okta.com",
                "sid=1; Path=/; HttpOnly; SameSite=Lax",
            ),
            ("dt=a=b;Path=/;secure;samesite=Strict", "dt=a=b; Path=/; samesite=Strict"),
            ("__Host-x=1; Path=/; Secure", "recorded-host-x=1; Path=/"),
        ] {
            assert_eq!(to_client(org), client);
        }
        assert_eq!(to_org("sid=1; recorded-host-x=1"), "sid=1; __Host-x=1");
    }
}
