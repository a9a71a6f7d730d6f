//! How is it done in a browser? One exhaustive match from [`Effect`] to a deed. Never here: a decision
//! about what happens next, a component, or a text.

mod clipboard;
mod duo;
mod http;
pub(crate) mod json;
mod navigation;
mod page;
mod regions;
mod storage;
mod webauthn;

use crate::authn::wire::Value;
use crate::flow::hand_on::FIRST_FORM;
use crate::flow::{Effect, Event, HandOver, PageAsked};
use gloo_timers::callback::Timeout;
use http::Fetch;
use std::collections::VecDeque;
use std::rc::Rc;

pub use regions::regions;
pub use storage::username as remembered_username;

/// Background requests kept alive at most; older ones are dropped, and so aborted.
const BACKGROUND: usize = 4;

/// The browser's window; none where the widget is drawn without a browser.
fn window() -> Option<web_sys::Window> {
    if cfg!(target_arch = "wasm32") { web_sys::window() } else { None }
}

/// Milliseconds since the Unix epoch, by the browser's clock.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a date of our time fits")]
pub fn now() -> u64 {
    js_sys::Date::now() as u64
}

/// Asks for the bundle that has every screen.
pub type HandOn = Rc<dyn Fn()>;

/// Asks the page's own code about somebody who signs up, and takes its answer.
pub type AskPage = Rc<dyn Fn(PageAsked, PageReply)>;

/// Takes what the page's own code made of it, or why it refuses.
pub type PageReply = Box<dyn FnOnce(Result<Value, Value>)>;

/// Does what the machine wants done. Dropping it ends every request and timer.
pub struct Runtime {
    emit: Rc<dyn Fn(Event)>,
    hand_over: Rc<dyn Fn(HandOver)>,
    hand_on: HandOn,
    ask_page: Option<AskPage>,
    org: String,
    foreground: Option<Fetch>,
    background: VecDeque<Fetch>,
    authenticator: Option<webauthn::Asking>,
    timer: Option<Timeout>,
    /// Of Duo's frame.
    frame_id: String,
    listeners: Vec<page::Listener>,
}

impl Runtime {
    /// A runtime for the widget of this org whose element ids begin with `id`. Events come back through
    /// `emit`, a result for the page's own code goes to `hand_over`.
    pub fn new(org: &str, id: &str, emit: Rc<dyn Fn(Event)>, hand_over: Rc<dyn Fn(HandOver)>, hand_on: HandOn) -> Self {
        Self {
            org: org.to_owned(),
            foreground: None,
            background: VecDeque::new(),
            authenticator: None,
            timer: None,
            frame_id: [id, "-duo"].concat(),
            listeners: Vec::new(),
            emit,
            hand_over,
            hand_on,
            ask_page: None,
        }
    }

    /// The same, where the page's own code takes part in signing up.
    #[must_use]
    pub fn asking(self, ask_page: Option<AskPage>) -> Self {
        Self { ask_page, ..self }
    }

    /// Tells from now on what becomes of the page.
    pub fn listen(&mut self) {
        self.listeners = page::listen(&self.org, &self.emit);
    }

    /// Says that the widget is on the page.
    pub fn begin(&self) {
        (self.emit)(Event::Begin { remembered: storage::username(&self.org) });
    }

    /// Does one thing.
    pub fn run(&mut self, effect: Effect) {
        match effect {
            Effect::AskAuthenticator { .. } | Effect::AskDuo { .. } | Effect::Copy(_) | Effect::AskPage { .. }
                if FIRST_FORM => {}
            Effect::Send { ticket, request } => {
                let emit = self.emit.clone();
                let fetch = http::send(&request, move |outcome| emit(Event::Replied { ticket, outcome }));
                if ticket.purpose.is_background() {
                    self.background.push_back(fetch);
                    if self.background.len() > BACKGROUND {
                        self.background.pop_front();
                    }
                } else {
                    self.foreground = Some(fetch);
                }
            }
            Effect::Abort => {
                self.foreground = None;
                self.authenticator = None;
            }
            Effect::AskAuthenticator { ticket, ceremony } => {
                let emit = self.emit.clone();
                let asking = webauthn::ask(ceremony, move |outcome| emit(Event::Credential { ticket, outcome }));
                self.authenticator = Some(asking);
            }
            Effect::AskDuo { ticket, script, host, signature } => {
                let emit = self.emit.clone();
                let frame = duo::Frame { script, host, signature, id: self.frame_id.clone() };
                duo::ask(frame, move |signature| emit(Event::Duo { ticket, signature }));
            }
            Effect::Wait { millis } => {
                let emit = self.emit.clone();
                self.timer = Some(Timeout::new(millis, move || emit(Event::Elapsed)));
            }
            Effect::KeepUsername(username) => storage::keep_username(&self.org, username.as_deref()),
            Effect::Copy(secret) => {
                let emit = self.emit.clone();
                clipboard::copy(&secret, move || emit(Event::Copied));
            }
            Effect::Navigate(navigation) => navigation::go(&navigation),
            Effect::HandOver(result) => (self.hand_over)(result),
            Effect::HandOn => (self.hand_on)(),
            Effect::AskPage { ticket, asked } => {
                let emit = self.emit.clone();
                let reply: PageReply = Box::new(move |outcome| emit(Event::PageAnswered { ticket, outcome }));
                match &self.ask_page {
                    Some(ask) => ask(asked, reply),
                    // Nothing to say against it.
                    None => reply(Ok(Value::Null)),
                }
            }
        }
    }
}
