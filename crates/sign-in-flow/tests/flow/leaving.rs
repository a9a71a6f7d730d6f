//! Leaving the page: by way of the org's sign-out, not leaving at all, and coming back.

use crate::harness::{Harness, Input, choose, code, org, person, send_code, sign_in};
use crate::hook::{HOOK, factor, factors};
use crate::responses::{challenge, enroll, error, no_json, required, session, success};
use crate::states::{duo, enrollable, poll, push, redirect, unauthenticated, webauthn};
use expect_test::expect;
use okta_authn::TransportError;
use sign_in_flow::{Event, Intent, ManageIntent};

fn restored() -> Input {
    Input::Event(Event::Restored { remembered: None })
}

#[test]
fn the_org_is_signed_out_of_on_the_way_where_no_request_can_do_that() {
    let options = [("session-redirect", "sign-out-first")];
    let signing_in = Harness::new(&options).then(Input::Event(Event::Begin { remembered: None }));
    signing_in.then(person(sign_in("jeff", "pw"))).check([org(success())], &expect![[r#"
        reply 200 SUCCESS
            go SignOutFirst https://example.okta.com/login/signout?fromURI=%2Flogin%2FsessionCookieRedirect%3Ftoken%3Dse%2526ss%252B1%26redirectUrl%3Dhttps%253A%252F%252Fapp.example%252F%253Fa%253D1%2526b%253D2 with se&ss+1 -> Leaving
    "#]]);
}

#[test]
fn the_org_is_asked_to_check_the_setup_of_the_account() {
    let signing_in = |way| Harness::at_start(&[("check-account-setup", "true"), ("session-redirect", way)]);
    let signed_in = [person(sign_in("jeff", "pw")), org(success())];
    signing_in("get").check(signed_in.clone(), &expect![[r#"
        SignIn jeff pw
            forget; POST /api/v1/authn {username: jeff, password: pw, options: {multiOptionalFactorEnroll: false, warnBeforePasswordExpired: true}} = Start busy
        reply 200 SUCCESS
            go Get https://example.okta.com/login/sessionCookieRedirect?token=se%26ss%2B1&redirectUrl=https%3A%2F%2Fapp.example%2F%3Fa%3D1%26b%3D2&checkAccountSetupComplete=true with se&ss+1 -> Leaving
    "#]]);
    signing_in("sign-out-first").check(signed_in, &expect![[r#"
        SignIn jeff pw
            forget; POST /api/v1/authn {username: jeff, password: pw, options: {multiOptionalFactorEnroll: false, warnBeforePasswordExpired: true}} = Start busy
        reply 200 SUCCESS
            go SignOutFirst https://example.okta.com/login/signout?fromURI=%2Flogin%2FsessionCookieRedirect%3Ftoken%3Dse%2526ss%252B1%26redirectUrl%3Dhttps%253A%252F%252Fapp.example%252F%253Fa%253D1%2526b%253D2%26checkAccountSetupComplete%3Dtrue with se&ss+1 -> Leaving
    "#]]);
}

#[test]
fn a_browser_that_stays_is_told_and_has_a_way_back() {
    Harness::at_start(&[]).then(person(sign_in("jeff", "pw"))).then(org(success())).check(
        [Input::Seconds(14), Input::Seconds(1), person(Intent::Cancel), Input::Background(session("jeff"))],
        &expect![[r#"
            14 s
                = Leaving
            1 s
                = Leaving !StillHere
            Cancel
                GET /api/v1/sessions/me -> Start jeff
            background reply 200 ACTIVE
                -> Session jeff
        "#]],
    );
    Harness::at(required("t1", &["totp"])).then(person(code("1"))).then(org(success())).check(
        [Input::Seconds(15), person(Intent::Cancel), Input::Background(session("jeff"))],
        &expect![[r#"
            15 s
                = Leaving !StillHere
            Cancel
                GET /api/v1/sessions/me -> Start jeff
            background reply 200 ACTIVE
                -> Session jeff
        "#]],
    );
    let session = Harness::new(&[]).then(Input::Event(Event::Begin { remembered: None }));
    session.then(Input::Background(crate::responses::session("ann"))).then(person(Intent::Continue)).check(
        [Input::Seconds(15), person(Intent::Cancel)],
        &expect![[r#"
            15 s
                = Leaving !StillHere
            Cancel
                GET /api/v1/sessions/me -> Start
        "#]],
    );
    let site = Harness::at(redirect("t1", "saml"));
    site.check(
        [Input::Seconds(15)],
        &expect![[r#"
        15 s
            = Leaving !StillHere
    "#]],
    );
}

#[test]
fn a_page_that_comes_back_in_the_middle_of_a_factor_goes_on() {
    Harness::at(challenge("t1", "sms")).check(
        [restored(), org(challenge("t2", "sms")), person(code("123456"))],
        &expect![[r#"
            restored
                POST /api/v1/authn {stateToken: t1} = MfaChallenge Sms busy resend=30
            reply 200 MFA_CHALLENGE t2
                = MfaChallenge Sms resend=30
            Prove 123456
                POST /api/v1/authn/factors/sms1/verify {stateToken: t2, passCode: 123456} = MfaChallenge Sms busy resend=30
        "#]],
    );
    Harness::at(push("t1")).check(
        [restored(), org(push("t2")), Input::Seconds(4)],
        &expect![[r#"
        restored
            POST /api/v1/authn {stateToken: t1} = MfaChallenge Push waits busy
        reply 200 MFA_CHALLENGE t2 WAITING
            = MfaChallenge Push waits
        4 s
            POST /api/v1/authn/factors/opf1/verify {stateToken: t2} = MfaChallenge Push waits
    "#]],
    );
    Harness::at(poll("t1", 2_000)).check([restored(), org(success())], &expect![[r#"
        restored
            POST /api/v1/authn {stateToken: t1} = Poll busy
        reply 200 SUCCESS
            go Get https://example.okta.com/login/sessionCookieRedirect?token=se%26ss%2B1&redirectUrl=https%3A%2F%2Fapp.example%2F%3Fa%3D1%26b%3D2 with se&ss+1 -> Leaving
    "#]]);
    Harness::at(webauthn("t1")).check(
        [restored(), org(webauthn("t2"))],
        &expect![[r#"
        restored
            abort; POST /api/v1/authn {stateToken: t1} = MfaChallenge WebAuthn busy
        reply 200 MFA_CHALLENGE t2 CHALLENGE
            = MfaChallenge WebAuthn
    "#]],
    );
    Harness::at(duo("t1")).check(
        [restored(), org(duo("t2"))],
        &expect![[r#"
        restored
            POST /api/v1/authn {stateToken: t1} = MfaChallenge Duo waits busy
        reply 200 MFA_CHALLENGE t2 WAITING
            ask Duo at api.duo.example by /js/duo.js for TX|x:APP|y = MfaChallenge Duo waits
    "#]],
    );
}

#[test]
fn the_org_says_what_became_of_a_request_that_the_browser_ended() {
    Harness::at(required("t1", &["sms", "totp"])).then(person(choose(1))).then(person(code("1"))).check(
        [restored(), org(enroll("t2", false))],
        &expect![[r#"
            restored
                abort; POST /api/v1/authn {stateToken: t1} = MfaRequired Some(GoogleTotp) busy
            reply 200 MFA_ENROLL t2
                -> MfaEnroll
        "#]],
    );
    Harness::at(challenge("t1", "sms"))
        .then(restored())
        .run([(Input::Org(error(401, "E0000011")), "-> Start jeff !SignInTimedOut")]);
    Harness::at(challenge("t1", "sms")).then(restored()).check(
        [Input::Org(Err(TransportError::Offline)), person(code("1"))],
        &expect![[r#"
            reply Offline
                = MfaChallenge Sms resend=30 !Offline or submit again
            Prove 1
                POST /api/v1/authn/factors/sms1/verify {stateToken: t1, passCode: 1} = MfaChallenge Sms busy resend=30
        "#]],
    );
}

#[test]
fn what_waits_for_the_person_stays_as_it_is() {
    let list = Harness::at(required("t1", &["sms", "totp"])).then(person(choose(1)));
    list.run([(restored(), "= MfaRequired Some(GoogleTotp)")]);
    let form = Harness::at(enrollable("t1", &["sms"])).then(person(Intent::Enroll(0)));
    form.run([(restored(), "= EnrollForm Sms")]);
    let typed = Harness::new(&[("state-token", "t0")]).begun().then(org(unauthenticated("t1")));
    typed.check([restored(), person(sign_in("jeff", "pw"))], &expect![[r#"
        restored
            = Start
        SignIn jeff pw
            forget; POST /api/v1/authn {stateToken: t1, username: jeff, password: pw, options: {multiOptionalFactorEnroll: false, warnBeforePasswordExpired: true}} = Start busy
    "#]]);
}

#[test]
fn what_has_ended_starts_anew() {
    let left = Harness::at(required("t1", &["sms"])).then(person(send_code())).then(org(success()));
    left.check(
        [restored(), Input::Background(no_json(404))],
        &expect![[r#"
        restored
            GET /api/v1/sessions/me -> Start
        background reply 404
            = Start
    "#]],
    );
}

#[test]
fn factor_management_goes_on_where_it_was() {
    let list = Harness::manage(HOOK).begun().then(Input::Org(factors(&[factor("q1", "question", "ACTIVE")])));
    let proving = list.then(person(Intent::Manage(ManageIntent::Test(0))));
    proving.run([(restored(), "= Prove Question")]);
    let list = Harness::manage(HOOK).begun().then(Input::Org(factors(&[])));
    list.check(
        [restored()],
        &expect![[r#"
        restored
            GET https://app.example/hook/factors = List busy
    "#]],
    );
}
