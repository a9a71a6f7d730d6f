//! Words. Every string a person reads is a [`Key`] of the catalogue `locales/en.json`, looked up here and
//! filled with values as plain text. Never here: markup, or a decision.

mod factor;
mod hook;
mod notice;
mod policy;
mod region;

pub use factor::{factor_name, question};
pub use hook::{field_label, wrong};
pub use notice::notice;
pub use policy::{password_title, remember_device, rule};
pub use region::{REGIONS, e164};

include!(concat!(env!("OUT_DIR"), "/keys.rs"));

/// The catalogue in use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Text;

impl Text {
    /// The message of that key.
    pub fn get(self, key: Key) -> &'static str {
        ENGLISH.get(key as usize).copied().unwrap_or_default()
    }

    /// The message with its `{placeholders}` filled. Values are not looked at again, so a value cannot
    /// bring a placeholder of its own.
    pub fn fill(self, key: Key, values: &[(&str, &str)]) -> String {
        let mut filled = String::new();
        let mut rest = self.get(key);
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let Some((name, after)) = after.split_once('}') else { break };
            let value = values.iter().find(|(placeholder, _)| *placeholder == name);
            filled.push_str(value.map_or("", |(_, value)| value));
            rest = after;
        }
        filled.push_str(rest);
        filled
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_placeholders_once() {
        let said = Text.fill(Key::SessionAs, &[("login", "{login} <b>x</b>")]);
        assert_eq!(said, "Signed in as {login} <b>x</b>");
    }

    #[test]
    fn keys_and_messages_belong_together() {
        assert_eq!(NAMES.len(), ENGLISH.len());
        assert_eq!(NAMES.get(Key::PrimaryTitle as usize), Some(&"primary.title"));
        assert_eq!(Text.get(Key::PrimaryTitle), "Sign in");
        assert!(
            ENGLISH
                .iter()
                .all(|text| !text.trim().is_empty() && text.matches('{').count() == text.matches('}').count())
        );
    }
}
