//! A control exists if and only if the org published its link. Not here: where a link leads.

use crate::fixtures::Fixture;
use crate::page;
use crate::page::Page;
use crate::rewrite::rewritten;
use crate::run::RequestKind;
use okta_authn::wire::Value;

/// The page of a fixture, without that relation in all `_links`.
fn page_without(name: &str, relation: &str) -> Page {
    let fixture = rewritten(Fixture::named(name), &|member, value| match value {
        Value::Object(links) if member == "_links" => {
            Value::Object(links.into_iter().filter(|(name, _)| name != relation).collect())
        }
        value => value,
    });
    page(RequestKind::Credentials, &fixture)
}

fn offers(page: &Page, label: &str) -> bool {
    page.actions.iter().any(|action| action.label.starts_with(label))
}

#[test]
fn a_button_exists_with_its_link() {
    for (name, relation, label) in [
        ("states/mfa-required", "verify", "Send code"),
        ("factors/google-totp/required", "verify", "Verify"),
        ("factors/question/required", "verify", "Verify"),
        ("states/mfa-required", "cancel", "Cancel"),
        ("states/mfa-challenge", "next", "Verify"),
        ("states/mfa-challenge", "resend", "Resend code"),
        ("states/mfa-challenge", "prev", "Back"),
        ("states/mfa-challenge", "cancel", "Cancel"),
        ("states/mfa-enroll", "cancel", "Cancel"),
        ("factors/google-totp/enroll", "enroll", "Set up Google Authenticator"),
        ("states/mfa-enroll-optional-left", "skip", "Finish"),
        ("states/mfa-enroll-activate", "next", "Verify"),
        ("states/mfa-enroll-activate", "prev", "Back"),
        ("states/unknown", "prev", "Back"),
        ("states/unknown", "cancel", "Cancel"),
    ] {
        assert!(offers(&page(RequestKind::Credentials, &Fixture::named(name)), label), "{name} offers no {label}");
        let page = page_without(name, relation);
        let still =
            page.actions.iter().any(|action| action.label.starts_with(label) && action.label != "Back to sign in");
        assert!(!still, "{name} offers {label} without {relation}");
        if ["next", "verify"].contains(&relation) {
            assert_eq!(page.inputs, [], "{name}: no field that could not be sent");
        }
    }
}

/// What remains without links is what needs no org: starting over, and choosing another factor.
#[test]
fn without_links_there_is_only_the_way_back() {
    for fixture in ["states", "factors", "results", "lenient"].into_iter().flat_map(Fixture::all) {
        let fixture = rewritten(fixture, &|member, value| if member == "_links" { Value::Null } else { value });
        let page = page(RequestKind::Credentials, &fixture);
        let starts_over = page.inputs.iter().any(|input| input.name == "username");
        if !starts_over {
            assert_eq!(page.inputs, [], "{}", fixture.name);
            let submits = page.actions.iter().any(|action| action.submits);
            assert!(!submits && !offers(&page, "Cancel"), "{}: {:?}", fixture.name, page.actions);
        }
    }
}
