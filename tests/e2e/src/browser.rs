//! The browser of a journey: one session with a fresh profile in the engine that `OKTA_E2E_ENGINE` names, and commands
//! beyond plain WebDriver (console, clock, scripts before a page). Each does the same in every engine, or fails with what
//! skips the journey (`capability.rs`). Not here: the use of a page (`page.rs`).

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use fantoccini::{Client, wd::WebDriverCompatibleCommand};
use http::Method;
use serde_json::{Value, json};
use url::{ParseError, Url};

use crate::{
    Capability, ConsoleLine, Engine, Setup,
    driver::Driver,
    firefox::Firefox,
    first_script::FirstScript,
    wait::{has_no_end, is_gone},
    webkit::Webkit,
};

/// The page's clock.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Clock {
    /// The machine's clock.
    #[default]
    Real,
    /// A clock that the journey can advance.
    Adjustable,
}

/// A running browser with one window.
#[derive(Debug)]
pub struct Browser {
    pub(crate) client: Client,
    driver: Driver,
    own: Own,
}

/// What an engine does in its own way.
#[derive(Debug)]
enum Own {
    Chromium,
    Firefox(Firefox),
    Webkit(Webkit),
}

impl Browser {
    /// Starts a browser with a window of a phone's size.
    pub async fn start(clock: Clock) -> Result<Self> {
        Self::start_for(Setup { clock, ..Setup::default() }, None).await
    }

    /// Starts a browser with this setup. The pages of the journey's site may have a script for it.
    pub(crate) async fn start_for(setup: Setup<'_>, first_script: Option<FirstScript>) -> Result<Self> {
        let engine = Engine::of_environment()?;
        let (driver, client) = Driver::start(engine, setup).await?;
        let own = match &driver {
            Driver::Kept(kept) => Own::Firefox(Firefox::open(kept, &client).await?),
            Driver::Own(_) if engine == Engine::Chromium => Own::Chromium,
            Driver::Own(_) => Own::Webkit(Webkit::prepare_pages(first_script, setup.languages)?),
        };
        let browser = Self { client, driver, own };
        browser.resize(390, 844).await?;
        if setup.clock == Clock::Adjustable {
            browser.before_each_page(include_str!("clock.js")).await?;
        }
        Ok(browser)
    }

    /// Its engine.
    pub fn engine(&self) -> Engine {
        match self.own {
            Own::Chromium => Engine::Chromium,
            Own::Firefox(_) => Engine::Firefox,
            Own::Webkit(_) => Engine::Webkit,
        }
    }

    /// Whether the engine has this.
    pub fn can(&self, capability: Capability) -> bool {
        self.engine().can(capability)
    }

    /// Fails with what skips the journey where the engine does not have this.
    pub fn needs(&self, capability: Capability) -> Result<()> {
        self.engine().needs(capability)
    }

    /// Opens an address, and waits until it has loaded.
    pub async fn open(&self, address: &str) -> Result<()> {
        self.client.goto(address).await.with_context(|| format!("could not open {address}"))
    }

    /// A screenshot of the window, as PNG.
    pub async fn screenshot(&self) -> Result<Vec<u8>> {
        self.client.screenshot().await.context("could not take a screenshot")
    }

    /// Sets the size of the area that shows the page.
    pub async fn resize(&self, width: u32, height: u32) -> Result<()> {
        match &self.own {
            Own::Chromium => {
                let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
                self.devtools("Emulation.setDeviceMetricsOverride", size).await.map(|_| ())
            }
            Own::Firefox(firefox) => firefox.resize(width, height).await,
            Own::Webkit(webkit) => webkit.resize(&self.client, width, height).await,
        }
    }

    /// Has a script run in every page that is opened from now on, before the page's own.
    pub async fn before_each_page(&self, script: &str) -> Result<()> {
        match &self.own {
            Own::Chromium => {
                let source = json!({ "source": script });
                self.devtools("Page.addScriptToEvaluateOnNewDocument", source).await.map(|_| ())
            }
            Own::Firefox(firefox) => firefox.before_each_page(script).await,
            Own::Webkit(webkit) => webkit.before_each_page(script),
        }
    }

    /// Emulates the preference for a `light` or `dark` color scheme.
    pub async fn prefer_color_scheme(&self, scheme: &str) -> Result<()> {
        match &self.own {
            Own::Chromium => {
                let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
                self.devtools("Emulation.setEmulatedMedia", features).await.map(|_| ())
            }
            Own::Firefox(firefox) => firefox.prefer_color_scheme(&self.client, scheme).await,
            Own::Webkit(_) => self.needs(Capability::ColorScheme),
        }
    }

    /// Takes the network from the page, or gives it back.
    pub async fn be_offline(&self, offline: bool) -> Result<()> {
        match &self.own {
            Own::Chromium => {
                let conditions =
                    json!({"offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1});
                self.devtools("Network.enable", json!({})).await?;
                self.devtools("Network.emulateNetworkConditions", conditions).await.map(|_| ())
            }
            Own::Firefox(firefox) => firefox.be_offline(offline).await,
            Own::Webkit(_) => self.needs(Capability::Offline),
        }
    }

    /// Slows the processor down to a part of its speed.
    pub async fn slow_down(&self, times: u32) -> Result<()> {
        self.needs(Capability::SlowProcessor)?;
        self.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": times })).await.map(|_| ())
    }

    /// Advances the page's clock, which must be [`Clock::Adjustable`].
    pub async fn advance_clock(&self, time: Duration) -> Result<()> {
        const SCRIPT: &str = "
            const [milliseconds, done] = arguments;
            if (!window.__putClockForward) return done(false);
            window.__putClockForward(milliseconds).then(() => done(true));";
        let milliseconds = u64::try_from(time.as_millis())?;
        let put = match self.client.execute_async(SCRIPT, vec![json!(milliseconds)]).await {
            // What was due has made the browser leave the page, and its clock with it.
            Err(error) if is_gone(&error) || has_no_end(&error) => return Ok(()),
            put => put?,
        };
        ensure!(put == Value::Bool(true), "the page's clock is not adjustable");
        Ok(())
    }

    /// The console lines since the last call.
    pub async fn console(&self) -> Result<Vec<ConsoleLine>> {
        match &self.own {
            Own::Chromium => {
                let lines = self.extension("se/log", json!({ "type": "browser" })).await?;
                serde_json::from_value(lines).context("the browser's console")
            }
            Own::Firefox(firefox) => Ok(firefox.console()),
            Own::Webkit(webkit) => webkit.console(&self.client).await,
        }
    }

    /// The names of the cookies that the browser has for the page's host; also of those that scripts cannot read.
    pub async fn cookies(&self) -> Result<Vec<String>> {
        if let Own::Firefox(firefox) = &self.own {
            let host = self.client.current_url().await?;
            return firefox.cookies(host.host_str().unwrap_or_default()).await;
        }
        let cookies = self.client.get_all_cookies().await?;
        Ok(cookies.iter().map(|cookie| cookie.name().to_owned()).collect())
    }

    /// The accessible name of an element, as computed by the browser.
    pub(crate) async fn computed_label(
        &self,
        element: &fantoccini::elements::Element,
    ) -> Result<String, fantoccini::error::CmdError> {
        let path = format!("element/{}/computedlabel", element.element_id());
        let label = self.client.issue_cmd(Extension { method: Method::GET, path, body: None }).await?;
        let label = label.as_str().unwrap_or_default();
        match &self.own {
            Own::Webkit(webkit) => webkit.without_value(&self.client, element, label).await,
            _ => Ok(label.to_owned()),
        }
    }

    /// Runs a script in the page, and awaits a promise that it returns.
    pub async fn run_script(&self, script: &str) -> Result<Value> {
        self.client.execute(script, Vec::new()).await.context("the script failed")
    }

    /// The same for a script that imports modules of the page. Returns nothing but JSON.
    pub async fn run_with_modules(&self, script: &str) -> Result<Value> {
        match &self.own {
            Own::Firefox(firefox) => firefox.run_in_page(script).await,
            Own::Chromium | Own::Webkit(_) => self.run_script(script).await,
        }
    }

    /// A command of the Chrome `DevTools` protocol.
    pub async fn devtools(&self, command: &str, parameters: Value) -> Result<Value> {
        self.needs(Capability::DevTools)?;
        self.extension("goog/cdp/execute", json!({ "cmd": command, "params": parameters })).await
    }

    /// Posts a command that fantoccini has no method for.
    pub(crate) async fn extension(&self, path: &str, body: Value) -> Result<Value> {
        let command = Extension { method: Method::POST, path: path.to_owned(), body: Some(body) };
        Ok(self.client.issue_cmd(command).await?)
    }

    /// Reads or deletes the result of such a command.
    pub(crate) async fn extension_without_body(&self, method: Method, path: &str) -> Result<Value> {
        Ok(self.client.issue_cmd(Extension { method, path: path.to_owned(), body: None }).await?)
    }

    /// Says that the journey changes more of the browser than its own window.
    pub(crate) fn spoil(&self) {
        if let Own::Firefox(firefox) = &self.own {
            firefox.spoil();
        }
    }

    /// Closes the window; otherwise the browser would outlive its driver.
    pub async fn close(self) -> Result<()> {
        let engine = self.engine();
        match (self.driver, self.own) {
            (Driver::Kept(kept), Own::Firefox(tab)) => {
                if tab.close().await.context("could not close the tab")? {
                    kept.put_back();
                }
                Ok(())
            }
            (Driver::Own(programs), _) => {
                let closed = self.client.close().await.context("could not close the browser");
                closed.and(programs.end(engine).await)
            }
            (Driver::Kept(_), _) => Ok(()),
        }
    }
}

/// Without waiting for the load event where something comes late: journeys wait for late resources themselves.
pub(crate) fn load_strategy(setup: Setup<'_>) -> &'static str {
    if setup.delay.is_zero() && !setup.holds_code { "normal" } else { "eager" }
}

/// A command that fantoccini has no method for, by its path below the session.
#[derive(Debug)]
pub(crate) struct Extension {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) body: Option<Value>,
}

impl WebDriverCompatibleCommand for Extension {
    fn endpoint(&self, base_url: &Url, session_id: Option<&str>) -> Result<Url, ParseError> {
        base_url.join(&format!("session/{}/{}", session_id.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (self.method.clone(), self.body.as_ref().map(Value::to_string))
    }
}
