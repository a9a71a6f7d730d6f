//! Screens that no fixture leads to: the widget's own forms, waiting, countdowns, opened menus, typed input. Not
//! here: notices (`notices.rs`).

use crate::entry::Entry;
use crate::fixture::{self, Fixture};
use okta_authn_widget::authn::request::Preferences;
use okta_authn_widget::authn::{Channel, FactorKind, Password, Session};
use okta_authn_widget::flow::step::{EnrollForm, Question, Recovery};
use okta_authn_widget::flow::{Event, Intent, Machine, Screen, Step};
use okta_replay::play::{Asked, NOW};
use std::rc::Rc;

pub(crate) fn all() -> anyhow::Result<Vec<Entry>> {
    let mut entries = start()?;
    entries.extend(recovery()?);
    entries.extend(waiting()?);
    entries.extend(opened()?);
    entries.push(Entry::of("questions to choose from", &questions()?));
    Ok(entries)
}

fn sign_in() -> Intent {
    let username = "ada.lovelace@acme.example".to_owned();
    Intent::SignIn { username, password: Password::new("a password"), keep_username: true }
}

fn started(change: impl FnOnce(&mut okta_authn_widget::flow::Settings)) -> anyhow::Result<Machine> {
    let mut settings = fixture::config()?.settings;
    change(&mut settings);
    let mut machine = Machine::new(settings);
    machine.handle(Event::Begin { remembered: None }, NOW);
    Ok(machine)
}

fn start() -> anyhow::Result<Vec<Entry>> {
    let plain = started(|settings| (settings.recovery.clear(), settings.unlock.clear()).1)?;
    let full = started(|_| ())?;
    let nameless = started(|settings| settings.without_password = true)?;
    let remembered = Machine::remembering(fixture::config()?.settings, Some("ada.lovelace@acme.example".to_owned()));
    let mut busy = started(|_| ())?;
    fixture::handle_intent(&mut busy, sign_in());
    let mut paused = started(|_| ())?;
    let ticket = fixture::handle_intent(&mut paused, sign_in());
    Fixture::named("errors/rate-limited")?.reply(&mut paused, ticket);
    let session = Session { login: "ada.lovelace@acme.example".to_owned() };
    let at = |step| Screen { step, ..full.screen().clone() };
    let start = Entry::of("start", plain.screen());
    let hint = r#"<p role="status" class="oaw-hint">"#;
    let caps = start.changed("Caps Lock", |html| html.replace(hint, &[hint, "Caps Lock is on."].concat()))?;
    Ok(vec![
        start,
        caps,
        Entry::of("start with recovery and unlock", full.screen()),
        Entry::of("start without a password", nameless.screen()),
        Entry::of("start with a name remembered", remembered.screen()),
        Entry::of("start busy", busy.screen()),
        Entry::of("start paused", paused.screen()),
        Entry::of("session", &at(Step::Session(Rc::new(session)))),
        Entry::of("resuming", &at(Step::Resuming)),
        Entry::of("leaving", &at(Step::Leaving)),
        Entry::of("signed in", &at(Step::SignedIn)),
    ])
}

fn recovery() -> anyhow::Result<Vec<Entry>> {
    let username = || "ada.lovelace@acme.example".to_owned();
    let form = |recovery| -> anyhow::Result<Machine> {
        let mut machine = started(|_| ())?;
        fixture::handle_intent(&mut machine, Intent::OpenRecovery { recovery, username: username() });
        Ok(machine)
    };
    let mut entries = vec![
        Entry::of("recovery of a password", form(Recovery::Password)?.screen()),
        Entry::of("unlock", form(Recovery::Unlock)?.screen()),
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
        entries.push(Entry::of([name, ", asked for here"].concat(), machine.screen()));
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
        let screen = Fixture::named(name)?.screen()?;
        entries.push(Entry::of([name, ", busy"].concat(), &Screen { busy: true, ..screen }));
    }
    for (name, wait, paused) in [
        ("factors/sms/required", 7, false),
        ("factors/call/required", 7, false),
        ("factors/push/required", 31, false),
        ("factors/google-totp/required", 0, true),
    ] {
        let mut machine = Fixture::named(name)?.machine(Asked::Credentials)?;
        if paused {
            let ticket = fixture::submit_code(&mut machine);
            Fixture::named("errors/rate-limited")?.reply(&mut machine, ticket);
            entries.push(Entry::of([name, ", paused"].concat(), machine.screen()));
            continue;
        }
        let ticket = fixture::handle_intent(&mut machine, Intent::StartChallenge(Preferences::default()));
        Fixture::named(&name.replace("required", "challenge"))?.reply(&mut machine, ticket);
        fixture::advance(&mut machine, wait);
        entries.push(Entry::of(format!("{name}, sent {wait} s ago"), machine.screen()));
    }
    Ok(entries)
}

/// With an opened menu, or typed input.
fn opened() -> anyhow::Result<Vec<Entry>> {
    let entry = |name| Ok::<_, anyhow::Error>(Entry::of(name, &Fixture::named(name)?.screen()?));
    let mut entries = Vec::new();
    let open = |html: &str| html.replace("<details ", "<details open ");
    for name in [
        "states/mfa-required",
        "states/mfa-required-every-factor",
        "states/mfa-required-long-texts",
        "factors/push/activate",
    ] {
        entries.push(entry(name)?.changed("opened", open)?);
    }
    let mut machine = Fixture::named("states/mfa-required-every-factor")?.machine(Asked::Credentials)?;
    let is_push = |step: &Step| step.factor().is_some_and(|factor| factor.kind() == FactorKind::Push);
    for place in 0..20 {
        if !is_push(&machine.screen().step) {
            fixture::handle_intent(&mut machine, Intent::Choose(place));
        }
    }
    entries.push(Entry::of("push with a code beside it", machine.screen()).changed("opened", open)?);
    let meet = |html: &str| html.replacen(r#"class="oaw-rule""#, r#"class="oaw-rule oaw-rule-met""#, 3);
    entries.push(entry("states/password-expired")?.changed("typed", meet)?);
    Ok(entries)
}

/// The form with the org's list of questions.
fn questions() -> anyhow::Result<Screen> {
    let mut machine = Fixture::named("factors/question/enroll")?.machine(Asked::Credentials)?;
    fixture::handle_intent(&mut machine, Intent::Enroll(0));
    let mut screen = machine.screen().clone();
    if let Step::EnrollForm(form) = &screen.step {
        let question = |key: &str, text: &str| Question { key: key.to_owned(), text: text.to_owned() };
        let questions = [
            question("disliked_food", "What is the food you least liked as a child?"),
            question("name_of_first_plush_toy", "What is the name of your first stuffed animal?"),
        ];
        screen.step = Step::EnrollForm(Rc::new(EnrollForm { questions: questions.into(), ..(**form).clone() }));
    }
    Ok(screen)
}
