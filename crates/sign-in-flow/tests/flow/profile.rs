//! What the org wants to know about a person before it goes on.

use crate::harness::{Harness, Input, org, person};
use crate::responses::{error, success};
use crate::states::profile;
use expect_test::expect;
use serde_json::json;
use sign_in_flow::Intent;

fn told(values: &[(&str, &str)]) -> Input {
    person(Intent::Profile(values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()))
}

#[test]
fn what_is_wanted_is_sent_and_nothing_else() {
    Harness::at(profile("t1")).check(
        [
            told(&[("department", " "), ("costCenter", "7")]),
            told(&[("department", " Ops "), ("costCenter", ""), ("admin", "true")]),
            Input::Org(error(400, "E0000001")),
            told(&[("department", "Ops"), ("costCenter", "7")]),
            org(success()),
        ],
        &expect![[r#"
            Profile department=  costCenter=7
                = Profile !Missing(Published)
            Profile department= Ops  costCenter= admin=true
                POST /api/v1/authn/enroll {stateToken: t1, registration: {profile: {department: Ops}}} = Profile busy
            reply 400 E0000001
                = Profile emptied !NotAccepted #oae1
            Profile department=Ops costCenter=7
                POST /api/v1/authn/enroll {stateToken: t1, registration: {profile: {department: Ops, costCenter: 7}}} = Profile busy
            reply 200 SUCCESS
                go Get https://example.okta.com/login/sessionCookieRedirect?token=se%26ss%2B1&redirectUrl=https%3A%2F%2Fapp.example%2F%3Fa%3D1%26b%3D2 with se&ss+1 -> Leaving
        "#]],
    );
}

#[test]
fn an_account_that_is_new_says_so() {
    let mut body = profile("t1");
    body.0["_embedded"]["policy"]["registration"]["createNewAccount"] = json!(true);
    Harness::at(body).check([told(&[("department", "Ops")])], &expect![[r#"
        Profile department=Ops
            POST /api/v1/authn/enroll {stateToken: t1, registration: {profile: {department: Ops}, createNewAccount: true}} = Profile busy
    "#]]);
}

/// Where the org does not say what it wants, or where to send it, there is no form.
#[test]
fn a_profile_that_cannot_be_told_is_not_asked_for() {
    let mut empty = profile("t1");
    empty.0["_embedded"]["policy"] = json!({});
    for body in [profile("t1").without("enroll"), empty] {
        assert_eq!(Harness::at(body).step_name(), "Unsupported");
    }
}
