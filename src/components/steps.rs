//! One file per step, and what all steps need to turn a screen into markup. Never here: a decision.

mod activate;
mod challenge;
mod ending;
mod enroll_list;
mod session;
mod start;
mod unsupported;
mod verify;

pub(super) use activate::Activate;
pub(super) use challenge::Challenge;
pub(super) use ending::{leaving, signed_in};
pub(super) use enroll_list::EnrollList;
pub(super) use session::SessionView;
pub(super) use start::StartView;
pub(super) use unsupported::UnsupportedView;
pub(super) use verify::Verify;

use super::context::Widget;
use super::form::{Busy, MessageProps, link_button, plain_button};
use crate::flow::{FieldName, Intent, NoticeKind, Retry, Screen, Severity};
use crate::text::{Key, notice};
use std::rc::Rc;
use yew::prelude::*;

/// Props of every step.
#[derive(Properties, PartialEq)]
pub(crate) struct StepProps<T: PartialEq + 'static> {
    /// What goes for every step.
    pub screen: Screen,
    /// What goes for this one.
    pub step: Rc<T>,
}

/// The screen's notice as a message.
fn message(widget: &Widget, screen: &Screen) -> Option<MessageProps> {
    let told = screen.notice.as_ref()?;
    let action = match (told.retry, &told.kind) {
        (_, NoticeKind::AlreadySignedIn { .. }) => {
            plain_button(widget.say(Key::SessionContinue), widget.on(Intent::Continue), false)
        }
        (Retry::No, _) => Html::default(),
        (Retry::Again, _) => plain_button(widget.say(Key::ActionRetry), widget.on(Intent::Retry), false),
        (Retry::Form, _) => {
            html! { <button type="submit" class="oaw-button">{ widget.say(Key::ActionRetry) }</button> }
        }
    };
    let detail = told.error_id.as_ref().map(|id| widget.text.fill(Key::NoticeErrorId, &[("id", id)]).into());
    Some(MessageProps {
        id: widget.element_id("message"),
        text: notice(widget.text, told).into_owned().into(),
        detail,
        grave: told.severity() == Severity::Error,
        number: screen.notice_number,
        focus: told.takes_focus(),
        action,
    })
}

/// For one field: the id of the message about it, and the number that calls focus to it.
pub(super) fn describe(widget: &Widget, screen: &Screen, field: FieldName) -> (Option<AttrValue>, Option<u32>) {
    let about = screen.notice.as_ref().filter(|notice| notice.field() == Some(field));
    let call = about.filter(|notice| !notice.takes_focus()).map(|_| screen.notice_number);
    (about.map(|_| widget.element_id("message")), call)
}

/// Why the main button does nothing at the moment.
fn busy(widget: &Widget, screen: &Screen) -> Busy {
    match screen.paused_for {
        Some(seconds) => Busy::Paused(widget.text.fill(Key::Paused, &[("seconds", &seconds.to_string())]).into()),
        None if screen.busy => Busy::Waiting(widget.say(Key::Busy).into()),
        None => Busy::No,
    }
}

/// Back and Cancel, as far as the org offers them. Where it offers no cancel, starting over is ours to do.
fn ways_out(widget: &Widget, screen: &Screen) -> Html {
    let step = &screen.step;
    let cancel = if step.offers("cancel") { Key::ActionCancel } else { Key::ActionStartOver };
    html! {
        <>
            if step.offers("prev") { { link_button(widget.say(Key::ActionBack), widget.on(Intent::Back)) } }
            { link_button(widget.say(cancel), widget.on(Intent::Cancel)) }
        </>
    }
}
