//! Anything, in any order: random intents, clocks and answers, and after each the promises of `flow` that no
//! order of events may break. The answers have the shapes of docs/authn-api.md for every status, with links present or
//! not, some leading elsewhere, and now and then a member of the wrong type.
//!
//! Bytes can choose as well: `play` is what the fuzz target `machine` does.
//!
//! The seed is fixed, so that a run says the same everywhere; `PROPTEST_RNG_SEED` and `PROPTEST_CASES` let it
//! look further.

// With their paths, because the fuzz targets include this file from elsewhere.
#[path = "any/bodies.rs"]
mod bodies;
#[path = "any/hostile.rs"]
pub(crate) mod hostile;
#[path = "any/intents.rs"]
mod intents;
#[path = "any/invariants.rs"]
mod invariants;
#[path = "any/items.rs"]
mod items;

use crate::harness::{T0, settings, sign_in};
use crate::responses::{ORG, Outcome, error, json_response, no_json, session, too_many};
use bodies::any_body;
use intents::{AnyIntent, any_intent, fitting};
use invariants::{GIVEN_TOKEN, Watched};
use okta_authn::{Credential, CredentialError, Password, TransportError};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, RngSeed, TestRng, TestRunner};
use serde_json::{Value, json};
use sign_in_flow::{Event, Intent};
use std::cell::RefCell;
use std::collections::BTreeSet;

/// Steps that the machine can show; the run must have seen them all.
const STEPS: [&str; 20] = [
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
    "Confirm",
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
enum AnyEvent {
    Intent(AnyIntent),
    /// An intent that belongs to the step, by a number.
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
    /// The page begins, and comes to the transaction machine at once.
    HandedOff(To),
    Begin(bool),
    /// The form in the page's HTML is submitted before the machine begins.
    EarlySubmit(bool),
    Restored(bool),
}

#[derive(Clone, Debug)]
enum To {
    Response(Value),
    Recovery(bool),
}

#[derive(Clone, Debug)]
enum Reply {
    Transaction(Value),
    Session,
    Questions,
    /// What the org says of a user name: the type of the provider.
    Webfinger(&'static str),
    Error(u16, &'static str),
    Limit(Option<u64>),
    NoJson(u16),
    Failure(TransportError),
}

fn any_reply() -> impl Strategy<Value = Reply> {
    prop_oneof![
        12 => any_body().prop_map(Reply::Transaction),
        2 => hostile::changed(any_body()).prop_map(Reply::Transaction),
        1 => Just(Reply::Session),
        1 => Just(Reply::Questions),
        2 => proptest::sample::select(&["OKTA", "SAML2"][..]).prop_map(Reply::Webfinger),
        3 => proptest::sample::select(&ERRORS[..]).prop_map(|(status, code)| Reply::Error(status, code)),
        1 => proptest::option::of(T0..T0 + 100_000).prop_map(Reply::Limit),
        1 => proptest::sample::select(&[200, 204, 302, 404, 502][..]).prop_map(Reply::NoJson),
        1 => proptest::sample::select(
            &[TransportError::Offline, TransportError::Unreachable, TransportError::TimedOut, TransportError::OtherPage][..]
        ).prop_map(Reply::Failure),
    ]
}

fn any_event() -> impl Strategy<Value = AnyEvent> {
    prop_oneof![
        8 => any_intent().prop_map(AnyEvent::Intent),
        6 => (0..60usize).prop_map(AnyEvent::Fitting),
        10 => any_reply().prop_map(|reply| AnyEvent::Reply(0, reply)),
        2 => (0..6usize, any_reply()).prop_map(|(place, reply)| AnyEvent::Reply(place, reply)),
        3 => (0..40_000u64).prop_map(AnyEvent::Time),
        // The time an answer takes.
        2 => (0..300u64).prop_map(AnyEvent::Time),
        1 => Just(AnyEvent::Copied),
        2 => any_credential().prop_map(AnyEvent::Authenticator),
        1 => any::<bool>().prop_map(AnyEvent::Duo),
        1 => any::<bool>().prop_map(AnyEvent::Visibility),
        1 => any::<bool>().prop_map(AnyEvent::Begin),
        1 => any::<bool>().prop_map(AnyEvent::Restored),
    ]
}

fn any_handed_off() -> impl Strategy<Value = AnyEvent> {
    prop_oneof![2 => any_body().prop_map(To::Response), 1 => any::<bool>().prop_map(To::Recovery)]
        .prop_map(AnyEvent::HandedOff)
}

/// How it begins: as a page does, or in the transaction machine.
fn any_beginning() -> impl Strategy<Value = AnyEvent> {
    let begin = any::<bool>().prop_map(AnyEvent::Begin);
    prop_oneof![4 => begin, 1 => any::<bool>().prop_map(AnyEvent::EarlySubmit), 1 => any_handed_off()]
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

fn any_options() -> impl Strategy<Value = Given> {
    let redirect = proptest::sample::select(&["get", "post", "sign-out-first", "callback"][..]);
    let existing = proptest::sample::select(&["ask", "continue", "ignore"][..]);
    let switches =
        [("passwordless-auth", ""), ("auto-push", ""), ("self-service-unlock", ""), ("discovery", "webfinger")];
    let switches = proptest::sample::subsequence(switches.to_vec(), 0..=4);
    let token = proptest::sample::select(&TOKENS[..]);
    (redirect, existing, switches, token).prop_map(|(redirect, existing, switches, token)| {
        let given = [("session-redirect", redirect), ("existing-session", existing)];
        let token = (!token.is_empty()).then_some((token, GIVEN_TOKEN));
        given.into_iter().chain(switches).chain(token).collect()
    })
}

fn outcome(reply: Reply, watched: &mut Watched) -> Outcome {
    match reply {
        Reply::Transaction(body) => json_response(200, watched.with_fresh_tokens(body)),
        Reply::Session => session("ann"),
        Reply::Questions => json_response(200, json!([{"question": "toy", "questionText": "Which toy?"}])),
        Reply::Webfinger(kind) => {
            let link = json!({"href": format!("{ORG}/sso/idps/0oa1"), "properties": {"okta:idp:type": kind}});
            json_response(200, json!({"links": [link]}))
        }
        Reply::Error(status, code) => error(status, code),
        Reply::Limit(reset) => too_many(reset),
        Reply::NoJson(status) => no_json(status),
        Reply::Failure(error) => Err(error),
    }
}

fn run(options: &[(&str, &str)], begins: AnyEvent, events: Vec<AnyEvent>, seen: &RefCell<BTreeSet<String>>) {
    let mut watched = Watched::new(settings(options));
    let remembered = |yes: bool| yes.then(|| "jeff".to_owned());
    for event in std::iter::once(begins).chain(events) {
        match event {
            AnyEvent::Intent(intent) => {
                let secret = watched.fresh("secret");
                watched.intend(intent.intent(&secret));
            }
            AnyEvent::Fitting(pick) => {
                let secret = watched.fresh("secret");
                watched.intend(fitting(&watched.step(), pick).intent(&secret));
            }
            AnyEvent::Reply(place, reply) => {
                let outcome = outcome(reply, &mut watched);
                watched.reply(place, outcome);
            }
            AnyEvent::Time(millis) => watched.pass(millis),
            AnyEvent::Copied => watched.handle(Event::Copied),
            AnyEvent::Authenticator(outcome) => watched.authenticator(outcome),
            AnyEvent::Duo(signs) => watched.duo(signs),
            AnyEvent::Visibility(visible) => watched.handle(Event::Visibility { visible }),
            AnyEvent::HandedOff(to) => {
                watched.handle(Event::Begin { remembered: None });
                match to {
                    To::Response(body) => {
                        let secret = watched.fresh("secret");
                        watched.intend(sign_in("jeff", &secret));
                        let body = watched.with_fresh_tokens(body);
                        watched.reply(0, json_response(200, body));
                    }
                    To::Recovery(unlock) => watched.intend(AnyIntent::OpenRecovery(unlock).intent("")),
                }
            }
            AnyEvent::Begin(yes) => watched.handle(Event::Begin { remembered: remembered(yes) }),
            AnyEvent::EarlySubmit(yes) => {
                let password = Password::new(watched.fresh("secret"));
                let username = "jeff".to_owned();
                watched.handle(Event::User(Intent::SignIn { username, password, remember_username: yes }));
                watched.handle(Event::Begin { remembered: remembered(yes) });
            }
            AnyEvent::Restored(yes) => watched.handle(Event::Restored { remembered: remembered(yes) }),
        }
        seen.borrow_mut().insert(watched.step());
    }
    watched.cancel_leads_to_the_start();
}

/// Attributes of a page.
type Given = Vec<(&'static str, &'static str)>;

/// Each four bytes choose: the options, how it begins, and then one event after the other. So a fuzzer can repeat, drop
/// and exchange events, and each stays what it is.
pub(crate) fn play(choices: &[u8]) {
    thread_local! {
        static STRATEGIES: (BoxedStrategy<Given>, BoxedStrategy<AnyEvent>, BoxedStrategy<AnyEvent>) =
            (any_options().boxed(), any_beginning().boxed(), any_event().boxed());
    }
    let mut choices = choices.chunks_exact(4);
    STRATEGIES.with(|(options, beginning, event)| {
        let (Some(first), Some(second)) = (choices.next(), choices.next()) else { return };
        let (Some(options), Some(begins)) = (chosen(options, first), chosen(beginning, second)) else { return };
        let events = choices.filter_map(|choice| chosen(event, choice)).collect();
        run(&options, begins, events, &RefCell::default());
    });
}

/// The value that four bytes stand for.
pub(crate) fn chosen<S: Strategy>(strategy: &S, choice: &[u8]) -> Option<S::Value> {
    thread_local!(static CONFIG: Config = Config { failure_persistence: None, ..Config::default() });
    let mut seed = [0x5a; 16];
    seed.get_mut(..4)?.copy_from_slice(choice);
    let random = TestRng::from_seed(RngAlgorithm::XorShift, &seed);
    let mut runner = TestRunner::new_with_rng(CONFIG.with(Clone::clone), random);
    strategy.new_tree(&mut runner).ok().map(|tree| tree.current())
}

/// Bytes for a run of so many choices.
pub(crate) fn bytes_of(run: u32, choices: u32) -> Vec<u8> {
    let mixed = |place: u32| (run * 1_000 + place).wrapping_mul(2_654_435_761).rotate_left(13);
    (0..choices).flat_map(|place| mixed(place).to_le_bytes()).collect()
}

#[test]
fn bytes_choose_what_happens() {
    for run in 0..60 {
        play(&bytes_of(run, 40));
    }
}

#[test]
fn no_order_of_events_breaks_a_promise() {
    let mut config = Config { cases: 600, failure_persistence: None, ..Config::default() };
    if std::env::var_os("PROPTEST_CASES").is_some() {
        config.cases = Config::default().cases;
    }
    if matches!(config.rng_seed, RngSeed::Random) {
        config.rng_seed = RngSeed::Fixed(2024);
    }
    let seen = RefCell::new(BTreeSet::new());
    let anything = (any_options(), any_beginning(), proptest::collection::vec(any_event(), 1..60));
    let result = TestRunner::new(config).run(&anything, |(options, begins, events)| {
        run(&options, begins, events, &seen);
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
