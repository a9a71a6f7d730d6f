//! The markup on the Markdown pages is well-formed, and each element of the widget in it has options that exist, with
//! values that they can have. Not here: scripts and commands on these pages (`xtask/src/snippets.rs`).

use okta_authn_widget::config::{Config, ManageFactorsConfig, OptionName, OptionValue, Page};
use scraper::{ElementRef, Html, Selector};
use std::fs;
use std::path::{Path, PathBuf};

/// Attributes of every element.
const GLOBAL: [&str; 8] = ["id", "class", "slot", "hidden", "lang", "dir", "style", "nonce"];

/// The script that names the attributes of the brand, which the program does not know.
const BRAND: &str = include_str!("../../src/embed/js/brand/options.js");

/// The attributes of what is said, which the scripts read.
const TEXT_OPTIONS: [&str; 2] = ["language", "application-name"];

/// A page of an app.
struct AppPage;

impl Page for AppPage {
    fn url(&self) -> String {
        "https://app.example/login".to_owned()
    }

    fn resolve(&self, url: &str) -> Option<String> {
        let is_absolute = url.contains("://");
        Some(if is_absolute { url.to_owned() } else { format!("https://app.example/{}", url.trim_start_matches('/')) })
    }
}

/// A block of markup, with its place.
struct Snippet {
    place: String,
    html: String,
}

/// The Markdown pages that show how to use the widget.
fn pages() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let listed = fs::read_dir(root.join("docs")).unwrap().map(|entry| entry.unwrap().path());
    let mut pages: Vec<PathBuf> = listed.filter(|path| path.extension().is_some_and(|end| end == "md")).collect();
    pages.extend([root.join("README.md"), root.join("llms.txt")].into_iter().filter(|page| page.exists()));
    pages.sort();
    pages
}

/// The blocks of markup on a page.
fn snippets(name: &str, text: &str) -> Vec<Snippet> {
    let mut found = Vec::new();
    let mut lines = text.lines().zip(1..);
    while let Some((line, number)) = lines.next() {
        if line.trim_start() == "```html" {
            let inside = lines.by_ref().map(|(line, _)| line).take_while(|line| line.trim_start() != "```");
            found.push(Snippet { place: format!("{name}:{number}"), html: inside.collect::<Vec<_>>().join("\n") });
        }
    }
    found
}

/// What is wrong with a snippet.
fn mistakes(html: &str) -> Vec<String> {
    let is_document = html.trim_start().get(..9).is_some_and(|start| start.eq_ignore_ascii_case("<!doctype"));
    let parsed = if is_document { Html::parse_document(html) } else { Html::parse_fragment(html) };
    let mut mistakes: Vec<String> = parsed.errors.iter().map(ToString::to_string).collect();
    for (name, options) in
        [("okta-sign-in", &OptionName::ALL[..]), ("okta-my-factors", &OptionName::OF_MANAGE_FACTORS[..])]
    {
        for element in parsed.select(&Selector::parse(name).unwrap()) {
            mistakes.extend(mistake_of_options(element, options));
        }
    }
    mistakes
}

/// Why the widget would not start with the attributes of this element.
fn mistake_of_options(element: ElementRef<'_>, options: &[OptionName]) -> Option<String> {
    let mut given = Vec::new();
    for (name, value) in element.value().attrs().filter(|(name, _)| !GLOBAL.contains(name)) {
        let Some(option) = options.iter().find(|option| option.attribute() == name) else {
            if TEXT_OPTIONS.contains(&name) {
                continue;
            }
            if BRAND.contains(&format!("\"{name}\"")) && element.value().name() == "okta-sign-in" {
                continue;
            }
            return Some(format!("{} has no {name}", element.value().name()));
        };
        given.push((*option, OptionValue::Text(value.to_owned())));
    }
    if element.value().name() == "okta-my-factors" {
        return ManageFactorsConfig::parse(&given, &AppPage).err().map(|error| error.to_string());
    }
    match Config::parse(&given, &AppPage) {
        Err(error) => Some(error.to_string()),
        Ok(config) => config.hint.map(|hint| hint.to_string()),
    }
}

#[test]
fn the_markup_on_the_pages_is_right() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for page in pages() {
        let name = page.file_name().unwrap().to_string_lossy().into_owned();
        for Snippet { place, html } in snippets(&name, &fs::read_to_string(&page).unwrap()) {
            count += 1;
            wrong.extend(mistakes(&html).into_iter().map(|mistake| format!("{place}: {mistake}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 10, "{count}");
}

#[test]
fn what_is_wrong_is_found() {
    const ORG: &str = "base-url=\"https://example.okta.com\"";
    let element = |attributes: &str| mistakes(&format!("<okta-sign-in {ORG} {attributes}></okta-sign-in>"));
    assert_eq!(element("autofocus id=\"x\""), Vec::<String>::new());
    assert_eq!(element("auto-focus"), ["okta-sign-in has no auto-focus"]);
    assert_eq!(element("autofocus=\"yes\"").len(), 1);
    assert_eq!(element("session-redirect=\"put\"").len(), 1);
    assert_eq!(mistakes("<okta-sign-in></okta-sign-in>").len(), 1);
    assert_eq!(mistakes("<okta-my-factors hook-url=\"/hook\"></okta-my-factors>"), Vec::<String>::new());
    assert!(!mistakes("<p id=\"a\" id=\"b\">").is_empty());
    assert!(!mistakes("<okta-sign-in base-url=\"https://a.example\" />").is_empty());
}

#[test]
fn blocks_are_found_by_their_language() {
    let text = "# A\n\n```html\n<p>\n</p>\n```\n\n```js\n<b>\n```\n- in a list:\n  ```html\n  <i></i>\n  ```\n";
    let found: Vec<_> = snippets("a.md", text).into_iter().map(|snippet| (snippet.place, snippet.html)).collect();
    let wanted = [("a.md:3", "<p>\n</p>"), ("a.md:12", "  <i></i>")];
    assert_eq!(found, wanted.map(|(place, html)| (place.to_owned(), html.to_owned())));
}
