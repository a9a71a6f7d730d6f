//! The place for the rules of phone numbers. They come late, or not at all, and are the same for every widget of the
//! program: they know nothing of one. Not here: where they come from (`effects`).

use sign_in_flow::PhoneEntry;
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::{Event, HtmlFormElement};

/// What the rules do with a form that has the fields of a phone number.
pub trait Rules {
    /// Reads the number; `None` where that fails.
    fn read(&self, form: &HtmlFormElement) -> Option<PhoneEntry>;
    /// A person has typed or chosen something in one of the fields: puts the number into groups, and shows its country.
    fn follow(&self, event: &Event);
}

thread_local!(static RULES: RefCell<Option<Rc<dyn Rules>>> = const { RefCell::new(None) });

/// The rules are there.
pub fn set_rules(rules: Rc<dyn Rules>) {
    RULES.set(Some(rules));
}

/// The rules, once they are there.
pub fn rules() -> Option<Rc<dyn Rules>> {
    RULES.with_borrow(Clone::clone)
}
