//! Bodies that are broken on purpose: each fails with the path of what is wrong, so that whoever reads a
//! report knows where to look.

use crate::fixtures::Fixture;
use okta_authn::AuthnError;

/// Name, and path of what is wrong; none where the body itself is.
const MALFORMED: [(&str, &str); 31] = [
    ("activate-without-factor", "_embedded.factor"),
    ("activation-qrcode-without-href", "_embedded.factor._embedded.activation._links.qrcode.href"),
    ("activation-secret-number", "_embedded.factor._embedded.activation.sharedSecret"),
    ("challenge-by-type-without-instances", "_embedded.factors"),
    ("challenge-without-factor", "_embedded.factor"),
    ("embedded-missing", "_embedded"),
    ("embedded-text", "_embedded"),
    ("enroll-without-factors", "_embedded.factors"),
    ("expires-at-not-a-date", "expiresAt"),
    ("expires-at-number", "expiresAt"),
    ("factor-link-without-href", "_embedded.factors[0]._links.verify.href"),
    ("factor-null", "_embedded.factors[0].factorType"),
    ("factor-profile-phone-list", "_embedded.factors[0].profile.phoneNumber"),
    ("factor-provider-number", "_embedded.factors[1].provider"),
    ("factor-type-missing", "_embedded.factors[1].factorType"),
    ("factors-missing", "_embedded.factors"),
    ("factors-object", "_embedded.factors"),
    ("link-in-array-without-href", "_links.resend[0].href"),
    ("link-method-number", "_links.cancel.hints.allow[0]"),
    ("link-text", "_links.cancel"),
    ("links-list", "_links"),
    ("list", ""),
    ("policy-flag-text", "_embedded.policy.allowRememberDevice"),
    ("policy-lifetime-negative", "_embedded.policy.rememberDeviceLifetimeInMinutes"),
    ("session-token-object", "sessionToken"),
    ("state-token-number", "stateToken"),
    ("status-missing", "status"),
    ("status-null", "status"),
    ("status-number", "status"),
    ("text", ""),
    ("user-login-number", "_embedded.user.profile.login"),
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
