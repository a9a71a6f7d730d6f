//! Firefox: its preferences, and what it does by WebDriver `BiDi` and by scripts with the browser's own rights. Not here:
//! what plain WebDriver does.

use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context as _, Result};
use fantoccini::{Client, wd::WindowHandle};
use http::Method;
use serde_json::{Map, Value, json};

use crate::{ConsoleLine, Setup, Sites, Wasm, bidi::Bidi, browser::Extension, environment, kept::Kept};

/// What a session of geckodriver is asked for.
pub(crate) fn capabilities(setup: Setup<'_>) -> Result<Map<String, Value>> {
    let Setup { sites, wasm, languages, .. } = setup;
    let languages = if languages.is_empty() { "en-US, en" } else { languages };
    // 1 refuses cookies of third parties, 0 takes them all. The default, 5, keeps them apart for each site.
    let cookies = match sites {
        Sites::One => 5,
        Sites::Two => 1,
        Sites::TwoWithCookies => 0,
    };
    let prefs = json!({
        "javascript.options.wasm": wasm != Wasm::Missing,
        "intl.accept_languages": languages,
        "network.cookie.cookieBehavior": cookies,
    });
    let options = json!({ "binary": environment::path("OKTA_E2E_BROWSER")?, "args": ["-headless"], "prefs": prefs });
    Ok(Map::from_iter([
        // Journeys wait for late resources themselves; so one session serves all of them.
        ("pageLoadStrategy".to_owned(), json!("eager")),
        ("webSocketUrl".to_owned(), json!(true)),
        ("acceptInsecureCerts".to_owned(), json!(sites.are_two())),
        ("moz:firefoxOptions".to_owned(), options),
        ("timeouts".to_owned(), json!({ "script": 20_000, "pageLoad": 30_000 })),
    ]))
}

/// A tab of a running Firefox, in a container of its own.
#[derive(Debug)]
pub(crate) struct Firefox {
    bidi: Bidi,
    /// The tab, in the words of `BiDi`.
    context: String,
    container: String,
    /// Whether the journey has changed what the next one would see.
    spoiled: AtomicBool,
}

impl Firefox {
    /// Opens a tab, and goes there.
    pub(crate) async fn open(kept: &Kept, client: &Client) -> Result<Self> {
        let bidi = Bidi::connect(&kept.socket).await?;
        let container = bidi.command("browser.createUserContext", json!({})).await?;
        let container = text(&container, "userContext")?;
        let tab = bidi.command("browsingContext.create", json!({ "type": "tab", "userContext": container })).await?;
        let context = text(&tab, "context")?;
        let events = json!({ "events": ["log.entryAdded"], "contexts": [context] });
        bidi.command("session.subscribe", events).await?;
        client.switch_to_window(WindowHandle::try_from(context.clone())?).await?;
        Ok(Self { bidi, context, container, spoiled: AtomicBool::new(false) })
    }

    /// Closes the tab, and removes all that it has left. Says whether the next journey can use the browser.
    pub(crate) async fn close(self) -> Result<bool> {
        self.bidi.command("browsingContext.close", json!({ "context": self.context })).await?;
        self.bidi.command("browser.removeUserContext", json!({ "userContext": self.container })).await?;
        Ok(!self.spoiled.load(Ordering::Relaxed))
    }

    /// Says that the journey changes what the next one would see.
    pub(crate) fn spoil(&self) {
        self.spoiled.store(true, Ordering::Relaxed);
    }

    /// Has a script run first in every page; not in the empty one that a tab has while it goes to another process, which
    /// has no address.
    pub(crate) async fn before_each_page(&self, script: &str) -> Result<()> {
        let function = format!("() => {{\nif (location.href === '') return;\n{script}\n}}");
        let script = json!({ "functionDeclaration": function, "userContexts": [self.container] });
        self.bidi.command("script.addPreloadScript", script).await.map(|_| ())
    }

    /// Runs a script as one of the page itself. Those of plain WebDriver have a global object of their own, and import
    /// modules that the page has not.
    pub(crate) async fn run_in_page(&self, script: &str) -> Result<Value> {
        let function = format!("async () => JSON.stringify(await (() => {{\n{script}\n}})() ?? null)");
        let call = json!({
            "functionDeclaration": function,
            "awaitPromise": true,
            "target": { "context": self.context },
        });
        let answer = self.bidi.command("script.callFunction", call).await?;
        let json = answer.pointer("/result/value").and_then(Value::as_str);
        serde_json::from_str(json.with_context(|| format!("the script failed: {answer}"))?).context("not JSON")
    }

    /// The names of the cookies of this host. Plain WebDriver knows those of the default container alone.
    pub(crate) async fn cookies(&self, host: &str) -> Result<Vec<String>> {
        let of_host = json!({
            "filter": { "domain": host },
            "partition": { "type": "context", "context": self.context },
        });
        let answer = self.bidi.command("storage.getCookies", of_host).await?;
        let cookies = answer.get("cookies").and_then(Value::as_array).context("an answer without cookies")?;
        cookies.iter().map(|cookie| text(cookie, "name")).collect()
    }

    pub(crate) async fn resize(&self, width: u32, height: u32) -> Result<()> {
        let viewport = json!({ "context": self.context, "viewport": { "width": width, "height": height } });
        self.bidi.command("browsingContext.setViewport", viewport).await.map(|_| ())
    }

    pub(crate) fn console(&self) -> Vec<ConsoleLine> {
        self.bidi.take_log()
    }

    pub(crate) async fn be_offline(&self, offline: bool) -> Result<()> {
        let conditions = if offline { json!({ "type": "offline" }) } else { Value::Null };
        let conditions = json!({ "networkConditions": conditions, "contexts": [self.context] });
        self.bidi.command("emulation.setNetworkConditions", conditions).await.map(|_| ())
    }

    pub(crate) async fn prefer_color_scheme(&self, client: &Client, scheme: &str) -> Result<()> {
        const SET: &str = "Services.prefs.setIntPref('layout.css.prefers-color-scheme.content-override', arguments[0])";
        self.spoil();
        let scheme = i32::from(scheme != "dark");
        with_rights_of_the_browser(client, SET, json!([scheme])).await
    }
}

/// Runs a script in the browser's own process.
async fn with_rights_of_the_browser(client: &Client, script: &str, arguments: Value) -> Result<()> {
    let context = |name: &str| Extension {
        method: Method::POST,
        path: "moz/context".to_owned(),
        body: Some(json!({ "context": name })),
    };
    let Value::Array(arguments) = arguments else { return Ok(()) };
    client.issue_cmd(context("chrome")).await?;
    let done = client.execute(script, arguments).await;
    client.issue_cmd(context("content")).await?;
    done.context("a script in Firefox's own process failed").map(|_| ())
}

fn text(answer: &Value, name: &str) -> Result<String> {
    let text = answer.get(name).and_then(Value::as_str);
    text.map(str::to_owned).with_context(|| format!("an answer without {name}: {answer}"))
}
