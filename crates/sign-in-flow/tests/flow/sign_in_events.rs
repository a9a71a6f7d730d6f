//! What the page's own code is told: steps, failures, the end by the person, and the success before the browser leaves.
//! Not here: DOM events, or the result for the page's own code.

use crate::harness::{Harness, Input, code, new_password, open_recovery, org, person, sign_in};
use crate::hook::{HOOK, WITH_HOOK, form, problem};
use crate::responses::{error, required, session, success};
use crate::settings::settings;
use crate::situations::{SITUATIONS, intents};
use okta_authn::{Channel, Password, TransportError};
use sign_in_flow::handoff::Recovery;
use sign_in_flow::hook::Form;
use sign_in_flow::{
    Effect, Event, Intent, NoticeKind, PhoneEntry, RegistrationIntent, Retry, Settings, SignInEvent, SuccessKind,
    username_operation,
};
use std::rc::Rc;

/// The same events in short.
fn short(told: &[SignInEvent]) -> Vec<String> {
    let one = |event: &SignInEvent| match event {
        SignInEvent::Ready => "ready".to_owned(),
        SignInEvent::Step(summary) => format!("{} {}", summary.step, summary.status.as_deref().unwrap_or("-")),
        SignInEvent::Success(success) => {
            let login = success.user.as_ref().and_then(|user| user.login.as_deref()).unwrap_or("-");
            format!("success {:?} {login}", success.kind)
        }
        SignInEvent::Error(failure) => {
            let again = if failure.retryable { ", again" } else { "" };
            let status = failure.status.map_or("-".to_owned(), |status| status.to_string());
            format!("error {} {status} at {}{again}", failure.code, failure.step)
        }
        SignInEvent::Cancel { step } => format!("cancel at {step}"),
    };
    told.iter().map(one).collect()
}

/// What is told after an input.
fn told(harness: &mut Harness, input: Input) -> Vec<String> {
    harness.told();
    harness.input(input);
    short(&harness.told())
}

/// A page that is asked before the browser leaves, at its start form.
fn asked(attributes: &[(&str, &str)]) -> Harness {
    Harness::of(Settings { asks_before_leaving: true, ..settings(attributes) }).begun()
}

#[test]
fn each_step_is_told_once() {
    let mut harness = Harness::at_start(&[]);
    assert_eq!(short(&harness.told()), ["start -"]);
    assert_eq!(told(&mut harness, person(Intent::Edit)), [] as [&str; 0]);
    assert_eq!(told(&mut harness, person(sign_in("jeff", ""))), [] as [&str; 0], "an empty field is no failure");
    assert_eq!(told(&mut harness, person(sign_in("jeff", "pw"))), [] as [&str; 0]);
    assert_eq!(told(&mut harness, org(required("t1", &["totp"]))), ["mfa-required MFA_REQUIRED"]);
    assert_eq!(told(&mut harness, person(Intent::Cancel)), ["cancel at mfa-required", "start -"]);
    assert_eq!(told(&mut harness, person(open_recovery("jeff"))), ["recovery -"]);
    assert_eq!(told(&mut harness, person(Intent::Back)), ["start -"], "the sign-in goes on");
    assert_eq!(told(&mut harness, person(Intent::Cancel)), ["cancel at start", "start -"]);
}

#[test]
fn the_first_step_is_told_as_soon_as_a_person_can_use_it() {
    let mut harness = Harness::new(&[("state-token", "t0")]);
    harness.input(Input::Event(Event::Begin { remembered: None }));
    let first = harness.told();
    assert_eq!(short(&first), ["resuming -"]);
    assert!(!first[0].is_usable());
    harness.input(org(required("t1", &["totp"])));
    assert!(harness.told()[0].is_usable());
    let mut harness = Harness::manage(HOOK).begun();
    let first = harness.told();
    assert_eq!(short(&first), ["loading -"]);
    assert!(!first[0].is_usable());
    assert_eq!(
        told(&mut harness, Input::Org(problem(401, "not_signed_in"))),
        ["error not_signed_in 401 at loading", "signed-out -"]
    );
}

#[test]
fn a_failure_has_code_status_step_and_whether_to_try_again() {
    let begin = || Harness::at_start(&[]).then(person(sign_in("jeff", "pw")));
    for (outcome, expected) in [
        (error(401, "E0000004"), "error E0000004 401 at start"),
        (error(429, "E0000047"), "error E0000047 429 at start, again"),
        (error(503, "E0000009"), "error E0000009 503 at start, again"),
        (crate::responses::no_json(502), "error unreadable-response 502 at start, again"),
        (Err(TransportError::Offline), "error offline - at start, again"),
        (Err(TransportError::Unreachable), "error unreachable - at start, again"),
        (Err(TransportError::TimedOut), "error timed-out - at start, again"),
        (Err(TransportError::OtherPage), "error other-page - at start, again"),
    ] {
        assert_eq!(told(&mut begin(), Input::Org(outcome)), [expected]);
    }
    let mut harness = Harness::at(required("t1", &["totp"])).then(person(code("1")));
    assert_eq!(told(&mut harness, Input::Org(error(403, "E0000068"))), ["error E0000068 403 at mfa-required"]);
    harness.input(person(code("2")));
    assert_eq!(
        told(&mut harness, Input::Org(error(401, "E0000011"))),
        ["error E0000011 401 at mfa-required", "start -"]
    );
    let open = person(Intent::Registration(RegistrationIntent::Open { username: String::new() }));
    let mut harness = Harness::at_start(&WITH_HOOK).then(open);
    assert_eq!(
        told(&mut harness, Input::Org(problem(429, "rate_limited"))),
        ["error rate_limited 429 at registration, again"]
    );
    assert_eq!(told(&mut harness, Input::Org(form())).len(), 0, "a late response");
}

#[test]
fn what_nobody_waits_for_fails_in_silence() {
    let mut harness = Harness::new(&[]);
    harness.input(Input::Event(Event::Begin { remembered: None }));
    harness.told();
    assert_eq!(told(&mut harness, Input::Background(Err(TransportError::Unreachable))), [] as [&str; 0]);
}

#[test]
fn code_that_cannot_be_loaded_is_a_failure() {
    let mut harness = Harness::start_alone(&[("existing-session", "ignore")]).begun();
    harness.input(person(sign_in("jeff", "pw")));
    harness.input(org(required("t1", &["totp"])));
    assert_eq!(told(&mut harness, Input::HandoffFailed), ["error not-loaded - at start, again"]);
}

#[test]
fn the_browser_leaves_when_the_page_lets_it() {
    let mut harness = asked(&[]).then(person(sign_in("jeff", "pw")));
    harness.told();
    assert_eq!(harness.input(org(success())).len(), 1, "it waits, for the person to be told");
    assert_eq!(short(&harness.told()), ["success SignedIn jeff", "leaving -"]);
    let leaves = |effects: &[Effect]| effects.iter().any(|effect| matches!(effect, Effect::Navigate(_)));
    assert!(leaves(&harness.input(Input::Event(Event::Leave))));
    assert!(!leaves(&harness.input(Input::Event(Event::Leave))), "once");
}

#[test]
fn a_redirect_that_is_held_is_over_when_the_person_goes_back() {
    let mut harness = asked(&[]).then(person(sign_in("jeff", "pw"))).then(org(success()));
    harness.input(Input::Seconds(20));
    assert!(harness.screen().notice.is_some(), "the person is told, and can go back");
    assert_eq!(told(&mut harness, person(Intent::Cancel)), ["cancel at leaving", "start -"]);
    assert_eq!(harness.input(Input::Event(Event::Leave)), []);
}

#[test]
fn a_success_says_what_follows() {
    let begin = || Input::Event(Event::Begin { remembered: None });
    let page = || Harness::of(Settings { asks_before_leaving: true, ..settings(&[]) }).then(begin());
    let mut known = page().then(Input::Background(session("ann")));
    assert_eq!(told(&mut known, person(Intent::Continue)), ["success ExistingSession ann", "leaving -"]);
    let mut closing = page().then(person(sign_in("jeff", "pw")));
    assert_eq!(told(&mut closing, org(success())), ["leaving -"], "the old session is closed first");
    let closed = told(&mut closing, Input::Org(crate::responses::no_json(204)));
    assert_eq!(closed, ["success SignedIn jeff"]);
    let mut app = asked(&[]).then(person(sign_in("jeff", "pw")));
    app.told();
    app.input(org(crate::states::success_with_link("original")));
    let kinds = app.told().into_iter().filter_map(|event| match event {
        SignInEvent::Success(success) => Some(success.kind),
        _ => None,
    });
    assert_eq!(kinds.collect::<Vec<_>>(), [SuccessKind::Redirect]);
}

/// Every situation, every intent, and a success after it: no event has a token, a password or a code.
#[test]
fn no_event_has_a_secret() {
    let mut count = 0;
    for situation in &SITUATIONS {
        for (intent, _) in intents() {
            let mut harness = situation.harness();
            harness.input(person(intent));
            if harness.screen().busy && harness.has_sent() && !harness.newest_is_in_background() {
                harness.input(org(success()));
            }
            harness.input(person(new_password("old", "Smash-1962", "Smash-1962")));
            for event in harness.told() {
                count += 1;
                let event = format!("{event:?}");
                for secret in ["se&ss+1", "Smash-1962", "\"pw\"", "\"t0\"", "\"t1\"", "\"n\""] {
                    assert!(!event.contains(secret), "{event} at {}", situation.name);
                }
            }
        }
    }
    assert!(count > 200, "{count}");
}

/// A registration that the page's own code is asked about.
fn registering() -> Harness {
    let page_form = Some(Rc::new(Form::default()));
    let open = RegistrationIntent::Open { username: String::new() };
    let values = [("firstName", "Bruce"), ("lastName", "Banner"), ("email", "b@x.example")];
    let submit = RegistrationIntent::Submit {
        values: values.map(|(name, text)| (name.to_owned(), text.to_owned())).to_vec(),
        phone: PhoneEntry::default(),
        password: Password::new("Smash-1962"),
    };
    let page = Harness::of(Settings { page_form, ..settings(&[]) }).begun();
    page.then(person(Intent::Registration(open))).then(person(Intent::Registration(submit)))
}

#[test]
fn the_pages_own_code_that_fails_is_a_failure_once() {
    let mut harness = registering();
    let failed = || Input::Event(Event::PageFailed { ticket: harness.asked() });
    let (first, second) = (failed(), failed());
    assert_eq!(told(&mut harness, first), ["error host-callback - at registration"]);
    assert!(harness.screen().notice.is_some() && !harness.screen().busy, "the person is told, and can try again");
    let before = harness.shown();
    harness.input(second);
    assert_eq!(harness.shown(), before);
    let mut cancelled = registering();
    let late = Input::Event(Event::PageFailed { ticket: cancelled.asked() });
    cancelled.input(person(Intent::Cancel));
    assert_eq!(told(&mut cancelled, late), [] as [&str; 0]);
}

#[test]
fn a_sign_in_that_the_page_could_not_prepare_is_not_sent_and_the_person_is_told() {
    let mut harness = Harness::at_start(&[]).then(person(sign_in("jeff", "pw")));
    let failed = Input::Org(Err(TransportError::PageFailed));
    assert_eq!(told(&mut harness, failed), ["error host-callback - at start"]);
    let notice = harness.screen().notice.clone().unwrap();
    assert_eq!((notice.kind, notice.retry), (NoticeKind::PageFailed, Retry::Form));
}

#[test]
fn the_page_prepares_what_has_a_user_name_that_was_typed() {
    let of = |mut harness: Harness, intent: Intent| {
        let effects = harness.input(person(intent));
        let sent = effects.into_iter().find_map(|effect| match effect {
            Effect::Send { ticket, request } => Some((ticket, request)),
            _ => None,
        });
        let (ticket, request) = sent.unwrap();
        username_operation(ticket.purpose, &request)
    };
    let start = || Harness::at_start(&[("self-service-unlock", "true")]);
    let recovery = |recovery| start().then(person(Intent::OpenRecovery { recovery, username: String::new() }));
    let recover = || Intent::Recover { username: "jeff".to_owned(), channel: Channel::Email };
    assert_eq!(of(start(), sign_in("jeff", "pw")), Some("PRIMARY_AUTH"));
    assert_eq!(of(recovery(Recovery::Password), recover()), Some("FORGOT_PASSWORD"));
    assert_eq!(of(recovery(Recovery::Unlock), recover()), Some("UNLOCK_ACCOUNT"));
    assert_eq!(of(Harness::at(required("t1", &["totp"])), code("1")), None);
    let mut registered = registering();
    registered.input(Input::Page(Ok(serde_json::json!(null))));
    let effects = registered.input(Input::Page(Ok(serde_json::json!(null))));
    let first = effects.iter().find_map(|effect| match effect {
        Effect::Send { ticket, request } => Some((request.url(), username_operation(ticket.purpose, request))),
        _ => None,
    });
    let expected = ("https://example.okta.com/api/v1/authn", None);
    assert_eq!(first, Some(expected), "a new user has that name already");
}
