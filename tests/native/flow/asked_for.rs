//! Sign-ins that an app or another device asked for: step-up, consent, the code of a device, waiting for the
//! org itself.

use crate::answers::{error, required, success};
use crate::stage::{LEAVES, Stage, Turn, code, org, person, sign_in};
use crate::states::{consent, device, device_ended, leads_on, poll, unauthenticated};
use okta_authn_widget::flow::Intent;
use serde_json::json;

/// A page that was opened with a state token, and how things stand.
fn opened() -> Stage {
    Stage::at_start(&[("state-token", "t0"), ("existing-session", "ignore")])
}

#[test]
fn an_app_asks_for_name_and_password_and_is_gone_back_to() {
    let sent = "forget; POST /api/v1/authn {stateToken: t1, username: jeff, password: pw, options: {multiOptionalFactorEnroll: false, warnBeforePasswordExpired: true}} = Start busy";
    opened().play([
        (org(unauthenticated("t1")), "-> Start"),
        (person(sign_in("jeff", "")), "= Start !Missing(Password)"),
        (person(sign_in("jeff", "pw")), sent),
        (org(required("t2", &["totp"])), "-> MfaRequired Some(GoogleTotp)"),
        (
            person(code("1")),
            "POST /api/v1/authn/factors/totp1/verify {stateToken: t2, passCode: 1} = MfaRequired Some(GoogleTotp) busy",
        ),
        (org(leads_on("next").with("type", "SESSION_STEP_UP")), "go /login/step-up/redirect?stateToken=t9 -> Leaving"),
    ]);
    opened()
        .then(org(unauthenticated("t1")))
        .play([(person(Intent::Cancel), "POST /api/v1/authn/cancel {stateToken: t1} -> Start")]);
    let abroad = opened().then(org(unauthenticated("t1").abroad("next")));
    abroad.play([(person(sign_in("jeff", "pw")), "forget = Start !UntrustedLink(https://evil.example)")]);
}

#[test]
fn a_success_that_leads_on_is_followed_before_its_token_is_used() {
    let there = "go /login/step-up/redirect?stateToken=t9 -> Leaving";
    for body in [
        leads_on("next"),
        leads_on("original"),
        leads_on("next").with("type", "SESSION_STEP_UP"),
        leads_on("original").link("next", "elsewhere"),
    ] {
        opened().play([(org(body.clone()), there)]);
        let callback = Stage::at_start(&[("state-token", "t0"), ("session-redirect", "callback")]);
        callback.play([(org(body), "hand over the way to /login/step-up/redirect?stateToken=t9 -> SignedIn")]);
    }
    opened().play([(org(success().with("type", "SESSION_STEP_UP")), LEAVES)]);
    opened()
        .play([(org(leads_on("next").abroad("next")), "-> Unsupported SUCCESS !UntrustedLink(https://evil.example)")]);
}

#[test]
fn passwordless_factors_come_before_any_credential() {
    let mut list = required("t1", &["email", "sms"]);
    list.0["status"] = json!("UNAUTHENTICATED");
    let asked = "forget; POST /api/v1/authn {username: jeff, options: {multiOptionalFactorEnroll: false, warnBeforePasswordExpired: true}} = Start busy";
    Stage::at_start(&[("passwordless-auth", "")])
        .play([(person(sign_in("jeff", "")), asked), (org(list), "-> MfaRequired Some(Email)")]);
}

#[test]
fn an_app_gets_what_is_granted() {
    let granted = |scopes: &[&str]| Intent::Consent(scopes.iter().map(|scope| (*scope).to_owned()).collect());
    for (granular, scopes, sent) in [
        (false, &[][..], "consent: {scopes: [\"openid\",\"mail\"]}"),
        (true, &[], "optedScopes: {openid: true, mail: false}"),
        (true, &["mail"], "optedScopes: {openid: true, mail: true}"),
        (true, &["mail", "everything"], "optedScopes: {openid: true, mail: true}"),
    ] {
        let sent = format!("POST /api/v1/authn/consent {{stateToken: t1, {sent}}} = Consent busy");
        for status in ["CONSENT_REQUIRED", "ADMIN_CONSENT_REQUIRED"] {
            opened().play([
                (org(consent("t1", granular).with("status", status)), "-> Consent"),
                (person(granted(scopes)), &*sent),
                (org(leads_on("next")), "go /login/step-up/redirect?stateToken=t9 -> Leaving"),
            ]);
        }
    }
    opened()
        .then(org(consent("t1", true)))
        .play([(person(Intent::Cancel), "POST /api/v1/authn/cancel {stateToken: t1} -> Start")]);
}

#[test]
fn another_device_is_activated_by_its_code() {
    let typed = |code: &str| person(Intent::ActivateDevice(code.to_owned()));
    let sent = "POST /api/v1/authn/device/activate {stateToken: t1, userCode: ABCD-EFGH} = DeviceActivate busy";
    for (status, ending) in [
        ("DEVICE_ACTIVATED", "Activated"),
        ("DEVICE_NOT_ACTIVATED", "NotActivated"),
        ("DEVICE_NOT_ACTIVATED_CONSENT_DENIED", "ConsentDenied"),
        ("DEVICE_EATEN", "Other(\"DEVICE_EATEN\")"),
    ] {
        opened().play([
            (org(device("t1")), "-> DeviceActivate"),
            (typed("  "), "= DeviceActivate !Missing(UserCode)"),
            (typed(" ABCD-EFGH "), sent),
            (Turn::Org(error(403, "E0000170")), "= DeviceActivate emptied !WrongUserCode #oae1"),
            (typed("ABCD-EFGH"), sent),
            (org(device_ended(status)), &*format!("-> DeviceEnding {ending}")),
            (person(Intent::Back), "-> Start"),
        ]);
    }
}

#[test]
fn the_org_is_waited_for_at_its_own_interval() {
    let look = "POST /api/v1/authn/poll {stateToken: t1} = Poll";
    opened().play([
        (org(poll("t1", 2_000)), "wait 2000 -> Poll"),
        (Turn::Seconds(1), "= Poll"),
        (Turn::Seconds(1), look),
        (org(poll("t1", 2_000)), "wait 2000 = Poll"),
        (Turn::Seconds(2), look),
        (org(success()), LEAVES),
    ]);
    let mut silent = poll("t1", 0);
    silent.0["_embedded"] = json!({});
    opened().play([(org(silent), "wait 4000 -> Poll")]);
    opened().play([(org(poll("t1", 0)), "wait 500 -> Poll")]);
}
