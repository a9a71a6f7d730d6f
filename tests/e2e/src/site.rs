//! The page's own server: the built bundle, served by `cargo xtask serve` under its strict
//! headers. A journey may change attributes of the `<okta-sign-in>` element, and put the style sheet
//! into the page, as an embedder would; nothing else of the page is ever altered.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context as _, Result, anyhow, ensure};
use tokio::process::Command;

use crate::{Setup, child::Running, environment};

/// A running page server.
#[derive(Debug)]
pub struct Site {
    origin: String,
    folder: PathBuf,
    _running: Running,
}

impl Site {
    /// Serves the built page against an org, with these attributes set.
    ///
    /// `name` keeps the altered copies of journeys that run side by side apart. With the address of a
    /// backend hook the page may call that, and the element names it.
    pub(crate) async fn start(name: &str, org: &str, setup: Setup<'_>, hook: Option<&str>) -> Result<Self> {
        let Setup { attributes, allow_duo, inline_styles, delay, .. } = setup;
        let mut dist = environment::path("OKTA_E2E_DIST")?;
        let named = hook.map(|hook| ("hook-url", hook));
        let attributes: Vec<_> = attributes.iter().copied().chain(named).collect();
        if !attributes.is_empty() || inline_styles {
            let copy = environment::output_folder().join("sites").join(name);
            dist = altered_copy(&dist, copy, &attributes)?;
        }
        let style = if inline_styles { Some(styles_go_inside(&dist)?) } else { None };
        // The emulated org is its own Duo.
        let mut more = if allow_duo { vec!["--allow-duo", org] } else { Vec::new() };
        more.extend(hook.iter().flat_map(|hook| ["--hook", hook]));
        more.extend(style.iter().flat_map(|style| ["--allow-style", style]));
        let delay = delay.as_millis().to_string();
        more.extend(["--delay", &delay]);
        Self::serve_with(&dist, org, &more).await
    }

    /// Serves a folder against an org.
    pub async fn serve(folder: &Path, org: &str) -> Result<Self> {
        Self::serve_with(folder, org, &[]).await
    }

    /// Serves the built page against an org, with its code that late.
    pub async fn slow(org: &str, delay: Duration) -> Result<Self> {
        Self::start("slow", org, Setup { delay, ..Setup::default() }, None).await
    }

    async fn serve_with(folder: &Path, org: &str, more: &[&str]) -> Result<Self> {
        let mut command = Command::new(environment::path("OKTA_E2E_XTASK")?);
        command.args(["serve", "--org", org, "--port", "0"]).args(more).env("OKTA_E2E_DIST", folder);
        let (running, origin) = Running::start(&mut command, "serving on ").await?;
        Ok(Self { origin, folder: folder.to_owned(), _running: running })
    }

    /// Takes a file away, as a network that fails would. The site must be one with attributes of its own,
    /// which is served from a copy.
    pub fn take_away(&self, file: &str) -> Result<()> {
        ensure!(self.folder.starts_with(environment::output_folder()), "this site is no copy");
        fs::rename(self.folder.join(file), self.folder.join(format!("{file}.away"))).context("could not take it away")
    }

    /// Gives it back.
    pub fn give_back(&self, file: &str) -> Result<()> {
        fs::rename(self.folder.join(format!("{file}.away")), self.folder.join(file)).context("could not give it back")
    }

    /// Its origin.
    pub fn origin(&self) -> &str {
        &self.origin
    }
}

fn altered_copy(dist: &Path, copy: PathBuf, attributes: &[(&str, &str)]) -> Result<PathBuf> {
    copy_folder(dist, &copy)?;
    let index = copy.join("index.html");
    let html = with_attributes(&fs::read_to_string(&index)?, attributes)?;
    // A mistake in the attributes is the page's to tell; it keeps the form that it had.
    fs::write(&index, with_form(&html).unwrap_or(html))?;
    Ok(copy)
}

/// Puts the style sheet into the page, and tells by which source a policy allows it.
fn styles_go_inside(dist: &Path) -> Result<String> {
    let css = fs::read_to_string(dist.join("styles").join("okta-sign-in.css")).context("there is no style sheet")?;
    let index = dist.join("index.html");
    fs::write(&index, okta_prerender::with_styles(&fs::read_to_string(&index)?, &css)?)?;
    Ok(okta_prerender::source(&css))
}

/// The page with the form that its attributes ask for, as an embedder would render it again. It is rendered on
/// a runtime of its own, which can't be within another one.
fn with_form(html: &str) -> Result<String> {
    let rendered = std::thread::scope(|scope| scope.spawn(|| okta_prerender::with_forms(html)).join());
    rendered.map_err(|_| anyhow!("rendering the form panicked"))?
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("could not read {}", from.display()))? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// Sets attributes on every `<okta-sign-in>`: of one given twice, HTML takes the first.
fn with_attributes(html: &str, attributes: &[(&str, &str)]) -> Result<String> {
    const ELEMENT: &str = "<okta-sign-in";
    ensure!(html.contains(ELEMENT), "the page has no {ELEMENT}>");
    let mut element = vec![ELEMENT.to_owned()];
    for (name, value) in attributes {
        let value = value.replace('&', "&amp;").replace('"', "&quot;");
        element.push(format!("{name}=\"{value}\""));
    }
    Ok(html.replace(ELEMENT, &element.join(" ")))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn an_attribute_set_comes_first() {
        let html = "<p><okta-sign-in redirect-url=/a></okta-sign-in>";
        assert_eq!(
            with_attributes(html, &[("redirect-url", "https://b/?c&d\"")]).unwrap(),
            "<p><okta-sign-in redirect-url=\"https://b/?c&amp;d&quot;\" redirect-url=/a></okta-sign-in>"
        );
        assert!(with_attributes("<p>", &[]).is_err());
    }
}
