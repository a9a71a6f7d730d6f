//! The gallery of all screens: has the `okta-gallery` program write it, take pictures of it or run axe-core over it,
//! and serves it. Not here: what an entry is, and what is wrong with one.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use anyhow::Context as _;

use crate::{
    browser::{self, Chromium},
    compile,
    counts::Counts,
    journeys, listen, npm, process,
    serve::{self, OrgUrl, ServeOptions},
    workspace,
};

/// The org of the fixtures. Nothing is sent there, but the page server needs one.
const ORG: &str = "https://acme.okta.example";

/// Writes the gallery and serves it until the program is ended.
pub(crate) fn run(port: u16) -> anyhow::Result<()> {
    let org: OrgUrl = ORG.parse().map_err(anyhow::Error::msg)?;
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        // The port first: a conflict is reported before the build.
        let localhost = listen::localhost(port, "--port").await?;
        process::run(&mut program(&[]))?;
        println!("the gallery: http://localhost:{}/", localhost.port);
        serve::serve(localhost, folder(), ServeOptions::org(&org)).await
    })
}

/// Writes the gallery and saves pictures of every entry.
pub(crate) fn screenshots(out: &Path) -> anyhow::Result<()> {
    let chromium = browser::setup()?;
    let out = env::current_dir().context("there is no current folder")?.join(out);
    let mut pictures = program(&["pictures"]);
    pictures.arg(out);
    process::run(in_browser(&mut pictures, &chromium)?)
}

/// Runs axe-core over every entry.
pub(crate) fn check() -> anyhow::Result<ExitCode> {
    let chromium = browser::setup()?;
    let (ended_well, output) = process::run_and_keep(&mut axe(&chromium)?)?;
    let counts = Counts::of_test_run(&output, ended_well);
    println!("{counts}");
    Ok(if counts.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The run of axe-core over every entry. It counts them as a test run does.
pub(crate) fn axe(chromium: &Chromium) -> anyhow::Result<Command> {
    let mut axe = program(&["axe"]);
    axe.arg(axe_script()?);
    in_browser(&mut axe, chromium)?;
    Ok(axe)
}

/// The program, which writes the gallery before it does anything else.
fn program(args: &[&str]) -> Command {
    let mut command = process::command("cargo", &["run", "--quiet", "--package", "okta-gallery", "--"]);
    command.arg(folder()).args(args);
    command
}

fn folder() -> PathBuf {
    workspace::root().join("target").join("gallery")
}

fn in_browser<'a>(command: &'a mut Command, chromium: &Chromium) -> anyhow::Result<&'a mut Command> {
    compile::program("xtask")?;
    journeys::name_browser(command, chromium);
    Ok(command)
}

/// The script of axe-core, in the version of its lock file; installed unless it is there.
fn axe_script() -> anyhow::Result<PathBuf> {
    let folder = workspace::root().join("tests").join("axe");
    let installed = folder.join("node_modules").join("axe-core");
    let wanted = version(&folder.join("package-lock.json"), "/packages/node_modules~1axe-core/version")?;
    if version(&installed.join("package.json"), "/version").ok() != Some(wanted.clone()) {
        npm::needed("axe-core")?;
        eprintln!("  axe-core {wanted}: installing...");
        npm::ci(&folder)?;
    }
    Ok(installed.join("axe.min.js"))
}

fn version(file: &Path, pointer: &str) -> anyhow::Result<String> {
    let text = fs::read_to_string(file).with_context(|| format!("could not read {}", file.display()))?;
    let json: serde_json::Value = serde_json::from_str(&text).with_context(|| format!("{}", file.display()))?;
    let version = json.pointer(pointer).and_then(serde_json::Value::as_str);
    version.map(str::to_owned).with_context(|| format!("{} names no version", file.display()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn the_lock_file_names_the_version_that_is_asked_for() {
        let folder = workspace::root().join("tests").join("axe");
        let locked = version(&folder.join("package-lock.json"), "/packages/node_modules~1axe-core/version").unwrap();
        assert_eq!(version(&folder.join("package.json"), "/dependencies/axe-core").unwrap(), locked);
    }
}
