//! What a press has done, said at the button that was pressed. Not here: messages over the form (`message`).

use crate::views::context::Widget;
use sign_in_flow::{NoticeKind, Screen};
use yew::prelude::*;

/// The kinds that are said at their buttons, and not over the form.
pub(super) fn is_feedback(kind: &NoticeKind) -> bool {
    matches!(kind, NoticeKind::KeyCopied | NoticeKind::ActivationSent)
}

/// A place for this kind of notice, which must be one of those. It is there before there is anything to say, so that a
/// screen reader listens to it; the key makes the same words twice two messages.
pub(crate) fn feedback(widget: &Widget, screen: &Screen, kind: &NoticeKind) -> Html {
    let told = screen.notice.as_ref().filter(|notice| notice.kind == *kind);
    let text = told.map(|notice| (widget.notice_text.0)(widget.text, notice));
    html! {
        <p class="oaw-feedback" role="status">
            if let Some(text) = text { <span key={screen.notice_id} class="oaw-done">{ text }</span> }
        </p>
    }
}
