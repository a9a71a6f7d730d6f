//! The page that the widget is on: its address. Not here: leaving it; removing tokens from the address (`embed/js`).

use crate::config::{Config, ConfigBuilder, ConfigError, Page, TOKEN_PARAMETERS};
use okta_authn::url::without_parameters;
use web_sys::Url;

/// The page in this window, by the address that it was opened with where that is known.
#[derive(Clone, Debug, Default)]
pub(crate) struct BrowserPage(pub(crate) Option<String>);

impl Page for BrowserPage {
    fn url(&self) -> String {
        let address = || web_sys::window()?.location().href().ok();
        self.0.clone().or_else(address).unwrap_or_default()
    }

    fn resolve(&self, url: &str) -> Option<String> {
        // An address such as `#done` takes over the query of the page, which may have a token.
        Some(Url::new_with_base(url, &without_parameters(&self.url(), &TOKEN_PARAMETERS)).ok()?.href())
    }
}

impl ConfigBuilder {
    /// The configuration on the page in this window, or which option is wrong and what to do.
    pub fn build(self) -> Result<Config, ConfigError> {
        self.build_on(&BrowserPage::default())
    }
}
