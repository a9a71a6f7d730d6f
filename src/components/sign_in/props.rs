//! What a page, or the other bundle, gives the root. Never here: what is done with it.

use crate::config::Config;
use crate::effects::PageReply;
use crate::flow::{HandOver, Intent, Onward, PageAsked};
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
    pub on_success: Callback<HandOver>,
    /// What the bundle of the first form handed on.
    #[prop_or_default]
    pub onward: Option<Onward>,
    /// Hands on what goes beyond the first form; only the bundle that has nothing else calls it.
    #[prop_or_default]
    pub hand_on: Option<Same<dyn Fn()>>,
    /// What the person did in a static form, before there was a widget. Taken once, for a password may be in it.
    #[prop_or_default]
    pub early: Option<Same<Cell<Option<Intent>>>>,
    /// The page's own code that takes part in signing up; the settings say what it asks (`page_form`).
    #[prop_or_default]
    pub page_code: Option<Same<dyn Fn(PageAsked, PageReply)>>,
}

/// Something shared that is equal only to itself.
pub struct Same<T: ?Sized>(pub Rc<T>);

impl<T: ?Sized> Clone for Same<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T: ?Sized> PartialEq for Same<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}
