//! `WebKitGTK`'s `MiniBrowser`: the display, the folder of its settings, and what scripts in the pages do where the driver
//! has no command. Not here: what plain WebDriver does.

use std::{fs, path::Path};

use anyhow::{Context as _, Result, anyhow};
use fantoccini::{Client, elements::Element, error::CmdError};
use serde_json::{Map, Value, json};
use tokio::process::Command;

use crate::{
    Capability, ConsoleLine, Engine, Setup, Sites, Wasm, child::Running, environment, first_script::FirstScript,
    wait_until,
};

/// Makes the toolbar small, so that a window can be as narrow as a phone.
const SMALL_TOOLBAR: &str =
    "* { min-width: 0; min-height: 0; padding: 0; margin: 0; border-width: 0; font-size: 1px; }";

/// Notes what a console would have, in a place that outlasts the page.
const NOTE_CONSOLE: &str = include_str!("console.js");
/// Reads and empties it.
const READ_CONSOLE: &str = "
    const lines = window.name.startsWith('[') ? window.name : '[]';
    window.name = '';
    return lines;";

/// What a session of `WebKitWebDriver` is asked for.
pub(crate) fn capabilities(setup: Setup<'_>) -> Result<Map<String, Value>> {
    let policy = if setup.sites == Sites::TwoWithCookies { "always" } else { "no-third-party" };
    let mut args = vec!["--automation".to_owned(), format!("--cookies-policy={policy}")];
    if setup.sites == Sites::Two {
        // The policy above is about cookies that are set. This also keeps them from being sent, as Safari always does.
        args.push("--enable-itp".to_owned());
    }
    let options = json!({ "binary": environment::path("OKTA_E2E_BROWSER")?, "args": args });
    Ok(Map::from_iter([
        // It hangs with `eager`, and does not wait for late resources anyway.
        ("pageLoadStrategy".to_owned(), json!("normal")),
        ("webkitgtk:browserOptions".to_owned(), options),
        ("acceptInsecureCerts".to_owned(), json!(setup.sites.are_two())),
        ("timeouts".to_owned(), json!({ "script": 20_000, "pageLoad": 30_000 })),
    ]))
}

/// Prepares what the driver, and with it the browser, is started with; starts a display for them.
pub(crate) async fn prepare(command: &mut Command, setup: Setup<'_>, folder: &Path) -> Result<Running> {
    if setup.wasm == Wasm::Missing {
        // What Lockdown Mode of Apple's devices turns off.
        command.env("JSC_useWasm", "0").env("JSC_useJIT", "0");
    }
    let settings = folder.join("gtk-3.0");
    fs::create_dir_all(&settings)?;
    fs::write(settings.join("gtk.css"), SMALL_TOOLBAR)?;
    command.env("XDG_CONFIG_HOME", folder).env("NO_AT_BRIDGE", "1");
    for language in ["LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES"] {
        command.env_remove(language);
    }
    let mut server = Command::new("Xvfb");
    server.args(["-displayfd", "1", "-screen", "0", "1400x1200x24", "-nolisten", "tcp"]);
    server.stderr(std::process::Stdio::null());
    let (display, number) = Running::start(&mut server, "").await?;
    command.env("DISPLAY", format!(":{number}"));
    Ok(display)
}

/// What the pages do for the driver.
#[derive(Debug)]
pub(crate) struct Webkit {
    first_script: Option<FirstScript>,
}

impl Webkit {
    /// Has the pages note their console, and prefer these languages.
    pub(crate) fn prepare_pages(first_script: Option<FirstScript>, languages: &str) -> Result<Self> {
        if let Some(script) = &first_script {
            script.add(NOTE_CONSOLE)?;
            if !languages.is_empty() {
                let languages: Vec<&str> = languages.split(',').map(str::trim).collect();
                script.add(&format!(
                    "const languages = {};
                    Object.defineProperty(Navigator.prototype, 'languages', {{ get: () => languages }});
                    Object.defineProperty(Navigator.prototype, 'language', {{ get: () => languages[0] }});",
                    json!(languages)
                ))?;
            }
        }
        Ok(Self { first_script })
    }

    /// Has a script run first in the pages of the journey's site.
    pub(crate) fn before_each_page(&self, script: &str) -> Result<()> {
        match &self.first_script {
            Some(first) => first.add(script),
            None => Engine::Webkit.needs(Capability::ScriptInAnyPage),
        }
    }

    pub(crate) async fn resize(&self, client: &Client, width: u32, height: u32) -> Result<()> {
        const FRAME: &str = "return [outerWidth - innerWidth, outerHeight - innerHeight, innerWidth, innerHeight]";
        let wanted = [u64::from(width), u64::from(height)];
        wait_until(&format!("a window of {width}x{height}"), async || {
            let numbers: Vec<u64> = serde_json::from_value(client.execute(FRAME, Vec::new()).await?)?;
            let [frame_width, frame_height, inner @ ..] = numbers.as_slice() else {
                return Err(anyhow!("no size: {numbers:?}"));
            };
            if inner == wanted {
                return Ok(Some(()));
            }
            let side = |wanted: u32, frame: &u64| Ok::<_, anyhow::Error>(wanted + u32::try_from(*frame)?);
            client.set_window_rect(0, 0, side(width, frame_width)?, side(height, frame_height)?).await?;
            Ok(None)
        })
        .await
    }

    /// The accessible name of a field: where a `<label>` has its field inside, `WebKit` adds the field's value to the name.
    pub(crate) async fn without_value(
        &self,
        client: &Client,
        element: &Element,
        label: &str,
    ) -> Result<String, CmdError> {
        const VALUE: &str = "const [field] = arguments;
            const value = field.selectedOptions?.[0]?.label ?? field.value ?? '';
            return !field.labels?.length ? '' : field.type === 'password' ? '•'.repeat(value.length) : value;";
        // A name of one word has no value after it.
        if !label.contains(' ') {
            return Ok(label.to_owned());
        }
        let value = client.execute(VALUE, vec![json!(element)]).await?;
        let value = value.as_str().filter(|value| !value.is_empty()).map(|value| format!(" {value}"));
        Ok(value.and_then(|value| label.strip_suffix(&value)).unwrap_or(label).to_owned())
    }

    /// What the pages have noted. A page of another origin takes the notes of those before it away.
    pub(crate) async fn console(&self, client: &Client) -> Result<Vec<ConsoleLine>> {
        let lines = client.execute(READ_CONSOLE, Vec::new()).await?;
        serde_json::from_str(lines.as_str().unwrap_or("[]")).context("the notes of the console")
    }
}
