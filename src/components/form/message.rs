//! The screen's notice over the form, announced and, if asked, focused (`focus`). Never here: when there is
//! one.

use super::button::plain_button;
use crate::components::context::Widget;
use crate::flow::step::Step;
use crate::flow::{Intent, Notice, NoticeKind, Retry, Screen, Severity};
use crate::text::{Key, notice};
use yew::prelude::*;

/// The message. Its key makes the same words twice two messages, so that they are told twice.
pub(super) fn message(widget: &Widget, screen: &Screen) -> Html {
    let Some(told) = &screen.notice else { return Html::default() };
    let (key, id) = (screen.notice_number, widget.element_id("message"));
    // Written out twice: a class that is no literal brings a set of classes into the bundle.
    match told.severity() {
        Severity::Error => html! {
            <div {key} {id} class="oaw-message oaw-message-error" role="alert" tabindex="-1">
                { words(widget, screen, told, "M12 7v6M12 16.5v.5") }
            </div>
        },
        Severity::Info => html! {
            <div {key} {id} class="oaw-message oaw-message-info" role="status" tabindex="-1">
                { words(widget, screen, told, "M12 11v6M12 7v.5") }
            </div>
        },
    }
}

fn words(widget: &Widget, screen: &Screen, told: &Notice, icon: &'static str) -> Html {
    html! {
        <>
            <svg class="oaw-icon" viewBox="0 0 24 24" aria-hidden="true">
                <circle cx="12" cy="12" r="9.5" />
                <path d={icon} />
            </svg>
            <div class="oaw-message-text">
                <p>{ notice(widget.text, told) }</p>
                if let Some(id) = &told.error_id { <p class="oaw-small">{ widget.fill(Key::NoticeErrorId, "id", id) }</p> }
                { action(widget, screen, told) }
            </div>
        </>
    }
}

fn action(widget: &Widget, screen: &Screen, told: &Notice) -> Html {
    match (told.retry, &told.kind, &screen.step) {
        (_, NoticeKind::AlreadySignedIn { .. }, _) => {
            plain_button(widget.say(Key::SessionContinue), widget.on(Intent::Continue), false)
        }
        (_, NoticeKind::LockedOut, Step::Start(start)) if start.offers_unlock => {
            let recovery = crate::flow::step::Recovery::Unlock;
            let unlock = Intent::OpenRecovery { recovery, username: String::new() };
            plain_button(widget.say(Key::PrimaryUnlock), widget.on(unlock), false)
        }
        (Retry::No, ..) => Html::default(),
        (Retry::Again, ..) => plain_button(widget.say(Key::ActionRetry), widget.on(Intent::Retry), false),
        (Retry::Form, ..) => {
            html! { <button type="submit" class="oaw-button">{ widget.say(Key::ActionRetry) }</button> }
        }
    }
}
