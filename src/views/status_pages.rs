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

/// Signed in: the browser leaves the page.
pub(crate) fn leaving(widget: &Widget, screen: &Screen) -> Html {
    success(widget, screen, Key::LEAVING_TITLE, widget.say(Key::LEAVING_TEXT))
}

/// The browser leaves the page for another site, which proves a factor.
pub(crate) fn leaving_to_other_site(widget: &Widget, screen: &Screen) -> Html {
    status_page(widget, screen, Key::RESUMING_TITLE, Key::LEAVING_TO_OTHER_SITE, Html::default())
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
    success(widget, screen, Key::SIGNED_IN_TITLE, "")
}

/// Signed in, with what follows. The style sheet draws a tick above the sentence.
fn success(widget: &Widget, screen: &Screen, title: Key, text: &'static str) -> Html {
    let body = html! { <p class="oaw-success" role="status">{ text }</p> };
    let (title, footer) = (widget.say(title).into(), Html::default());
    panel(Panel { widget, screen, title, body, footer, read: |_| None })
}

/// A state without a screen of its own.
pub(crate) fn unsupported(widget: &Widget, screen: &Screen) -> Html {
    let body = unsupported_status(widget, screen);
    let (title, footer) = (widget.say(Key::UNSUPPORTED_TITLE).into(), footer_actions(widget, screen));
    panel(Panel { widget, screen, title, body, footer, read: |_| None })
}
