//! A forgotten password and a locked account: the way that is chosen, and the code.

use crate::answers::{Body, error};
use crate::stage::{Stage, Turn, code, org, person};
use okta_authn_widget::authn::Channel;
use okta_authn_widget::flow::Intent;
use okta_authn_widget::flow::step::Recovery;

#[test]
fn a_recovery_code_is_typed_and_accepted() {
    let sent = |token: &str| {
        let path = "authn/recovery/factors/sms";
        let mut body = Body::of("RECOVERY_CHALLENGE", token).next("verify", &format!("{path}/verify"));
        body.0["factorType"] = "SMS".into();
        body.link("resend", &format!("{path}/resend"))
    };
    let open = Intent::OpenRecovery { recovery: Recovery::Password, username: "jeff".to_owned() };
    let recover = Intent::Recover { username: "jeff".to_owned(), channel: Channel::Sms };
    let reset = Body::of("PASSWORD_RESET", "t3").next("resetPassword", "authn/credentials/reset_password");
    let verify = |token: &str, code: &str| {
        let path = "/api/v1/authn/recovery/factors/sms/verify";
        format!("POST {path} {{stateToken: {token}, passCode: {code}}} = RecoveryChallenge busy resend=30")
    };
    Stage::at_start(&[("sms-recovery", "")]).then(person(open)).then(person(recover)).then(org(sent("t2"))).play([
        (person(code("123")), &*verify("t2", "123")),
        (Turn::Org(error(403, "E0000068")), "= RecoveryChallenge resend=30 emptied !WrongCode #oae1"),
        (person(code("456")), &*verify("t2", "456")),
        (org(reset), "-> Password"),
    ]);
}
