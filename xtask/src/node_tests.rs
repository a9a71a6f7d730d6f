//! Tests that run in Node.js, with its own test runner. Not here: what is tested (`tests/scripts`).

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{npm, process, workspace};

/// The test runner; without files it finds the tests in its folder.
pub(crate) fn command() -> Command {
    process::command("node", &["--test", "--test-reporter=tap"])
}

/// Installs the packages of the tests of the page's scripts.
pub(crate) fn install() -> anyhow::Result<()> {
    npm::needed("what the tests of the scripts run in")?;
    npm::ci_once(&workspace::root().join("tests").join("scripts"))
}

/// The command that runs the tests of the page's scripts, once their packages are installed; none without tests.
pub(crate) fn of_scripts() -> anyhow::Result<Option<Command>> {
    let folder = workspace::root().join("tests").join("scripts");
    let tests = tests_in(&folder);
    if tests.is_empty() {
        return Ok(None);
    }
    npm::needed("what the tests of the scripts run in")?;
    if folder.join("package-lock.json").is_file() {
        npm::ci_once(&folder)?;
    }
    let mut test = command();
    // By name: what a folder means here differs between versions of Node.js.
    test.args(tests);
    Ok(Some(test))
}

fn tests_in(folder: &Path) -> Vec<PathBuf> {
    let is_test = |file: &PathBuf| file.to_string_lossy().ends_with(".test.js");
    let mut tests: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).filter(is_test).collect();
    tests.sort();
    tests
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_is_not_there_has_no_tests() {
        assert_eq!(tests_in(&workspace::root().join("tests").join("nothing")), Vec::<PathBuf>::new());
    }
}
