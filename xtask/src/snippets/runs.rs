//! Whether the code on the emulator's pages was run: each block of code stands, word for word, in a file that the tests
//! run, or is run by a program that reads the page, or says why it is not run. Not here: running it.
//!
//! A page says so in comments, above a block or above its first heading for all of its blocks:
//!
//! - `<!-- run by: FILE -->`: the file reads the page, and names it; for doctests and the like
//! - `<!-- not run: REASON -->`: where it can't be run, or is what a program prints. A reason that names a folder below
//!   `examples/` is one for a block that stands in a file there, which is compiled only

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail, ensure};

use crate::{links, workspace};

/// The pages: those below this folder, and those of the packages.
const PAGES: &str = "docs/emulator/";
const PAGES_OF_PACKAGES: [&str; 2] = ["emulator/npm/okta-emulator/README.md", "emulator/python/README.md"];

/// Files and folders that the tests run, of which a block may be a part.
const TESTED: [&str; 6] = [
    "emulator/examples",
    "emulator/npm/test",
    "emulator/python/tests",
    "emulator/sample-org.toml",
    "emulator/tests",
    "examples/emulator",
];

/// Below those, what is only compiled here.
const COMPILED_ONLY: [&str; 2] = ["examples/emulator/cypress", "examples/emulator/testcontainers"];

/// Fails with one line for every block that nothing runs, and counts the others.
pub(crate) fn check() -> anyhow::Result<()> {
    let files = files()?;
    let mut counts = Counts::default();
    let mut mistakes = Vec::new();
    for (path, page) in links::pages()?.iter().filter(|(path, _)| is_checked(path)) {
        let text = fs::read_to_string(workspace::root().join(path)).with_context(|| path.clone())?;
        for code in page.code.iter().filter(|code| is_block(&text, code.line)) {
            let verdict = judge(path, &text, code.line, &code.text, &files);
            counts.add(&verdict);
            if let Verdict::Wrong(why) = verdict {
                mistakes.push(format!("{path}:{}: {why}", code.line));
            }
        }
    }
    println!("{counts}");
    if mistakes.is_empty() { Ok(()) } else { bail!("{}", mistakes.join("\n")) }
}

fn is_checked(path: &str) -> bool {
    path.starts_with(PAGES) || PAGES_OF_PACKAGES.contains(&path)
}

/// What becomes of a block.
#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    /// It is a part of a file that the tests run.
    Part,
    /// This file runs it.
    RunBy(String),
    /// The page says why it is not run.
    NotRun(String),
    Wrong(String),
}

fn judge(path: &str, page: &str, line: usize, code: &str, files: &BTreeMap<String, String>) -> Verdict {
    if let Some(reason) = remark(page, line, "not run:") {
        return not_run(reason, code, files);
    }
    if let Some(file) = remark(page, line, "run by:").or_else(|| remark_of_page(page, "run by:")) {
        return match names(&file, path) {
            Ok(()) => Verdict::RunBy(file),
            Err(error) => Verdict::Wrong(format!("{error:#}")),
        };
    }
    if files.iter().any(|(path, text)| !is_compiled_only(path) && has(text, code)) {
        return Verdict::Part;
    }
    Verdict::Wrong(format!(
        "nothing runs this block. Have it stand, word for word, in a file below {} that the tests run; or write above it \
         `<!-- run by: FILE -->`, where FILE reads this page; or `<!-- not run: REASON -->`",
        TESTED.join(", ")
    ))
}

fn not_run(reason: String, code: &str, files: &BTreeMap<String, String>) -> Verdict {
    let folder = reason.split(' ').find(|word| word.starts_with("examples/"));
    match folder {
        _ if reason.is_empty() => Verdict::Wrong("`not run:` needs a reason".to_owned()),
        Some(folder) if !files.iter().any(|(path, text)| path.starts_with(folder) && has(text, code)) => {
            Verdict::Wrong(format!("no file of {folder} has this block"))
        }
        _ => Verdict::NotRun(reason),
    }
}

/// An error unless the file is there and names the page, by its file name.
fn names(file: &str, page: &str) -> anyhow::Result<()> {
    let text = fs::read_to_string(workspace::root().join(file)).with_context(|| format!("`run by: {file}`"))?;
    let name = page.rsplit('/').next().unwrap_or(page);
    ensure!(text.contains(name), "{file} does not name {name}, so it can't run the block");
    Ok(())
}

/// Whether the lines of the code follow each other in the text, indented by the same.
fn has(text: &str, code: &str) -> bool {
    let wanted: Vec<&str> = code.trim_end().lines().map(str::trim_end).collect();
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.windows(wanted.len().max(1)).any(|window| {
        let indent = |line: &str| line.len() - line.trim_start().len();
        let first = wanted.iter().zip(window).find(|(wanted, _)| !wanted.is_empty());
        let Some(by) = first.and_then(|(wanted, line)| indent(line).checked_sub(indent(wanted))) else { return false };
        window.iter().zip(&wanted).all(|(line, wanted)| {
            if wanted.is_empty() { line.is_empty() } else { line.get(by..) == Some(wanted) && indent(line) >= by }
        })
    })
}

/// Whether the line begins a block, and not a word of code within a sentence.
fn is_block(page: &str, line: usize) -> bool {
    let begins = page.lines().nth(line.saturating_sub(1)).unwrap_or_default();
    begins.trim_start().starts_with("```") || begins.starts_with("    ")
}

/// What a comment right above the line says after these words.
fn remark(page: &str, line: usize, words: &str) -> Option<String> {
    let above: Vec<&str> = page.lines().take(line.saturating_sub(1)).collect();
    let last = above.iter().rev().find(|line| !line.trim().is_empty())?;
    comment(last, words)
}

/// What a comment above the first heading says after these words.
fn remark_of_page(page: &str, words: &str) -> Option<String> {
    page.lines().take_while(|line| !line.starts_with('#')).find_map(|line| comment(line, words))
}

fn comment(line: &str, words: &str) -> Option<String> {
    let inside = line.trim().strip_prefix("<!--")?.strip_suffix("-->")?.trim();
    Some(inside.strip_prefix(words)?.trim().to_owned())
}

fn is_compiled_only(path: &str) -> bool {
    COMPILED_ONLY.iter().any(|folder| path.starts_with(folder))
}

/// The text of every file that the tests run or compile.
fn files() -> anyhow::Result<BTreeMap<String, String>> {
    let mut texts = BTreeMap::new();
    for place in TESTED {
        let place = workspace::root().join(place);
        let files: Vec<PathBuf> = if place.is_dir() { sources(&place)? } else { vec![place] };
        for file in files.into_iter().filter(|file| file.is_file()) {
            let path = file.strip_prefix(workspace::root())?.to_string_lossy().replace('\\', "/");
            let is_other = workspace::has_extension(&file, &["md"]) || path.ends_with("package-lock.json");
            if is_other {
                continue;
            }
            // What is no text has no code for a page.
            if let Ok(text) = fs::read_to_string(&file) {
                texts.insert(path, text);
            }
        }
    }
    Ok(texts)
}

/// The files below a folder, without what is installed there.
fn sources(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let is_installed = |file: &PathBuf| {
        file.components()
            .any(|part| matches!(part.as_os_str().to_str(), Some("node_modules" | ".venv" | "__pycache__")))
    };
    Ok(workspace::files_below(folder)?.into_iter().filter(|file| !is_installed(file)).collect())
}

/// How many blocks there are of each kind.
#[derive(Debug, Default)]
struct Counts {
    parts: usize,
    run_by: usize,
    not_run: BTreeMap<String, usize>,
}

impl Counts {
    fn add(&mut self, verdict: &Verdict) {
        match verdict {
            Verdict::Part => self.parts += 1,
            Verdict::RunBy(_) => self.run_by += 1,
            Verdict::NotRun(reason) => *self.not_run.entry(reason.clone()).or_default() += 1,
            Verdict::Wrong(_) => {}
        }
    }
}

impl std::fmt::Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let not_run: usize = self.not_run.values().sum();
        write!(f, "{} blocks of code are run as parts of files, ", self.parts)?;
        write!(f, "{} by what reads the page, {not_run} not:", self.run_by)?;
        self.not_run.iter().try_for_each(|(reason, count)| write!(f, "\n  {count}: {reason}"))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn the_code_on_the_emulators_pages_is_run() {
        check().unwrap();
    }

    #[test]
    fn a_block_is_part_of_a_file_at_any_indentation() {
        let text = "fn main() {\n    if a {\n        b();\n\n    }\n}\n";
        for part in ["b();\n", "if a {\n    b();\n\n}\n", "fn main() {\n"] {
            assert!(has(text, part), "{part}");
        }
        for other in ["if a {\nb();\n", "if a {\n    c();\n", "a {\n", "if a {\n    b();\n}\n", ""] {
            assert!(!has(text, other), "{other}");
        }
    }

    #[test]
    fn a_page_says_what_runs_a_block() {
        let file = |path: &str, text: &str| (path.to_owned(), text.to_owned());
        let files = BTreeMap::from([
            file("examples/emulator/a.js", "a();\n"),
            file("examples/emulator/cypress/c.js", "c();\n"),
        ]);
        let judge = |page: &str, line, code| judge("docs/emulator/x.md", page, line, code, &files);
        assert_eq!(judge("```js\na();\n```\n", 1, "a();\n"), Verdict::Part);
        assert!(matches!(judge("```js\nb();\n```\n", 1, "b();\n"), Verdict::Wrong(_)));
        let not_run = "# X\n\n<!-- not run: needs Java -->\n\n```java\nb();\n```\n";
        assert_eq!(judge(not_run, 5, "b();\n"), Verdict::NotRun("needs Java".to_owned()));
        assert!(matches!(judge("<!-- not run: -->\n```\nb();\n```\n", 2, "b();\n"), Verdict::Wrong(_)));
        // What is compiled only has to say so, and to be there.
        assert!(matches!(judge("```js\nc();\n```\n", 1, "c();\n"), Verdict::Wrong(_)));
        let compiled = "<!-- not run: compiled in examples/emulator/cypress -->\n```js\n";
        assert!(matches!(judge(compiled, 2, "c();\n"), Verdict::NotRun(_)));
        assert!(matches!(judge(compiled, 2, "d();\n"), Verdict::Wrong(_)));
        // A file that does not name the page, and one that is not there.
        for file in ["Cargo.toml", "nothing.rs"] {
            let page = format!("<!-- run by: {file} -->\n# X\n\n```rust\nb();\n```\n");
            assert!(matches!(judge(&page, 4, "b();\n"), Verdict::Wrong(_)), "{file}");
        }
        let page = "<!-- run by: xtask/src/snippets/runs.rs -->\n# X\n\n```rust\nb();\n```\n";
        assert_eq!(judge(page, 4, "b();\n"), Verdict::RunBy("xtask/src/snippets/runs.rs".to_owned()));
    }
}
