//! The frame of every step: heading, message, form, and the links below it. Not here: what the form
//! asks.

use super::button::link_button;
use super::message::message;
use super::secret::hide_all;
use super::values::Values;
use crate::text::Key;
use crate::views::context::Widget;
use okta_authn::Status;
use sign_in_flow::{Intent, Screen};
use yew::html::TargetCast;
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
    /// The links below the form.
    pub(crate) footer: Html,
    /// What the person wants who submits the form.
    pub(crate) read: Read,
}

/// The frame. A new step is mounted anew, so that nothing typed or focused is left from the one before.
pub(crate) fn panel(panel: Panel) -> Html {
    panel_with_action(panel, None)
}

/// The same with a button in the message, in place of Retry.
pub(crate) fn panel_with_action(panel: Panel, action: Option<Html>) -> Html {
    let Panel { widget, screen, title, body, footer, read } = panel;
    let id = widget.element_id("title");
    let dispatch = widget.dispatch.clone();
    let onsubmit = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(form) = event.target_dyn_into() {
            hide_all(&form);
        }
        if let Some(intent) = Values::of(&event).and_then(|values| read(&values)) {
            dispatch.emit(intent);
        }
    });
    let oninput = widget.dispatch.reform(|_: InputEvent| Intent::Edit);
    let about = screen.transaction.as_ref();
    // Where a sign-in begins, the app is new to the person; with a session, that is at a factor. Where one signs in, so is
    // who does.
    let is_start = about.is_some_and(|envelope| envelope.status == Status::Unauthenticated);
    let signs_in = is_start || about.is_some_and(|envelope| envelope.status.asks_factor());
    let names_app = is_start || (signs_in && about.is_some_and(|envelope| envelope.is_step_up));
    let app = about.and_then(|envelope| envelope.target.as_ref()?.label.as_deref()).filter(|_| names_app);
    let login = about.and_then(|envelope| envelope.login());
    // A browser that submits such a form by itself, before the code is there, sends nothing and stays.
    html! {
        <form
            key={screen.step_id} class="oaw-panel" method="dialog" novalidate=true aria-labelledby={id.clone()}
            aria-busy={screen.busy.then_some("true")} {onsubmit} {oninput}
        >
            <h2 {id} class="oaw-title" tabindex="-1">{ title }</h2>
            if let Some(app) = app { <p class="oaw-small">{ widget.fill(Key::PRIMARY_TARGET, "app", app) }</p> }
            if let Some(login) = login {
                <p class="oaw-small oaw-who">
                    { if signs_in { widget.fill(Key::WHO, "login", login) } else { widget.text.isolate(login).into_owned() } }
                    if !about.is_some_and(|about| about.is_step_up) {
                        { " " }
                        { link_button(widget.say(Key::WHO_OTHER), widget.on(Intent::ChangeUser)) }
                    }
                </p>
            }
            { message(widget, screen, action) }
            { body }
            <div class="oaw-footer">{ footer }</div>
        </form>
    }
}
