//! "Verify another way": the other factors, one button each. Not here: the way back out of a challenge,
//! which the machine knows.

use super::icon::icon;
use super::summary::whole;
use crate::text::{Key, factor_name};
use crate::views::context::Widget;
use crate::views::form::disclosure;
use okta_authn::Factor;
use sign_in_flow::Intent;
use yew::prelude::*;

/// What tells a factor from another of its kind.
pub(crate) fn detail(factor: &Factor) -> Option<&String> {
    factor.phone_number.as_ref().or(factor.email.as_ref()).or(factor.device_name.as_ref())
}

/// Nothing, where there is no other way.
pub(crate) fn switcher(widget: &Widget, factors: &[Factor], current: Option<usize>) -> Html {
    if factors.len() < 2 {
        return Html::default();
    }
    disclosure(widget.say(Key::VERIFY_SWITCH), false, choices(widget, factors, current))
}

/// A button for each factor but the one at the current place.
pub(crate) fn choices(widget: &Widget, factors: &[Factor], current: Option<usize>) -> Html {
    let others = factors.iter().enumerate().filter(|(place, _)| Some(*place) != current).map(|(place, factor)| {
        let detail = detail(factor);
        html! {
            <li>
                <button type="button" class="oaw-choice" onclick={widget.on(Intent::Choose(place))}>
                    { icon(factor.kind()) }
                    <span>{ factor_name(widget.text, factor) }</span>
                    if let Some(detail) = detail { <span class="oaw-small">{ whole(detail) }</span> }
                </button>
            </li>
        }
    });
    html! { <ul role="list" class="oaw-choices">{ for others }</ul> }
}
