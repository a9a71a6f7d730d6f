//! A message over the form, announced and, if asked, focused. Never here: its words.

use web_sys::HtmlElement;
use yew::prelude::*;

/// Props of [`Message`].
#[derive(Properties, Clone, PartialEq)]
pub(crate) struct MessageProps {
    /// Id, for fields that refer to it.
    pub id: AttrValue,
    /// The sentence, as plain text.
    pub text: AttrValue,
    /// A second line in small type.
    #[prop_or_default]
    pub detail: Option<AttrValue>,
    /// Whether something must be done: an error, announced at once.
    pub grave: bool,
    /// Grows with every message, so that the same one twice is told twice.
    pub number: u32,
    /// Whether it takes focus.
    pub focus: bool,
    /// A button inside.
    #[prop_or_default]
    pub action: Html,
}

/// A message.
#[component]
pub(crate) fn Message(props: &MessageProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((props.number, props.focus), move |(_, focus)| {
            if *focus && let Some(element) = node.cast::<HtmlElement>() {
                let _refused = element.focus();
            }
        });
    }
    let (class, role, icon) = if props.grave {
        ("oaw-message oaw-message-error", "alert", "M12 7v6M12 16.5v.5")
    } else {
        ("oaw-message oaw-message-info", "status", "M12 11v6M12 7v.5")
    };
    html! {
        <div ref={node} id={&props.id} {class} {role} tabindex="-1">
            <svg class="oaw-icon" viewBox="0 0 24 24" aria-hidden="true">
                <circle cx="12" cy="12" r="9.5" />
                <path d={icon} />
            </svg>
            <div class="oaw-message-text">
                <p>{ &props.text }</p>
                if let Some(detail) = &props.detail { <p class="oaw-small">{ detail }</p> }
                { props.action.clone() }
            </div>
        </div>
    }
}
