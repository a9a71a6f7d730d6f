//! The browser that the tests drive: finds it, has it installed (`debian.rs`), and lists the flags it is started with.
//! Not here: what is done in it.

use std::{fs, path::PathBuf};

use anyhow::Context as _;
use serde_json::json;

use crate::{debian, process, workspace};

/// Chromium and its driver.
#[derive(Debug)]
pub(crate) struct Chromium {
    pub(crate) browser: PathBuf,
    pub(crate) driver: PathBuf,
}

/// Finds Chromium, its driver and a font, and installs what is missing where it can.
pub(crate) fn setup() -> anyhow::Result<Chromium> {
    if let Some(chromium) = find()
        && has_fonts()
    {
        eprintln!("  chromium: present ({})", chromium.browser.display());
        return Ok(chromium);
    }
    let mut packages = vec!["chromium", "chromium-driver"];
    if !has_fonts() {
        packages.push("fonts-liberation");
    }
    debian::install("Chromium with chromedriver of the same version, and a font", &packages)?;
    find().context("chromium and chromium-driver were installed, but are not on PATH")
}

/// Writes the driver settings that wasm-bindgen's test runner reads from the repository's root.
pub(crate) fn write_webdriver_json(chromium: &Chromium) -> anyhow::Result<()> {
    let settings = json!({
        "goog:chromeOptions": {
            "binary": chromium.browser,
            "args": flags(),
        }
    });
    let path = workspace::root().join("webdriver.json");
    fs::write(&path, format!("{settings:#}\n")).with_context(|| format!("could not write {}", path.display()))
}

/// No window, no requests of the browser's own, and no sandbox where root could not have one.
pub(crate) fn flags() -> Vec<&'static str> {
    let mut flags = vec![
        "--headless=new",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];
    if debian::is_root() {
        flags.push("--no-sandbox");
    }
    flags
}

pub(crate) fn find() -> Option<Chromium> {
    let browser = ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(process::on_path)?;
    let driver = std::env::var_os("CHROMEDRIVER").map(PathBuf::from).or_else(|| process::on_path("chromedriver"))?;
    Some(Chromium { browser, driver })
}

/// Without any font a page renders as blanks. Systems other than Linux always have fonts.
fn has_fonts() -> bool {
    if !cfg!(target_os = "linux") {
        return true;
    }
    let mut folders = vec![PathBuf::from("/usr/share/fonts"), PathBuf::from("/usr/local/share/fonts")];
    folders.extend(std::env::home_dir().map(|home| home.join(".local/share/fonts")));
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| ["ttf", "otf", "ttc"].iter().any(|e| extension == *e)) {
                return true;
            }
        }
    }
    false
}
