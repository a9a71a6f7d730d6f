//! The platforms that the emulator has a package for, by the names of npm and of Rust. Not here: what is in a package.
//!
//! On Linux the package is built for musl, because a program without shared libraries runs on every distribution. One
//! that is built for glibc, as on most machines by default, says so, and npm does not install it elsewhere.

use anyhow::Context as _;

use crate::{action_required::ActionRequired, process};

/// The packages by their platform in npm's words, and the target that each is published from.
pub(super) const ALL: [(&str, &str); 5] = [
    ("darwin-arm64", "aarch64-apple-darwin"),
    ("darwin-x64", "x86_64-apple-darwin"),
    ("linux-arm64", "aarch64-unknown-linux-musl"),
    ("linux-x64", "x86_64-unknown-linux-musl"),
    ("win32-x64", "x86_64-pc-windows-msvc"),
];

/// A platform.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Platform {
    /// As in Rust: the target.
    pub(super) triple: String,
    /// As in npm.
    pub(super) name: &'static str,
}

impl Platform {
    /// The platform of a target.
    pub(super) fn of(triple: &str) -> anyhow::Result<Self> {
        let same =
            |known: &str| known == triple.replace("linux-gnu", "linux-musl").replace("windows-gnu", "windows-msvc");
        let Some((name, _)) = ALL.into_iter().find(|(_, known)| same(known)) else {
            let known = ALL.map(|(_, triple)| triple).join(", ");
            let what =
                format!("There is no package for {triple}, only for {known} (or gnu in place of musl and msvc).");
            return Err(ActionRequired::new(what).into());
        };
        Ok(Self { triple: triple.to_owned(), name })
    }

    /// The platform that rustc compiles for if nothing else is said.
    pub(super) fn of_this_machine() -> anyhow::Result<Self> {
        let output = process::output(&mut process::command("rustc", &["--version", "--verbose"]));
        let text = String::from_utf8(output.context("could not start rustc")?.stdout)?;
        let host = text.lines().find_map(|line| line.strip_prefix("host: "));
        Self::of(host.context("rustc does not say which host it has")?)
    }

    /// The package's name.
    pub(super) fn package(&self) -> String {
        format!("{}-{}", super::NAME, self.name)
    }

    /// npm's words for the system and the processor.
    pub(super) fn system_and_processor(&self) -> (&'static str, &'static str) {
        self.name.split_once('-').unwrap_or((self.name, ""))
    }

    /// Which C library it needs, where that is a question.
    pub(super) fn c_library(&self) -> Option<&'static str> {
        self.triple.contains("linux-gnu").then_some("glibc")
    }

    /// The file name of the program.
    pub(super) fn program(&self) -> &'static str {
        if self.name.starts_with("win32") { "okta-emulator.exe" } else { "okta-emulator" }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_a_platform_of_npm() {
        let seen = |triple: &str| {
            let platform = Platform::of(triple).unwrap();
            (platform.package(), platform.system_and_processor(), platform.c_library(), platform.program())
        };
        let linux = |library| ("okta-emulator-linux-x64".to_owned(), ("linux", "x64"), library, "okta-emulator");
        assert_eq!(seen("x86_64-unknown-linux-musl"), linux(None));
        assert_eq!(seen("x86_64-unknown-linux-gnu"), linux(Some("glibc")));
        let windows = ("okta-emulator-win32-x64".to_owned(), ("win32", "x64"), None, "okta-emulator.exe");
        assert_eq!(seen("x86_64-pc-windows-msvc"), windows);
    }

    #[test]
    fn the_workflow_makes_them_all() {
        let workflow = include_str!("../../../.github/workflows/emulator.yml");
        let named = |line: &'static str| line.trim().strip_prefix("- { target: ")?.split(',').next();
        let mut targets: Vec<&str> = workflow.lines().filter_map(named).collect();
        let mut all = ALL.map(|(_, target)| target).to_vec();
        targets.sort_unstable();
        all.sort_unstable();
        assert_eq!(targets, all);
    }

    #[test]
    fn another_target_is_refused_with_those_that_there_are() {
        let error = Platform::of("riscv64gc-unknown-linux-gnu").unwrap_err().to_string();
        assert!(error.contains("riscv64gc") && error.contains("aarch64-apple-darwin"), "{error}");
    }
}
