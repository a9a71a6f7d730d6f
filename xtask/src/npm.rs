//! npm: that it is there, and that a folder of the repository has what its lock file says. Which packages, and
//! what they are for, is told where they are used.

use std::path::Path;

use crate::{process, stop::Stop};

/// Stops with a word on what to install, unless Node.js and npm are there. `what` comes from npm.
pub(crate) fn needed(what: &str) -> anyhow::Result<()> {
    for program in ["node", "npm"] {
        if process::on_path(program).is_none() {
            return Err(Stop::new(format!(
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
