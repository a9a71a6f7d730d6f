//! The page's title, while a widget puts its step into it. Not here: the words.

use std::rc::Rc;
use web_sys::Document;

/// The title as the page had it. It comes back when the last widget that shares this is gone.
#[derive(PartialEq)]
pub(crate) struct PageTitle(String);

impl PageTitle {
    /// Keeps the page's title, where the page wants it changed.
    pub(crate) fn keep(is_wanted: bool) -> Option<Rc<Self>> {
        let document = document().filter(|_| is_wanted)?;
        Some(Rc::new(Self(document.title())))
    }

    /// As the page had it.
    pub(crate) fn original(&self) -> &str {
        &self.0
    }

    /// Changes it.
    #[expect(clippy::unused_self, reason = "only who keeps the old title may change it")]
    pub(crate) fn show(&self, title: &str) {
        if let Some(document) = document() {
            document.set_title(title);
        }
    }
}

impl Drop for PageTitle {
    fn drop(&mut self) {
        self.show(&self.0);
    }
}

fn document() -> Option<Document> {
    super::window()?.document()
}
