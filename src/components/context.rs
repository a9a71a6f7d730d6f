//! What every view may use and what rarely changes: the way to say what the person wants, the words, and
//! the view's options. State goes by props. Never here: state.

use crate::flow::{Intent, Notice, Screen};
use crate::text::{Key, Text};
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
    /// Prefix of element ids, one per widget on the page.
    pub id: AttrValue,
}

/// Options that concern views only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ViewOptions {
    /// Whether "Keep me signed in" is offered.
    pub remember_me: bool,
    /// Whether the first field takes focus when the page opens.
    pub autofocus: bool,
}

impl Widget {
    /// The message of that key.
    pub fn say(&self, key: Key) -> &'static str {
        self.text.get(key)
    }

    /// A handler that says what the person wants, whatever the event.
    pub fn on<E: 'static>(&self, intent: Intent) -> Callback<E> {
        self.dispatch.reform(move |_| intent.clone())
    }

    /// An element id of this widget.
    pub fn element_id(&self, name: &str) -> AttrValue {
        [self.id.as_str(), "-", name].concat().into()
    }

    /// Whether a step's first control takes focus as the step appears: never uninvited on the page's
    /// first step, and never from a message that takes it.
    pub fn focuses_first(&self, screen: &Screen) -> bool {
        let invited = screen.number > 0 || self.options.autofocus;
        invited && !screen.notice.as_ref().is_some_and(Notice::takes_focus)
    }
}

/// The widget around this view.
#[hook]
pub(super) fn use_widget() -> Widget {
    use_context::<Widget>().unwrap_or_default()
}
