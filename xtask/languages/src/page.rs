//! The table of the languages in docs/languages.md. Not here: the rest of that page.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};

use crate::catalogue::Catalogue;
use crate::rules::is_right_to_left;
use crate::sizes::Sizes;

const BEGIN: &str = "<!-- languages: written by `UPDATE_EXPECT=1 cargo xtask languages` -->\n";
const END: &str = "<!-- end of languages -->";

/// How the comment of a language begins that nobody has reviewed.
const NOT_REVIEWED: &str = "Not yet reviewed";

/// The table of these languages, English first, with the number of messages above it.
pub fn table(english: &Catalogue, others: &[Catalogue], sizes: &Sizes) -> anyhow::Result<String> {
    let all = english.messages.len();
    let mut out = format!("{} languages, {all} messages. Sizes are bytes after brotli.\n\n", others.len() + 1);
    out.push_str(
        "| tag | name | translated | direction | first file | rest file | reviewed |\n|---|---|--:|---|--:|--:|---|\n",
    );
    for catalogue in std::iter::once(english).chain(others) {
        let Catalogue { tag, name, comment, messages } = catalogue;
        let name = name.as_deref().unwrap_or("-");
        let translated = english.messages.keys().filter(|key| messages.contains_key(*key)).count();
        let direction = if is_right_to_left(tag)? { "right to left" } else { "left to right" };
        let [first, rest] = match sizes.0.get(tag) {
            Some(sizes) => sizes.map(thousands),
            None => ["-".to_owned(), "-".to_owned()],
        };
        let reviewed = match comment.as_deref() {
            _ if tag == &english.tag => "the original",
            Some(comment) if !comment.starts_with(NOT_REVIEWED) => comment,
            _ => "not yet",
        };
        let cells = [tag, name, &format!("{translated} of {all}"), direction, &first, &rest, reviewed];
        let _infallible = writeln!(out, "| {} |", cells.join(" | "));
    }
    Ok(out)
}

/// What is wrong with the table in docs/languages.md: nothing, or one line. Of the sizes that were measured, those count that
/// are far from the written ones. With `update`, the table is written again instead.
pub fn check(
    english: &Catalogue,
    others: &[Catalogue],
    measured: &Sizes,
    update: bool,
) -> anyhow::Result<Option<String>> {
    let file = file();
    let page = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    let (before, written, after) = split(&page)?;
    let sizes = measured.clone().or_known(&written_sizes(written), update);
    let table = format!("\n{}\n", table(english, others, &sizes)?);
    if table == written {
        return Ok(None);
    }
    if update {
        fs::write(&file, [before, BEGIN, &table, END, after].concat()).with_context(|| file.display().to_string())?;
        return Ok(None);
    }
    Ok(Some(
        "docs/languages.md: its table is not that of the files: `UPDATE_EXPECT=1 cargo xtask languages`".to_owned(),
    ))
}

fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join("..").join("docs").join("languages.md")
}

/// The page before the table, the table, and the page after it.
fn split(page: &str) -> anyhow::Result<(&str, &str, &str)> {
    let parts = page.split_once(BEGIN).and_then(|(before, rest)| {
        let (table, after) = rest.split_once(END)?;
        Some((before, table, after))
    });
    let parts = parts.context("docs/languages.md has no place for the table")?;
    ensure!(!parts.2.contains(BEGIN), "docs/languages.md has two places for the table");
    Ok(parts)
}

/// The sizes in a table.
fn written_sizes(table: &str) -> Sizes {
    let row = |line: &str| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let &[tag, _, _, _, first, rest, _] = cells.as_slice() else { return None };
        let bytes = |cell: &str| cell.replace(',', "").parse().ok();
        Some((tag.to_owned(), [bytes(first)?, bytes(rest)?]))
    };
    Sizes(table.lines().filter_map(row).collect::<BTreeMap<_, _>>())
}

/// `12,345`
fn thousands(number: usize) -> String {
    match (number / 1_000, number % 1_000) {
        (0, rest) => rest.to_string(),
        (thousands, rest) => format!("{thousands},{rest:03}"),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::{all, english};

    /// Without the sizes, which need the built bundle: `cargo xtask test` compares them.
    #[test]
    fn the_table_is_that_of_the_files() {
        let update = std::env::var_os("UPDATE_EXPECT").is_some();
        assert_eq!(check(&english().unwrap(), &all().unwrap(), &Sizes::default(), update).unwrap(), None);
    }

    #[test]
    fn a_row_says_what_is_there_and_what_is_not() {
        let parse = |tag: &str, rest: &str| Catalogue::parse(&format!("{{\"@@locale\":{tag:?},{rest}}}")).unwrap();
        let english = parse("en", r#""a": "A", "b": "B""#);
        let arabic = parse("ar", r#""@@comment": "Not yet reviewed by anybody.", "@@x-name": "العربية", "a": "أ""#);
        let german = parse("de", r#""@@comment": "Reviewed in 2027.", "a": "A", "b": "B""#);
        let sizes = Sizes(BTreeMap::from([("ar".to_owned(), [999, 12_034])]));
        let table = table(&english, &[arabic, german], &sizes).unwrap();
        for row in [
            "3 languages, 2 messages.",
            "| en | - | 2 of 2 | left to right | - | - | the original |",
            "| ar | العربية | 1 of 2 | right to left | 999 | 12,034 | not yet |",
            "| de | - | 2 of 2 | left to right | - | - | Reviewed in 2027. |",
        ] {
            assert!(table.contains(row), "{row}\n{table}");
        }
        assert_eq!(written_sizes(&table), sizes);
    }
}
