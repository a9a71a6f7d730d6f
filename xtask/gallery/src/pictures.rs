//! Saves screenshots of the entries for review. Not here: checks.

use crate::entry::Entry;
use crate::viewer::{SCHEMES, Viewer, WIDTHS, half, serve};
use anyhow::{Context as _, Result};
use okta_e2e::Site;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

/// Entries that are also shown right to left, and with other user preferences.
const WITH_VARIANTS: [&str; 10] = [
    "start with recovery and unlock",
    "start paused",
    "registration, refused",
    "own factors, all kinds",
    "states/mfa-required-long-texts, opened",
    "states/mfa-enroll",
    "states/password-expired, typed",
    "factors/sms/enroll, form",
    "factors/push/challenge-number",
    "states/mfa-enroll-activate",
];

/// Emulated user preferences, by the names of media features.
type Features = [(&'static str, &'static str)];

/// Variants: name, query of the page's URL, user preferences.
const VARIANTS: [(&str, &str, &Features); 6] = [
    ("rtl", "direction=rtl", &[("prefers-color-scheme", "light")]),
    ("forced-colors", "", &[("forced-colors", "active"), ("prefers-color-scheme", "dark")]),
    ("double-text", "text=double", &[("prefers-color-scheme", "light")]),
    ("reduced-motion", "", &[("prefers-reduced-motion", "reduce")]),
    ("forest", "theme=forest", &[("prefers-color-scheme", "light")]),
    ("signal", "theme=signal", &[("prefers-color-scheme", "dark")]),
];

/// Saves a PNG per entry, width and color scheme.
pub(crate) async fn take(folder: &Path, entries: &[Entry], out: &Path) -> Result<ExitCode> {
    fs::create_dir_all(out).with_context(|| format!("could not create {}", out.display()))?;
    let site = serve(folder).await?;
    let (one, other) = tokio::try_join!(take_half(&site, entries, 0, out), take_half(&site, entries, 1, out))?;
    println!("{} pictures in {}", one + other, out.display());
    Ok(ExitCode::SUCCESS)
}

async fn take_half(site: &Site, entries: &[Entry], which: usize, out: &Path) -> Result<usize> {
    let viewer = Viewer::start(site).await?;
    let mut taken = 0;
    for entry in half(entries, which) {
        viewer.open(entry, "").await?;
        for width in WIDTHS {
            for scheme in SCHEMES {
                let name = format!("{}-{width}-{scheme}", entry.slug());
                save(&viewer, width, &[("prefers-color-scheme", scheme)], &out.join(name)).await?;
                taken += 1;
            }
        }
        for (name, query, features) in VARIANTS.iter().filter(|_| WITH_VARIANTS.contains(&entry.name.as_str())) {
            viewer.open(entry, query).await?;
            save(&viewer, 320, features, &out.join(format!("{}-320-{name}", entry.slug()))).await?;
            taken += 1;
        }
    }
    viewer.close().await?;
    Ok(taken)
}

async fn save(viewer: &Viewer, width: u32, features: &Features, path: &Path) -> Result<()> {
    viewer.emulate(width, features).await?;
    let png = viewer.screenshot(width).await?;
    let path = path.with_added_extension("png");
    fs::write(&path, png).with_context(|| format!("could not write {}", path.display()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn entries_named_here_exist() {
        let sections = crate::entries::sections().unwrap();
        for name in WITH_VARIANTS {
            assert!(sections.iter().flat_map(|section| &section.entries).any(|entry| entry.name == name), "{name}");
        }
    }
}
