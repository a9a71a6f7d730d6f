//! The tools of the build, and what it takes from npm: which ones, in which version, where they are kept and how they are installed. Not here:
//! browsers (`browser.rs`), and what the tools are used for.
//!
//! A tool is there when its own `--version` says so. That is true for one on `PATH` and for one in our folder, so an
//! installation that was interrupted is done again.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use anyhow::{Context as _, bail};
use serde::Deserialize;

use crate::{
    action_required::ActionRequired,
    npm,
    process::{self, ToolPath},
    workspace,
};

/// What the build and the tests need, in the versions that are known to work together.
const TOOLS: [Tool; 6] = [
    Tool {
        name: "trunk",
        program: "trunk",
        version: "0.21.14",
        version_says: "0.21.14",
        // Without its features: they are TLS and looking for a newer Trunk, and it runs offline.
        source: Source::Cargo { locked: true, default_features: false, takes: "about 6 minutes" },
    },
    Tool {
        name: WASM_BINDGEN_CLI,
        program: "wasm-bindgen-test-runner",
        version: "0.2.130",
        version_says: "0.2.130",
        // Not by its own lock file, which names crate versions that are gone. It drives a browser of this machine.
        source: Source::Cargo { locked: false, default_features: false, takes: "about 2 minutes" },
    },
    Tool { name: "binaryen", program: "wasm-opt", version: "132.0.0", version_says: "132", source: Source::Npm },
    Tool { name: "esbuild", program: "esbuild", version: "0.28.2", version_says: "0.28.2", source: Source::Npm },
    Tool {
        name: "cargo-deny",
        program: "cargo-deny",
        version: "0.20.2",
        version_says: "0.20.2",
        source: Source::Cargo { locked: true, default_features: true, takes: "about 5 minutes" },
    },
    Tool {
        name: "geckodriver",
        program: "geckodriver",
        version: "0.37.1",
        version_says: "0.37.1",
        source: Source::Cargo { locked: true, default_features: true, takes: "about 2 minutes" },
    },
];

/// The library with the rules of phone numbers, which is bundled into `okta-sign-in-phone.js`. The tests of the scripts
/// have the same one.
pub(crate) const PHONE_LIBRARY: Library = Library {
    name: "libphonenumber-js",
    version: "1.13.16",
    integrity: "sha512-tIOCM9yx2Go6d5/ZANe0K+G4AZek1Ymx81HxQpf19Sri4zMP95eQbKdnUGHAvFQ4nx0PeLhFqvAfisTADXj3tQ==",
    licence: "MIT AND Apache-2.0",
};

/// A package of npm that becomes a part of the scripts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Library {
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
    /// The hash of its archive, as npm writes it into lock files.
    pub(crate) integrity: &'static str,
    /// Its licence, as an SPDX expression, with that of the data in it.
    pub(crate) licence: &'static str,
}

impl Library {
    /// The folder that scripts find it in, as `node_modules`; it is installed unless it is there.
    pub(crate) fn modules(&self) -> anyhow::Result<PathBuf> {
        let folder = self.folder()?;
        if !self.is_in(&folder) {
            npm::needed(self.name)?;
            eprintln!("  {} {}: installing...", self.name, self.version);
            fs::create_dir_all(&folder).with_context(|| format!("could not create {}", folder.display()))?;
            process::run(&mut npm_install(&folder, self.name, self.version))?;
            if !self.is_in(&folder) {
                bail!(
                    "what npm has installed as {} {} has another hash than {}",
                    self.name,
                    self.version,
                    self.integrity
                );
            }
        }
        Ok(folder.join(MODULES))
    }

    fn folder(&self) -> anyhow::Result<PathBuf> {
        Ok(cache()?.join(format!("{}-{}", self.name, self.version)))
    }

    /// Whether npm has installed it there, from the archive with this hash.
    fn is_in(&self, folder: &Path) -> bool {
        let lock = fs::read_to_string(folder.join(MODULES).join(".package-lock.json"));
        lock.is_ok_and(|lock| lock.contains(&format!("\"{}\"", self.integrity)))
    }
}

/// The folder in which npm installs.
const MODULES: &str = "node_modules";

fn npm_install(folder: &Path, name: &str, version: &str) -> Command {
    let mut npm = process::command("npm", &["install", "--no-audit", "--no-fund"]);
    npm.arg("--prefix").arg(folder).arg(format!("{name}@{version}"));
    npm
}

/// The tools without which there is no bundle. They take seconds to install.
pub(crate) const BUILD: &[&str] = &["binaryen", "esbuild"];

/// The tools that building the bundle with Trunk needs.
pub(crate) const DIST: &[&str] = &["trunk", "binaryen", "esbuild"];

/// The tools that the checks need.
pub(crate) const CHECKS: &[&str] = &["trunk", WASM_BINDGEN_CLI, "binaryen", "esbuild", "cargo-deny"];

/// The tool that driving Firefox needs.
pub(crate) const FIREFOX: &[&str] = &["geckodriver"];

const WASM_BINDGEN_CLI: &str = "wasm-bindgen-cli";
const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// One tool of the table.
#[derive(Debug)]
struct Tool {
    /// The name of its package.
    name: &'static str,
    /// The program in it that we call.
    program: &'static str,
    /// The version of the package.
    version: &'static str,
    /// The word for that version in the output of the program's `--version`.
    version_says: &'static str,
    source: Source,
}

#[derive(Debug, Clone, Copy)]
enum Source {
    /// A crate of crates.io: from `cargo binstall` where it is there, else compiled, which takes that long on two
    /// cores.
    Cargo { locked: bool, default_features: bool, takes: &'static str },
    /// A package of npm.
    Npm,
}

/// Makes the named tools and the wasm target available and says what it does.
pub(crate) fn setup(names: &[&str]) -> anyhow::Result<ToolPath> {
    same_wasm_bindgen()?;
    wasm_target()?;
    let mut tools = ToolPath::default();
    for tool in TOOLS.iter().filter(|tool| names.contains(&tool.name)) {
        tool.add_to(&mut tools, true)?;
    }
    if BUILD.iter().all(|name| names.contains(name)) {
        PHONE_LIBRARY.modules()?;
    }
    Ok(tools)
}

/// An error when [`setup_build`] would fail for want of npm, before anything is compiled.
pub(crate) fn check_build() -> anyhow::Result<()> {
    for tool in TOOLS.iter().filter(|tool| BUILD.contains(&tool.name)) {
        if !tool.is_on_path() && !tool.is_in(&tool.folder()?.join(tool.bin_folder())) {
            npm::needed(tool.program)?;
        }
    }
    if !PHONE_LIBRARY.is_in(&PHONE_LIBRARY.folder()?) {
        npm::needed(PHONE_LIBRARY.name)?;
    }
    Ok(())
}

/// Makes the tools available without which there is no bundle, and Trunk only where it is installed already: it
/// takes minutes to compile, and the same files can be built without it.
pub(crate) fn setup_build() -> anyhow::Result<ToolPath> {
    let mut tools = setup(BUILD)?;
    if let Some(trunk) = TOOLS.iter().find(|tool| tool.name == "trunk") {
        trunk.add_to(&mut tools, false)?;
    }
    Ok(tools)
}

impl Tool {
    /// Adds the tool, from `PATH` or from our folder. Where it is in neither, it is installed or left out.
    fn add_to(&self, tools: &mut ToolPath, install: bool) -> anyhow::Result<()> {
        if self.is_on_path() {
            eprintln!("  {} {}: on PATH", self.name, self.version);
            tools.add(self.name, None);
            return Ok(());
        }
        let folder = self.folder()?;
        let bin = folder.join(self.bin_folder());
        if self.is_in(&bin) {
            eprintln!("  {} {}: present", self.name, self.version);
        } else if install {
            self.install(&folder, &bin)?;
        } else {
            eprintln!("  {} {}: not there, and not needed", self.name, self.version);
            return Ok(());
        }
        tools.add(self.name, Some(bin));
        Ok(())
    }

    /// Whether the command can be run and names this tool's version.
    fn answers(&self, command: &mut Command) -> bool {
        process::output(command).is_some_and(|output| {
            output.status.success() && says_version(&String::from_utf8_lossy(&output.stdout), self.version_says)
        })
    }

    fn is_on_path(&self) -> bool {
        self.answers(&mut process::command(self.program, &["--version"]))
    }

    /// Where the tool is installed.
    fn folder(&self) -> anyhow::Result<PathBuf> {
        Ok(cache()?.join(format!("{}-{}", self.name, self.version)))
    }

    fn is_in(&self, bin: &Path) -> bool {
        let program = bin.join(self.program);
        self.answers(Command::new(program).arg("--version"))
    }

    fn bin_folder(&self) -> PathBuf {
        match self.source {
            Source::Cargo { .. } => PathBuf::from("bin"),
            Source::Npm => [MODULES, ".bin"].iter().collect(),
        }
    }

    fn install(&self, folder: &Path, bin: &Path) -> anyhow::Result<()> {
        let start = Instant::now();
        fs::create_dir_all(folder).with_context(|| format!("could not create {}", folder.display()))?;
        if !self.download(folder, bin) {
            let takes = match self.source {
                Source::Cargo { takes, .. } => format!("compiling, {takes} on two cores"),
                Source::Npm => "installing".to_owned(),
            };
            eprintln!("  {} {}: {takes}...", self.name, self.version);
            process::run(&mut self.install_command(folder)?)?;
        }
        if !self.is_in(bin) {
            bail!(
                "{} was installed into {}, but `{} --version` does not say {}",
                self.name,
                folder.display(),
                self.program,
                self.version_says
            );
        }
        eprintln!("  {} {}: installed in {}", self.name, self.version, process::duration(start.elapsed()));
        Ok(())
    }

    /// Downloads the compiled program with `cargo binstall`, where that is there and finds one.
    fn download(&self, folder: &Path, bin: &Path) -> bool {
        if matches!(self.source, Source::Npm) || process::on_path("cargo-binstall").is_none() {
            return false;
        }
        eprintln!("  {} {}: downloading with cargo binstall...", self.name, self.version);
        let mut binstall = process::command("cargo", &["binstall", "--no-confirm", "--force", "--disable-strategies"]);
        // It would compile with all default features.
        binstall.args(["compile", "--version", self.version, "--root"]).arg(folder).arg(self.name);
        match process::run(&mut binstall) {
            Ok(()) => self.is_in(bin),
            Err(error) => {
                eprintln!("  {} {}: {error:#}", self.name, self.version);
                false
            }
        }
    }

    fn install_command(&self, folder: &Path) -> anyhow::Result<Command> {
        Ok(match self.source {
            Source::Cargo { locked, default_features, .. } => {
                let mut cargo = process::command("cargo", &["install", self.name]);
                cargo.args(["--version", self.version, "--force", "--root"]);
                cargo.arg(folder);
                if locked {
                    cargo.arg("--locked");
                }
                if !default_features {
                    cargo.arg("--no-default-features");
                }
                cargo.args(["--bin", self.program]);
                // They run for seconds and would compile for many minutes.
                cargo.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1").env("CARGO_PROFILE_RELEASE_LTO", "off");
                cargo.env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "64").env("CARGO_PROFILE_RELEASE_DEBUG", "false");
                cargo
            }
            Source::Npm => {
                npm::needed(self.program)?;
                npm_install(folder, self.name, self.version)
            }
        })
    }
}

/// Whether one of the words that a program's `--version` prints is this version.
fn says_version(output: &str, version: &str) -> bool {
    output.split_whitespace().any(|word| word == version)
}

/// The folder that all clones of one user share.
fn cache() -> anyhow::Result<PathBuf> {
    if let Some(folder) = env::var_os("OKTA_WIDGET_TOOLS") {
        return Ok(folder.into());
    }
    let cache = env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|home| home.join(".cache")))
        .ok_or_else(|| {
            ActionRequired::new("No home folder to keep the tools in: set OKTA_WIDGET_TOOLS to a folder.")
        })?;
    Ok(cache.join("okta-authn-widget").join("tools"))
}

/// Adds the wasm target to the toolchain of rust-toolchain.toml, unless it is there.
fn wasm_target() -> anyhow::Result<()> {
    let mut rustc = process::command("rustc", &["--print", "target-libdir"]);
    rustc.args(["--target", WASM_TARGET]);
    let present = process::output(&mut rustc)
        .is_some_and(|output| PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()).is_dir());
    if present {
        eprintln!("  {WASM_TARGET}: present");
        return Ok(());
    }
    if process::on_path("rustup").is_none() {
        return Err(ActionRequired::new(format!(
            "The Rust target {WASM_TARGET} is missing, and so is rustup to add it. \
             Install rustup, then run this again."
        ))
        .into());
    }
    eprintln!("  {WASM_TARGET}: installing...");
    process::run(&mut process::command("rustup", &["target", "add", WASM_TARGET]))
}

/// The library and the programs of wasm-bindgen only work together in one version.
fn same_wasm_bindgen() -> anyhow::Result<()> {
    let path = workspace::root().join("Cargo.lock");
    let lock = fs::read_to_string(&path).with_context(|| format!("could not read {}", path.display()))?;
    let pinned = TOOLS.iter().find(|tool| tool.name == WASM_BINDGEN_CLI).map_or("", |tool| tool.version);
    match locked_version(&lock, "wasm-bindgen")? {
        Some(locked) if locked != pinned => Err(ActionRequired::new(format!(
            "Cargo.lock has wasm-bindgen {locked}, but {WASM_BINDGEN_CLI} is pinned to {pinned} \
             in xtask/src/tools.rs. Run `cargo update -p wasm-bindgen --precise {pinned}`, or \
             change the pin there and in xtask/link/Cargo.toml."
        ))
        .into()),
        _ => Ok(()),
    }
}

/// The version of a package in a lock file, if it is in there.
fn locked_version(lock: &str, name: &str) -> anyhow::Result<Option<String>> {
    #[derive(Deserialize)]
    struct Lock {
        #[serde(default)]
        package: Vec<Package>,
    }
    #[derive(Deserialize)]
    struct Package {
        name: String,
        version: String,
    }
    let lock: Lock = toml::from_str(lock).context("Cargo.lock is not what cargo writes")?;
    Ok(lock.package.into_iter().find(|package| package.name == name).map(|package| package.version))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn versions_are_whole_words() {
        assert!(says_version("trunk 0.21.14\n", "0.21.14"));
        assert!(says_version("wasm-opt version 132 (version_132)", "132"));
        assert!(!says_version("trunk 0.21.141", "0.21.14"));
        assert!(!says_version("", "0.21.14"));
    }

    #[test]
    fn the_lock_file_tells_the_version_of_exactly_that_package() {
        let lock = r#"
            version = 4
            [[package]]
            name = "wasm-bindgen-macro"
            version = "0.2.1"
            [[package]]
            name = "wasm-bindgen"
            version = "0.2.130"
        "#;
        let version = |name| locked_version(lock, name).unwrap();
        assert_eq!(version("wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(version("yew"), None);
        assert!(locked_version("package = 3", "yew").is_err());
    }

    #[test]
    fn every_name_asked_for_is_in_the_table() {
        for name in BUILD.iter().chain(DIST).chain(CHECKS).chain(FIREFOX) {
            assert!(TOOLS.iter().any(|tool| tool.name == *name), "{name}");
        }
    }
}
