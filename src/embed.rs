//! How does it get onto a page? Two doors to one room: the JavaScript interface (which the custom element
//! uses) and the Yew component. Never here: rules of its own.

pub mod api;
mod browser_page;
mod hand_over;
#[cfg(not(feature = "first-form"))]
pub mod my_factors;
mod options;
mod registration;
#[cfg(not(feature = "first-form"))]
pub mod rehearsal;
pub mod static_form;
#[cfg(not(feature = "first-form"))]
pub mod take_over;

pub use browser_page::BrowserPage;

use crate::components::{Same, SignIn, SignInProps};
use crate::config::{Config, ConfigError, Given, OptionName};
use crate::effects::HandOn;
use crate::flow::hand_on::FIRST_FORM;
use crate::flow::{HandOver, Onward};
use registration::Registration;
use std::cell::Cell;
use std::rc::Rc;
use web_sys::Element;
use yew::{AppHandle, AttrValue, Callback, Renderer};

/// What a page, or the other bundle, has to do with a widget.
pub struct Door {
    /// Prefix of element ids.
    id: AttrValue,
    /// Gets the result when the configuration says `callback`.
    pub on_success: Callback<HandOver>,
    /// Asks for the bundle that has every screen.
    pub hand_on: HandOn,
    /// What the bundle of the first form handed on.
    pub onward: Option<Onward>,
    /// The page's own code that takes part in signing up.
    registration: Option<Registration>,
}

/// Puts a widget into `element`, replacing what is there.
pub fn mount(element: Element, given: &[(OptionName, Given)], door: Door) -> Result<AppHandle<SignIn>, ConfigError> {
    let mut config = Config::parse(given, &BrowserPage)?;
    if let Some(registration) = &door.registration {
        let form = registration.form(config.settings.hook.is_some())?;
        config.settings.page_form = Some(Rc::new(form));
    }
    let config = Rc::new(config);
    if config.resume_from_url {
        BrowserPage::forget_tokens();
    }
    let Door { id, on_success, hand_on, onward, registration } = door;
    let page_code = registration.filter(|_| !FIRST_FORM).map(|registration| Same(registration.asker()));
    let hand_on = Some(Same(hand_on));
    #[cfg(feature = "first-form")]
    let takes_over = id == static_form::ID && static_form::fits(&element, &config);
    #[cfg(feature = "first-form")]
    let early = takes_over.then(|| static_form::held(&element)).flatten();
    #[cfg(not(feature = "first-form"))]
    let early = None;
    let early = early.map(|intent| Same(Rc::new(Cell::new(Some(intent)))));
    let props = SignInProps { config, id, on_success, onward, hand_on, early, page_code };
    let renderer = Renderer::<SignIn>::with_root_and_props(element, props);
    #[cfg(feature = "first-form")]
    if takes_over {
        return Ok(renderer.hydrate());
    }
    Ok(renderer.render())
}

/// Element ids must differ between widgets on one page; nothing else is shared between them. The first
/// widget has those of a static form.
fn unique_id() -> AttrValue {
    thread_local!(static MOUNTED: Cell<u32> = const { Cell::new(0) });
    match MOUNTED.replace(MOUNTED.get() + 1) {
        0 => AttrValue::Static(static_form::ID),
        number => [static_form::ID, &number.to_string()].concat().into(),
    }
}
