//! A root component in an element of a page. Not here: what it shows.
//!
//! Yew never lets go of the element that an application was rendered into, nor of its listeners there. Applications are
//! therefore not ended: one whose widget is gone shows nothing, off the page, and the next widget is shown in it.

use crate::text::Text;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use web_sys::Element;
use yew::html::BaseComponent;
use yew::prelude::*;
use yew::{AppHandle, Renderer};

/// The properties of a root component.
pub(crate) trait RootProps: Clone {
    /// The same in another language.
    fn with_text(self, text: Text) -> Self;

    /// Ends when the component is taken off the page.
    fn mounted(&self) -> &Mounted;
}

/// Whether a widget is still on its page. What was pressed just before it was taken off, Yew would tell a component that
/// it ends only afterwards.
#[derive(Clone, PartialEq)]
pub(crate) struct Mounted(Rc<Cell<bool>>);

impl Default for Mounted {
    fn default() -> Self {
        Self(Rc::new(Cell::new(true)))
    }
}

impl Mounted {
    pub(super) fn get(&self) -> bool {
        self.0.get()
    }

    pub(super) fn end(&self) {
        self.0.set(false);
    }
}

/// A root component on a page.
pub struct Root {
    slot: Slot,
    /// Its view in another language.
    view: Box<dyn FnMut(Text) -> View>,
    mounted: Mounted,
}

/// An application, and the element of its own that it is in. One that took over a form in the page is in the page's element,
/// and is used once.
struct Slot {
    handle: AppHandle<Shown>,
    element: Option<Element>,
}

/// What an application shows: a widget, or nothing.
struct Shown;

#[derive(Properties)]
struct ShownProps {
    view: Option<View>,
    /// What is taken off the page when nothing is shown any more.
    leaves: Option<Element>,
}

type View = Rc<dyn Fn() -> Html>;

impl PartialEq for ShownProps {
    /// They are only given anew where something else is shown. To compare views would cost more code than the rest of this.
    fn eq(&self, _: &Self) -> bool {
        false
    }
}

impl Component for Shown {
    type Message = ();
    type Properties = ShownProps;

    fn create(_: &Context<Self>) -> Self {
        Self
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        ctx.props().view.as_ref().map(|view| view()).unwrap_or_default()
    }

    fn rendered(&mut self, ctx: &Context<Self>, _first_render: bool) {
        if let Some(element) = &ctx.props().leaves {
            element.remove();
        }
    }
}

/// The HTML of a root component, for [`mount`] to take over.
#[cfg(feature = "ssr")]
pub(crate) async fn prerender<C: BaseComponent>(props: C::Properties) -> String
where
    C::Properties: Clone,
{
    let shown = ShownProps { view: Some(view::<C>(props, 0)), leaves: None };
    yew::LocalServerRenderer::<Shown>::with_props(shown).render().await
}

thread_local! {
    static FREE: RefCell<Vec<Slot>> = const { RefCell::new(Vec::new()) };
    static MOUNTS: Cell<u32> = const { Cell::new(0) };
}

impl Root {
    /// Changes the language. What was typed stays.
    pub fn set_text(&mut self, text: Text) {
        self.slot.show(ShownProps { view: Some((self.view)(text)), leaves: None });
    }

    /// Takes it off the page, and ends its requests and timers.
    pub fn unmount(mut self) {
        self.mounted.end();
        self.slot.show(ShownProps { view: None, leaves: self.slot.element.clone() });
        if self.slot.element.is_some() {
            FREE.with_borrow_mut(|free| free.push(self.slot));
        }
    }
}

impl Slot {
    /// A free one, or a new one.
    fn take(shown: ShownProps, host: &Element) -> Self {
        if let Some(mut slot) = FREE.with_borrow_mut(Vec::pop) {
            slot.show(shown);
            return slot;
        }
        let made = host.owner_document().and_then(|document| document.create_element("div").ok());
        // A document always makes this element.
        let element = made.unwrap_or_else(|| host.clone());
        element.set_class_name("oaw-slot");
        let handle = Renderer::<Shown>::with_root_and_props(element.clone(), shown).render();
        Self { handle, element: Some(element) }
    }

    fn show(&mut self, shown: ShownProps) {
        self.handle.update(shown);
    }
}

fn view<C: BaseComponent>(props: C::Properties, key: u32) -> View
where
    C::Properties: Clone,
{
    Rc::new(move || html! { <C {key} ..props.clone() /> })
}

/// Puts a root component into an element, in place of what is in there. With `hydrates`, it takes over that.
pub(crate) fn mount<C: BaseComponent>(element: &Element, props: C::Properties, hydrates: bool) -> Root
where
    C::Properties: RootProps,
{
    // A widget never goes on as the next one.
    let key = MOUNTS.get();
    MOUNTS.set(key.wrapping_add(1));
    let shown = ShownProps { view: Some(view::<C>(props.clone(), key)), leaves: None };
    let mounted = props.mounted().clone();
    let mut props = props;
    let in_language = Box::new(move |text| {
        props = props.clone().with_text(text);
        view::<C>(props.clone(), key)
    });
    #[cfg(feature = "hydration")]
    if hydrates {
        let handle = Renderer::<Shown>::with_root_and_props(element.clone(), shown).hydrate();
        return Root { slot: Slot { handle, element: None }, view: in_language, mounted };
    }
    debug_assert!(!hydrates, "this build can't");
    element.set_text_content(None);
    let slot = Slot::take(shown, element);
    if let Some(own) = &slot.element {
        let _always_there = element.append_child(own);
    }
    Root { slot, view: in_language, mounted }
}
