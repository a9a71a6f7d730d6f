//! What an engine, or its driver, cannot do. A journey that needs it is skipped there, and the reason is told. Not here:
//! how an engine does what it can (`firefox.rs`, `webkit.rs`).

use std::{
    fmt,
    io::{self, Write as _},
    thread,
};

use anyhow::{Error, Result};

use crate::Engine;

/// Something that not every engine can do, or has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Capability {
    /// The `DevTools` protocol of Chromium.
    DevTools,
    /// WebAuthn with virtual authenticators.
    SecurityKeys,
    /// Taking the network away.
    Offline,
    /// Slowing the processor down.
    SlowProcessor,
    /// Changing the preferred color scheme.
    ColorScheme,
    /// Telling how much of the layout has moved.
    LayoutShifts,
    /// A script that runs before those of a page that the harness does not serve from a copy.
    ScriptInAnyPage,
    /// Reading what the browser itself writes into its console, such as requests that failed.
    BrowsersConsole,
    /// Keeping a cookie that is marked `Secure` of `http://localhost`, such as the backend hook's.
    SecureCookiesOfLocalhost,
    /// Refusing a module script by its hash.
    ModuleIntegrity,
    /// Using a file that a link has fetched for `fetch()` without asking the server again.
    PreloadedFetch,
    /// Asking the server for a file that a link has fetched on the page before.
    AsksAgain,
    /// Telling by an event that the page's policy refuses WebAssembly.
    WasmViolations,
    /// Keeping no page of `http://localhost` that forbids it by `Cache-Control: no-store`.
    NoStoreOfLocalhost,
    /// Touches, as a driver's pointer of the type `touch` makes them.
    Touch,
}

impl fmt::Display for Capability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::DevTools => "DevTools",
            Self::SecurityKeys => "security keys",
            Self::Offline => "being offline",
            Self::SlowProcessor => "slow processor",
            Self::ColorScheme => "color scheme",
            Self::LayoutShifts => "layout shifts",
            Self::ScriptInAnyPage => "script in any page",
            Self::BrowsersConsole => "browser's own console",
            Self::SecureCookiesOfLocalhost => "secure cookies of localhost",
            Self::ModuleIntegrity => "integrity of modules",
            Self::PreloadedFetch => "preloaded fetch",
            Self::AsksAgain => "code that is held back twice",
            Self::WasmViolations => "violations by WebAssembly",
            Self::NoStoreOfLocalhost => "pages of localhost that may not be kept",
            Self::Touch => "touch",
        })
    }
}

/// The error of what an engine cannot do; the harness skips the journey that has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unsupported {
    capability: Capability,
    reason: &'static str,
}

impl fmt::Display for Unsupported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.capability, self.reason)
    }
}

impl std::error::Error for Unsupported {}

impl Engine {
    /// Whether it has this.
    pub fn can(self, capability: Capability) -> bool {
        self.why_not(capability).is_none()
    }

    /// Fails with what skips a journey where it does not have this.
    pub fn needs(self, capability: Capability) -> Result<()> {
        match self.why_not(capability) {
            Some(reason) => Err(Unsupported { capability, reason }.into()),
            None => Ok(()),
        }
    }

    fn why_not(self, capability: Capability) -> Option<&'static str> {
        match (self, capability) {
            (Self::Chromium, _)
            | (
                Self::Firefox,
                Capability::Offline
                | Capability::ColorScheme
                | Capability::ScriptInAnyPage
                | Capability::BrowsersConsole
                | Capability::SecureCookiesOfLocalhost
                | Capability::ModuleIntegrity
                | Capability::AsksAgain
                | Capability::WasmViolations
                | Capability::NoStoreOfLocalhost
                | Capability::Touch,
            )
            | (Self::Webkit, Capability::PreloadedFetch) => None,
            (_, Capability::DevTools) => Some("only Chromium's driver passes on its DevTools protocol"),
            (_, Capability::SlowProcessor) => Some("only Chromium's driver slows the processor down"),
            (_, Capability::LayoutShifts) => Some("only Chromium has the Layout Instability API"),
            (Self::Webkit, Capability::SecurityKeys) => Some("WebKitGTK has no WebAuthn"),
            (Self::Webkit, Capability::Offline) => Some("WebKitWebDriver cannot take the network away"),
            (Self::Webkit, Capability::ColorScheme) => Some("MiniBrowser takes the color scheme at its start only"),
            (Self::Webkit, Capability::ScriptInAnyPage) => {
                Some("WebKitWebDriver adds no script to a page, and this page is not served from a copy that has one")
            }
            (Self::Webkit, Capability::BrowsersConsole) => {
                Some("WebKitWebDriver has no console; the pages note what their own scripts and errors write")
            }
            (Self::Webkit, Capability::SecureCookiesOfLocalhost) => {
                Some("WebKit keeps no cookie marked Secure of http://localhost, so the backend hook sees nobody")
            }
            (Self::Webkit, Capability::ModuleIntegrity) => Some("WebKitGTK 2.50 loads a module whose hash differs"),
            (Self::Firefox, Capability::PreloadedFetch) => Some(
                "Firefox asks whether a file has changed that a link has fetched, where fetch() has a hash for it, and gives \
                 the answer the size of the file",
            ),
            (Self::Webkit, Capability::AsksAgain) => {
                Some("WebKit takes what a link has fetched on the page before from its memory, also with no-store")
            }
            (Self::Webkit, Capability::WasmViolations) => {
                Some("WebKit refuses WebAssembly and sends no event securitypolicyviolation")
            }
            (Self::Firefox, Capability::SecurityKeys) => {
                Some("geckodriver's virtual keys do not answer in Firefox without a window")
            }
            (Self::Webkit, Capability::NoStoreOfLocalhost) => {
                Some("WebKit forgets a page with no-store when it is left only if it came by HTTPS")
            }
            (Self::Webkit, Capability::Touch) => Some("WebKitGTK's driver knows no touch"),
        }
    }
}

/// Whether a journey came to something that its engine cannot do. It is then told on a line of its own, which counts the
/// test as skipped.
pub(crate) fn is_skipped(journey: &str, error: &Error) -> bool {
    let Some(why) = error.downcast_ref::<Unsupported>() else { return false };
    let thread = thread::current();
    // The test runner names the thread after the test, unless it has only one.
    let test = thread.name().filter(|name| *name != "main").unwrap_or(journey);
    // Not by a macro: the test runner would keep what a test prints that does not fail.
    writeln!(io::stdout().lock(), "\nskipped: {test}: {why}").is_ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use anyhow::Context as _;

    use super::*;

    #[test]
    fn what_an_engine_lacks_skips_also_with_words_around_it() {
        assert!(Engine::Chromium.needs(Capability::DevTools).is_ok());
        let error = Engine::Webkit.needs(Capability::SecurityKeys).context("plugging in a key").unwrap_err();
        assert_eq!(
            error.downcast_ref::<Unsupported>().unwrap().to_string(),
            "security keys: WebKitGTK has no WebAuthn"
        );
        assert!(!is_skipped("other", &anyhow::anyhow!("another error")));
    }
}
