//! Runs one journey: starts its servers and browser, runs its steps, saves evidence of a failure, closes the
//! browser. Not here: the steps (`tests/journeys/`).

use std::{panic::AssertUnwindSafe, time::Duration};

use anyhow::{Context as _, Result, anyhow};
use futures_util::FutureExt as _;
use tokio::time::timeout;

use crate::{
    Browser, Capability, Clock, Hook, HookSessions, Org, Page, RequestLine, Site, Unsupported, capability::is_skipped,
    ports::free_port,
};

/// The name of this machine.
pub(crate) const LOCALHOST: &str = "localhost";

/// Maximum duration of a journey.
const DEADLINE: Duration = Duration::from_mins(2);

/// The page and servers of one journey; no other journey uses them.
#[derive(Debug)]
#[non_exhaustive]
pub struct Journey {
    /// The page in the browser.
    pub page: Page,
    /// The emulated org.
    pub org: Org,
    /// Its origin, as the page knows it.
    pub org_address: String,
    /// The server of the page.
    pub site: Site,
    hook: Option<Hook>,
}

/// Options of a journey.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own that a journey may set")]
pub struct Setup<'a> {
    /// Attributes of the `<okta-sign-in>` element.
    pub attributes: &'a [(&'a str, &'a str)],
    /// The `lang` of the page, and of the form that is rendered into it; empty for none.
    pub page_language: Option<&'a str>,
    /// The languages that the browser prefers; English where it is empty.
    pub languages: &'a str,
    /// A folder of `tests/e2e/pages`, whose pages are beside the built one.
    pub pages: Option<&'a str>,
    /// The page's clock.
    pub clock: Clock,
    /// Whether the page's content security policy allows Duo.
    pub allow_duo: bool,
    /// Whether the policy allows a frame of the org, for the option `tokens`.
    pub allow_org_frame: bool,
    /// Whether there is a backend hook, named by the attribute `hook-url` and allowed by the policy.
    pub hook: bool,
    /// How the hook opens sessions.
    pub hook_sessions: HookSessions,
    /// Whether the style sheet is inlined in the page, and the policy allows it.
    pub inline_styles: bool,
    /// Delay of the page's code; the page itself is served at once.
    pub delay: Duration,
    /// Whether the page's code is held back until [`Site::release_code`].
    pub holds_code: bool,
    /// Whether page and org are on one site.
    pub sites: Sites,
    /// Whether there is WebAssembly.
    pub wasm: Wasm,
    /// Whether the policy allows scripts and style sheets by a nonce alone. The page leaves the widget's style sheet to
    /// the widget.
    pub nonce: bool,
    /// Whether the page forbids to keep it, by `Cache-Control: no-store`.
    pub no_store: bool,
}

/// Whether a page can use WebAssembly.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Wasm {
    /// It can.
    #[default]
    Allowed,
    /// The browser has none.
    Missing,
    /// The page's policy refuses it.
    Refused,
    /// The same, and the page says so.
    RefusedAndSaid,
}

impl Wasm {
    pub(crate) fn is_refused(self) -> bool {
        matches!(self, Self::Refused | Self::RefusedAndSaid)
    }
}

/// On which sites page and org are. Hosts below `localhost` are different sites to browsers, and secure contexts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sites {
    /// One: `localhost`.
    #[default]
    One,
    /// Two: `page.localhost`, and `org.localhost` with HTTPS. The browser blocks third-party cookies.
    Two,
    /// The same, and the browser allows third-party cookies.
    TwoWithCookies,
}

impl Sites {
    /// Whether they are two. The org has HTTPS then, and the browser takes its certificate for a good one: cookies that go
    /// from one site to another have to be `Secure`, and `WebKit` keeps those of HTTPS alone.
    pub(crate) fn are_two(self) -> bool {
        self != Self::One
    }

    /// The host of that name below `localhost`, where there are two.
    fn host(self, name: &str) -> String {
        if self == Self::One { LOCALHOST.to_owned() } else { format!("{name}.{LOCALHOST}") }
    }

    /// The address on the host below `localhost` of that name, where there are two.
    fn on(self, address: &str, name: &str) -> String {
        if self == Self::One { address.to_owned() } else { address.replace("//", &format!("//{name}.")) }
    }
}

/// Runs a journey with the default setup.
///
/// # Panics
/// When the journey fails; the message contains what was on the page.
pub async fn journey(name: &str, steps: impl AsyncFnOnce(&mut Journey) -> Result<()>) {
    journey_with(name, Setup::default(), steps).await;
}

/// Runs a journey with this setup.
///
/// # Panics
/// When the journey fails; the message contains what was on the page.
#[allow(clippy::panic, reason = "this is how a test fails")]
pub async fn journey_with(name: &str, setup: Setup<'_>, steps: impl AsyncFnOnce(&mut Journey) -> Result<()>) {
    let outcome = match Journey::start(name, setup).await {
        Ok(journey) => journey.run(steps).await,
        Err(error) => Err(error),
    };
    if let Err(error) = outcome
        && !is_skipped(name, &error)
    {
        panic!("{name}: {error:#}");
    }
}

impl Setup<'_> {
    /// The default setup, as a constant.
    pub const DEFAULT: Self = Self {
        attributes: &[],
        page_language: None,
        languages: "",
        pages: None,
        clock: Clock::Real,
        allow_duo: false,
        allow_org_frame: false,
        hook: false,
        hook_sessions: HookSessions::SessionToken,
        inline_styles: false,
        delay: Duration::ZERO,
        holds_code: false,
        sites: Sites::One,
        wasm: Wasm::Allowed,
        nonce: false,
        no_store: false,
    };
}

impl Journey {
    async fn start(name: &str, setup: Setup<'_>) -> Result<Self> {
        let mut org = Org::start_on(setup.sites.host("org"), setup.sites.are_two()).await?;
        let hook = if setup.hook { Some(free_port()?) } else { None };
        let address = hook.map(Hook::address_of);
        let org_address = setup.sites.on(org.address(), "org");
        let site = Site::start(name, &org_address, setup, address.as_deref()).await?;
        let origin = setup.sites.on(site.origin(), "page");
        org.trust(&origin).await?;
        let hook = match hook {
            Some(port) => {
                if setup.hook_sessions == HookSessions::OpenId {
                    org.trust(&Hook::address_of(port)).await?;
                }
                Some(Hook::start(port, org.address(), &origin, setup.hook_sessions).await?)
            }
            None => None,
        };
        let browser = Browser::start_for(setup, site.first_script()).await?;
        let page = Page::new(browser, &origin, name);
        Ok(Self { page, org, org_address, site, hook })
    }

    /// Skips the journey in an engine that does not have this.
    pub fn needs(&self, capability: Capability) -> Result<()> {
        self.page.browser.needs(capability)
    }

    /// The backend hook, if the journey was set up with one.
    pub fn hook(&mut self) -> Result<&mut Hook> {
        self.hook.as_mut().context("this journey was set up without a hook")
    }

    async fn run(mut self, steps: impl AsyncFnOnce(&mut Self) -> Result<()>) -> Result<()> {
        let mut outcome = catch_panic(steps(&mut self)).await;
        if let Err(error) = &outcome
            && !error.is::<Unsupported>()
        {
            outcome = Err(anyhow!("{error:#}\n  and the org was asked last: {}", self.last_requests().await));
        }
        finish(self.page, outcome).await
    }

    /// The last requests to the org, for the message of a failure.
    async fn last_requests(&self) -> String {
        const SHOWN: usize = 6;
        let requests = match self.org.requests().await {
            Ok(requests) => requests,
            Err(error) => return format!("{error:#}"),
        };
        let skipped = requests.len().saturating_sub(SHOWN);
        let lines = requests.iter().skip(skipped).map(|RequestLine { method, path, status }| {
            let status = status.map_or_else(|| "no answer".to_owned(), |status| status.to_string());
            format!("{method} {path} {status}")
        });
        lines.collect::<Vec<_>>().join(", ")
    }
}

/// Runs steps on a site without an org.
///
/// # Panics
/// When the steps fail; the message contains what was on the page.
#[allow(clippy::panic, reason = "this is how a test fails")]
pub async fn visit(name: &str, site: &Site, clock: Clock, steps: impl AsyncFnOnce(&Page) -> Result<()>) {
    let outcome = match Browser::start_for(Setup { clock, ..Setup::default() }, site.first_script()).await {
        Ok(browser) => {
            let page = Page::new(browser, site.origin(), name);
            let outcome = catch_panic(steps(&page)).await;
            finish(page, outcome).await
        }
        Err(error) => Err(error),
    };
    if let Err(error) = outcome
        && !is_skipped(name, &error)
    {
        panic!("{name}: {error:#}");
    }
}

/// Runs the steps, and turns a panic or a timeout into an error.
async fn catch_panic(steps: impl Future<Output = Result<()>>) -> Result<()> {
    match AssertUnwindSafe(timeout(DEADLINE, steps)).catch_unwind().await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(_)) => Err(anyhow!("it took longer than {} s", DEADLINE.as_secs())),
        Err(panic) => Err(anyhow!("{}", panic_message(panic.as_ref()))),
    }
}

/// Checks the console, saves evidence of a failure, and closes the browser.
async fn finish(page: Page, mut outcome: Result<()>) -> Result<()> {
    if outcome.is_ok() {
        outcome = page.console_is_clean().await;
    }
    if let Err(error) = &outcome
        && !error.is::<Unsupported>()
    {
        outcome = Err(anyhow!("{error:#}\n  {}", page.describe().await));
        if let Err(error) = page.save_evidence().await {
            outcome = outcome.context(format!("(and no evidence could be kept: {error:#})"));
        }
    }
    let closed = page.browser.close().await;
    outcome.and(closed)
}

/// The message of a panic.
fn panic_message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "it panicked".to_owned())
}
