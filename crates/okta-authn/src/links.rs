//! HAL links (docs/authn-api.md#links), and the check that every request passes: [`Org`] decides which
//! addresses may be requested. A link is what the org published; it is not trusted until [`Org::admit`] accepts it.
//! Not here: sending anything.

use super::reader::Reader;
use super::url::{Address, AddressError, Origin};
use super::wire::Value;
use std::fmt;

/// One published link.
#[derive(Clone, PartialEq, Eq)]
pub struct Link {
    /// Address as published: absolute, relative, or a `data:` URL.
    href: String,
    /// What the link does, as in `next` named `verify`.
    pub name: Option<String>,
    /// Media type; a link with a type is plain data (an image, a script).
    pub media_type: Option<String>,
    /// Name of a site outside the org, where the link leads to one.
    pub title: Option<String>,
    /// Allowed HTTP methods.
    pub methods: Vec<String>,
}

/// Shows no query: redirects carry the state token there.
impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {:?}", shorten(&self.href), self.name.as_deref().unwrap_or_default(), self.methods)
    }
}

impl Link {
    fn read(link: &Reader) -> Self {
        Self {
            href: link.at("href").required_text(),
            name: link.at("name").text(),
            media_type: link.at("type").text(),
            title: link.at("title").text(),
            methods: link.at("hints").at("allow").each(|method| method.text().unwrap_or_default()),
        }
    }
}

/// All links of a transaction or a factor. A relation is one link or an array of them
/// (docs/authn-api.md#contradictions, row 7).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links(Vec<(String, Vec<Link>)>);

impl Links {
    /// Reads the `_links` member of `owner`; absent means none.
    pub fn of(owner: &Reader) -> Self {
        let links = owner.at("_links");
        let read = |relation: &str| {
            let at = links.at(relation);
            match at.value() {
                Value::List(_) => at.each(Link::read),
                Value::Null => Vec::new(),
                _ => vec![Link::read(&at)],
            }
        };
        Self(links.names().map(|relation| (relation.to_owned(), read(relation))).collect())
    }

    /// The first link of a relation.
    pub fn get(&self, relation: &str) -> Option<&Link> {
        self.all(relation).first()
    }

    /// All links of a relation.
    pub fn all(&self, relation: &str) -> &[Link] {
        self.0.iter().find(|(name, _)| name == relation).map_or(&[], |(_, links)| links)
    }

    /// Puts a link in place of what the relation had.
    pub(super) fn set(&mut self, relation: &str, link: Link) {
        self.0.retain(|(name, _)| name != relation);
        self.0.push((relation.to_owned(), vec![link]));
    }

    /// The `next` link, when it has this name.
    pub fn next(&self, name: &str) -> Option<&Link> {
        self.get("next").filter(|link| link.name.as_deref() == Some(name))
    }
}

impl Link {
    /// Where a link leads that is meant to lead away from the org, such as the site a password is changed
    /// at: a proper `http(s)` address, for a person to follow who sees its origin. Nothing of ours goes along.
    pub fn external_url(&self) -> Option<(Origin, &str)> {
        Address::parse(&self.href).ok().map(|address| (address.origin, self.href.as_str()))
    }
}

/// A link that leads where this org's requests must not go. Nothing was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UntrustedLink {
    /// Where it would have led: the origin, or what could be read of it.
    pub target: String,
}

impl fmt::Display for UntrustedLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a link leads outside the org's API, to {}", self.target)
    }
}

/// The configured org: the only origin that requests go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Org(Origin);

impl Org {
    /// Reads a base URL: scheme and host, with no path but `/`.
    pub fn parse(base_url: &str) -> Result<Self, &'static str> {
        let address = Address::parse(base_url).map_err(AddressError::reason)?;
        if address.rest.trim_matches('/').is_empty() {
            Ok(Self(address.origin))
        } else {
            Err("must end after the host: the widget adds the path itself")
        }
    }

    /// The org's origin, as in `https://example.okta.com`.
    pub fn origin(&self) -> &str {
        self.0.as_str()
    }

    /// The same, to be compared with others.
    pub fn as_origin(&self) -> &Origin {
        &self.0
    }

    /// The address of one of the org's entry points, where no link exists yet.
    pub fn at(&self, path: &str) -> String {
        [self.origin(), path].concat()
    }

    /// Where a request that follows `link` goes, if it may: the org's own `/api/v1/`. No other function
    /// turns a published address into a request that carries a token.
    pub fn admit(&self, link: &Link) -> Result<String, UntrustedLink> {
        self.resolve(&link.href, "/api/v1/")
    }

    /// Where an image comes from, if it may: this org, or the answer itself (`data:image/…`).
    pub fn admit_image(&self, link: &Link) -> Result<String, UntrustedLink> {
        if link.href.starts_with("data:image/png") || link.href.starts_with("data:image/gif") {
            return Ok(link.href.clone());
        }
        self.resolve(&link.href, "/")
    }

    /// Where the browser goes when it follows `link`, if it may: this org, which leads on from there.
    pub fn admit_navigation(&self, link: &Link) -> Result<String, UntrustedLink> {
        self.resolve(&link.href, "/")
    }

    fn resolve(&self, href: &str, below: &str) -> Result<String, UntrustedLink> {
        let relative = href.starts_with('/') && !href.starts_with("//");
        let absolute = if relative { self.at(href) } else { href.to_owned() };
        let Ok(address) = Address::parse(&absolute) else {
            return Err(UntrustedLink { target: shorten(href) });
        };
        if address.origin == self.0 && address.rest.starts_with(below) && !address.has_dot_segments() {
            Ok([self.origin(), address.rest].concat())
        } else {
            let same_place = address.origin == self.0;
            let target = if same_place { shorten(href) } else { address.origin.as_str().to_owned() };
            Err(UntrustedLink { target })
        }
    }
}

/// Enough of a strange address to recognise it, without a query that may carry a token.
fn shorten(href: &str) -> String {
    href.split(['?', '#']).next().unwrap_or_default().chars().take(60).collect()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse fails the test")]
mod tests {
    use super::*;
    use crate::reader::DecodeErrors;
    use crate::wire::DecodeError;

    fn link(href: &str) -> Link {
        Link { href: href.to_owned(), name: None, media_type: None, title: None, methods: Vec::new() }
    }

    #[test]
    fn base_urls() {
        assert_eq!(Org::parse("https://Example.okta.com/").unwrap().origin(), "https://example.okta.com");
        for wrong in ["example.okta.com", "https://example.okta.com/api", "https://x@y", "https://example.okta.com?x"] {
            assert!(Org::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn requests_stay_inside_the_org() {
        let org = Org::parse("https://example.okta.com").unwrap();
        for (href, admitted) in [
            ("https://example.okta.com/api/v1/authn/cancel", Some("https://example.okta.com/api/v1/authn/cancel")),
            ("https://EXAMPLE.okta.com:443/api/v1/authn/skip", Some("https://example.okta.com/api/v1/authn/skip")),
            ("/api/v1/authn/previous", Some("https://example.okta.com/api/v1/authn/previous")),
            ("https://evil.example/api/v1/authn/cancel", None),
            ("http://example.okta.com/api/v1/authn/cancel", None),
            ("https://example.okta.com:8443/api/v1/authn/cancel", None),
            ("https://example.okta.com.evil.example/api/v1/authn", None),
            ("https://example.okta.com@evil.example/api/v1/authn", None),
            ("//evil.example/api/v1/authn", None),
            ("/\\evil.example/api/v1/authn", None),
            ("https://example.okta.com/api/v1/../../login/signout", None),
            ("https://example.okta.com/login/signout", None),
            ("javascript:alert(1)", None),
            ("", None),
        ] {
            assert_eq!(org.admit(&link(href)).ok().as_deref(), admitted, "{href}");
        }
    }

    #[test]
    fn refusals_name_the_origin_and_no_query() {
        let org = Org::parse("https://example.okta.com").unwrap();
        let refused = |href| org.admit(&link(href)).unwrap_err().target;
        assert_eq!(refused("https://evil.example/api?stateToken=00x"), "https://evil.example");
        assert_eq!(refused("https://example.okta.com/other?stateToken=00x"), "https://example.okta.com/other");
    }

    #[test]
    fn images_may_be_inline() {
        let org = Org::parse("https://example.okta.com").unwrap();
        assert!(org.admit_image(&link("data:image/png;base64,AAAA")).is_ok());
        assert!(org.admit_image(&link("data:image/svg+xml,<svg/>")).is_err());
        assert!(org.admit_image(&link("https://evil.example/pixel.png")).is_err());
    }

    fn read(body: &Value) -> Result<Links, DecodeError> {
        let errors = DecodeErrors::default();
        let links = Links::of(&Reader::new(body, &errors));
        errors.into_result(links)
    }

    #[test]
    fn relations_are_one_link_or_many() {
        let body: Value = serde_json::from_str(
            r#"{"_links": {"resend": [{"name": "sms", "href": "/a"}], "next": {"name": "verify", "href": "/b"}, "skip": null}}"#,
        )
        .unwrap();
        let links = read(&body).unwrap();
        assert_eq!(links.get("resend").unwrap().name.as_deref(), Some("sms"));
        assert!(links.next("verify").is_some() && links.next("poll").is_none() && links.get("skip").is_none());
        let broken: Value = serde_json::from_str(r#"{"_links": {"resend": [{"name": "sms"}]}}"#).unwrap();
        assert_eq!(read(&broken).unwrap_err().path, "_links.resend[0].href");
    }
}
