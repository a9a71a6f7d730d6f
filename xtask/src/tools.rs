//! The tools of the build: which, in which version, where they are kept and how they get there.
//! Browsers are another matter (`browser.rs`), and how the tools are used is told where they are.
//!
//! A tool is there when its own `--version` says so. That holds for one on `PATH` as for one in
//! our folder, so an installation that was broken off is simply done again.

use std::{env, fs, path::PathBuf, process::Command, time::Instant};

use anyhow::{Context as _, bail};
use serde::Deserialize;

use crate::{
    npm,
    process::{self, ToolPath},
    stop::Stop,
    workspace,
};

/// What the build and the tests need, in the versions that are known to work together.
const TOOLS: [Tool; 6] = [
    Tool {
        name: "trunk",
        program: "trunk",
        version: "0.21.14",
        version_says: "0.21.14",
        source: Source::Cargo { locked: true },
    },
    Tool {
        // Not by its own lock file, which names crate versions that are gone.
        name: WASM_BINDGEN_CLI,
        program: "wasm-bindgen",
        version: "0.2.130",
        version_says: "0.2.130",
        source: Source::Cargo { locked: false },
    },
    Tool { name: "binaryen", program: "wasm-opt", version: "132.0.0", version_says: "132", source: Source::Npm },
    Tool { name: "esbuild", program: "esbuild", version: "0.28.2", version_says: "0.28.2", source: Source::Npm },
    Tool {
        name: "cargo-deny",
        program: "cargo-deny",
        version: "0.20.2",
        version_says: "0.20.2",
        source: Source::Cargo { locked: true },
    },
    Tool {
        name: "geckodriver",
        program: "geckodriver",
        version: "0.37.1",
        version_says: "0.37.1",
        source: Source::Cargo { locked: true },
    },
];

/// The tools that building the bundle needs.
pub(crate) const BUILD: &[&str] = &["trunk", WASM_BINDGEN_CLI, "binaryen", "esbuild"];

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
    /// The word by which the program's `--version` names that version.
    version_says: &'static str,
    source: Source,
}

#[derive(Debug, Clone, Copy)]
enum Source {
    Cargo { locked: bool },
    Npm,
}

/// Makes the named tools and the wasm target available and says what it does.
pub(crate) fn setup(names: &[&str]) -> anyhow::Result<ToolPath> {
    same_wasm_bindgen()?;
    wasm_target()?;
    let cache = cache()?;
    let mut folders = Vec::new();
    for tool in TOOLS.iter().filter(|tool| names.contains(&tool.name)) {
        if tool.answers(&mut process::command(tool.program, &["--version"])) {
            eprintln!("  {} {}: on PATH", tool.name, tool.version);
            continue;
        }
        let folder = cache.join(format!("{}-{}", tool.name, tool.version));
        let bin = folder.join(tool.bin_folder());
        if tool.is_in(&bin) {
            eprintln!("  {} {}: present", tool.name, tool.version);
        } else {
            tool.install(&folder, &bin)?;
        }
        folders.push(bin);
    }
    Ok(ToolPath::new(folders))
}

impl Tool {
    /// Whether the command can be run and names this tool's version.
    fn answers(&self, command: &mut Command) -> bool {
        process::output(command).is_some_and(|output| {
            output.status.success() && says_version(&String::from_utf8_lossy(&output.stdout), self.version_says)
        })
    }

    fn is_in(&self, bin: &std::path::Path) -> bool {
        let program = bin.join(self.program);
        self.answers(Command::new(program).arg("--version"))
    }

    fn bin_folder(&self) -> PathBuf {
        match self.source {
            Source::Cargo { .. } => PathBuf::from("bin"),
            Source::Npm => ["node_modules", ".bin"].iter().collect(),
        }
    }

    fn install(&self, folder: &std::path::Path, bin: &std::path::Path) -> anyhow::Result<()> {
        eprintln!("  {} {}: installing...", self.name, self.version);
        let start = Instant::now();
        fs::create_dir_all(folder).with_context(|| format!("could not create {}", folder.display()))?;
        process::run(&mut self.install_command(folder)?)?;
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

    fn install_command(&self, folder: &std::path::Path) -> anyhow::Result<Command> {
        Ok(match self.source {
            Source::Cargo { locked } => {
                let mut cargo = process::command("cargo", &["install", self.name]);
                cargo.args(["--version", self.version, "--force", "--root"]);
                cargo.arg(folder);
                if locked {
                    cargo.arg("--locked");
                }
                // They run for seconds and would compile for many minutes.
                cargo.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1").env("CARGO_PROFILE_RELEASE_LTO", "off");
                cargo.env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "64").env("CARGO_PROFILE_RELEASE_DEBUG", "false");
                cargo
            }
            Source::Npm => {
                npm::needed(self.program)?;
                let mut npm = process::command("npm", &["install", "--no-audit", "--no-fund"]);
                npm.arg("--prefix").arg(folder).arg(format!("{}@{}", self.name, self.version));
                npm
            }
        })
    }
}

/// Whether one of the words of a program's `--version` is the version looked for.
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
        .ok_or_else(|| Stop::new("No home folder to keep the tools in: set OKTA_WIDGET_TOOLS to a folder."))?;
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
        return Err(Stop::new(format!(
            "The Rust target {WASM_TARGET} is missing, and so is rustup to add it. \
             Install rustup, then run this again."
        ))
        .into());
    }
    eprintln!("  {WASM_TARGET}: installing...");
    process::run(&mut process::command("rustup", &["target", "add", WASM_TARGET]))
}

/// The library and the command-line half of wasm-bindgen only work together in one version.
fn same_wasm_bindgen() -> anyhow::Result<()> {
    let path = workspace::root().join("Cargo.lock");
    let lock = fs::read_to_string(&path).with_context(|| format!("could not read {}", path.display()))?;
    let pinned = TOOLS.iter().find(|tool| tool.name == WASM_BINDGEN_CLI).map_or("", |tool| tool.version);
    match locked_version(&lock, "wasm-bindgen")? {
        Some(locked) if locked != pinned => Err(Stop::new(format!(
            "Cargo.lock has wasm-bindgen {locked}, but {WASM_BINDGEN_CLI} is pinned to {pinned} \
             in xtask/src/tools.rs. Run `cargo update -p wasm-bindgen --precise {pinned}`, or \
             change the pin there and in Trunk.toml."
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
        for name in BUILD.iter().chain(CHECKS).chain(FIREFOX) {
            assert!(TOOLS.iter().any(|tool| tool.name == *name), "{name}");
        }
    }

    #[test]
    fn trunk_is_told_the_same_versions() {
        let trunk = fs::read_to_string(workspace::root().join("Trunk.toml")).unwrap();
        let trunk: toml::Table = toml::from_str(&trunk).unwrap();
        let told = |key| trunk.get("tools").unwrap().get(key).unwrap().as_str().unwrap().to_owned();
        let pinned = |name| TOOLS.iter().find(|tool| tool.name == name).unwrap();
        assert_eq!(told("wasm_bindgen"), pinned(WASM_BINDGEN_CLI).version);
        assert_eq!(told("wasm_opt"), format!("version_{}", pinned("binaryen").version_says));
    }
}
