//! Factor management: the list, adding, testing and removing factors. Not here: what the hook decides.

use crate::harness::{Harness, Input, activation, answer, choose, code, person};
use crate::hook::{HOOK, catalog, done, factor, factors, problem, told};
use crate::responses::{Outcome, json_response};
use expect_test::expect;
use okta_authn::request::EnrollRequest;
use okta_authn::{Credential, CredentialError, Password, SecurityAnswer, TransportError};
use serde_json::{Value, json};
use sign_in_flow::{Intent, ManageIntent, PhoneEntry};

fn begun() -> Harness {
    Harness::manage(HOOK).begun()
}

/// With these factors in the list.
fn with(list: &[Value]) -> Harness {
    begun().then(Input::Org(factors(list)))
}

fn manage(intent: ManageIntent) -> Input {
    person(Intent::Manage(intent))
}

fn sms() -> Value {
    factor("s1", "sms", "ACTIVE")
}

fn google(status: &str) -> Value {
    factor("g1", "google", status)
}

#[test]
fn the_list_comes_and_an_empty_one_is_no_error() {
    let harness = begun().check(
        [Input::Org(factors(&[sms(), google("PENDING_ACTIVATION")]))],
        &expect![[r#"
        reply 200
            = List Sms GoogleTotp?
    "#]],
    );
    assert_eq!(harness.screen().step_id, 0, "the page's first view takes no focus");
    begun().check(
        [Input::Org(factors(&[]))],
        &expect![[r#"
        reply 200
            = List
    "#]],
    );
}

/// Who signed in comes from there: another sign-in would lead here again.
#[test]
fn where_no_session_can_be_opened_nobody_is_sent_to_sign_in() {
    begun().check(
        [Input::Org(problem(501, "session_not_supported")), person(Intent::Cancel), manage(ManageIntent::Add)],
        &expect![[r#"
            reply 501 session_not_supported
                -> Unavailable
            Cancel
                = Unavailable
            Manage Add
                = Unavailable
        "#]],
    );
}

#[test]
fn who_is_not_signed_in_is_told_where_to() {
    begun().check(
        [Input::Org(problem(401, "not_signed_in"))],
        &expect![[r#"
        reply 401 not_signed_in
            -> SignedOut https://app.example/
    "#]],
    );
    with(&[sms()]).check(
        [manage(ManageIntent::Add), Input::Org(problem(401, "not_signed_in")), person(Intent::Cancel)],
        &expect![[r#"
            Manage Add
                GET https://app.example/hook/factors/catalog = List Sms busy
            reply 401 not_signed_in
                -> SignedOut https://app.example/
            Cancel
                = SignedOut https://app.example/
        "#]],
    );
    with(&[sms()]).check(
        [person(Intent::SignOut), Input::Org(done())],
        &expect![[r#"
        SignOut
            DELETE https://app.example/hook/session {} = List Sms busy
        reply 204
            -> SignedOut https://app.example/ !SignedOut
    "#]],
    );
}

#[test]
fn an_authenticator_app_is_added_and_listed() {
    let mut new = google("PENDING_ACTIVATION");
    new["activation"] = json!({"sharedSecret": "KRUGKIDR", "qrCode": "data:image/png;base64,AA", "timeStep": 30});
    with(&[sms()]).check(
        [
            manage(ManageIntent::Add),
            Input::Org(catalog()),
            person(Intent::Enroll(2)),
            Input::Org(told(201, new)),
            person(Intent::CopyKey),
            person(activation("")),
            person(activation("123 456")),
            Input::Org(problem(403, "wrong_code")),
            person(activation("123457")),
            Input::Org(told(200, google("ACTIVE"))),
            Input::Org(factors(&[sms(), google("ACTIVE")])),
        ],
        &expect![[r#"
            Manage Add
                GET https://app.example/hook/factors/catalog = List Sms busy
            reply 200
                -> Catalog of 6
            Enroll 2
                POST https://app.example/hook/factors {factorType: token:software:totp, provider: GOOGLE} = Catalog of 6 busy
            reply 201 PENDING_ACTIVATION
                -> Activate GoogleTotp
            CopyKey
                copy KRUGKIDR = Activate GoogleTotp
            Activate
                = Activate GoogleTotp !Missing(Passcode)
            Activate 123 456
                POST https://app.example/hook/factors/g1/activate {passCode: 123456} = Activate GoogleTotp busy
            reply 403 wrong_code
                = Activate GoogleTotp emptied !WrongCode
            Activate 123457
                POST https://app.example/hook/factors/g1/activate {passCode: 123457} = Activate GoogleTotp busy
            reply 200 ACTIVE
                GET https://app.example/hook/factors = Activate GoogleTotp busy
            reply 200
                -> List Sms GoogleTotp !FactorAdded
        "#]],
    );
}

#[test]
fn a_phone_is_described_and_its_code_can_be_sent_again() {
    let number = PhoneEntry::of("+15052694259");
    with(&[]).check(
        [
            manage(ManageIntent::Add),
            Input::Org(catalog()),
            person(Intent::Enroll(0)),
            person(Intent::EnrollPhone(PhoneEntry::default())),
            person(Intent::EnrollPhone(number.clone())),
            Input::Org(problem(400, "invalid_fields")),
            person(Intent::EnrollPhone(number)),
            Input::Org(told(201, factor("s1", "sms", "PENDING_ACTIVATION"))),
            person(Intent::Resend),
            Input::Seconds(30),
            person(Intent::Resend),
            Input::Org(done()),
            manage(ManageIntent::CancelSetup),
            Input::Org(done()),
            Input::Org(factors(&[])),
        ],
        &expect![[r#"
            Manage Add
                GET https://app.example/hook/factors/catalog = List busy
            reply 200
                -> Catalog of 6
            Enroll 0
                -> Form Sms
            EnrollPhone
                = Form Sms !Missing(Phone)
            EnrollPhone +15052694259
                POST https://app.example/hook/factors {factorType: sms, provider: OKTA, profile: {phoneNumber: +15052694259}} = Form Sms busy
            reply 400 invalid_fields
                = Form Sms emptied !NotAccepted #r1
            EnrollPhone +15052694259
                POST https://app.example/hook/factors {factorType: sms, provider: OKTA, profile: {phoneNumber: +15052694259}} = Form Sms busy
            reply 201 PENDING_ACTIVATION
                wait 1000 -> Activate Sms resend=30
            Resend
                = Activate Sms resend=30
            30 s
                = Activate Sms
            Resend
                POST https://app.example/hook/factors/s1/resend {} = Activate Sms busy
            reply 204
                wait 1000 = Activate Sms resend=30 !CodeSent
            Manage CancelSetup
                DELETE https://app.example/hook/factors/s1 {} = Activate Sms busy resend=30
            reply 204
                GET https://app.example/hook/factors = Activate Sms busy resend=30
            reply 200
                -> List !FactorRemoved
        "#]],
    );
}

#[test]
fn a_question_comes_with_the_orgs_questions() {
    let own = |question: &str, answer: &str| {
        person(Intent::EnrollWith(EnrollRequest::Question {
            question: question.to_owned(),
            answer: SecurityAnswer::new(answer),
        }))
    };
    with(&[]).check(
        [
            manage(ManageIntent::Add),
            Input::Org(catalog()),
            person(Intent::Enroll(1)),
            Input::Org(told(200, json!({"questions": [{"question": "toy", "questionText": "Which toy?"}]}))),
            own("toy", ""),
            own("toy", "Blue Bear"),
            Input::Org(told(201, factor("q1", "question", "ACTIVE"))),
            Input::Org(factors(&[factor("q1", "question", "ACTIVE")])),
        ],
        &expect![[r#"
            Manage Add
                GET https://app.example/hook/factors/catalog = List busy
            reply 200
                -> Catalog of 6
            Enroll 1
                GET https://app.example/hook/factors/questions = Catalog of 6 busy
            reply 200
                -> Form Question of 1 questions
            EnrollWith question toy, answer
                = Form Question of 1 questions !Missing(Answer)
            EnrollWith question toy, answer Blue Bear
                POST https://app.example/hook/factors {factorType: question, provider: OKTA, profile: {question: toy, answer: Blue Bear}} = Form Question of 1 questions busy
            reply 201 ACTIVE
                GET https://app.example/hook/factors = Form Question of 1 questions busy
            reply 200
                -> List Question !FactorAdded
        "#]],
    );
}

#[test]
fn a_key_is_asked_and_its_answer_sent_as_the_hook_wants_it() {
    let mut new = factor("k1", "webauthn", "PENDING_ACTIVATION");
    new["activation"] = json!({"challenge": "AQID", "user": {"id": "AQID", "name": "b"}, "pubKeyCredParams": []});
    let made = Credential::Attestation {
        attestation: vec![1],
        client_data: vec![2],
        transports: Some("[]".to_owned()),
        client_extensions: None,
    };
    let harness = with(&[]).check(
        [
            manage(ManageIntent::Add),
            Input::Org(catalog()),
            person(Intent::Enroll(3)),
            Input::Org(told(201, new)),
            Input::Authenticator(Err(CredentialError::Refused)),
            person(Intent::AskAgain),
            Input::Authenticator(Ok(made)),
            Input::Org(told(200, factor("k1", "webauthn", "ACTIVE"))),
            Input::Org(factors(&[factor("k1", "webauthn", "ACTIVE")])),
        ],
        &expect![[r#"
            Manage Add
                GET https://app.example/hook/factors/catalog = List busy
            reply 200
                -> Catalog of 6
            Enroll 3
                POST https://app.example/hook/factors {factorType: webauthn, provider: FIDO} = Catalog of 6 busy
            reply 201 PENDING_ACTIVATION
                ask for a new key -> Activate WebAuthn busy
            authenticator: Refused
                = Activate WebAuthn !CredentialRefused
            AskAgain
                ask for a new key = Activate WebAuthn busy
            authenticator: attestation
                POST https://app.example/hook/factors/k1/activate {attestation: AQ==, clientData: Ag==} = Activate WebAuthn busy
            reply 200 ACTIVE
                GET https://app.example/hook/factors = Activate WebAuthn busy
            reply 200
                -> List WebAuthn !FactorAdded
        "#]],
    );
    let proof = Credential::Assertion { authenticator_data: vec![1], client_data: vec![2], signature: vec![3] };
    harness.check(
        [
            manage(ManageIntent::Test(0)),
            Input::Org(told(200, json!({"result": "CHALLENGE", "challenge": {"challenge": "AQID"}}))),
            Input::Authenticator(Ok(proof)),
            Input::Org(told(200, json!({"result": "SUCCESS", "provedUntil": "x"}))),
        ],
        &expect![[r#"
            Manage Test(0)
                POST https://app.example/hook/factors/k1/verify {} = List WebAuthn busy
            reply 200 CHALLENGE
                ask for the key -> Prove WebAuthn busy
            authenticator: assertion
                POST https://app.example/hook/factors/k1/verify {authenticatorData: AQ==, clientData: Ag==, signatureData: Aw==} = Prove WebAuthn busy
            reply 200 SUCCESS
                -> List WebAuthn !FactorWorks
        "#]],
    );
}

#[test]
fn a_factor_is_tried_by_code_answer_and_phone() {
    let success = || Input::Org(told(200, json!({"result": "SUCCESS", "provedUntil": "x"})));
    let list = [sms(), google("ACTIVE"), factor("q1", "question", "ACTIVE"), factor("p1", "push", "ACTIVE")];
    with(&list).check(
        [
            manage(ManageIntent::Test(0)),
            Input::Org(told(200, json!({"result": "CHALLENGE"}))),
            person(code("")),
            person(code("1")),
            success(),
            manage(ManageIntent::Test(1)),
            person(Intent::Back),
            manage(ManageIntent::Test(2)),
            person(answer("bear")),
            Input::Org(problem(403, "wrong_answer")),
            person(answer("Bear")),
            success(),
            manage(ManageIntent::Test(3)),
            Input::Org(told(200, json!({"result": "WAITING", "transactionId": "t1"}))),
            Input::Seconds(4),
            Input::Org(told(200, json!({"result": "WAITING", "transactionId": "t1"}))),
            Input::Seconds(4),
            Input::Org(told(200, json!({"result": "REJECTED"}))),
            Input::Seconds(22),
            person(Intent::Resend),
            Input::Org(told(200, json!({"result": "WAITING", "transactionId": "t2"}))),
            Input::Seconds(4),
            success(),
        ],
        &expect![[r#"
            Manage Test(0)
                POST https://app.example/hook/factors/s1/verify {} = List Sms GoogleTotp Question Push busy
            reply 200 CHALLENGE
                wait 1000 -> Prove Sms resend=30
            Prove
                = Prove Sms resend=30 !Missing(Passcode)
            Prove 1
                POST https://app.example/hook/factors/s1/verify {passCode: 1} = Prove Sms busy resend=30
            reply 200 SUCCESS
                -> List Sms GoogleTotp Question Push !FactorWorks
            Manage Test(1)
                -> Prove GoogleTotp
            Back
                -> List Sms GoogleTotp Question Push
            Manage Test(2)
                -> Prove Question
            Prove answer bear
                POST https://app.example/hook/factors/q1/verify {answer: bear} = Prove Question busy
            reply 403 wrong_answer
                = Prove Question emptied !WrongAnswer
            Prove answer Bear
                POST https://app.example/hook/factors/q1/verify {answer: Bear} = Prove Question busy
            reply 200 SUCCESS
                -> List Sms GoogleTotp Question Push !FactorWorks
            Manage Test(3)
                POST https://app.example/hook/factors/p1/verify {} = List Sms GoogleTotp Question Push busy
            reply 200 WAITING
                -> Prove Push waits resend=30
            4 s
                GET https://app.example/hook/factors/p1/transactions/t1 = Prove Push waits resend=26
            reply 200 WAITING
                = Prove Push waits resend=26
            4 s
                GET https://app.example/hook/factors/p1/transactions/t1 = Prove Push waits resend=22
            reply 200 REJECTED
                = Prove Push resend=22 !PushRejected
            22 s
                = Prove Push ~PushRejected
            Resend
                POST https://app.example/hook/factors/p1/verify {} = Prove Push busy
            reply 200 WAITING
                wait 1000 -> Prove Push waits resend=30
            4 s
                GET https://app.example/hook/factors/p1/transactions/t2 = Prove Push waits resend=26
            reply 200 SUCCESS
                -> List Sms GoogleTotp Question Push !FactorWorks
        "#]],
    );
}

#[test]
fn a_factor_goes_after_a_question_and_a_fresh_proof() {
    let list = [sms(), google("ACTIVE")];
    with(&list).check(
        [
            manage(ManageIntent::Remove(0)),
            person(Intent::Back),
            manage(ManageIntent::Remove(0)),
            manage(ManageIntent::ConfirmRemoval),
            Input::Org(problem(403, "fresh_proof_required")),
            person(choose(1)),
            person(Intent::Back),
            person(choose(1)),
            person(code("1")),
            Input::Org(told(200, json!({"result": "SUCCESS"}))),
            Input::Org(done()),
            Input::Org(factors(&[google("ACTIVE")])),
        ],
        &expect![[r#"
            Manage Remove(0)
                -> ConfirmRemoval Sms
            Back
                -> List Sms GoogleTotp
            Manage Remove(0)
                -> ConfirmRemoval Sms
            Manage ConfirmRemoval
                DELETE https://app.example/hook/factors/s1 {} = ConfirmRemoval Sms busy
            reply 403 fresh_proof_required
                -> Reauthenticate by Sms GoogleTotp
            Choose 1
                -> Prove GoogleTotp
            Back
                -> Reauthenticate by Sms GoogleTotp
            Choose 1
                -> Prove GoogleTotp
            Prove 1
                POST https://app.example/hook/factors/g1/verify {passCode: 1} = Prove GoogleTotp busy
            reply 200 SUCCESS
                DELETE https://app.example/hook/factors/s1 {} = Prove GoogleTotp busy
            reply 204
                GET https://app.example/hook/factors = Prove GoogleTotp busy
            reply 200
                -> List GoogleTotp !FactorRemoved
        "#]],
    );
}

/// The list, where no factor counts as proof; and the catalog, which needs one.
fn without_proof() -> (Value, Outcome) {
    let mut new = google("ACTIVE");
    new["countsAsProof"] = json!(false);
    let mut offers = catalog().unwrap();
    let okta_authn::wire::Value::Object(members) = offers.body.as_mut().unwrap() else { panic!("an object") };
    members.push(("proofRequired".to_owned(), okta_authn::wire::Value::Bool(true)));
    (new, Ok(offers))
}

#[test]
fn a_password_is_the_proof_where_no_factor_is() {
    let (new, offers) = without_proof();
    with(&[new]).check(
        [
            manage(ManageIntent::Remove(0)),
            manage(ManageIntent::ConfirmRemoval),
            Input::Org(problem(403, "fresh_proof_required")),
            manage(ManageIntent::Password(Password::new(""))),
            manage(ManageIntent::Password(Password::new("pw"))),
            Input::Org(problem(403, "wrong_password")),
            manage(ManageIntent::Password(Password::new("pw"))),
            Input::Org(problem(403, "factor_proof_required")),
            manage(ManageIntent::Password(Password::new("pw"))),
            Input::Org(told(200, json!({"provedUntil": "x"}))),
            Input::Org(done()),
            Input::Org(factors(&[])),
            manage(ManageIntent::Add),
            Input::Org(offers),
            manage(ManageIntent::Password(Password::new("pw"))),
            Input::Org(told(200, json!({"provedUntil": "x"}))),
            person(Intent::Back),
        ],
        &expect![[r#"
            Manage Remove(0)
                -> ConfirmRemoval GoogleTotp
            Manage ConfirmRemoval
                DELETE https://app.example/hook/factors/g1 {} = ConfirmRemoval GoogleTotp busy
            reply 403 fresh_proof_required
                -> Reauthenticate by password
            Manage Password
                = Reauthenticate by password !Missing(Password)
            Manage Password pw
                POST https://app.example/hook/proof {password: pw} = Reauthenticate by password busy
            reply 403 wrong_password
                = Reauthenticate by password emptied !WrongPassword
            Manage Password pw
                POST https://app.example/hook/proof {password: pw} = Reauthenticate by password busy
            reply 403 factor_proof_required
                = Reauthenticate by password emptied !NotPermitted #r1
            Manage Password pw
                POST https://app.example/hook/proof {password: pw} = Reauthenticate by password busy
            reply 200
                DELETE https://app.example/hook/factors/g1 {} = Reauthenticate by password busy
            reply 204
                GET https://app.example/hook/factors = Reauthenticate by password busy
            reply 200
                -> List !FactorRemoved
            Manage Add
                GET https://app.example/hook/factors/catalog = List busy
            reply 200
                -> Reauthenticate by password
            Manage Password pw
                POST https://app.example/hook/proof {password: pw} = Reauthenticate by password busy
            reply 200
                -> Catalog of 6
            Back
                -> List
        "#]],
    );
}

#[test]
fn a_factor_is_added_after_a_fresh_proof_and_nothing_typed_is_lost_before() {
    let (_, offers) = without_proof();
    let question = || {
        person(Intent::EnrollWith(EnrollRequest::Question {
            question: "toy".to_owned(),
            answer: SecurityAnswer::new("Blue Bear"),
        }))
    };
    with(&[sms(), google("ACTIVE")]).check(
        [
            manage(ManageIntent::Add),
            Input::Org(offers),
            manage(ManageIntent::Password(Password::new("pw"))),
            person(choose(1)),
            person(Intent::Back),
            person(choose(0)),
            Input::Org(told(200, json!({"result": "CHALLENGE"}))),
            person(code("1")),
            Input::Org(told(200, json!({"result": "SUCCESS", "provedUntil": "x"}))),
            person(Intent::Enroll(1)),
            Input::Org(told(200, json!({"questions": [{"question": "toy", "questionText": "Which toy?"}]}))),
            question(),
            // The proof is no longer fresh.
            Input::Org(problem(403, "fresh_proof_required")),
            person(choose(1)),
            person(code("2")),
            Input::Org(told(200, json!({"result": "SUCCESS", "provedUntil": "x"}))),
            person(Intent::Enroll(3)),
            Input::Org(problem(403, "fresh_proof_required")),
            person(Intent::Back),
        ],
        &expect![[r#"
            Manage Add
                GET https://app.example/hook/factors/catalog = List Sms GoogleTotp busy
            reply 200
                -> Reauthenticate by Sms GoogleTotp
            Manage Password pw
                POST https://app.example/hook/proof {password: pw} = Reauthenticate by Sms GoogleTotp busy
            Choose 1
                -> Prove GoogleTotp busy
            Back
                abort -> Reauthenticate by Sms GoogleTotp
            Choose 0
                POST https://app.example/hook/factors/s1/verify {} = Reauthenticate by Sms GoogleTotp busy
            reply 200 CHALLENGE
                wait 1000 -> Prove Sms resend=30
            Prove 1
                POST https://app.example/hook/factors/s1/verify {passCode: 1} = Prove Sms busy resend=30
            reply 200 SUCCESS
                -> Catalog of 6
            Enroll 1
                GET https://app.example/hook/factors/questions = Catalog of 6 busy
            reply 200
                -> Form Question of 1 questions
            EnrollWith question toy, answer Blue Bear
                POST https://app.example/hook/factors {factorType: question, provider: OKTA, profile: {question: toy, answer: Blue Bear}} = Form Question of 1 questions busy
            reply 403 fresh_proof_required
                -> Reauthenticate by Sms GoogleTotp
            Choose 1
                -> Prove GoogleTotp
            Prove 2
                POST https://app.example/hook/factors/g1/verify {passCode: 2} = Prove GoogleTotp busy
            reply 200 SUCCESS
                -> Catalog of 6
            Enroll 3
                POST https://app.example/hook/factors {factorType: webauthn, provider: FIDO} = Catalog of 6 busy
            reply 403 fresh_proof_required
                -> Reauthenticate by Sms GoogleTotp
            Back
                -> List Sms GoogleTotp
        "#]],
    );
}

#[test]
fn a_proof_is_not_asked_for_where_there_is_nothing_to_add() {
    let nothing = json!({"proofRequired": true, "factors": [{"factorType": "push", "provider": "OKTA"}]});
    with(&[sms()]).check(
        [manage(ManageIntent::Add), Input::Org(told(200, nothing))],
        &expect![[r#"
        Manage Add
            GET https://app.example/hook/factors/catalog = List Sms busy
        reply 200
            -> Catalog of 1
    "#]],
    );
}

#[test]
fn all_sessions_end_at_once() {
    with(&[sms()]).check(
        [
            manage(ManageIntent::SignOutEverywhere),
            Input::Org(problem(503, "org_unreachable")),
            person(Intent::Retry),
            Input::Org(done()),
        ],
        &expect![[r#"
            Manage SignOutEverywhere
                DELETE https://app.example/hook/sessions {} = List Sms busy
            reply 503 org_unreachable
                = List Sms !Unreachable or Retry
            Retry
                DELETE https://app.example/hook/sessions {} = List Sms busy
            reply 204
                -> SignedOut https://app.example/ !SignedOut
        "#]],
    );
}

#[test]
fn what_was_set_up_a_moment_ago_is_no_way_to_a_fresh_proof() {
    let mut new = google("ACTIVE");
    new["countsAsProof"] = json!(false);
    with(&[sms(), new]).check(
        [
            manage(ManageIntent::Remove(0)),
            manage(ManageIntent::ConfirmRemoval),
            Input::Org(problem(403, "fresh_proof_required")),
        ],
        &expect![[r#"
            Manage Remove(0)
                -> ConfirmRemoval Sms
            Manage ConfirmRemoval
                DELETE https://app.example/hook/factors/s1 {} = ConfirmRemoval Sms busy
            reply 403 fresh_proof_required
                -> Reauthenticate by Sms
        "#]],
    );
}

#[test]
fn trouble_offers_a_retry_and_a_pause() {
    begun().check(
        [
            Input::Org(Err(TransportError::Unreachable)),
            person(Intent::Retry),
            Input::Org(problem(502, "org_failed")),
            person(Intent::Retry),
            Input::Org(json_response(429, json!({"code": "rate_limited", "retryAfter": 2}))),
            Input::Seconds(2),
            Input::Org(told(200, json!({"factors": [{"id": 7}]}))),
        ],
        &expect![[r#"
            reply Unreachable
                = Loading !Unreachable or Retry
            Retry
                GET https://app.example/hook/factors = Loading busy
            reply 502 org_failed
                = Loading !ServerError #r1 or Retry
            Retry
                GET https://app.example/hook/factors = Loading busy
            reply 429 rate_limited
                wait 1000 = Loading pause=2 !RateLimited or Retry
            2 s
                GET https://app.example/hook/factors = Loading busy
            reply 200
                = Loading !Unexpected or Retry
        "#]],
    );
    with(&[sms()]).check(
        [
            manage(ManageIntent::Remove(0)),
            manage(ManageIntent::ConfirmRemoval),
            Input::Org(problem(404, "not_found")),
            Input::Org(factors(&[])),
        ],
        &expect![[r#"
            Manage Remove(0)
                -> ConfirmRemoval Sms
            Manage ConfirmRemoval
                DELETE https://app.example/hook/factors/s1 {} = ConfirmRemoval Sms busy
            reply 404 not_found
                GET https://app.example/hook/factors = ConfirmRemoval Sms busy
            reply 200
                -> List !FactorGone
        "#]],
    );
}

#[test]
fn late_answers_and_intents_out_of_place_do_nothing() {
    with(&[sms()]).check(
        [
            manage(ManageIntent::Test(0)),
            manage(ManageIntent::Test(0)),
            person(Intent::Cancel),
            Input::Late(1, told(200, json!({"result": "CHALLENGE"}))),
            manage(ManageIntent::Test(7)),
            manage(ManageIntent::ConfirmRemoval),
            manage(ManageIntent::CancelSetup),
            person(code("1")),
            person(activation("1")),
            person(choose(0)),
            manage(ManageIntent::Finish(0)),
        ],
        &expect![[r#"
            Manage Test(0)
                POST https://app.example/hook/factors/s1/verify {} = List Sms busy
            Manage Test(0)
                = List Sms busy
            Cancel
                abort -> List Sms
            reply to request 1 200 CHALLENGE
                = List Sms
            Manage Test(7)
                = List Sms
            Manage ConfirmRemoval
                = List Sms
            Manage CancelSetup
                = List Sms
            Prove 1
                = List Sms
            Activate 1
                = List Sms
            Choose 0
                = List Sms
            Manage Finish(0)
                = List Sms
        "#]],
    );
}
