//! A root component in an element of a page. Not here: what it shows.
//!
//! Yew never lets go of the element that an application was rendered into, nor of its listeners there. Applications are
//! therefore never ended: one whose widget is gone shows nothing, off the page, and is used for the next widget of its kind.

use crate::text::Text;
use std::any::Any;
use std::cell::RefCell;
use std::marker::PhantomData;
use web_sys::Element;
use yew::html::BaseComponent;
use yew::prelude::*;
use yew::{AppHandle, Renderer};

/// A root component on a page.
pub trait Root {
    /// Changes the language. What was typed stays.
    fn set_text(&mut self, text: Text);

    /// Takes it off the page, and ends its requests and timers.
    fn unmount(self: Box<Self>);
}

/// The properties of a root component.
pub(crate) trait RootProps: Clone + PartialEq + 'static {
    /// The same in another language.
    fn with_text(self, text: Text) -> Self;

    /// The prefix of element ids, which no other widget on the page has.
    fn id(&self) -> &str;
}

/// An application that took over a form in the page.
#[cfg(feature = "hydration")]
struct Hydrated<C: BaseComponent> {
    handle: AppHandle<C>,
    props: C::Properties,
}

#[cfg(feature = "hydration")]
impl<C: BaseComponent> Root for Hydrated<C>
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

/// An application in an element of its own, whose widget changes.
struct Slot<C: BaseComponent>
where
    C::Properties: RootProps,
{
    handle: AppHandle<Shown<C>>,
    element: Element,
    props: Option<C::Properties>,
}

/// What such an application renders: its widget, or nothing.
struct Shown<C>(PhantomData<C>);

#[derive(Clone, PartialEq, Properties)]
struct ShownProps<P: PartialEq> {
    props: Option<P>,
}

impl<C: BaseComponent> Component for Shown<C>
where
    C::Properties: RootProps,
{
    type Message = ();
    type Properties = ShownProps<C::Properties>;

    fn create(_: &Context<Self>) -> Self {
        Self(PhantomData)
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        match &ctx.props().props {
            // The next widget is another one.
            Some(props) => html! { <C key={props.id()} ..props.clone() /> },
            None => Html::default(),
        }
    }
}

thread_local!(static FREE: RefCell<Vec<Box<dyn Any>>> = const { RefCell::new(Vec::new()) });

impl<C: BaseComponent> Slot<C>
where
    C::Properties: RootProps,
{
    /// One that is free, or a new one, with these properties. It is for the inside of `host`.
    fn with(props: C::Properties, host: &Element) -> Self {
        let free: Option<Box<Self>> = FREE.with_borrow_mut(|free| {
            let place = free.iter().position(|slot| slot.is::<Self>())?;
            free.swap_remove(place).downcast().ok()
        });
        let props = Some(props);
        if let Some(slot) = free {
            return slot.showing(props);
        }
        let made = host.owner_document().and_then(|document| document.create_element("div").ok());
        // A document makes this element always.
        let element = made.unwrap_or_else(|| host.clone());
        element.set_class_name("oaw-slot");
        let shown = ShownProps { props: props.clone() };
        let handle = Renderer::<Shown<C>>::with_root_and_props(element.clone(), shown).render();
        Self { handle, element, props }
    }

    fn showing(mut self, props: Option<C::Properties>) -> Self {
        self.props.clone_from(&props);
        self.handle.update(ShownProps { props });
        self
    }
}

impl<C: BaseComponent> Root for Slot<C>
where
    C::Properties: RootProps,
{
    fn set_text(&mut self, text: Text) {
        self.props = self.props.take().map(|props| props.with_text(text));
        self.handle.update(ShownProps { props: self.props.clone() });
    }

    fn unmount(self: Box<Self>) {
        self.element.remove();
        let empty = self.showing(None);
        FREE.with_borrow_mut(|free| free.push(Box::new(empty)));
    }
}

/// Puts a root component into an element, in place of what is in there. With `hydrates`, it takes over that.
pub(crate) fn mount<C: BaseComponent>(element: &Element, props: C::Properties, hydrates: bool) -> Box<dyn Root>
where
    C::Properties: RootProps,
{
    #[cfg(feature = "hydration")]
    if hydrates {
        let handle = Renderer::<C>::with_root_and_props(element.clone(), props.clone()).hydrate();
        return Box::new(Hydrated { handle, props });
    }
    debug_assert!(!hydrates, "this build can't");
    element.set_text_content(None);
    let slot = Slot::<C>::with(props, element);
    let _always_there = element.append_child(&slot.element);
    Box::new(slot)
}
