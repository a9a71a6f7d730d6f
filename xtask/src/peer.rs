//! Has the clients of others judge the emulated org, unmodified: their tests are JavaScript and run in Node.js. Not here:
//! what they send to the org (the folders of [`SUITES`]).

use std::{path::PathBuf, process::Command};

use crate::{compile, emulator, node_tests, npm, workspace};

/// The tests of one client.
pub(crate) struct Suite {
    /// The folder below `emulator/tests`.
    folder: &'static str,
    /// The name of the check.
    pub(crate) name: &'static str,
}

const OKTA_AUTH_JS: Suite = Suite { folder: "okta-auth-js", name: "emulator: Okta's own client, openid-client" };

/// All of them, as the checks run them.
pub(crate) const SUITES: [Suite; 2] =
    [OKTA_AUTH_JS, Suite { folder: "okta-sdk-nodejs", name: "emulator: Okta's SDK for Node.js" }];

/// The folder of the installed okta-auth-js, for a page.
pub(crate) fn client() -> anyhow::Result<PathBuf> {
    npm::needed("okta-auth-js, for the journeys of a page with it")?;
    let folder = OKTA_AUTH_JS.path();
    npm::ci_once(&folder)?;
    Ok(folder.join("node_modules/@okta/okta-auth-js"))
}

impl Suite {
    fn path(&self) -> PathBuf {
        workspace::root().join("emulator/tests").join(self.folder)
    }

    /// The command that runs the tests, once the client and the emulator are there.
    pub(crate) fn command(&self) -> anyhow::Result<Command> {
        npm::needed(&format!("what judges the emulated org ({})", self.folder))?;
        npm::ci_once(&self.path())?;
        let program = compile::program(emulator::PACKAGE)?;
        let mut test = node_tests::command();
        test.current_dir(self.path()).env("EMULATOR", program);
        Ok(test)
    }
}
