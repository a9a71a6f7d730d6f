//! Every factor of a list can be reached and proved by its own link, whatever stands beside it, and the first one that
//! can be used is chosen. Not here: what one factor asks.

use crate::harness::{Harness, Input, code, org, person, send_code};
use crate::responses::{Body, FACTOR_NAMES, ORG, factor, link, required};
use crate::transcript;
use serde_json::{Value, json};
use sign_in_flow::factor_method::{VerifyMethod, verify_method};
use sign_in_flow::transaction::verify::{ChooseFactor, VerifyStep};
use sign_in_flow::{Effect, Intent, Step, TransactionStep};

/// Enrolled factors, each with an id of its own.
fn listed(names: &[&str]) -> Vec<Value> {
    let item = |(place, name): (usize, &&str)| {
        let prefix = if *name == "push" { "opf" } else { *name };
        let id = format!("{prefix}-{place}");
        let mut item = factor(name);
        item["id"] = json!(id);
        item["_links"] = json!({"verify": link(&format!("authn/factors/{id}/verify"))});
        item
    };
    names.iter().enumerate().map(item).collect()
}

fn body(factors: &[Value]) -> Body {
    Body::of("MFA_REQUIRED", "t1").embed("factors", json!(factors))
}

fn list(harness: &Harness) -> ChooseFactor {
    match harness.step() {
        Step::Transaction(TransactionStep::Verify(verify)) => match &verify.step {
            VerifyStep::Choose(list) => (**list).clone(),
            VerifyStep::Challenge(_) => panic!("a challenge"),
        },
        other => panic!("{other:?}"),
    }
}

/// Where the requests go that an intent sends.
fn requests(harness: &mut Harness, intent: Intent) -> Vec<String> {
    let effects = harness.input(person(intent));
    let sent = effects.into_iter().filter_map(|effect| match effect {
        Effect::Send { request, .. } => Some(request.url().replace(ORG, "")),
        _ => None,
    });
    sent.collect()
}

/// The links that are followed for the factors of a list, by choosing each of them in turn.
fn reached(body: &Body) -> Vec<String> {
    let mut links = Vec::new();
    let begin = || Harness::at(body.clone());
    for place in 0..list(&begin()).factors.len() {
        let mut harness = begin().then(person(Intent::Choose(place)));
        let step = list(&harness);
        assert_eq!(step.chosen, place);
        let way = verify_method(step.factor().unwrap().kind());
        links.extend(match way {
            VerifyMethod::Gone | VerifyMethod::Unknown => Vec::new(),
            VerifyMethod::Code | VerifyMethod::Answer | VerifyMethod::Password => {
                requests(&mut harness, code("123456"))
            }
            _ => requests(&mut harness, send_code()),
        });
        if way == VerifyMethod::Push && step.app_code.is_some() {
            let mut harness = begin().then(person(Intent::Choose(place)));
            links.extend(requests(&mut harness, code("123456")));
        }
    }
    links.sort();
    links.dedup();
    links
}

fn expected(factors: &[Value]) -> Vec<String> {
    let is_usable = |factor: &&Value| !["u2f", "carrier pigeon"].contains(&factor["factorType"].as_str().unwrap());
    let mut links: Vec<_> = factors
        .iter()
        .filter(is_usable)
        .map(|factor| format!("/api/v1/authn/factors/{}/verify", factor["id"].as_str().unwrap()))
        .collect();
    links.sort();
    links
}

#[test]
fn each_factor_is_proved_by_its_own_link_whatever_stands_beside_it() {
    for one in FACTOR_NAMES {
        for other in FACTOR_NAMES {
            for third in ["push", "okta-totp", "sms"] {
                let factors = listed(&[one, other, third]);
                assert_eq!(reached(&body(&factors)), expected(&factors), "{one}, {other}, {third}");
            }
        }
    }
}

#[test]
fn two_phones_with_two_codes() {
    let factors = listed(&["push", "okta-totp", "push", "okta-totp"]);
    assert_eq!(reached(&body(&factors)), expected(&factors));
}

#[test]
fn what_needs_no_choice_is_proved_by_its_type() {
    let by_type = |kind: &str| {
        let next = link(&format!("authn/factors/{kind}/verify"));
        json!({"factorType": kind, "_links": {"next": next}})
    };
    let types = ["token:software:totp", "webauthn", "sms", "push"].map(by_type);
    let names = ["push", "okta-totp", "push", "okta-totp", "webauthn", "webauthn", "sms", "sms", "totp"];
    let factors = listed(&names);
    let body = body(&factors).embed("factorTypes", json!(types));
    let own = |place: usize| format!("/api/v1/authn/factors/{}/verify", factors[place]["id"].as_str().unwrap());
    let kind = |kind: &str| format!("/api/v1/authn/factors/{kind}/verify");
    let mut links = vec![own(0), own(2), own(6), own(7), own(8), kind("token:software:totp"), kind("webauthn")];
    links.sort();
    assert_eq!(reached(&body), links);
}

#[test]
fn a_running_challenge_is_left_for_each_of_the_others() {
    let factors = listed(&["sms", "sms", "push", "okta-totp"]);
    let body = body(&factors);
    for (from, chosen) in factors.iter().enumerate().take(3) {
        for to in 0..3 {
            let mut challenged = chosen.clone();
            challenged["_links"] = json!({});
            let path = format!("authn/factors/{}/verify", chosen["id"].as_str().unwrap());
            let challenge = Body::of("MFA_CHALLENGE", "t2")
                .embed("factor", challenged)
                .next("verify", &path)
                .link("prev", "authn/previous");
            let harness = Harness::at(body.clone()).then(person(Intent::Choose(from))).then(person(send_code()));
            let harness = harness.then(org(challenge)).then(person(Intent::Choose(to))).then(org(body.clone()));
            assert_eq!(list(&harness).chosen, to, "{from} to {to}");
        }
    }
}

/// The code of an app is typed while another of its pushes is waited for.
#[test]
fn a_code_instead_of_a_push_goes_on_from_that_push() {
    let factors = listed(&["push", "push", "okta-totp"]);
    let body = body(&factors);
    let mut pushed = factors[1].clone();
    pushed["_links"] = json!({});
    let challenge = Body::of("MFA_CHALLENGE", "t2")
        .embed("factor", pushed)
        .with("factorResult", "WAITING")
        .next("poll", "authn/factors/opf-1/verify")
        .link("prev", "authn/previous");
    let harness = Harness::at(body.clone()).then(person(Intent::Choose(1))).then(person(send_code()));
    let mut harness = harness.then(org(challenge)).then(person(code("123456")));
    let before = harness.shown();
    let effects = harness.input(org(body.with("stateToken", "t3")));
    assert_eq!(
        transcript::line(&effects, &before, &harness.shown()),
        "POST /api/v1/authn/factors/okta-totp-2/verify {stateToken: t3, passCode: 123456} -> MfaRequired Some(Push) busy"
    );
    assert_eq!(list(&harness).chosen, 1);
}

#[test]
fn the_first_factor_that_can_be_used_is_chosen() {
    let foreign = |mut factor: Value| {
        factor["_links"]["verify"]["href"] = json!("https://acme.okta.com/api/v1/authn/factors/x/verify");
        factor
    };
    let linkless = |mut factor: Value| {
        factor["_links"] = json!({});
        factor
    };
    let of = |names: &[&str]| listed(names);
    let [sms, totp] = [listed(&["sms"]).remove(0), listed(&["totp"]).remove(0)];
    for (factors, chosen) in [
        (of(&["sms", "totp"]), 0),
        (of(&["pigeon", "sms"]), 1),
        (of(&["u2f", "pigeon", "totp", "sms"]), 2),
        (vec![foreign(sms.clone()), totp.clone()], 1),
        (vec![linkless(sms.clone()), totp.clone()], 1),
        (vec![foreign(sms.clone()), linkless(totp.clone())], 0),
        (of(&["pigeon", "u2f"]), 0),
    ] {
        let harness = Harness::at(body(&factors));
        assert_eq!(list(&harness).chosen, chosen, "{factors:?}");
        assert_eq!(list(&harness).factors.len(), factors.len(), "the others stay in the list");
    }
}

#[test]
fn a_link_to_another_address_of_the_org_is_followed_where_the_page_names_it() {
    let mut factors = listed(&["sms"]);
    factors[0]["_links"]["verify"]["href"] = json!("https://acme.okta.com/api/v1/authn/factors/sms-0/verify");
    let at = |options: &[(&str, &str)]| {
        Harness::at_start(options).then(person(crate::harness::sign_in("jeff", "pw"))).then(org(body(&factors)))
    };
    let mut refused = at(&[]);
    let before = refused.shown();
    let effects = refused.input(person(send_code()));
    let line = transcript::line(&effects, &before, &refused.shown());
    assert_eq!(line, "report = MfaRequired Some(Sms) !UntrustedLink(https://acme.okta.com)");
    let mut followed = at(&[("org-origins", "https://acme.okta.com")]);
    assert_eq!(requests(&mut followed, send_code()), ["/api/v1/authn/factors/sms-0/verify"]);
}

#[test]
fn one_text_does_not_hold_back_the_other() {
    let factors = listed(&["sms", "sms"]);
    let harness = Harness::at(body(&factors)).then(person(send_code()));
    let harness = harness.then(Input::Org(crate::responses::error(429, "E0000109")));
    assert_eq!(harness.screen().resend_in, Some(30));
    let harness = harness.then(person(Intent::Choose(1)));
    assert_eq!(harness.screen().resend_in, None);
    assert_eq!(required("t1", &["sms"]).0["status"], "MFA_REQUIRED");
}
