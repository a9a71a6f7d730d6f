//! A root component in an element of a page. Not here: what it shows.

use crate::text::Text;
use yew::html::BaseComponent;
use yew::{AppHandle, Renderer};

/// A root component on a page.
pub trait Root {
    /// Changes the language. What was typed stays.
    fn set_text(&mut self, text: Text);

    /// Takes it off the page, and ends its requests and timers.
    fn unmount(self: Box<Self>);
}

/// The properties of a root component.
pub(crate) trait RootProps: Clone {
    /// The same in another language.
    fn with_text(self, text: Text) -> Self;
}

struct App<C: BaseComponent> {
    handle: AppHandle<C>,
    props: C::Properties,
}

impl<C: BaseComponent> Root for App<C>
where
    C::Properties: RootProps,
{
    fn set_text(&mut self, text: Text) {
        self.props = self.props.clone().with_text(text);
        self.handle.update(self.props.clone());
    }

    fn unmount(self: Box<Self>) {
        self.handle.destroy();
    }
}

/// Puts a root component into an element. With `hydrates`, it takes over what is in there.
pub(crate) fn mount<C: BaseComponent>(element: web_sys::Element, props: C::Properties, hydrates: bool) -> Box<dyn Root>
where
    C::Properties: RootProps,
{
    let renderer = Renderer::<C>::with_root_and_props(element, props.clone());
    #[cfg(feature = "hydration")]
    let handle = if hydrates { renderer.hydrate() } else { renderer.render() };
    #[cfg(not(feature = "hydration"))]
    let handle = {
        debug_assert!(!hydrates, "this build can't");
        renderer.render()
    };
    Box::new(App { handle, props })
}
