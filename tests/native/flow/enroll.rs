//! Setting up Google Authenticator, and leaving the optional ones out.

use crate::answers::{activate, enroll, error, success};
use crate::stage::{LEAVES, Stage, Turn, activation, org, person};
use okta_authn_widget::flow::{Event, Intent};

#[test]
fn google_authenticator_is_set_up_from_the_list() {
    let proved = "POST /api/v1/authn/factors/totp1/lifecycle/activate {stateToken: t2, passCode: 123456} = MfaEnrollActivate GoogleTotp with image busy";
    Stage::at(enroll("t1", false)).play([
        (person(Intent::Enroll(5)), "= MfaEnroll"),
        (
            person(Intent::Enroll(0)),
            "POST /api/v1/authn/factors {stateToken: t1, factorType: token:software:totp, provider: GOOGLE} = MfaEnroll busy",
        ),
        (org(activate("t2")), "-> MfaEnrollActivate GoogleTotp with image"),
        (person(Intent::CopyKey), "copy JBSWY3DPEHPK3PXP = MfaEnrollActivate GoogleTotp with image"),
        (Turn::Event(Event::Copied), "= MfaEnrollActivate GoogleTotp with image !KeyCopied"),
        (person(activation(" ")), "= MfaEnrollActivate GoogleTotp with image !Missing(Passcode)"),
        (person(activation("123 456")), proved),
        (Turn::Org(error(403, "E0000068")), "= MfaEnrollActivate GoogleTotp with image emptied !WrongCode #oae1"),
        (person(activation("123456")), proved),
        (org(enroll("t3", true).link("skip", "authn/skip")), "-> MfaEnroll"),
        (person(Intent::Skip), "POST /api/v1/authn/skip {stateToken: t3} = MfaEnroll busy"),
        (
            org(success()),
            LEAVES,
        ),
    ]);
}

#[test]
fn nothing_is_skipped_that_the_org_does_not_let_go() {
    let stage = Stage::at(enroll("t1", false)).play([(person(Intent::Skip), "= MfaEnroll")]);
    assert!(!stage.screen().step.offers("skip"));
    let stage = Stage::at(enroll("t1", true).link("skip", "authn/skip"));
    assert!(stage.screen().step.offers("skip"));
}

#[test]
fn back_leads_to_the_list_by_the_orgs_word() {
    Stage::at(activate("t2")).play([
        (
            person(Intent::Back),
            "POST /api/v1/authn/previous {stateToken: t2} = MfaEnrollActivate GoogleTotp with image busy",
        ),
        (org(enroll("t3", false)), "-> MfaEnroll"),
    ]);
}
