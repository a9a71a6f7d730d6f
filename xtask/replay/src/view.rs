//! Renders a screen to HTML with the widget's own views, natively. Not here: reading the HTML. The widget's own tests
//! use this file too.

use okta_authn_widget::tools::{Preview, PreviewProps, PreviewStep, ViewOptions, Widget};
use sign_in_flow::Screen;
use std::future::Future;
use yew::LocalServerRenderer;

/// The markup of a screen with this step. Panics where a view does.
pub fn render(screen: &Screen, step: &PreviewStep) -> String {
    let options = ViewOptions { remember_me: true, ..ViewOptions::default() };
    render_in(Widget { options, id: "okta-sign-in".into(), ..Widget::default() }, screen, step)
}

/// The same in this widget.
pub fn render_in(widget: Widget, screen: &Screen, step: &PreviewStep) -> String {
    let props = PreviewProps { widget, screen: screen.clone(), step: step.clone() };
    block_on(LocalServerRenderer::<Preview>::with_props(props).hydratable(false).render())
}

/// Renders on this thread, so that a panic in a view is a panic here.
#[expect(clippy::expect_used, reason = "without an event loop nothing can be rendered")]
fn block_on(rendering: impl Future<Output = String>) -> String {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("the system can create an event loop");
    tokio::task::LocalSet::new().block_on(&runtime, rendering)
}
