//! Has Okta's own client and openid-client judge the emulated org: their tests are JavaScript and run in Node.js. Not
//! here: what they send to the org (`emulator/tests/okta-auth-js/`).

use std::{path::PathBuf, process::Command};

use crate::{compile, emulator, node_tests, npm, workspace};

fn folder() -> PathBuf {
    workspace::root().join("emulator/tests/okta-auth-js")
}

/// The folder of the installed client, for a page.
pub(crate) fn client() -> anyhow::Result<PathBuf> {
    npm::needed("okta-auth-js, for the journeys of a page with it")?;
    npm::ci_once(&folder())?;
    Ok(folder().join("node_modules/@okta/okta-auth-js"))
}

/// The command that runs the tests, once the client and the emulator are there.
pub(crate) fn command() -> anyhow::Result<Command> {
    npm::needed("what judges the emulated org (okta-auth-js, openid-client)")?;
    npm::ci_once(&folder())?;
    let program = compile::program(emulator::PACKAGE)?;
    let mut test = node_tests::command();
    test.current_dir(folder()).env("EMULATOR", program);
    Ok(test)
}
