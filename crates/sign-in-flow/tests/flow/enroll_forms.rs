//! Setting up factors: the form some begin with, the first code, the app by image, link or key.

use crate::harness::{Harness, Input, activation as typed, org, person};
use crate::responses::{enroll, error, json_response, success};
use crate::states::{activation, enrollable, push_activation};
use expect_test::expect;
use okta_authn::request::EnrollRequest;
use okta_authn::{Passcode, Password, SecurityAnswer, TransportError};
use serde_json::json;
use sign_in_flow::{Intent, PhoneEntry, PhoneProblem};

fn phone(number: &str, extension: &str) -> Intent {
    Intent::EnrollPhone(PhoneEntry { extension: extension.to_owned(), ..PhoneEntry::of(number) })
}

fn question(question: &str, answer: &str) -> Intent {
    Intent::EnrollWith(EnrollRequest::Question { question: question.to_owned(), answer: SecurityAnswer::new(answer) })
}

fn token(credential_id: &str, passcode: &str, next: Option<&str>) -> Intent {
    Intent::EnrollWith(EnrollRequest::Token {
        credential_id: credential_id.to_owned(),
        passcode: Passcode::new(passcode),
        next_passcode: next.map(Passcode::new),
    })
}

/// The form that setting up this factor begins with. The org has no list of questions.
fn form(name: &str) -> Harness {
    let asked = Harness::at(enrollable("t1", &[name])).then(person(Intent::Enroll(0)));
    if name == "question" { asked.then(Input::Org(error(403, "E0000006"))) } else { asked }
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
        Harness::at(enrollable("t1", &[name])).run([
            (person(Intent::Enroll(0)), &*sent),
            (Input::Org(Err(TransportError::TimedOut)), "= MfaEnroll !NoAnswer or Retry"),
            (person(Intent::Retry), &*sent),
        ]);
    }
    for name in ["hotp", "u2f", "pigeon"] {
        Harness::at(enrollable("t1", &[name])).run([(person(Intent::Enroll(0)), "= MfaEnroll")]);
    }
}

#[test]
fn a_form_asks_for_what_is_missing_and_sends_what_was_typed() {
    let password = |text: &str| Intent::EnrollWith(EnrollRequest::Password(Password::new(text)));
    let code = |text: &str| Intent::EnrollWith(EnrollRequest::Passcode(Passcode::new(text)));
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
        let refused = match name {
            "sms" | "call" => "PhoneInvalid",
            "question" => "AnswerRefused",
            "rsa" | "on-prem" | "symantec" => "TokenRefused",
            "password" => "WrongPassword",
            _ => "WrongCode",
        };
        form(name).run([
            (person(empty), &*format!("= {shown} !Missing({missing})")),
            (person(full.clone()), &*sent),
            (Input::Org(Err(TransportError::Offline)), &format!("= {shown} !Offline or submit again")),
            (person(full.clone()), &sent),
            (Input::Org(invalid), &format!("= {shown} emptied !{refused}")),
            (person(full), &sent),
            (org(enroll("t2", true).link("skip", "authn/skip")), "-> MfaEnroll"),
        ]);
        form(name).run([(person(Intent::Back), "-> MfaEnroll")]);
    }
}

#[test]
fn a_number_of_an_impossible_length_is_not_sent() {
    let entry = |problem| person(Intent::EnrollPhone(PhoneEntry { problem: Some(problem), ..PhoneEntry::of("+4930") }));
    form("sms").check(
        [entry(PhoneProblem::TooShort), person(Intent::Edit), entry(PhoneProblem::TooLong), person(Intent::Edit)],
        &expect![[r#"
            EnrollPhone +4930  TooShort
                = EnrollForm Sms !PhoneTooShort
            Edit
                = EnrollForm Sms
            EnrollPhone +4930  TooLong
                = EnrollForm Sms !PhoneTooLong
            Edit
                = EnrollForm Sms
        "#]],
    );
}

/// A text message reaches no extension. A call does.
#[test]
fn an_extension_is_for_calls() {
    form("sms").check(
        [person(phone("+4930123", "7"))],
        &expect![[r#"
        EnrollPhone +4930123 7
            = EnrollForm Sms !ExtensionInvalid
    "#]],
    );
    form("call").check([person(phone("+4930123", "7"))], &expect![[r#"
        EnrollPhone +4930123 7
            POST /api/v1/authn/factors {stateToken: t1, factorType: call, provider: OKTA, profile: {phoneNumber: +4930123, phoneExtension: 7}} = EnrollForm Call busy
    "#]]);
    let entry = PhoneEntry { extension: "7".to_owned(), ..PhoneEntry::of("+4930123") };
    app().check(
        [person(Intent::SendActivation { by: "sms", phone: entry })],
        &expect![[r#"
        SendActivation sms +4930123 7
            = MfaEnrollActivate Push with image !ExtensionInvalid
    "#]],
    );
}

#[test]
fn a_number_the_org_doubts_is_taken_when_the_person_insists_on_it() {
    let doubted = || Input::Org(error(400, "E0000098"));
    form("sms").check(
        [
            person(phone("+4930123", "")),
            doubted(),
            person(phone("+4930124", "")),
            doubted(),
            person(phone("+4930124", "")),
            org(activation("t2", "sms").resend("sms", "authn/factors/sms1/lifecycle/resend")),
            person(typed("123456")),
            org(success()),
        ],
        &expect![[r#"
            EnrollPhone +4930123
                POST /api/v1/authn/factors {stateToken: t1, factorType: sms, provider: OKTA, profile: {phoneNumber: +4930123}} = EnrollForm Sms busy
            reply 400 E0000098
                = EnrollForm Sms !PhoneDoubted
            EnrollPhone +4930124
                POST /api/v1/authn/factors {stateToken: t1, factorType: sms, provider: OKTA, profile: {phoneNumber: +4930124}} = EnrollForm Sms busy
            reply 400 E0000098
                = EnrollForm Sms !PhoneDoubted
            EnrollPhone +4930124
                POST /api/v1/authn/factors {stateToken: t1, factorType: sms, provider: OKTA, profile: {phoneNumber: +4930124, validatePhone: false}} = EnrollForm Sms busy
            reply 200 MFA_ENROLL_ACTIVATE t2
                wait 1000 -> MfaEnrollActivate Sms resend=30
            Activate 123456
                POST /api/v1/authn/factors/sms1/lifecycle/activate {stateToken: t2, passCode: 123456} = MfaEnrollActivate Sms busy resend=30
            reply 200 SUCCESS
                go Get https://example.okta.com/login/sessionCookieRedirect?token=se%26ss%2B1&redirectUrl=https%3A%2F%2Fapp.example%2F%3Fa%3D1%26b%3D2 with se&ss+1 -> Leaving
        "#]],
    );
}

#[test]
fn a_number_the_org_knows_already_is_replaced() {
    let mut list = enrollable("t1", &["sms"]);
    let phones = json!([{"id": "1", "profile": {"phoneNumber": "+1 XXX"}, "status": "ACTIVE"}]);
    list.0["_embedded"]["factors"][0]["_embedded"] = json!({"phones": phones});
    Harness::at(list).then(person(Intent::Enroll(0))).check([person(phone("+4930123", ""))], &expect![[r#"
        EnrollPhone +4930123
            POST /api/v1/authn/factors?updatePhone=true {stateToken: t1, factorType: sms, provider: OKTA, profile: {phoneNumber: +4930123}} = EnrollForm Sms busy
    "#]]);
}

#[test]
fn a_code_is_sent_again_while_a_factor_is_set_up() {
    let sent = |token: &str| activation(token, "call").resend("call", "authn/factors/call1/lifecycle/resend");
    form("call").then(person(phone("+4930123", ""))).then(org(sent("t2"))).check(
        [person(Intent::Resend), Input::Seconds(30), person(Intent::Resend), org(sent("t3"))],
        &expect![[r#"
            Resend
                = MfaEnrollActivate Call resend=30
            30 s
                = MfaEnrollActivate Call
            Resend
                POST /api/v1/authn/factors/call1/lifecycle/resend {stateToken: t2} = MfaEnrollActivate Call busy
            reply 200 MFA_ENROLL_ACTIVATE t3
                wait 1000 = MfaEnrollActivate Call resend=30 !CodeSent
        "#]],
    );
}

#[test]
fn the_form_of_a_question_begins_with_the_orgs_questions() {
    let list = || {
        let item = |key: &str| json!({"question": key, "questionText": "Which?"});
        json_response(200, json!([item("toy"), item("food")]))
    };
    Harness::at(enrollable("t1", &["question", "sms"])).check(
        [person(Intent::Enroll(0)), Input::Org(list()), person(Intent::Back), Input::Org(list())],
        &expect![[r#"
            Enroll 0
                GET /api/v1/users/00u1/factors/questions = MfaEnroll busy
            reply 200
                -> EnrollForm Question of 2 questions
            Back
                -> MfaEnroll
            reply 200
                = MfaEnroll
        "#]],
    );
    for none in [
        error(403, "E0000006"),
        json_response(200, json!({})),
        json_response(200, json!([{"question": 1}])),
        Err(TransportError::Offline),
    ] {
        let asked = Harness::at(enrollable("t1", &["question"])).then(person(Intent::Enroll(0)));
        asked.run([(Input::Org(none), "-> EnrollForm Question")]);
    }
    // The person left meanwhile.
    let left = Harness::at(enrollable("t1", &["question", "sms"])).then(person(Intent::Enroll(0)));
    left.then(person(Intent::Cancel)).check(
        [Input::Late(1, list())],
        &expect![[r#"
        reply to request 1 200
            = Start jeff
    "#]],
    );
    let abroad = Harness::at(enrollable("t1", &["question"]).foreign("questions"));
    abroad.check(
        [person(Intent::Enroll(0))],
        &expect![[r#"
        Enroll 0
            -> EnrollForm Question
    "#]],
    );
}

#[test]
fn a_token_may_want_a_new_pin() {
    form("rsa").check(
        [
            person(token("jeff", "1", None)),
            Input::Org(error(409, "E0000113")),
            person(token("jeff", "1", None)),
            org(success()),
        ],
        &expect![[r#"
            EnrollWith token jeff 1
                POST /api/v1/authn/factors {stateToken: t1, factorType: token, provider: RSA, profile: {credentialId: jeff}, passCode: 1} = EnrollForm Rsa busy
            reply 409 E0000113
                = EnrollForm Rsa emptied !NewPinWanted(Some("Cause"))
            EnrollWith token jeff 1
                POST /api/v1/authn/factors {stateToken: t1, factorType: token, provider: RSA, profile: {credentialId: jeff}, passCode: 1} = EnrollForm Rsa busy
            reply 200 SUCCESS
                go Get https://example.okta.com/login/sessionCookieRedirect?token=se%26ss%2B1&redirectUrl=https%3A%2F%2Fapp.example%2F%3Fa%3D1%26b%3D2 with se&ss+1 -> Leaving
        "#]],
    );
}

/// The app's image is shown, and the app can be set up by a key too.
fn app() -> Harness {
    Harness::at(enrollable("t1", &["push", "okta-totp"]))
        .then(person(Intent::Enroll(0)))
        .then(org(push_activation("t2")))
}

#[test]
fn the_app_is_waited_for_every_six_seconds() {
    app().check(
        [
            Input::Seconds(5),
            Input::Seconds(1),
            org(push_activation("t2")),
            Input::Seconds(6),
            org(enrollable("t3", &["sms"]).link("skip", "authn/skip")),
            Input::Seconds(60),
        ],
        &expect![[r#"
            5 s
                = MfaEnrollActivate Push with image
            1 s
                POST /api/v1/authn/factors/opf1/lifecycle/activate/poll {stateToken: t2} = MfaEnrollActivate Push with image
            reply 200 MFA_ENROLL_ACTIVATE t2 WAITING
                wait 6000 = MfaEnrollActivate Push with image
            6 s
                POST /api/v1/authn/factors/opf1/lifecycle/activate/poll {stateToken: t2} = MfaEnrollActivate Push with image
            reply 200 MFA_ENROLL t3
                -> MfaEnroll
            60 s
                = MfaEnroll
        "#]],
    );
}

#[test]
fn an_image_that_is_too_old_is_made_anew() {
    let late = activation("t3", "push").with("factorResult", "TIMEOUT");
    app().then(Input::Seconds(6)).check(
        [
            org(late),
            Input::Seconds(60),
            person(Intent::Restart),
            Input::Org(Err(TransportError::TimedOut)),
            person(Intent::Retry),
            org(push_activation("t4")),
        ],
        &expect![[r#"
            reply 200 MFA_ENROLL_ACTIVATE t3 TIMEOUT
                = MfaEnrollActivate Push !QrExpired
            60 s
                = MfaEnrollActivate Push ~QrExpired
            Restart
                POST /api/v1/authn/factors/opf1/lifecycle/activate {stateToken: t3} = MfaEnrollActivate Push busy
            reply TimedOut
                = MfaEnrollActivate Push !NoAnswer or Retry
            Retry
                POST /api/v1/authn/factors/opf1/lifecycle/activate {stateToken: t3} = MfaEnrollActivate Push busy
            reply 200 MFA_ENROLL_ACTIVATE t4 WAITING
                wait 6000 -> MfaEnrollActivate Push with image
        "#]],
    );
}

#[test]
fn the_activation_is_sent_to_the_phone() {
    let send = |by: &'static str, number: &str| Intent::SendActivation { by, phone: PhoneEntry::of(number) };
    app().check(
        [
            person(send("email", "")),
            org(push_activation("t2")),
            person(send("sms", "")),
            person(send("sms", "+4930123")),
            Input::Org(error(400, "E0000098")),
            person(send("pigeon", "")),
        ],
        &expect![[r#"
            SendActivation email
                POST /api/v1/authn/factors/opf1/lifecycle/activate/email {stateToken: t2} = MfaEnrollActivate Push with image busy
            reply 200 MFA_ENROLL_ACTIVATE t2 WAITING
                = MfaEnrollActivate Push with image !ActivationSent
            SendActivation sms
                = MfaEnrollActivate Push with image !Missing(Phone)
            SendActivation sms +4930123
                POST /api/v1/authn/factors/opf1/lifecycle/activate/sms {stateToken: t2, profile: {phoneNumber: +4930123}} = MfaEnrollActivate Push with image busy
            reply 400 E0000098
                = MfaEnrollActivate Push with image emptied !PhoneInvalid
            SendActivation pigeon
                = MfaEnrollActivate Push with image ~PhoneInvalid
        "#]],
    );
}

#[test]
fn the_app_is_set_up_by_a_key_by_way_of_the_list() {
    let list = || org(enrollable("t3", &["push", "okta-totp"]));
    app().check(
        [person(Intent::SetUpByHand), list(), org(activation("t4", "okta-totp")), person(Intent::SetUpByHand)],
        &expect![[r#"
            SetUpByHand
                POST /api/v1/authn/previous {stateToken: t2} = MfaEnrollActivate Push with image busy
            reply 200 MFA_ENROLL t3
                POST /api/v1/authn/factors {stateToken: t3, factorType: token:software:totp, provider: OKTA} -> MfaEnroll busy
            reply 200 MFA_ENROLL_ACTIVATE t4
                -> MfaEnrollActivate OktaTotp
            SetUpByHand
                = MfaEnrollActivate OktaTotp
        "#]],
    );
    // No button that does nothing.
    app().check([person(Intent::SetUpByHand), list(), Input::Org(Err(TransportError::Offline))], &expect![[r#"
        SetUpByHand
            POST /api/v1/authn/previous {stateToken: t2} = MfaEnrollActivate Push with image busy
        reply 200 MFA_ENROLL t3
            POST /api/v1/authn/factors {stateToken: t3, factorType: token:software:totp, provider: OKTA} -> MfaEnroll busy
        reply Offline
            = MfaEnroll !Offline
    "#]]);
    app().check(
        [person(Intent::SetUpByHand), org(enrollable("t3", &["push"]))],
        &expect![[r#"
        SetUpByHand
            POST /api/v1/authn/previous {stateToken: t2} = MfaEnrollActivate Push with image busy
        reply 200 MFA_ENROLL t3
            -> MfaEnroll
    "#]],
    );
    let alone =
        Harness::at(enrollable("t1", &["push"])).then(person(Intent::Enroll(0))).then(org(push_activation("t2")));
    alone.check(
        [person(Intent::SetUpByHand)],
        &expect![[r#"
        SetUpByHand
            = MfaEnrollActivate Push with image
    "#]],
    );
}

#[test]
fn a_phone_number_needs_its_country() {
    Harness::at(enrollable("t1", &["sms"])).then(person(Intent::Enroll(0))).run([
        (person(phone("", "")), "= EnrollForm Sms !Missing(Phone)"),
        (person(phone("030123", "")), "= EnrollForm Sms !Missing(Country)"),
    ]);
}
