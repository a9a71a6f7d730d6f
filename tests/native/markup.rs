//! What every screen must have, whatever the org's response was. Not here: the content of one step.

use crate::page::{Input, Page};
use crate::{RequestKind, page, responses, step};

/// The `autocomplete` that browsers and password managers need, by the name of the field.
fn right_autocomplete(input: &Input) -> Option<&'static str> {
    match input.name.as_str() {
        "username" => Some("username"),
        "password" => Some("current-password"),
        "passcode" if input.label == "New PIN" => Some("off"),
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
        assert!(!notice.text.is_empty(), "{name}: a message without text");
    }
}

#[test]
fn every_screen_has_a_heading_and_labelled_controls() {
    for (request, fixture) in responses() {
        check(&fixture.name, &page(request, &fixture));
    }
}

#[test]
fn every_screen_has_an_action() {
    for (request, fixture) in responses() {
        let has_ended = ["leaving", "signed-in"].contains(&step(request, &fixture));
        assert!(has_ended || !page(request, &fixture).actions.is_empty(), "{} has no action", fixture.name);
    }
}

#[test]
fn every_error_has_a_notice() {
    for (request, fixture) in responses().into_iter().filter(|(_, fixture)| fixture.name.starts_with("errors/")) {
        let has_notice = page(request, &fixture).notice.is_some();
        // The only error that asks the org for the state again instead.
        let asks_again = fixture.name == "errors/wrong-state" && request == RequestKind::Proof;
        assert!(has_notice != asks_again, "{} in response to {}", fixture.name, request.description());
    }
}
