//! What people hear, and what browsers and password managers are told, on every screen. Not here: names and headings
//! (`markup`), or what only a browser shows.

use crate::RequestKind;
use crate::fixtures::Fixture;
use crate::{machine, responses, view};
use okta_authn::Response;
use okta_authn::request::EnrollRequest;
use okta_authn_widget::tools::PreviewStep;
use scraper::{ElementRef, Html, Selector};
use sign_in_flow::{Effect, Event, Intent};

fn html(request: RequestKind, fixture: &Fixture) -> Html {
    let machine = machine(request, fixture);
    Html::parse_fragment(&view::render(machine.screen(), &PreviewStep::from(&machine)))
}

fn screen(name: &str) -> Html {
    html(RequestKind::Credentials, &Fixture::named(name))
}

/// The form behind a press in the list of what can be set up.
fn set_up(name: &str) -> Html {
    let mut machine = machine(RequestKind::Credentials, &Fixture::named(name));
    // A form that needs a list waits for it; here there is none.
    for effect in machine.handle(Event::User(Intent::Enroll(0)), 0) {
        if let Effect::Send { ticket, .. } = effect {
            let outcome = Ok(Response { status: 404, body: None, retry_at: None, date: None });
            machine.handle(Event::Replied { ticket, outcome }, 0);
        }
    }
    Html::parse_fragment(&view::render(machine.screen(), &PreviewStep::from(&machine)))
}

fn all<'a>(document: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    document.select(&Selector::parse(selector).unwrap()).collect()
}

fn one<'a>(document: &'a Html, selector: &str) -> ElementRef<'a> {
    all(document, selector).into_iter().next().unwrap_or_else(|| panic!("no {selector}"))
}

fn attribute<'a>(element: ElementRef<'a>, name: &str) -> &'a str {
    element.value().attr(name).unwrap_or_default()
}

fn text(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is read out after the label of the field of that name.
fn description(document: &Html, name: &str) -> String {
    let ids = attribute(one(document, &format!("[name={name}]")), "aria-describedby");
    let texts = ids.split_whitespace().map(|id| text(one(document, &format!("[id='{id}']"))));
    texts.collect::<Vec<_>>().join(" ")
}

#[test]
fn references_lead_to_elements_with_a_text() {
    for (request, fixture) in responses() {
        let document = html(request, &fixture);
        let mut ids: Vec<_> = all(&document, "[id]").into_iter().map(|element| attribute(element, "id")).collect();
        ids.sort_unstable();
        assert!(ids.windows(2).all(|pair| pair.first() != pair.last()), "{}: {ids:?}", fixture.name);
        for element in all(&document, "[aria-describedby], [aria-labelledby]") {
            for name in ["aria-describedby", "aria-labelledby"] {
                for id in attribute(element, name).split_whitespace() {
                    let found = all(&document, &format!("[id='{id}']"));
                    assert_eq!(found.len(), 1, "{}: {name}={id}", fixture.name);
                }
            }
        }
    }
}

#[test]
fn a_field_is_heard_with_what_the_step_says_of_it() {
    for (name, field, heard) in [
        ("states/mfa-challenge", "passcode", "+44 XXXX XX0042"),
        ("factors/email/challenge", "passcode", "a...e@acme.example"),
        ("factors/google-totp/required", "passcode", ""),
        ("factors/google-totp/activate", "passcode", ""),
        ("states/recovery-challenge-sms", "passcode", ""),
        ("states/device-activate", "user_code", ""),
    ] {
        let said = description(&screen(name), field);
        assert!(!said.is_empty() && said.contains(heard), "{name}: {said:?}");
    }
    for name in ["states/password-expired", "states/password-warn", "states/password-reset"] {
        let document = screen(name);
        assert_eq!(description(&document, "new_password"), text(one(&document, ".oaw-rules")), "{name}");
    }
    for (name, field) in [
        ("factors/sms/enroll", "phone"),
        ("factors/call/enroll", "phone"),
        ("factors/yubikey/enroll", "passcode"),
        ("factors/rsa/enroll", "credential_id"),
    ] {
        assert_ne!(description(&set_up(name), field), "", "{name}");
    }
}

#[test]
fn what_is_wrong_is_heard_first() {
    let mut machine = machine(RequestKind::Credentials, &Fixture::named("factors/yubikey/enroll"));
    machine.handle(Event::User(Intent::Enroll(0)), 0);
    machine.handle(Event::User(Intent::EnrollWith(EnrollRequest::Passcode(okta_authn::Passcode::new("")))), 0);
    let document = Html::parse_fragment(&view::render(machine.screen(), &PreviewStep::from(&machine)));
    let (said, message) = (description(&document, "passcode"), text(one(&document, "[role=alert]")));
    assert!(said.starts_with(&message) && said.len() > message.len(), "{said:?}");
}

#[test]
fn each_button_that_shows_a_secret_has_a_name_of_its_own() {
    let mut several = 0;
    for (request, fixture) in responses() {
        let document = html(request, &fixture);
        let buttons = all(&document, ".oaw-reveal");
        let mut names: Vec<_> = buttons.iter().map(|button| attribute(*button, "aria-label")).collect();
        let hidden: Vec<_> = buttons.iter().map(|button| attribute(*button, "data-hide")).collect();
        // A title that repeats the name is read out as a description.
        assert!(buttons.iter().all(|button| button.value().attr("title").is_none()), "{}", fixture.name);
        several += usize::from(names.len() > 1);
        names.extend(hidden);
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count, "{}: {names:?}", fixture.name);
    }
    assert!(several > 0);
}

/// Without a marker, Safari takes a list for a group of lines, unless it says that it is a list.
#[test]
fn lists_say_that_they_are_lists() {
    let mut count = 0;
    for (request, fixture) in responses() {
        for list in all(&html(request, &fixture), "ul") {
            count += 1;
            assert_eq!(attribute(list, "role"), "list", "{}", fixture.name);
        }
    }
    assert!(count > 0);
}

#[test]
fn keyboards_correct_nothing_but_prose() {
    for (request, fixture) in responses() {
        for field in all(&html(request, &fixture), "input[type=text]:not([hidden]), input[type=password]") {
            let told =
                ["autocorrect", "spellcheck", "autocapitalize", "enterkeyhint"].map(|name| attribute(field, name));
            let name = attribute(field, "name");
            // What an org or a hook asks about a person can be a name.
            let begins_words = if name.starts_with("field_") { "words" } else { "none" };
            assert_eq!(told, ["off", "false", begins_words, "go"], "{}: {name}", fixture.name);
        }
    }
    let question = set_up("factors/question/enroll");
    let own = one(&question, "[name=own_question]");
    assert_eq!([attribute(own, "spellcheck"), attribute(own, "autocapitalize")], ["true", "sentences"]);
    let answer = one(&question, "[name=answer]");
    assert_eq!([attribute(answer, "spellcheck"), attribute(answer, "autocorrect")], ["false", "off"]);
}

#[test]
fn password_managers_find_the_user_name_beside_every_password() {
    for document in [
        screen("states/password-expired"),
        screen("states/password-warn"),
        screen("states/password-reset"),
        screen("factors/password/required"),
        set_up("factors/password/enroll"),
    ] {
        let names = all(&document, "form input[autocomplete=username]");
        assert_eq!(
            names.iter().map(|name| attribute(*name, "value")).collect::<Vec<_>>(),
            ["ada.lovelace@acme.example"]
        );
    }
    let set_up = set_up("factors/password/enroll");
    assert_eq!(attribute(one(&set_up, "[name=password]"), "autocomplete"), "new-password");
}

#[test]
fn who_signs_in_can_be_changed() {
    for (name, offered) in [
        ("states/mfa-required", true),
        ("states/mfa-challenge", true),
        ("states/password-expired", true),
        // An app asked for this person.
        ("states/mfa-required-step-up", false),
        ("states/unauthenticated", false),
    ] {
        let document = screen(name);
        let buttons = all(&document, "button");
        assert_eq!(buttons.iter().any(|button| text(*button) == "Not you?"), offered, "{name}");
    }
}

#[test]
fn waiting_is_written_beside_the_spinner() {
    for name in ["factors/push/challenge", "factors/push/activate"] {
        let document = screen(name);
        let waits = all(&document, ".oaw-wait");
        assert!(waits.iter().any(|waits| !text(*waits).is_empty()), "{name}");
    }
    assert_ne!(text(one(&screen("states/success"), ".oaw-success")), "");
}
