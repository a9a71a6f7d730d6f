//! The result of one recording: from its text to the screen, or to an error. Not here: files, or how it is printed.

use crate::page::Page;
use crate::panics::catch_panic;
use okta_authn::wire::Value;
use okta_authn::{Response, Transaction};
use okta_authn_widget::tools::PreviewStep;
use okta_replay::kind::Kind;
use okta_replay::recording::Recording;
use okta_replay::run::{RequestKind, configure, run};
use okta_replay::step_name::step_name;
use sign_in_flow::Screen;

/// Renders a screen.
pub(crate) type Render = fn(&Screen, &PreviewStep) -> String;

/// The result of one recording.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// The widget shows a screen.
    Shown(Box<Shown>),
    /// The sign-in does not show this kind of body.
    NotTransaction(String),
    /// No body, but a description of what was done: its members.
    Description(String),
    /// The widget, or the recording, has an error.
    Failed(Failure),
}

/// A screen, and the response before it.
#[derive(Debug)]
pub(crate) struct Shown {
    /// HTTP status of the response.
    pub http_status: u16,
    /// `status` of a transaction, `errorCode` of an error.
    pub code: Option<String>,
    /// Of an error: the request that it responds to.
    pub request: Option<RequestKind>,
    /// The step's name.
    pub step: &'static str,
    /// Its content.
    pub page: Page,
}

/// An error.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The recording cannot be read.
    Unreadable(String),
    /// A transaction cannot be read.
    Decode {
        /// Path of the member.
        path: String,
        /// What it should be.
        expected: &'static str,
    },
    /// The widget panicked.
    Panic(String),
    /// The screen has no content; its step.
    Blank(&'static str),
}

impl Failure {
    /// One word for programs.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "unreadable",
            Self::Decode { .. } => "decode",
            Self::Panic(_) => "panic",
            Self::Blank(_) => "blank",
        }
    }

    /// One sentence for people.
    pub(crate) fn message(&self) -> String {
        match self {
            Self::Unreadable(why) => format!("cannot be read: {why}"),
            Self::Decode { path, expected } => {
                let path = if path.is_empty() { "the body" } else { path };
                format!("{path} should be {expected}")
            }
            Self::Panic(what) => format!("the widget panicked: {what}"),
            Self::Blank(step) => format!("the step {step} renders nothing"),
        }
    }
}

/// Replays the recording and reads the screen that follows.
pub(crate) fn outcome(text: &str, render: Render) -> Outcome {
    let recording = match Recording::parse(text) {
        Ok(recording) => recording,
        Err(error) => return Outcome::Failed(Failure::Unreadable(error.to_string())),
    };
    let kind = Kind::of(&recording);
    let request = match kind {
        Kind::Other(description) => return Outcome::NotTransaction(description),
        Kind::Description(members) => return Outcome::Description(members),
        Kind::Error(request) => request,
        Kind::Transaction => RequestKind::Credentials,
    };
    catch_panic(|| shown(&recording, &kind, request, render))
        .unwrap_or_else(|message| Err(Failure::Panic(message)))
        .map_or_else(Outcome::Failed, |shown| Outcome::Shown(Box::new(shown)))
}

fn shown(recording: &Recording, kind: &Kind, request: RequestKind, render: Render) -> Result<Shown, Failure> {
    let body = recording.body.as_ref();
    if let (Kind::Transaction, Some(body)) = (kind, body) {
        Transaction::try_from(body).map_err(|error| Failure::Decode { path: error.path, expected: error.expected })?;
    }
    let config = configure(&recording.org()).map_err(Failure::Unreadable)?;
    let http_status = recording.status.unwrap_or_else(|| kind.usual_status(body));
    let machine =
        run(&config, request, Response { status: http_status, body: body.cloned(), ..Response::ok(Value::Null) });
    let step = PreviewStep::from(&machine);
    let page = Page::read(&render(machine.screen(), &step));
    let step = step_name(&step);
    if page.is_blank() {
        return Err(Failure::Blank(step));
    }
    let member = |name: &str| body?.get(name).and_then(|value| value.as_text().map(str::to_owned));
    let (code, request) = match kind {
        Kind::Error(request) => (member("errorCode"), Some(*request)),
        _ => (member("status"), None),
    };
    Ok(Shown { http_status, code, request, step, page })
}

#[cfg(test)]
#[expect(clippy::panic, reason = "a failed replay fails the test")]
mod tests {
    use super::*;
    use okta_replay::view::render;

    const CHALLENGE: &str = r#"{"status": "MFA_CHALLENGE", "stateToken": "00x",
        "_embedded": {"factor": {"factorType": "sms", "provider": "OKTA", "profile": {"phoneNumber": "+1 XXX-XXX-0100"}}},
        "_links": {"next": {"name": "verify", "href": "https://acme.okta.example/api/v1/authn/factors/sms1/verify"},
            "cancel": {"href": "https://acme.okta.example/api/v1/authn/cancel"}}}"#;

    fn show(text: &str) -> Shown {
        match outcome(text, render) {
            Outcome::Shown(shown) => *shown,
            other => panic!("{text}: {other:?}"),
        }
    }

    fn failure(text: &str, render: Render) -> Failure {
        match outcome(text, render) {
            Outcome::Failed(failure) => failure,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn a_transaction_shows_its_step() {
        let shown = show(CHALLENGE);
        assert_eq!(
            (shown.step, shown.code.as_deref(), shown.http_status),
            ("mfa-challenge", Some("MFA_CHALLENGE"), 200)
        );
        let inputs: Vec<_> =
            shown.page.inputs.iter().map(|input| (&*input.name, input.autocomplete.as_deref())).collect();
        assert_eq!(inputs, [("passcode", Some("one-time-code"))]);
        let actions: Vec<_> = shown.page.actions.iter().map(|action| &*action.label).collect();
        assert_eq!(actions, ["Verify", "Cancel"]);
        assert_eq!(shown.page.notice, None);
    }

    #[test]
    fn an_error_is_shown_with_the_step_of_its_request() {
        for (text, step, request) in [
            (r#"{"errorCode": "E0000004", "errorSummary": "x"}"#, "start", RequestKind::Credentials),
            (r#"{"errorCode": "E0000068", "errorSummary": "x"}"#, "mfa-challenge", RequestKind::Proof),
            (r#"{"errorCode": "E0000011", "errorSummary": "x"}"#, "start", RequestKind::Proof),
            (r#"{"status": 502, "response": "<html>"}"#, "start", RequestKind::Credentials),
            (r#"{"status": 400, "response": {"message": "x"}}"#, "start", RequestKind::Credentials),
        ] {
            let shown = show(text);
            assert_eq!((shown.step, shown.request), (step, Some(request)), "{text}");
            assert!(shown.page.notice.is_some_and(|notice| !notice.text.is_empty()), "{text}");
        }
    }

    #[test]
    fn other_bodies_have_a_description() {
        let outcome = outcome(r#"{"userId": "1", "login": "x", "status": "ACTIVE"}"#, render);
        assert!(matches!(outcome, Outcome::NotTransaction(what) if what == "a session"));
    }

    #[test]
    fn a_transaction_that_cannot_be_read_fails_with_the_path() {
        for (text, path) in [
            (r#"{"status": "MFA_REQUIRED", "stateToken": "00x"}"#, "_embedded.factors"),
            (
                r#"{"status": "MFA_CHALLENGE", "_embedded": {"factor": {"factorType": 1}}}"#,
                "_embedded.factor.factorType",
            ),
            (r#"{"stateToken": "00x"}"#, "status"),
        ] {
            let failure = failure(text, render);
            assert!(matches!(&failure, Failure::Decode { path: found, .. } if found == path), "{text}: {failure:?}");
            assert!(failure.message().starts_with(path), "{}", failure.message());
        }
    }

    #[test]
    fn text_that_is_not_json_fails() {
        for text in ["", "<html>", "{\"status\": ", &"[".repeat(4000)] {
            assert_eq!(failure(text, render).kind(), "unreadable", "{text}");
        }
    }

    #[test]
    fn a_panic_fails_with_its_message_and_location() {
        let failure = failure(CHALLENGE, |_, _| panic!("view {} is broken", 7));
        let Failure::Panic(message) = &failure else { panic!("{failure:?}") };
        assert!(message.starts_with("view 7 is broken") && message.contains("outcome.rs:"), "{message}");
        assert_eq!(show(CHALLENGE).step, "mfa-challenge", "the next one is replayed");
    }

    #[test]
    fn a_screen_without_content_fails() {
        assert_eq!(failure(CHALLENGE, |_, _| "<div></div>".to_owned()), Failure::Blank("mfa-challenge"));
    }
}
