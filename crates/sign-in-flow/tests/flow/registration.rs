//! Signing up: the form, what is wrong with it, and straight into the sign-in; with a hook, with the page's own
//! code, and with both.

use crate::harness::{Harness, Input, LEAVES, org, person, settings};
use crate::hook::{HOOK, WITH_HOOK, done, form, problem, told};
use crate::responses::{Body, error, json_response, required, success};
use expect_test::expect;
use okta_authn::wire::Value;
use okta_authn::{Password, TransportError};
use serde_json::json;
use sign_in_flow::hook::Form;
use sign_in_flow::{Event, Intent, PhoneEntry, PhoneProblem, RegistrationIntent};
use std::rc::Rc;

const ASKED: &str = "GET https://app.example/hook/registration -> Register busy";
const SENT: &str = "POST https://app.example/hook/registration {profile: {email: b@x.example, firstName: Bruce, mobilePhone: +15052694259}, password: Smash-1962} = Register form busy";
const SIGNS_IN: &str = "POST /api/v1/authn {username: b@x.example, password: Smash-1962, options: {multiOptionalFactorEnroll: false, warnBeforePasswordExpired: true}} = Register form busy";

fn open(username: &str) -> Input {
    person(Intent::Registration(RegistrationIntent::Open { username: username.to_owned() }))
}

fn leave(username: &str) -> Input {
    person(Intent::Registration(RegistrationIntent::Leave { username: username.to_owned() }))
}

fn typed(email: &str, phone: &str, password: &str) -> Input {
    let values = [("email", email), ("firstName", " Bruce ")];
    person(Intent::Registration(RegistrationIntent::Submit {
        values: values.map(|(name, text)| (name.to_owned(), text.to_owned())).to_vec(),
        phone: PhoneEntry::of(phone),
        password: Password::new(password),
    }))
}

#[test]
fn a_phone_number_that_cannot_be_one_is_marked_before_anything_is_sent() {
    let with = |phone| {
        person(Intent::Registration(RegistrationIntent::Submit {
            values: vec![("email".to_owned(), "b@x.example".to_owned()), ("firstName".to_owned(), "Bruce".to_owned())],
            phone,
            password: Password::new("Smash-1962"),
        }))
    };
    let short = PhoneEntry { problem: Some(PhoneProblem::TooShort), ..PhoneEntry::of("+1505") };
    let long = PhoneEntry { problem: Some(PhoneProblem::TooLong), ..PhoneEntry::of("+1505269425999") };
    let extended = PhoneEntry { extension: "12".to_owned(), ..PhoneEntry::of("+15052694259") };
    at_form().check(
        [with(short), with(long), with(extended), with(PhoneEntry::of("5052694259"))],
        &expect![[r#"
        Registration Submit email=b@x.example firstName=Bruce +1505  TooShort Smash-1962
            = Register form mobilePhone:Phone(TooShort) !CheckFields
        Registration Submit email=b@x.example firstName=Bruce +1505269425999  TooLong Smash-1962
            = Register form mobilePhone:Phone(TooLong) !CheckFields
        Registration Submit email=b@x.example firstName=Bruce +15052694259 12 Smash-1962
            = Register form mobilePhone:Error(Invalid) !CheckFields
        Registration Submit email=b@x.example firstName=Bruce 5052694259 Smash-1962
            = Register form mobilePhone:Country !CheckFields
    "#]],
    );
}

fn sends() -> Input {
    typed("b@x.example", "+15052694259", "Smash-1962")
}

fn registered(phone: &str) -> Input {
    Input::Org(told(201, json!({"login": "b@x.example", "status": "ACTIVE", "phoneFactor": phone})))
}

fn at_form() -> Harness {
    Harness::at_start(&WITH_HOOK).run([(open(""), ASKED), (Input::Org(form()), "-> Register form")])
}

#[test]
fn a_new_user_is_signed_in_at_once() {
    at_form().check([sends(), registered("enrolled"), org(required("t1", &["sms"]))], &expect![[r#"
        Registration Submit email=b@x.example firstName= Bruce  +15052694259 Smash-1962
            POST https://app.example/hook/registration {profile: {email: b@x.example, firstName: Bruce, mobilePhone: +15052694259}, password: Smash-1962} = Register form busy
        reply 201 ACTIVE
            POST /api/v1/authn {username: b@x.example, password: Smash-1962, options: {multiOptionalFactorEnroll: false, warnBeforePasswordExpired: true}} = Register form busy
        reply 200 MFA_REQUIRED t1
            -> MfaRequired Some(Sms)
    "#]]);
}

#[test]
fn the_sign_in_uses_the_user_name_that_was_created() {
    let values = [("email", "b@x.example"), ("login", " bruce "), ("firstName", "Bruce")];
    let submit = person(Intent::Registration(RegistrationIntent::Submit {
        values: values.map(|(name, text)| (name.to_owned(), text.to_owned())).to_vec(),
        phone: PhoneEntry::default(),
        password: Password::new("Smash-1962"),
    }));
    let created = Input::Org(told(201, json!({"login": "bruce", "status": "ACTIVE", "phoneFactor": "none"})));
    at_form().check([submit, created, Input::Org(error(401, "E0000004"))], &expect![[r#"
        Registration Submit email=b@x.example login= bruce  firstName=Bruce  Smash-1962
            POST https://app.example/hook/registration {profile: {email: b@x.example, login: bruce, firstName: Bruce}, password: Smash-1962} = Register form busy
        reply 201 ACTIVE
            POST /api/v1/authn {username: bruce, password: Smash-1962, options: {multiOptionalFactorEnroll: false, warnBeforePasswordExpired: true}} = Register form busy
        reply 401 E0000004
            -> Start bruce emptied !WrongCredentials
    "#]]);
}

#[test]
fn a_phone_that_could_not_be_set_up_is_told_on_the_next_step() {
    at_form().check([sends(), registered("failed"), org(required("t1", &["sms"]))], &expect![[r#"
        Registration Submit email=b@x.example firstName= Bruce  +15052694259 Smash-1962
            POST https://app.example/hook/registration {profile: {email: b@x.example, firstName: Bruce, mobilePhone: +15052694259}, password: Smash-1962} = Register form busy
        reply 201 ACTIVE
            POST /api/v1/authn {username: b@x.example, password: Smash-1962, options: {multiOptionalFactorEnroll: false, warnBeforePasswordExpired: true}} = Register form busy
        reply 200 MFA_REQUIRED t1
            -> MfaRequired Some(Sms) !PhoneNotEnrolled
    "#]]);
}

#[test]
fn a_first_sign_in_that_fails_leaves_the_name_in_the_start_form() {
    for (outcome, shown) in [
        (error(401, "E0000004"), "-> Start b@x.example emptied !WrongCredentials"),
        (Err(TransportError::TimedOut), "-> Start b@x.example !NoAnswer"),
    ] {
        at_form().run([(sends(), SENT), (registered("none"), SIGNS_IN), (Input::Org(outcome), shown)]);
    }
}

#[test]
fn what_is_missing_is_asked_for_and_nothing_is_sent() {
    at_form().check([typed(" ", "", ""), sends()], &expect![[r#"
        Registration Submit email=  firstName= Bruce
            = Register form email:Error(Required) password:Error(Required) !CheckFields
        Registration Submit email=b@x.example firstName= Bruce  +15052694259 Smash-1962
            POST https://app.example/hook/registration {profile: {email: b@x.example, firstName: Bruce, mobilePhone: +15052694259}, password: Smash-1962} = Register form busy
    "#]]);
}

#[test]
fn what_the_hook_refuses_is_said_where_it_was_typed() {
    let wrong = |field: &str, code: &str| {
        let errors = json!([{"field": field, "code": code, "title": "x"}]);
        let body = json!({"code": "invalid_fields", "errors": errors, "requestId": "r1"});
        Input::Org(json_response(400, body))
    };
    at_form().check(
        [
            sends(),
            wrong("email", "taken"),
            sends(),
            wrong("password", "password_policy"),
            sends(),
            wrong("mobilePhone", "invalid"),
            sends(),
            registered("none"),
        ],
        &expect![[r#"
            Registration Submit email=b@x.example firstName= Bruce  +15052694259 Smash-1962
                POST https://app.example/hook/registration {profile: {email: b@x.example, firstName: Bruce, mobilePhone: +15052694259}, password: Smash-1962} = Register form busy
            reply 400 invalid_fields
                = Register form email:Error(Taken) !CheckFields
            Registration Submit email=b@x.example firstName= Bruce  +15052694259 Smash-1962
                POST https://app.example/hook/registration {profile: {email: b@x.example, firstName: Bruce, mobilePhone: +15052694259}, password: Smash-1962} = Register form busy
            reply 400 invalid_fields
                = Register form password:Error(PasswordPolicy) emptied !CheckFields
            Registration Submit email=b@x.example firstName= Bruce  +15052694259 Smash-1962
                POST https://app.example/hook/registration {profile: {email: b@x.example, firstName: Bruce, mobilePhone: +15052694259}, password: Smash-1962} = Register form busy
            reply 400 invalid_fields
                = Register form mobilePhone:Error(Invalid) !CheckFields
            Registration Submit email=b@x.example firstName= Bruce  +15052694259 Smash-1962
                POST https://app.example/hook/registration {profile: {email: b@x.example, firstName: Bruce, mobilePhone: +15052694259}, password: Smash-1962} = Register form busy
            reply 201 ACTIVE
                POST /api/v1/authn {username: b@x.example, password: Smash-1962, options: {multiOptionalFactorEnroll: false, warnBeforePasswordExpired: true}} = Register form busy
        "#]],
    );
}

#[test]
fn what_was_wrong_with_a_field_ends_when_it_is_changed() {
    let edit = |name: &str| person(Intent::Registration(RegistrationIntent::Edit(name.to_owned())));
    at_form().then(typed(" ", "0505269", "")).check(
        [edit("firstName"), edit("email"), edit("mobilePhone"), edit("password"), edit("password")],
        &expect![[r#"
            Registration Edit firstName
                = Register form email:Error(Required) password:Error(Required) mobilePhone:Country ~CheckFields
            Registration Edit email
                = Register form password:Error(Required) mobilePhone:Country ~CheckFields
            Registration Edit mobilePhone
                = Register form password:Error(Required) ~CheckFields
            Registration Edit password
                = Register form ~CheckFields
            Registration Edit password
                = Register form ~CheckFields
        "#]],
    );
}

#[test]
fn trouble_keeps_what_was_typed_and_sends_nothing_again_by_itself() {
    let rate = json!({"code": "rate_limited", "retryAfter": 7});
    at_form().check(
        [
            sends(),
            Input::Org(Err(TransportError::Offline)),
            person(Intent::Retry),
            sends(),
            Input::Org(problem(503, "org_unreachable")),
            sends(),
            Input::Org(problem(403, "challenge_failed")),
            sends(),
            Input::Org(json_response(429, rate)),
            sends(),
            Input::Seconds(7),
            sends(),
        ],
        &expect![[r#"
            Registration Submit email=b@x.example firstName= Bruce  +15052694259 Smash-1962
                POST https://app.example/hook/registration {profile: {email: b@x.example, firstName: Bruce, mobilePhone: +15052694259}, password: Smash-1962} = Register form busy
            reply Offline
                = Register form !Offline or submit again
            Retry
                = Register form ~Offline or submit again
            Registration Submit email=b@x.example firstName= Bruce  +15052694259 Smash-1962
                POST https://app.example/hook/registration {profile: {email: b@x.example, firstName: Bruce, mobilePhone: +15052694259}, password: Smash-1962} = Register form busy
            reply 503 org_unreachable
                = Register form !Unreachable or submit again
            Registration Submit email=b@x.example firstName= Bruce  +15052694259 Smash-1962
                POST https://app.example/hook/registration {profile: {email: b@x.example, firstName: Bruce, mobilePhone: +15052694259}, password: Smash-1962} = Register form busy
            reply 403 challenge_failed
                = Register form !ChallengeFailed
            Registration Submit email=b@x.example firstName= Bruce  +15052694259 Smash-1962
                POST https://app.example/hook/registration {profile: {email: b@x.example, firstName: Bruce, mobilePhone: +15052694259}, password: Smash-1962} = Register form busy
            reply 429 rate_limited
                wait 1000 = Register form pause=7 !RateLimited
            Registration Submit email=b@x.example firstName= Bruce  +15052694259 Smash-1962
                = Register form pause=7 ~RateLimited
            7 s
                = Register form
            Registration Submit email=b@x.example firstName= Bruce  +15052694259 Smash-1962
                POST https://app.example/hook/registration {profile: {email: b@x.example, firstName: Bruce, mobilePhone: +15052694259}, password: Smash-1962} = Register form busy
        "#]],
    );
}

#[test]
fn a_form_that_does_not_come_can_be_asked_for_again_or_left() {
    Harness::at_start(&WITH_HOOK).check(
        [
            open("bruce"),
            Input::Org(Err(TransportError::Unreachable)),
            person(Intent::Retry),
            Input::Org(Err(TransportError::TimedOut)),
            person(Intent::Retry),
            Input::Org(told(200, json!({"fields": []}))),
            leave(""),
            open(""),
            leave(""),
        ],
        &expect![[r#"
            Registration Open bruce
                GET https://app.example/hook/registration -> Register bruce busy
            reply Unreachable
                = Register bruce !Unreachable or Retry
            Retry
                GET https://app.example/hook/registration = Register bruce busy
            reply TimedOut
                = Register bruce !NoAnswer or Retry
            Retry
                GET https://app.example/hook/registration = Register bruce busy
            reply 200
                = Register bruce !Unexpected or Retry
            Registration Leave
                -> Start bruce
            Registration Open
                GET https://app.example/hook/registration -> Register bruce busy
            Registration Leave
                abort -> Start bruce
        "#]],
    );
    let limited = json!({"code": "rate_limited", "retryAfter": 2});
    Harness::at_start(&WITH_HOOK).check(
        [open(""), Input::Org(json_response(429, limited)), Input::Seconds(2)],
        &expect![[r#"
            Registration Open
                GET https://app.example/hook/registration -> Register busy
            reply 429 rate_limited
                wait 1000 = Register pause=2 !RateLimited
            2 s
                GET https://app.example/hook/registration = Register busy
        "#]],
    );
}

#[test]
fn the_address_typed_comes_along_to_the_sign_in() {
    at_form().check(
        [leave(" b@x.example ")],
        &expect![[r#"
        Registration Leave  b@x.example
            -> Start b@x.example
    "#]],
    );
    let late = at_form().then(sends());
    let newest = late.newest();
    late.check(
        [leave("b@x.example"), Input::Late(newest, told(201, json!({"login": "b@x.example"})))],
        &expect![[r#"
        Registration Leave b@x.example
            abort -> Start b@x.example
        reply to request 2 201 b@x.example
            = Start b@x.example
    "#]],
    );
}

/// A harness whose page takes part.
fn with_page(options: &[(&str, &str)]) -> Harness {
    let mut settings = settings(options);
    settings.page_form = Some(Rc::new(Form::default()));
    Harness::of(settings).begun()
}

fn full() -> Input {
    let values = [("email", "b@x.example"), ("firstName", "Bruce"), ("lastName", "Banner")];
    person(Intent::Registration(RegistrationIntent::Submit {
        values: values.map(|(name, text)| (name.to_owned(), text.to_owned())).to_vec(),
        phone: PhoneEntry::default(),
        password: Password::new("Smash-1962"),
    }))
}

#[test]
fn without_a_hook_the_page_is_the_backend() {
    let harness = with_page(&[]).check([open(""), full()], &expect![[r#"
        Registration Open
            -> Register form
        Registration Submit email=b@x.example firstName=Bruce lastName=Banner  Smash-1962
            ask the page about {email: b@x.example, firstName: Bruce, lastName: Banner, password: Smash-1962} = Register form busy
    "#]]);
    let refusal = json!({"errorSummary": "Not you.", "errorCauses": [{"property": "email", "errorSummary": "No."}]});
    let answer = Input::Page(Err(refusal));
    let harness = harness.check([answer, full()], &expect![[r#"
        the page refuses {"errorCauses":[{"errorSummary":"No.","property":"email"}],"errorSummary":"Not you."}
            = Register form email:Text("No.") !PageRefused(Not you.)
        Registration Submit email=b@x.example firstName=Bruce lastName=Banner  Smash-1962
            ask the page about {email: b@x.example, firstName: Bruce, lastName: Banner, password: Smash-1962} = Register form busy
    "#]]);
    let answer = Input::Page(Ok(json!({"email": "c@x.example", "password": "Other-1962"})));
    let harness = harness.check(
        [answer],
        &expect![[r#"
        the page accepts {"email":"c@x.example","password":"Other-1962"}
            tell the page of c@x.example = Register form busy
    "#]],
    );
    let answer = Input::Page(Ok(json!(null)));
    harness.check([answer], &expect![[r#"
        the page accepts null
            POST /api/v1/authn {username: c@x.example, password: Other-1962, options: {multiOptionalFactorEnroll: false, warnBeforePasswordExpired: true}} = Register form busy
    "#]]);
}

#[test]
fn with_a_hook_the_page_may_add_the_proof_of_a_person() {
    let harness = with_page(&WITH_HOOK).then(open("")).then(Input::Org(form())).then(sends());
    let added = json!({"email": "b@x.example", "password": "Smash-1962", "challengeToken": "c1"});
    let answer = Input::Page(Ok(added));
    let harness = harness.check([answer, registered("none")], &expect![[r#"
        the page accepts {"challengeToken":"c1","email":"b@x.example","password":"Smash-1962"}
            POST https://app.example/hook/registration {profile: {email: b@x.example}, password: Smash-1962, challengeToken: c1} = Register form busy
        reply 201 ACTIVE
            tell the page of b@x.example = Register form busy
    "#]]);
    let answer = Input::Page(Err(json!({"errorSummary": "Wait for the mail."})));
    harness.check(
        [answer],
        &expect![[r#"
        the page refuses {"errorSummary":"Wait for the mail."}
            -> Start b@x.example !PageRefused(Wait for the mail.)
    "#]],
    );
}

#[test]
fn a_page_that_answers_late_or_twice_does_nothing() {
    let harness = with_page(&[]).then(open("")).then(full());
    let ticket = harness.asked();
    let accepts = || Input::Event(Event::PageReplied { ticket, outcome: Ok(Value::Null) });
    harness.check(
        [accepts(), accepts(), leave(""), accepts()],
        &expect![[r#"
        PageReplied { ticket: Ticket { generation: 3, purpose: PagePreSubmit }, outcome: Ok(null) }
            tell the page of b@x.example = Register form busy
        PageReplied { ticket: Ticket { generation: 3, purpose: PagePreSubmit }, outcome: Ok(null) }
            = Register form busy
        Registration Leave
            abort -> Start b@x.example
        PageReplied { ticket: Ticket { generation: 3, purpose: PagePreSubmit }, outcome: Ok(null) }
            = Start b@x.example
    "#]],
    );
}

const ASKS_FIRST: &str = "GET https://app.example/hook/session/start?redirect_to=https%3A%2F%2Fapp.example%2F%3Fa%3D1%26b%3D2 -> Leaving busy";
const EXCHANGED: &str = "POST https://app.example/hook/session {sessionToken: se&ss+1} = Leaving busy";

fn signed_in(options: &[(&str, &str)]) -> Harness {
    let options: Vec<_> = options.iter().chain(&WITH_HOOK).copied().collect();
    Harness::at_start(&options).then(person(crate::harness::sign_in("jeff", "pw")))
}

/// A hook that is no client of OpenID Connect.
fn no_start() -> Input {
    Input::Org(problem(404, "not_found"))
}

#[test]
fn the_browser_goes_by_way_of_a_hook_that_says_so() {
    let by_way = || Input::Org(done());
    signed_in(&[]).check([org(success()), by_way()], &expect![[r#"
        reply 200 SUCCESS
            GET https://app.example/hook/session/start?redirect_to=https%3A%2F%2Fapp.example%2F%3Fa%3D1%26b%3D2 -> Leaving busy
        reply 204
            go Get https://example.okta.com/login/sessionCookieRedirect?token=se%26ss%2B1&redirectUrl=https%3A%2F%2Fapp.example%2Fhook%2Fsession%2Fstart%3Fredirect_to%3Dhttps%253A%252F%252Fapp.example%252F%253Fa%253D1%2526b%253D2 with se&ss+1 = Leaving
    "#]]);
    signed_in(&[("session-redirect", "post")]).check([org(success()), by_way()], &expect![[r#"
        reply 200 SUCCESS
            GET https://app.example/hook/session/start?redirect_to=https%3A%2F%2Fapp.example%2F%3Fa%3D1%26b%3D2 -> Leaving busy
        reply 204
            go Post https://example.okta.com/login/sessionCookieRedirect with se&ss+1 = Leaving
    "#]]);
}

#[test]
fn a_hook_that_does_not_say_so_is_not_gone_to() {
    let leaves = LEAVES.replace("->", "=");
    for outcome in [
        Err(TransportError::Unreachable),
        Err(TransportError::TimedOut),
        problem(400, "invalid_fields"),
        problem(403, "origin_not_allowed"),
        problem(429, "rate_limited"),
        problem(502, "org_failed"),
        problem(504, "org_timed_out"),
    ] {
        signed_in(&[]).run([(org(success()), ASKS_FIRST), (Input::Org(outcome), &*leaves)]);
    }
}

#[test]
fn the_hook_is_given_the_session_token_and_gives_another() {
    let token = || Input::Org(told(200, json!({"cookieToken": "c&1", "expiresAt": "x", "user": {}})));
    signed_in(&[]).check([org(success()), no_start(), token()], &expect![[r#"
        reply 200 SUCCESS
            GET https://app.example/hook/session/start?redirect_to=https%3A%2F%2Fapp.example%2F%3Fa%3D1%26b%3D2 -> Leaving busy
        reply 404 not_found
            POST https://app.example/hook/session {sessionToken: se&ss+1} = Leaving busy
        reply 200 c&1
            go Get https://example.okta.com/login/sessionCookieRedirect?token=c%261&redirectUrl=https%3A%2F%2Fapp.example%2F%3Fa%3D1%26b%3D2 with c&1 = Leaving
    "#]]);
    signed_in(&[("session-redirect", "post")]).check(
        [org(success()), no_start(), token()],
        &expect![[r#"
            reply 200 SUCCESS
                GET https://app.example/hook/session/start?redirect_to=https%3A%2F%2Fapp.example%2F%3Fa%3D1%26b%3D2 -> Leaving busy
            reply 404 not_found
                POST https://app.example/hook/session {sessionToken: se&ss+1} = Leaving busy
            reply 200 c&1
                go Post https://example.okta.com/login/sessionCookieRedirect with c&1 = Leaving
        "#]],
    );
    signed_in(&[("session-redirect", "callback")]).check(
        [org(success())],
        &expect![[r#"
        reply 200 SUCCESS
            complete with se&ss+1 of jeff -> SignedIn
    "#]],
    );
}

#[test]
fn signing_in_does_not_depend_on_the_hook() {
    let leaves = LEAVES.replace("->", "=");
    for outcome in [
        Err(TransportError::Unreachable),
        Err(TransportError::Offline),
        problem(429, "rate_limited"),
        problem(403, "origin_not_allowed"),
        problem(503, "org_unreachable"),
    ] {
        signed_in(&[]).run([(org(success()), ASKS_FIRST), (no_start(), EXCHANGED), (Input::Org(outcome), &*leaves)]);
    }
}

#[test]
fn a_token_that_may_be_spent_is_not_used_again() {
    for (outcome, shown) in [
        (Err(TransportError::TimedOut), "-> Start jeff !NoAnswer"),
        (problem(401, "session_token_invalid"), "-> Start jeff !SignInTimedOut"),
        (problem(504, "org_timed_out"), "-> Start jeff !NoAnswer"),
        (problem(502, "org_failed"), "-> Start jeff !ServerError"),
        (told(200, json!({})), "-> Start jeff !Unexpected"),
    ] {
        signed_in(&[]).run([(org(success()), ASKS_FIRST), (no_start(), EXCHANGED), (Input::Org(outcome), shown)]);
    }
}

#[test]
fn requests_to_the_hook_stay_below_its_address() {
    assert!(HOOK.ends_with("/hook"));
    let links = Body::of("SUCCESS", "").with("sessionToken", "s1");
    signed_in(&[]).check(
        [org(links), no_start()],
        &expect![[r#"
            reply 200 SUCCESS
                GET https://app.example/hook/session/start?redirect_to=https%3A%2F%2Fapp.example%2F%3Fa%3D1%26b%3D2 -> Leaving busy
            reply 404 not_found
                POST https://app.example/hook/session {sessionToken: s1} = Leaving busy
        "#]],
    );
}
