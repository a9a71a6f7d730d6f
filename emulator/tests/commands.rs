//! The commands beside the server: what they print and how they end. And that the server takes what `init` writes.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::{
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Command, Output, Stdio},
};

use okta_emulator::Seed;

fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } =
        Command::new(env!("CARGO_BIN_EXE_okta-emulator")).args(arguments).current_dir(folder).output().unwrap();
    (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

#[test]
fn init_writes_what_check_accepts_and_overwrites_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let (code, written, _) = run(folder, &["init"]);
    assert!(code == Some(0) && written.contains("okta-emulator --config okta-emulator.toml"), "{written}");
    assert_eq!(run(folder, &["check", "okta-emulator.toml"]).0, Some(0));
    let text = std::fs::read_to_string(folder.join("okta-emulator.toml")).unwrap();
    assert_eq!(run(folder, &["init", "-"]).1, text);

    std::fs::write(folder.join("okta-emulator.toml"), "mine").unwrap();
    let (code, _, error) = run(folder, &["init"]);
    assert!(code == Some(1) && error.contains("--force"), "{error}");
    assert_eq!(std::fs::read_to_string(folder.join("okta-emulator.toml")).unwrap(), "mine");
    assert_eq!(run(folder, &["init", "--force"]).0, Some(0));
    assert_eq!(std::fs::read_to_string(folder.join("okta-emulator.toml")).unwrap(), text);
}

/// So that what is switched off in the file is right too.
#[test]
fn what_init_switches_off_can_be_switched_on() {
    let text = include_str!("../src/cli/init.toml");
    let is_setting = |line: &&str| line.starts_with('#') && !line.starts_with("# ") && line.len() > 1;
    assert!(text.lines().filter(is_setting).count() > 10);
    let all: Vec<&str> = text.lines().map(|line| if is_setting(&line) { &line[1..] } else { line }).collect();
    Seed::parse(&all.join("\n"), "init.toml").unwrap();
}

#[test]
fn check_reports_every_mistake_and_its_exit_code() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    std::fs::write(folder.join("org.toml"), "[org]\nnam = \"x\"\n[[users]]\nlogin = 1\n").unwrap();
    let (code, output, error) = run(folder, &["check", "org.toml"]);
    assert_eq!((code, output.as_str()), (Some(1), ""));
    let lines: Vec<&str> = error.lines().collect();
    assert!(lines.contains(&"org.toml:2: there is no key `nam` in `org`; did you mean `name`?"), "{error}");
    assert!(
        lines.contains(&"org.toml:4: `users.login` has to be a text in quotation marks, and is a whole number"),
        "{error}"
    );
    assert!(lines.iter().all(|line| line.starts_with("org.toml:")) && lines.len() == 5, "{error}");

    for arguments in
        [&["check", "missing.toml"][..], &["check"], &["--port", "1", "check", "org.toml"], &["--tls-key", "x"]]
    {
        assert_eq!(run(folder, arguments).0, Some(2), "{arguments:?}");
    }
}

#[test]
fn the_line_about_https_follows_the_ready_line() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(run(folder.path(), &["init", "org.toml"]).0, Some(0));
    let mut child = Command::new(env!("CARGO_BIN_EXE_okta-emulator"))
        .args(["--port", "0", "--config", "org.toml", "--tls", "--tls-authority", "authority.pem"])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines: Vec<String> = BufReader::new(child.stdout.take().unwrap()).lines().take(2).map(Result::unwrap).collect();
    child.kill().unwrap();
    child.wait().unwrap();
    // In this order: whoever waits for the address reads no further.
    assert_eq!(lines[0], "certificate authority: authority.pem");
    assert!(lines[1].starts_with("emulator listening on https://localhost:"), "{lines:?}");
    let pem = std::fs::read_to_string(folder.path().join("authority.pem")).unwrap();
    assert!(pem.starts_with("-----BEGIN CERTIFICATE-----"));
}
