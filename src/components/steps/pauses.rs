//! Steps that ask nothing: the browser is on its way, the org needs a moment, it is over, or it goes beyond
//! what a page can show.

use super::{paragraph, ways_out};
use crate::authn::Envelope;
use crate::components::context::Widget;
use crate::components::form::{Panel, panel};
use crate::flow::Screen;
use crate::text::Key;
use yew::prelude::*;

/// A heading, and a word why nothing can be done yet.
pub(super) fn pause(widget: &Widget, screen: &Screen, title: Key, text: Key, footer: Html) -> Html {
    let waits = screen.notice.is_none();
    let body = html! {
        if waits {
            <p class="oaw-text oaw-factor" role="status">
                <span class="oaw-spinner" aria-hidden="true" />
                { widget.say(text) }
            </p>
        }
    };
    panel(Panel { widget, screen, title: widget.say(title).into(), body, footer, read: |_| None })
}

/// The browser is on its way.
pub(crate) fn leaving(widget: &Widget, screen: &Screen) -> Html {
    pause(widget, screen, Key::LeavingTitle, Key::LeavingText, Html::default())
}

/// A transaction that began elsewhere is looked up.
pub(crate) fn resuming(widget: &Widget, screen: &Screen) -> Html {
    pause(widget, screen, Key::ResumingTitle, Key::ResumingText, ways_out(widget, screen))
}

/// The org needs a moment.
pub(crate) fn poll(widget: &Widget, screen: &Screen) -> Html {
    pause(widget, screen, Key::PollTitle, Key::PollText, ways_out(widget, screen))
}

/// The page's own code has the result.
pub(crate) fn signed_in(widget: &Widget, screen: &Screen) -> Html {
    let (title, footer) = (widget.say(Key::SignedInTitle).into(), Html::default());
    panel(Panel { widget, screen, title, body: Html::default(), footer, read: |_| None })
}

/// A state that has no screen here: its name, for a support call, and the ways out.
pub(crate) fn unsupported(widget: &Widget, screen: &Screen, envelope: &Envelope) -> Html {
    let body = paragraph(widget.fill(Key::UnsupportedText, "status", envelope.status.as_str()));
    let (title, footer) = (widget.say(Key::UnsupportedTitle).into(), ways_out(widget, screen));
    panel(Panel { widget, screen, title, body, footer, read: |_| None })
}
