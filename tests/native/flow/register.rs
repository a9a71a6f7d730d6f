//! Signing up: the form, what is wrong with it, and straight into the sign-in; with a hook, with the page's own
//! code, and with both.

use crate::answers::{Body, error, json_answer, required, success};
use crate::hook::{HOOK, WITH_HOOK, form, problem, told};
use crate::stage::{LEAVES, Stage, Turn, org, person, settings};
use okta_authn_widget::authn::wire::Value;
use okta_authn_widget::authn::{Password, TransportError};
use okta_authn_widget::flow::{Event, Intent, SignUp};
use okta_authn_widget::hook::Form;
use serde_json::json;
use std::rc::Rc;

const ASKED: &str = "GET https://app.example/hook/registration -> Register busy";
const SENT: &str = "POST https://app.example/hook/registration {profile: {email: b@x.example, firstName: Bruce, mobilePhone: +15052694259}, password: Smash-1962} = Register form busy";
const SIGNS_IN: &str = "POST /api/v1/authn {username: b@x.example, password: Smash-1962, options: {multiOptionalFactorEnroll: false, warnBeforePasswordExpired: true}} = Register form busy";

fn open(username: &str) -> Turn {
    person(Intent::SignUp(SignUp::Open { username: username.to_owned() }))
}

fn leave(username: &str) -> Turn {
    person(Intent::SignUp(SignUp::Leave { username: username.to_owned() }))
}

fn typed(email: &str, phone: &str, password: &str) -> Turn {
    let typed = [("email", email), ("firstName", " Bruce ")];
    person(Intent::SignUp(SignUp::Send {
        typed: typed.map(|(name, text)| (name.to_owned(), text.to_owned())).to_vec(),
        phone: phone.to_owned(),
        password: Password::new(password),
    }))
}

fn sends() -> Turn {
    typed("b@x.example", "+15052694259", "Smash-1962")
}

fn registered(phone: &str) -> Turn {
    Turn::Org(told(201, json!({"login": "b@x.example", "status": "ACTIVE", "phoneFactor": phone})))
}

fn at_form() -> Stage {
    Stage::at_start(&WITH_HOOK).play([(open(""), ASKED), (Turn::Org(form()), "-> Register form")])
}

#[test]
fn a_new_user_is_signed_in_at_once() {
    at_form().play([
        (sends(), SENT),
        (registered("enrolled"), SIGNS_IN),
        (org(required("t1", &["sms"])), "-> MfaRequired Some(Sms)"),
    ]);
}

#[test]
fn a_phone_that_could_not_be_set_up_is_told_on_the_next_step() {
    at_form().play([
        (sends(), SENT),
        (registered("failed"), SIGNS_IN),
        (org(required("t1", &["sms"])), "-> MfaRequired Some(Sms) !PhoneNotEnrolled"),
    ]);
}

#[test]
fn a_first_sign_in_that_fails_leaves_the_name_in_the_start_form() {
    for (outcome, shown) in [
        (error(401, "E0000004"), "-> Start b@x.example emptied !WrongCredentials #oae1"),
        (Err(TransportError::TimedOut), "-> Start b@x.example !NoAnswer or submit again"),
    ] {
        at_form().play([(sends(), SENT), (registered("none"), SIGNS_IN), (Turn::Org(outcome), shown)]);
    }
}

#[test]
fn what_is_missing_is_asked_for_and_nothing_is_sent() {
    at_form().play([
        (typed(" ", "", ""), "= Register form email:Fault(Required) password:Fault(Required) !CheckFields"),
        (sends(), SENT),
    ]);
}

#[test]
fn what_the_hook_refuses_is_said_where_it_was_typed() {
    let wrong = |field: &str, code: &str| {
        let errors = json!([{"field": field, "code": code, "title": "x"}]);
        let body = json!({"code": "invalid_fields", "errors": errors, "requestId": "r1"});
        Turn::Org(json_answer(400, body))
    };
    at_form().play([
        (sends(), SENT),
        (wrong("email", "taken"), "= Register form email:Fault(Taken) !CheckFields"),
        (sends(), SENT),
        (wrong("password", "password_policy"), "= Register form password:Fault(PasswordPolicy) emptied !CheckFields"),
        (sends(), SENT),
        (wrong("mobilePhone", "invalid"), "= Register form mobilePhone:Fault(Invalid) !CheckFields"),
        (sends(), SENT),
        (registered("none"), SIGNS_IN),
    ]);
}

#[test]
fn trouble_keeps_what_was_typed_and_sends_nothing_again_by_itself() {
    let rate = json!({"code": "rate_limited", "retryAfter": 7});
    at_form().play([
        (sends(), SENT),
        (Turn::Org(Err(TransportError::Offline)), "= Register form !Offline or submit again"),
        (person(Intent::Retry), "= Register form ~Offline or submit again"),
        (sends(), SENT),
        (Turn::Org(problem(503, "org_unreachable")), "= Register form !Unreachable #r1 or submit again"),
        (sends(), SENT),
        (Turn::Org(problem(403, "challenge_failed")), "= Register form !ChallengeFailed #r1"),
        (sends(), SENT),
        (Turn::Org(json_answer(429, rate)), "wait 1000 = Register form pause=7 !RateLimited"),
        (sends(), "= Register form pause=7 ~RateLimited"),
        (Turn::Seconds(7), "= Register form"),
        (sends(), SENT),
    ]);
}

#[test]
fn a_form_that_does_not_come_can_be_asked_for_again_or_left() {
    Stage::at_start(&WITH_HOOK).play([
        (open("bruce"), "GET https://app.example/hook/registration -> Register bruce busy"),
        (Turn::Org(Err(TransportError::Unreachable)), "= Register bruce !Unreachable or Retry"),
        (person(Intent::Retry), "GET https://app.example/hook/registration = Register bruce busy"),
        (Turn::Org(Err(TransportError::TimedOut)), "= Register bruce !NoAnswer or Retry"),
        (person(Intent::Retry), "GET https://app.example/hook/registration = Register bruce busy"),
        (Turn::Org(told(200, json!({"fields": []}))), "= Register bruce !Unexpected or Retry"),
        (leave(""), "-> Start bruce"),
        (open(""), "GET https://app.example/hook/registration -> Register bruce busy"),
        (leave(""), "abort -> Start bruce"),
    ]);
    let limited = json!({"code": "rate_limited", "retryAfter": 2});
    Stage::at_start(&WITH_HOOK).play([
        (open(""), ASKED),
        (Turn::Org(json_answer(429, limited)), "wait 1000 = Register pause=2 !RateLimited"),
        (Turn::Seconds(2), "GET https://app.example/hook/registration = Register busy"),
    ]);
}

#[test]
fn the_address_typed_comes_along_to_the_sign_in() {
    at_form().play([(leave(" b@x.example "), "-> Start b@x.example")]);
    let late = at_form().then(sends());
    let newest = late.newest();
    late.play([
        (leave("b@x.example"), "abort -> Start b@x.example"),
        (Turn::Late(newest, told(201, json!({"login": "b@x.example"}))), "= Start b@x.example"),
    ]);
}

/// A stage whose page takes part.
fn with_page(options: &[(&str, &str)]) -> Stage {
    let mut settings = settings(options);
    settings.page_form = Some(Rc::new(Form::default()));
    Stage::of(settings).begun()
}

fn page(asked: &Stage, outcome: Result<serde_json::Value, serde_json::Value>) -> Turn {
    let wire = |value: serde_json::Value| -> Value { serde_json::from_value(value).unwrap() };
    let ticket = asked.asked();
    Turn::Event(Event::PageAnswered { ticket, outcome: outcome.map(wire).map_err(wire) })
}

const TO_PAGE: &str =
    "ask the page about {email: b@x.example, firstName: Bruce, lastName: Banner, password: Smash-1962}";

fn full() -> Turn {
    let typed = [("email", "b@x.example"), ("firstName", "Bruce"), ("lastName", "Banner")];
    person(Intent::SignUp(SignUp::Send {
        typed: typed.map(|(name, text)| (name.to_owned(), text.to_owned())).to_vec(),
        phone: String::new(),
        password: Password::new("Smash-1962"),
    }))
}

#[test]
fn without_a_hook_the_page_is_the_backend() {
    let stage =
        with_page(&[]).play([(open(""), "-> Register form"), (full(), &*[TO_PAGE, " = Register form busy"].concat())]);
    let refusal = json!({"errorSummary": "Not you.", "errorCauses": [{"property": "email", "errorSummary": "No."}]});
    let answer = page(&stage, Err(refusal));
    let stage = stage.play([
        (answer, "= Register form email:Words(\"No.\") !PageRefused(Not you.)"),
        (full(), &*[TO_PAGE, " = Register form busy"].concat()),
    ]);
    let answer = page(&stage, Ok(json!({"email": "c@x.example", "password": "Other-1962"})));
    let stage = stage.play([(answer, "tell the page of c@x.example = Register form busy")]);
    let answer = page(&stage, Ok(json!(null)));
    stage.play([(
        answer,
        "POST /api/v1/authn {username: c@x.example, password: Other-1962, options: {multiOptionalFactorEnroll: false, warnBeforePasswordExpired: true}} = Register form busy",
    )]);
}

#[test]
fn with_a_hook_the_page_may_add_the_proof_of_a_person() {
    let stage = with_page(&WITH_HOOK).then(open("")).then(Turn::Org(form())).then(sends());
    let added = json!({"email": "b@x.example", "password": "Smash-1962", "challengeToken": "c1"});
    let answer = page(&stage, Ok(added));
    let stage = stage.play([
        (answer, "POST https://app.example/hook/registration {profile: {email: b@x.example}, password: Smash-1962, challengeToken: c1} = Register form busy"),
        (registered("none"), "tell the page of b@x.example = Register form busy"),
    ]);
    let answer = page(&stage, Err(json!({"errorSummary": "Wait for the mail."})));
    stage.play([(answer, "-> Start b@x.example !PageRefused(Wait for the mail.)")]);
}

#[test]
fn a_page_that_answers_late_or_twice_does_nothing() {
    let stage = with_page(&[]).then(open("")).then(full());
    let (answer, again) = (page(&stage, Ok(json!(null))), page(&stage, Ok(json!(null))));
    let late = page(&stage, Ok(json!(null)));
    stage.play([
        (answer, "tell the page of b@x.example = Register form busy"),
        (again, "= Register form busy"),
        (leave(""), "abort -> Start b@x.example"),
        (late, "= Start b@x.example"),
    ]);
}

const EXCHANGED: &str = "POST https://app.example/hook/session {sessionToken: se&ss+1} -> Leaving busy";

fn signed_in(options: &[(&str, &str)]) -> Stage {
    let options: Vec<_> = options.iter().chain(&WITH_HOOK).copied().collect();
    Stage::at_start(&options).then(person(crate::stage::sign_in("jeff", "pw")))
}

#[test]
fn the_hook_is_given_the_session_token_and_gives_another() {
    let token = || Turn::Org(told(200, json!({"cookieToken": "c&1", "expiresAt": "x", "user": {}})));
    signed_in(&[]).play([
        (org(success()), EXCHANGED),
        (token(), "go Get https://example.okta.com/login/sessionCookieRedirect?token=c%261&redirectUrl=https%3A%2F%2Fapp.example%2F%3Fa%3D1%26b%3D2 with c&1 = Leaving"),
    ]);
    signed_in(&[("session-redirect", "post")]).play([
        (org(success()), EXCHANGED),
        (token(), "go Post https://example.okta.com/login/sessionCookieRedirect with c&1 = Leaving"),
    ]);
    signed_in(&[("session-redirect", "callback")]).play([(org(success()), "hand over se&ss+1 of jeff -> SignedIn")]);
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
        signed_in(&[]).play([(org(success()), EXCHANGED), (Turn::Org(outcome), &*leaves)]);
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
        signed_in(&[]).play([(org(success()), EXCHANGED), (Turn::Org(outcome), shown)]);
    }
}

#[test]
fn requests_to_the_hook_stay_below_its_address() {
    assert!(HOOK.ends_with("/hook"));
    let links = Body::of("SUCCESS", "").with("sessionToken", "s1");
    signed_in(&[]).play([(org(links), "POST https://app.example/hook/session {sessionToken: s1} -> Leaving busy")]);
}
