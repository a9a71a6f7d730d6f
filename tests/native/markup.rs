//! What holds on every screen, whatever the org said.

use crate::page::{Input, Page};
use crate::{answers, page};

/// What browsers and password managers may fill in, by the name of the field.
fn right_autocomplete(input: &Input) -> Option<&'static str> {
    match input.name.as_str() {
        "username" => Some("username"),
        "password" => Some("current-password"),
        "passcode" => Some("one-time-code"),
        "answer" => Some("off"),
        _ => None,
    }
}

fn check(name: &str, page: &Page) {
    assert!(!page.is_blank(), "{name} is blank");
    assert!(page.title.as_ref().is_some_and(|title| !title.is_empty()), "{name} has no heading");
    let headings = page.elements.iter().filter(|element| ["h1", "h2"].contains(&element.as_str())).count();
    assert_eq!(headings, 1, "{name}: one step, one heading");
    for input in &page.inputs {
        assert!(!input.label.is_empty() && !input.name.is_empty(), "{name}: {input:?}");
        let typed = !["checkbox", "radio", "select"].contains(&input.kind.as_str());
        assert!(!typed || input.autocomplete.is_some(), "{name}: {input:?}");
        if let Some(right) = right_autocomplete(input) {
            assert_eq!(input.autocomplete.as_deref(), Some(right), "{name}: {input:?}");
        }
        assert!(!input.name.to_lowercase().contains("password") || input.kind == "password", "{name}: {input:?}");
    }
    for action in &page.actions {
        assert!(!action.label.is_empty(), "{name}: a button without a name");
    }
    if let Some(notice) = &page.notice {
        assert!(!notice.text.is_empty(), "{name}: a message without words");
    }
}

#[test]
fn every_screen_has_a_heading_and_labelled_controls() {
    for (asked, fixture) in answers() {
        check(&fixture.name, &page(asked, &fixture));
    }
}

#[test]
fn every_screen_leads_somewhere() {
    for (asked, fixture) in answers() {
        let on_its_way = ["leaving", "signed-in"].contains(&crate::screen(asked, &fixture).step.name());
        assert!(on_its_way || !page(asked, &fixture).actions.is_empty(), "{} is a dead end", fixture.name);
    }
}

#[test]
fn every_error_is_told() {
    for (asked, fixture) in answers().into_iter().filter(|(_, fixture)| fixture.name.starts_with("errors/")) {
        let told = page(asked, &fixture).notice.is_some();
        // The one error that asks the org again instead: the state is not what we thought.
        let asks_again = fixture.name == "errors/wrong-state" && asked == crate::Asked::Proof;
        assert!(told != asks_again, "{} in answer to {}", fixture.name, asked.words());
    }
}
