//! An entry of the browser's history for the transaction, so that Back leads to the step before and not away from the
//! page. It has the address and the state of the page's own entry, so that a router in the page sees no change. Not
//! here: what Back means.

use super::page::Listener;
use gloo_timers::callback::Timeout;
use std::cell::Cell;
use std::rc::Rc;
use web_sys::Window;

/// The entry.
pub(crate) struct BackEntry {
    window: Window,
    place: Rc<Cell<Place>>,
    _listener: Listener,
}

/// Where the browser is in its history.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// On the entry.
    Entry,
    /// On its way back from it.
    Leaving,
    /// Elsewhere.
    Away,
}

impl BackEntry {
    /// Adds it, and calls `on_back` when the browser has left it by Back.
    pub(crate) fn add(on_back: impl Fn() + 'static) -> Option<Self> {
        let window = super::window()?;
        let place = Rc::new(Cell::new(Place::Away));
        let (page, at, on_back) = (window.clone(), place.clone(), Rc::new(on_back));
        let address = window.location().href().ok()?;
        let listener = Listener::new(&window, "popstate", move |_| {
            // A link to a part of the page fires the same event, at another address.
            let is_back = page.location().href().is_ok_and(|href| href == address);
            if at.get() == Place::Leaving || at.get() == Place::Entry && is_back {
                at.set(Place::Away);
                let on_back = on_back.clone();
                // Not within the event: Firefox then still takes the entry that was left for the one to replace.
                Timeout::new(0, move || on_back()).forget();
            }
        });
        let entry = Self { window, place, _listener: listener };
        entry.add_again();
        Some(entry)
    }

    /// Adds it again after Back.
    pub(crate) fn add_again(&self) {
        let history = self.window.history();
        let added = history.and_then(|history| history.push_state(&history.state()?, ""));
        self.place.set(if added.is_ok() { Place::Entry } else { Place::Away });
    }

    /// Leaves it as Back does. Returns whether `on_back` will be called.
    pub(crate) fn leave(&self) -> bool {
        let leaves =
            self.place.get() == Place::Entry && self.window.history().is_ok_and(|history| history.back().is_ok());
        if leaves {
            self.place.set(Place::Leaving);
        }
        leaves
    }
}
