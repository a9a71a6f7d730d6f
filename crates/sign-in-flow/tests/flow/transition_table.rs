//! The table of transitions: every intent and every other event, in every situation, and what it leads to. The test
//! writes it to `transitions.snapshot.md`; with `UPDATE_EXPECT=1` it writes it anew. What is not in the table does
//! nothing. Not here: what the org's responses lead to (`transitions`).

use crate::harness::{Harness, Input, answer, org, person, sign_in, visibility};
use crate::hook::{HOOK, WITH_HOOK, catalog, factor, factors, form, problem, told};
use crate::responses::{no_json, session, success};
use crate::situations::{SITUATIONS, intents};
use crate::transcript;
use expect_test::expect_file;
use okta_authn::{CredentialError, Password};
use serde_json::json;
use sign_in_flow::{Effect, Event, Intent, ManageIntent, PhoneEntry, RegistrationIntent};
use std::fmt::Write as _;

type Begin = Box<dyn Fn() -> Harness>;

/// Situations that only this table has: registration, ways to leave, and factor management.
fn more_situations() -> Vec<(&'static str, Begin)> {
    let open = || person(Intent::Registration(RegistrationIntent::Open { username: String::new() }));
    let registration = move || Harness::at_start(&WITH_HOOK).then(open());
    let begin = || Input::Event(Event::Begin { remembered: None });
    let signing_in = move || Harness::new(&[]).then(begin()).then(person(sign_in("jeff", "pw")));
    let list = || {
        let list = [
            factor("s1", "sms", "ACTIVE"),
            factor("q1", "question", "ACTIVE"),
            factor("p1", "push", "ACTIVE"),
            factor("g1", "google", "PENDING_ACTIVATION"),
        ];
        Harness::manage(HOOK).begun().then(Input::Org(factors(&list)))
    };
    let manage = |intent: ManageIntent| person(Intent::Manage(intent));
    let with_catalog = move || list().then(manage(ManageIntent::Add)).then(Input::Org(catalog()));
    let removing = move || list().then(manage(ManageIntent::Remove(0)));
    let pushed = || told(200, json!({"result": "WAITING", "transactionId": "t1"}));
    vec![
        ("before Begin", Box::new(|| Harness::new(&[])) as Begin),
        ("start, signing in", Box::new(|| Harness::at_start(&[]).then(person(sign_in("jeff", "pw"))))),
        (
            "start, a session was found while typing",
            Box::new(move || {
                let typing = Harness::new(&[]).then(begin()).then(person(Intent::Edit));
                typing.then(Input::Background(session("ann")))
            }),
        ),
        ("start with a hook", Box::new(|| Harness::at_start(&WITH_HOOK))),
        ("registration, no form yet", Box::new(registration)),
        ("registration", Box::new(move || registration().then(Input::Org(form())))),
        ("leaving, closing the old session", Box::new(move || signing_in().then(org(success())))),
        (
            "leaving, asking the hook",
            Box::new(|| Harness::at_start(&WITH_HOOK).then(person(sign_in("jeff", "pw"))).then(org(success()))),
        ),
        (
            "leaving, exchanging the token",
            Box::new(|| {
                let asked = Harness::at_start(&WITH_HOOK).then(person(sign_in("jeff", "pw"))).then(org(success()));
                asked.then(Input::Org(problem(404, "not_found")))
            }),
        ),
        (
            "signed in",
            Box::new(|| {
                Harness::at_start(&[("session-redirect", "callback")])
                    .then(person(sign_in("jeff", "pw")))
                    .then(org(success()))
            }),
        ),
        ("manage, loading", Box::new(|| Harness::manage(HOOK).begun())),
        (
            "manage, signed out",
            Box::new(|| Harness::manage(HOOK).begun().then(Input::Org(problem(401, "not_signed_in")))),
        ),
        ("manage, list", Box::new(list)),
        ("manage, catalog", Box::new(with_catalog)),
        ("manage, form", Box::new(move || with_catalog().then(person(Intent::Enroll(0))))),
        ("manage, activate", Box::new(move || list().then(manage(ManageIntent::Finish(3))))),
        ("manage, prove", Box::new(move || list().then(manage(ManageIntent::Test(1))))),
        (
            "manage, prove a push",
            Box::new(move || list().then(manage(ManageIntent::Test(2))).then(Input::Org(pushed()))),
        ),
        ("manage, confirm removal", Box::new(removing)),
        (
            "manage, reauthenticate to add",
            Box::new(move || {
                let offers = json!({"proofRequired": true, "factors": [{"factorType": "sms", "provider": "OKTA"}]});
                list().then(manage(ManageIntent::Add)).then(Input::Org(told(200, offers)))
            }),
        ),
        (
            "manage, reauthenticate",
            Box::new(move || {
                let refused = Input::Org(problem(403, "fresh_proof_required"));
                removing().then(manage(ManageIntent::ConfirmRemoval)).then(refused)
            }),
        ),
    ]
}

/// Every input, besides responses that are awaited.
fn inputs() -> Vec<Input> {
    let registration = [
        RegistrationIntent::Open { username: "jeff".to_owned() },
        RegistrationIntent::Submit {
            values: vec![("email".to_owned(), "b@x.example".to_owned()), ("firstName".to_owned(), "Bruce".to_owned())],
            phone: PhoneEntry::default(),
            password: Password::new("Smash-1962"),
        },
        RegistrationIntent::Leave { username: "jeff".to_owned() },
    ];
    let manage = [
        ManageIntent::Reload,
        ManageIntent::Add,
        ManageIntent::Test(0),
        ManageIntent::Finish(3),
        ManageIntent::Remove(0),
        ManageIntent::ConfirmRemoval,
        ManageIntent::CancelSetup,
        ManageIntent::SignOutEverywhere,
        ManageIntent::Password(Password::new("pw")),
    ];
    let further = [Intent::BrowserBack, Intent::Cancel, Intent::ChangeUser];
    let intents = intents().into_iter().map(|(intent, _)| intent).chain(further);
    let intents = intents
        .chain(registration.map(Intent::Registration))
        .chain(manage.map(Intent::Manage))
        .map(person)
        .chain([person(answer(""))]);
    let events = [
        Event::Begin { remembered: Some("ann".to_owned()) },
        Event::Restored { remembered: None },
        Event::Elapsed,
        Event::Copied,
    ];
    intents.chain(events.map(Input::Event)).chain([visibility(false), Input::Seconds(60)]).collect()
}

/// What an input leads to; `None` where it does nothing.
fn leads_to(mut harness: Harness, input: Input) -> Option<String> {
    let before = harness.shown();
    let effects = harness.input(input);
    let after = harness.shown();
    if effects.is_empty() && before == after {
        return None;
    }
    let effects: Vec<_> = effects.into_iter().filter(|effect| !matches!(effect, Effect::Wait { .. })).collect();
    Some(transcript::line(&effects, &before, &after).replace('|', "\\|"))
}

fn describe(table: &mut String, name: &str, begin: &dyn Fn() -> Harness) {
    let shown = begin().shown();
    let _ = writeln!(table, "\n## {name}\n\n`{}`\n", transcript::line(&[], &shown, &shown));
    let _ = writeln!(table, "| input | leads to |\n|---|---|");
    for input in inputs() {
        let told = transcript::input(&input);
        if let Some(line) = leads_to(begin(), input) {
            let _ = writeln!(table, "| {told} | {line} |");
        }
    }
    let harness = begin();
    if harness.has_asked() {
        for input in
            [Input::Authenticator(Err(CredentialError::Refused)), Input::Duo(true), Input::Page(Ok(json!(null)))]
        {
            let told = transcript::input(&input);
            if let Some(line) = leads_to(begin(), input) {
                let _ = writeln!(table, "| {told} | {line} |");
            }
        }
    }
    if !harness.screen().busy && harness.has_sent() {
        let late = Input::Late(harness.newest(), no_json(204));
        let told = transcript::input(&late);
        let in_background = harness.newest_is_in_background();
        if let Some(line) = leads_to(begin(), late).filter(|_| !in_background) {
            let _ = writeln!(table, "| {told} | {line} |");
        }
    }
}

#[test]
fn every_input_in_every_situation() {
    let mut table =
        "# What each input leads to\n\nWritten by the test `transition_table`. An input that is not listed does \
                     nothing in that situation. For the notation see `transcript.rs`.\n"
            .to_owned();
    for situation in &SITUATIONS {
        describe(&mut table, situation.name, &|| situation.harness());
    }
    for (name, begin) in &more_situations() {
        describe(&mut table, name, &**begin);
    }
    expect_file!["transitions.snapshot.md"].assert_eq(&table);
}
