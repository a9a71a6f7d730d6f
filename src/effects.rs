//! How is it done in a browser? One exhaustive match from [`Effect`] to a deed. Never here: a decision
//! about what happens next, a component, or a text.

mod clipboard;
mod http;
mod navigation;
mod page_show;
mod storage;

use crate::flow::{Effect, Event, HandOver};
use gloo_timers::callback::Timeout;
use http::Fetch;
use page_show::PageShow;
use std::collections::VecDeque;
use std::rc::Rc;

/// Background requests kept alive at most; older ones are dropped, and so aborted.
const BACKGROUND: usize = 4;

/// Milliseconds since the Unix epoch, by the browser's clock.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a date of our time fits")]
pub fn now() -> u64 {
    js_sys::Date::now() as u64
}

/// Does what the machine wants done. Dropping it ends every request and timer.
pub struct Runtime {
    emit: Rc<dyn Fn(Event)>,
    hand_over: Rc<dyn Fn(HandOver)>,
    org: String,
    foreground: Option<Fetch>,
    background: VecDeque<Fetch>,
    timer: Option<Timeout>,
    page_show: Option<PageShow>,
}

impl Runtime {
    /// A runtime for the widget of this org. Events come back through `emit`, a result for the page's own
    /// code goes to `hand_over`.
    pub fn new(org: &str, emit: Rc<dyn Fn(Event)>, hand_over: Rc<dyn Fn(HandOver)>) -> Self {
        Self {
            emit,
            hand_over,
            org: org.to_owned(),
            foreground: None,
            background: VecDeque::new(),
            timer: None,
            page_show: None,
        }
    }

    /// Says that the widget is on the page, and from now on whenever the page comes back.
    pub fn begin(&mut self) {
        let (emit, org) = (self.emit.clone(), self.org.clone());
        self.page_show = PageShow::listen(move || emit(Event::Restored { remembered: storage::username(&org) }));
        (self.emit)(Event::Begin { remembered: storage::username(&self.org) });
    }

    /// Does one thing.
    pub fn run(&mut self, effect: Effect) {
        match effect {
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
            Effect::Abort => self.foreground = None,
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
        }
    }
}
