//! The frame of every step: heading, message, form, and the ways out under it. Never here: what the form
//! asks.

use super::message::message;
use super::values::Values;
use crate::components::context::Widget;
use crate::flow::{Intent, Screen};
use yew::prelude::*;

/// What the person wants who submits the form; `None` where it asks nothing.
pub(crate) type Read = fn(&Values) -> Option<Intent>;

/// What there is to say about a step.
pub(crate) struct Panel<'a> {
    /// The widget around it.
    pub(crate) widget: &'a Widget,
    /// The screen it shows.
    pub(crate) screen: &'a Screen,
    /// The heading.
    pub(crate) title: AttrValue,
    /// What the form asks.
    pub(crate) body: Html,
    /// The ways out.
    pub(crate) footer: Html,
    /// What the person wants who submits the form.
    pub(crate) read: Read,
}

/// The frame. A new step is drawn anew, so that nothing typed or focused leaks from the one before.
pub(crate) fn panel(panel: Panel) -> Html {
    let Panel { widget, screen, title, body, footer, read } = panel;
    let id = widget.element_id("title");
    let dispatch = widget.dispatch.clone();
    let onsubmit = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(intent) = Values::of(&event).and_then(|values| read(&values)) {
            dispatch.emit(intent);
        }
    });
    let about = screen.step.envelope();
    let app = about.and_then(|envelope| envelope.target.as_ref()?.label.as_deref());
    let login = about.and_then(|envelope| envelope.user.as_ref()?.login.as_deref());
    // A browser that submits such a form by itself, before the code is there, sends nothing and stays.
    html! {
        <form
            key={screen.number} class="oaw-panel" method="dialog" novalidate=true aria-labelledby={id.clone()}
            aria-busy={screen.busy.then_some("true")} {onsubmit}
        >
            <h2 {id} class="oaw-title" tabindex="-1">{ title }</h2>
            if let Some(app) = app { <p class="oaw-small">{ widget.fill(crate::text::Key::PrimaryTarget, "app", app) }</p> }
            if let Some(login) = login { <p class="oaw-small">{ widget.fill(crate::text::Key::Who, "login", login) }</p> }
            { message(widget, screen) }
            { body }
            <div class="oaw-footer">{ footer }</div>
        </form>
    }
}
