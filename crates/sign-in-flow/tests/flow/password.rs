//! A new password: warned, expired, or to be set; changed, put off, or elsewhere.

use crate::harness::{Harness, Input, new_password, org, person};
use crate::responses::{Body, enroll, error, json_response, required, success};
use crate::states::password;
use expect_test::expect;
use okta_authn::{Password, TransportError};
use serde_json::json;
use sign_in_flow::{Intent, Step, TransactionStep};

const CHANGE: &str =
    "POST /api/v1/authn/credentials/change_password {stateToken: t1, oldPassword: old, newPassword: new}";

#[test]
fn an_expired_password_is_changed() {
    for (status, shown) in [("PASSWORD_EXPIRED", "Password Expired"), ("PASSWORD_WARN", "Password ExpiresIn(Some(3))")]
    {
        let told = |notice: &str| format!("= {shown} !{notice}");
        let sent = format!("{CHANGE} = {shown} busy");
        Harness::at(password(status, "t1")).run([
            (person(new_password("", "new", "new")), &*told("Missing(OldPassword)")),
            (person(new_password("old", "", "")), &told("Missing(NewPassword)")),
            (person(new_password("old", "new", "neu")), &told("PasswordMismatch")),
            (person(new_password("old", "new", "new")), &sent),
            (Input::Org(Err(TransportError::TimedOut)), &format!("= {shown} !NoAnswer or submit again")),
            (person(new_password("old", "new", "new")), &sent),
            (org(enroll("t2", false)), "-> MfaEnroll"),
        ]);
    }
}

#[test]
fn a_password_is_set_without_an_old_one() {
    Harness::at(password("PASSWORD_RESET", "t1")).check(
        [person(new_password("", "new", "new")), org(required("t2", &["sms"]))],
        &expect![[r#"
            ChangePassword  new new
                POST /api/v1/authn/credentials/reset_password {stateToken: t1, newPassword: new} = Password Reset busy
            reply 200 MFA_REQUIRED t2
                -> MfaRequired Some(Sms)
        "#]],
    );
    let revoke = Intent::ChangePassword {
        old: Password::new("ignored"),
        new: Password::new("new"),
        again: Password::new("new"),
        revoke_sessions: true,
    };
    // Some answers call the link by another name.
    let other_name = password("PASSWORD_RESET", "t1").next("password", "authn/credentials/reset_password");
    Harness::at(other_name).check([person(revoke), org(success())], &expect![[r#"
        ChangePassword ignored new new revoking sessions
            POST /api/v1/authn/credentials/reset_password {stateToken: t1, newPassword: new, revokeSessions: true} = Password Reset busy
        reply 200 SUCCESS
            go Get https://example.okta.com/login/sessionCookieRedirect?token=se%26ss%2B1&redirectUrl=https%3A%2F%2Fapp.example%2F%3Fa%3D1%26b%3D2 with se&ss+1 -> Leaving
    "#]]);
}

#[test]
fn a_warning_may_be_put_off() {
    Harness::at(password("PASSWORD_WARN", "t1")).check(
        [person(Intent::Skip), Input::Org(Err(TransportError::Offline)), person(Intent::Retry), org(success())],
        &expect![[r#"
            Skip
                POST /api/v1/authn/skip {stateToken: t1} = Password ExpiresIn(Some(3)) busy
            reply Offline
                = Password ExpiresIn(Some(3)) !Offline or Retry
            Retry
                POST /api/v1/authn/skip {stateToken: t1} = Password ExpiresIn(Some(3)) busy
            reply 200 SUCCESS
                go Get https://example.okta.com/login/sessionCookieRedirect?token=se%26ss%2B1&redirectUrl=https%3A%2F%2Fapp.example%2F%3Fa%3D1%26b%3D2 with se&ss+1 -> Leaving
        "#]],
    );
    Harness::at(password("PASSWORD_EXPIRED", "t1")).check(
        [person(Intent::Skip)],
        &expect![[r#"
        Skip
            = Password Expired
    "#]],
    );
}

#[test]
fn a_refusal_says_which_password_is_meant() {
    let refused = |status: u16, code: &str, cause: &str| {
        json_response(status, json!({"errorCode": code, "errorSummary": "S", "errorCauses": [{"errorSummary": cause}]}))
    };
    for (outcome, told) in [
        (refused(403, "E0000014", "oldPassword: The credentials provided were incorrect."), "WrongOldPassword"),
        (refused(400, "E0000014", "Old Password is not correct"), "WrongOldPassword"),
        (refused(403, "E0000014", "Too short"), "PasswordRefused(Some(\"Too short\"))"),
        (refused(403, "E0000080", "Too short"), "PasswordRefused(Some(\"Too short\"))"),
        (json_response(403, json!({"errorCode": "E0000080"})), "PasswordRefused(None)"),
    ] {
        let harness = Harness::at(password("PASSWORD_EXPIRED", "t1")).then(person(new_password("old", "new", "new")));
        harness.run([(Input::Org(outcome), &*format!("= Password Expired emptied !{told}"))]);
    }
}

#[test]
fn a_password_that_lives_elsewhere_is_not_changed_here() {
    let mut body = password("PASSWORD_EXPIRED", "t1");
    body.0["_links"]["next"] =
        json!({"name": "changePassword", "href": "https://passwords.example/x", "title": "Acme"});
    let mut harness = Harness::at(body);
    let Step::Transaction(TransactionStep::Password(step)) = harness.step() else { panic!("{:?}", harness.step()) };
    let elsewhere = step.external_site.as_ref().unwrap();
    assert_eq!((elsewhere.origin.as_str(), elsewhere.title.as_str()), ("https://passwords.example", "Acme"));
    assert_eq!(harness.input(person(new_password("old", "new", "new"))), []);
    harness.check(
        [person(Intent::Cancel)],
        &expect![[r#"
        Cancel
            POST /api/v1/authn/cancel {stateToken: t1} -> Start jeff
    "#]],
    );
    // An outside address that does not say so gets no password.
    let abroad = Harness::at(password("PASSWORD_EXPIRED", "t1").foreign("next"));
    abroad.check(
        [person(new_password("old", "new", "new"))],
        &expect![[r#"
            ChangePassword old new new
                report = Password Expired !UntrustedLink(https://evil.example)
        "#]],
    );
}

#[test]
fn policies_may_be_missing() {
    for policy in
        [json!(null), json!({}), json!({"complexity": {}, "age": {}}), json!({"expiration": {"passwordExpireDays": 0}})]
    {
        let shown = if policy["expiration"].is_object() { "ExpiresIn(Some(0))" } else { "ExpiresIn(None)" };
        let body =
            Body::of("PASSWORD_WARN", "t1").embed("policy", policy).next("changePassword", "authn/credentials/x");
        let signing_in = Harness::at_start(&[]).then(person(crate::harness::sign_in("jeff", "pw")));
        signing_in.run([(org(body), &*format!("-> Password {shown}"))]);
    }
    let signing_in = Harness::at_start(&[]).then(person(crate::harness::sign_in("jeff", "pw")));
    signing_in.check(
        [Input::Org(error(401, "E0000064"))],
        &expect![[r#"
            reply 401 E0000064
                = Start emptied !PasswordUnusable
        "#]],
    );
}
