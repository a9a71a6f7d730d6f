//! Steps that ask nothing: the browser leaves the page, the org is not ready yet, the sign-in is complete, or a state
//! has no screen of its own. Not here: a form.

use super::context::Widget;
use super::form::{Panel, panel};
use super::parts::{footer_actions, unsupported_status};
use crate::text::Key;
use sign_in_flow::Screen;
use yew::prelude::*;

/// A heading, and a sentence that says why nothing can be done yet.
pub(super) fn status_page(widget: &Widget, screen: &Screen, title: Key, text: Key, footer: Html) -> Html {
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

/// The browser leaves the page. Where it does not, there is a way back.
pub(crate) fn leaving(widget: &Widget, screen: &Screen) -> Html {
    let footer = if screen.notice.is_some() { footer_actions(widget, screen) } else { Html::default() };
    status_page(widget, screen, Key::LEAVING_TITLE, Key::LEAVING_TEXT, footer)
}

/// A transaction that began elsewhere is being fetched.
pub(crate) fn resuming(widget: &Widget, screen: &Screen) -> Html {
    status_page(widget, screen, Key::RESUMING_TITLE, Key::RESUMING_TEXT, footer_actions(widget, screen))
}

/// The org is not ready yet.
pub(crate) fn poll(widget: &Widget, screen: &Screen) -> Html {
    status_page(widget, screen, Key::POLL_TITLE, Key::POLL_TEXT, footer_actions(widget, screen))
}

/// The page's own code has the result.
pub(crate) fn signed_in(widget: &Widget, screen: &Screen) -> Html {
    let (title, footer) = (widget.say(Key::SIGNED_IN_TITLE).into(), Html::default());
    panel(Panel { widget, screen, title, body: Html::default(), footer, read: |_| None })
}

/// A state without a screen of its own.
pub(crate) fn unsupported(widget: &Widget, screen: &Screen) -> Html {
    let body = unsupported_status(widget, screen);
    let (title, footer) = (widget.say(Key::UNSUPPORTED_TITLE).into(), footer_actions(widget, screen));
    panel(Panel { widget, screen, title, body, footer, read: |_| None })
}
