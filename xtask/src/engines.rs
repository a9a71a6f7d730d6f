//! The browser engines: finds each, installs it on Debian as root, and runs the journeys that are made in every engine.
//! Not here: the journeys that are made in Chromium alone (`journeys.rs`).

use std::{
    fmt, fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use anyhow::Context as _;
use clap::ValueEnum;

use crate::{
    browser, bundle,
    counts::Counts,
    journeys,
    process::{self, ToolPath},
    tools,
};

/// A browser engine that journeys can run in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Engine {
    /// Chromium with chromedriver: every journey
    Chromium,
    /// Firefox with geckodriver: typing through the takeover, signing in with and without WebAssembly, tokens
    Firefox,
    /// `WebKitGTK` with its own driver: the same
    Webkit,
}

/// The engines beside Chromium, in which every journey is made.
pub(crate) const OTHERS: [Engine; 2] = [Engine::Firefox, Engine::Webkit];

/// A browser and its driver.
#[derive(Debug)]
pub(crate) struct Found {
    browser: PathBuf,
    driver: PathBuf,
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::Webkit => "webkit",
        })
    }
}

impl Engine {
    /// Finds the engine and its driver, and installs what is missing where it can.
    pub(crate) fn setup(self) -> anyhow::Result<Found> {
        let tools = if self == Self::Firefox { tools::setup(tools::FIREFOX)? } else { ToolPath::default() };
        if let Some(found) = self.find(&tools) {
            eprintln!("  {self}: present ({})", found.browser.display());
            return Ok(found);
        }
        browser::install(&self.to_string(), self.packages())?;
        self.find(&tools).with_context(|| format!("{self} was installed, but is not where it should be"))
    }

    /// What Debian calls it.
    fn packages(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &["chromium", "chromium-driver"],
            Self::Firefox => &["firefox-esr"],
            Self::Webkit => &["webkit2gtk-driver", "xvfb"],
        }
    }

    fn find(self, tools: &ToolPath) -> Option<Found> {
        match self {
            Self::Chromium => browser::find().map(|found| Found { browser: found.browser, driver: found.driver }),
            Self::Firefox => Some(Found {
                browser: ["firefox-esr", "firefox"].into_iter().find_map(process::on_path)?,
                driver: tools.find("geckodriver")?,
            }),
            Self::Webkit => {
                process::on_path("Xvfb")?;
                Some(Found { browser: mini_browser()?, driver: process::on_path("WebKitWebDriver")? })
            }
        }
    }
}

/// `WebKitGTK`'s own browser is beside its library, in a folder named after the machine's architecture.
fn mini_browser() -> Option<PathBuf> {
    let libraries = fs::read_dir("/usr/lib").ok()?.flatten().map(|entry| entry.path());
    libraries
        .flat_map(|folder| ["webkit2gtk-4.1", "webkit2gtk-4.0"].map(|version| folder.join(version).join("MiniBrowser")))
        .find(|program: &PathBuf| Path::is_file(program))
}

/// Builds everything and runs the journeys of all engines in this one.
pub(crate) fn run(engine: Engine, filter: Option<&str>) -> anyhow::Result<ExitCode> {
    let found = engine.setup()?;
    bundle::build(&tools::setup_build()?, bundle::Options::default())?;
    let (ended_well, output) = process::run_and_keep(command(engine, &found)?.args(filter))?;
    let counts = Counts::of_test_run(&output, ended_well);
    println!("{counts}");
    Ok(if counts.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The test run over the bundle in `dist/`, after compiling the programs that it starts.
pub(crate) fn command(engine: Engine, found: &Found) -> anyhow::Result<Command> {
    let mut test = process::command("cargo", &["test", "--package", "okta-e2e", "--test", "engines", "--"]);
    test.arg("--nocapture");
    journeys::compile_programs(&mut test)?;
    name_engine(&mut test, engine, &found.browser, &found.driver);
    Ok(test)
}

/// Says to the test which engine it drives.
pub(crate) fn name_engine(command: &mut Command, engine: Engine, browser: &Path, driver: &Path) {
    command.env("OKTA_E2E_ENGINE", engine.to_string());
    command.env("OKTA_E2E_BROWSER", browser).env("OKTA_E2E_DRIVER", driver);
}
