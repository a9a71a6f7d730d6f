//! Steps that ask nothing: the browser leaves the page, the org is not ready yet, the sign-in is complete, or a state
//! has no screen of its own. Not here: a form.

use super::context::Widget;
use super::form::{Panel, panel, pause};
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
        } else {
            { pause(widget, screen) }
        }
    };
    panel(Panel { widget, screen, title: widget.say(title).into(), body, footer, read: |_| None })
}

/// Signed in: the browser leaves the page. Where it does not, there is a way back.
pub(crate) fn leaving(widget: &Widget, screen: &Screen) -> Html {
    success(widget, screen, Key::LEAVING_TITLE, widget.say(Key::LEAVING_TEXT), leaving_footer(widget, screen))
}

/// The browser leaves the page for another site, which proves a factor. Where it does not, there is a way back.
pub(crate) fn leaving_to_other_site(widget: &Widget, screen: &Screen) -> Html {
    let footer = leaving_footer(widget, screen);
    status_page(widget, screen, Key::RESUMING_TITLE, Key::LEAVING_TO_OTHER_SITE, footer)
}

/// Signed in: the org is asked for tokens. Where there are none, there is a way back.
pub(crate) fn asking_for_tokens(widget: &Widget, screen: &Screen) -> Html {
    if screen.notice.is_none() {
        return leaving(widget, screen);
    }
    // Nobody is told to be signed in beside a message that says otherwise.
    status_page(widget, screen, Key::RESUMING_TITLE, Key::LEAVING_TEXT, footer_actions(widget, screen))
}

fn leaving_footer(widget: &Widget, screen: &Screen) -> Html {
    if screen.notice.is_some() { footer_actions(widget, screen) } else { Html::default() }
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
    success(widget, screen, Key::SIGNED_IN_TITLE, "", Html::default())
}

/// Signed in, with what follows. The style sheet draws a tick above the sentence.
fn success(widget: &Widget, screen: &Screen, title: Key, text: &'static str, footer: Html) -> Html {
    let body = html! {
        // The notice says it otherwise: the browser did not leave.
        if screen.notice.is_none() {
            <p class="oaw-success" role="status">{ text }</p>
        }
    };
    panel(Panel { widget, screen, title: widget.say(title).into(), body, footer, read: |_| None })
}

/// A state without a screen of its own.
pub(crate) fn unsupported(widget: &Widget, screen: &Screen) -> Html {
    let body = unsupported_status(widget, screen);
    let (title, footer) = (widget.say(Key::UNSUPPORTED_TITLE).into(), footer_actions(widget, screen));
    panel(Panel { widget, screen, title, body, footer, read: |_| None })
}
