//! Packs the packages and installs what was packed: into an empty folder, where their tests run, and into copies of the
//! examples, as anyone would who adds them to a project. Not here: what is tested (`emulator/npm/test`), and what the
//! examples do (`examples/emulator`).

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::ensure;

use super::{NAME, make, platform::Platform};
use crate::{
    browser::{self, Chromium},
    compile, emulator, node_tests, npm, process, workspace,
};

/// The examples that use the package.
const EXAMPLES: [&str; 6] = ["npx", "node", "playwright", "vitest", "cypress", "testcontainers"];

/// A command that checks something.
#[derive(Debug)]
pub(crate) struct Check {
    pub(crate) name: String,
    pub(crate) command: Command,
    /// Whether it counts tests itself.
    pub(crate) counts: bool,
}

/// What is packed, and where it is installed.
#[derive(Debug)]
pub(crate) struct Installed {
    folder: PathBuf,
    packages: [String; 2],
    /// What is packed.
    archives: Vec<PathBuf>,
}

impl Installed {
    /// Makes packages of the program as it is compiled for tests, packs them, and installs them in an empty folder.
    pub(crate) fn prepare() -> anyhow::Result<Self> {
        npm::needed("what checks the emulator's package")?;
        let folder = workspace::target().join("emulator-installed");
        let (platform, made) = (Platform::of_this_machine()?, folder.join("made"));
        make(&compile::program(emulator::PACKAGE)?, &platform, &made)?;
        let packages = [NAME.to_owned(), platform.package()];
        let archives =
            packages.iter().map(|name| npm::pack(&made.join(name), &folder)).collect::<anyhow::Result<_>>()?;
        let installed = Self { folder, packages, archives };
        workspace::remove_folder(&installed.app())?;
        fs::create_dir_all(installed.app())?;
        install(&installed.archives, &installed.app())?;
        Ok(installed)
    }

    /// The tests of the package, in the folder that it is installed in.
    fn tests(&self) -> anyhow::Result<Command> {
        let to = self.app().join("test");
        copy_sources(&sources(), &to)?;
        let mut tests = node_tests::command();
        for file in workspace::files_below(&to)?.iter().filter(|file| file.to_string_lossy().ends_with(".test.js")) {
            tests.arg(file);
        }
        tests.current_dir(&to).env_remove("OKTA_EMULATOR_BINARY");
        Ok(tests)
    }

    /// Checks a program that is written with the package's types.
    fn types(&self) -> anyhow::Result<Command> {
        npm::ci_once(&sources())?;
        let to = self.app().join("test");
        copy_sources(&sources(), &to)?;
        let modules = sources().join("node_modules");
        let mut tsc = Command::new(modules.join(".bin").join("tsc"));
        tsc.arg("--project").arg(&to).arg("--typeRoots").arg(modules.join("@types"));
        Ok(tsc)
    }

    /// All commands that check the packages and the examples.
    pub(crate) fn checks(&self, chromium: &Chromium) -> anyhow::Result<Vec<Check>> {
        let check = |name: &str, command, counts| Check { name: format!("emulator from npm: {name}"), command, counts };
        let mut checks = vec![check("tests", self.tests()?, true), check("types", self.types()?, false)];
        for example in EXAMPLES {
            let mut npm = Command::new("npm");
            npm.args(["run", "--silent", "check"]).current_dir(self.example(example)?);
            npm.env("CHROMIUM", &chromium.browser).env_remove("OKTA_EMULATOR_BINARY");
            checks.push(check(&format!("examples/emulator/{example}"), npm, false));
        }
        Ok(checks)
    }

    /// Runs them one after the other, up to the first that fails.
    pub(super) fn run_checks(&self) -> anyhow::Result<()> {
        self.checks(&browser::setup()?)?.into_iter().try_for_each(|mut check| process::run(&mut check.command))
    }

    /// A copy of an example that the packed packages are installed in.
    fn example(&self, name: &str) -> anyhow::Result<PathBuf> {
        let from = workspace::root().join("examples").join("emulator").join(name);
        let to = self.folder.join("examples").join(name);
        copy_sources(&from, &to)?;
        if !from.join("package-lock.json").is_file() {
            install(&self.archives, &to)?;
            return Ok(to);
        }
        npm::ci_once(&to)?;
        // By copying, so that npm finds at the next run that what it has installed is what the lock file says.
        let (installed, modules) = (self.app().join("node_modules"), to.join("node_modules"));
        for package in &self.packages {
            workspace::remove_folder(&modules.join(package))?;
            copy_sources(&installed.join(package), &modules.join(package))?;
        }
        Ok(to)
    }

    fn app(&self) -> PathBuf {
        self.folder.join("app")
    }
}

/// As anyone would install them, but that nothing is fetched: programs of other platforms are left out.
fn install(archives: &[PathBuf], to: &Path) -> anyhow::Result<()> {
    let mut npm = Command::new("npm");
    npm.args(["install", "--offline", "--no-audit", "--no-fund", "--silent"]);
    process::run(npm.args(archives).current_dir(to))?;
    let inside = to.join("node_modules").join(NAME);
    ensure!(inside.is_dir(), "npm did not install {}", inside.display());
    Ok(())
}

/// Where the tests are.
fn sources() -> PathBuf {
    workspace::root().join("emulator").join("npm").join("test")
}

/// Copies a folder over what is there, without what is installed in it.
fn copy_sources(from: &Path, to: &Path) -> anyhow::Result<()> {
    for file in workspace::files_below(from)? {
        let inside = file.strip_prefix(from)?;
        if !inside.starts_with("node_modules") {
            crate::package::copy(&file, &to.join(inside))?;
        }
    }
    Ok(())
}
