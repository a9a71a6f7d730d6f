//! Installs packages of Debian that tests need. Not here: which ones.

use std::path::Path;

use crate::{action_required::ActionRequired, process};

/// Installs packages of Debian, where this is Debian and we are root. `what` they are is for the message otherwise.
pub(crate) fn install(what: &str, packages: &[&str]) -> anyhow::Result<()> {
    if !Path::new("/etc/debian_version").exists() || !is_root() {
        return Err(ActionRequired::new(format!(
            "The tests need {what}. Install it, so that its programs are on PATH (on Debian: \
             `apt-get install {}`), then run this again.",
            packages.join(" ")
        ))
        .into());
    }
    eprintln!("  {what}: installing...");
    process::run(&mut process::command("apt-get", &["update", "--quiet"]))?;
    let mut install = process::command("apt-get", &["install", "--quiet", "--yes", "--no-install-recommends"]);
    install.args(packages).env("DEBIAN_FRONTEND", "noninteractive");
    process::run(&mut install)
}

pub(crate) fn is_root() -> bool {
    process::output(&mut process::command("id", &["-u"])).is_some_and(|output| output.stdout.trim_ascii() == b"0")
}
