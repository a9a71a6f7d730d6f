//! Screens with a brand around them, as `cargo xtask prerender` puts it into a page. Not here: colours and buttons, which a
//! script makes.

use super::client_states::started;
use crate::entry::{Entry, text};
use crate::fixture::Fixture;
use crate::page::with_root;
use okta_replay::run::RequestKind;
use sign_in_flow::SignInMachine;

/// The attributes of an element with everything of a brand that is markup.
const BRAND: [(&str, &str); 7] = [
    ("logo", "image.svg"),
    ("logo-alt", ""),
    ("organization-name", "Acme"),
    ("help-url", "https://acme.example/help"),
    ("contact-url", "mailto:help@acme.example"),
    ("terms-url", "https://acme.example/terms"),
    ("privacy-url", "https://acme.example/privacy"),
];

pub(super) fn all() -> anyhow::Result<Vec<Entry>> {
    let mut entries = vec![with_brand("start", &started(|_| ())?, &[("application-name", "the plant library")])];
    for name in ["states/mfa-required", "states/mfa-enroll"] {
        entries.push(with_brand(name, &Fixture::named(name)?.machine(RequestKind::Credentials)?, &[]));
    }
    Ok(entries)
}

fn with_brand(name: &str, machine: &SignInMachine, more: &[(&str, &str)]) -> Entry {
    let Entry { name, html } = Entry::of([name, " with a brand"].concat(), machine);
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    let attributes: Vec<_> = BRAND.iter().chain(more).map(owned).collect();
    Entry { html: okta_prerender::with_brand(with_root(&html), text(), &attributes), name }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn the_brand_is_around_the_widgets_root() {
        let start = all().unwrap().remove(0);
        let places: Vec<_> = ["oaw-brand-logo", "<div class=\"oaw\"", "the plant library</h2>", "oaw-brand-links"]
            .map(|part| start.html.find(part))
            .into();
        assert!(places.is_sorted() && places.iter().all(Option::is_some), "{places:?} in {}", start.html);
        assert_eq!(with_root(&start.html), start.html);
    }
}
