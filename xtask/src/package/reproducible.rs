//! Builds the package a second time, in another folder, and compares. Not here: how it is built.

use std::{env, fs, path::Path, process::Command};

use anyhow::{Context as _, bail};

use crate::{bundle, process, workspace};

/// An error that names the first file in which this package differs from one that is built of a copy of the sources, in
/// another folder and with nothing that was compiled before.
pub(crate) fn check(package: &Path) -> anyhow::Result<()> {
    let copy = env::temp_dir().join(format!("okta-authn-widget-copy-{}", std::process::id())).join("sources");
    copy_sources(&copy)?;
    let mut again = Command::new("cargo");
    again.args(["xtask", "package"]).current_dir(&copy).env_remove("CARGO_TARGET_DIR");
    process::run(&mut again)?;
    bundle::same_files(package, &copy.join("pkg"))?;
    eprintln!("The package of {} is the same, file by file.", copy.display());
    copy.parent().map_or(Ok(()), workspace::remove_folder)
}

/// Copies what is in the repository, without what was built.
fn copy_sources(to: &Path) -> anyhow::Result<()> {
    let mut list = process::command("git", &["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
    let output = process::output(&mut list).context("could not start git")?;
    if !output.status.success() {
        bail!("git does not list the files: {}", String::from_utf8_lossy(&output.stderr));
    }
    for file in String::from_utf8(output.stdout)?.split_terminator('\0') {
        let (from, target) = (workspace::root().join(file), to.join(file));
        // A file that was removed is listed until the removal is staged.
        if !from.is_file() {
            continue;
        }
        fs::create_dir_all(target.parent().unwrap_or(to))?;
        fs::copy(&from, &target).with_context(|| format!("could not copy {file}"))?;
    }
    Ok(())
}
