//! Has the clients of others judge the emulated org, unmodified: their tests are JavaScript and run in Node.js. Not here:
//! what they send to the org (the folders of [`SUITES`]).

use std::{path::PathBuf, process::Command};

use crate::{
    browser::{self, Chromium},
    compile, emulator, node_tests, npm, workspace,
};

/// The tests of one client.
pub(crate) struct Suite {
    /// The folder below `emulator/tests`.
    folder: &'static str,
    /// The name of the check.
    pub(crate) name: &'static str,
}

const OKTA_AUTH_JS: Suite = Suite { folder: "okta-auth-js", name: "emulator: Okta's own client, openid-client" };

/// Those that need no browser, as the checks run them.
pub(crate) const SUITES: [Suite; 3] = [
    OKTA_AUTH_JS,
    Suite { folder: "okta-sdk-nodejs", name: "emulator: Okta's SDK for Node.js" },
    Suite { folder: "emulate", name: "emulator: the calls that emulate documents" },
];

/// Okta's own widget, in Chromium.
pub(crate) const WIDGET: Suite =
    Suite { folder: "okta-signin-widget", name: "emulator: Okta's own widget, in Chromium" };

/// The folder of the installed okta-auth-js, for a page.
pub(crate) fn client() -> anyhow::Result<PathBuf> {
    npm::needed("okta-auth-js, for the journeys of a page with it")?;
    let folder = OKTA_AUTH_JS.path();
    npm::ci_once(&folder)?;
    Ok(folder.join("node_modules/@okta/okta-auth-js"))
}

/// Installs the packages of all suites.
pub(crate) fn install() -> anyhow::Result<()> {
    npm::needed("what judges the emulated org")?;
    SUITES.iter().chain([&WIDGET]).try_for_each(|suite| npm::ci_once(&suite.path()))
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
        test.current_dir(self.path()).env("OKTA_EMULATOR_BINARY", program);
        Ok(test)
    }

    /// The same for tests that drive a browser: two files at a time, because each starts one.
    pub(crate) fn command_in(&self, chromium: &Chromium) -> anyhow::Result<Command> {
        let mut test = self.command()?;
        let flags = serde_json::to_string(&browser::flags())?;
        test.arg("--test-concurrency=2").env("CHROMIUM", &chromium.browser).env("CHROMIUM_FLAGS", flags);
        Ok(test)
    }
}

#[cfg(test)]
#[allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::{collections::BTreeMap, fs, path::Path};

    use serde_json::Value;

    use super::*;

    /// What `docs/emulator/clients.md` says about each client: name and version.
    fn table() -> BTreeMap<String, String> {
        let text = fs::read_to_string(workspace::root().join("docs/emulator/clients.md")).unwrap();
        let cells = |line: &str| {
            let cells: Vec<String> = line.split('|').map(|cell| cell.trim().to_owned()).collect();
            let name = cells.get(1)?.strip_prefix('`')?.strip_suffix('`')?.to_owned();
            Some((name, cells.get(2)?.clone()))
                .filter(|(_, version)| version.starts_with(|one: char| one.is_ascii_digit()))
        };
        text.lines().filter_map(cells).collect()
    }

    /// The versions of the packages that the folder's own package file names.
    fn of_npm(folder: &Path) -> Vec<(String, String)> {
        let read = |file| -> Value { serde_json::from_slice(&fs::read(folder.join(file)).unwrap()).unwrap() };
        let (own, lock) = (read("package.json"), read("package-lock.json"));
        let named = own["devDependencies"].as_object().into_iter().flatten();
        let version =
            |name: &str| lock["packages"][format!("node_modules/{name}")]["version"].as_str().unwrap().to_owned();
        named.map(|(name, _)| (name.clone(), version(name))).collect()
    }

    /// The versions of clients in Rust.
    fn of_cargo() -> (String, String) {
        let lock: toml::Table = fs::read_to_string(workspace::root().join("Cargo.lock")).unwrap().parse().unwrap();
        let mut packages = lock["package"].as_array().unwrap().iter();
        let found = packages.find(|one| one["name"].as_str() == Some("openidconnect")).unwrap();
        ("openidconnect".to_owned(), found["version"].as_str().unwrap().to_owned())
    }

    /// The clients in Python, with the files that pin them.
    #[test]
    fn the_table_of_clients_has_the_versions_that_are_pinned_for_python() {
        let text = fs::read_to_string(workspace::root().join("docs/emulator/clients.md")).unwrap();
        let clients = [
            ("okta", "`okta` (PyPI)", "okta"),
            ("aws", "`okta` (PyPI)", "okta"),
            ("aws", "`gimme-aws-creds`", "gimme-aws-creds"),
            ("aws", "`aws-okta-processor`", "aws-okta-processor"),
        ];
        for (folder, shown, package) in clients {
            let pinned = format!("emulator/tests/python-clients/{folder}/requirements.txt");
            let pinned = fs::read_to_string(workspace::root().join(pinned)).unwrap();
            let version = pinned.lines().find_map(|line| line.strip_prefix(package)?.strip_prefix("==")).unwrap();
            let version = version.split([' ', ';']).next().unwrap();
            assert!(text.contains(&format!("| {shown} | {version} |")), "{package} {version}");
        }
    }

    #[test]
    fn the_table_of_clients_has_the_versions_of_the_lock_files() {
        let table = table();
        let of_suites = SUITES.iter().chain([&WIDGET]).flat_map(|suite| of_npm(&suite.path()));
        // Drives the browser; it is no client of the org.
        let clients = of_suites.filter(|(name, _)| name != "puppeteer-core").chain([of_cargo()]);
        for (name, version) in clients {
            assert_eq!(table.get(&name), Some(&version), "{name} in docs/emulator/clients.md");
        }
    }
}
