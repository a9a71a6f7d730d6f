//! Links: none is followed out of the org, every request has the newest token, and a button needs its link.

use crate::answers::{Body, activate, challenge, enroll, required, success};
use crate::stage::{Stage, Turn, activation, code, org, person, send_code};
use okta_authn_widget::flow::Intent;

#[test]
fn links_to_another_origin_are_refused_by_name() {
    let told = |shown: &str| format!("= {shown} !UntrustedLink(https://evil.example)");
    for (body, relation, intent, shown) in [
        (required("t1", &["sms"]), "verify", send_code(), "MfaRequired Some(Sms)"),
        (required("t1", &["totp"]), "verify", code("1"), "MfaRequired Some(GoogleTotp)"),
        (challenge("t1", "sms"), "next", code("1"), "MfaChallenge Sms"),
        (challenge("t1", "sms"), "resend", Intent::Resend, "MfaChallenge Sms"),
        (challenge("t1", "sms"), "prev", Intent::Back, "MfaChallenge Sms"),
        (challenge("t1", "sms"), "prev", Intent::Choose(0), "MfaChallenge Sms"),
        (enroll("t1", false), "enroll", Intent::Enroll(0), "MfaEnroll"),
        (enroll("t1", false).link("skip", "authn/skip"), "skip", Intent::Skip, "MfaEnroll"),
        (activate("t1"), "next", activation("1"), "MfaEnrollActivate GoogleTotp with image"),
        (activate("t1"), "prev", Intent::Back, "MfaEnrollActivate GoogleTotp with image"),
    ] {
        let stage = Stage::at(body.abroad(relation)).then(Turn::Seconds(30));
        stage.play([(person(intent), &*told(shown))]);
    }
}

#[test]
fn a_foreign_cancel_is_not_told_but_the_person_leaves() {
    Stage::at(challenge("t1", "sms").abroad("cancel")).play([(person(Intent::Cancel), "-> Start jeff")]);
}

#[test]
fn a_foreign_image_is_not_loaded() {
    let stage = Stage::at(enroll("t1", false)).then(person(Intent::Enroll(0)));
    stage.play([(org(activate("t2").abroad("qrcode")), "-> MfaEnrollActivate GoogleTotp")]);
}

#[test]
fn every_request_has_the_newest_token() {
    let verify = "POST /api/v1/authn/factors/sms1/verify";
    Stage::at(required("t1", &["sms"])).play([
        (person(send_code()), &*format!("{verify} {{stateToken: t1}} = MfaRequired Some(Sms) busy")),
        (org(challenge("t2", "sms")), "wait 1000 -> MfaChallenge Sms resend=30"),
        (Turn::Seconds(30), "= MfaChallenge Sms"),
        (person(Intent::Resend), &format!("{verify}/resend {{stateToken: t2}} = MfaChallenge Sms busy")),
        (org(challenge("t3", "sms")), "wait 1000 = MfaChallenge Sms resend=30 !CodeSent"),
        (person(code("1")), &format!("{verify} {{stateToken: t3, passCode: 1}} = MfaChallenge Sms busy resend=30")),
        (org(enroll("t4", false)), "-> MfaEnroll"),
        (
            person(Intent::Enroll(0)),
            "POST /api/v1/authn/factors {stateToken: t4, factorType: token:software:totp, provider: GOOGLE} = MfaEnroll busy",
        ),
        (org(activate("t5")), "-> MfaEnrollActivate GoogleTotp with image"),
        (
            person(Intent::Back),
            "POST /api/v1/authn/previous {stateToken: t5} = MfaEnrollActivate GoogleTotp with image busy",
        ),
        (org(enroll("t6", false)), "-> MfaEnroll"),
        (person(Intent::Cancel), "POST /api/v1/authn/cancel {stateToken: t6} -> Start jeff"),
    ]);
}

/// The body of one state with none of its links, or without the token to follow them.
#[test]
fn what_has_no_link_or_no_token_is_not_offered_and_does_nothing() {
    let bare = |body: Body, links: &[&str]| links.iter().fold(body, |body, relation| body.without(relation));
    let tokenless = |mut body: Body| {
        body.0.as_object_mut().unwrap().remove("stateToken");
        body
    };
    let all = ["next", "prev", "resend", "skip", "cancel"];
    for body in [challenge("t1", "sms"), activate("t1"), enroll("t1", false).link("skip", "authn/skip")] {
        for body in [bare(body.clone(), &all), tokenless(body)] {
            let mut stage = Stage::at(body);
            for relation in all {
                assert!(!stage.screen().step.offers(relation), "{relation}");
            }
            for intent in [code("1"), activation("1"), Intent::Back, Intent::Resend, Intent::Skip] {
                assert_eq!(stage.turn(person(intent.clone())), [], "{intent:?}");
            }
        }
    }
    assert!(!Stage::at(success()).screen().step.offers("cancel"));
}
