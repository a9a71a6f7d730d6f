//! "Verify another way": the other factors, one button each. Never here: the way back out of a challenge,
//! which the machine knows.

use super::icon::icon;
use crate::authn::Factor;
use crate::components::context::use_widget;
use crate::flow::Intent;
use crate::text::{Key, factor_name};
use yew::prelude::*;

/// Props of [`Switcher`].
#[derive(Properties, PartialEq)]
pub(crate) struct SwitcherProps {
    /// All factors, in the org's order.
    pub factors: Vec<Factor>,
    /// The one in use.
    pub current: Option<Factor>,
}

/// Nothing, where there is no other way.
#[component]
pub(crate) fn Switcher(props: &SwitcherProps) -> Html {
    let widget = use_widget();
    let open = use_state_eq(|| false);
    let others: Html = props
        .factors
        .iter()
        .enumerate()
        .filter(|(_, factor)| !props.current.as_ref().is_some_and(|current| current.is_same(factor)))
        .map(|(place, factor)| {
            let detail = factor.phone_number.as_ref().or(factor.email.as_ref());
            html! {
                <li key={place}>
                    <button type="button" class="oaw-choice" onclick={widget.on(Intent::Choose(place))}>
                        { icon(factor.kind()) }
                        <span>{ factor_name(widget.text, factor) }</span>
                        if let Some(detail) = detail { <span class="oaw-small">{ detail }</span> }
                    </button>
                </li>
            }
        })
        .collect();
    if props.factors.len() < 2 {
        return Html::default();
    }
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    html! {
        <div class="oaw-switcher">
            <button type="button" class="oaw-link" aria-expanded={open.to_string()} onclick={toggle}>
                { widget.say(Key::VerifySwitch) }
            </button>
            if *open { <ul class="oaw-choices">{ others }</ul> }
        </div>
    }
}
