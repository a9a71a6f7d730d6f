//! The page that the widget is on: its address. Not here: leaving it.

use crate::config::{Config, ConfigBuilder, ConfigError, Page, TOKEN_PARAMETERS};
use okta_authn::url::without_parameters;
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
        let without = without_parameters(&href, &TOKEN_PARAMETERS);
        if without != href {
            let _refused = history.replace_state_with_url(&history.state().unwrap_or_default(), "", Some(&without));
        }
    }
}

impl Page for BrowserPage {
    fn url(&self) -> String {
        web_sys::window().and_then(|window| window.location().href().ok()).unwrap_or_default()
    }

    fn resolve(&self, url: &str) -> Option<String> {
        // An address such as `#done` takes over the query of the page, which may have a token.
        Some(Url::new_with_base(url, &without_parameters(&self.url(), &TOKEN_PARAMETERS)).ok()?.href())
    }
}

impl ConfigBuilder {
    /// The configuration on the page in this window, or which option is wrong and what to do.
    pub fn build(self) -> Result<Config, ConfigError> {
        self.build_on(&BrowserPage)
    }
}
