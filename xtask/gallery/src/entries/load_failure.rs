//! What an element shows where the program cannot be loaded. The page's script creates it (`message.js`,
//! `load-failure.js`), so its markup is repeated here. Not here: what the program renders.

use crate::entry::Entry;
use okta_authn_widget::text::Key;

/// The message in the static form of `<okta-sign-in>`.
pub(super) fn in_static_form(start: &Entry) -> anyhow::Result<Entry> {
    let message = ["</h2>", &message(crate::entry::text().get(Key::STATIC_FAILED), "")].concat();
    start.changed("load failure", |html| html.replacen("</h2>", &message, 1))
}

/// The message of an element without a static form.
pub(super) fn of_my_factors() -> Entry {
    with_button("own factors, load failure", Key::LOAD_FAILED, Key::ACTION_RETRY)
}

/// The message where the program has stopped.
pub(super) fn stopped() -> Entry {
    with_button("program stopped", Key::STOPPED_TEXT, Key::STOPPED_RELOAD)
}

fn with_button(name: &str, text: Key, label: Key) -> Entry {
    let (text, label) = (crate::entry::text().get(text), crate::entry::text().get(label));
    let button = format!("<button type=\"button\" class=\"oaw-button\">{label}</button>");
    let html = format!("<div class=\"oaw oaw-panel\">{}</div>", message(text, &button));
    Entry { name: name.to_owned(), html }
}

fn message(text: &str, button: &str) -> String {
    format!(
        "<div class=\"oaw-message oaw-message-error\" role=\"alert\">\
         <div class=\"oaw-message-text\"><p>{text}</p>{button}</div></div>"
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn the_scripts_create_these_elements() {
        const SCRIPTS: &str = concat!(
            include_str!("../../../../src/embed/js/load-failure.js"),
            include_str!("../../../../src/embed/js/message.js"),
        );
        let start = Entry { name: "start".to_owned(), html: "<h2></h2>".to_owned() };
        let html = [in_static_form(&start).unwrap().html, of_my_factors().html].concat();
        let mut values = Vec::new();
        for name in [" class=\"", " role=\"", " type=\""] {
            values.extend(html.split(name).skip(1).filter_map(|part| part.split_once('"')).map(|(value, _)| value));
        }
        assert_eq!(values.len(), 9);
        for value in values {
            assert!(SCRIPTS.contains(&format!("\"{value}\"")), "{value}");
        }
    }
}
