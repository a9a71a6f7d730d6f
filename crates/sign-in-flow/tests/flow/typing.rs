//! What ends with typing, and with a network that is back: notices about what was typed, and about being offline. Not
//! here: what is sent of what was typed.

use crate::harness::{Harness, Input, code, new_password, org, person, send_code, sign_in};
use crate::hook::{HOOK, factor, factors};
use crate::responses::{challenge, error, required};
use expect_test::expect;
use okta_authn::TransportError;
use sign_in_flow::{Event, FieldName, Intent, ManageIntent, NoticeKind};

fn told_kind(harness: &Harness) -> Option<NoticeKind> {
    harness.screen().notice.as_ref().map(|notice| notice.kind.clone())
}

fn online() -> Input {
    Input::Event(Event::Online)
}

#[test]
fn typing_ends_what_was_said_about_the_text() {
    let start = || Harness::at_start(&[]).then(person(sign_in("jeff", "pw")));
    let sms = || Harness::at(required("t1", &["sms"])).then(person(send_code())).then(org(challenge("t2", "sms")));
    let proved = |status, error_code| sms().then(person(code("123456"))).then(Input::Org(error(status, error_code)));
    let warned = || Harness::at(crate::states::password("PASSWORD_WARN", "t1"));
    for (harness, kind) in [
        (Harness::at_start(&[]).then(person(sign_in("", "pw"))), NoticeKind::Missing(FieldName::Username)),
        (start().then(Input::Org(error(401, "E0000004"))), NoticeKind::WrongCredentials),
        (proved(403, "E0000068"), NoticeKind::WrongCode),
        (proved(403, "E0000082"), NoticeKind::CodeUsed),
        (proved(400, "E0000135"), NoticeKind::Org("Cause".to_owned())),
        (warned().then(person(new_password("old", "new", "other"))), NoticeKind::PasswordMismatch),
    ] {
        assert_eq!(told_kind(&harness), Some(kind.clone()));
        let step = harness.screen().step_id;
        let harness = harness.then(person(Intent::Edit));
        assert_eq!((told_kind(&harness), harness.screen().step_id), (None, step), "{kind:?}");
    }
}

#[test]
fn typing_ends_nothing_else() {
    let start = || Harness::at_start(&[]).then(person(sign_in("jeff", "pw")));
    for (harness, kind) in [
        (start().then(Input::Org(error(429, "E0000047"))), NoticeKind::RateLimited),
        (start().then(Input::Org(error(401, "E0000069"))), NoticeKind::LockedOut { may_unlock: false }),
        (start().then(Input::Org(Err(TransportError::TimedOut))), NoticeKind::NoAnswer),
        (start().then(Input::Org(error(500, "E0000009"))), NoticeKind::ServerError),
    ] {
        assert_eq!(told_kind(&harness), Some(kind.clone()));
        assert_eq!(told_kind(&harness.then(person(Intent::Edit))), Some(kind));
    }
    // A prompt is read while the PIN is typed.
    let pin = Harness::at(required("t1", &["rsa"])).then(person(code("1"))).then(Input::Org(error(403, "E0000113")));
    let prompt = told_kind(&pin);
    assert!(matches!(prompt, Some(NoticeKind::NewPinWanted(_))), "{prompt:?}");
    let pin = pin.then(person(Intent::Edit));
    assert_eq!(told_kind(&pin), prompt);
    // The same error for the PIN asks for the token's next code.
    let next = pin.then(person(code("5678"))).then(Input::Org(error(403, "E0000113")));
    assert!(matches!(told_kind(&next), Some(NoticeKind::NextCodeWanted(_))));
}

#[test]
fn offline_is_over_when_the_network_is_back() {
    let offline = || Input::Org(Err(TransportError::Offline));
    let sms = || Harness::at(required("t1", &["sms"])).then(person(send_code()));
    let list = || Harness::manage(HOOK).begun().then(Input::Org(factors(&[factor("sms1", "sms", "ACTIVE")])));
    for harness in [
        Harness::at_start(&[]).then(person(sign_in("jeff", "pw"))),
        sms(),
        sms().then(org(challenge("t2", "sms"))).then(person(code("123456"))),
        list().then(person(Intent::Manage(ManageIntent::Add))),
    ] {
        let mut harness = harness.then(offline());
        assert_eq!(told_kind(&harness), Some(NoticeKind::Offline));
        assert_eq!(harness.input(online()), [], "nothing is sent by itself where something can be pressed");
        assert_eq!(told_kind(&harness), None);
    }
    // Other notices stay.
    let mut slow = Harness::at_start(&[]).then(person(sign_in("jeff", "pw")));
    slow.input(Input::Org(Err(TransportError::TimedOut)));
    slow.input(online());
    assert_eq!(told_kind(&slow), Some(NoticeKind::NoAnswer));
}

#[test]
fn where_nothing_can_be_pressed_the_request_is_sent_again() {
    Harness::manage(HOOK).begun().then(Input::Org(Err(TransportError::Offline))).check(
        [online()],
        &expect![[r#"
        Online
            GET https://app.example/hook/factors = Loading busy
    "#]],
    );
}
