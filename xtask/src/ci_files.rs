//! Checks files that only others run: workflows and the action by their schemas, container files by a linter. No engine
//! for containers is needed, and nothing is built from them. Not here: what runs on CI (`checks.rs`).

use std::{path::PathBuf, process::Command};

use crate::{npm, process, python, workspace};

/// Files with a schema of their own.
const WITH_SCHEMA: [&str; 3] =
    [".github/workflows/ci.yml", ".github/workflows/emulator.yml", "emulator/action/action.yml"];

/// Files that images are built from.
const CONTAINER_FILES: [&str; 2] = ["backend-hook/Containerfile", "emulator/Containerfile"];

fn folder() -> PathBuf {
    workspace::root().join("tests").join("ci-files")
}

/// An error that names what differs from the schemas.
pub(crate) fn check_schemas() -> anyhow::Result<()> {
    npm::needed("what checks workflows and actions")?;
    npm::ci_once(&folder())?;
    let validator = folder().join("node_modules").join(".bin").join("action-validator");
    WITH_SCHEMA.iter().try_for_each(|file| {
        let mut command = Command::new(&validator);
        process::run(command.arg(file).current_dir(workspace::root()))
    })
}

/// The command that lints the container files; an error says what is missing.
pub(crate) fn lint() -> anyhow::Result<Command> {
    python::needed()?;
    let interpreter = python::venv("ci-files", "tests/ci-files/requirements.txt")?;
    let mut lint = Command::new(interpreter.with_file_name("hadolint"));
    lint.args(CONTAINER_FILES).current_dir(workspace::root());
    Ok(lint)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::fs;

    use super::*;

    fn read(path: &str) -> String {
        fs::read_to_string(workspace::root().join(path)).unwrap()
    }

    #[test]
    fn images_are_built_with_the_rust_of_the_workspace() {
        let manifest = read("Cargo.toml");
        let version = manifest.lines().find_map(|line| line.strip_prefix("rust-version = ")).unwrap().trim_matches('"');
        for file in CONTAINER_FILES {
            let text = read(file);
            let first = text.lines().find(|line| line.starts_with("FROM ")).unwrap();
            assert!(first.contains(&format!("/rust:{version}-")), "{file}: {first}");
        }
    }

    #[test]
    fn images_run_as_nobody() {
        for file in CONTAINER_FILES {
            let text = read(file);
            let after = text.rsplit("FROM ").next().unwrap();
            assert!(after.starts_with("gcr.io/distroless/") && after.contains("\nUSER 65532:65532\n"), "{file}");
        }
    }

    #[test]
    fn every_workflow_is_checked() {
        for file in fs::read_dir(workspace::root().join(".github/workflows")).unwrap() {
            let path = file.unwrap().path().strip_prefix(workspace::root()).unwrap().to_string_lossy().into_owned();
            assert!(WITH_SCHEMA.contains(&path.as_str()), "{path}");
        }
    }
}
