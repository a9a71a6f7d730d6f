//! The page the widget stands on, as the browser knows it.

use crate::config::Page;
use web_sys::Url;

/// The page in this window.
#[derive(Clone, Copy, Debug)]
pub struct BrowserPage;

impl Page for BrowserPage {
    fn url(&self) -> String {
        web_sys::window().and_then(|window| window.location().href().ok()).unwrap_or_default()
    }

    fn resolve(&self, url: &str) -> Option<String> {
        Some(Url::new_with_base(url, &self.url()).ok()?.href())
    }
}
