//! npm: that it is there, that a folder of the repository has what its lock file says, and packing a folder. Not here:
//! which packages, and what they are for.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, bail};

use crate::{action_required::ActionRequired, process};

/// An error that says what to install, unless Node.js and npm are there. `what` comes from npm.
pub(crate) fn needed(what: &str) -> anyhow::Result<()> {
    for program in ["node", "npm"] {
        if process::on_path(program).is_none() {
            return Err(ActionRequired::new(format!(
                "`{program}` is missing, and {what} comes as an npm package. \
                 Install Node.js 20 or newer with npm, then run this again."
            ))
            .into());
        }
    }
    Ok(())
}

/// Installs exactly what the folder's lock file says.
pub(crate) fn ci(folder: &Path) -> anyhow::Result<()> {
    let mut npm = process::command("npm", &["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"]);
    process::run(npm.arg(folder))
}

/// The same, unless it is installed.
pub(crate) fn ci_once(folder: &Path) -> anyhow::Result<()> {
    // npm keeps a copy of the lock file with what it has installed.
    let checksums = |path: &str| -> Option<Vec<String>> {
        let text = fs::read_to_string(folder.join(path)).ok()?;
        Some(text.lines().filter(|line| line.contains("\"integrity\"")).map(str::to_owned).collect())
    };
    let wanted = checksums("package-lock.json");
    if wanted.is_some() && checksums("node_modules/.package-lock.json") == wanted { Ok(()) } else { ci(folder) }
}

/// Makes the archive that would be published.
pub(crate) fn pack(package: &Path, to: &Path) -> anyhow::Result<PathBuf> {
    let mut npm = Command::new("npm");
    npm.args(["pack", "--silent", "--ignore-scripts", "--pack-destination"]).arg(to).current_dir(package);
    let output = process::output(&mut npm).context("could not start npm")?;
    if !output.status.success() {
        bail!("npm could not pack {}: {}", package.display(), String::from_utf8_lossy(&output.stderr));
    }
    Ok(to.join(String::from_utf8(output.stdout)?.trim()))
}
