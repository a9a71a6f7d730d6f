//! Asks the org which identity provider a user name belongs to. It belongs to the second part of the program. Not here: what
//! the answer means.

use super::http::{self, Fetch};
use super::{BrowserPage, Emit, Runtime, json, page_code};
use crate::config::{Page, TOKEN_PARAMETERS};
use js_sys::{Function, Promise};
use okta_authn::url::without_parameters;
use okta_authn::wire::Value;
use okta_authn::{AuthnError, TransportError};
use sign_in_flow::discovery::{OPERATION, answered, ask};
use sign_in_flow::{Effect, Event, Handoff, Settings};
use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// The question, asked as this runtime sends requests.
pub(crate) struct Question<'a> {
    pub(crate) settings: &'a Rc<Settings>,
    pub(crate) handoff: Box<Handoff>,
    pub(crate) runtime: &'a Runtime,
}

impl Question<'_> {
    /// Asks. Dropping what is returned ends it.
    pub(crate) fn ask(self) -> Box<dyn Any> {
        let Self { settings, handoff, runtime } = self;
        let (language, script, emit) = (runtime.language, runtime.script.clone(), runtime.emit.clone());
        Asking { settings: settings.clone(), handoff, language, script, emit }.begin()
    }
}

/// The question on its way.
struct Asking {
    settings: Rc<Settings>,
    handoff: Box<Handoff>,
    language: &'static str,
    script: Option<Function>,
    emit: Emit,
}

impl Asking {
    /// The page's own code may change the name before.
    fn begin(self) -> Box<dyn Any> {
        let fetch: Rc<RefCell<Option<Fetch>>> = Rc::default();
        match self.prepared() {
            None => {
                let username = self.handoff.username.clone();
                fetch.replace(self.send(&username));
            }
            Some(promise) => {
                let asked = Rc::downgrade(&fetch);
                spawn_local(async move {
                    let body = JsFuture::from(promise).await.ok();
                    let Some(asked) = asked.upgrade() else { return };
                    match body.as_ref().and_then(username_of) {
                        Some(username) => {
                            asked.replace(self.send(&username));
                        }
                        None => self.page_failed(),
                    }
                });
            }
        }
        Box::new(fetch)
    }

    /// What the page's own code makes of the name, where it has a function for that.
    fn prepared(&self) -> Option<Promise> {
        let body = Value::Object(vec![("username".to_owned(), Value::Text(self.handoff.username.clone()))]);
        page_code::prepare(self.script.as_ref()?, OPERATION, &json::stringify(&body), &JsValue::UNDEFINED)
    }

    fn send(&self, username: &str) -> Option<Fetch> {
        let page = without_parameters(&BrowserPage::default().url(), &TOKEN_PARAMETERS);
        let Effect::Send { ticket, request } = ask(&self.settings, &self.handoff, username, Some(&page)) else {
            return None;
        };
        let (settings, emit) = (self.settings.clone(), self.emit.clone());
        let done = Box::new(move |outcome| emit(answered(&settings, ticket, outcome)));
        Some(http::send(&request, self.language, None, done))
    }

    fn page_failed(&self) {
        let outcome = Err(AuthnError::Transport(TransportError::PageFailed));
        (self.emit)(Event::Discovered { ticket: self.handoff.ticket, outcome });
    }
}

fn username_of(body: &JsValue) -> Option<String> {
    let body = json::parse(&body.as_string()?)?;
    body.get("username")?.as_text().map(str::to_owned)
}
