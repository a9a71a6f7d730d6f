//! A new password: warned, expired, or to be set; changed, put off, or elsewhere.

use crate::answers::{Body, enroll, error, json_answer, required, success};
use crate::stage::{LEAVES, Stage, Turn, new_password, org, person};
use crate::states::password;
use okta_authn_widget::authn::{Password, TransportError};
use okta_authn_widget::flow::{Intent, Step};
use serde_json::json;

const CHANGE: &str =
    "POST /api/v1/authn/credentials/change_password {stateToken: t1, oldPassword: old, newPassword: new}";
const RESET: &str = "POST /api/v1/authn/credentials/reset_password {stateToken: t1, newPassword: new}";

#[test]
fn an_expired_password_is_changed() {
    for (status, shown) in [("PASSWORD_EXPIRED", "Password Expired"), ("PASSWORD_WARN", "Password ExpiresIn(Some(3))")]
    {
        let told = |notice: &str| format!("= {shown} !{notice}");
        let sent = format!("{CHANGE} = {shown} busy");
        Stage::at(password(status, "t1")).play([
            (person(new_password("", "new", "new")), &*told("Missing(OldPassword)")),
            (person(new_password("old", "", "")), &told("Missing(NewPassword)")),
            (person(new_password("old", "new", "neu")), &told("PasswordMismatch")),
            (person(new_password("old", "new", "new")), &sent),
            (Turn::Org(Err(TransportError::TimedOut)), &format!("= {shown} !NoAnswer or submit again")),
            (person(new_password("old", "new", "new")), &sent),
            (org(enroll("t2", false)), "-> MfaEnroll"),
        ]);
    }
}

#[test]
fn a_password_is_set_without_an_old_one() {
    let sent = format!("{RESET} = Password Reset busy");
    Stage::at(password("PASSWORD_RESET", "t1")).play([
        (person(new_password("", "new", "new")), &*sent),
        (org(required("t2", &["sms"])), "-> MfaRequired Some(Sms)"),
    ]);
    let revoke = Intent::ChangePassword {
        old: Password::new("ignored"),
        new: Password::new("new"),
        again: Password::new("new"),
        revoke_sessions: true,
    };
    let sent = sent.replace("new}", "new, revokeSessions: true}");
    // Some answers call the link by another name.
    let other_name = password("PASSWORD_RESET", "t1").next("password", "authn/credentials/reset_password");
    Stage::at(other_name).play([(person(revoke), &*sent), (org(success()), LEAVES)]);
}

#[test]
fn a_warning_may_be_put_off() {
    let shown = "Password ExpiresIn(Some(3))";
    let sent = format!("POST /api/v1/authn/skip {{stateToken: t1}} = {shown} busy");
    Stage::at(password("PASSWORD_WARN", "t1")).play([
        (person(Intent::Skip), &*sent),
        (Turn::Org(Err(TransportError::Offline)), &format!("= {shown} !Offline or Retry")),
        (person(Intent::Retry), &sent),
        (org(success()), LEAVES),
    ]);
    Stage::at(password("PASSWORD_EXPIRED", "t1")).play([(person(Intent::Skip), "= Password Expired")]);
}

#[test]
fn a_refusal_says_which_password_is_meant() {
    let refused = |status: u16, code: &str, cause: &str| {
        json_answer(status, json!({"errorCode": code, "errorSummary": "S", "errorCauses": [{"errorSummary": cause}]}))
    };
    for (outcome, told) in [
        (refused(403, "E0000014", "oldPassword: The credentials provided were incorrect."), "WrongOldPassword"),
        (refused(400, "E0000014", "Old Password is not correct"), "WrongOldPassword"),
        (refused(403, "E0000014", "Too short"), "PasswordRefused(Some(\"Too short\"))"),
        (refused(403, "E0000080", "Too short"), "PasswordRefused(Some(\"Too short\"))"),
        (json_answer(403, json!({"errorCode": "E0000080"})), "PasswordRefused(None)"),
    ] {
        let stage = Stage::at(password("PASSWORD_EXPIRED", "t1")).then(person(new_password("old", "new", "new")));
        stage.play([(Turn::Org(outcome), &*format!("= Password Expired emptied !{told}"))]);
    }
}

#[test]
fn a_password_that_lives_elsewhere_is_not_changed_here() {
    let mut body = password("PASSWORD_EXPIRED", "t1");
    body.0["_links"]["next"] =
        json!({"name": "changePassword", "href": "https://passwords.example/x", "title": "Acme"});
    let mut stage = Stage::at(body);
    let Step::Password(step) = &stage.screen().step else { panic!("{:?}", stage.screen().step) };
    let elsewhere = step.elsewhere.as_ref().unwrap();
    assert_eq!((elsewhere.origin.as_str(), elsewhere.title.as_str()), ("https://passwords.example", "Acme"));
    assert_eq!(stage.turn(person(new_password("old", "new", "new"))), []);
    stage.play([(person(Intent::Cancel), "POST /api/v1/authn/cancel {stateToken: t1} -> Start jeff")]);
    // An outside address that does not say so gets no password.
    let abroad = Stage::at(password("PASSWORD_EXPIRED", "t1").abroad("next"));
    abroad
        .play([(person(new_password("old", "new", "new")), "= Password Expired !UntrustedLink(https://evil.example)")]);
}

#[test]
fn policies_may_be_missing() {
    for policy in
        [json!(null), json!({}), json!({"complexity": {}, "age": {}}), json!({"expiration": {"passwordExpireDays": 0}})]
    {
        let shown = if policy["expiration"].is_object() { "ExpiresIn(Some(0))" } else { "ExpiresIn(None)" };
        let body =
            Body::of("PASSWORD_WARN", "t1").embed("policy", policy).next("changePassword", "authn/credentials/x");
        let signing_in = Stage::at_start(&[]).then(person(crate::stage::sign_in("jeff", "pw")));
        signing_in.play([(org(body), &*format!("-> Password {shown}"))]);
    }
    let signing_in = Stage::at_start(&[]).then(person(crate::stage::sign_in("jeff", "pw")));
    signing_in.play([(Turn::Org(error(401, "E0000064")), "= Start emptied !Org(Cause) #oae1")]);
}
