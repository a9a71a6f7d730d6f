//! The page that the widget is on: its address. Not here: leaving it.

use crate::config::{Config, ConfigBuilder, ConfigError, Page, TOKEN_PARAMETERS};
use web_sys::Url;

/// The page in this window.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BrowserPage;

impl BrowserPage {
    /// Removes the parameters that carry a token from the page's address, and so from the history and the referrer
    /// (docs/authn-api.md#tokens: a token is for one use, and for nobody else).
    pub(crate) fn remove_tokens() {
        let Some(window) = web_sys::window() else { return };
        let (Ok(href), Ok(history)) = (window.location().href(), window.history()) else { return };
        let Ok(url) = Url::new(&href) else { return };
        let parameters = url.search_params();
        for name in TOKEN_PARAMETERS {
            parameters.delete(name);
        }
        if url.href() != href {
            let _refused = history.replace_state_with_url(&history.state().unwrap_or_default(), "", Some(&url.href()));
        }
    }
}

impl Page for BrowserPage {
    fn url(&self) -> String {
        web_sys::window().and_then(|window| window.location().href().ok()).unwrap_or_default()
    }

    fn resolve(&self, url: &str) -> Option<String> {
        Some(Url::new_with_base(url, &self.url()).ok()?.href())
    }
}

impl ConfigBuilder {
    /// The configuration on the page in this window, or which option is wrong and what to do.
    pub fn build(self) -> Result<Config, ConfigError> {
        self.build_on(&BrowserPage)
    }
}
