//! What every view may use and what rarely changes: the way to say what the person wants, the words, and
//! the view's options. Never here: state.

use crate::config::Config;
use crate::flow::{FieldName, Intent, Screen};
use crate::text::{Key, Text};
use std::rc::Rc;
use yew::prelude::*;

/// The widget as its views see it.
#[derive(Clone, Default, PartialEq)]
pub struct Widget {
    /// Takes what the person wants.
    pub dispatch: Callback<Intent>,
    /// The words.
    pub text: Text,
    /// What may be shown.
    pub options: ViewOptions,
    /// Countries and regions for phone numbers, in the order of their names.
    pub regions: Rc<[Region]>,
    /// Prefix of element ids, one per widget on the page.
    pub id: AttrValue,
}

/// A country or region that a phone number can be in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// Its name in the page's language.
    pub name: AttrValue,
    /// Its calling code.
    pub calling_code: AttrValue,
    /// Whether the browser says that the person is there.
    pub is_home: bool,
}

/// Options that concern views only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ViewOptions {
    /// Whether "Keep me signed in" is offered.
    pub remember_me: bool,
    /// Whether "Send push automatically" is offered.
    pub auto_push: bool,
    /// Whether the first field takes focus when the page opens.
    pub autofocus: bool,
}

impl From<&Config> for ViewOptions {
    fn from(config: &Config) -> Self {
        Self { remember_me: config.remember_me, auto_push: config.settings.auto_push, autofocus: config.autofocus }
    }
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

    /// The id of the message about this field, where there is one.
    pub(super) fn message_about(&self, screen: &Screen, field: FieldName) -> Option<AttrValue> {
        let about = screen.notice.as_ref().is_some_and(|notice| notice.field() == Some(field));
        about.then(|| self.element_id("message"))
    }
}
