//! Renders a screen to HTML with the widget's own view, natively. Never here: reading it. The widget's
//! own tests render with it too.

use okta_authn_widget::components::{StepView, StepViewProps, ViewOptions, Widget};
use okta_authn_widget::flow::Screen;
use std::future::Future;
use yew::LocalServerRenderer;

/// The screen's markup. Panics where a view does.
pub fn render(screen: &Screen) -> String {
    let options = ViewOptions { remember_me: true, ..ViewOptions::default() };
    render_in(Widget { options, id: "okta-sign-in".into(), ..Widget::default() }, screen)
}

/// The screen's markup in that widget.
pub fn render_in(widget: Widget, screen: &Screen) -> String {
    let props = StepViewProps { widget, screen: screen.clone() };
    wait_for(LocalServerRenderer::<StepView>::with_props(props).hydratable(false).render())
}

/// Runs a rendering on this thread, so that a panic in a view stays a panic here.
#[expect(clippy::expect_used, reason = "without an event loop nothing can be rendered at all")]
fn wait_for(rendering: impl Future<Output = String>) -> String {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("the system has room for an event loop");
    tokio::task::LocalSet::new().block_on(&runtime, rendering)
}
