//! Setting up factors: the form some begin with, the first code, the app by image, link or key.

use crate::answers::{enroll, error, json_answer, success};
use crate::stage::{LEAVES, Stage, Turn, activation as typed, org, person};
use crate::states::{activation, enrollable, push_activation};
use okta_authn_widget::authn::request::Enrollment;
use okta_authn_widget::authn::{Passcode, Password, SecurityAnswer, TransportError};
use okta_authn_widget::flow::Intent;
use serde_json::json;

fn phone(number: &str, extension: &str) -> Intent {
    let (number, extension) = (number.to_owned(), extension.to_owned());
    Intent::EnrollWith(Enrollment::Phone { number, extension, replaces: false, unchecked: false })
}

fn question(question: &str, answer: &str) -> Intent {
    Intent::EnrollWith(Enrollment::Question { question: question.to_owned(), answer: SecurityAnswer::new(answer) })
}

fn token(credential_id: &str, passcode: &str, next: Option<&str>) -> Intent {
    Intent::EnrollWith(Enrollment::Token {
        credential_id: credential_id.to_owned(),
        passcode: Passcode::new(passcode),
        next_passcode: next.map(Passcode::new),
    })
}

/// The form that setting up this factor begins with.
fn form(name: &str) -> Stage {
    Stage::at(enrollable("t1", &[name])).then(person(Intent::Enroll(0)))
}

const POST: &str = "POST /api/v1/authn/factors";

#[test]
fn what_needs_nothing_typed_is_set_up_at_once() {
    for (name, pair) in [
        ("email", "email, provider: OKTA"),
        ("totp", "token:software:totp, provider: GOOGLE"),
        ("okta-totp", "token:software:totp, provider: OKTA"),
        ("push", "push, provider: OKTA"),
        ("webauthn", "webauthn, provider: FIDO"),
        ("duo", "web, provider: DUO"),
        ("saml", "assertion:saml2, provider: GENERIC_SAML"),
        ("oidc", "assertion:oidc, provider: GENERIC_OIDC"),
        ("claims", "claims_provider, provider: CUSTOM"),
    ] {
        let sent = format!("{POST} {{stateToken: t1, factorType: {pair}}} = MfaEnroll busy");
        Stage::at(enrollable("t1", &[name])).play([
            (person(Intent::Enroll(0)), &*sent),
            (Turn::Org(Err(TransportError::TimedOut)), "= MfaEnroll !NoAnswer or Retry"),
            (person(Intent::Retry), &*sent),
        ]);
    }
    for name in ["hotp", "u2f", "pigeon"] {
        Stage::at(enrollable("t1", &[name])).play([(person(Intent::Enroll(0)), "= MfaEnroll")]);
    }
}

#[test]
fn a_form_asks_for_what_is_missing_and_sends_what_was_typed() {
    let password = |text: &str| Intent::EnrollWith(Enrollment::Password(Password::new(text)));
    let code = |text: &str| Intent::EnrollWith(Enrollment::Passcode(Passcode::new(text)));
    for (name, kind, empty, missing, full, sent) in [
        (
            "sms",
            "Sms",
            phone("", ""),
            "Phone",
            phone("+4930123", ""),
            "sms, provider: OKTA, profile: {phoneNumber: +4930123}",
        ),
        (
            "call",
            "Call",
            phone("", "7"),
            "Phone",
            phone("+4930123", "7"),
            "call, provider: OKTA, profile: {phoneNumber: +4930123, phoneExtension: 7}",
        ),
        (
            "question",
            "Question",
            question(" ", "bear"),
            "Question",
            question("toy", "bear"),
            "question, provider: OKTA, profile: {question: toy, answer: bear}",
        ),
        (
            "question",
            "Question",
            question("toy", ""),
            "Answer",
            question("Which?", " b "),
            "question, provider: OKTA, profile: {question: Which?, answer:  b }",
        ),
        (
            "rsa",
            "Rsa",
            token("", "1", None),
            "CredentialId",
            token("jeff", "12", None),
            "token, provider: RSA, profile: {credentialId: jeff}, passCode: 12",
        ),
        (
            "on-prem",
            "OnPrem",
            token("jeff", "", None),
            "Passcode",
            token("jeff", "12", None),
            "token, provider: DEL_OATH, profile: {credentialId: jeff}, passCode: 12",
        ),
        (
            "symantec",
            "Symantec",
            token("VS1", "12", Some("")),
            "NextPasscode",
            token("VS1", "12", Some("34")),
            "token, provider: SYMANTEC, profile: {credentialId: VS1}, passCode: 12, nextPassCode: 34",
        ),
        ("yubikey", "YubiKey", code(""), "Passcode", code("ccc"), "token:hardware, provider: YUBICO, passCode: ccc"),
        (
            "password",
            "Password",
            password(""),
            "Password",
            password("pw"),
            "password, provider: OKTA, profile: {password: pw}",
        ),
    ] {
        let shown = format!("EnrollForm {kind}");
        let sent = format!("{POST} {{stateToken: t1, factorType: {sent}}} = {shown} busy");
        let invalid = error(400, "E0000001");
        form(name).play([
            (person(empty), &*format!("= {shown} !Missing({missing})")),
            (person(full.clone()), &*sent),
            (Turn::Org(Err(TransportError::Offline)), &format!("= {shown} !Offline or submit again")),
            (person(full.clone()), &sent),
            (Turn::Org(invalid), &format!("= {shown} emptied !Org(Cause) #oae1")),
            (person(full), &sent),
            (org(enroll("t2", true).link("skip", "authn/skip")), "-> MfaEnroll"),
        ]);
        form(name).play([(person(Intent::Back), "-> MfaEnroll")]);
    }
}

#[test]
fn a_number_the_org_doubts_is_taken_when_the_person_insists_on_it() {
    let sent = |profile: &str| {
        format!(
            "{POST} {{stateToken: t1, factorType: sms, provider: OKTA, profile: {{{profile}}}}} = EnrollForm Sms busy"
        )
    };
    let doubted = || Turn::Org(error(400, "E0000098"));
    form("sms").play([
        (person(phone("+4930123", "")), &*sent("phoneNumber: +4930123")),
        (doubted(), "= EnrollForm Sms !PhoneDoubted #oae1"),
        (person(phone("+4930124", "")), &sent("phoneNumber: +4930124")),
        (doubted(), "= EnrollForm Sms !PhoneDoubted #oae1"),
        (person(phone("+4930124", "")), &sent("phoneNumber: +4930124, validatePhone: false")),
        (org(activation("t2", "sms").resend("sms", "authn/factors/sms1/lifecycle/resend")), "wait 1000 -> MfaEnrollActivate Sms resend=30"),
        (person(typed("123456")), "POST /api/v1/authn/factors/sms1/lifecycle/activate {stateToken: t2, passCode: 123456} = MfaEnrollActivate Sms busy resend=30"),
        (org(success()), LEAVES),
    ]);
}

#[test]
fn a_number_the_org_knows_already_is_replaced() {
    let mut list = enrollable("t1", &["sms"]);
    let phones = json!([{"id": "1", "profile": {"phoneNumber": "+1 XXX"}, "status": "ACTIVE"}]);
    list.0["_embedded"]["factors"][0]["_embedded"] = json!({"phones": phones});
    let sent = "POST /api/v1/authn/factors?updatePhone=true {stateToken: t1, factorType: sms, provider: OKTA, profile: {phoneNumber: +4930123}} = EnrollForm Sms busy";
    Stage::at(list).then(person(Intent::Enroll(0))).play([(person(phone("+4930123", "")), sent)]);
}

#[test]
fn a_code_is_sent_again_while_a_factor_is_set_up() {
    let sent = |token: &str| activation(token, "call").resend("call", "authn/factors/call1/lifecycle/resend");
    form("call").then(person(phone("+4930123", ""))).then(org(sent("t2"))).play([
        (person(Intent::Resend), "= MfaEnrollActivate Call resend=30"),
        (Turn::Seconds(30), "= MfaEnrollActivate Call"),
        (
            person(Intent::Resend),
            "POST /api/v1/authn/factors/call1/lifecycle/resend {stateToken: t2} = MfaEnrollActivate Call busy",
        ),
        (org(sent("t3")), "wait 1000 = MfaEnrollActivate Call resend=30 !CodeSent"),
    ]);
}

#[test]
fn the_orgs_questions_are_listed_beside_the_form() {
    let list = || {
        let item = |key: &str| json!({"question": key, "questionText": "Which?"});
        json_answer(200, json!([item("toy"), item("food")]))
    };
    Stage::at(enrollable("t1", &["question", "sms"])).play([
        (person(Intent::Enroll(0)), "GET /api/v1/users/00u1/factors/questions -> EnrollForm Question"),
        (Turn::Beside(list()), "= EnrollForm Question of 2 questions"),
        (person(Intent::Back), "-> MfaEnroll"),
        (Turn::Beside(list()), "= MfaEnroll"),
    ]);
    for none in [
        error(403, "E0000006"),
        json_answer(200, json!({})),
        json_answer(200, json!([{"question": 1}])),
        Err(TransportError::Offline),
    ] {
        form("question").play([(Turn::Beside(none), "= EnrollForm Question")]);
    }
    // The form of another factor was opened meanwhile.
    let phone = Stage::at(enrollable("t1", &["question", "sms"])).then(person(Intent::Enroll(0)));
    phone.then(person(Intent::Back)).then(person(Intent::Enroll(1))).play([(Turn::Beside(list()), "= EnrollForm Sms")]);
    let abroad = Stage::at(enrollable("t1", &["question"]).abroad("questions"));
    abroad.play([(person(Intent::Enroll(0)), "-> EnrollForm Question")]);
}

#[test]
fn a_token_may_want_a_new_pin() {
    let sent = "POST /api/v1/authn/factors {stateToken: t1, factorType: token, provider: RSA, profile: {credentialId: jeff}, passCode: 1} = EnrollForm Rsa busy";
    form("rsa").play([
        (person(token("jeff", "1", None)), sent),
        (Turn::Org(error(409, "E0000113")), "= EnrollForm Rsa emptied !NewPinWanted(Some(\"Cause\")) #oae1"),
        (person(token("jeff", "1", None)), sent),
        (org(success()), LEAVES),
    ]);
}

const APP: &str = "MfaEnrollActivate Push with image";

/// The app's image is shown, and the app can be set up by a key too.
fn app() -> Stage {
    Stage::at(enrollable("t1", &["push", "okta-totp"])).then(person(Intent::Enroll(0))).then(org(push_activation("t2")))
}

#[test]
fn the_app_is_waited_for_every_six_seconds() {
    let look = format!("POST /api/v1/authn/factors/opf1/lifecycle/activate/poll {{stateToken: t2}} = {APP}");
    app().play([
        (Turn::Seconds(5), &*format!("= {APP}")),
        (Turn::Seconds(1), &*look),
        (org(push_activation("t2")), &format!("wait 6000 = {APP}")),
        (Turn::Seconds(6), &look),
        (org(enrollable("t3", &["sms"]).link("skip", "authn/skip")), "-> MfaEnroll"),
        (Turn::Seconds(60), "= MfaEnroll"),
    ]);
}

#[test]
fn an_image_that_is_too_old_is_made_anew() {
    let late = activation("t3", "push").with("factorResult", "TIMEOUT");
    let anew = "POST /api/v1/authn/factors/opf1/lifecycle/activate {stateToken: t3} = MfaEnrollActivate Push busy";
    app().then(Turn::Seconds(6)).play([
        (org(late), "= MfaEnrollActivate Push !QrExpired"),
        (Turn::Seconds(60), "= MfaEnrollActivate Push ~QrExpired"),
        (person(Intent::Restart), anew),
        (Turn::Org(Err(TransportError::TimedOut)), "= MfaEnrollActivate Push !NoAnswer or Retry"),
        (person(Intent::Retry), anew),
        (org(push_activation("t4")), &*format!("wait 6000 -> {APP}")),
    ]);
}

#[test]
fn the_activation_is_sent_to_the_phone() {
    let send = |by: &'static str, number: &str| Intent::SendActivation { by, phone_number: number.to_owned() };
    let path = "/api/v1/authn/factors/opf1/lifecycle/activate";
    app().play([
        (person(send("email", "")), &*format!("POST {path}/email {{stateToken: t2}} = {APP} busy")),
        (org(push_activation("t2")), &format!("= {APP} !ActivationSent")),
        (person(send("sms", "")), &format!("= {APP} !Missing(Phone)")),
        (
            person(send("sms", "+4930123")),
            &format!("POST {path}/sms {{stateToken: t2, profile: {{phoneNumber: +4930123}}}} = {APP} busy"),
        ),
        (Turn::Org(error(400, "E0000098")), &format!("= {APP} !PhoneDoubted #oae1")),
        (person(send("pigeon", "")), &format!("= {APP} ~PhoneDoubted #oae1")),
    ]);
}

#[test]
fn the_app_is_set_up_by_a_key_by_way_of_the_list() {
    let list = || org(enrollable("t3", &["push", "okta-totp"]));
    let prev = format!("POST /api/v1/authn/previous {{stateToken: t2}} = {APP} busy");
    let enrolled = "POST /api/v1/authn/factors {stateToken: t3, factorType: token:software:totp, provider: OKTA}";
    app().play([
        (person(Intent::SetUpByHand), &*prev),
        (list(), &format!("{enrolled} -> MfaEnroll busy")),
        (org(activation("t4", "okta-totp")), "-> MfaEnrollActivate OktaTotp"),
        (person(Intent::SetUpByHand), "= MfaEnrollActivate OktaTotp"),
    ]);
    // No button that does nothing.
    app().play([
        (person(Intent::SetUpByHand), &*prev),
        (list(), &format!("{enrolled} -> MfaEnroll busy")),
        (Turn::Org(Err(TransportError::Offline)), "= MfaEnroll !Offline"),
    ]);
    app().play([(person(Intent::SetUpByHand), &*prev), (org(enrollable("t3", &["push"])), "-> MfaEnroll")]);
    let alone = Stage::at(enrollable("t1", &["push"])).then(person(Intent::Enroll(0))).then(org(push_activation("t2")));
    alone.play([(person(Intent::SetUpByHand), &*format!("= {APP}"))]);
}
