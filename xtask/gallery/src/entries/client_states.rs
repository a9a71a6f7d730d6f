//! Screens that no fixture leads to: the widget's own forms, waiting, countdowns, opened menus, typed input. Not
//! here: notices (`notices.rs`).

use super::load_failure;
use crate::dom_state::{with_caps_lock, with_menu_open, with_password_shown, with_rules_met};
use crate::entry::{Entry, Shown};
use crate::fixture::{self, Fixture};
use okta_authn::request::Preferences;
use okta_authn::{ActivationToken, Channel, FactorKind, Password, Response, Session};
use okta_authn_widget::tools::PreviewStep;
use okta_replay::run::{NOW, RequestKind};
use serde_json::json;
use sign_in_flow::handoff::Recovery;
use sign_in_flow::transaction::verify::VerifyStep;
use sign_in_flow::{
    Event, ExistingSession, Intent, Leaving, Purpose, Resume, SignInMachine, StartStep, Step, Ticket, TransactionStep,
};

pub(crate) fn all() -> anyhow::Result<Vec<Entry>> {
    let mut entries = start()?;
    entries.extend(discovery()?);
    entries.extend(confirm()?);
    entries.extend(recovery()?);
    entries.extend(waiting()?);
    entries.extend(opened()?);
    entries.push(Entry::of("questions to choose from", questions()?));
    Ok(entries)
}

fn sign_in() -> Intent {
    let username = "ada.lovelace@acme.example".to_owned();
    Intent::SignIn { username, password: Password::new("a password"), remember_username: true }
}

pub(super) fn started(change: impl FnOnce(&mut sign_in_flow::Settings)) -> anyhow::Result<SignInMachine> {
    let mut settings = fixture::config()?.settings;
    change(&mut settings);
    let mut machine = SignInMachine::new(settings, None);
    machine.handle(Event::Begin { remembered: None }, NOW);
    Ok(machine)
}

fn start() -> anyhow::Result<Vec<Entry>> {
    let plain = started(|settings| (settings.recovery.clear(), settings.unlock.clear()).1)?;
    let full = started(|_| ())?;
    let nameless = started(|settings| settings.without_password = true)?;
    let remembered = SignInMachine::new(fixture::config()?.settings, Some("ada.lovelace@acme.example".to_owned()));
    let mut busy = started(|_| ())?;
    fixture::handle_intent(&mut busy, sign_in());
    let mut paused = started(|_| ())?;
    let ticket = fixture::handle_intent(&mut paused, sign_in());
    Fixture::named("errors/rate-limited")?.reply(&mut paused, ticket);
    let session = Session { login: "ada.lovelace@acme.example".to_owned() };
    let at = |step| Shown { screen: full.screen().clone(), step: PreviewStep::Start(step) };
    let start = Entry::of("start", &plain);
    let caps_lock = start.changed("Caps Lock", with_caps_lock)?;
    let shown = start.changed("password shown", with_password_shown)?;
    let failed = load_failure::in_static_form(&start)?;
    Ok(vec![
        start,
        caps_lock,
        shown,
        failed,
        load_failure::stopped(),
        Entry::of("start with recovery and unlock", &full),
        Entry::of("start without a password", &nameless),
        Entry::of("start with a name remembered", &remembered),
        Entry::of("start busy", &busy),
        Entry::of("start paused", &paused),
        Entry::of("session", at(StartStep::Session(session))),
        Entry::of("resuming", at(StartStep::Resuming(None))),
        Entry::of("leaving", at(StartStep::Leaving(Leaving::Done))),
        Entry::of("signed in", at(StartStep::SignedIn)),
    ])
}

/// The user name first, and then what the org's answer about it leads to.
fn discovery() -> anyhow::Result<Vec<Entry>> {
    let asked = || -> anyhow::Result<_> {
        let mut machine = started(|settings| settings.discovers = true)?;
        let ticket = fixture::handle_intent(&mut machine, sign_in());
        Ok((machine, ticket))
    };
    let mut entries = vec![Entry::of("discovery busy", &asked()?.0)];
    let answers = [
        ("discovery of the org", "discovery/okta.webfinger"),
        ("discovery of a provider", "discovery/saml.webfinger"),
        ("discovery refused", "discovery/refused.webfinger"),
        ("discovery that leads elsewhere", "discovery/http.webfinger"),
        ("discovery without links", "discovery/no-links.webfinger"),
    ];
    for (name, fixture) in answers {
        let (mut machine, ticket) = asked()?;
        Fixture::named(fixture)?.reply(&mut machine, ticket);
        entries.push(Entry::of(name, &machine));
    }
    Ok(entries)
}

/// A link led to SUCCESS: with nobody signed in, and with somebody.
fn confirm() -> anyhow::Result<Vec<Entry>> {
    let mut machines = Vec::new();
    for existing_session in [ExistingSession::Ignore, ExistingSession::Ask] {
        let mut settings = fixture::config()?.settings;
        settings.existing_session = existing_session;
        settings.resume = Some(Resume::Activation(ActivationToken::new("activation")));
        let mut machine = SignInMachine::new(settings, None);
        let ticket = okta_replay::run::send(&mut machine, Event::Begin { remembered: None });
        Fixture::named("states/success")?.reply(&mut machine, ticket);
        machines.push(machine);
    }
    if let Some(machine) = machines.last_mut() {
        let session = serde_json::from_value(json!({"login": "grace.hopper@acme.example", "status": "ACTIVE"}))?;
        let ticket = Ticket { generation: u32::MAX, purpose: Purpose::Session };
        okta_replay::run::respond(machine, Some(ticket), Response::ok(session));
    }
    let names = ["confirm", "confirm with a session"];
    Ok(names.into_iter().zip(&machines).map(|(name, machine)| Entry::of(name, machine)).collect())
}

fn recovery() -> anyhow::Result<Vec<Entry>> {
    let username = || "ada.lovelace@acme.example".to_owned();
    let form = |recovery| -> anyhow::Result<SignInMachine> {
        let mut machine = started(|_| ())?;
        fixture::handle_intent(&mut machine, Intent::OpenRecovery { recovery, username: username() });
        Ok(machine)
    };
    let mut entries = vec![
        Entry::of("recovery of a password", &form(Recovery::Password)?),
        Entry::of("unlock", &form(Recovery::Unlock)?),
    ];
    let answers = [
        (Recovery::Password, Channel::Email, "states/recovery-challenge-email"),
        (Recovery::Unlock, Channel::Email, "states/recovery-challenge-email-unlock"),
        (Recovery::Password, Channel::Sms, "states/recovery-challenge-sms"),
        (Recovery::Password, Channel::Call, "states/recovery-challenge-call"),
    ];
    for (recovery, channel, name) in answers {
        let mut machine = form(recovery)?;
        let ticket = fixture::handle_intent(&mut machine, Intent::Recover { username: username(), channel });
        Fixture::named(name)?.reply(&mut machine, ticket);
        entries.push(Entry::of([name, ", asked for here"].concat(), &machine));
    }
    Ok(entries)
}

/// Waiting for a response or for a time.
fn waiting() -> anyhow::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for name in [
        "states/mfa-challenge",
        "factors/webauthn/challenge",
        "factors/push/challenge",
        "states/password-expired",
        "states/consent-required",
        "states/mfa-enroll",
        "states/recovery",
    ] {
        let mut shown = Fixture::named(name)?.shown()?;
        shown.screen.busy = true;
        entries.push(Entry::of([name, ", busy"].concat(), shown));
    }
    for (name, wait, paused) in [
        ("factors/sms/required", 7, false),
        ("factors/call/required", 7, false),
        ("factors/push/required", 31, false),
        ("factors/google-totp/required", 0, true),
    ] {
        let mut machine = Fixture::named(name)?.machine(RequestKind::Credentials)?;
        if paused {
            let ticket = fixture::submit_code(&mut machine);
            Fixture::named("errors/rate-limited")?.reply(&mut machine, ticket);
            entries.push(Entry::of([name, ", paused"].concat(), &machine));
            continue;
        }
        let ticket = fixture::handle_intent(&mut machine, Intent::StartChallenge(Preferences::default()));
        Fixture::named(&name.replace("required", "challenge"))?.reply(&mut machine, ticket);
        fixture::advance(&mut machine, wait);
        entries.push(Entry::of(format!("{name}, sent {wait} s ago"), &machine));
    }
    Ok(entries)
}

/// With an opened menu, or typed input.
fn opened() -> anyhow::Result<Vec<Entry>> {
    let entry = |name| Ok::<_, anyhow::Error>(Entry::of(name, Fixture::named(name)?.shown()?));
    let mut entries = Vec::new();
    for name in [
        "states/mfa-required",
        "states/mfa-required-every-factor",
        "states/mfa-required-long-texts",
        "factors/push/activate",
    ] {
        entries.push(entry(name)?.changed("opened", with_menu_open)?);
    }
    let mut machine = Fixture::named("states/mfa-required-every-factor")?.machine(RequestKind::Credentials)?;
    for place in 0..20 {
        if !asks_for_push(&machine) {
            fixture::handle_intent(&mut machine, Intent::Choose(place));
        }
    }
    entries.push(Entry::of("push with a code beside it", &machine).changed("opened", with_menu_open)?);
    let new_password = entry("states/password-expired")?;
    entries.push(new_password.changed("typed", |html| with_rules_met(html, 3))?);
    entries.push(new_password.changed("passwords shown", with_password_shown)?);
    Ok(entries)
}

fn asks_for_push(machine: &SignInMachine) -> bool {
    let Step::Transaction(TransactionStep::Verify(verify)) = machine.step() else { return false };
    let VerifyStep::Choose(step) = &verify.step else { return false };
    step.factor().is_some_and(|factor| factor.kind() == FactorKind::Push)
}

/// The form with the org's list of questions.
fn questions() -> anyhow::Result<Shown> {
    let mut machine = Fixture::named("factors/question/enroll")?.machine(RequestKind::Credentials)?;
    let question = |key: &str, text: &str| json!({"question": key, "questionText": text});
    let questions = json!([
        question("disliked_food", "What is the food you least liked as a child?"),
        question("name_of_first_plush_toy", "What is the name of your first stuffed animal?"),
    ]);
    fixture::open_form(&mut machine, &questions);
    Ok(Shown::from(&machine))
}
