//! Anything, in any order: random intents, clocks and answers, and after each the promises of `flow` that no
//! order of events may break. The answers have the contract's shapes for every status, with links present or
//! not, some leading elsewhere, and now and then a member of the wrong type.
//!
//! The seed is fixed, so that a run says the same everywhere; `PROPTEST_RNG_SEED` and `PROPTEST_CASES` let it
//! look further.

mod bodies;
mod items;
mod promises;
mod wishes;

use crate::answers::{Outcome, error, json_answer, no_json, session, too_many};
use crate::stage::{DAWN, settings};
use bodies::any_body;
use okta_authn_widget::authn::{Credential, CredentialError, Password, TransportError};
use okta_authn_widget::flow::step::Recovery;
use okta_authn_widget::flow::{Event, Intent, Onward, OnwardTo};
use promises::{GIVEN_TOKEN, Watched};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::BTreeSet;
use wishes::{Wish, any_wish, fitting};

/// Steps that the machine can show; the run must have seen them all.
const STEPS: [&str; 19] = [
    "Start",
    "Session",
    "Resuming",
    "MfaRequired",
    "MfaChallenge",
    "MfaEnroll",
    "EnrollForm",
    "MfaEnrollActivate",
    "Password",
    "Recover",
    "RecoveryChallenge",
    "RecoveryQuestion",
    "Consent",
    "DeviceActivate",
    "DeviceEnding",
    "Poll",
    "Unsupported",
    "Leaving",
    "SignedIn",
];

/// Errors of the org.
const ERRORS: [(u16, &str); 19] = [
    (401, "E0000004"),
    (401, "E0000011"),
    (403, "E0000006"),
    (403, "E0000014"),
    (403, "E0000068"),
    (403, "E0000069"),
    (403, "E0000079"),
    (403, "E0000080"),
    (403, "E0000082"),
    (403, "E0000083"),
    (403, "E0000085"),
    (403, "E0000087"),
    (400, "E0000098"),
    (403, "E0000105"),
    (429, "E0000109"),
    (409, "E0000113"),
    (403, "E0000170"),
    (500, "E0000009"),
    (400, "E9999999"),
];

/// Options of a page that takes up something that began elsewhere.
const TOKENS: [&str; 4] = ["", "state-token", "recovery-token", "activation-token"];

/// One thing that happens. What is typed, and every token, is made unique as it is played.
#[derive(Clone, Debug)]
enum Happening {
    Intent(Wish),
    /// A wish that belongs to the step, by a number.
    Fitting(usize),
    /// The request of this place, counted from the newest, is answered.
    Reply(usize, Reply),
    /// That many milliseconds go by; an `Elapsed` comes if one is due.
    Time(u64),
    Copied,
    /// The authenticator answers, or does not.
    Authenticator(Result<Credential, CredentialError>),
    /// Duo signs, or fails.
    Duo(bool),
    Visibility(bool),
    /// The bundle of the first form hands this on.
    TakenOver(Handed),
    Begin(bool),
    /// The static form is submitted before it begins.
    Early(bool),
    Restored(bool),
}

#[derive(Clone, Debug)]
enum Handed {
    Answer(Value),
    Resumed(Value),
    Recovery(bool),
}

#[derive(Clone, Debug)]
enum Reply {
    Transaction(Value),
    Session,
    Questions,
    Error(u16, &'static str),
    Limit(Option<u64>),
    NoJson(u16),
    Failure(TransportError),
}

fn any_reply() -> impl Strategy<Value = Reply> {
    prop_oneof![
        12 => any_body().prop_map(Reply::Transaction),
        1 => Just(Reply::Session),
        1 => Just(Reply::Questions),
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
        8 => any_wish().prop_map(Happening::Intent),
        6 => (0..60usize).prop_map(Happening::Fitting),
        10 => any_reply().prop_map(|reply| Happening::Reply(0, reply)),
        2 => (0..6usize, any_reply()).prop_map(|(place, reply)| Happening::Reply(place, reply)),
        3 => (0..40_000u64).prop_map(Happening::Time),
        // The time an answer takes.
        2 => (0..300u64).prop_map(Happening::Time),
        1 => Just(Happening::Copied),
        2 => any_credential().prop_map(Happening::Authenticator),
        1 => any::<bool>().prop_map(Happening::Duo),
        1 => any::<bool>().prop_map(Happening::Visibility),
        1 => any::<bool>().prop_map(Happening::Begin),
        1 => any::<bool>().prop_map(Happening::Restored),
    ]
}

fn any_handed() -> impl Strategy<Value = Happening> {
    let handed = prop_oneof![
        any_body().prop_map(Handed::Answer),
        any_body().prop_map(Handed::Resumed),
        any::<bool>().prop_map(Handed::Recovery),
    ];
    handed.prop_map(Happening::TakenOver)
}

/// How it begins: as a page does, or with what the first form hands on.
fn any_beginning() -> impl Strategy<Value = Happening> {
    let begin = any::<bool>().prop_map(Happening::Begin);
    prop_oneof![4 => begin, 1 => any::<bool>().prop_map(Happening::Early), 1 => any_handed()]
}

fn any_credential() -> impl Strategy<Value = Result<Credential, CredentialError>> {
    let (client_data, authenticator_data, signature) = (vec![1], vec![2], vec![3]);
    let assertion = Credential::Assertion { authenticator_data, client_data: client_data.clone(), signature };
    let attestation =
        Credential::Attestation { attestation: vec![1], client_data, transports: None, client_extensions: None };
    let errors = [CredentialError::Refused, CredentialError::AlreadyRegistered, CredentialError::Unavailable];
    let outcomes = [assertion, attestation].map(Ok).into_iter().chain(errors.map(Err));
    proptest::sample::select(outcomes.collect::<Vec<_>>())
}

fn any_options() -> impl Strategy<Value = Vec<(&'static str, &'static str)>> {
    let redirect = proptest::sample::select(&["get", "post", "callback"][..]);
    let existing = proptest::sample::select(&["ask", "continue", "ignore"][..]);
    let switches = proptest::sample::subsequence(&["passwordless-auth", "auto-push", "self-service-unlock"], 0..=3);
    let token = proptest::sample::select(&TOKENS[..]);
    (redirect, existing, switches, token).prop_map(|(redirect, existing, switches, token)| {
        let given = [("session-redirect", redirect), ("existing-session", existing)];
        let switches = switches.into_iter().map(|switch| (switch, ""));
        let token = (!token.is_empty()).then_some((token, GIVEN_TOKEN));
        given.into_iter().chain(switches).chain(token).collect()
    })
}

fn outcome(reply: Reply, watched: &mut Watched) -> Outcome {
    match reply {
        Reply::Transaction(body) => json_answer(200, watched.with_fresh_tokens(body)),
        Reply::Session => session("ann"),
        Reply::Questions => json_answer(200, json!([{"question": "toy", "questionText": "Which toy?"}])),
        Reply::Error(status, code) => error(status, code),
        Reply::Limit(reset) => too_many(reset),
        Reply::NoJson(status) => no_json(status),
        Reply::Failure(error) => Err(error),
    }
}

fn play(options: &[(&str, &str)], begins: Happening, happenings: Vec<Happening>, seen: &RefCell<BTreeSet<String>>) {
    let mut watched = Watched::new(settings(options));
    let remembered = |yes: bool| yes.then(|| "jeff".to_owned());
    for happening in std::iter::once(begins).chain(happenings) {
        match happening {
            Happening::Intent(wish) => {
                let secret = watched.fresh("secret");
                watched.wish(wish.intent(&secret));
            }
            Happening::Fitting(pick) => {
                let secret = watched.fresh("secret");
                watched.wish(fitting(&watched.step(), pick).intent(&secret));
            }
            Happening::Reply(place, reply) => {
                let outcome = outcome(reply, &mut watched);
                watched.reply(place, outcome);
            }
            Happening::Time(millis) => watched.pass(millis),
            Happening::Copied => watched.handle(Event::Copied),
            Happening::Authenticator(outcome) => watched.authenticator(outcome),
            Happening::Duo(signs) => watched.duo(signs),
            Happening::Visibility(visible) => watched.handle(Event::Visibility { visible }),
            Happening::TakenOver(handed) => {
                let to = match handed {
                    Handed::Answer(body) => OnwardTo::Answer(watched.wire(body)),
                    Handed::Resumed(body) => OnwardTo::Resumed(watched.wire(body)),
                    Handed::Recovery(unlock) => {
                        OnwardTo::Recovery(if unlock { Recovery::Unlock } else { Recovery::Password })
                    }
                };
                let onward = Onward { username: "jeff".to_owned(), keep_username: false, to };
                watched.handle(Event::TakenOver(onward));
            }
            Happening::Begin(yes) => watched.handle(Event::Begin { remembered: remembered(yes) }),
            Happening::Early(yes) => {
                let password = Password::new(watched.fresh("secret"));
                let username = "jeff".to_owned();
                watched.handle(Event::Early(Intent::SignIn { username, password, keep_username: yes }));
                watched.handle(Event::Begin { remembered: remembered(yes) });
            }
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
    let anything = (any_options(), any_beginning(), proptest::collection::vec(any_happening(), 1..60));
    let result = TestRunner::new(config).run(&anything, |(options, begins, happenings)| {
        play(&options, begins, happenings, &seen);
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
