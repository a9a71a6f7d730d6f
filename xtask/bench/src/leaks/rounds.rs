//! The rounds: which there are, how many, and how they are driven in a page of their own. Not here: what is counted
//! (`census`), and what is too much (`rule`).

use std::{path::PathBuf, time::Duration};

use anyhow::{Context as _, bail};
use okta_e2e::{Browser, Clock, Hook, HookSessions, Org, free_port};
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use crate::{
    leaks::census::Census,
    site::{self, Level},
};

/// Longest time for one round, on a machine that does other things as well.
const PATIENCE: Duration = Duration::from_secs(90);

/// A poll comes every four seconds, and the org counts requests by the minute.
const POLLS_OF_A_MINUTE: u32 = 15;
/// A push waits for five minutes.
const POLLS_OF_A_PUSH: u32 = 60;

/// SMS is the first factor.
const WITH_SMS: [&str; 2] = ["jeff.beck", "xaxaxaxaxa"];
/// Okta Verify is.
const WITH_PUSH: [&str; 2] = ["tim.lee", "Hypertext1989"];

/// What is repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The sign-in widget is put into the page and taken out.
    Mounts,
    /// The list of factors is.
    FactorMounts,
    /// A push is polled; the next sign-in begins before it ends.
    Polls,
    /// Somebody signs in with password and SMS, and the page goes on.
    SignIns,
}

/// Whose widget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Widget {
    Ours,
    Peer,
}

/// Where the files are.
pub(crate) struct Places {
    pub(crate) folder: PathBuf,
}

impl Widget {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::Peer => "okta-signin-widget",
        }
    }

    fn pages(self, org: &str, hook: &str) -> site::Pages {
        let (page, script) = match self {
            Self::Ours => (include_str!("../../pages/leaks/ours.html"), include_str!("../../pages/leaks/ours.js")),
            Self::Peer => (include_str!("../../pages/leaks/siw.html"), include_str!("../../pages/leaks/siw.js")),
        };
        vec![("/", page.replace("ORG", org).replace("HOOK", hook)), ("/start.js", script.to_owned())]
    }
}

impl Kind {
    pub(crate) const ALL: [Self; 4] = [Self::Mounts, Self::FactorMounts, Self::Polls, Self::SignIns];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Mounts => "mounts and unmounts of the sign-in form",
            Self::FactorMounts => "mounts and unmounts of the list of factors",
            Self::Polls => "polls of a push, with a new sign-in after every 60",
            Self::SignIns => "complete sign-ins with password and SMS",
        }
    }

    /// Whether the widget has this.
    pub(crate) fn exists_in(self, widget: Widget) -> bool {
        widget == Widget::Ours || self != Self::FactorMounts
    }

    /// After how many rounds is counted.
    pub(crate) fn points(self) -> &'static [u32] {
        if self == Self::SignIns { &[0, 10, 25, 50, 100] } else { &[0, 10, 100, 250, 500, 1000] }
    }

    fn needs_hook(self) -> bool {
        self == Self::FactorMounts
    }
}

/// A page in which rounds are made.
struct Ring {
    browser: Browser,
    org: Org,
    _hook: Option<Hook>,
}

/// Makes the rounds in a new browser, and counts at each point.
pub(crate) async fn measure(
    kind: Kind,
    widget: Widget,
    places: &Places,
    points: &[u32],
) -> anyhow::Result<Vec<(u32, Census)>> {
    let ring = Ring::open(kind, widget, places).await?;
    let measured = ring.measure(kind, points).await;
    let closed = ring.browser.close().await;
    let measured = measured?;
    closed?;
    Ok(measured)
}

impl Ring {
    async fn open(kind: Kind, widget: Widget, places: &Places) -> anyhow::Result<Self> {
        let mut org = Org::start().await?;
        let port = free_port()?;
        let pages = widget.pages(org.address(), &Hook::address_of(port));
        let origin = site::serve(places.folder.clone(), pages, Level::Lowest).await?;
        org.trust(&origin).await?;
        let hook = if kind.needs_hook() {
            Some(Hook::start(port, org.address(), &origin, HookSessions::SessionToken).await?)
        } else {
            None
        };
        let browser = Browser::start(Clock::Adjustable).await?;
        let source = include_str!("../../pages/leaks/watch.js");
        browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await?;
        browser.open(&origin).await?;
        Ok(Self { browser, org, _hook: hook })
    }

    async fn measure(&self, kind: Kind, points: &[u32]) -> anyhow::Result<Vec<(u32, Census)>> {
        self.prepare(kind).await?;
        let mut measured = Vec::new();
        let mut done = 0;
        for &point in points {
            self.rounds(kind, done, point).await.with_context(|| format!("after {done}"))?;
            done = point;
            measured.push((point, Census::take(&self.browser).await?));
        }
        Ok(measured)
    }

    async fn prepare(&self, kind: Kind) -> anyhow::Result<()> {
        let start = Instant::now();
        while self.browser.run_script("return Boolean(window.__page);").await? != json!(true) {
            if start.elapsed() > PATIENCE {
                bail!("the page did not load");
            }
            sleep(Duration::from_millis(50)).await;
        }
        match kind {
            Kind::Polls => self.run("push", 1, json!(WITH_PUSH)).await,
            Kind::FactorMounts => self.sign_in("finishWithHook").await,
            Kind::Mounts | Kind::SignIns => Ok(()),
        }
    }

    /// Those after so many, up to so many.
    async fn rounds(&self, kind: Kind, done: u32, point: u32) -> anyhow::Result<()> {
        let times = point.saturating_sub(done);
        match kind {
            Kind::Mounts => self.run("mount", times, Value::Null).await,
            Kind::FactorMounts => self.run("mountFactors", times, Value::Null).await,
            Kind::Polls => {
                let mut poll = done;
                while poll < point {
                    // As few calls of the driver as possible: the browser keeps some of each.
                    let next = (poll / POLLS_OF_A_MINUTE + 1).saturating_mul(POLLS_OF_A_MINUTE).min(point);
                    self.run("poll", next - poll, Value::Null).await?;
                    poll = next;
                    // The page's clock has gone on too.
                    self.org.advance_clock(Duration::from_mins(1)).await?;
                    if poll.is_multiple_of(POLLS_OF_A_PUSH) {
                        self.run("again", 1, json!(WITH_PUSH)).await?;
                    }
                }
                Ok(())
            }
            Kind::SignIns => {
                for _ in 0..times {
                    self.sign_in("finish").await?;
                }
                Ok(())
            }
        }
    }

    async fn sign_in(&self, finish: &str) -> anyhow::Result<()> {
        let [login, _] = WITH_SMS;
        // The org sends no message soon after another one.
        self.org.advance_clock(Duration::from_mins(1)).await?;
        let sent = self.org.messages_to(login).await?;
        self.run("begin", 1, json!(WITH_SMS)).await?;
        let code = self.org.code_in_message(login, sent + 1).await?;
        self.run(finish, 1, json!(code)).await
    }

    /// Does something in the page, so many times.
    async fn run(&self, action: &str, times: u32, argument: Value) -> anyhow::Result<()> {
        let start = format!("window.__rounds.run({}, {times}, {argument});", json!(action));
        self.browser.run_script(&format!("{start} return null;")).await?;
        let (mut done, mut since) = (0, Instant::now());
        loop {
            let state = self.browser.run_script("return window.__rounds.state();").await?;
            if let Some(error) = state.get("error").and_then(Value::as_str) {
                bail!("{action}: {error}");
            }
            let now = state.get("done").and_then(Value::as_u64).context("the page does not count its rounds")?;
            if now >= u64::from(times) {
                return Ok(());
            }
            if now > done {
                (done, since) = (now, Instant::now());
            }
            if since.elapsed() > PATIENCE {
                let says = self.browser.run_script("return document.body.innerText;").await?;
                bail!("{action}: no round ended for {} s; the page says {says}", PATIENCE.as_secs());
            }
            sleep(Duration::from_millis(if times == 1 { 10 } else { 100 })).await;
        }
    }
}
