//! "What would the widget do with this?" Plays recorded responses of an org through the widget's own
//! parser, machine and view, and prints what a person would see: no browser, no network.
//!
//! A transaction is played as the answer to name and password. So is an error, unless its code is about a
//! proof (`kind` lists which): then it answers a code that was sent by SMS. The widget is set up for the
//! org that the body's own links lead to.
//!
//! Ends with 1 when a file panics, is a transaction that is not understood, or renders nothing; with 2
//! when an argument makes no sense.

mod guard;
mod outcome;
mod page;
mod report;

use clap::Parser;
use okta_replay::files::Files;
use okta_replay::view;
use outcome::{Failure, Outcome, Render, outcome};
use report::Report;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Shows what the widget makes of recorded responses.
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
        // Whoever reads the output may have seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            let _gone = writeln!(io::stderr(), "replay: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Plays all files; the exit code.
fn run(arguments: &Arguments, render: Render, out: &mut dyn Write, complaints: &mut dyn Write) -> io::Result<u8> {
    let files = match Files::find(&arguments.paths) {
        Ok(files) => files,
        Err(error) => {
            writeln!(complaints, "replay: {error:#}")?;
            return Ok(2);
        }
    };
    let reports: Vec<Report> = files
        .responses
        .iter()
        .map(|path| Report { file: path.display().to_string(), outcome: played(path, render) })
        .collect();
    if arguments.json {
        report::json(out, &reports)?;
    } else {
        report::text(out, &reports, files.skipped)?;
    }
    Ok(u8::from(reports.iter().any(Report::failed)))
}

fn played(path: &Path, render: Render) -> Outcome {
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
        ];
        let (code, printed) = run_over(&bodies, false, view::render);
        assert_eq!(code, 0);
        for line in [
            "in/a.error.json\n  error     401 E0000004, in answer to name and password\n  step      start\n  title     Sign in\n",
            "\n  notice    alert: Unable to sign in. Check your username and password. Error ID: oae1\n",
            "\n  input     \"Username\": username, type text, autocomplete username\n",
            "\n  action    Sign in (submits)\n",
            "in/b.json\n  body      not a transaction: a session\n",
            "\n1 shown, 1 not transactions, 0 failed; 1 other files skipped\n",
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
            ("/0/error/inAnswerTo", "name and password"),
            ("/0/notice/role", "alert"),
            ("/0/inputs/1/type", "password"),
            ("/0/inputs/1/autocomplete", "current-password"),
            ("/0/inputs/1/label", "Password"),
            ("/1/body", "the answer to a cancel"),
        ] {
            assert_eq!(
                reports.pointer(pointer).and_then(serde_json::Value::as_str),
                Some(value),
                "{pointer} of {printed}"
            );
        }
    }

    #[test]
    fn each_fault_fails_the_run_and_the_rest_is_still_played() {
        let good = ("z.json", r#"{"status": "LOCKED_OUT"}"#);
        let panicking: Render = |_| panic!("no such view");
        let blank: Render = |_| String::new();
        for (body, render, said) in [
            (r#"{"status": "MFA_ENROLL"}"#, view::render as Render, "FAILED    _embedded should be present"),
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
            assert!(printed.contains(said), "{said:?} is not in\n{printed}");
            assert!(printed.contains("in/z.json\n"), "{printed}");
            let (code, printed) = run_over(&[("a.json", body), good], true, render);
            assert!(code == 1 && printed.contains(r#""verdict": "failed""#), "{printed}");
        }
    }

    #[test]
    fn arguments_that_make_no_sense() {
        for line in [&["replay"][..], &["replay", "--jason", "x"]] {
            assert_eq!(Arguments::try_parse_from(line).unwrap_err().exit_code(), 2, "{line:?}");
        }
        let absent = Arguments { paths: vec![PathBuf::from("no/such/file.json")], json: false };
        let mut complaints = Vec::new();
        assert_eq!(run(&absent, view::render, &mut io::sink(), &mut complaints).unwrap(), 2);
        assert!(complaints.starts_with(b"replay: no/such/file.json cannot be read"));
    }
}
