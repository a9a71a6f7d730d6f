//! Sign-ins that an app or another device asked for: step-up, consent, the code of a device, waiting for the
//! org itself.

use crate::harness::{Harness, Input, code, org, person, sign_in};
use crate::responses::{error, required, success};
use crate::states::{consent, device, device_ended, poll, success_with_link, unauthenticated};
use expect_test::expect;
use serde_json::json;
use sign_in_flow::Intent;

/// A page that was opened with a state token, and how things stand.
fn opened() -> Harness {
    Harness::at_start(&[("state-token", "t0"), ("existing-session", "ignore")])
}

#[test]
fn an_app_asks_for_name_and_password_and_is_gone_back_to() {
    opened().check(
        [
            org(unauthenticated("t1")),
            person(sign_in("jeff", "")),
            person(sign_in("jeff", "pw")),
            org(required("t2", &["totp"])),
            person(code("1")),
            org(success_with_link("next").with("type", "SESSION_STEP_UP")),
        ],
        &expect![[r#"
            reply 200 UNAUTHENTICATED t1
                -> Start
            SignIn jeff
                = Start !Missing(Password)
            SignIn jeff pw
                forget; POST /api/v1/authn {stateToken: t1, username: jeff, password: pw, options: {multiOptionalFactorEnroll: false, warnBeforePasswordExpired: true}} = Start busy
            reply 200 MFA_REQUIRED t2
                -> MfaRequired Some(GoogleTotp)
            Prove 1
                POST /api/v1/authn/factors/totp1/verify {stateToken: t2, passCode: 1} = MfaRequired Some(GoogleTotp) busy
            reply 200 SUCCESS
                go /login/step-up/redirect?stateToken=t9 -> Leaving
        "#]],
    );
    opened().then(org(unauthenticated("t1"))).check(
        [person(Intent::Cancel)],
        &expect![[r#"
        Cancel
            POST /api/v1/authn/cancel {stateToken: t1} -> Start
    "#]],
    );
    let abroad = opened().then(org(unauthenticated("t1").foreign("next")));
    abroad.check(
        [person(sign_in("jeff", "pw"))],
        &expect![[r#"
            SignIn jeff pw
                forget; report = Start !UntrustedLink(https://evil.example)
        "#]],
    );
}

#[test]
fn a_success_that_success_with_link_is_followed_before_its_token_is_used() {
    let there = "go /login/step-up/redirect?stateToken=t9 -> Leaving";
    for body in [
        success_with_link("next"),
        success_with_link("original"),
        success_with_link("next").with("type", "SESSION_STEP_UP"),
        success_with_link("original").link("next", "elsewhere"),
    ] {
        let asked = "-> Confirm jeff after nobody";
        opened().run([(org(body.clone()), asked), (person(Intent::Continue), there)]);
        let callback = Harness::at_start(&[("state-token", "t0"), ("session-redirect", "callback")]);
        let callback = callback.then(org(body)).then(Input::Background(crate::responses::no_json(404)));
        let complete = "complete with redirect to /login/step-up/redirect?stateToken=t9 -> SignedIn";
        callback.run([(person(Intent::Continue), complete)]);
    }
    let without_link = opened().then(org(success().with("type", "SESSION_STEP_UP")));
    without_link.check([person(Intent::Continue)], &expect![[r#"
        Continue
            go Get https://example.okta.com/login/sessionCookieRedirect?token=se%26ss%2B1&redirectUrl=https%3A%2F%2Fapp.example%2F%3Fa%3D1%26b%3D2 with se&ss+1 -> Leaving
    "#]]);
    opened().then(org(success_with_link("next").foreign("next"))).check(
        [person(Intent::Continue)],
        &expect![[r#"
            Continue
                report -> Unsupported SUCCESS !UntrustedLink(https://evil.example)
        "#]],
    );
}

#[test]
fn passwordless_factors_come_before_any_credential() {
    let mut list = required("t1", &["email", "sms"]);
    list.0["status"] = json!("UNAUTHENTICATED");
    Harness::at_start(&[("passwordless-auth", "")]).check([person(sign_in("jeff", "")), org(list)], &expect![[r#"
        SignIn jeff
            forget; POST /api/v1/authn {username: jeff, options: {multiOptionalFactorEnroll: false, warnBeforePasswordExpired: true}} = Start busy
        reply 200 UNAUTHENTICATED t1
            -> MfaRequired Some(Email)
    "#]]);
}

#[test]
fn an_app_gets_what_is_granted() {
    let granted = |scopes: &[&str]| Intent::Consent(scopes.iter().map(|scope| (*scope).to_owned()).collect());
    for (granular, scopes, sent) in [
        (false, &[][..], "scopes: [\"openid\",\"mail\"]"),
        (true, &[], "optedScopes: {openid: true, mail: false}"),
        (true, &["mail"], "optedScopes: {openid: true, mail: true}"),
        (true, &["mail", "everything"], "optedScopes: {openid: true, mail: true}"),
    ] {
        // The end comes back in the org's own characters; admin consent does not repeat it.
        for (status, end) in
            [("CONSENT_REQUIRED", "expiresAt: 2030-01-01T00:00:00.000Z, "), ("ADMIN_CONSENT_REQUIRED", "")]
        {
            let sent =
                format!("POST /api/v1/authn/consent {{stateToken: t1, consent: {{{end}{sent}}}}} = Consent busy");
            opened().run([
                (org(consent("t1", granular).with("status", status)), "-> Consent"),
                (person(granted(scopes)), &*sent),
                (org(success_with_link("next")), "go /login/step-up/redirect?stateToken=t9 -> Leaving"),
            ]);
        }
    }
    opened().then(org(consent("t1", true))).check(
        [person(Intent::Cancel)],
        &expect![[r#"
        Cancel
            POST /api/v1/authn/cancel {stateToken: t1} -> Start
    "#]],
    );
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
        opened().run([
            (org(device("t1")), "-> DeviceActivate"),
            (typed("  "), "= DeviceActivate !Missing(UserCode)"),
            (typed(" ABCD-EFGH "), sent),
            (Input::Org(error(403, "E0000170")), "= DeviceActivate emptied !WrongUserCode"),
            (typed("ABCD-EFGH"), sent),
            (org(device_ended(status)), &*format!("-> DeviceEnding {ending}")),
            (person(Intent::Back), "-> Start"),
        ]);
    }
}

#[test]
fn a_device_code_that_the_address_brought_can_be_refused() {
    let refused = device("t1").embed("deviceActivationStatus", json!("INVALID_USER_CODE"));
    opened().run([
        (org(refused), "-> DeviceActivate !WrongUserCode"),
        (
            person(Intent::ActivateDevice("ABCD-EFGH".to_owned())),
            "POST /api/v1/authn/device/activate {stateToken: t1, userCode: ABCD-EFGH} = DeviceActivate busy",
        ),
    ]);
}

#[test]
fn the_org_is_waited_for_at_its_own_interval() {
    opened().check(
        [
            org(poll("t1", 2_000)),
            Input::Seconds(1),
            Input::Seconds(1),
            org(poll("t1", 2_000)),
            Input::Seconds(2),
            org(success()),
        ],
        &expect![[r#"
            reply 200 POLL t1
                wait 2000 -> Poll
            1 s
                = Poll
            1 s
                POST /api/v1/authn/poll {stateToken: t1} = Poll
            reply 200 POLL t1
                wait 2000 = Poll
            2 s
                POST /api/v1/authn/poll {stateToken: t1} = Poll
            reply 200 SUCCESS
                -> Confirm jeff after nobody
        "#]],
    );
    let mut silent = poll("t1", 0);
    silent.0["_embedded"] = json!({});
    opened().check(
        [org(silent)],
        &expect![[r#"
        reply 200 POLL t1
            wait 4000 -> Poll
    "#]],
    );
    opened().check(
        [org(poll("t1", 0))],
        &expect![[r#"
        reply 200 POLL t1
            wait 500 -> Poll
    "#]],
    );
}
