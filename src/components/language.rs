//! A language for an application in Rust, of a file of `locales/`. Not here: one that the page's scripts have loaded
//! (`embed/language.rs`).

use crate::effects::intl::{construct, said};
use crate::text::{CATALOGUE, Language, Rules, Text};
use js_sys::{Array, Function, JSON, Object, Reflect};
use std::collections::BTreeMap;
use std::fmt;
use wasm_bindgen::{JsCast, JsValue};

/// Why a file is no language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LanguageError {
    /// It is not an object in JSON.
    NotJson,
    /// It has no `@@locale` that the browser reads as a tag.
    NoLocale,
}

impl fmt::Display for LanguageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotJson => "the file is not an object in JSON",
            Self::NoLocale => "the file has no @@locale with a BCP 47 tag",
        })
    }
}

impl std::error::Error for LanguageError {}

/// Reads a file in the Application Resource Bundle format, such as `locales/de.arb`. A message that it does not have is in
/// English. What was read stays in memory: read each file once.
///
/// # Errors
/// When it is no such file.
pub fn from_arb(arb: &str) -> Result<Text, LanguageError> {
    let file = JSON::parse(arb).ok().and_then(|file| file.dyn_into::<Object>().ok()).ok_or(LanguageError::NotJson)?;
    let entries = Object::entries(&file).into_iter().filter_map(|entry| {
        let entry: Array = entry.dyn_into().ok()?;
        Some((entry.get(0).as_string()?, entry.get(1).as_string()?))
    });
    let mut messages = BTreeMap::new();
    let mut tag = None;
    for (name, message) in entries {
        if name == "@@locale" {
            tag = Some(message);
        } else if let Ok(number) = CATALOGUE.binary_search_by_key(&&*name, |(key, _)| key) {
            messages.insert(number, message);
        }
    }
    let tag = tag.ok_or(LanguageError::NoLocale)?;
    let intl = |class: &str| construct(class, &tag, &JsValue::UNDEFINED).ok_or(LanguageError::NoLocale);
    let (plurals, numbers) = (intl("PluralRules")?, intl("NumberFormat")?);
    let is_right_to_left = is_right_to_left(&tag);
    // `format` needs no `this`.
    let select = function(&plurals, "select").map(|select| select.bind0(&plurals));
    let given = Given { messages, select, format: function(&numbers, "format") };
    Ok(Text::of(Language::new(tag, is_right_to_left, Box::new(given))))
}

fn function(object: &JsValue, name: &str) -> Option<Function> {
    Reflect::get(object, &name.into()).ok()?.dyn_into().ok()
}

/// The languages that are written from right to left, in whichever region.
const RIGHT_TO_LEFT: [&str; 10] = ["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"];

fn is_right_to_left(tag: &str) -> bool {
    let language = tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
    RIGHT_TO_LEFT.contains(&language.as_str())
}

struct Given {
    messages: BTreeMap<usize, String>,
    select: Option<Function>,
    format: Option<Function>,
}

impl Rules for Given {
    fn message(&self, number: u16) -> Option<String> {
        self.messages.get(&usize::from(number)).cloned()
    }

    fn plural(&self, number: u32) -> String {
        said(self.select.as_ref(), number).unwrap_or_default()
    }

    fn number(&self, number: u32) -> String {
        said(self.format.as_ref(), number).unwrap_or_else(|| number.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_direction_is_that_of_the_language() {
        assert!(["ar", "he-IL", "FA"].into_iter().all(is_right_to_left));
        assert!(!["de", "arn", "", "en-AR"].into_iter().any(is_right_to_left));
    }
}
