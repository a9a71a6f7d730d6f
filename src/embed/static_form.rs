//! The first form in a page's HTML, before the code is there. [`prerender`] renders it natively with the real components;
//! when the widget starts it hydrates that form, so that every element stays itself, with its text, its selection, its
//! focus and what a password manager knows of it. Not here: a submit before the code is there; `embed/js` holds that.

use crate::config::Config;
#[cfg(feature = "hydration")]
use crate::constants::STATIC_ATTRIBUTE;
use crate::text::Text;
use crate::views;
use sign_in_flow::{Intent, StartMachine, StartStep};
use std::rc::Rc;
use wasm_bindgen::JsCast;

/// Prefix of the element ids.
pub const ID: &str = "oaw";

/// The attribute of its root with what the style sheet shows while no script comes.
#[cfg(feature = "ssr")]
const LATE: &str = "data-oaw-late";

/// Everything that the elements of the first form depend on; `None` where the first screen is another one. What only
/// attributes depend on does not count: hydration sets those.
pub fn shape(config: &Config, text: Text) -> Option<String> {
    let machine = StartMachine::new(Rc::new(config.settings.clone()), None);
    let StartStep::Form(start) = machine.step() else { return None };
    let parts = [
        ("password", !start.without_password),
        ("remember", config.settings.remember_me),
        ("recovery", start.offers_recovery),
        ("registration", start.offers_registration),
    ];
    let there = parts.iter().filter(|(_, there)| *there);
    let begins = [env!("OKTA_MARKUP"), " ", text.language()].concat();
    Some(there.fold(begins, |shape, (name, _)| [&shape, " ", name].concat()))
}

/// The static form for the inside of `<okta-sign-in>`; `None` where the first screen is another one.
#[cfg(feature = "ssr")]
pub async fn prerender(config: Config, text: Text) -> Option<String> {
    use crate::components::{self, Mounted, SignIn, SignInProps};
    use crate::constants::{FAILED_ATTRIBUTE as FAILED, NODES_ATTRIBUTE as NODES, STATIC_ATTRIBUTE as MARK};
    use crate::text::Key;
    use yew::Callback;

    let shape = shape(&config, text)?;
    let autofocus = config.autofocus;
    let (config, on_success, on_event) = (Rc::new(config), Callback::noop(), Callback::noop());
    let props =
        SignInProps { config, id: ID.into(), on_success, on_event, text, page: None, mounted: Mounted::default() };
    let html = without_names(&components::prerender::<SignIn>(props).await);
    let nodes = count_nodes(&html);
    let (failed, late) = (text.get(Key::STATIC_FAILED), text.get(Key::STATIC_LATE));
    let marks = format!("<div {MARK}=\"{shape}\" {NODES}=\"{nodes}\" {FAILED}=\"{failed}\" {LATE}=\"{late}\"");
    let marked = html.replacen("<div", &marks, 1);
    // The browser focuses it as it reads the page; hydration does not focus anything.
    let first = if autofocus { "data-first=\"\" autofocus=\"\"" } else { "data-first=\"\"" };
    let form = marked.replacen("data-first=\"\"", first, 1);
    // What a browser marks when the form is submitted before there is a script (static-form.js, which removes it). It is
    // the first, because a form can be submitted before the page's HTML is complete.
    let (before, after) = form.split_once("<h2")?;
    Some([before, "<input hidden><h2", after].concat())
}

/// Without the names of components, which a debug build writes into its marks.
#[cfg(feature = "ssr")]
fn without_names(html: &str) -> String {
    let mut rest = html;
    let mut out = String::with_capacity(html.len());
    while let Some((before, after)) = rest.split_once('[') {
        out.push_str(before);
        out.push('[');
        let is_mark = before.ends_with("<!--<") || before.ends_with("<!--</");
        rest = after.split_once(']').filter(|_| is_mark).map_or(after, |(_, end)| {
            out.push(']');
            end
        });
    }
    out.push_str(rest);
    out
}

/// How many elements and comments there are. Texts and attributes have no `<` of their own.
#[cfg(feature = "ssr")]
fn count_nodes(html: &str) -> usize {
    let begins = |rest: &str| rest.starts_with("!--") || rest.starts_with(|c: char| c.is_ascii_alphabetic());
    html.split('<').skip(1).filter(|rest| begins(rest)).count()
}

/// Whether `element` has a static form of this shape, which can be hydrated.
#[cfg(feature = "hydration")]
pub(super) fn fits(element: &web_sys::Element, shape: Option<&str>) -> bool {
    let found = element.query_selector(&["[", STATIC_ATTRIBUTE, "]"].concat()).ok().flatten();
    let made = found.and_then(|root| root.get_attribute(STATIC_ATTRIBUTE));
    made.is_some() && made.as_deref() == shape
}

/// What the person submitted in it before the code was there, by the button with this value. A button that a form of
/// this shape does not have counts as its main button.
pub(super) fn submitted_early(element: &web_sys::Element, shape: Option<&str>, mut pressed: String) -> Option<Intent> {
    if !shape?.split(' ').any(|part| part == pressed) {
        pressed.clear();
    }
    views::start::submitted_early(element.query_selector("form").ok()??.dyn_into().ok()?, pressed)
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn marks_lose_their_names_and_nothing_else_changes() {
        let html = "<!--<[a::B]>--><div title=\"[x]\">[y]<!--<[C]>--><p>z</p><!--</[C]>--></div><!--</[a::B]>-->";
        assert_eq!(
            without_names(html),
            "<!--<[]>--><div title=\"[x]\">[y]<!--<[]>--><p>z</p><!--</[]>--></div><!--</[]>-->"
        );
        assert_eq!(count_nodes(&without_names(html)), 6);
    }
}
