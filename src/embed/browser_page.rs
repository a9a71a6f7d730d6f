//! The page the widget stands on, as the browser knows it.

use crate::config::{Page, TOKEN_PARAMETERS};
use web_sys::Url;

/// The page in this window.
#[derive(Clone, Copy, Debug)]
pub struct BrowserPage;

impl BrowserPage {
    /// Takes the parameters that carry a token out of the page's address, and so out of the history and of
    /// what other pages are told (contract 1.4: a token is for one use, and for nobody else).
    pub(super) fn forget_tokens() {
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
