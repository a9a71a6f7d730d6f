//! The markup after what a user does without an event of the machine: types a new password, shows a password, presses
//! Caps Lock, opens a menu. The browser code of the views changes the elements in the same way. Not here: which entries
//! show such a state.

use crate::entry::text;
use okta_authn_widget::text::Key;

/// A menu is open.
pub(crate) fn with_menu_open(html: &str) -> String {
    html.replace("<details ", "<details open ")
}

/// Caps Lock is on while a password is typed.
pub(crate) fn with_caps_lock(html: &str) -> String {
    let mut parts = html.split("data-caps=\"");
    let mut changed = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let text = part.split_once('"').map_or("", |(text, _)| text);
        changed.push_str("data-caps=\"");
        changed.push_str(&part.replacen('>', &[">", text].concat(), 1));
    }
    changed
}

/// Passwords are typed and shown.
pub(crate) fn with_password_shown(html: &str) -> String {
    let mut changed = html
        .replace("<div class=\"oaw-field oaw-secret\"", "<div class=\"oaw-field oaw-secret\" data-shown=\"\"")
        .replace("type=\"password\"", "type=\"text\" value=\"a password\"");
    if let (Some(show), Some(hide)) = (attribute(html, "data-show"), attribute(html, "data-hide")) {
        for name in [" aria-label", " title"] {
            changed = changed.replace(&format!("{name}=\"{show}\""), &format!("{name}=\"{hide}\""));
        }
    }
    changed
}

/// The first value of this attribute.
fn attribute<'a>(html: &'a str, name: &str) -> Option<&'a str> {
    let (_, after) = html.split_once(&format!(" {name}=\""))?;
    Some(after.split_once('"')?.0)
}

/// A new password is typed that meets the first `count` rules, and no other.
pub(crate) fn with_rules_met(html: &str, count: usize) -> String {
    const RULE: &str = "<li class=\"oaw-rule\">";
    let state = |key| format!("<span class=\"oaw-hidden\">, {}</span></li>", text().get(key));
    let mut parts = html.split(RULE);
    let mut changed = parts.next().unwrap_or_default().to_owned();
    for (place, part) in parts.enumerate() {
        let (start, key) = if place < count {
            ("<li class=\"oaw-rule oaw-rule-met\">", Key::RULE_MET)
        } else {
            (RULE, Key::RULE_UNMET)
        };
        changed.push_str(start);
        changed.push_str(&part.replacen("</li>", &state(key), 1));
    }
    changed
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "<div class=\"oaw-field oaw-secret\"><input type=\"password\"><button aria-label=\"Show\" \
        title=\"Show\" data-show=\"Show\" data-hide=\"Hide\"></button><p data-caps=\"Caps\" role=\"status\"></p></div>";

    #[test]
    fn a_shown_password() {
        let shown = with_password_shown(SECRET);
        for part in [
            "oaw-secret\" data-shown=\"\">",
            "type=\"text\"",
            "aria-label=\"Hide\" title=\"Hide\" data-show=\"Show\" data-hide=\"Hide\"",
        ] {
            assert!(shown.contains(part), "{part}: {shown}");
        }
    }

    #[test]
    fn caps_lock() {
        assert!(with_caps_lock(SECRET).contains("<p data-caps=\"Caps\" role=\"status\">Caps</p>"));
    }

    #[test]
    fn each_rule_has_a_state() {
        let rules = with_rules_met("<ul><li class=\"oaw-rule\">a</li><li class=\"oaw-rule\">b</li></ul>", 1);
        let state = |key| format!("<span class=\"oaw-hidden\">, {}</span>", text().get(key));
        let expected = [
            "<ul><li class=\"oaw-rule oaw-rule-met\">a",
            &state(Key::RULE_MET),
            "</li><li class=\"oaw-rule\">b",
            &state(Key::RULE_UNMET),
            "</li></ul>",
        ];
        assert_eq!(rules, expected.concat());
    }
}
