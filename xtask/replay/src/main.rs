//! What does the widget show for this response? Runs recorded responses of an org through the widget's own parser, state
//! machines and views, and prints what a person would see: no browser, no network.
//!
//! A transaction is the response to user name and password. So is an error, unless its code is about a proof (`kind` has
//! the list): then it is the response to a code that was sent by SMS. The widget is configured for the org that the
//! body's own links lead to.
//!
//! The exit code is 1 when a file panics, is a transaction that cannot be read, or renders nothing; it is 2 when an
//! argument is not valid. Not here: the steps of a replay, which are in the library.

mod outcome;
mod page;
mod panics;
mod report;

use clap::Parser;
use okta_replay::files::Files;
use okta_replay::view;
use outcome::{Failure, Outcome, Render, outcome};
use report::Report;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Shows what the widget displays for recorded responses.
#[derive(Debug, Parser)]
#[command(name = "replay", version)]
struct Arguments {
    /// Recorded responses, one body or `{status, response}` a file, or folders of them
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Print one JSON array instead of lines
    #[arg(long)]
    json: bool,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(&arguments, view::render, &mut io::stdout().lock(), &mut io::stderr()) {
        Ok(code) => code.into(),
        // The reader of the output may have closed it.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            let _closed = writeln!(io::stderr(), "replay: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Replays all files. Returns the exit code.
fn run(arguments: &Arguments, render: Render, out: &mut dyn Write, errors: &mut dyn Write) -> io::Result<u8> {
    let files = match Files::find(&arguments.paths) {
        Ok(files) => files,
        Err(error) => {
            writeln!(errors, "replay: {error:#}")?;
            return Ok(2);
        }
    };
    let reports: Vec<Report> = files
        .responses
        .iter()
        .map(|path| Report { file: path.display().to_string(), outcome: replayed(path, render) })
        .collect();
    if arguments.json {
        report::json(out, &reports)?;
    } else {
        report::text(out, &reports, files.skipped)?;
    }
    Ok(u8::from(reports.iter().any(Report::failed)))
}

fn replayed(path: &Path, render: Render) -> Outcome {
    match std::fs::read_to_string(path) {
        Ok(text) => outcome(&text, render),
        Err(error) => Outcome::Failed(Failure::Unreadable(error.to_string())),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, clippy::panic, reason = "a failed call fails the test")]
mod tests {
    use super::*;

    /// Runs the program over files of that content, in a folder of their own.
    fn run_over(bodies: &[(&str, &str)], json: bool, render: Render) -> (u8, String) {
        let folder = tempfile::tempdir().unwrap();
        for (name, body) in bodies {
            std::fs::write(folder.path().join(name), body).unwrap();
        }
        let mut out = Vec::new();
        let arguments = Arguments { paths: vec![folder.path().to_owned()], json };
        let code = run(&arguments, render, &mut out, &mut io::sink()).unwrap();
        (code, String::from_utf8(out).unwrap().replace(folder.path().to_str().unwrap(), "in"))
    }

    #[test]
    fn prints_what_a_person_would_see() {
        let bodies = [
            (
                "a.error.json",
                r#"{"errorCode": "E0000004", "errorSummary": "Authentication failed", "errorId": "oae1"}"#,
            ),
            ("b.json", r#"{"userId": "1", "login": "x", "status": "ACTIVE"}"#),
            ("b.request.json", "{}"),
            ("c.json", r#"{"page": "/p", "seen": "nothing", "expect": "a word"}"#),
        ];
        let (code, printed) = run_over(&bodies, false, view::render);
        assert_eq!(code, 0);
        for line in [
            "in/a.error.json\n  error     401 E0000004, in response to user name and password\n  step      start\n  title     Sign in\n",
            "\n  notice    alert: That username or password isn't right. Check both and try again.\n",
            "\n  input     \"Username\": username, type text, autocomplete username\n",
            "\n  action    Sign in (submits)\n",
            "in/b.json\n  body      not a transaction: a session\n",
            "in/c.json\n  body      none, but a description of what was done: page, seen, expect\n",
            "\n1 shown, 1 not transactions, 1 descriptions, 0 failed; 1 other files skipped\n",
        ] {
            assert!(printed.contains(line), "{line:?} is not in\n{printed}");
        }
    }

    #[test]
    fn prints_the_same_for_programs() {
        let (code, printed) = run_over(&[("a.json", r#"{"status": 429}"#), ("b.json", "{}")], true, view::render);
        assert_eq!(code, 0);
        let reports: serde_json::Value = serde_json::from_str(&printed).unwrap();
        for (pointer, value) in [
            ("/0/file", "in/a.json"),
            ("/0/verdict", "shown"),
            ("/0/step", "start"),
            ("/0/title", "Sign in"),
            ("/0/error/inResponseTo", "user name and password"),
            ("/0/notice/role", "alert"),
            ("/0/inputs/1/type", "password"),
            ("/0/inputs/1/autocomplete", "current-password"),
            ("/0/inputs/1/label", "Password"),
            ("/1/body", "the response to a cancel"),
        ] {
            assert_eq!(
                reports.pointer(pointer).and_then(serde_json::Value::as_str),
                Some(value),
                "{pointer} of {printed}"
            );
        }
    }

    #[test]
    fn each_failure_fails_the_run_and_the_rest_is_still_replayed() {
        let good = ("z.json", r#"{"status": "LOCKED_OUT"}"#);
        let panicking: Render = |_, _| panic!("no such view");
        let blank: Render = |_, _| String::new();
        for (body, render, message) in [
            (r#"{"status": "MFA_ENROLL"}"#, view::render as Render, "FAILED    _embedded.factors should be present"),
            ("<html>", view::render, "FAILED    cannot be read: expected value"),
            (
                r#"{"status": "SUCCESS"}"#,
                panicking,
                "FAILED    the widget panicked: no such view (xtask/replay/src/main.rs:",
            ),
            (r#"{"status": "SUCCESS"}"#, blank, "renders nothing"),
        ] {
            let (code, printed) = run_over(&[("a.json", body), good], false, render);
            assert_eq!(code, 1, "{printed}");
            assert!(printed.contains(message), "{message:?} is not in\n{printed}");
            assert!(printed.contains("in/z.json\n"), "{printed}");
            let (code, printed) = run_over(&[("a.json", body), good], true, render);
            assert!(code == 1 && printed.contains(r#""verdict": "failed""#), "{printed}");
        }
    }

    #[test]
    fn arguments_that_are_not_valid() {
        for line in [&["replay"][..], &["replay", "--jason", "x"]] {
            assert_eq!(Arguments::try_parse_from(line).unwrap_err().exit_code(), 2, "{line:?}");
        }
        let absent = Arguments { paths: vec![PathBuf::from("no/such/file.json")], json: false };
        let mut errors = Vec::new();
        assert_eq!(run(&absent, view::render, &mut io::sink(), &mut errors).unwrap(), 2);
        assert!(errors.starts_with(b"replay: no/such/file.json cannot be read"));
    }
}
