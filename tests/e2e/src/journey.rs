//! One journey from start to end: its world is built, it is walked, and whatever happens the
//! browser is closed and, after a failure, evidence kept. What is walked is the journeys' affair.

use std::{panic::AssertUnwindSafe, time::Duration};

use anyhow::{Context as _, Result, anyhow};
use futures_util::FutureExt as _;
use tokio::time::timeout;

use crate::{Browser, Clock, Hook, Org, Page, Site};

/// The longest a journey may take.
const DEADLINE: Duration = Duration::from_mins(2);

/// The world of one journey, shared with no other.
#[derive(Debug)]
#[non_exhaustive]
pub struct Journey {
    /// What the person sees.
    pub page: Page,
    /// The org behind it.
    pub org: Org,
    /// The page's server.
    pub site: Site,
    hook: Option<Hook>,
}

/// What is different from the usual.
#[derive(Debug, Clone, Copy, Default)]
pub struct Setup<'a> {
    /// Attributes of the `<okta-sign-in>` element.
    pub attributes: &'a [(&'a str, &'a str)],
    /// The page's clock.
    pub clock: Clock,
    /// Whether the page's policy lets the org's Duo in.
    pub allow_duo: bool,
    /// Whether there is a backend hook: the page may call it, and `hook-url` names it.
    pub hook: bool,
    /// Whether the style sheet is in the page, and its policy allows that.
    pub inline_styles: bool,
    /// How much later the page's code comes than it could. A page that is opened is there before it.
    pub delay: Duration,
}

/// Walks a journey in a world of its own.
///
/// # Panics
/// When the journey fails, with what was seen instead.
pub async fn journey(name: &str, walk: impl AsyncFnOnce(&mut Journey) -> Result<()>) {
    journey_with(name, Setup::default(), walk).await;
}

/// Walks a journey in a world that is set up differently.
///
/// # Panics
/// When the journey fails, with what was seen instead.
#[allow(clippy::panic, reason = "this is how a test fails")]
pub async fn journey_with(name: &str, setup: Setup<'_>, walk: impl AsyncFnOnce(&mut Journey) -> Result<()>) {
    let outcome = match Journey::start(name, setup).await {
        Ok(journey) => journey.walk(walk).await,
        Err(error) => Err(error),
    };
    if let Err(error) = outcome {
        panic!("{name}: {error:#}");
    }
}

impl Setup<'_> {
    /// Nothing is different. What [`Default`] gives, for constants.
    pub const USUAL: Self = Self {
        attributes: &[],
        clock: Clock::Real,
        allow_duo: false,
        hook: false,
        inline_styles: false,
        delay: Duration::ZERO,
    };
}

impl Journey {
    async fn start(name: &str, setup: Setup<'_>) -> Result<Self> {
        let mut org = Org::start().await?;
        let hook = if setup.hook { Some(Hook::free_port()?) } else { None };
        let address = hook.map(Hook::address_of);
        let site = Site::start(name, org.address(), setup, address.as_deref()).await?;
        org.trust(site.origin()).await?;
        let hook = match hook {
            Some(port) => Some(Hook::start(port, org.address(), site.origin()).await?),
            None => None,
        };
        let browser = Browser::start_for(setup).await?;
        let page = Page::new(browser, site.origin(), name);
        Ok(Self { page, org, site, hook })
    }

    /// The backend hook, of a journey that was set up with one.
    pub fn hook(&mut self) -> Result<&mut Hook> {
        self.hook.as_mut().context("this journey was set up without a hook")
    }

    async fn walk(mut self, walk: impl AsyncFnOnce(&mut Self) -> Result<()>) -> Result<()> {
        let outcome = caught(walk(&mut self)).await;
        closed(self.page, outcome).await
    }
}

/// Looks at a site without any org behind it, with the same care.
///
/// # Panics
/// When it does not go as it should, with what was seen instead.
#[allow(clippy::panic, reason = "this is how a test fails")]
pub async fn visit(name: &str, site: &Site, clock: Clock, walk: impl AsyncFnOnce(&Page) -> Result<()>) {
    let outcome = match Browser::start(clock).await {
        Ok(browser) => {
            let page = Page::new(browser, site.origin(), name);
            let outcome = caught(walk(&page)).await;
            closed(page, outcome).await
        }
        Err(error) => Err(error),
    };
    if let Err(error) = outcome {
        panic!("{name}: {error:#}");
    }
}

/// Walks, and turns a panic or an endless wait into an error.
async fn caught(walk: impl Future<Output = Result<()>>) -> Result<()> {
    match AssertUnwindSafe(timeout(DEADLINE, walk)).catch_unwind().await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(_)) => Err(anyhow!("it took longer than {} s", DEADLINE.as_secs())),
        Err(panic) => Err(anyhow!("{}", said(panic.as_ref()))),
    }
}

/// Looks into the console, keeps evidence of a failure and closes the browser.
async fn closed(page: Page, mut outcome: Result<()>) -> Result<()> {
    if outcome.is_ok() {
        outcome = page.console_is_clean().await;
    }
    if outcome.is_err()
        && let Err(error) = page.save_evidence().await
    {
        outcome = outcome.context(format!("(and no evidence could be kept: {error:#})"));
    }
    let closed = page.browser.close().await;
    outcome.and(closed)
}

/// What a panic said.
fn said(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "it panicked".to_owned())
}
