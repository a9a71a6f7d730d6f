//! A code that becomes complete, by typing its last digit, pasting or filling in, is submitted without a press. Who
//! corrects it inside presses the button, and what was complete already is not submitted again: the org counts the
//! tries. Not here: what is sent of it (`sign_in_flow::code`).

use okta_authn::FactorKind;
use sign_in_flow::Screen;
use sign_in_flow::code::{digits, length};
use web_sys::HtmlInputElement;
use yew::html::TargetCast;
use yew::prelude::*;

/// The attribute of a field whose code was complete when it was last changed. Its value says in which round: after a
/// refused code, which is emptied, the next one begins.
const COMPLETE: &str = "data-complete";

/// A listener of the field's changes; `None` where it is not certain how long a code is.
pub(super) fn submit_when_complete(screen: &Screen, kind: FactorKind) -> Option<Callback<InputEvent>> {
    let length = length(kind)?;
    let round = screen.secret_clear_count.to_string();
    Some(Callback::from(move |event: InputEvent| {
        let _done = changed(&event, length, &round);
    }))
}

/// Returns `None` where there is nothing to submit.
fn changed(event: &InputEvent, length: usize, round: &str) -> Option<()> {
    let input: HtmlInputElement = event.target_dyn_into()?;
    let value = input.value();
    if digits(&value)?.len() != length || event.is_composing() {
        return input.remove_attribute(COMPLETE).ok();
    }
    let was_complete = input.get_attribute(COMPLETE).is_some_and(|complete| complete == round);
    input.set_attribute(COMPLETE, round).ok()?;
    let end = u32::try_from(value.encode_utf16().count()).ok();
    let at_end = input.selection_end().ok().flatten().is_none_or(|caret| Some(caret) == end);
    if !was_complete && at_end {
        input.form()?.request_submit().ok()?;
    }
    Some(())
}
