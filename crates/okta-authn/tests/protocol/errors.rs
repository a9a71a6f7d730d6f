//! Errors of every shape that was ever recorded: whatever can be read is kept, and nothing is mistaken for
//! a transaction.

use crate::fixtures::Fixture;
use okta_authn::{AuthnError, ErrorCode};

#[test]
fn none_is_mistaken_for_a_transaction() {
    for fixture in Fixture::all("errors") {
        assert!(fixture.response().into_transaction().is_err(), "{}", fixture.name);
    }
}

#[test]
fn what_can_be_read_is_kept() {
    let refused = Some("E0000006");
    for (name, status, code, summary) in [
        ("wrong-credentials", 401, Some("E0000004"), Some("Authentication failed")),
        ("wrong-code", 403, Some("E0000068"), Some("That passcode was refused.")),
        ("causes-missing", 403, Some("E0000068"), Some("Invalid Passcode/Answer")),
        ("causes-misspelt", 400, Some("E0000001"), Some("Only the misspelt member has the reason.")),
        ("causes-no-list", 400, Some("E0000001"), Some("Api validation failed: resource")),
        ("cause-without-summary", 400, Some("E0000001"), Some("Api validation failed: authRequest")),
        ("cause-with-location", 400, Some("E0000001"), Some("login: An object with this field already exists")),
        ("code-alone", 403, refused, None),
        ("null-members", 403, refused, None),
        ("empty-summary", 403, refused, None),
        ("text-with-json", 401, Some("E0000004"), Some("Authentication failed")),
        ("unknown-code", 418, Some("E0009999"), Some("The teapot is empty.")),
        ("html", 502, None, None),
        ("no-body", 500, None, None),
    ] {
        let Err(AuthnError::Api(error)) = Fixture::named(&format!("errors/{name}")).response().into_transaction()
        else {
            panic!("{name} is no error of the org");
        };
        let seen = (error.status, error.code.as_ref().map(ErrorCode::as_str), error.summary.as_deref());
        assert_eq!(seen, (status, code, summary), "{name}");
    }
}

#[test]
fn the_rest_is_no_answer_of_the_api() {
    for (name, status) in [
        ("empty-object", 400),
        ("empty-body", 403),
        ("foreign-json", 403),
        ("list", 400),
        ("html-with-success-status", 200),
    ] {
        let outcome = Fixture::named(&format!("errors/{name}")).response().into_transaction();
        assert_eq!(outcome, Err(AuthnError::NotJson { status }), "{name}");
    }
}
