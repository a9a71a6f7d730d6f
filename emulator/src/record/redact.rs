//! Replaces what belongs to an org or a person in JSON bodies, addresses and bodies of requests. Only the words of the
//! protocol are kept (`vocabulary.rs`); the same value gets the same replacement wherever it stands.
//!
//! Not here: what a replacement looks like (`redact/shape.rs`), and which one a value has (`redact/replacements.rs`).

mod address;
mod date;
mod replacements;
mod shape;

use serde_json::{Map, Number, Value, json};
use time::UtcDateTime;
use url::Url;

use self::{replacements::Replacements, shape::Shape};
use super::vocabulary::{self, Vocabulary};

/// Deeper bodies are replaced as a whole.
const MAX_DEPTH: usize = 64;

/// Redacts one recording.
#[derive(Debug)]
pub(super) struct Redactor {
    vocabulary: Vocabulary,
    replacements: Replacements,
    /// When the recording began.
    began: UtcDateTime,
}

/// Where a value stands.
#[derive(Clone, Copy)]
struct Place<'a> {
    member: &'a str,
    is_in_link: bool,
    depth: usize,
}

impl Redactor {
    /// For a recording of this org that begins now, with words that are kept beside the protocol's.
    pub(super) fn new(org: &Url, kept: &[String]) -> Self {
        let mut replacements = Replacements::from_system();
        replacements.set_host(&address::authority(org), "org.example");
        Self { vocabulary: Vocabulary::with(kept), replacements, began: UtcDateTime::now() }
    }

    /// Names a host in the recording.
    pub(super) fn name_host(&mut self, url: &Url, name: &str) {
        self.replacements.set_host(&address::authority(url), name);
    }

    /// The body of an answer.
    pub(super) fn body(&mut self, body: &Value) -> Value {
        self.value(body, Place { member: "", is_in_link: false, depth: 0 })
    }

    /// An address: absolute, or a path of the org.
    pub(super) fn address(&mut self, text: &str) -> String {
        self.text(text, "href")
    }

    /// The body of a request without its values: the names of its members and the types of what they have. The words
    /// that the protocol defines for a member are kept.
    pub(super) fn outline(&mut self, body: &Value) -> Value {
        self.outline_of(body, "", 0)
    }

    /// The fields of a form without their values.
    pub(super) fn outline_of_form(&mut self, form: &[u8]) -> Value {
        let fields: Vec<(String, String)> = url::form_urlencoded::parse(form).into_owned().collect();
        let outline = fields.iter().map(|(name, value)| {
            let value = self.outline_of(&json!(value), name, 0);
            (self.parameter(name), value)
        });
        Value::Object(outline.collect())
    }

    fn outline_of(&mut self, value: &Value, member: &str, depth: usize) -> Value {
        match value {
            _ if depth > MAX_DEPTH => json!("(too deep)"),
            Value::Object(members) => members
                .iter()
                .map(|(name, value)| {
                    let outline = self.outline_of(value, name, depth + 1);
                    (self.member(name), outline)
                })
                .collect::<Map<_, _>>()
                .into(),
            Value::Array(items) => items.iter().map(|item| self.outline_of(item, member, depth + 1)).collect(),
            Value::String(text) if self.vocabulary.has_value(member, text, false) => value.clone(),
            Value::String(_) => json!("(text)"),
            Value::Number(_) => json!("(number)"),
            Value::Bool(_) | Value::Null => value.clone(),
        }
    }

    fn value(&mut self, value: &Value, place: Place<'_>) -> Value {
        let Place { member, depth, .. } = place;
        match value {
            _ if depth > MAX_DEPTH => Value::Null,
            Value::Object(members) => {
                let is_in_link = members.contains_key("href");
                let members = members.iter().map(|(name, value)| {
                    let redacted = self.value(value, Place { member: name, is_in_link, depth: depth + 1 });
                    (self.member(name), redacted)
                });
                Value::Object(members.collect())
            }
            Value::Array(items) => {
                items.iter().map(|item| self.value(item, Place { depth: depth + 1, ..place })).collect()
            }
            Value::String(text) if self.vocabulary.has_value(member, text, place.is_in_link) => value.clone(),
            Value::String(text) => Value::String(self.nested(text, place).unwrap_or_else(|| self.text(text, member))),
            Value::Number(number) => Value::Number(self.number(number, member)),
            Value::Bool(_) | Value::Null => value.clone(),
        }
    }

    /// JSON inside a string.
    fn nested(&mut self, text: &str, place: Place<'_>) -> Option<String> {
        let is_json = text.starts_with(['{', '[']);
        let nested: Value = is_json.then(|| serde_json::from_str(text).ok()).flatten()?;
        Some(self.value(&nested, Place { depth: place.depth + 1, ..place }).to_string())
    }

    fn member(&mut self, name: &str) -> String {
        if self.vocabulary.has_member(name) { name.to_owned() } else { self.text(name, "") }
    }

    fn parameter(&mut self, name: &str) -> String {
        if self.vocabulary.has_parameter(name) { name.to_owned() } else { self.text(name, "") }
    }

    /// A string that is not kept. Its replacement depends on the string alone, except for languages and time zones.
    fn text(&mut self, text: &str, member: &str) -> String {
        if let Some(usual) = vocabulary::usual_value(member) {
            return usual.to_owned();
        }
        match Shape::of(text) {
            Shape::Address => self.absolute(text),
            Shape::Path => self.path(text),
            Shape::Picture => shape::PICTURE.to_owned(),
            Shape::Prefixed(prefix, rest) => format!("{prefix}{}", self.text(rest, "")),
            Shape::Date(moment) => date::replaced(moment, self.began, &mut self.replacements),
            shape => self.replacements.of(text, |random| shape.replacement(text, random)),
        }
    }

    /// Zero, one and minus one say as little as a boolean does.
    fn number(&mut self, number: &Number, member: &str) -> Number {
        let is_flag = number.as_i64().is_some_and(|number| (-1..=1).contains(&number));
        if is_flag || self.vocabulary.has_number(member) {
            return number.clone();
        }
        let text = number.to_string();
        let replaced = self.replacements.of(&text, |random| Shape::Digits.replacement(&text, random));
        serde_json::from_str(&replaced).unwrap_or_else(|_| Number::from(2))
    }
}

#[cfg(test)]
mod tests;
