//! Anything, in any order: random intents, clocks and answers, and after each the promises of `flow` that no
//! order of events may break. The answers have the contract's shapes for every status, with links present or
//! not, some leading elsewhere, and now and then a member of the wrong type.
//!
//! The seed is fixed, so that a run says the same everywhere; `PROPTEST_RNG_SEED` and `PROPTEST_CASES` let it
//! look further.

mod bodies;
mod promises;

use crate::answers::{Outcome, error, json_answer, no_json, session, too_many};
use crate::stage::{DAWN, activation, answer, code, send_code, settings, sign_in};
use bodies::any_body;
use okta_authn_widget::authn::{Credential, CredentialError, TransportError};
use okta_authn_widget::flow::{Event, Intent};
use promises::Watched;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use serde_json::Value;
use std::cell::RefCell;
use std::collections::BTreeSet;

/// Steps that the machine can show; the run must have seen them all.
const STEPS: [&str; 9] = [
    "Start",
    "Session",
    "MfaRequired",
    "MfaChallenge",
    "MfaEnroll",
    "MfaEnrollActivate",
    "Unsupported",
    "Leaving",
    "SignedIn",
];

/// Errors of the org.
const ERRORS: [(u16, &str); 9] = [
    (401, "E0000004"),
    (401, "E0000011"),
    (403, "E0000068"),
    (403, "E0000069"),
    (403, "E0000079"),
    (403, "E0000082"),
    (429, "E0000109"),
    (500, "E0000009"),
    (400, "E9999999"),
];

/// One thing that happens. What is typed, and every token, is made unique as it is played.
#[derive(Clone, Debug)]
enum Happening {
    Intent(Wish),
    /// The request of this place, counted from the newest, is answered.
    Reply(usize, Reply),
    /// That many milliseconds go by; an `Elapsed` comes if one is due.
    Time(u64),
    Copied,
    /// The authenticator answers, or does not.
    Authenticator(Result<Credential, CredentialError>),
    Begin(bool),
    Restored(bool),
}

#[derive(Clone, Copy, Debug)]
enum Wish {
    SignIn,
    Touch,
    Continue,
    SignOut,
    Choose(usize),
    SendCode,
    Resend,
    ProveCode,
    ProveAnswer,
    Enroll(usize),
    Activate,
    CopyKey,
    Skip,
    Back,
    Cancel,
    Retry,
}

#[derive(Clone, Debug)]
enum Reply {
    Transaction(Value),
    Session,
    Error(u16, &'static str),
    Limit(Option<u64>),
    NoJson(u16),
    Failure(TransportError),
}

impl Wish {
    /// The intent, with `secret` typed where something is typed.
    fn intent(self, secret: &str) -> Intent {
        match self {
            Self::SignIn => sign_in("jeff", secret),
            Self::Touch => Intent::Touch,
            Self::Continue => Intent::Continue,
            Self::SignOut => Intent::SignOut,
            Self::Choose(place) => Intent::Choose(place),
            Self::SendCode => send_code(),
            Self::Resend => Intent::Resend,
            Self::ProveCode => code(secret),
            Self::ProveAnswer => answer(secret),
            Self::Enroll(place) => Intent::Enroll(place),
            Self::Activate => activation(secret),
            Self::CopyKey => Intent::CopyKey,
            Self::Skip => Intent::Skip,
            Self::Back => Intent::Back,
            Self::Cancel => Intent::Cancel,
            Self::Retry => Intent::Retry,
        }
    }
}

fn any_wish() -> impl Strategy<Value = Wish> {
    prop_oneof![
        6 => Just(Wish::SignIn),
        1 => Just(Wish::Touch),
        1 => Just(Wish::Continue),
        1 => Just(Wish::SignOut),
        2 => (0..5usize).prop_map(Wish::Choose),
        3 => Just(Wish::SendCode),
        2 => Just(Wish::Resend),
        3 => Just(Wish::ProveCode),
        2 => Just(Wish::ProveAnswer),
        3 => (0..4usize).prop_map(Wish::Enroll),
        2 => Just(Wish::Activate),
        1 => Just(Wish::CopyKey),
        1 => Just(Wish::Skip),
        2 => Just(Wish::Back),
        1 => Just(Wish::Cancel),
        2 => Just(Wish::Retry),
    ]
}

fn any_reply() -> impl Strategy<Value = Reply> {
    prop_oneof![
        12 => any_body().prop_map(Reply::Transaction),
        1 => Just(Reply::Session),
        3 => proptest::sample::select(&ERRORS[..]).prop_map(|(status, code)| Reply::Error(status, code)),
        1 => proptest::option::of(DAWN..DAWN + 100_000).prop_map(Reply::Limit),
        1 => proptest::sample::select(&[200, 204, 302, 404, 502][..]).prop_map(Reply::NoJson),
        1 => proptest::sample::select(
            &[TransportError::Offline, TransportError::Unreachable, TransportError::TimedOut][..]
        ).prop_map(Reply::Failure),
    ]
}

fn any_happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        10 => any_wish().prop_map(Happening::Intent),
        10 => any_reply().prop_map(|reply| Happening::Reply(0, reply)),
        2 => (0..6usize, any_reply()).prop_map(|(place, reply)| Happening::Reply(place, reply)),
        3 => (0..40_000u64).prop_map(Happening::Time),
        1 => Just(Happening::Copied),
        2 => any_credential().prop_map(Happening::Authenticator),
        1 => any::<bool>().prop_map(Happening::Begin),
        1 => any::<bool>().prop_map(Happening::Restored),
    ]
}

fn any_credential() -> impl Strategy<Value = Result<Credential, CredentialError>> {
    let (client_data, authenticator_data, signature) = (vec![1], vec![2], vec![3]);
    let assertion = Credential::Assertion { authenticator_data, client_data, signature };
    proptest::sample::select(vec![Ok(assertion), Err(CredentialError::Refused), Err(CredentialError::Unavailable)])
}

fn any_options() -> impl Strategy<Value = Vec<(&'static str, &'static str)>> {
    let redirect = proptest::sample::select(&["get", "post", "callback"][..]);
    let existing = proptest::sample::select(&["ask", "continue", "ignore"][..]);
    (redirect, existing)
        .prop_map(|(redirect, existing)| vec![("session-redirect", redirect), ("existing-session", existing)])
}

fn outcome(reply: Reply, watched: &mut Watched) -> Outcome {
    match reply {
        Reply::Transaction(body) => json_answer(200, watched.with_fresh_tokens(body)),
        Reply::Session => session("ann"),
        Reply::Error(status, code) => error(status, code),
        Reply::Limit(reset) => too_many(reset),
        Reply::NoJson(status) => no_json(status),
        Reply::Failure(error) => Err(error),
    }
}

fn play(options: &[(&str, &str)], happenings: Vec<Happening>, seen: &RefCell<BTreeSet<String>>) {
    let mut watched = Watched::new(settings(options));
    let remembered = |yes: bool| yes.then(|| "jeff".to_owned());
    watched.handle(Event::Begin { remembered: None });
    for happening in happenings {
        match happening {
            Happening::Intent(wish) => {
                let secret = watched.fresh("secret");
                watched.handle(Event::User(wish.intent(&secret)));
            }
            Happening::Reply(place, reply) => {
                let outcome = outcome(reply, &mut watched);
                watched.reply(place, outcome);
            }
            Happening::Time(millis) => watched.pass(millis),
            Happening::Copied => watched.handle(Event::Copied),
            Happening::Authenticator(outcome) => watched.authenticator(outcome),
            Happening::Begin(yes) => watched.handle(Event::Begin { remembered: remembered(yes) }),
            Happening::Restored(yes) => watched.handle(Event::Restored { remembered: remembered(yes) }),
        }
        seen.borrow_mut().insert(watched.step());
    }
    watched.cancel_leads_to_the_start();
}

#[test]
fn no_order_of_events_breaks_a_promise() {
    let mut config = Config { cases: 400, failure_persistence: None, ..Config::default() };
    if std::env::var_os("PROPTEST_CASES").is_some() {
        config.cases = Config::default().cases;
    }
    if matches!(config.rng_seed, RngSeed::Random) {
        config.rng_seed = RngSeed::Fixed(2024);
    }
    let seen = RefCell::new(BTreeSet::new());
    let anything = (any_options(), proptest::collection::vec(any_happening(), 1..60));
    let result = TestRunner::new(config).run(&anything, |(options, happenings)| {
        play(&options, happenings, &seen);
        Ok(())
    });
    if let Err(broken) = result {
        panic!("{broken}");
    }
    let seen = seen.into_inner();
    for step in STEPS {
        assert!(seen.contains(step), "the run never came to {step}: {seen:?}");
    }
}
