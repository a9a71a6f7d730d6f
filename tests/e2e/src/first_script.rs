//! A script that runs before all others of the pages of a copy, for the driver that cannot add one to any page. Not here:
//! what journeys put into it.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use anyhow::{Context as _, Result, ensure};

/// Its name below the page's origin.
const FILE: &str = "okta-e2e-first.js";

/// The script of the pages in one folder.
#[derive(Debug, Clone)]
pub(crate) struct FirstScript(PathBuf);

impl FirstScript {
    /// Adds it to all pages in the folder and below.
    pub(crate) fn in_pages_of(folder: &Path) -> Result<Self> {
        let pages = add_to_pages(folder)?;
        ensure!(pages > 0, "there is no page in {}", folder.display());
        let script = Self(folder.join(FILE));
        fs::write(&script.0, "")?;
        Ok(script)
    }

    /// Adds code to it. Errors in one such part do not keep the others from running.
    pub(crate) fn add(&self, code: &str) -> Result<()> {
        let before = fs::read_to_string(&self.0).context("the first script is gone")?;
        let seconds = Duration::from_secs(2 * u64::try_from(before.matches("// next").count())?);
        fs::write(
            &self.0,
            format!("{before}// next\ntry {{ (() => {{\n{code}\n}})(); }} catch (error) {{ console.error(error); }}\n"),
        )?;
        later(&self.0, seconds)
    }
}

/// Says that a file was changed that much later than now: browsers ask for what was changed since, in whole seconds.
pub(crate) fn later(file: &Path, than_now: Duration) -> Result<()> {
    let opened = fs::File::options().write(true).open(file)?;
    opened.set_modified(SystemTime::now() + than_now).with_context(|| format!("could not touch {}", file.display()))
}

fn add_to_pages(folder: &Path) -> Result<usize> {
    const HEAD: &str = "<head>";
    let mut pages = 0;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            pages += add_to_pages(&path)?;
        } else if path.extension().is_some_and(|extension| extension == "html") {
            let html = fs::read_to_string(&path)?;
            ensure!(html.contains(HEAD), "{} has no {HEAD}", path.display());
            fs::write(&path, html.replacen(HEAD, &format!("{HEAD}<script src=\"/{FILE}\"></script>"), 1))?;
            pages += 1;
        }
    }
    Ok(pages)
}
