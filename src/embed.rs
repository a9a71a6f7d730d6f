//! How does it get onto a page? What the exports of the program (`main.rs`) do: read the options that a page gives, and
//! render the root components into its elements. Not here: rules of its own.

mod language;
mod options;
mod page_events;
pub mod static_form;

use crate::components::{self, Mounted, PageParts, RcEq, Root, SignIn, SignInProps, telling};
use crate::config::tokens::TOKENS;
use crate::config::{Config, ConfigError, OptionName, OptionValue, Page, may_have_answer};
use crate::effects::{BrowserPage, Tell};
use crate::text::{Key, Text};
use js_sys::Function;
use okta_authn::PasswordPolicy;
use options::{MountOptions, Values};
use sign_in_flow::hook::Form;
use sign_in_flow::{AfterSuccess, Event, Intent, Resume};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsValue;
use web_sys::Element;
use yew::{AttrValue, Callback};

pub use crate::components::load;

/// What the script knows of the page, and the program does not.
#[derive(Default)]
pub struct Before {
    /// The value of the button by which the static form was submitted.
    pub pressed: Option<String>,
    /// The page's address before tokens were removed from it.
    pub address: Option<String>,
}

/// What a page gives.
pub struct Given<'a> {
    /// The options: an object, or the properties of a custom element.
    pub options: &'a JsValue,
    /// Whether the element's attributes are options too, which count where the object does not have the same one.
    pub attributes: bool,
    /// The script that is told what happens (`page_events`).
    pub script: Function,
    /// The language (`embed::language`); `undefined` for English.
    pub language: JsValue,
}

/// A widget on a page.
pub struct Widget {
    root: Root,
    page: Option<Rc<PageParts>>,
}

impl Widget {
    /// Takes it off the page, and ends its requests and timers.
    pub fn unmount(self) {
        self.root.unmount();
    }

    /// Changes the language. What was typed stays.
    pub fn set_language(&mut self, language: &JsValue) {
        self.root.set_text(language::text(language));
    }

    /// Lets the browser leave, where the page has held it back, or ends the sign-in, as the person could.
    pub fn act(&self, leaves: bool) {
        let emit = self.page.as_ref().and_then(|page| page.emit.borrow().clone());
        if let Some(emit) = emit {
            emit(if leaves { Event::Leave } else { Event::User(Intent::Cancel) });
        }
    }
}

/// Puts a sign-in widget into `element`. A static form that fits is hydrated.
pub fn mount(element: &Element, given: Given, before: Before) -> Result<Widget, ConfigError> {
    let options = options::from_object(given.options).map(|options| MountOptions {
        values: with_attributes(element, &given, options.values, &OptionName::ALL),
        ..options
    });
    let text = language::text(&given.language);
    reported(element, text, options.and_then(|options| sign_in(element, options, given.script, text, before)))
}

fn with_attributes(element: &Element, given: &Given, mut values: Values, known: &[OptionName]) -> Values {
    if given.attributes {
        values.extend(options::values_of_attributes(element, known));
    }
    values
}

/// Tells the script.
fn tell(script: Function) -> Tell {
    telling(move |event| page_events::tell(&script, event))
}

fn sign_in(
    element: &Element,
    options: MountOptions,
    script: Function,
    text: Text,
    before: Before,
) -> Result<Widget, ConfigError> {
    let MountOptions { mut values, registration, tokens } = options;
    let page = BrowserPage(before.address);
    if tokens.is_some() {
        if values.iter().any(|(name, _)| *name == OptionName::SessionRedirect) {
            return Err(ConfigError::new(TOKENS, "takes the place of session-redirect: remove one of them"));
        }
        // The browser goes nowhere with the session token.
        values.push((OptionName::SessionRedirect, OptionValue::Text("callback".to_owned())));
    }
    let mut config = Config::parse(&values, &page)?;
    if tokens.is_some() {
        config.settings.after_success = AfterSuccess::Tokens;
        if may_have_answer(&page.url()) {
            config.settings.resume.get_or_insert(Resume::Tokens);
        }
    }
    config.settings.asks_before_leaving = true;
    if let Some(code) = &registration {
        if config.settings.hook.is_none() && !code.has_pre_submit() {
            let problem = "needs a function preSubmit, or a hook-url beside it";
            return Err(ConfigError::new(options::REGISTRATION, problem));
        }
        // The transaction reads its fields, with code that the first form does not have.
        config.settings.page_form = Some(Rc::new(Form { fields: Vec::new(), policy: PasswordPolicy::default() }));
    }
    let id = unique_id();
    let shape = static_form::shape(&config, text);
    #[cfg(feature = "hydration")]
    let hydrates = id == static_form::ID && static_form::fits(element, shape.as_deref());
    #[cfg(not(feature = "hydration"))]
    let hydrates = false;
    let early = before.pressed.and_then(|pressed| static_form::submitted_early(element, shape.as_deref(), pressed));
    let (tell, page_script) = (Some(tell(script.clone())), Some(script.clone()));
    let on_success = Callback::from(move |result| page_events::succeed(&script, result));
    let (early, emit) = (Cell::new(early), RefCell::new(None));
    let page = Rc::new(PageParts { early, code: registration, tokens, tell, script: page_script, emit });
    let (config, on_event) = (Rc::new(config), Callback::noop());
    let (on_page, mounted) = (Some(RcEq(page.clone())), Mounted::default());
    let props = SignInProps { config, id, on_success, on_event, text, page: on_page, mounted };
    Ok(Widget { root: components::mount::<SignIn>(element, props, hydrates), page: Some(page) })
}

/// Puts the factors of the person who is signed in into `element`, configured in the same way. The second part of the
/// program must be loaded.
pub fn mount_manage_factors(element: &Element, given: Given) -> Result<Widget, ConfigError> {
    let known = &OptionName::OF_MANAGE_FACTORS;
    let values = options::values_of_object(given.options, known);
    let values = values.map(|values| with_attributes(element, &given, values, known));
    let (script, tell) = (given.script.clone(), tell(given.script));
    let text = language::text(&given.language);
    let mounted =
        values.and_then(|values| components::mount_manage_factors(element, values, unique_id(), text, tell, script));
    reported(element, text, mounted.map(|root| Widget { root, page: None }))
}

/// The developer gets the reason; a person who opens the page gets a plain sentence.
fn reported<T>(element: &Element, text: Text, result: Result<T, ConfigError>) -> Result<T, ConfigError> {
    if result.is_err() {
        element.set_text_content(Some(text.get(Key::WIDGET_MISCONFIGURED)));
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
