//! How big the bundle is: every file, and the sum of what a first form needs, held against the
//! budget in `size-budget.toml`. It measures what was built and never builds anything smaller.

use std::{collections::BTreeSet, fs, io::Write as _, path::Path};

use anyhow::{Context as _, bail};
use serde::{Deserialize, Serialize};

use crate::{
    bundle,
    table::{self, Align},
    tools, workspace,
};

const BUDGET_FILE: &str = "size-budget.toml";

/// What the bundle may weigh.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Budget {
    /// The most that the files of the first form may add up to.
    first_form_brotli_bytes: usize,
    /// Files that the first form names and does not wait for.
    later_files: BTreeSet<String>,
    /// Files of the demo page that a page of one's own has no use for.
    demo_files: BTreeSet<String>,
}

impl Budget {
    fn read() -> anyhow::Result<Self> {
        let path = workspace::root().join(BUDGET_FILE);
        let text = fs::read_to_string(&path).with_context(|| format!("could not read {}", path.display()))?;
        toml::from_str(&text).with_context(|| format!("in {}", path.display()))
    }
}

/// One file's weight, as it lies there and as it travels.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
struct Weight {
    file: String,
    raw: usize,
    gzip: usize,
    brotli: usize,
    first_form: bool,
}

/// All files' weights and their sum.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    files: Vec<Weight>,
    first_form: Weight,
    first_form_brotli_budget: usize,
}

/// Builds the bundle, measures it and prints the result.
pub(crate) fn run(json: bool, options: bundle::Options) -> anyhow::Result<()> {
    bundle::build(&tools::setup(tools::BUILD)?, options)?;
    let report = measure()?;
    if json {
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        println!("{}", report.table());
    }
    Ok(())
}

/// Measures what lies in `dist/`.
pub(crate) fn measure() -> anyhow::Result<Report> {
    let budget = Budget::read()?;
    let files = read_files(&workspace::dist())?;
    let apart = budget.demo_files.union(&budget.later_files).cloned().collect();
    let first = first_form(&files, &apart);
    if !first.iter().any(|file| has_extension(file, &["wasm"])) {
        bail!("index.html leads to no wasm file: the size of the first form cannot be told");
    }
    let weights = files
        .iter()
        .map(|(file, bytes)| weigh(file, bytes, first.contains(file)))
        .collect::<anyhow::Result<Vec<_>>>()?;
    Ok(Report { first_form: sum(&weights), files: weights, first_form_brotli_budget: budget.first_form_brotli_bytes })
}

impl Report {
    /// An error that says by how much, when the budget is exceeded.
    pub(crate) fn check(&self) -> anyhow::Result<()> {
        let (size, budget) = (self.first_form.brotli, self.first_form_brotli_budget);
        if size > budget {
            bail!(
                "the first form needs {size} bytes (brotli), {} more than the {budget} that \
                 {BUDGET_FILE} allows",
                size - budget
            );
        }
        Ok(())
    }

    /// The report for people.
    pub(crate) fn table(&self) -> String {
        let mut rows = vec![["File", "raw", "gzip", "brotli", ""].map(str::to_owned).to_vec()];
        rows.extend(self.files.iter().chain([&self.first_form]).map(|weight| {
            vec![
                weight.file.clone(),
                thousands(weight.raw),
                thousands(weight.gzip),
                thousands(weight.brotli),
                if weight.first_form { "first form" } else { "" }.to_owned(),
            ]
        }));
        let columns = [Align::Left, Align::Right, Align::Right, Align::Right, Align::Left];
        let mut lines = table::lines(&columns, &rows);
        let (size, budget) = (self.first_form.brotli, self.first_form_brotli_budget);
        lines.push(format!(
            "Budget for the first form: {} bytes brotli, {}",
            thousands(budget),
            if size > budget {
                format!("exceeded by {}", thousands(size - budget))
            } else {
                format!("{} left", thousands(budget - size))
            }
        ));
        lines.join("\n")
    }
}

/// All files below a folder with their contents, by their names from there.
fn read_files(folder: &Path) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let mut files = Vec::new();
    for path in workspace::files_below(folder)? {
        let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        let bytes = fs::read(&path).with_context(|| format!("could not read {}", path.display()))?;
        files.push((name, bytes));
    }
    Ok(files)
}

/// The scripts, styles and modules that index.html leads to, directly or through one another.
///
/// A file leads to another one by naming it. That may find one too many, never one too few.
fn first_form(files: &[(String, Vec<u8>)], demo_files: &BTreeSet<String>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut unread = vec!["index.html"];
    while let Some(name) = unread.pop() {
        let Some((_, bytes)) = files.iter().find(|(file, _)| file == name) else {
            continue;
        };
        let text = String::from_utf8_lossy(bytes);
        for (file, _) in files {
            if has_extension(file, &["js", "mjs", "css", "wasm"])
                && !demo_files.contains(file)
                && !found.contains(file)
                && names(&text, file)
            {
                found.insert(file.clone());
                if !has_extension(file, &["wasm"]) {
                    unread.push(file);
                }
            }
        }
    }
    found
}

/// Whether a text names a file: its last part, not as the end of a longer name.
fn names(text: &str, file: &str) -> bool {
    let base = file.rsplit('/').next().unwrap_or(file);
    text.match_indices(base).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        before.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '-' | '_' | '.'))
    })
}

fn has_extension(file: &str, extensions: &[&str]) -> bool {
    workspace::has_extension(Path::new(file), extensions)
}

fn weigh(file: &str, bytes: &[u8], first_form: bool) -> anyhow::Result<Weight> {
    Ok(Weight { file: file.to_owned(), raw: bytes.len(), gzip: gzip(bytes)?, brotli: brotli(bytes)?, first_form })
}

fn gzip(bytes: &[u8]) -> anyhow::Result<usize> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(bytes)?;
    Ok(gzip.finish()?.len())
}

fn brotli(bytes: &[u8]) -> anyhow::Result<usize> {
    let params =
        brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: bytes.len(), ..Default::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut compressed, &params)?;
    Ok(compressed.len())
}

fn sum(weights: &[Weight]) -> Weight {
    let mut sum = Weight { file: "sum of the first form".to_owned(), first_form: true, ..Weight::default() };
    for weight in weights.iter().filter(|weight| weight.first_form) {
        sum.raw += weight.raw;
        sum.gzip += weight.gzip;
        sum.brotli += weight.brotli;
    }
    sum
}

/// `1,234,567`
fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn file(name: &str, text: &str) -> (String, Vec<u8>) {
        (name.to_owned(), text.as_bytes().to_vec())
    }

    #[test]
    fn the_first_form_is_what_index_html_leads_to() {
        let files = [
            file(
                "index.html",
                "<link href=/widget.css><link href='/demo.css'>\
                 <script type=module src=./start.js></script><a href=landing.html>",
            ),
            file("start.js", "import init from '/okta-sign-in.js'"),
            file("okta-sign-in.js", "import{e}from'./snippets/okta-1/element.js';new URL('okta-sign-in_bg.wasm')"),
            file("snippets/okta-1/element.js", ""),
            file("okta-sign-in_bg.wasm", "other.js"),
            file("widget.css", ""),
            file("demo.css", ""),
            file("landing.html", "<script src=landing.js>"),
            file("landing.js", ""),
            file("other.js", ""),
            file("in.js", ""),
        ];
        let demo = BTreeSet::from(["demo.css".to_owned()]);
        let expected =
            ["okta-sign-in.js", "okta-sign-in_bg.wasm", "snippets/okta-1/element.js", "start.js", "widget.css"];
        assert!(first_form(&files, &demo).iter().eq(expected));
    }

    fn weight(file: &str, size: usize, first_form: bool) -> Weight {
        Weight { file: file.to_owned(), raw: size * 4, gzip: size * 2, brotli: size, first_form }
    }

    fn report(budget: usize) -> Report {
        let files = vec![weight("a.wasm", 1000, true), weight("a.js", 200, true), weight("de.json", 5000, false)];
        Report { first_form: sum(&files), files, first_form_brotli_budget: budget }
    }

    #[test]
    fn only_the_first_form_is_summed() {
        let sum = report(0).first_form;
        assert_eq!((sum.raw, sum.gzip, sum.brotli), (4800, 2400, 1200));
    }

    #[test]
    fn the_budget_fails_by_one_byte_and_says_so() {
        assert!(report(1200).check().is_ok());
        let error = report(1199).check().unwrap_err().to_string();
        assert!(error.contains("1200"), "{error}");
        assert!(error.contains(" 1 more "), "{error}");
    }

    #[test]
    fn the_budget_file_can_be_read() {
        assert!(Budget::read().unwrap().first_form_brotli_bytes > 0);
    }

    #[test]
    fn compression_compresses() {
        let text = "sign in ".repeat(1000);
        assert!(gzip(text.as_bytes()).unwrap() < 100);
        assert!(brotli(text.as_bytes()).unwrap() < 50);
    }

    #[test]
    fn numbers_have_groups() {
        assert_eq!(thousands(7), "7");
        assert_eq!(thousands(110_000), "110,000");
        assert_eq!(thousands(1_234_567), "1,234,567");
    }
}
