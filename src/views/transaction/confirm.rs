//! Asks whether to go on with a sign-in that a link began, and says who is signed in now. Not here: the look-up of the
//! session.

use crate::text::Key;
use crate::views::context::Widget;
use crate::views::form::{Panel, panel, plain_button, submit};
use crate::views::parts::paragraph;
use crate::views::status_pages::resuming;
use sign_in_flow::start::SessionLookup;
use sign_in_flow::transaction::confirm::Confirm;
use sign_in_flow::{Intent, Screen};
use yew::prelude::*;

/// The question, once it is known who is signed in.
pub(super) fn confirm(widget: &Widget, screen: &Screen, step: &Confirm) -> Html {
    let current = match &step.session {
        SessionLookup::Pending => return resuming(widget, screen),
        SessionLookup::Absent => None,
        SessionLookup::Found(session) => Some(widget.fill(Key::CONFIRM_CURRENT, "login", &session.login)),
    };
    let title = match step.login() {
        Some(login) => widget.fill(Key::CONFIRM_TITLE, "login", login),
        None => widget.say(Key::CONFIRM_TITLE_UNKNOWN).to_owned(),
    };
    let body = html! {
        <>
            { paragraph(widget.say(Key::CONFIRM_TEXT)) }
            if let Some(current) = current { { paragraph(current) } }
            { submit(widget, screen, widget.say(Key::SESSION_CONTINUE)) }
            { plain_button(widget.say(Key::ACTION_CANCEL), widget.on(Intent::Cancel), false) }
        </>
    };
    let (title, footer) = (title.into(), Html::default());
    panel(Panel { widget, screen, title, body, footer, read: |_| Some(Intent::Continue) })
}
