//! The server of the page: the built bundle, served by `cargo xtask serve` with its strict headers. A journey
//! may change attributes of the `<okta-sign-in>` element and inline the style sheet; nothing else of the page is
//! changed, but for a script that comes first where the engine's driver cannot add one. It may add pages of its own beside
//! it.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context as _, Result, anyhow, ensure};
use tokio::process::Command;

use crate::{
    Capability, Engine, Setup, Wasm,
    child::Running,
    environment,
    first_script::{self, FirstScript},
};

/// What a page says whose policy refuses WebAssembly.
const WITHOUT_WASM: &str = "<meta name=\"okta-sign-in-webassembly\" content=\"off\" />";
/// The page's link to the widget's style sheet.
const STYLE_LINK: &str = "<link rel=\"stylesheet\" href=\"styles/okta-sign-in.css\" data-okta-sign-in />";

/// The WebAssembly module of the first form.
const CODE: &str = "okta-sign-in-core_bg.wasm";

/// The language of the page.
const PAGE_LANGUAGE: &str = " lang=\"en\"";

/// A running server of the page.
#[derive(Debug)]
pub struct Site {
    origin: String,
    folder: PathBuf,
    /// Where the engine's driver cannot add one.
    first_script: Option<FirstScript>,
    _running: Running,
}

impl Site {
    /// Serves the built page for an org, with these attributes.
    ///
    /// `name` separates the copies of parallel journeys. With the address of a backend hook, the policy allows it
    /// and the element names it.
    pub(crate) async fn start(name: &str, org: &str, setup: Setup<'_>, hook: Option<&str>) -> Result<Self> {
        let Setup {
            attributes,
            page_language,
            pages,
            allow_duo,
            allow_org_frame,
            inline_styles,
            delay,
            holds_code,
            wasm,
            nonce,
            no_store,
            ..
        } = setup;
        let mut dist = environment::path("OKTA_E2E_DIST")?;
        let named = hook.map(|hook| ("hook-url", hook));
        let attributes: Vec<_> = attributes.iter().copied().chain(named).collect();
        let says = wasm == Wasm::RefusedAndSaid;
        if !attributes.is_empty()
            || page_language.is_some()
            || inline_styles
            || pages.is_some()
            || says
            || nonce
            || holds_code
            || pages_need_script()?
        {
            dist = modified_copy(name, &dist, &attributes, page_language)?;
        }
        if let Some(pages) = pages {
            copy_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("pages").join(pages), &dist)?;
        }
        if says {
            replace_in_page(&dist, "<head>", &format!("<head>{WITHOUT_WASM}"))?;
        }
        if nonce {
            replace_in_page(&dist, STYLE_LINK, "")?;
        }
        let style = if inline_styles { Some(inline_styles_in(&dist)?) } else { None };
        let first_script = first_script_in(&dist)?;
        // The emulated org is its own Duo.
        let mut more = if allow_duo { vec!["--allow-duo", org] } else { Vec::new() };
        more.extend(allow_org_frame.then_some("--allow-org-frame"));
        more.extend(hook.iter().flat_map(|hook| ["--hook", hook]));
        more.extend(style.iter().flat_map(|style| ["--allow-style", style]));
        let delay = delay.as_millis().to_string();
        more.extend(["--delay", &delay]);
        more.extend(wasm.is_refused().then_some("--refuse-wasm"));
        more.extend(nonce.then_some(["--nonce", "n1"]).into_iter().flatten());
        more.extend(no_store.then_some("--no-store"));
        let site = Self { first_script, ..Self::serve_with(&dist, org, &more).await? };
        if holds_code {
            site.hold_code()?;
        }
        Ok(site)
    }

    /// Serves a folder for an org.
    pub async fn serve(folder: &Path, org: &str) -> Result<Self> {
        Self::serve_with(folder, org, &[]).await
    }

    /// Serves a copy of a folder for an org: in each engine, its pages can have a script that runs first. `name` separates the
    /// copies of parallel tests.
    pub async fn serve_copy(name: &str, folder: &Path, org: &str) -> Result<Self> {
        let copy = copy_of(name, folder)?;
        let first_script = first_script_in(&copy)?;
        Ok(Self { first_script, ..Self::serve_with(&copy, org, &[]).await? })
    }

    /// Serves an application for an org, from a copy whose scripts name the org. `trusted_types` are the names of the
    /// policies that its framework has.
    pub async fn of_application(name: &str, built: &Path, org: &str, trusted_types: Option<&str>) -> Result<Self> {
        let copy = copy_of(name, built)?;
        let named = name_org(&copy, org)?;
        ensure!(named, "no script in {} names {BUILT_FOR}", built.display());
        let more: Vec<&str> = trusted_types.iter().flat_map(|names| ["--allow-trusted-types", names]).collect();
        let first_script = first_script_in(&copy)?;
        Ok(Self { first_script, ..Self::serve_with(&copy, org, &more).await? })
    }

    /// The script that runs first in its pages, where there is one.
    pub(crate) fn first_script(&self) -> Option<FirstScript> {
        self.first_script.clone()
    }

    /// Changes the language that the page of such an application says.
    pub fn set_page_language(&self, tag: &str) -> Result<()> {
        replace_in(&self.folder.join("index.html"), PAGE_LANGUAGE, &format!(" lang=\"{tag}\""))
    }

    /// The page that a program serves. It prints a line that begins with `ready` and has the address after it.
    pub async fn served_by(command: &mut Command, ready: &str, folder: &Path) -> Result<Self> {
        let (running, address) = Running::start(command, ready).await?;
        Ok(Self {
            origin: address.trim_end_matches('/').to_owned(),
            folder: folder.to_owned(),
            first_script: None,
            _running: running,
        })
    }

    /// Serves the built page for an org, with delayed code.
    pub async fn slow(org: &str, delay: Duration) -> Result<Self> {
        Self::start("slow", org, Setup { delay, ..Setup::default() }, None).await
    }

    /// Serves the built page for an org, set up like this. `name` separates parallel tests.
    pub async fn start_for(name: &str, org: &str, setup: Setup<'_>) -> Result<Self> {
        Self::start(name, org, setup, None).await
    }

    async fn serve_with(folder: &Path, org: &str, more: &[&str]) -> Result<Self> {
        let mut command = Command::new(environment::path("OKTA_E2E_XTASK")?);
        command.args(["serve", "--org", org, "--port", "0"]).args(more).env("OKTA_E2E_DIST", folder);
        let (running, origin) = Running::start(&mut command, "serving on ").await?;
        Ok(Self { origin, folder: folder.to_owned(), first_script: None, _running: running })
    }

    /// Removes a file, to simulate a network failure. The site must have attributes of its own, so that it is served
    /// from a copy.
    pub fn remove_file(&self, file: &str) -> Result<()> {
        ensure!(self.folder.starts_with(environment::output_folder()), "this site is not served from a copy");
        fs::rename(self.folder.join(file), self.folder.join(format!("{file}.away"))).context("could not remove it")
    }

    /// The name of the file with the second part of the program, which has a hash in it.
    pub fn second_part(&self) -> Result<String> {
        self.part("okta-sign-in-transaction-")
    }

    /// The same for the part that asks for tokens.
    pub fn tokens_part(&self) -> Result<String> {
        self.part("okta-sign-in-tokens-")
    }

    fn part(&self, start: &str) -> Result<String> {
        let mut files = fs::read_dir(&self.folder)?.filter_map(|file| file.ok()?.file_name().into_string().ok());
        let is_part = |name: &String| name.starts_with(start) && name.strip_suffix(".wasm").is_some();
        files.find(is_part).with_context(|| format!("the site has no {start}*.wasm"))
    }

    /// Puts Okta's own client for browsers beside the pages. The site must be served from a copy.
    pub fn add_okta_auth_js(&self) -> Result<()> {
        const FILE: &str = "okta-auth-js.min.js";
        ensure!(self.folder.starts_with(environment::output_folder()), "this site is not served from a copy");
        let client = environment::path("OKTA_E2E_AUTH_JS")?.join("dist").join(FILE);
        fs::copy(&client, self.folder.join(FILE)).with_context(|| format!("{} is not there", client.display()))?;
        Ok(())
    }

    /// Restores the file. It is then newer than what a browser has kept of the one in its place.
    pub fn restore_file(&self, file: &str) -> Result<()> {
        let restored = self.folder.join(file);
        fs::rename(self.folder.join(format!("{file}.away")), &restored).context("could not restore it")?;
        first_script::later(&restored, Duration::from_secs(4))
    }

    /// Has the server wait with a file until it is released. The site must be served from a copy.
    pub fn hold_file(&self, file: &str) -> Result<()> {
        ensure!(self.folder.starts_with(environment::output_folder()), "this site is not served from a copy");
        fs::write(self.held(file), "").context("could not hold it")
    }

    /// Lets it go.
    pub fn release_file(&self, file: &str) -> Result<()> {
        fs::remove_file(self.held(file)).context("could not release it")
    }

    /// Holds the code of the first form back: the page shows its static form.
    pub fn hold_code(&self) -> Result<()> {
        self.hold_file(CODE)
    }

    /// Lets it go.
    pub fn release_code(&self) -> Result<()> {
        self.release_file(CODE)
    }

    fn held(&self, file: &str) -> PathBuf {
        self.folder.join(format!("{file}.held"))
    }

    /// The bytes of a file.
    pub fn read_file(&self, file: &str) -> Result<Vec<u8>> {
        fs::read(self.folder.join(file)).with_context(|| format!("could not read {file}"))
    }

    /// Replaces a file with other bytes; [`Self::restore_file`] undoes it.
    pub fn replace_file(&self, file: &str, bytes: &[u8]) -> Result<()> {
        self.remove_file(file)?;
        fs::write(self.folder.join(file), bytes).context("could not replace it")?;
        first_script::later(&self.folder.join(file), Duration::from_secs(2))
    }

    /// Removes the hashes that the scripts check files by, so that a file can be replaced unnoticed.
    pub fn accept_any_file(&self) -> Result<()> {
        for script in ["okta-sign-in.js", "okta-my-factors.js"] {
            let text = fs::read_to_string(self.folder.join(script))?;
            let unchecked = without_hashes(&text);
            ensure!(unchecked != text, "{script} has no hashes");
            self.replace_file(script, unchecked.as_bytes())?;
        }
        Ok(())
    }

    /// Its origin.
    pub fn origin(&self) -> &str {
        &self.origin
    }
}

/// The folder of the copies. Journeys of the same name may run in several engines at the same time.
fn copies() -> Result<PathBuf> {
    Ok(environment::output_folder().join("sites").join(Engine::of_environment()?.to_string()))
}

/// Whether pages have to be served from a copy, because only a script of their own runs before all others.
fn pages_need_script() -> Result<bool> {
    Ok(!Engine::of_environment()?.can(Capability::ScriptInAnyPage))
}

fn first_script_in(copy: &Path) -> Result<Option<FirstScript>> {
    if pages_need_script()? { FirstScript::in_pages_of(copy).map(Some) } else { Ok(None) }
}

/// A copy of the folder, of that name.
fn copy_of(name: &str, folder: &Path) -> Result<PathBuf> {
    let copy = copies()?.join(name);
    // A file of an earlier build would be a second one of its kind.
    if copy.exists() {
        fs::remove_dir_all(&copy)?;
    }
    copy_folder(folder, &copy)?;
    Ok(copy)
}

fn modified_copy(name: &str, dist: &Path, attributes: &[(&str, &str)], language: Option<&str>) -> Result<PathBuf> {
    let copy = copy_of(name, dist)?;
    let index = copy.join("index.html");
    if let Some(language) = language {
        let name = if language.is_empty() { String::new() } else { format!(" lang=\"{language}\"") };
        for page in ["index.html", "landing.html"] {
            replace_in(&copy.join(page), PAGE_LANGUAGE, &name)?;
        }
    }
    let html = with_attributes(&fs::read_to_string(&index)?, attributes)?;
    // For invalid attributes the page keeps its form, and the widget reports the mistake.
    fs::write(&index, with_static_form(&html).unwrap_or(html))?;
    Ok(copy)
}

/// Replaces a text in the page, which must be there.
fn replace_in_page(dist: &Path, from: &str, to: &str) -> Result<()> {
    replace_in(&dist.join("index.html"), from, to)
}

fn replace_in(page: &Path, from: &str, to: &str) -> Result<()> {
    let html = fs::read_to_string(page)?;
    ensure!(html.contains(from), "{} has no {from}", page.display());
    fs::write(page, html.replacen(from, to, 1)).context("could not change the page")
}

/// Inlines the style sheet, and returns its source expression for the content security policy.
fn inline_styles_in(dist: &Path) -> Result<String> {
    let css = fs::read_to_string(dist.join("styles").join("okta-sign-in.css")).context("there is no style sheet")?;
    let index = dist.join("index.html");
    fs::write(&index, okta_prerender::with_styles(&fs::read_to_string(&index)?, &css)?)?;
    Ok(okta_prerender::source(&css))
}

/// Renders the static form for the page's attributes again. The renderer starts a runtime, which must not run
/// within another one; hence the thread.
fn with_static_form(html: &str) -> Result<String> {
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

/// The org that the examples are built for.
const BUILT_FOR: &str = "http://localhost:8081";

/// Replaces the org in all scripts below a folder; says whether one names it.
fn name_org(folder: &Path, org: &str) -> Result<bool> {
    let mut named = false;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            named |= name_org(&path, org)?;
        } else if path.extension().is_some_and(|extension| extension == "js") {
            let script = fs::read_to_string(&path)?;
            if script.contains(BUILT_FOR) {
                fs::write(&path, script.replace(BUILT_FOR, org))?;
                named = true;
            }
        }
    }
    Ok(named)
}

/// The script with an empty text in place of each hash, which checks nothing. It also has code that begins like one.
fn without_hashes(script: &str) -> String {
    const START: &str = "sha384-";
    let is_hash = |text: &&str| text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '='));
    let mut parts = script.split(START);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.get(..64).filter(is_hash) {
            Some(hash) => out.push_str(part.strip_prefix(hash).unwrap_or_default()),
            None => out.extend([START, part]),
        }
    }
    out
}

/// Sets attributes on every `<okta-sign-in>`. In HTML the first of two equal attributes counts.
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
    fn hashes_become_empty() {
        let hash = format!("sha384-{}", "x".repeat(64));
        let code = "c=`sha384-${d}`;";
        let script = format!("a={{i:\"{hash}\"}},b=\"{hash}\";{code}");
        assert_eq!(without_hashes(&script), format!("a={{i:\"\"}},b=\"\";{code}"));
    }

    #[test]
    fn a_set_attribute_comes_first() {
        let html = "<p><okta-sign-in redirect-url=/a></okta-sign-in>";
        assert_eq!(
            with_attributes(html, &[("redirect-url", "https://b/?c&d\"")]).unwrap(),
            "<p><okta-sign-in redirect-url=\"https://b/?c&amp;d&quot;\" redirect-url=/a></okta-sign-in>"
        );
        assert!(with_attributes("<p>", &[]).is_err());
    }
}
