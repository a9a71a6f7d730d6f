//! The page that the widget is on, as far as the configuration depends on it. Not here: the browser's page.

/// The page that the widget is on.
pub trait Page {
    /// The page's own address.
    fn url(&self) -> String;
    /// An address made absolute against the page.
    fn resolve(&self, url: &str) -> Option<String>;
}
