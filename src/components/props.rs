//! What a page gives the root component. Not here: what is done with it.

use super::root::{Mounted, RootProps};
use crate::config::Config;
use crate::effects::{Emit, PageCode, Tell};
use crate::text::Text;
use js_sys::Function;
use sign_in_flow::{Intent, SignInEvent, SignInResult};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsValue;
use yew::prelude::*;

/// Props of [`SignIn`](super::SignIn).
#[derive(Clone, Properties, PartialEq)]
pub struct SignInProps {
    /// Parsed configuration.
    pub config: Rc<Config>,
    /// Prefix of element ids; differs between widgets on one page.
    #[prop_or(AttrValue::Static("okta-sign-in"))]
    pub id: AttrValue,
    /// Gets the result when the configuration says `callback`.
    #[prop_or_default]
    pub on_success: Callback<SignInResult>,
    /// Is told how the sign-in goes on. No token is in any event.
    #[prop_or_default]
    pub on_event: Callback<SignInEvent>,
    /// The language.
    #[prop_or_default]
    pub text: Text,
    /// What a page gives that has JavaScript code of its own, or a static form.
    #[prop_or_default]
    #[doc(hidden)]
    pub(crate) page: Option<RcEq<PageParts>>,
    /// Whether it is still on the page.
    #[prop_or_default]
    #[doc(hidden)]
    pub(crate) mounted: Mounted,
}

impl RootProps for SignInProps {
    fn with_text(self, text: Text) -> Self {
        Self { text, ..self }
    }

    fn mounted(&self) -> &Mounted {
        &self.mounted
    }
}

/// What only the JavaScript interface gives.
#[derive(Default)]
pub(crate) struct PageParts {
    /// What the person did in a static form before the widget was on the page. Taken once, because a password may be
    /// in it.
    pub(crate) early: Cell<Option<Intent>>,
    /// The page's own code that takes part in a registration.
    pub(crate) code: Option<PageCode>,
    /// The app that gets tokens, as the page describes it.
    pub(crate) tokens: Option<JsValue>,
    /// Tells it how the sign-in goes on, in place of `on_event`.
    pub(crate) tell: Option<Tell>,
    /// The script that calls its own functions.
    pub(crate) script: Option<Function>,
    /// Takes events for the machine that is shown, from the page's own code.
    pub(crate) emit: RefCell<Option<Emit>>,
}

impl PageParts {
    /// The machine that is shown is this one's.
    pub(crate) fn listens(&self, emit: &Emit) {
        self.emit.replace(Some(emit.clone()));
    }
}

/// The same for a callback, which holds back nothing.
pub(super) fn telling_callback(on_event: &Callback<SignInEvent>) -> Tell {
    let on_event = on_event.clone();
    telling(move |event| {
        on_event.emit(event);
        false
    })
}

/// Tells events to `tell`, and before the first step that a person can use that the widget is ready.
pub(crate) fn telling(tell: impl Fn(SignInEvent) -> bool + 'static) -> Tell {
    let is_ready = Cell::new(false);
    Rc::new(move |event| {
        if event.is_usable() && !is_ready.replace(true) {
            tell(SignInEvent::Ready);
        }
        tell(event)
    })
}

/// A shared value that is compared by identity.
pub(crate) struct RcEq<T: ?Sized>(pub(crate) Rc<T>);

impl<T: ?Sized> Clone for RcEq<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T: ?Sized> PartialEq for RcEq<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}
