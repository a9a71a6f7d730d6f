//! How is it done in a browser? One exhaustive match from [`Effect`] to the code that does it. Not here: a decision about
//! what happens next, a view, or a text.

mod browser_page;
mod clipboard;
mod device;
mod discovery;
mod duo;
mod history;
mod http;
pub(crate) mod intl;
pub(crate) mod json;
mod navigation;
mod page;
mod page_code;
mod page_title;
mod phone;
mod regions;
mod storage;
mod tokens;
mod webauthn;

pub(crate) use browser_page::BrowserPage;
pub(crate) use device::DeviceRuntime;
pub(crate) use discovery::Question;
pub(crate) use history::BackEntry;
pub(crate) use page_code::{PageCode, REGISTRATION, after};
pub(crate) use page_title::PageTitle;
pub(crate) use regions::regions;
pub(crate) use storage::{TabUsername, username as remembered_username, username_in_tab};
pub(crate) use tokens::{TOKENS_PART, TokensPart};

use gloo_timers::callback::Timeout;
use http::Fetch;
use js_sys::{Function, Promise};
use sign_in_flow::{Effect, Event, SignInEvent, SignInResult, username_operation};
use std::collections::VecDeque;
use std::rc::Rc;

/// Background requests kept alive at most; older ones are dropped, and so aborted.
const BACKGROUND: usize = 4;

/// The browser's window; `None` where the widget is rendered without a browser.
fn window() -> Option<web_sys::Window> {
    if cfg!(target_arch = "wasm32") { web_sys::window() } else { None }
}

/// Milliseconds since the Unix epoch, by the browser's clock.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a date of our time fits")]
pub(crate) fn now() -> u64 {
    js_sys::Date::now() as u64
}

/// Reports a mistake of the page to the developer.
pub(crate) fn report(mistake: &impl ToString) {
    web_sys::console::error_1(&mistake.to_string().into());
}

/// Takes an event.
pub(crate) type Emit = Rc<dyn Fn(Event)>;

/// Tells the page's own code. Returns whether it holds back what would follow.
pub(crate) type Tell = Rc<dyn Fn(SignInEvent) -> bool>;

/// Does what a machine wants done. Dropping it ends every request and timer.
pub(crate) struct Runtime {
    emit: Emit,
    complete: Rc<dyn Fn(SignInResult)>,
    tell: Tell,
    /// The script that calls the page's own code.
    script: Option<Function>,
    org: String,
    /// What the org is asked to write to the person in.
    language: &'static str,
    foreground: Option<Fetch>,
    background: VecDeque<Fetch>,
    timer: Option<Timeout>,
    listeners: Vec<page::Listener>,
}

impl Runtime {
    /// A runtime for a widget of this org, in this language. Events come back through `emit`, a result for the page's own
    /// code goes to `complete`, and what the page is told to `tell`.
    pub(crate) fn new(
        org: &str,
        language: &'static str,
        emit: Emit,
        complete: Rc<dyn Fn(SignInResult)>,
        tell: Tell,
        script: Option<Function>,
    ) -> Self {
        Self {
            org: org.to_owned(),
            language,
            foreground: None,
            background: VecDeque::new(),
            timer: None,
            listeners: Vec::new(),
            emit,
            complete,
            tell,
            script,
        }
    }

    /// Changes the language.
    pub(crate) fn set_language(&mut self, language: &'static str) {
        self.language = language;
    }

    /// The texts of the second part, as far as they have to be waited for.
    pub(crate) fn other_texts(&self) -> Option<Promise> {
        self.script.as_ref().and_then(page_code::other_texts)
    }

    /// Reports from now on when the page is shown, hidden or restored.
    pub(crate) fn listen(&mut self) {
        self.listeners = page::listen(&self.org, &self.emit);
    }

    /// Has the rules of phone numbers loaded.
    pub(crate) fn load_phone_rules(&self) {
        phone::load_rules(self.script.as_ref());
    }

    /// Reports that the widget is on the page.
    pub(crate) fn begin(&self) {
        (self.emit)(Event::Begin { remembered: storage::username(&self.org) });
    }

    /// Does one thing.
    pub(crate) fn run(&mut self, effect: Effect) {
        match effect {
            Effect::Send { ticket, request } => {
                let emit = self.emit.clone();
                let operation = username_operation(ticket.purpose, &request);
                let done = Box::new(move |outcome| emit(Event::Replied { ticket, outcome }));
                let fetch = http::send(&request, self.language, self.script.as_ref().zip(operation), done);
                if ticket.purpose.is_background() {
                    self.background.push_back(fetch);
                    if self.background.len() > BACKGROUND {
                        self.background.pop_front();
                    }
                } else {
                    self.foreground = Some(fetch);
                }
            }
            Effect::Abort => self.foreground = None,
            Effect::Wait { millis } => {
                let emit = self.emit.clone();
                self.timer = Some(Timeout::new(millis, move || emit(Event::Elapsed)));
            }
            Effect::RememberUsername(username) => storage::remember_username(&self.org, username.as_deref()),
            Effect::Report(error) => report(&error),
            Effect::Tell(event) => {
                let leaves = matches!(event, SignInEvent::Success(_));
                if !(self.tell)(event) && leaves {
                    (self.emit)(Event::Leave);
                }
            }
            Effect::Navigate(navigation) => navigation::go(&navigation),
            Effect::Complete(result) => (self.complete)(result),
            // The root components do these: they know the other machine, and what the device runtime is.
            Effect::HandOff(_) | Effect::ReturnToStart(_) | Effect::Device(_) => {}
        }
    }
}
