//! What all root components share: the element, focus before and after a render, and the page's title. Not here: a
//! machine.

use super::focus::FocusState;
use crate::effects::PageTitle;
use crate::text::{Key, Text};
use crate::views::{NoticeText, ViewOptions, Widget};
use sign_in_flow::{Intent, Screen};
use std::cell::Cell;
use std::rc::Rc;
use web_sys::Element;
use yew::prelude::*;

/// The root element of a widget, with what its views may use.
pub(super) struct Host {
    pub(super) widget: Widget,
    root: NodeRef,
    focus: Cell<FocusState>,
    pub(super) title: Option<Rc<PageTitle>>,
}

impl Host {
    pub(super) fn new(
        id: &AttrValue,
        text: Text,
        options: ViewOptions,
        dispatch: Callback<Intent>,
        notice_text: NoticeText,
        screen: &Screen,
        title: Option<Rc<PageTitle>>,
    ) -> Self {
        let widget = Widget { dispatch, text, notice_text, options, regions: Rc::from([]), id: id.clone() };
        Self { widget, root: NodeRef::default(), focus: Cell::new(FocusState::of(screen)), title }
    }

    /// The root element around a step's markup.
    pub(super) fn view(&self, step: Html) -> Html {
        let text = self.widget.text;
        html! {
            <div ref={self.root.clone()} class="oaw" lang={text.language()} dir={text.direction()}>{ step }</div>
        }
    }

    /// The root element, where it is on the page.
    pub(super) fn element(&self) -> Option<Element> {
        self.root.cast()
    }

    /// Before an update: notes whether focus is inside.
    pub(super) fn before_update(&self) {
        if let Some(root) = self.element() {
            let mut focus = self.focus.get();
            focus.note(&root);
            self.focus.set(focus);
        }
    }

    /// After a render: moves focus, and fills and empties fields. `may_focus` says whether the page's first step may
    /// take focus.
    pub(super) fn rendered(&self, screen: &Screen, may_focus: bool, is_first: bool) {
        if let Some(root) = self.element() {
            let mut focus = self.focus.get();
            focus.update(&root, screen, may_focus, is_first);
            self.focus.set(focus);
            self.name_page(&root);
        }
    }

    /// Puts the heading before the page's own title, where the page wants that.
    fn name_page(&self, root: &Element) {
        let Some(title) = &self.title else { return };
        let heading = root.query_selector(".oaw-title").ok().flatten().and_then(|heading| heading.text_content());
        if let Some(step) = heading {
            let values = [("step", &*step), ("page", title.original())];
            title.show(&self.widget.text.fill(Key::DOCUMENT_TITLE, &values));
        }
    }
}
