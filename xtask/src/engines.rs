//! The browser engines: finds each, and installs it on Debian as root. Not here: the journeys that are made in it
//! (`journeys.rs`).

use std::{
    fmt, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Context as _;
use clap::ValueEnum;

use crate::{
    browser::{self, Chromium},
    debian,
    process::{self, ToolPath},
    tools,
};

/// A browser engine that journeys can run in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Engine {
    /// Chromium with chromedriver
    Chromium,
    /// Firefox with geckodriver
    Firefox,
    /// `WebKitGTK` with its own driver
    Webkit,
}

/// All of them.
pub(crate) const ALL: [Engine; 3] = [Engine::Chromium, Engine::Firefox, Engine::Webkit];

/// The engines beside Chromium.
pub(crate) const OTHERS: [Engine; 2] = [Engine::Firefox, Engine::Webkit];

/// A browser and its driver.
#[derive(Debug)]
pub(crate) struct Found {
    browser: PathBuf,
    driver: PathBuf,
}

impl From<&Chromium> for Found {
    fn from(found: &Chromium) -> Self {
        Self { browser: found.browser.clone(), driver: found.driver.clone() }
    }
}

impl Found {
    /// What the browser and its driver say that they are.
    pub(crate) fn versions(&self, engine: Engine) -> Vec<String> {
        // MiniBrowser says it only where there is a display, and its driver has the version of the same library.
        let programs = if engine == Engine::Webkit { vec![] } else { vec![&self.browser, &self.driver] };
        let says = |program: &PathBuf| {
            let output = process::output(Command::new(program).arg("--version"))?;
            let line = String::from_utf8_lossy(&output.stdout).lines().next()?.to_owned();
            Some(line.split(" (").next()?.trim().to_owned())
        };
        let mut versions: Vec<String> = programs.into_iter().filter_map(says).collect();
        if engine == Engine::Webkit {
            let mut ask =
                process::command("dpkg-query", &["--show", "--showformat=WebKitGTK ${Version}", "webkit2gtk-driver"]);
            versions
                .extend(process::output(&mut ask).map(|output| String::from_utf8_lossy(&output.stdout).into_owned()));
        }
        versions
    }
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
        debian::install(&self.to_string(), self.packages())?;
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
            Self::Chromium => browser::find().as_ref().map(Found::from),
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

/// Says to a program that drives a browser which engine it drives.
pub(crate) fn name_engine(command: &mut Command, engine: Engine, found: &Found) {
    command.env("OKTA_E2E_ENGINE", engine.to_string());
    command.env("OKTA_E2E_BROWSER", &found.browser).env("OKTA_E2E_DRIVER", &found.driver);
    if engine == Engine::Chromium {
        command.env("OKTA_E2E_CHROMIUM_FLAGS", browser::flags().join(" "));
    }
}
