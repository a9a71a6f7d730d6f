//! What other languages change in the markup: directions, and the mark of what is English in them. Not here: their texts
//! (`xtask/languages`), or what a style sheet makes of a direction (`cargo xtask gallery --walk`).

use crate::fixtures::Fixture;
use crate::run::RequestKind;
use crate::{machine, responses, view};
use okta_authn_widget::text::{Language, Rules, Text};
use okta_authn_widget::tools::{PreviewStep, ViewOptions, Widget};
use scraper::{Html, Selector};

/// A language without messages of its own: the texts stay English, as they are where a file is missing.
struct NoMessages;

impl Rules for NoMessages {
    fn message(&self, _number: u16) -> Option<String> {
        None
    }
    fn plural(&self, _number: u32) -> String {
        "other".to_owned()
    }
    fn number(&self, number: u32) -> String {
        number.to_string()
    }
}

fn german() -> Text {
    Text::of(Language::new("de".to_owned(), false, Box::new(NoMessages)))
}

fn arabic() -> Text {
    Text::of(Language::new("ar".to_owned(), true, Box::new(NoMessages)))
}

fn html(text: Text, request: RequestKind, fixture: &Fixture) -> String {
    let machine = machine(request, fixture);
    let options = ViewOptions { remember_me: true, ..ViewOptions::default() };
    let widget = Widget { text, options, id: "okta-sign-in".into(), ..Widget::default() };
    view::render_in(widget, machine.screen(), &PreviewStep::from(&machine))
}

/// The attributes of all elements that the selector finds.
fn attributes(html: &str, selector: &str, name: &str) -> Vec<(String, Option<String>)> {
    let selector = Selector::parse(selector).unwrap();
    let attribute = |element: scraper::ElementRef<'_>, name: &str| element.attr(name).map(str::to_owned);
    let found = Html::parse_fragment(html);
    found.select(&selector).map(|one| (attribute(one, "name").unwrap_or_default(), attribute(one, name))).collect()
}

const TYPED: &str = "input:not([type=checkbox], [hidden])";

#[test]
fn what_is_typed_has_a_direction_from_right_to_left() {
    let mut names = Vec::new();
    for (request, fixture) in responses() {
        let markup = html(arabic(), request, &fixture);
        for (name, direction) in attributes(&markup, TYPED, "dir") {
            let is_prose = ["answer", "own_question"].contains(&&*name) || name.starts_with("field_");
            let expected = if is_prose { "auto" } else { "ltr" };
            assert_eq!(direction.as_deref(), Some(expected), "{}: {name}", fixture.name);
            names.push(name);
        }
        for code in attributes(&markup, "code", "dir") {
            assert_eq!(code.1.as_deref(), Some("ltr"), "{}", fixture.name);
        }
    }
    for name in ["username", "password", "passcode", "answer", "user_code", "new_password"] {
        assert!(names.iter().any(|one| one == name), "{name}");
    }
}

#[test]
fn other_languages_need_no_direction() {
    for text in [Text::ENGLISH, german()] {
        for (request, fixture) in responses() {
            let markup = html(text, request, &fixture);
            assert!(!markup.contains(" dir=") && !markup.contains('\u{2068}'), "{}: {markup}", fixture.name);
        }
    }
}

/// Whoever hears German should hear English read as English.
#[test]
fn the_sentences_of_the_org_are_marked_as_english() {
    for (request, name, words) in [
        (RequestKind::Credentials, "errors/unknown-code", "The teapot is empty."),
        (RequestKind::Proof, "errors/new-pin-wanted", "Enter a new PIN"),
    ] {
        let fixture = Fixture::named(name);
        let marked = |text: Text| {
            let markup = html(text, request, &fixture);
            let paragraph = markup.split("<p").find(|part| part.contains("</p>") && part.contains(words));
            let paragraph = paragraph.unwrap_or_else(|| panic!("{name}: {markup}"));
            paragraph.split_once('>').unwrap().0.trim().to_owned()
        };
        assert_eq!(marked(Text::ENGLISH), "", "{name}");
        assert_eq!(marked(german()), "lang=\"en\"", "{name}");
        assert_eq!(marked(arabic()), "lang=\"en\" dir=\"ltr\"", "{name}");
    }
    // A sentence of ours in their place has no mark.
    let ours = html(german(), RequestKind::Credentials, &Fixture::named("errors/wrong-credentials"));
    assert!(!ours.contains("lang="), "{ours}");
}

#[test]
fn what_others_wrote_is_isolated_from_right_to_left() {
    for (name, value) in [
        ("states/password-expired", "ada.lovelace@acme.example"),
        ("factors/question/required", "What was the first computer game you played?"),
    ] {
        let markup = html(arabic(), RequestKind::Credentials, &Fixture::named(name));
        assert!(markup.contains(&format!("\u{2068}{value}\u{2069}")), "{name}: {markup}");
    }
}

/// The declarations of a style sheet that name left or right, outside of rules for a direction.
fn physical(css: &str) -> Vec<String> {
    let sides = ["left", "right"];
    let names_side = |name: &str| name.split('-').any(|part| sides.contains(&part));
    let mut found = Vec::new();
    for rule in css.split('}') {
        let Some((selector, declarations)) = rule.rsplit_once('{') else { continue };
        if selector.contains("[dir") || selector.contains(":dir(") {
            continue;
        }
        for declaration in declarations.split(';') {
            let Some((name, value)) =
                declaration.trim().rsplit_once("*/").unwrap_or(("", declaration.trim())).1.split_once(':')
            else {
                continue;
            };
            let (name, value) = (name.trim(), value.trim());
            let values: Vec<&str> = value.split_whitespace().collect();
            let has_two_sides = ["margin", "padding", "inset"].contains(&name)
                && !value.contains('(')
                && matches!(*values, [_, right, _, left] if right != left);
            let aligns = ["text-align", "float", "clear"].contains(&name) && sides.contains(&value);
            if names_side(name) || has_two_sides || aligns {
                found.push(format!("{}: {name}: {value}", selector.trim()));
            }
        }
    }
    found
}

#[test]
fn style_sheets_name_no_side() {
    assert_eq!(physical("a { color: red; margin-left: 1px } b[dir] { left: 0 }").len(), 1);
    assert_eq!(physical("a { padding: 0 1px 0 2px; } b { text-align: right; } c { margin: 0 1px }").len(), 2);
    for folder in ["styles", "xtask/gallery/page"] {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "css") {
                let found = physical(&std::fs::read_to_string(&path).unwrap());
                assert!(found.is_empty(), "{}: {found:?}", path.display());
            }
        }
    }
}
