//! How does it get onto a page? What the exports of the program (`main.rs`) do: read the options that a page gives, and
//! render the root components into its elements. Not here: rules of its own.

mod options;
mod result;
pub mod static_form;

use crate::components::{self, PageParts, RcEq, SignIn, SignInProps};
use crate::config::{Config, ConfigError, OptionName};
use crate::effects::BrowserPage;
use crate::text::{Key, Text};
use js_sys::Function;
use okta_authn::PasswordPolicy;
use options::MountOptions;
use sign_in_flow::hook::Form;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use web_sys::Element;
use yew::{AttrValue, Callback, Renderer};

pub use crate::components::{Unmount, load};

/// What the script knows of the page, and the program does not.
#[derive(Default)]
pub struct Before {
    /// The value of the button by which the static form was submitted.
    pub pressed: Option<String>,
    /// The page's address before tokens were removed from it.
    pub address: Option<String>,
}

/// Puts a sign-in widget into `element`, configured by an object, or where that is undefined by the element's own
/// attributes, with `on_success` for the result. A static form that fits is hydrated.
pub fn mount(
    element: &Element,
    config: &JsValue,
    on_success: Option<Function>,
    before: Before,
) -> Result<Unmount, ConfigError> {
    let given = if config.is_undefined() {
        options::from_attributes(element, on_success)
    } else {
        options::from_object(config)
    };
    reported(element, given.and_then(|given| sign_in(element, given, before)))
}

fn sign_in(element: &Element, given: MountOptions, before: Before) -> Result<Unmount, ConfigError> {
    let MountOptions { values, on_success, registration } = given;
    let mut config = Config::parse(&values, &BrowserPage(before.address))?;
    if let Some(code) = &registration {
        if config.settings.hook.is_none() && !code.has_pre_submit() {
            let problem = "needs a function preSubmit, or a hook-url beside it";
            return Err(ConfigError::new(options::REGISTRATION, problem));
        }
        // The transaction reads its fields, with code that the first form does not have.
        config.settings.page_form = Some(Rc::new(Form { fields: Vec::new(), policy: PasswordPolicy::default() }));
    }
    let id = unique_id();
    let shape = static_form::shape(&config);
    #[cfg(feature = "hydration")]
    let hydrates = id == static_form::ID && static_form::fits(element, shape.as_deref());
    let early = before.pressed.and_then(|pressed| static_form::submitted_early(element, shape.as_deref(), pressed));
    let on_success = on_success
        .map_or_else(Callback::noop, |function| Callback::from(move |result| result::call(&function, result)));
    let page = Some(RcEq(Rc::new(PageParts { early: Cell::new(early), code: registration })));
    let props = SignInProps { config: Rc::new(config), id, on_success, page };
    let renderer = Renderer::<SignIn>::with_root_and_props(element.clone(), props);
    #[cfg(feature = "hydration")]
    if hydrates {
        let app = renderer.hydrate();
        return Ok(Box::new(|| app.destroy()));
    }
    let app = renderer.render();
    Ok(Box::new(|| app.destroy()))
}

/// Puts the factors of the person who is signed in into `element`, configured in the same way. The second part of the
/// program must be loaded.
pub fn mount_manage_factors(element: &Element, config: &JsValue) -> Result<Unmount, ConfigError> {
    let known = &OptionName::OF_MANAGE_FACTORS;
    let given = if config.is_undefined() {
        Ok(options::values_of_attributes(element, known))
    } else {
        options::values_of_object(config, known)
    };
    let mounted = given.and_then(|given| components::mount_manage_factors(element, given, unique_id()));
    reported(element, mounted)
}

/// The developer gets the reason; a person who opens the page gets a plain sentence.
fn reported<T>(element: &Element, result: Result<T, ConfigError>) -> Result<T, ConfigError> {
    if result.is_err() {
        element.set_text_content(Some(Text.get(Key::WIDGET_MISCONFIGURED)));
    }
    result
}

/// Element ids must differ between widgets on one page; nothing else is shared between them. The first widget has those
/// of a static form.
fn unique_id() -> AttrValue {
    thread_local!(static MOUNTED: Cell<u32> = const { Cell::new(0) });
    match MOUNTED.replace(MOUNTED.get() + 1) {
        0 => AttrValue::Static(static_form::ID),
        number => [static_form::ID, &number.to_string()].concat().into(),
    }
}
