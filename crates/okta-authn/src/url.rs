//! Just enough of URLs to compare origins, and to refuse the tricks that hide one. Addresses come in
//! absolute form: the browser, or the embedder, resolved them. Not here: which origin is trusted.

/// Scheme, host and port of an `http` or `https` address, in canonical form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(String);

/// An absolute address taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address<'a> {
    /// Where it leads.
    pub origin: Origin,
    /// From the first `/` on: path, query and fragment, possibly empty.
    pub rest: &'a str,
}

/// Why an address was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressError {
    /// Neither `http://` nor `https://`.
    Scheme,
    /// A user name or password before the host.
    UserInfo,
    /// A host that is missing or has characters no host has, or a port that is no number.
    Host,
    /// White space, a control character or a backslash, which browsers rewrite.
    Character,
}

impl AddressError {
    /// What to say to the developer who set the address.
    pub fn reason(self) -> &'static str {
        match self {
            Self::Scheme => "must start with https:// or http://",
            Self::UserInfo => "must not contain a user name or password",
            Self::Host => "has no valid host",
            Self::Character => "contains a character that is not allowed in an address",
        }
    }
}

impl Origin {
    /// The origin as the browser writes it, without a trailing slash.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host, without scheme and port.
    pub fn host(&self) -> &str {
        let authority = self.0.rsplit('/').next().unwrap_or_default();
        match authority.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => host,
            _ => authority,
        }
    }
}

impl<'a> Address<'a> {
    /// Takes an absolute `http(s)` address apart (RFC 3986 section 3, narrowed).
    pub fn parse(text: &'a str) -> Result<Self, AddressError> {
        if text.chars().any(|c| c <= ' ' || c == '\\' || c.is_control()) {
            return Err(AddressError::Character);
        }
        let (scheme, after) = text.split_once(':').ok_or(AddressError::Scheme)?;
        let after = after.strip_prefix("//").ok_or(AddressError::Scheme)?;
        let scheme = scheme.to_ascii_lowercase();
        let default_port = match scheme.as_str() {
            "https" => ":443",
            "http" => ":80",
            _ => return Err(AddressError::Scheme),
        };
        let end = after.find(['/', '?', '#']).unwrap_or(after.len());
        let (authority, rest) = after.split_at(end);
        if authority.contains('@') {
            return Err(AddressError::UserInfo);
        }
        let authority = authority.to_ascii_lowercase();
        let authority = authority.strip_suffix(default_port).unwrap_or(&authority);
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
            _ => (authority, None),
        };
        let bracketed = host.starts_with('[') && host.ends_with(']');
        let host_is_fine = !host.is_empty()
            && host.chars().all(|c| c.is_ascii_alphanumeric() || "-._".contains(c) || (bracketed && "[]:".contains(c)));
        // A browser leaves leading zeros out: the same port would look like another origin.
        let port_is_fine = port.is_none_or(|port| port.parse::<u16>().is_ok() && !port.starts_with(['+', '0']));
        if !host_is_fine || !port_is_fine {
            return Err(AddressError::Host);
        }
        Ok(Self { origin: Origin([scheme.as_str(), "://", authority].concat()), rest })
    }

    /// Whether the path has a `.` or `..` segment, or something that a browser, a proxy or a server may resolve to one:
    /// an encoded dot, slash, backslash or percent sign, or parameters of a segment (`..;x`).
    pub fn has_dot_segments(&self) -> bool {
        let path = self.rest.split(['?', '#']).next().unwrap_or_default();
        let is_dots = |segment: &str| matches!(segment.split(';').next(), Some("." | ".."));
        let encoded = |code: &str| ["2e", "2f", "5c", "25"].iter().any(|hidden| code.eq_ignore_ascii_case(hidden));
        path.split('/').any(is_dots) || path.split('%').skip(1).any(|after| after.get(..2).is_some_and(encoded))
    }
}

/// Percent-encodes a query value: everything but RFC 3986's unreserved characters.
pub fn encode(text: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            for nibble in [byte >> 4, byte & 15] {
                encoded.extend(HEX.get(usize::from(nibble)).copied().map(char::from));
            }
        }
    }
    encoded
}

/// The fields of a query or a form, encoded.
pub fn form(fields: &[(&str, &str)]) -> String {
    let encoded: Vec<String> = fields.iter().map(|(name, value)| [*name, "=", &encode(value)].concat()).collect();
    encoded.join("&")
}

/// The address without the parameters of these names in its query. Everything else stays as it is written.
pub fn without_parameters(url: &str, names: &[&str]) -> String {
    let (before, fragment) = url.split_at(url.find('#').unwrap_or(url.len()));
    let Some((path, query)) = before.split_once('?') else { return url.to_owned() };
    let is_kept = |pair: &&str| !names.contains(&pair.split('=').next().unwrap_or_default());
    let mut kept = path.to_owned();
    let mut mark = '?';
    for pair in query.split('&').filter(is_kept) {
        kept.push(mark);
        kept.push_str(pair);
        mark = '&';
    }
    kept.push_str(fragment);
    kept
}

/// The first value of that name in an address's query, decoded; `None` where the name or the decoding
/// fails.
pub fn query_value(url: &str, name: &str) -> Option<String> {
    let (_, query) = url.split('#').next()?.split_once('?')?;
    let (_, value) = query.split('&').filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name)?;
    decode(value)
}

/// Decodes a value of a query or a form; `None` where it is not encoded correctly.
pub fn decode(value: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let mut digit = || char::from(rest.next()?).to_digit(16);
                let (high, low) = (digit()?, digit()?);
                u8::try_from(high * 16 + low).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_are_canonical() {
        for (text, origin, rest) in [
            ("https://Example.OKTA.com", "https://example.okta.com", ""),
            ("https://example.okta.com:443/a?b", "https://example.okta.com", "/a?b"),
            ("http://localhost:8081/", "http://localhost:8081", "/"),
            ("HTTPS://[::1]:8443/x", "https://[::1]:8443", "/x"),
            ("https://[::1]", "https://[::1]", ""),
            ("https://a.example?x=http://b.example/", "https://a.example", "?x=http://b.example/"),
            ("http://a:443", "http://a:443", ""),
        ] {
            let address = Address::parse(text);
            let seen = address.as_ref().map(|address| (address.origin.as_str(), address.rest));
            assert_eq!(seen, Ok((origin, rest)), "{text}");
        }
    }

    #[test]
    fn hosts() {
        for (text, host) in
            [("https://a.example:8443/x", "a.example"), ("http://localhost", "localhost"), ("https://[::1]:8", "[::1]")]
        {
            assert_eq!(Address::parse(text).map(|address| address.origin.host().to_owned()).as_deref(), Ok(host));
        }
    }

    #[test]
    fn tricks_are_refused() {
        for (text, error) in [
            ("javascript:alert(1)", AddressError::Scheme),
            ("javascript://x/%0aalert(1)", AddressError::Scheme),
            ("//evil.example", AddressError::Scheme),
            ("/login", AddressError::Scheme),
            ("ftp://a.example", AddressError::Scheme),
            ("https://good.example@evil.example/", AddressError::UserInfo),
            ("https://user:pass@good.example/", AddressError::UserInfo),
            ("https:///path", AddressError::Host),
            ("https://a b.example", AddressError::Character),
            ("https://good.example\\@evil.example", AddressError::Character),
            ("https://good.example\t/", AddressError::Character),
            ("https://good.example:x", AddressError::Host),
            ("https://good.example:99999", AddressError::Host),
            ("https://good.example:+443", AddressError::Host),
            ("https://good.example:0443", AddressError::Host),
            ("https://good.example:08081/x", AddressError::Host),
            ("https://gööd.example", AddressError::Host),
            ("https://{yourOktaDomain}/", AddressError::Host),
        ] {
            assert_eq!(Address::parse(text), Err(error), "{text}");
        }
    }

    #[test]
    fn dot_segments_are_seen() {
        let dots = |text: &str| Address::parse(text).map(|address| address.has_dot_segments());
        assert_eq!(dots("https://a.example/x/../y"), Ok(true));
        assert_eq!(dots("https://a.example/x/%2E%2e/y"), Ok(true));
        for hidden in
            ["..%2fy", "..%5cy", "..%5C..", "..;", "..;a=b/y", ".;/y", "%2e.;/y", "%252e%252e/y", "a%2Fb", "..%00/%2E"]
        {
            assert_eq!(dots(&["https://a.example/api/v1/", hidden].concat()), Ok(true), "{hidden}");
        }
        for fine in ["x..y/.z?q=../..", "x?q=..%2f", "token%3Asoftware%3Atotp/verify", "a;b", "%", "%2", "ä%é"] {
            assert_eq!(dots(&["https://a.example/", fine].concat()), Ok(false), "{fine}");
        }
    }

    #[test]
    fn reads_a_query() {
        let url = "https://a.example/x?stateToken=00a%2Db+c&token=&bad=%zz#token=no";
        assert_eq!(query_value(url, "stateToken").as_deref(), Some("00a-b c"));
        assert_eq!(query_value(url, "token").as_deref(), Some(""));
        assert_eq!(query_value(url, "bad"), None);
        assert_eq!(query_value(url, "none"), None);
        assert_eq!(query_value("https://a.example/", "token"), None);
    }

    #[test]
    fn parameters_are_left_out() {
        let without = |url| without_parameters(url, &["stateToken", "token"]);
        for (url, left) in [
            ("https://a.example/p?token=act123", "https://a.example/p"),
            (
                "https://a.example/p?x=1&token=act&y=a%20b&token&stateToken=s#/r?token=no",
                "https://a.example/p?x=1&y=a%20b#/r?token=no",
            ),
            ("https://a.example/p?tokens=1&mytoken=2", "https://a.example/p?tokens=1&mytoken=2"),
            ("https://a.example/p?#top", "https://a.example/p?#top"),
            ("https://a.example/p#?token=1", "https://a.example/p#?token=1"),
            ("https://a.example/p?token=?x", "https://a.example/p"),
        ] {
            assert_eq!(without(url), left, "{url}");
        }
    }

    #[test]
    fn encodes_for_a_query() {
        assert_eq!(encode("http://a.example/?x=1&y=ü"), "http%3A%2F%2Fa.example%2F%3Fx%3D1%26y%3D%C3%BC");
    }
}
