//! What came of one recording: from its text to the screen, or to what went wrong. Never here: files, or
//! how it is printed.

use crate::guard::guarded;
use crate::page::Page;
use okta_authn_widget::authn::{Answer, Transaction};
use okta_authn_widget::flow::Screen;
use okta_replay::kind::Kind;
use okta_replay::play::{Asked, configure, play};
use okta_replay::recording::Recording;

/// Renders a screen.
pub(crate) type Render = fn(&Screen) -> String;

/// What came of one recording.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// The widget shows a screen.
    Shown(Box<Shown>),
    /// The sign-in never shows this kind of body.
    NotTransaction(String),
    /// The widget, or the recording, has a fault.
    Failed(Failure),
}

/// A screen, and what led to it.
#[derive(Debug)]
pub(crate) struct Shown {
    /// HTTP status of the answer.
    pub http_status: u16,
    /// `status` of a transaction, `errorCode` of an error.
    pub said: Option<String>,
    /// What was refused, for an error.
    pub refused: Option<Asked>,
    /// The step's name.
    pub step: &'static str,
    /// What stands on it.
    pub page: Page,
}

/// A fault.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The recording cannot be read.
    Unreadable(String),
    /// A transaction was not understood.
    Decode {
        /// Path of the member.
        path: String,
        /// What should stand there.
        expected: &'static str,
    },
    /// The widget panicked.
    Panic(String),
    /// The screen has nothing on it; its step.
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

/// Plays the recording and reads what is on the screen then.
pub(crate) fn outcome(text: &str, render: Render) -> Outcome {
    let recording = match Recording::parse(text) {
        Ok(recording) => recording,
        Err(error) => return Outcome::Failed(Failure::Unreadable(error.to_string())),
    };
    let kind = Kind::of(&recording);
    let asked = match kind {
        Kind::Other(what) => return Outcome::NotTransaction(what),
        Kind::Error(asked) => asked,
        Kind::Transaction => Asked::Credentials,
    };
    guarded(|| shown(&recording, &kind, asked, render))
        .unwrap_or_else(|panic| Err(Failure::Panic(panic)))
        .map_or_else(Outcome::Failed, |shown| Outcome::Shown(Box::new(shown)))
}

fn shown(recording: &Recording, kind: &Kind, asked: Asked, render: Render) -> Result<Shown, Failure> {
    let body = recording.body.as_ref();
    if let (Kind::Transaction, Some(body)) = (kind, body) {
        Transaction::try_from(body).map_err(|error| Failure::Decode { path: error.path, expected: error.expected })?;
    }
    let config = configure(&recording.org()).map_err(Failure::Unreadable)?;
    let http_status = recording.status.unwrap_or_else(|| kind.usual_status(body));
    let screen = play(&config, asked, Answer { status: http_status, body: body.cloned(), retry_at: None });
    let page = Page::read(&render(&screen));
    let step = screen.step.name();
    if page.is_blank() {
        return Err(Failure::Blank(step));
    }
    let member = |name: &str| body?.get(name).and_then(|value| value.as_text().map(str::to_owned));
    let (said, refused) = match kind {
        Kind::Error(asked) => (member("errorCode"), Some(*asked)),
        _ => (member("status"), None),
    };
    Ok(Shown { http_status, said, refused, step, page })
}

#[cfg(test)]
#[expect(clippy::panic, reason = "a fault is what is tested")]
mod tests {
    use super::*;
    use okta_replay::view::render;

    const CHALLENGE: &str = r#"{"status": "MFA_CHALLENGE", "stateToken": "00x",
        "_embedded": {"factor": {"factorType": "sms", "provider": "OKTA", "profile": {"phoneNumber": "+1 XXX-XXX-0100"}}},
        "_links": {"next": {"name": "verify", "href": "https://acme.okta.example/api/v1/authn/factors/sms1/verify"},
            "cancel": {"href": "https://acme.okta.example/api/v1/authn/cancel"}}}"#;

    fn seen(text: &str) -> Shown {
        match outcome(text, render) {
            Outcome::Shown(shown) => *shown,
            other => panic!("{text}: {other:?}"),
        }
    }

    fn fault(text: &str, render: Render) -> Failure {
        match outcome(text, render) {
            Outcome::Failed(failure) => failure,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn a_transaction_shows_its_step() {
        let shown = seen(CHALLENGE);
        assert_eq!(
            (shown.step, shown.said.as_deref(), shown.http_status),
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
    fn an_error_shows_where_it_is_met() {
        for (text, step, asked) in [
            (r#"{"errorCode": "E0000004", "errorSummary": "x"}"#, "start", Asked::Credentials),
            (r#"{"errorCode": "E0000068", "errorSummary": "x"}"#, "mfa-challenge", Asked::Proof),
            (r#"{"errorCode": "E0000011", "errorSummary": "x"}"#, "start", Asked::Proof),
            (r#"{"status": 502, "response": "<html>"}"#, "start", Asked::Credentials),
            (r#"{"status": 400, "response": {"message": "x"}}"#, "start", Asked::Credentials),
        ] {
            let shown = seen(text);
            assert_eq!((shown.step, shown.refused), (step, Some(asked)), "{text}");
            assert!(shown.page.notice.is_some_and(|notice| !notice.text.is_empty()), "{text}");
        }
    }

    #[test]
    fn other_bodies_are_named() {
        let outcome = outcome(r#"{"userId": "1", "login": "x", "status": "ACTIVE"}"#, render);
        assert!(matches!(outcome, Outcome::NotTransaction(what) if what == "a session"));
    }

    #[test]
    fn a_transaction_that_is_not_understood_fails_with_the_path() {
        for (text, path) in [
            (r#"{"status": "MFA_REQUIRED", "stateToken": "00x"}"#, "_embedded"),
            (
                r#"{"status": "MFA_REQUIRED", "_embedded": {"factors": [{"factorType": 1}]}}"#,
                "_embedded.factors[0].factorType",
            ),
            (r#"{"stateToken": "00x"}"#, "status"),
        ] {
            let failure = fault(text, render);
            assert!(matches!(&failure, Failure::Decode { path: found, .. } if found == path), "{text}: {failure:?}");
            assert!(failure.message().starts_with(path), "{}", failure.message());
        }
    }

    #[test]
    fn what_is_not_json_fails() {
        for text in ["", "<html>", "{\"status\": ", &"[".repeat(4000)] {
            assert_eq!(fault(text, render).kind(), "unreadable", "{text}");
        }
    }

    #[test]
    fn a_panic_fails_with_its_message_and_place() {
        let failure = fault(CHALLENGE, |_| panic!("view {} is broken", 7));
        let Failure::Panic(what) = &failure else { panic!("{failure:?}") };
        assert!(what.starts_with("view 7 is broken") && what.contains("outcome.rs:"), "{what}");
        assert_eq!(seen(CHALLENGE).step, "mfa-challenge", "and the next one plays");
    }

    #[test]
    fn a_screen_with_nothing_on_it_fails() {
        assert_eq!(fault(CHALLENGE, |_| "<div></div>".to_owned()), Failure::Blank("mfa-challenge"));
    }
}
