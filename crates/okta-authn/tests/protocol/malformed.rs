//! Bodies that are broken on purpose: each fails with the path of what is wrong, so that whoever reads a
//! report knows where to look.

use crate::fixtures::Fixture;
use okta_authn::AuthnError;

/// Name, and path of what is wrong; none where the body itself is.
const MALFORMED: [(&str, &str); 18] = [
    ("activate-without-factor", "_embedded.factor"),
    ("challenge-by-type-without-instances", "_embedded.factors"),
    ("challenge-without-factor", "_embedded.factor"),
    ("embedded-missing", "_embedded.factors"),
    ("embedded-text", "_embedded.factors"),
    ("enroll-without-factors", "_embedded.factors"),
    ("factors-missing", "_embedded.factors"),
    ("factors-object", "_embedded.factors"),
    ("link-in-array-without-href", "_links.resend[0].href"),
    ("link-text", "_links.cancel"),
    ("links-list", "_links"),
    ("list", ""),
    ("session-token-object", "sessionToken"),
    ("state-token-number", "stateToken"),
    ("status-missing", "status"),
    ("status-null", "status"),
    ("status-number", "status"),
    ("text", ""),
];

#[test]
fn each_fails_with_the_path() {
    let fixtures = Fixture::all("malformed");
    for fixture in &fixtures {
        let name = fixture.name.trim_start_matches("malformed/").trim_end_matches(".malformed");
        let Some((_, path)) = MALFORMED.iter().find(|(row, _)| *row == name) else {
            panic!("{name} is not in the table")
        };
        match fixture.response().into_transaction() {
            Err(AuthnError::Decode(error)) => assert_eq!(error.path, *path, "{name}"),
            other => panic!("{name}: {other:?}"),
        }
    }
    assert_eq!(fixtures.len(), MALFORMED.len(), "the table has rows without a fixture");
}
