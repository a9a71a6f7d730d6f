//! A sign-in that has ended leaves no secret in the machines, however it ended. The secrets that are alive are counted
//! (feature `count-secrets` of `okta_authn`). Not here: secrets in the effects, which belong to whoever handles them.

use crate::harness::{Harness, Input, T0, org, person, sign_in};
use crate::hook::{WITH_HOOK, form, problem};
use crate::responses::{error, required, success};
use crate::situations::{SITUATIONS, intents};
use okta_authn::Password;
use okta_authn::secret::live_secrets;
use sign_in_flow::{Event, Intent, PhoneEntry, RegistrationIntent};

/// The end of the transactions in all situations.
const END: u64 = 1_893_456_000_000;

/// Lets it happen, and compares the secrets in the machines with those of the settings alone.
fn check(name: &str, mut harness: Harness, before: isize, settings: isize, input: Input) {
    harness.input(input);
    if harness.is_at_start() && harness.screen().transaction.is_none() {
        assert_eq!(live_secrets() - before, settings, "{name}");
    }
}

#[test]
fn no_end_of_a_sign_in_leaves_a_secret() {
    let intents = intents();
    let endings = [
        person(Intent::Cancel),
        person(Intent::Back),
        Input::Until(END + 10_000),
        Input::Event(Event::Restored { remembered: None }),
    ];
    let mut ended = 0;
    for situation in &SITUATIONS {
        let settings = situation.secrets_in_settings();
        for ending in &endings {
            for intent in std::iter::once(None).chain(intents.iter().map(|(intent, _)| Some(intent))) {
                let before = live_secrets();
                let mut harness = situation.harness_at(END - 300_000);
                if let Some(intent) = intent {
                    harness.input(person(intent.clone()));
                }
                let name = format!("{ending:?} after {intent:?} at {}", situation.name);
                let is_cancel = matches!(ending, Input::Event(Event::User(Intent::Cancel)));
                let mut at_end = harness.then(ending.clone());
                // The org ends what has expired: in response to the state query, or to what is awaited.
                let is_late = matches!(ending, Input::Until(_));
                if is_late && at_end.newest_is_in_background() {
                    at_end = at_end.then(Input::Background(error(401, "E0000011")));
                } else if is_late && at_end.has_sent() {
                    at_end = at_end.then(Input::Org(error(401, "E0000011")));
                }
                assert!(!is_cancel || at_end.is_at_start(), "{name}");
                ended += u32::from(at_end.is_at_start());
                if at_end.is_at_start() && at_end.screen().transaction.is_none() {
                    assert_eq!(live_secrets() - before, settings, "{name}");
                }
                // A second end changes nothing.
                at_end.input(person(Intent::Cancel));
                assert_eq!(live_secrets() - before, settings, "{name}, then Cancel");
            }
        }
    }
    assert!(ended > 2_000, "{ended}");
}

/// The session token waits while the old session is closed, or while the hook is asked or exchanges it.
#[test]
fn a_session_token_that_waits_is_dropped_by_cancel() {
    let before = live_secrets();
    let begin = || Input::Event(Event::Begin { remembered: None });
    let closing = Harness::new(&[]).then(begin()).then(person(sign_in("jeff", "pw"))).then(org(success()));
    assert_eq!((live_secrets() - before, closing.screen().busy), (1, true), "the token waits");
    check("closing the old session", closing, before, 0, person(Intent::Cancel));
    let asking = || Harness::at_start(&WITH_HOOK).then(person(sign_in("jeff", "pw"))).then(org(success()));
    check("asking the hook", asking(), before, 0, person(Intent::Cancel));
    let exchanging = asking().then(Input::Org(problem(404, "not_found")));
    assert_eq!((live_secrets() - before, exchanging.screen().busy), (1, true), "the token waits");
    check("exchanging the token", exchanging, before, 0, person(Intent::Cancel));
    let later =
        Harness::new(&[]).then(begin()).then(person(sign_in("jeff", "pw"))).then(org(required("t1", &["totp"])));
    let later = later.then(person(crate::harness::code("1"))).then(org(success()));
    check("closing the old session after a factor", later, before, 0, person(Intent::Cancel));
    assert_eq!(live_secrets(), before);
}

#[test]
fn what_was_typed_into_a_registration_is_dropped() {
    let before = live_secrets();
    let open = person(Intent::Registration(RegistrationIntent::Open { username: String::new() }));
    let submit = || {
        let values = [("email", "b@x.example"), ("firstName", "Bruce")];
        person(Intent::Registration(RegistrationIntent::Submit {
            values: values.map(|(name, text)| (name.to_owned(), text.to_owned())).to_vec(),
            phone: PhoneEntry::default(),
            password: Password::new("Smash-1962"),
        }))
    };
    for end in
        [person(Intent::Cancel), person(Intent::Registration(RegistrationIntent::Leave { username: String::new() }))]
    {
        let harness = Harness::at_start(&WITH_HOOK).then(open.clone()).then(Input::Org(form())).then(submit());
        assert!(harness.screen().busy);
        let harness = harness.then(end);
        assert!(harness.is_at_start());
        assert_eq!(live_secrets(), before);
    }
}

/// The machine that has ended may stay in the page's memory.
#[test]
fn a_transaction_machine_that_has_ended_holds_no_secret() {
    let before = live_secrets();
    let response = crate::responses::ok(required("t1", &["sms", "totp"])).unwrap();
    let (harness, _) = Harness::transaction_alone(&[], sign_in_flow::HandoffTo::Response(response));
    assert!(live_secrets() > before);
    let harness = harness.then(person(Intent::Cancel));
    assert_eq!(harness.step_name(), "Returned");
    assert_eq!(live_secrets(), before, "{T0}");
}
