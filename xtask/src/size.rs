//! How big the bundle is: every file, and the sums of what users load, compared with the budget in `size-budget.toml`.
//! Not here: making anything smaller.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::Write as _,
    path::Path,
};

use anyhow::{Context as _, bail};
use serde::{Deserialize, Serialize};

use crate::{
    bundle,
    table::{self, Align},
    tools, workspace,
};

const BUDGET_FILE: &str = "size-budget.toml";

/// How big the bundle may be, and which files are for whom.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Budget {
    /// The most that the files of the first form may add up to.
    first_form_brotli_bytes: usize,
    /// The most that all files of the widget may add up to.
    everything_brotli_bytes: usize,
    /// Files that the first form names and does not wait for: a second factor needs them.
    second_factor_files: Vec<String>,
    /// The most that those may add up to.
    second_factor_brotli_bytes: usize,
    /// Files that a page with the option `tokens` loads besides.
    tokens_files: Vec<String>,
    /// The most that those may add up to.
    tokens_brotli_bytes: usize,
    /// Files that only other pages load.
    other_files: Vec<String>,
    /// Files that a page loads besides, whose widget does not just speak English.
    language_files: Vec<String>,
    /// The most that the first form may need besides, in any of the languages.
    language_brotli_bytes: usize,
    /// Files that a step with a phone number loads.
    phone_files: Vec<String>,
    /// The most that those may add up to.
    phone_brotli_bytes: usize,
    /// Files that are loaded instead of the program, where there is no WebAssembly.
    without_wasm_files: Vec<String>,
    /// The most that those may add up to.
    without_wasm_brotli_bytes: usize,
    /// Files of the demo page, which are not the widget's.
    demo_files: Vec<String>,
}

impl Budget {
    fn read() -> anyhow::Result<Self> {
        let path = workspace::root().join(BUDGET_FILE);
        let text = fs::read_to_string(&path).with_context(|| format!("could not read {}", path.display()))?;
        toml::from_str(&text).with_context(|| format!("in {}", path.display()))
    }

    /// For whom a file is, where the budget lists it.
    fn part(&self, file: &str) -> Option<Part> {
        let lists = [
            (&self.second_factor_files, Part::SecondFactor),
            (&self.tokens_files, Part::Tokens),
            (&self.other_files, Part::Other),
            (&self.language_files, Part::Language),
            (&self.phone_files, Part::Phone),
            (&self.without_wasm_files, Part::WithoutWasm),
            (&self.demo_files, Part::Demo),
        ];
        lists.into_iter().find(|(list, _)| list.iter().any(|pattern| matches(file, pattern))).map(|(_, part)| part)
    }
}

/// For whom a file is. Each sum has the files of those before it too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
enum Part {
    /// Everyone who signs in: enough for name and password.
    FirstForm,
    /// Users with a second factor.
    SecondFactor,
    /// Users of a page that gets tokens.
    Tokens,
    /// Other pages with a part of the widget.
    Other,
    /// Users who enter a phone number.
    Phone,
    /// Users without WebAssembly, instead of the program.
    WithoutWasm,
    /// Users with another language: two of these files for the first form, and one more for other steps.
    Language,
    /// Nobody but the demo page.
    Demo,
}

impl Part {
    fn name(self) -> &'static str {
        match self {
            Self::FirstForm => "first form",
            Self::SecondFactor => "second factor",
            Self::Tokens => "tokens",
            Self::Other => "other pages",
            Self::Phone => "phone numbers",
            Self::WithoutWasm => "without WebAssembly",
            Self::Language => "language",
            Self::Demo => "",
        }
    }
}

/// One file's size, as it is and compressed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Weight {
    file: String,
    raw: usize,
    gzip: usize,
    brotli: usize,
    part: Part,
}

/// All files' sizes and their sums.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    files: Vec<Weight>,
    /// What signing in with name and password loads.
    password_only: Weight,
    /// What signing in with a second factor loads.
    with_second_factor: Weight,
    /// All files of the widget, with WebAssembly and without the rules of phone numbers.
    everything: Weight,
    /// What a second factor loads besides the first form.
    second_factor: usize,
    /// What a page with the option `tokens` loads besides.
    tokens: usize,
    /// What a step with a phone number loads.
    phone: usize,
    /// What is loaded instead of the program without it.
    without_wasm: usize,
    /// What the first form loads besides in the language that needs most.
    language: usize,
    first_form_brotli_budget: usize,
    everything_brotli_budget: usize,
    second_factor_brotli_budget: usize,
    tokens_brotli_budget: usize,
    phone_brotli_budget: usize,
    without_wasm_brotli_budget: usize,
    language_brotli_budget: usize,
}

/// Builds the bundle, measures it and prints the result.
pub(crate) fn run(json: bool, options: bundle::Options) -> anyhow::Result<()> {
    bundle::build(&tools::setup_build()?, options)?;
    let report = measure()?;
    if json {
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        println!("{}", report.table());
    }
    Ok(())
}

/// Measures what is in `dist/`.
pub(crate) fn measure() -> anyhow::Result<Report> {
    let budget = Budget::read()?;
    let files = read_files(&workspace::dist())?;
    let parts = parts(&files, &budget);
    if !parts.iter().any(|(file, part)| *part == Part::FirstForm && has_extension(file, &["wasm"])) {
        bail!("index.html leads to no wasm file: the size of the first form is unknown");
    }
    let weights = files
        .iter()
        .map(|(file, bytes)| weigh(file, bytes, parts.get(file.as_str()).copied().unwrap_or(Part::Demo)))
        .collect::<anyhow::Result<Vec<_>>>()?;
    Ok(Report::new(weights, &budget))
}

impl Report {
    fn new(files: Vec<Weight>, budget: &Budget) -> Self {
        let part = |part| files.iter().filter(|file| file.part == part).map(|file| file.brotli).sum();
        Self {
            password_only: sum("sum: password only", &files, Part::FirstForm),
            with_second_factor: sum("sum: with a second factor", &files, Part::SecondFactor),
            everything: sum("sum: everything", &files, Part::Other),
            second_factor: part(Part::SecondFactor),
            tokens: part(Part::Tokens),
            without_wasm: part(Part::WithoutWasm),
            language: language(&files),
            phone: part(Part::Phone),
            files,
            first_form_brotli_budget: budget.first_form_brotli_bytes,
            everything_brotli_budget: budget.everything_brotli_bytes,
            second_factor_brotli_budget: budget.second_factor_brotli_bytes,
            tokens_brotli_budget: budget.tokens_brotli_bytes,
            phone_brotli_budget: budget.phone_brotli_bytes,
            without_wasm_brotli_budget: budget.without_wasm_brotli_bytes,
            language_brotli_budget: budget.language_brotli_bytes,
        }
    }

    /// What is measured, by name: its size and its budget.
    fn budgets(&self) -> [(&'static str, usize, usize); 7] {
        [
            ("the first form", self.password_only.brotli, self.first_form_brotli_budget),
            ("everything", self.everything.brotli, self.everything_brotli_budget),
            ("the second part", self.second_factor, self.second_factor_brotli_budget),
            ("the part for tokens", self.tokens, self.tokens_brotli_budget),
            ("the rules of phone numbers", self.phone, self.phone_brotli_budget),
            ("the program without WebAssembly", self.without_wasm, self.without_wasm_brotli_budget),
            ("another language in the first form", self.language, self.language_brotli_budget),
        ]
    }

    /// An error that says by how much, when a budget is exceeded.
    pub(crate) fn check(&self) -> anyhow::Result<()> {
        let exceeded: Vec<String> = self
            .budgets()
            .iter()
            .filter(|(_, size, budget)| size > budget)
            .map(|(name, size, budget)| {
                format!(
                    "{name} needs {size} bytes (brotli), {} more than the {budget} that {BUDGET_FILE} allows",
                    size - budget
                )
            })
            .collect();
        if exceeded.is_empty() { Ok(()) } else { bail!("{}", exceeded.join("; ")) }
    }

    /// The report for people.
    pub(crate) fn table(&self) -> String {
        let mut rows = vec![["File", "raw", "gzip", "brotli", ""].map(str::to_owned).to_vec()];
        let row = |weight: &Weight, remark: &str| {
            let mut row = vec![weight.file.clone()];
            row.extend([weight.raw, weight.gzip, weight.brotli].map(thousands));
            row.push(remark.to_owned());
            row
        };
        rows.extend(self.files.iter().map(|weight| row(weight, weight.part.name())));
        let sums = [&self.password_only, &self.with_second_factor, &self.everything];
        rows.extend(sums.map(|weight| row(weight, "")));
        let columns = [Align::Left, Align::Right, Align::Right, Align::Right, Align::Left];
        let mut lines = table::lines(&columns, &rows);
        lines.extend(self.budgets().map(|(name, size, budget)| {
            let left = if size > budget {
                format!("exceeded by {}", thousands(size - budget))
            } else {
                format!("{} left", thousands(budget - size))
            };
            format!("Budget for {name}: {} bytes brotli, {left}", thousands(budget))
        }));
        lines.join("\n")
    }
}

/// What the first form loads besides in the language that needs most: the script that finds a language, and its first file.
fn language(files: &[Weight]) -> usize {
    let (of_one, of_all): (Vec<&Weight>, Vec<&Weight>) = files
        .iter()
        .filter(|file| file.part == Part::Language && !file.file.ends_with("-rest.js"))
        .partition(|file| file.file.contains("locales/"));
    of_all.iter().map(|file| file.brotli).sum::<usize>() + of_one.iter().map(|file| file.brotli).max().unwrap_or(0)
}

/// For whom each file is.
fn parts<'a>(files: &'a [(String, Vec<u8>)], budget: &Budget) -> BTreeMap<&'a str, Part> {
    let names = files.iter().map(|(file, _)| file.as_str()).filter(|file| is_loaded(file));
    let mut parts: BTreeMap<&str, Part> = names.clone().filter_map(|file| Some((file, budget.part(file)?))).collect();
    let first_form = first_form(files, &parts.keys().copied().collect());
    for file in names {
        parts.entry(file).or_insert(if first_form.contains(file) { Part::FirstForm } else { Part::Other });
    }
    parts
}

/// Whether a page loads files of this kind for the widget.
fn is_loaded(file: &str) -> bool {
    has_extension(file, &["js", "mjs", "css", "wasm"])
}

/// Whether a file, in whatever folder of a version, has a name like this; `*` stands for any part of it.
fn matches(file: &str, pattern: &str) -> bool {
    let file = match file.split_once('/') {
        Some((folder, file)) if folder.starts_with(bundle::VERSION_PREFIX) => file,
        _ => file,
    };
    match pattern.split_once('*') {
        None => file == pattern,
        Some((start, end)) => file.strip_prefix(start).is_some_and(|rest| rest.ends_with(end)),
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
fn first_form<'a>(files: &'a [(String, Vec<u8>)], apart: &BTreeSet<&str>) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut unread = vec!["index.html"];
    while let Some(name) = unread.pop() {
        let Some((_, bytes)) = files.iter().find(|(file, _)| file == name) else {
            continue;
        };
        let text = String::from_utf8_lossy(bytes);
        for (file, _) in files {
            if is_loaded(file) && !apart.contains(file.as_str()) && !found.contains(file.as_str()) && names(&text, file)
            {
                found.insert(file.as_str());
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

fn weigh(file: &str, bytes: &[u8], part: Part) -> anyhow::Result<Weight> {
    Ok(Weight { file: file.to_owned(), raw: bytes.len(), gzip: gzip(bytes)?, brotli: brotli(bytes)?.len(), part })
}

/// How large it is compressed, as most servers do it.
pub(crate) fn gzip(bytes: &[u8]) -> anyhow::Result<usize> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(bytes)?;
    Ok(gzip.finish()?.len())
}

/// Compressed at the highest level.
pub(crate) fn brotli(bytes: &[u8]) -> anyhow::Result<Vec<u8>> {
    let params =
        brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: bytes.len(), ..Default::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut compressed, &params)?;
    Ok(compressed)
}

/// The sum of the files up to this part.
fn sum(name: &str, weights: &[Weight], part: Part) -> Weight {
    let mut sum = Weight { file: name.to_owned(), raw: 0, gzip: 0, brotli: 0, part };
    for weight in weights.iter().filter(|weight| weight.part <= part) {
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
        let demo = BTreeSet::from(["demo.css"]);
        let expected =
            ["okta-sign-in.js", "okta-sign-in_bg.wasm", "snippets/okta-1/element.js", "start.js", "widget.css"];
        assert_eq!(first_form(&files, &demo), BTreeSet::from(expected));
    }

    fn budget(first_form: usize, everything: usize) -> Budget {
        Budget {
            first_form_brotli_bytes: first_form,
            everything_brotli_bytes: everything,
            second_factor_files: vec!["okta-part-*.wasm".to_owned()],
            second_factor_brotli_bytes: 700,
            tokens_files: vec!["okta-tokens-*.wasm".to_owned()],
            tokens_brotli_bytes: 200,
            other_files: vec!["okta-list.js".to_owned()],
            phone_files: vec!["okta-phone.js".to_owned()],
            phone_brotli_bytes: 300,
            without_wasm_files: vec!["okta-js.js".to_owned()],
            without_wasm_brotli_bytes: 900,
            language_files: vec!["locales/*".to_owned()],
            language_brotli_bytes: 100,
            demo_files: vec!["demo.css".to_owned()],
        }
    }

    #[test]
    fn files_are_listed_by_their_names() {
        assert!(matches("okta-part-1f.wasm", "okta-part-*.wasm"));
        assert!(matches("v-0123/okta-part-1f.wasm", "okta-part-*.wasm"));
        assert!(!matches("okta-part-1f.js", "okta-part-*.wasm"));
        assert!(matches("styles/demo.css", "styles/demo.css"));
        assert!(!matches("demo.css", "styles/demo.css"));
    }

    #[test]
    fn each_file_is_for_somebody() {
        let files = [
            file("index.html", "<script src=okta.js><link href=demo.css>"),
            file("okta.js", "okta_bg.wasm okta-part-1f.wasm okta-tokens-1f.wasm okta-js.js"),
            file("okta-js.js", ""),
            file("okta_bg.wasm", ""),
            file("okta-part-1f.wasm", ""),
            file("okta-tokens-1f.wasm", ""),
            file("okta-list.js", ""),
            file("unlisted.css", ""),
            file("demo.css", ""),
        ];
        let expected = [
            ("demo.css", Part::Demo),
            ("okta-js.js", Part::WithoutWasm),
            ("okta-list.js", Part::Other),
            ("okta-part-1f.wasm", Part::SecondFactor),
            ("okta-tokens-1f.wasm", Part::Tokens),
            ("okta.js", Part::FirstForm),
            ("okta_bg.wasm", Part::FirstForm),
            ("unlisted.css", Part::Other),
        ];
        assert_eq!(parts(&files, &budget(0, 0)), BTreeMap::from(expected));
    }

    fn weight(file: &str, size: usize, part: Part) -> Weight {
        Weight { file: file.to_owned(), raw: size * 4, gzip: size * 2, brotli: size, part }
    }

    fn report(first_form: usize, everything: usize) -> Report {
        let files = vec![
            weight("a.wasm", 1000, Part::FirstForm),
            weight("a.js", 200, Part::FirstForm),
            weight("b.wasm", 700, Part::SecondFactor),
            weight("t.wasm", 200, Part::Tokens),
            weight("c.js", 50, Part::Other),
            weight("phone.js", 300, Part::Phone),
            weight("all.js", 900, Part::WithoutWasm),
            weight("demo.css", 5000, Part::Demo),
        ];
        Report::new(files, &budget(first_form, everything))
    }

    #[test]
    fn each_sum_has_what_its_user_loads() {
        let report = report(0, 0);
        let sums = [&report.password_only, &report.with_second_factor, &report.everything];
        assert_eq!(sums.map(|sum| sum.brotli), [1200, 1900, 2150]);
        assert_eq!((report.password_only.raw, report.password_only.gzip), (4800, 2400));
    }

    #[test]
    fn each_budget_fails_by_one_byte_and_says_so() {
        assert!(report(1200, 2150).check().is_ok());
        let error = report(1199, 2150).check().unwrap_err().to_string();
        assert!(error.contains("the first form needs 1200 bytes (brotli), 1 more"), "{error}");
        let mut report_without = report(1200, 2150);
        report_without.without_wasm_brotli_budget = 899;
        let error = report_without.check().unwrap_err().to_string();
        assert!(error.contains("without WebAssembly needs 900 bytes (brotli), 1 more"), "{error}");
        let error = report(1200, 2149).check().unwrap_err().to_string();
        assert!(error.contains("everything needs 2150 bytes (brotli), 1 more"), "{error}");
    }

    #[test]
    fn the_budget_file_can_be_read() {
        assert!(Budget::read().unwrap().first_form_brotli_bytes > 0);
    }

    #[test]
    fn compression_compresses() {
        let text = "sign in ".repeat(1000);
        assert!(gzip(text.as_bytes()).unwrap() < 100);
        assert!(brotli(text.as_bytes()).unwrap().len() < 50);
    }

    #[test]
    fn numbers_have_groups() {
        assert_eq!(thousands(7), "7");
        assert_eq!(thousands(110_000), "110,000");
        assert_eq!(thousands(1_234_567), "1,234,567");
    }
}
