//! What every view may use and what rarely changes: the callback for what the person wants, the texts, and the view's
//! options. Not here: state.

use crate::phone::Region;
use crate::text::{Key, Text};
use sign_in_flow::{FieldName, Intent, Notice, Screen};
use std::borrow::Cow;
use std::rc::Rc;
use yew::prelude::*;

/// Returns the text of a notice. Compared by identity, as functions are.
#[derive(Clone, Copy)]
pub struct NoticeText(pub fn(Text, &Notice) -> Cow<'static, str>);

impl PartialEq for NoticeText {
    /// Each root component has one, and keeps it.
    fn eq(&self, _other: &Self) -> bool {
        true
    }
}

#[cfg(feature = "ssr")]
impl Default for NoticeText {
    fn default() -> Self {
        Self(crate::text::notice)
    }
}

/// The widget as its views see it.
#[derive(Clone, PartialEq)]
#[cfg_attr(feature = "ssr", derive(Default))]
pub struct Widget {
    /// Takes what the person wants.
    pub dispatch: Callback<Intent>,
    /// The texts.
    pub text: Text,
    /// The text of a notice. A root component knows which notices it can show.
    pub notice_text: NoticeText,
    /// What may be shown.
    pub options: ViewOptions,
    /// Countries and regions for phone numbers, in the order of their names.
    pub regions: Rc<[Region]>,
    /// Prefix of element ids, one per widget on the page.
    pub id: AttrValue,
}

/// Options that concern views only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ViewOptions {
    /// Whether "Remember my username" is offered.
    pub remember_me: bool,
    /// Whether "Send a notification automatically" is offered.
    pub auto_push: bool,
    /// Whether the first field takes focus when the page opens.
    pub autofocus: bool,
}

impl Widget {
    /// The message of that key.
    pub fn say(&self, key: Key) -> &'static str {
        self.text.get(key)
    }

    /// The message of that key with one value in it.
    pub fn fill(&self, key: Key, name: &str, value: &str) -> String {
        self.text.fill(key, &[(name, value)])
    }

    /// A handler that says what the person wants.
    pub fn on(&self, intent: Intent) -> Callback<MouseEvent> {
        self.dispatch.reform(move |_| intent.clone())
    }

    /// An element id of this widget.
    pub fn element_id(&self, name: &str) -> AttrValue {
        [self.id.as_str(), "-", name].concat().into()
    }

    /// The id of what a step says before its field ([`about`](super::parts::about)).
    pub(super) fn about(&self) -> AttrValue {
        self.element_id("about")
    }

    /// The id of the message about this field, where there is one.
    pub(super) fn message_about(&self, screen: &Screen, field: FieldName) -> Option<AttrValue> {
        let about = screen.notice.as_ref().is_some_and(|notice| notice.field() == Some(field));
        about.then(|| self.element_id("message"))
    }
}
