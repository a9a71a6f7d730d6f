//! The gallery of all screens: has the `okta-gallery` program write it, take pictures of it, run axe-core over it or
//! walk through it, and serves or exports it. Not here: what an entry is, and what is wrong with one.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use anyhow::Context as _;

use crate::{
    action_required::ActionRequired,
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
pub(crate) fn run(port: u16, language: &str) -> anyhow::Result<()> {
    let org: OrgUrl = ORG.parse().map_err(anyhow::Error::msg)?;
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        // The port first: a conflict is reported before the build.
        let localhost = listen::localhost(port, "--port").await?;
        process::run(&mut program(language, &[]))?;
        println!("the gallery: http://localhost:{}/", localhost.port);
        serve::serve(localhost, folder(), ServeOptions::org(&org)).await
    })
}

/// Writes the gallery into a folder: pages that any web server can serve, and that a browser opens without one.
pub(crate) fn export(out: &Path, language: &str) -> anyhow::Result<()> {
    let out = env::current_dir().context("there is no current folder")?.join(out);
    if !may_replace(&out)? {
        let why = "has other files, which would be removed. Name a folder that is empty or does not exist.";
        return Err(ActionRequired::new(format!("{} {why}", out.display())).into());
    }
    process::run(&mut program_for(&out, language))
}

/// Whether nothing is there that somebody may want to keep: no folder, an empty one, or an earlier gallery.
fn may_replace(folder: &Path) -> anyhow::Result<bool> {
    if !folder.exists() {
        return Ok(true);
    }
    let mut files = fs::read_dir(folder).with_context(|| format!("{} is no folder", folder.display()))?;
    Ok(files.next().is_none() || (folder.join("gallery.js").is_file() && folder.join("entries").is_dir()))
}

/// Writes the gallery and saves pictures of every entry.
pub(crate) fn screenshots(out: &Path, language: &str) -> anyhow::Result<()> {
    let chromium = browser::setup()?;
    let out = env::current_dir().context("there is no current folder")?.join(out);
    let mut pictures = program(language, &["pictures"]);
    pictures.arg(out);
    process::run(in_browser(&mut pictures, &chromium)?)
}

/// Runs axe-core over every entry.
pub(crate) fn check(language: &str) -> anyhow::Result<ExitCode> {
    verdict(&mut axe(&browser::setup()?, language)?)
}

/// Looks for untranslated text and for what does not fit.
pub(crate) fn walk_through() -> anyhow::Result<ExitCode> {
    verdict(&mut walk(&browser::setup()?)?)
}

fn verdict(command: &mut Command) -> anyhow::Result<ExitCode> {
    let (ended_well, output) = process::run_and_keep(command)?;
    let counts = Counts::of_test_run(&output, ended_well);
    println!("{counts}");
    Ok(if counts.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The run of axe-core over every entry. It counts them as a test run does.
pub(crate) fn axe(chromium: &Chromium, language: &str) -> anyhow::Result<Command> {
    let mut axe = program(language, &["axe"]);
    axe.arg(axe_script()?);
    in_browser(&mut axe, chromium)?;
    Ok(axe)
}

/// The walk through every entry in every language. It counts as a test run does.
pub(crate) fn walk(chromium: &Chromium) -> anyhow::Result<Command> {
    let mut walk = program_for(&workspace::target().join("gallery-walk"), ENGLISH);
    walk.arg("walk");
    in_browser(&mut walk, chromium)?;
    Ok(walk)
}

/// The language of the gallery where none is asked for.
pub(crate) const ENGLISH: &str = "en";

/// The program, which writes the gallery before it does anything else.
fn program(language: &str, args: &[&str]) -> Command {
    let mut command = program_for(&folder(), language);
    command.args(args);
    command
}

/// The same for another folder than ours.
fn program_for(folder: &Path, language: &str) -> Command {
    let mut command = process::command("cargo", &["run", "--quiet", "--package", "okta-gallery", "--"]);
    command.arg(folder).args(["--language", language]);
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
    fn only_an_earlier_gallery_is_replaced() {
        let folder = workspace::target().join(format!("test-gallery-{}", std::process::id()));
        assert!(may_replace(&folder).unwrap());
        fs::create_dir_all(folder.join("entries")).unwrap();
        assert!(!may_replace(&folder).unwrap());
        fs::write(folder.join("gallery.js"), "").unwrap();
        assert!(may_replace(&folder).unwrap());
        assert!(may_replace(&folder.join("gallery.js")).is_err());
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn the_lock_file_names_the_version_that_is_asked_for() {
        let folder = workspace::root().join("tests").join("axe");
        let locked = version(&folder.join("package-lock.json"), "/packages/node_modules~1axe-core/version").unwrap();
        assert_eq!(version(&folder.join("package.json"), "/dependencies/axe-core").unwrap(), locked);
    }
}
