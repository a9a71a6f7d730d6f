//! The emulated org judged by Okta's own client: its tests are JavaScript and run in Node. What
//! they ask of the org stands with them (`emulator/tests/okta-auth-js/`).

use std::{path::PathBuf, process::Command};

use crate::{emulator, npm, process, workspace};

fn folder() -> PathBuf {
    workspace::root().join("emulator/tests/okta-auth-js")
}

/// The command that runs the tests, once the client and the emulator are there.
pub(crate) fn command() -> anyhow::Result<Command> {
    npm::needed("okta-auth-js")?;
    if !is_installed() {
        npm::ci(&folder())?;
    }
    let program = emulator::build_debug()?;
    let mut test = process::command("node", &["--test", "--test-reporter=tap"]);
    test.current_dir(folder()).env("EMULATOR", program);
    Ok(test)
}

/// Whether what lies there is what the lock file says: npm keeps a copy of what it installed.
fn is_installed() -> bool {
    let versions = |path: &str| -> Option<Vec<String>> {
        let text = std::fs::read_to_string(folder().join(path)).ok()?;
        Some(text.lines().filter(|line| line.contains("\"integrity\"")).map(str::to_owned).collect())
    };
    let wanted = versions("package-lock.json");
    wanted.is_some() && versions("node_modules/.package-lock.json") == wanted
}
