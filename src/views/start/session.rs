//! Somebody is signed in already: continue as that user, or sign out. Not here: the look-up of the session.

use crate::text::Key;
use crate::views::context::Widget;
use crate::views::form::{Panel, panel, plain_button, submit};
use crate::views::parts::paragraph;
use okta_authn::Session;
use sign_in_flow::{Intent, Screen};
use yew::prelude::*;

/// Who is signed in, and both actions.
pub(crate) fn session(widget: &Widget, screen: &Screen, session: &Session) -> Html {
    let body = html! {
        <>
            { paragraph(widget.fill(Key::SESSION_AS, "login", &session.login)) }
            { submit(widget, screen, widget.say(Key::SESSION_CONTINUE)) }
            { plain_button(widget.say(Key::SESSION_SIGNOUT), widget.on(Intent::SignOut), screen.busy) }
        </>
    };
    let (title, footer) = (widget.say(Key::SESSION_TITLE).into(), Html::default());
    panel(Panel { widget, screen, title, body, footer, read: |_| Some(Intent::Continue) })
}
