//! Fixtures by name, and the real machine after a fixture's response. Not here: rendering.

use crate::entry::Shown;
use anyhow::{Context as _, anyhow};
use okta_authn::request::{Preferences, Proof};
use okta_authn::{Channel, Passcode, Response};
use okta_authn_widget::config::Config;
use okta_replay::files::Files;
use okta_replay::recording::Recording;
use okta_replay::run::{self, NOW, RequestKind};
use serde_json::Value;
use sign_in_flow::{Event, Intent, SignInMachine, Ticket};
use std::fs;
use std::path::{Path, PathBuf};

/// The fixtures' org.
const ORG: &str = "https://acme.okta.example";

/// One response of the org.
pub(crate) struct Fixture {
    /// Its path below `tests/fixtures`, without the extension.
    pub name: String,
    response: Response,
}

impl Fixture {
    /// The fixture with this name.
    pub(crate) fn named(name: &str) -> anyhow::Result<Self> {
        Self::read(&root().join([name, ".json"].concat()))
    }

    /// All fixtures of a folder and its subfolders.
    pub(crate) fn all(folder: &str) -> anyhow::Result<Vec<Self>> {
        let files = Files::find(&[root().join(folder)])?;
        files.responses.iter().map(|path| Self::read(path)).collect()
    }

    fn read(path: &Path) -> anyhow::Result<Self> {
        let context = || format!("{} cannot be read", path.display());
        let recording = Recording::parse(&fs::read_to_string(path).with_context(context)?).with_context(context)?;
        let is_error = recording.body.as_ref().is_some_and(|body| body.get("errorCode").is_some());
        let status = recording.status.unwrap_or(if is_error { 401 } else { 200 });
        let name = path.strip_prefix(root()).unwrap_or(path).with_extension("").display().to_string();
        Ok(Self { name, response: Response { status, body: recording.body, retry_at: None, date: None } })
    }

    /// The machine after this response.
    pub(crate) fn machine(&self, request: RequestKind) -> anyhow::Result<SignInMachine> {
        Ok(run::run(&config()?, request, self.response.clone()))
    }

    /// What is shown after this response to the primary request.
    pub(crate) fn shown(&self) -> anyhow::Result<Shown> {
        Ok(Shown::from(&self.machine(RequestKind::Credentials)?))
    }

    /// Completes the request of this ticket with the response.
    pub(crate) fn reply(&self, machine: &mut SignInMachine, ticket: Option<Ticket>) {
        run::respond(machine, ticket, self.response.clone());
    }
}

/// A configuration with every option that adds visible elements.
pub(crate) fn config() -> anyhow::Result<Config> {
    let mut config = run::configure(ORG).map_err(|error| anyhow!(error))?;
    config.settings.recovery = vec![Channel::Email, Channel::Sms, Channel::Call];
    config.settings.unlock = config.settings.recovery.clone();
    config.settings.auto_push = true;
    Ok(config)
}

/// Handles a user's intent; returns the ticket of the request it starts.
pub(crate) fn handle_intent(machine: &mut SignInMachine, intent: Intent) -> Option<Ticket> {
    run::send(machine, Event::User(intent))
}

/// Opens the form that setting up the first factor begins with. An org that is asked for its questions has these.
pub(crate) fn open_form(machine: &mut SignInMachine, questions: &Value) {
    let asked = handle_intent(machine, Intent::Enroll(0));
    let body = serde_json::from_value(questions.clone()).ok();
    run::respond(machine, asked, Response { status: 200, body, retry_at: None, date: None });
}

/// Submits a code.
pub(crate) fn submit_code(machine: &mut SignInMachine) -> Option<Ticket> {
    let proof = Proof::Passcode(Passcode::new("123456"));
    handle_intent(machine, Intent::Prove { proof, preferences: Preferences::default() })
}

/// Advances the time second by second.
pub(crate) fn advance(machine: &mut SignInMachine, seconds: u64) {
    for second in 1..=seconds {
        machine.handle(Event::Elapsed, NOW + second * 1_000);
    }
}

fn root() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "..", "..", "tests", "fixtures"].iter().collect()
}
