//! Links and the gate that every request passes, compared with the crate `url`, which resolves addresses as browsers do:
//! what is admitted leads to the org, also for a browser, and what is sent goes where it was admitted to. Not here: the text
//! of addresses (`url_text`).

use crate::input::Input;
use okta_authn::reader::{DecodeErrors, Reader};
use okta_authn::request::{EnrollRequest, Preferences};
use okta_authn::wire::Value;
use okta_authn::{DuoSignature, Factor, Link, Links, Org, Password, Request, SecurityAnswer, StateToken};
use std::sync::LazyLock;
use url::Url;

const BASE_URLS: [&str; 6] = [
    "https://example.okta.com",
    "https://login.example.com:8443",
    "http://localhost:8081",
    "http://127.0.0.1:8081",
    "https://[::1]:9443",
    "https://xn--bcher-kva.example",
];

/// Each of them, as our code and as the crate `url` reads it.
static ORGS: LazyLock<[(Org, Url); 6]> =
    LazyLock::new(|| BASE_URLS.map(|url| (Org::parse(url).expect("a base URL"), Url::parse(url).expect("an address"))));

/// A choice of org and of another origin of it, options, and the address of a link.
pub fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let orgs: &[(Org, Url)] = &*ORGS;
    let [own, other] = [input.byte(), input.byte()].map(|place| &orgs[usize::from(place) % orgs.len()]);
    let [has_other, is_list, remembers, pushes, replaces] = input.flags();
    let href = input.text();
    let org = if has_other { own.0.clone().with_others([other.0.clone()]) } else { own.0.clone() };
    let trusted = if has_other { [&own.1, &other.1] } else { [&own.1; 2] };
    let Some(link) = read(&href, is_list) else { return };
    let gate = Gate { own: &own.1, trusted, href: &href };

    gate.check(org.admit(&link).ok(), "/api/v1/", false);
    gate.check(org.admit_file(&link).ok(), "/", false);
    gate.check(org.admit_navigation(&link).ok(), "/", true);
    let image = org.admit_image(&link).ok();
    if !image.as_ref().is_some_and(|image| image.starts_with("data:image/")) {
        gate.check(image, "/", false);
    }
    if let Some((origin, address)) = link.external_url()
        && let Ok(url) = Url::parse(address)
    {
        let is_number = url.domain().is_none() || address.contains("xn--");
        let shown = url.origin().ascii_serialization();
        assert!(is_number || origin.as_str() == shown, "{address:?} is shown as {}", origin.as_str());
    }

    let token = StateToken::new("token-of-the-state");
    let preferences = Preferences { remember_device: Some(remembers), auto_push: pushes.then_some(remembers) };
    let phone = EnrollRequest::Phone { number: "+1".to_owned(), extension: String::new(), replaces, unchecked: pushes };
    let requests = [
        Request::follow(&org, &link, &token),
        Request::verify(&org, &link, &token, None, preferences),
        Request::password(&org, &link, &token, None, &Password::new("pw"), remembers),
        Request::answer(&org, &link, &token, &SecurityAnswer::new("answer")),
        Request::duo(&org, &link, &token, "factor", &DuoSignature::new("signature")),
        Request::list(&org, &link),
        Request::enroll(&org, &link, &token, &FACTOR, &phone),
    ];
    let admitted = org.admit(&link);
    for request in requests {
        assert_eq!(request.is_ok(), admitted.is_ok(), "{href:?}: a request passes another gate");
        let Ok(request) = request else { continue };
        gate.check_sent(request.url());
        assert!(!request.url().contains("token-of-the-state"), "{}", request.url());
    }
}

/// A link as an answer publishes it.
fn read(href: &str, is_list: bool) -> Option<Link> {
    let link = Value::Object(vec![("href".to_owned(), Value::Text(href.to_owned()))]);
    let next = if is_list { Value::List(vec![link]) } else { link };
    let links = Value::Object(vec![("next".to_owned(), next)]);
    let body = Value::Object(vec![("_links".to_owned(), links)]);
    let errors = DecodeErrors::default();
    let reader = Reader::new(&body, &errors);
    let (strict, lenient) = (Links::of(&reader), Links::readable(&reader));
    let link = strict.get("next").cloned();
    let is_readable = errors.into_result(()).is_ok();
    assert_eq!(is_readable, lenient.get("next").is_some());
    link.filter(|_| is_readable)
}

/// A factor to be enrolled.
static FACTOR: LazyLock<Factor> = LazyLock::new(|| {
    let member = |name: &str, text: &str| (name.to_owned(), Value::text_value(text));
    let body = Value::Object(vec![member("factorType", "sms"), member("provider", "OKTA")]);
    Factor::read(&Reader::new(&body, &DecodeErrors::default()))
});

struct Gate<'a> {
    own: &'a Url,
    trusted: [&'a Url; 2],
    href: &'a str,
}

impl Gate<'_> {
    /// What was admitted is, for a browser, below that path of the org, and the place that the link names.
    fn check(&self, admitted: Option<String>, below: &str, keeps_origin: bool) {
        let Some(admitted) = admitted else { return };
        let url = self.parse(&admitted);
        let named = self.own.join(self.href);
        let named = named.unwrap_or_else(|error| panic!("{:?} was admitted, but is no address: {error}", self.href));
        assert!(self.is_trusted(&named), "{:?} leads to {named}", self.href);
        assert!(named.path().starts_with(below), "{:?} leads to {named}, which is not below {below}", self.href);
        let origin = if keeps_origin { named.origin() } else { self.own.origin() };
        assert_eq!(url.origin(), origin, "{:?} became {admitted}", self.href);
        assert_eq!((url.path(), url.query()), (named.path(), named.query()), "{:?} became {admitted}", self.href);
        assert!(url.username().is_empty() && url.password().is_none(), "{admitted}");
    }

    /// What is sent goes to the org's API; the query may have grown.
    fn check_sent(&self, sent: &str) {
        let url = self.parse(sent);
        let named = self.own.join(self.href).expect("it was admitted");
        assert_eq!(url.origin(), self.own.origin(), "{sent}");
        assert_eq!(url.path(), named.path(), "{sent}");
        let before = named.query().unwrap_or_default();
        assert!(url.query().unwrap_or_default().starts_with(before), "{sent}");
    }

    fn is_trusted(&self, url: &Url) -> bool {
        self.trusted.iter().any(|trusted| trusted.origin() == url.origin())
    }

    fn parse(&self, text: &str) -> Url {
        Url::parse(text).unwrap_or_else(|error| panic!("{text:?} of {:?} is no address: {error}", self.href))
    }
}
