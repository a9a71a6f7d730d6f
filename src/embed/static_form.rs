//! The first form in a page's HTML, before the code is there. [`prerender`] draws it natively with the real
//! components; when the widget starts it takes that form over by hydration, so that every element stays
//! itself, with its text, its selection, its focus and what a password manager knows of it. Never here: what
//! is submitted meanwhile; `okta-sign-in.js` holds that.

#[cfg(any(feature = "first-form", feature = "ssr"))]
use crate::components::STATIC_MARK as MARK;
use crate::components::ViewOptions;
use crate::config::Config;
use crate::flow::{Machine, Step};
#[cfg(feature = "first-form")]
use wasm_bindgen::JsCast;

/// The attribute with the number of nodes there were: a form that something else altered is drawn anew.
pub const NODES: &str = "data-oaw-nodes";
/// The attribute with what to say when the code can't be loaded.
pub const FAILED: &str = "data-oaw-failed";
/// The attribute of a form that was submitted, with the value of the button that was pressed.
#[cfg(feature = "first-form")]
const HELD: &str = "data-oaw-held";
/// Its value once that was carried out; it shows until the widget has drawn.
#[cfg(feature = "first-form")]
const CARRIED_OUT: &str = "*";
/// Prefix of the element ids.
pub const ID: &str = "oaw";

/// What the elements of the first form depend on; `None` where the first screen is another one. What only
/// attributes depend on does not count: taking over sets those.
pub fn shape(config: &Config) -> Option<String> {
    let machine = Machine::new(config.settings.clone());
    let Step::Start(start) = &machine.screen().step else { return None };
    let ViewOptions { remember_me, .. } = config.into();
    let parts = [
        ("password", !start.without_password),
        ("remember", remember_me),
        ("recovery", start.offers_recovery),
        ("unlock", start.offers_unlock),
        ("registration", start.offers_registration),
    ];
    let there = parts.iter().filter(|(_, there)| *there);
    Some(there.fold(env!("OKTA_MARKUP").to_owned(), |shape, (name, _)| [&shape, " ", name].concat()))
}

/// The static form for the inside of `<okta-sign-in>`; `None` where the first screen is another one.
#[cfg(feature = "ssr")]
pub async fn prerender(config: Config) -> Option<String> {
    use crate::components::{SignIn, SignInProps};
    use crate::text::{Key, Text};
    use std::rc::Rc;
    use yew::{Callback, LocalServerRenderer};

    let shape = shape(&config)?;
    let autofocus = config.autofocus;
    let props = SignInProps {
        config: Rc::new(config),
        id: ID.into(),
        on_success: Callback::noop(),
        onward: None,
        hand_on: None,
        page_code: None,
        early: None,
    };
    let html = without_names(&LocalServerRenderer::<SignIn>::with_props(props).render().await);
    let nodes = count_nodes(&html);
    let failed = Text.get(Key::StaticFailed);
    let marked =
        html.replacen("<div", &format!("<div {MARK}=\"{shape}\" {NODES}=\"{nodes}\" {FAILED}=\"{failed}\""), 1);
    // The browser focuses it as it reads the page; taking over does not focus anything.
    let first = if autofocus { "data-first=\"\" autofocus=\"\"" } else { "data-first=\"\"" };
    Some(marked.replacen("data-first=\"\"", first, 1))
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

/// Whether `element` has a static form that this configuration can take over.
#[cfg(feature = "first-form")]
pub(super) fn fits(element: &web_sys::Element, config: &Config) -> bool {
    let found = element.query_selector(&["[", MARK, "]"].concat()).ok().flatten();
    let made = found.and_then(|root| root.get_attribute(MARK));
    made.is_some() && made == shape(config)
}

/// What was submitted in it before the code was there.
#[cfg(feature = "first-form")]
pub(super) fn held(element: &web_sys::Element) -> Option<crate::flow::Intent> {
    let form = element.query_selector(&["form[", HELD, "]"].concat()).ok().flatten()?;
    let pressed = form.get_attribute(HELD)?;
    form.set_attribute(HELD, CARRIED_OUT).ok()?;
    crate::components::held(form.dyn_into().ok()?, pressed)
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
