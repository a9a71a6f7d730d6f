//! What becomes of a page that nobody looks at: the browser freezes it, keeps it while another one is open, or the device
//! sleeps. Not here: a tab that is hidden ([`Page::set_hidden`]), a clock that is advanced ([`Browser::advance_clock`]).

use std::time::Duration;

use anyhow::{Result, ensure};
use fantoccini::wd::WindowHandle;
use serde_json::{Value, json};

use crate::{Browser, Capability, Page};

/// Notes whether the page came back from the browser's memory, where each page is asked.
const WATCH: &str = "addEventListener('pageshow', ({ persisted }) => { window.__persisted = persisted; });";

impl Browser {
    /// Freezes the page, as a browser does with a tab in the background: none of its code runs. Its tab is hidden before.
    pub async fn freeze(&self) -> Result<()> {
        self.life_cycle("frozen").await
    }

    /// The page goes on, and its tab is seen again.
    pub async fn resume(&self) -> Result<()> {
        self.life_cycle("active").await?;
        self.devtools("Page.bringToFront", json!({})).await.map(|_| ())
    }

    async fn life_cycle(&self, state: &str) -> Result<()> {
        self.devtools("Page.setWebLifecycleState", json!({ "state": state })).await.map(|_| ())
    }

    /// Opens another tab, and goes there. Returns the one before.
    pub async fn open_tab(&self) -> Result<WindowHandle> {
        // Another engine's tab would not share the cookies of a journey.
        self.needs(Capability::DevTools)?;
        let before = self.client.window().await?;
        let tab = self.client.new_window(true).await?;
        self.client.switch_to_window(tab.handle).await?;
        Ok(before)
    }

    /// Closes the tab, and goes back to that one.
    pub async fn close_tab(&self, before: WindowHandle) -> Result<()> {
        self.client.close_window().await?;
        Ok(self.client.switch_to_window(before).await?)
    }

    /// The device sleeps: its clock goes on, and no timer fires. The page's clock must be [`crate::Clock::Adjustable`].
    pub async fn sleep(&self, time: Duration) -> Result<()> {
        const SCRIPT: &str = "
            if (!window.__sleep) return false;
            window.__sleep(arguments[0]);
            return true;";
        let milliseconds = u64::try_from(time.as_millis())?;
        let slept = self.client.execute(SCRIPT, vec![json!(milliseconds)]).await?;
        ensure!(slept == Value::Bool(true), "the page's clock is not adjustable");
        Ok(())
    }
}

impl Page {
    /// Has the pages that are opened from now on tell whether they came back from the browser's memory.
    pub async fn watch_returns(&self) -> Result<()> {
        self.browser.before_each_page(WATCH).await
    }

    /// Whether the page that is open was kept by the browser while another one was open.
    pub async fn was_kept(&self) -> Result<bool> {
        Ok(self.browser.run_script("return window.__persisted === true").await? == json!(true))
    }
}
