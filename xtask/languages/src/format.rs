//! Takes a message apart: the part of ICU `MessageFormat` that the widget reads (src/text/message.rs there), and nothing more,
//! so that whatever passes is shown as it is meant. Not here: filling one in.

use std::collections::BTreeSet;

use anyhow::{Context as _, bail, ensure};

/// A part of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Text(String),
    Value(String),
    /// A plural: the name of the number, and a message for each selector.
    Plural(String, Vec<(String, Vec<Part>)>),
}

/// The parts of a message.
pub(crate) fn parts(message: &str) -> anyhow::Result<Vec<Part>> {
    let (parts, rest) = read(message, false)?;
    ensure!(rest.is_empty(), "a brace too many before {rest:?}");
    Ok(parts)
}

/// Reads up to the end, or in a plural's message up to the brace that closes it.
fn read(message: &str, is_nested: bool) -> anyhow::Result<(Vec<Part>, &str)> {
    let mut parts = Vec::new();
    let mut rest = message;
    loop {
        let at = rest.find(['{', '}']).unwrap_or(rest.len());
        let (text, from) = rest.split_at(at);
        if !text.is_empty() {
            parts.push(Part::Text(text.to_owned()));
        }
        match from.chars().next() {
            Some('{') => {
                let (part, after) = argument(from.strip_prefix('{').unwrap_or_default())?;
                parts.push(part);
                rest = after;
            }
            None if is_nested => bail!("a brace is missing"),
            _ => return Ok((parts, from)),
        }
    }
}

fn argument(from: &str) -> anyhow::Result<(Part, &str)> {
    let at = from.find([',', '}']).context("a brace is missing")?;
    let (name, rest) = from.split_at(at);
    ensure!(!name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_'), "{name:?} is no name");
    if let Some(rest) = rest.strip_prefix('}') {
        return Ok((Part::Value(name.to_owned()), rest));
    }
    let mut rest = rest.strip_prefix(", plural,").context("only `, plural,` can follow a name")?.trim_start();
    let mut cases = Vec::new();
    while !rest.starts_with('}') {
        let (selector, from) = rest.split_once('{').context("a plural that does not end")?;
        let selector = selector.trim();
        let exact = selector.strip_prefix('=').is_some_and(|number| number.parse::<u32>().is_ok());
        ensure!(exact || CATEGORIES.contains(&selector), "{selector:?} is no number and no plural category");
        let (message, after) = read(from, true)?;
        cases.push((selector.to_owned(), message));
        rest = after.strip_prefix('}').context("a brace is missing")?.trim_start();
    }
    Ok((Part::Plural(name.to_owned(), cases), rest.strip_prefix('}').unwrap_or_default()))
}

const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// The names in a message, at any depth.
pub(crate) fn names(parts: &[Part]) -> BTreeSet<&str> {
    let of = |part| match part {
        &Part::Text(_) => BTreeSet::new(),
        Part::Value(name) => BTreeSet::from([name.as_str()]),
        Part::Plural(name, cases) => cases.iter().flat_map(|(_, parts)| names(parts)).chain([name.as_str()]).collect(),
    };
    parts.iter().flat_map(of).collect()
}

/// The message with its texts changed, and everything else as it is.
pub(crate) fn with_texts(parts: &[Part], change: &impl Fn(&str) -> String) -> String {
    let of = |part: &Part| match part {
        Part::Text(text) => change(text),
        Part::Value(name) => format!("{{{name}}}"),
        Part::Plural(name, cases) => {
            let cases: Vec<String> =
                cases.iter().map(|(selector, parts)| format!("{selector} {{{}}}", with_texts(parts, change))).collect();
            format!("{{{name}, plural, {}}}", cases.join(" "))
        }
    };
    parts.iter().map(of).collect()
}
