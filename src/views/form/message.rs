//! The screen's notice, announced and, if asked, focused (`focus`). It comes before the form, and the style sheet shows
//! an error above the button that was pressed. Not here: when there is one, or what is said at a button (`feedback`).

use super::button::{is_disabled, plain_button};
use super::feedback::is_feedback;
use crate::text::Key;
use crate::views::context::Widget;
use sign_in_flow::{Intent, Notice, NoticeKind, Retry, Screen, Severity};
use yew::prelude::*;

/// The message. Its key makes the same words twice two messages, so that they are told twice.
pub(super) fn message(widget: &Widget, screen: &Screen, action: Option<Html>) -> Html {
    let Some(told) = screen.notice.as_ref().filter(|told| !is_feedback(&told.kind)) else { return Html::default() };
    let (key, id) = (screen.notice_id, widget.element_id("message"));
    // Written out twice: a class that is no literal brings a set of classes into the bundle.
    match told.severity() {
        Severity::Error => html! {
            <div {key} {id} class="oaw-message oaw-message-error" role="alert" tabindex="-1">
                { content(widget, screen, told, action, "M12 7v6M12 16.5v.5") }
            </div>
        },
        Severity::Info => html! {
            <div {key} {id} class="oaw-message oaw-message-info" role="status" tabindex="-1">
                { content(widget, screen, told, action, "M12 11v6M12 7v.5") }
            </div>
        },
    }
}

fn content(widget: &Widget, screen: &Screen, told: &Notice, action: Option<Html>, icon: &'static str) -> Html {
    // The org's own sentences are in English.
    let lang = told.kind.org_words().and_then(|_| widget.text.english());
    let dir = lang.and_then(|_| widget.text.left_to_right());
    html! {
        <>
            <svg class="oaw-icon" viewBox="0 0 24 24" aria-hidden="true">
                <circle cx="12" cy="12" r="9.5" />
                <path d={icon} />
            </svg>
            <div class="oaw-message-text">
                <p {lang} {dir}>{ (widget.notice_text.0)(widget.text, told) }</p>
                if let Some(id) = &told.error_id { <p class="oaw-small">{ widget.fill(Key::NOTICE_ERROR_ID, "id", id) }</p> }
                { action.unwrap_or_else(|| retry(widget, screen, told)) }
            </div>
        </>
    }
}

/// The button that repeats what failed, prolongs what ends, or continues with the session that exists.
fn retry(widget: &Widget, screen: &Screen, told: &Notice) -> Html {
    match (told.retry, &told.kind) {
        (_, NoticeKind::AlreadySignedIn { .. }) => {
            plain_button(widget.say(Key::SESSION_CONTINUE), widget.on(Intent::Continue), false)
        }
        (_, NoticeKind::ExpiresSoon) => {
            plain_button(widget.say(Key::ACTION_KEEP_GOING), widget.on(Intent::KeepGoing), is_disabled(screen))
        }
        (Retry::No, _) => Html::default(),
        (Retry::Again, _) => plain_button(widget.say(Key::ACTION_RETRY), widget.on(Intent::Retry), false),
        (Retry::Form, _) => {
            html! { <button type="submit" class="oaw-button">{ widget.say(Key::ACTION_RETRY) }</button> }
        }
    }
}
