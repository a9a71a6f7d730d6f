//! The frame of every step: heading, message, form, and the ways out under it. Never here: what the form
//! asks.

use super::message::{Message, MessageProps};
use web_sys::HtmlElement;
use yew::prelude::*;

/// Props of [`Panel`].
#[derive(Properties, PartialEq)]
pub(crate) struct PanelProps {
    /// Id of the heading.
    pub id: AttrValue,
    /// The heading.
    pub title: AttrValue,
    /// Whether an answer is awaited.
    #[prop_or_default]
    pub busy: bool,
    /// Whether the heading takes focus as the step appears: for steps without a field.
    #[prop_or_default]
    pub focus_heading: bool,
    /// The message, if there is one.
    #[prop_or_default]
    pub message: Option<MessageProps>,
    /// The form was submitted.
    #[prop_or_default]
    pub onsubmit: Callback<()>,
    /// What the form asks.
    pub children: Html,
    /// The ways out.
    #[prop_or_default]
    pub footer: Html,
}

/// The frame of a step.
#[component]
pub(crate) fn Panel(props: &PanelProps) -> Html {
    let heading = use_node_ref();
    {
        let heading = heading.clone();
        let focus = props.focus_heading;
        use_effect_with((), move |()| {
            if focus && let Some(heading) = heading.cast::<HtmlElement>() {
                let _refused = heading.focus();
            }
        });
    }
    let onsubmit = props.onsubmit.reform(|event: SubmitEvent| event.prevent_default());
    let busy = props.busy.then_some("true");
    // `post` keeps what was typed out of the address should the browser ever submit by itself.
    html! {
        <form class="oaw-panel" method="post" novalidate=true aria-labelledby={&props.id} aria-busy={busy} {onsubmit}>
            <h2 ref={heading} id={&props.id} class="oaw-title" tabindex="-1">{ &props.title }</h2>
            if let Some(message) = &props.message { <Message ..message.clone() /> }
            { props.children.clone() }
            <div class="oaw-footer">{ props.footer.clone() }</div>
        </form>
    }
}
