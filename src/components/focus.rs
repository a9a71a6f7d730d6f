//! What is done to the fields after a render: where focus goes, what a new step starts with, what is emptied. One rule
//! for all steps, so that focus is never lost. It uses marks that the views set (`data-first`,
//! `data-initial`, `data-ticked`, `data-secret`, `aria-invalid`), inside this widget only. Not here: a decision about what is shown.

use js_sys::Reflect;
use sign_in_flow::{Notice, Screen};
use std::cell::Cell;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement, HtmlInputElement};

/// What was on the screen when focus was last updated.
#[derive(Clone, Copy, Default)]
pub(super) struct FocusState {
    step_id: u32,
    notice_id: u32,
    secret_clear_count: u32,
    /// Focus was inside the widget before the render.
    inside: bool,
}

impl FocusState {
    /// What is on this screen.
    pub(super) fn of(screen: &Screen) -> Self {
        let Screen { step_id, notice_id, secret_clear_count, .. } = *screen;
        Self { step_id, notice_id, secret_clear_count, inside: false }
    }

    /// Before a render: whether focus is inside.
    pub(super) fn note(&mut self, root: &Element) {
        self.inside = is_used(root);
    }

    /// Updates focus and fields after a screen was rendered into `root`. `may_focus` says whether the page's first step
    /// may take focus.
    pub(super) fn update(&mut self, root: &Element, screen: &Screen, may_focus: bool, is_first: bool) {
        let before = std::mem::replace(self, Self::of(screen));
        let is_new = is_first || self.step_id != before.step_id;
        let was_filled_in = is_new && fill(root);
        if self.secret_clear_count != before.secret_clear_count {
            each(root, "[data-secret]", |input| input.set_value(""));
        }
        if is_used_elsewhere(root, is_first) {
            return;
        }
        let notice = screen.notice.as_ref().filter(|_| self.notice_id != before.notice_id);
        if notice.is_some_and(|notice| notice.field().is_some()) {
            focus_described(root);
        } else if notice.is_some_and(Notice::takes_focus) {
            focus(root, &[MESSAGE]);
        } else if (is_first && may_focus && !is_used(root)) || self.step_id != before.step_id {
            focus(root, &["[data-first]", ".oaw-title"]);
        } else if was_filled_in {
            focus_first_empty(root);
        } else if before.inside && active_element(root).is_none_or(|active| active.tag_name() == "BODY") {
            // The control that had focus went away, with its message for one.
            focus(root, &["[data-first]", ".oaw-title"]);
        }
    }
}

/// The element with focus: in the shadow root that the widget may be in, else in the page.
fn active_element(root: &Element) -> Option<Element> {
    let in_tree = |tree: &JsValue| Reflect::get(tree, &"activeElement".into()).ok()?.dyn_into().ok();
    in_tree(&root.get_root_node()).or_else(|| in_tree(&root.owner_document()?.into()))
}

const MESSAGE: &str = ".oaw-message";
/// The end of the message's id, in the description of the field that the message is about.
const ABOUT: &str = "-message";

/// The field that the message is about takes focus; where none is marked, the one that was emptied does, or the first.
/// A screen reader then reads the message as the field's description; as an alert it would be read once more. Where the
/// field has focus already, nothing would be read without the alert.
fn focus_described(root: &Element) {
    let before = active_element(root);
    focus(root, &["[aria-describedby*=-message],[aria-invalid=true]", "[data-secret]", "[data-first]", MESSAGE]);
    let moved = active_element(root).filter(|active| before.as_ref() != Some(active));
    let description = moved.and_then(|active| active.get_attribute("aria-describedby"));
    if description.is_some_and(|ids| ids.split(' ').any(|id| id.ends_with(ABOUT)))
        && let Ok(Some(message)) = root.query_selector(MESSAGE)
    {
        let _never_fails = message.remove_attribute("role");
    }
}

/// Whether focus is on something inside this widget. A form that was rendered over a static one has the focus of that, and what
/// was typed there, possibly before the framework gets to tell that it was rendered.
fn is_used(root: &Element) -> bool {
    active_element(root).is_some_and(|active| root.contains(Some(&active)))
}

/// Whether focus is on something outside this widget, where it stays. A widget that opens takes it from the button that
/// opened it, but not from where someone may be typing.
fn is_used_elsewhere(root: &Element, is_first: bool) -> bool {
    let used = if is_first { "input,select,textarea,iframe" } else { "a,button,input,select,textarea,iframe" };
    let outside = active_element(root).filter(|active| !root.contains(Some(active)));
    outside.is_some_and(|active| active.matches(used).unwrap_or(false))
}

/// The first field that has no text takes focus; without one, focus stays.
fn focus_first_empty(root: &Element) {
    let found = Cell::new(false);
    each(root, ".oaw-input", |input| {
        if input.value().is_empty() && !found.replace(true) {
            let _refused = input.focus();
        }
    });
}

/// The first of these that is there takes focus.
fn focus(root: &Element, selectors: &[&str]) {
    let found = selectors.iter().find_map(|selector| root.query_selector(selector).ok().flatten());
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _refused = element.focus();
    }
}

/// Fills in what the fields and boxes of a new step start with. What is there already was typed before the
/// code was, or filled in by the browser, and stays. Returns whether the field that has focus was filled in, here or by
/// the browser: who types next means the field after it, which may be the password's.
fn fill(root: &Element) -> bool {
    let active = active_element(root).and_then(|active| active.dyn_into::<HtmlInputElement>().ok());
    let is_active = |input: &HtmlInputElement| active.as_ref() == Some(input);
    let was_filled_in = Cell::new(false);
    each(root, ".oaw-input", |input| {
        // A browser tells the value only once the person has done something in the page.
        let by_browser = input.matches(":autofill").unwrap_or(false);
        let initial = input.get_attribute("data-initial").filter(|_| !by_browser && input.value().is_empty());
        if let Some(initial) = &initial {
            input.set_value(initial);
        }
        if is_active(input) && (by_browser || initial.is_some()) {
            was_filled_in.set(true);
        }
    });
    each(root, "[data-ticked]", |input| input.set_checked(true));
    was_filled_in.get()
}

fn each(root: &Element, selector: &str, change: impl Fn(&HtmlInputElement)) {
    let Ok(found) = root.query_selector_all(selector) else { return };
    for place in 0..found.length() {
        if let Some(input) = found.get(place).and_then(|node| node.dyn_into::<HtmlInputElement>().ok()) {
            change(&input);
        }
    }
}
