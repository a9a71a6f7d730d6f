//! Packs the package and installs what was packed into copies of the examples, as anyone would who adds it to an
//! application, and builds these. Not here: driving them in a browser (`tests/e2e/tests/journeys/package.rs`).

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, bail};

use super::make;
use crate::{
    npm,
    process::{self, ToolPath},
    workspace,
};

/// The examples that use the package through npm.
pub(crate) const EXAMPLES: [&str; 3] = ["react", "vue", "svelte"];

/// The example without npm packages.
const PLAIN: &str = "plain-html";

/// What is packed, and the examples that it is installed in. The folders are as in the repository: `pkg` and `examples`.
#[derive(Debug)]
pub(crate) struct Installed {
    pub(crate) folder: PathBuf,
    /// The packed package.
    archive: PathBuf,
}

impl Installed {
    /// Makes a package of the usual bundle, packs it and installs it.
    pub(crate) fn prepare(tools: &ToolPath) -> anyhow::Result<Self> {
        npm::needed("what checks the package")?;
        let folder = workspace::target().join("package-installed");
        let made = folder.join("made");
        make(tools, &workspace::dist(), &made)?;
        let archive = npm::pack(&made, &folder)?;
        unpack(&archive, &folder)?;
        let installed = Self { folder, archive };
        for example in EXAMPLES {
            installed.install(example)?;
        }
        copy_example(PLAIN, &installed.example(PLAIN))?;
        Ok(installed)
    }

    /// Builds the examples for production.
    pub(crate) fn build_examples(&self) -> anyhow::Result<()> {
        EXAMPLES.iter().try_for_each(|example| process::run(&mut self.npm_run(example, "build")))
    }

    /// An error unless React renders the application on a server, with the element in it.
    pub(crate) fn renders_on_a_server(&self) -> anyhow::Result<()> {
        let (ended_well, html) = process::run_and_keep(&mut self.npm_run("react", "server"))?;
        if !ended_well || !html.contains("<okta-sign-in") {
            bail!("the server did not render an <okta-sign-in>");
        }
        Ok(())
    }

    /// The command that runs a script of an example.
    pub(crate) fn npm_run(&self, example: &str, script: &str) -> Command {
        let mut npm = Command::new("npm");
        npm.args(["run", "--silent", script]).current_dir(self.example(example));
        npm
    }

    /// The commands that check the package itself, each with its name.
    pub(crate) fn checks(&self) -> anyhow::Result<[(&'static str, Command); 2]> {
        let tools = workspace::root().join("tests").join("package");
        npm::ci_once(&tools)?;
        let tool = |name: &str| Command::new(tools.join("node_modules").join(".bin").join(name));
        let mut publint = tool("publint");
        publint.args(["run", "--strict"]).arg(self.folder.join("pkg"));
        let mut types = tool("attw");
        // It is for bundlers and browsers, which read modules.
        types.args(["--profile", "esm-only", "--exclude-entrypoints", "./styles.css", "--no-emoji"]).arg(&self.archive);
        Ok([("package: publint", publint), ("package: types of each entry", types)])
    }

    fn example(&self, name: &str) -> PathBuf {
        self.folder.join("examples").join(name)
    }

    fn install(&self, example: &str) -> anyhow::Result<()> {
        let folder = self.example(example);
        copy_example(example, &folder)?;
        npm::ci_once(&folder)?;
        // What is there may be of an earlier package.
        let inside = folder.join("node_modules").join(super::NAME);
        workspace::remove_folder(&inside)?;
        copy_folder(&self.folder.join("pkg"), &inside)
    }
}

/// Puts the archive's content into the folder `pkg`.
fn unpack(archive: &Path, folder: &Path) -> anyhow::Result<()> {
    // The name of the folder in every archive of npm.
    let inside = folder.join("package");
    workspace::remove_folder(&inside)?;
    process::run(Command::new("tar").arg("-xzf").arg(archive).arg("-C").arg(folder))?;
    workspace::replace_folder(&inside, &folder.join("pkg"))
}

/// Copies an example's sources over what is in the folder, whose installed packages stay.
fn copy_example(name: &str, to: &Path) -> anyhow::Result<()> {
    let from = workspace::root().join("examples").join(name);
    for entry in fs::read_dir(&from).with_context(|| from.display().to_string())? {
        let path = entry?.path();
        let target = to.join(path.file_name().unwrap_or_default());
        if path.is_file() {
            fs::create_dir_all(to)?;
            fs::copy(&path, &target)?;
        } else if path.ends_with("src") {
            workspace::remove_folder(&target)?;
            copy_folder(&path, &target)?;
        }
    }
    Ok(())
}

fn copy_folder(from: &Path, to: &Path) -> anyhow::Result<()> {
    workspace::files_below(from)?.iter().try_for_each(|file| super::copy(file, &to.join(file.strip_prefix(from)?)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn the_documentation_shows_the_examples_as_they_are_tested() {
        let read = |path: &str| fs::read_to_string(workspace::root().join(path)).unwrap();
        let page = read("docs/frameworks.md");
        for file in ["react/src/App.tsx", "vue/src/App.vue", "svelte/src/App.svelte"] {
            assert!(
                page.contains(read(&format!("examples/{file}")).trim_end()),
                "docs/frameworks.md shows another {file}"
            );
        }
    }
}
