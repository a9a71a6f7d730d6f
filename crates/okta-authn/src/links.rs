//! HAL links (docs/authn-api.md#links), and the check that every request passes: [`Org`] decides which
//! addresses may be requested. A link is what the org published; it is not trusted until [`Org::admit`] accepts it.
//! Not here: sending anything.

use super::reader::Reader;
use super::url::{Address, AddressError, Origin};
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
            name: link.at("name").strict_text(),
            media_type: link.at("type").text(),
            title: link.at("title").text(),
            methods: link.at("hints").at("allow").texts(),
        }
    }
}

/// All links of a transaction or a factor. A relation is one link or an array of them
/// (docs/authn-api.md#contradictions, row 7).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links(Vec<(String, Vec<Link>)>);

impl Links {
    /// Reads the `_links` member of a transaction; absent means none. They decide what happens next, so one that can't
    /// be read is an error.
    pub fn of(owner: &Reader) -> Self {
        let links = owner.at("_links");
        let read = |relation: &str| {
            let at = links.at(relation);
            if at.is_list() {
                at.each(Link::read)
            } else {
                at.is_present().then(|| Link::read(at.strict_object())).into_iter().collect()
            }
        };
        Self::collect(links.strict_object().names(), read)
    }

    /// Reads the `_links` member of anything below a transaction. One that can't be read is left out, and with it
    /// whatever it offered.
    pub fn readable(owner: &Reader) -> Self {
        let links = owner.at("_links");
        let read = |relation: &str| {
            let at = links.at(relation);
            if at.is_list() { at.each_readable(Link::read) } else { at.readable(Link::read).into_iter().collect() }
        };
        Self::collect(links.names(), read)
    }

    fn collect<'a>(relations: impl Iterator<Item = &'a str>, read: impl Fn(&str) -> Vec<Link>) -> Self {
        let all = relations.map(|relation| (relation.to_owned(), read(relation)));
        Self(all.filter(|(_, links)| !links.is_empty()).collect())
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
        f.write_str("okta-sign-in: a link was not followed, because it leads to ")?;
        f.write_str(&self.target)?;
        f.write_str(". If that is another address of your org, add its origin to org-origins")
    }
}

/// The configured org: the only origin that requests go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Org {
    origin: Origin,
    /// Its other origins, as its links may name them.
    others: Vec<Origin>,
}

impl Org {
    /// Reads a base URL: scheme and host, with no path but `/`.
    pub fn parse(base_url: &str) -> Result<Self, &'static str> {
        let address = Address::parse(base_url).map_err(AddressError::reason)?;
        if is_admin_console(address.origin.host()) {
            Err("is the address of the admin console: leave out -admin")
        } else if address.rest.trim_matches('/').is_empty() {
            Ok(Self { origin: address.origin, others: Vec::new() })
        } else {
            Err("must end after the host: the widget adds the path itself")
        }
    }

    /// The same org, which can also be reached at these addresses: beside its custom domain, an org has its original
    /// one, and publishes links to either. Links to them are trusted as those to the org itself. Requests still go to
    /// the org's own origin: it is the same API there, and the only place that a token is sent to.
    #[must_use]
    pub fn with_others(mut self, others: impl IntoIterator<Item = Self>) -> Self {
        self.others.extend(others.into_iter().map(|other| other.origin));
        self
    }

    /// The org's origin, as in `https://example.okta.com`.
    pub fn origin(&self) -> &str {
        self.origin.as_str()
    }

    /// The same, to be compared with others.
    pub fn as_origin(&self) -> &Origin {
        &self.origin
    }

    /// Whether that is one of the org's origins.
    pub fn has_origin(&self, origin: &Origin) -> bool {
        *origin == self.origin || self.others.contains(origin)
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

    /// Where a file of the org comes from, if it may, such as a script.
    pub fn admit_file(&self, link: &Link) -> Result<String, UntrustedLink> {
        self.resolve(&link.href, "/")
    }

    /// Where an image comes from, if it may: this org, or the answer itself (`data:image/…`).
    pub fn admit_image(&self, link: &Link) -> Result<String, UntrustedLink> {
        if link.href.starts_with("data:image/png") || link.href.starts_with("data:image/gif") {
            return Ok(link.href.clone());
        }
        self.admit_file(link)
    }

    /// Where the browser goes when it follows `link`, if it may: this org, which leads on from there. An address at one
    /// of the org's other origins is kept: the session cookie that it leads to is of that origin.
    pub fn admit_navigation(&self, link: &Link) -> Result<String, UntrustedLink> {
        self.admitted(&link.href, "/", |address| address.origin.as_str().to_owned())
    }

    fn resolve(&self, href: &str, below: &str) -> Result<String, UntrustedLink> {
        self.admitted(href, below, |_| self.origin().to_owned())
    }

    /// The admitted address, with the origin that `origin` gives to it.
    fn admitted(&self, href: &str, below: &str, origin: impl Fn(&Address) -> String) -> Result<String, UntrustedLink> {
        let relative = href.starts_with('/') && !href.starts_with("//");
        let absolute = if relative { self.at(href) } else { href.to_owned() };
        let Ok(address) = Address::parse(&absolute) else {
            return Err(UntrustedLink { target: shorten(href) });
        };
        let is_ours = self.has_origin(&address.origin);
        if is_ours && address.rest.starts_with(below) && !address.has_dot_segments() {
            let mut admitted = origin(&address);
            admitted.push_str(address.rest);
            Ok(admitted)
        } else {
            let target = if is_ours { shorten(href) } else { address.origin.as_str().to_owned() };
            Err(UntrustedLink { target })
        }
    }
}

/// The console for administrators has a host of its own beside each original domain of an org, without this API.
fn is_admin_console(host: &str) -> bool {
    // A search for a text in a text is a lot of code; one for a character is not.
    let Some((label, domain)) = host.split_once('.') else { return false };
    label.ends_with("-admin") && ["okta.", "oktapreview.", "okta-"].iter().any(|okta| domain.starts_with(okta))
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
    use crate::wire::{DecodeError, Value};

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
            ("https://example.okta.com/api/v1/authn/..%2f..%2f..%2flogin/signout", None),
            ("https://example.okta.com/api/v1/authn/..%5c..%5cx", None),
            ("https://example.okta.com/api/v1/..;/..;/login/signout", None),
            ("/api/v1/authn/%252e%252e/x", None),
            ("https://example.okta.com/login/signout", None),
            ("javascript:alert(1)", None),
            ("", None),
        ] {
            assert_eq!(org.admit(&link(href)).ok().as_deref(), admitted, "{href}");
        }
    }

    #[test]
    fn the_admin_console_is_no_org() {
        for base in [
            "https://acme-admin.okta.com",
            "https://acme-admin.oktapreview.com",
            "https://acme-admin.okta-emea.com/",
            "https://ACME-admin.okta-gov.com",
            "https://acme-admin.okta.mil",
        ] {
            assert_eq!(Org::parse(base), Err("is the address of the admin console: leave out -admin"), "{base}");
        }
        for base in ["https://admin.okta.com", "https://acme-admin.example", "https://login-admin.oktagon.example"] {
            assert!(Org::parse(base).is_ok(), "{base}");
        }
    }

    #[test]
    fn links_to_the_orgs_other_origins_lead_to_the_org() {
        let org = Org::parse("https://login.acme.example").unwrap();
        let other = "https://acme.okta.com/api/v1/authn/factors/sms1/verify?x=1";
        assert_eq!(org.admit(&link(other)).unwrap_err().target, "https://acme.okta.com");
        let org =
            org.with_others(["https://acme.okta.com", "http://localhost:8081"].map(|other| Org::parse(other).unwrap()));
        for (href, admitted) in [
            (other, Some("https://login.acme.example/api/v1/authn/factors/sms1/verify?x=1")),
            ("http://localhost:8081/api/v1/authn", Some("https://login.acme.example/api/v1/authn")),
            ("/api/v1/authn/skip", Some("https://login.acme.example/api/v1/authn/skip")),
            ("https://acme.okta.com/login/signout", None),
            ("https://acme.okta.com/api/v1/../login", None),
            ("http://acme.okta.com/api/v1/authn", None),
            ("https://acme.okta.com:8443/api/v1/authn", None),
            ("https://acme.okta.com.evil.example/api/v1/authn", None),
            ("https://acme-admin.okta.com/api/v1/authn", None),
        ] {
            assert_eq!(org.admit(&link(href)).ok().as_deref(), admitted, "{href}");
        }
        let image = "https://acme.okta.com/api/v1/users/1/factors/2/qr/3";
        assert_eq!(org.admit_image(&link(image)).unwrap(), image.replace("acme.okta.com", "login.acme.example"));
        let page = "https://acme.okta.com/login/step-up/redirect?stateToken=1";
        assert_eq!(org.admit_navigation(&link(page)).unwrap(), page, "its cookie is of that origin");
        assert!(org.admit_navigation(&link("https://evil.example/")).is_err());
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
