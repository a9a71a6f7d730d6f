//! What a page gives the root component. Not here: what is done with it.

use crate::config::Config;
use crate::effects::PageCode;
use sign_in_flow::{Intent, SignInResult};
use std::cell::Cell;
use std::rc::Rc;
use yew::prelude::*;

/// Props of [`SignIn`](super::SignIn).
#[derive(Properties, PartialEq)]
pub struct SignInProps {
    /// Parsed configuration.
    pub config: Rc<Config>,
    /// Prefix of element ids; differs between widgets on one page.
    #[prop_or(AttrValue::Static("okta-sign-in"))]
    pub id: AttrValue,
    /// Gets the result when the configuration says `callback`.
    #[prop_or_default]
    pub on_success: Callback<SignInResult>,
    /// What a page gives that has JavaScript code of its own, or a static form.
    #[prop_or_default]
    #[doc(hidden)]
    pub(crate) page: Option<RcEq<PageParts>>,
}

/// What only the JavaScript interface gives.
#[derive(Default)]
pub(crate) struct PageParts {
    /// What the person did in a static form before the widget was on the page. Taken once, because a password may be
    /// in it.
    pub(crate) early: Cell<Option<Intent>>,
    /// The page's own code that takes part in a registration.
    pub(crate) code: Option<PageCode>,
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
