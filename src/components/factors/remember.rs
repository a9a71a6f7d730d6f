//! "Don't ask again on this device", where the policy allows it.

use crate::authn::policy::RememberDevice;
use crate::components::context::Widget;
use crate::components::form::Checkbox;
use crate::flow::Screen;
use crate::text;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The box: as the person last left it, else as the policy says.
pub(crate) fn remember_device(
    widget: &Widget,
    screen: &Screen,
    policy: Option<RememberDevice>,
    node: &NodeRef,
) -> Html {
    let Some(policy) = policy else { return Html::default() };
    let ticked = screen.remember_device.unwrap_or(policy.by_default);
    let label = text::remember_device(widget.text, policy.lifetime_minutes);
    html! { <Checkbox {node} name="remember_device" {label} {ticked} /> }
}

/// Whether the box is ticked; `None` where there is none.
pub(crate) fn ticked(node: &NodeRef) -> Option<bool> {
    node.cast::<HtmlInputElement>().map(|input| input.checked())
}
