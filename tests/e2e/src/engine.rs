//! The engine that the journeys run in. Not here: what it cannot do (`capability.rs`), how it is started (`driver.rs`).

use std::fmt;

use anyhow::{Result, bail};

use crate::environment;

/// A browser engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Chromium, by chromedriver.
    Chromium,
    /// Firefox, by geckodriver.
    Firefox,
    /// `WebKitGTK`'s `MiniBrowser`, by `WebKitWebDriver`.
    Webkit,
}

impl Engine {
    /// The one that `OKTA_E2E_ENGINE` names.
    pub fn of_environment() -> Result<Self> {
        Self::of_name(&environment::text("OKTA_E2E_ENGINE")?)
    }

    fn of_name(name: &str) -> Result<Self> {
        match name {
            "chromium" => Ok(Self::Chromium),
            "firefox" => Ok(Self::Firefox),
            "webkit" => Ok(Self::Webkit),
            other => bail!("OKTA_E2E_ENGINE names `{other}`, but there are chromium, firefox and webkit"),
        }
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::Webkit => "webkit",
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn names_lead_to_engines_and_back() {
        for engine in [Engine::Chromium, Engine::Firefox, Engine::Webkit] {
            assert_eq!(Engine::of_name(&engine.to_string()).unwrap(), engine);
        }
        assert!(Engine::of_name("servo").is_err());
    }
}
