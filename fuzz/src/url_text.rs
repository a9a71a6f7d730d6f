//! The text of addresses: origins, compared with the crate `url`; percent-encoding, forms and queries, compared with
//! `form_urlencoded`. Not here: which addresses are admitted (`links`).

use crate::input::Input;
use okta_authn::url::{Address, decode, encode, form, query_value, without_parameters};
use std::borrow::Cow;
use std::net::Ipv4Addr;
use url::Url;

const NAMES: [&str; 4] = ["token", "stateToken", "recoveryToken", "x"];

/// A name, then texts: an address, and two values.
pub fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let name = input.choose(&NAMES);
    let (address, value, other) = (input.text(), input.text(), input.text());
    origin(&address);
    encoding(&value);
    fields(&value, &other);
    query(&address, name);
    parameters(&address);
}

/// What has an origin here has the same in a browser, or none.
fn origin(text: &str) {
    let Ok(ours) = Address::parse(text) else { return };
    let Ok(theirs) = Url::parse(text) else { return };
    let host = ours.origin.host();
    // A browser writes numbers and IPv6 addresses in one way of many. Here they are compared as they are written, which
    // can only make two differ.
    let is_number = theirs.domain().is_none();
    let is_canonical = !is_number || host.parse::<Ipv4Addr>().is_ok();
    if is_canonical && !host.contains("xn--") {
        assert_eq!(ours.origin.as_str(), theirs.origin().ascii_serialization(), "{text:?}");
    }
    assert!(theirs.username().is_empty() && theirs.password().is_none(), "{text:?}");
    if !ours.has_dot_segments() {
        let again = Url::parse(&[ours.origin.as_str(), ours.rest].concat());
        assert_eq!(again.as_ref(), Ok(&theirs), "{text:?}");
    }
}

fn encoding(text: &str) {
    let encoded = encode(text);
    assert!(encoded.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte)), "{encoded}");
    assert_eq!(decode(&encoded).as_deref(), Some(text));
    assert_eq!(form_decoded(&encoded), text);
    if let Some(decoded) = decode(text) {
        assert_eq!(decoded, form_decoded(text));
    }
}

/// A value as `form_urlencoded` reads it.
fn form_decoded(value: &str) -> String {
    let query = ["x=", &value.replace('&', "%26")].concat();
    form_urlencoded::parse(query.as_bytes()).map(|(_, value)| value.into_owned()).next().unwrap_or_default()
}

fn fields(first: &str, second: &str) {
    let query = form(&[("a", first), ("b", second)]);
    let read: Vec<(Cow<str>, Cow<str>)> = form_urlencoded::parse(query.as_bytes()).collect();
    assert_eq!(read, [("a".into(), first.into()), ("b".into(), second.into())]);
}

/// The query of an address, as text.
fn raw_query(address: &str) -> Option<&str> {
    Some(address.split('#').next()?.split_once('?')?.1)
}

fn query(address: &str, name: &str) {
    let Some(ours) = query_value(address, name) else { return };
    let query = raw_query(address).expect("a value comes from a query");
    // A name that is encoded is another one here.
    let pair = query.split('&').find(|pair| pair.split_once('=').is_some_and(|(key, _)| key == name));
    let theirs = form_urlencoded::parse(pair.expect("a pair of that name").as_bytes()).next();
    assert_eq!(theirs, Some((name.into(), ours.into())), "{address:?}");
}

fn parameters(address: &str) {
    let without = without_parameters(address, &NAMES);
    for name in NAMES {
        assert_eq!(query_value(&without, name), None, "{address:?}");
    }
    let pairs = |address: &str| {
        let query = raw_query(address).unwrap_or_default().to_owned();
        let pairs = query.split('&').filter(|pair| !NAMES.contains(&pair.split('=').next().unwrap_or_default()));
        pairs.filter(|pair| !pair.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(pairs(&without), pairs(address), "{address:?}");
    let fragment = |address: &str| address.split_once('#').map(|(_, fragment)| fragment.to_owned());
    assert_eq!(fragment(&without), fragment(address));
    assert_eq!(without_parameters(&without, &NAMES), without);
}
