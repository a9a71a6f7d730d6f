//! HAL links: URL and allowed methods.

use serde_json::{Value, json};

use crate::{org::Org, wire::Members};

/// Base path of the authentication API.
pub(crate) const AUTHN: &str = "/api/v1/authn";

/// A link for POST.
pub(crate) fn post(org: &Org, path: &str) -> Value {
    with_methods(org, path, &["POST"])
}

/// A link for GET.
pub(crate) fn get(org: &Org, path: &str) -> Value {
    with_methods(org, path, &["GET"])
}

/// A link for these methods.
pub(crate) fn with_methods(org: &Org, path: &str, methods: &[&str]) -> Value {
    json!({ "href": org.url(path), "hints": { "allow": methods } })
}

/// A link with a name.
pub(crate) fn named(name: &str, link: Value) -> Value {
    let mut named = Members::default().with("name", name);
    if let Value::Object(members) = link {
        for (name, value) in members {
            named = named.with(&name, value);
        }
    }
    named.into()
}

/// A link to a resource of this media type.
pub(crate) fn data(org: &Org, path: &str, media_type: &str) -> Value {
    json!({ "href": org.url(path), "type": media_type })
}

pub(crate) fn cancel(org: &Org) -> Value {
    post(org, &format!("{AUTHN}/cancel"))
}

pub(crate) fn previous(org: &Org) -> Value {
    post(org, &format!("{AUTHN}/previous"))
}

pub(crate) fn skip(org: &Org) -> Value {
    named("skip", post(org, &format!("{AUTHN}/skip")))
}

/// A link below a factor.
pub(crate) fn factor(org: &Org, id: &str, path: &str) -> Value {
    post(org, &format!("{AUTHN}/factors/{id}/{path}"))
}
