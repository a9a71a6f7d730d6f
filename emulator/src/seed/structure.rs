//! Compares a parsed file with the schema of its types, and reports every difference: keys that do not exist, keys that
//! are missing, values of another type, values that are none of those that a key can have.
//!
//! Not here: checks across values (`build.rs`), and the schema (`schema.rs`).

use serde_json::{Map, Value};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::Mistake;

/// How alike two words are that one is a misspelling of the other, from 0 to 1.
const ALIKE: f64 = 0.75;

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) mistakes: Vec<Mistake>,
    /// Whether there is more than unknown keys, which are removed from the table: it can not be read then.
    pub(super) is_unreadable: bool,
}

/// Compares the file with the schema.
pub(super) fn compare(file: &mut Spanned<DeTable<'_>>, schema: &Value) -> Found {
    let mut comparison = Comparison { schema, found: Found::default() };
    let span = file.span();
    comparison.table(file.get_mut(), span, schema, "");
    comparison.found
}

struct Comparison<'a> {
    schema: &'a Value,
    found: Found,
}

impl<'a> Comparison<'a> {
    fn report(&mut self, span: std::ops::Range<usize>, what: String) {
        self.found.is_unreadable = true;
        self.found.mistakes.push(Mistake { span: Some(span), what });
    }

    fn table(&mut self, table: &mut DeTable<'_>, span: std::ops::Range<usize>, schema: &'a Value, place: &str) {
        let known = schema.get("properties").and_then(Value::as_object);
        let others = schema.get("additionalProperties").filter(|others| others.is_object());
        for (key, mut value) in std::mem::replace(table, DeTable::new()) {
            let name: &str = key.get_ref();
            let inner = if place.is_empty() { name.to_owned() } else { format!("{place}.{name}") };
            if let Some(schema) = known.and_then(|known| known.get(name)).or(others) {
                self.value(&mut value, schema, &inner);
                table.insert(key, value);
            } else {
                let what = unknown_key(name, place, known);
                self.found.mistakes.push(Mistake { span: Some(key.span()), what });
            }
        }
        for name in schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
            if !table.iter().any(|(key, _)| key.get_ref() == name) {
                let place = if place.is_empty() { "the file".to_owned() } else { format!("`{place}`") };
                self.report(span.clone(), format!("`{name}` is missing in {place}"));
            }
        }
    }

    fn value(&mut self, value: &mut Spanned<DeValue<'_>>, schema: &'a Value, place: &str) {
        let schema = self.resolved(schema);
        let words = words(schema);
        let span = value.span();
        let expected = type_of(schema);
        let is = value.get_ref().type_str();
        match (expected, value.get_mut()) {
            (Some("object"), DeValue::Table(table)) => self.table(table, span, schema, place),
            (Some("array"), DeValue::Array(items)) => {
                let Some(schema) = schema.get("items") else { return };
                for item in items.iter_mut() {
                    self.value(item, schema, place);
                }
            }
            (_, DeValue::String(word)) if !words.is_empty() => {
                if !words.contains(&&**word) {
                    let nearest = nearest(word, words.iter().copied());
                    let nearest = nearest.map(|word| format!("; did you mean `{word}`?")).unwrap_or_default();
                    let what = format!("`{place}` can not be `{word}`, only {}{nearest}", list(&words));
                    self.report(span, what);
                }
            }
            (Some("string"), DeValue::String(_)) | (Some("boolean"), DeValue::Boolean(_)) | (None, _) => {}
            (Some("integer"), DeValue::Integer(number)) => {
                if let Some(what) = out_of_range(i128::from_str_radix(number.as_str(), number.radix()).ok(), schema) {
                    self.report(span, format!("`{place}` {what}"));
                }
            }
            (Some("array"), DeValue::Table(_)) => {
                self.report(span, format!("`{place}` is a list: each of its tables begins with [[{place}]]"));
            }
            (Some(expected), _) => {
                self.report(span, format!("`{place}` has to be {}, and is {}", in_words(expected), in_words(is)));
            }
        }
    }

    /// Follows references, and takes the alternative that is not null.
    fn resolved(&self, schema: &'a Value) -> &'a Value {
        if let Some(name) = schema.get("$ref").and_then(Value::as_str).and_then(|path| path.strip_prefix('#')) {
            return self.schema.pointer(name).map_or(schema, |schema| self.resolved(schema));
        }
        let mut others = schema.get("anyOf").and_then(Value::as_array).into_iter().flatten();
        match others.find(|other| other.get("type").and_then(Value::as_str) != Some("null")) {
            Some(other) => self.resolved(other),
            None => schema,
        }
    }
}

fn unknown_key(name: &str, place: &str, known: Option<&Map<String, Value>>) -> String {
    let known: Vec<&str> = known.into_iter().flat_map(Map::keys).map(String::as_str).collect();
    let place = if place.is_empty() { "the file".to_owned() } else { format!("`{place}`") };
    match nearest(name, known.iter().copied()) {
        Some(nearest) => format!("there is no key `{name}` in {place}; did you mean `{nearest}`?"),
        None => format!("there is no key `{name}` in {place}; its keys are {}", list(&known)),
    }
}

/// The word that is most like this one, if any is like it.
fn nearest<'a>(word: &str, words: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let likeness = |other: &str| strsim::jaro_winkler(&word.to_lowercase(), &other.to_lowercase());
    words
        .map(|other| (likeness(other), other))
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .max_by(|(one, _), (other, _)| one.total_cmp(other))
        .map(|(_, word)| word)
}

fn list(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// The words that a value can be; empty if it can be any.
pub(super) fn words(schema: &Value) -> Vec<&str> {
    let listed = schema.get("enum").and_then(Value::as_array).into_iter().flatten();
    let described = schema.get("oneOf").and_then(Value::as_array).into_iter().flatten().flat_map(|one| {
        one.get("const").into_iter().chain(one.get("enum").and_then(Value::as_array).into_iter().flatten())
    });
    listed.chain(described).filter_map(Value::as_str).collect()
}

/// The type that is not null.
pub(super) fn type_of(schema: &Value) -> Option<&str> {
    match schema.get("type")? {
        Value::String(name) => Some(name),
        Value::Array(names) => names.iter().filter_map(Value::as_str).find(|name| *name != "null"),
        _ => None,
    }
}

fn out_of_range(number: Option<i128>, schema: &Value) -> Option<&'static str> {
    let number = number?;
    let bits_32 = schema.get("format").and_then(Value::as_str) == Some("uint32");
    if number < 0 {
        Some("must not be negative")
    } else if bits_32 && number > i128::from(u32::MAX) {
        Some("is too large")
    } else {
        None
    }
}

fn in_words(name: &str) -> &str {
    match name {
        "object" | "table" => "a table",
        "array" => "a list",
        "string" => "a text in quotation marks",
        "boolean" => "true or false",
        "integer" => "a whole number",
        "float" => "a number with a fraction",
        "datetime" => "a date",
        other => other,
    }
}
