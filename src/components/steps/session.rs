//! Somebody is signed in already: go on as that user, or sign out.

use super::paragraph;
use crate::authn::Session;
use crate::components::context::Widget;
use crate::components::form::{Panel, panel, plain_button, submit};
use crate::flow::{Intent, Screen};
use crate::text::Key;
use yew::prelude::*;

/// Who is signed in, and the two ways on.
pub(crate) fn session(widget: &Widget, screen: &Screen, session: &Session) -> Html {
    let body = html! {
        <>
            { paragraph(widget.fill(Key::SessionAs, "login", &session.login)) }
            { submit(widget, screen, widget.say(Key::SessionContinue)) }
            { plain_button(widget.say(Key::SessionSignout), widget.on(Intent::SignOut), screen.busy) }
        </>
    };
    let (title, footer) = (widget.say(Key::SessionTitle).into(), Html::default());
    panel(Panel { widget, screen, title, body, footer, read: |_| Some(Intent::Continue) })
}
