//! Words that fit the screen they are on. Not here: which notice an error leads to (`sign-in-flow`), or a single text.

use crate::fixtures::Fixture;
use crate::page::Page;
use crate::run::RequestKind;
use crate::{ORG, page, responses, run, view};
use okta_authn::{Channel, TransportError};
use okta_authn_widget::tools::PreviewStep;
use sign_in_flow::handoff::Recovery;
use sign_in_flow::transaction::recovery::Recovery::Challenge;
use sign_in_flow::transaction::recovery::RecoveryChallenge;
use sign_in_flow::{Effect, Event, Intent, TransactionStep};

fn shown(name: &str) -> Page {
    page(RequestKind::Credentials, &Fixture::named(name))
}

fn labels(page: &Page) -> Vec<&str> {
    page.actions.iter().map(|action| &*action.label).collect()
}

/// Where the way out is a button, nobody is sent to somebody else first; and it stands there once.
#[test]
fn a_locked_account_is_sent_to_its_button() {
    let locked = shown("states/locked-out");
    assert_eq!(labels(&locked).iter().filter(|label| **label == "Unlock account").count(), 1, "{locked:?}");
    assert!(locked.notice.is_some_and(|notice| notice.text.contains("Unlock it")));
    let for_good = shown("errors/locked-for-good");
    assert!(!labels(&for_good).contains(&"Unlock account"), "{for_good:?}");
    assert!(for_good.notice.is_some_and(|notice| notice.text.starts_with("Your account is locked. Contact")));
}

/// A name that is not known leaves no gap in a sentence.
#[test]
fn no_sentence_has_a_gap() {
    for (request, fixture) in responses() {
        let text = page(request, &fixture).text;
        for gap in ["If has", "If , ", "  ", "{", " ."] {
            assert!(!text.contains(gap), "{}: {gap:?} in {text}", fixture.name);
        }
    }
    // A page that took a recovery up does not know whose it is.
    for (channel, sentence) in [
        (Channel::Email, "If this username has an account"),
        (Channel::Sms, "If this username has a phone on file, we sent it a text message"),
        (Channel::Call, "If this username has a phone on file, we're calling it"),
    ] {
        let by_code = channel != Channel::Email;
        let (username, recovery) = (String::new(), Recovery::Password);
        let step = RecoveryChallenge { channel, username, recovery, offers_email: by_code };
        let name = if by_code { "states/recovery-challenge-sms" } else { "states/recovery-challenge-email" };
        let machine = crate::machine(RequestKind::Credentials, &Fixture::named(name));
        let step = PreviewStep::Transaction(Box::new(TransactionStep::Recovery(Challenge(step))));
        let page = Page::read(&view::render(machine.screen(), &step));
        assert!(page.text.contains(sentence), "{}", page.text);
        assert_eq!(labels(&page).contains(&"Send an email instead"), by_code, "{page:?}");
    }
}

/// "Signing in as" is true only where one signs in; so is what app one continues to.
#[test]
fn who_signs_in_is_said_where_one_signs_in() {
    for (name, signs_in) in [
        ("states/mfa-required", true),
        ("states/mfa-challenge", true),
        ("states/password-expired", false),
        ("states/mfa-enroll", false),
        ("states/consent-required", false),
        ("states/recovery", false),
    ] {
        let text = shown(name).text;
        assert_eq!(text.contains("Signing in as"), signs_in, "{name}: {text}");
        assert!(text.contains("ada.lovelace@acme.example"), "{name}: {text}");
    }
}

#[test]
fn consent_names_the_app_once_and_offers_both_answers() {
    let page = shown("states/consent-required");
    let title = page.title.clone().unwrap_or_default();
    let app = title.trim_end_matches(" wants to access your account");
    assert_eq!(page.text.matches(app).count(), 1, "{}", page.text);
    let labels = labels(&page);
    let allow = labels.iter().position(|label| *label == "Allow");
    assert_eq!(allow.and_then(|place| labels.get(place + 1)), Some(&"Don't allow"), "{labels:?}");
}

#[test]
fn an_ended_push_offers_another_one_first_and_says_it_once() {
    let page = shown("results/rejected");
    let submits: Vec<_> = page.actions.iter().filter(|action| action.submits).map(|action| &*action.label).collect();
    assert_eq!(submits.first(), Some(&"Send notification again"), "{page:?}");
    assert!(!page.text.contains("has ended"), "{}", page.text);
}

#[test]
fn what_browsers_dropped_is_called_by_its_name() {
    for name in ["challenge", "activate"] {
        let text = shown(&format!("factors/windows-hello/{name}")).text;
        assert!(text.contains("Browsers no longer support Windows Hello"), "{name}: {text}");
    }
}

/// The link is built here: whatever the org sends, it begins with the app's scheme.
#[test]
fn an_app_can_be_opened_where_there_is_a_key() {
    let fixture = Fixture::named("factors/google-totp/activate");
    let machine = crate::machine(RequestKind::Credentials, &fixture);
    let html = view::render(machine.screen(), &PreviewStep::from(&machine));
    let link = "href=\"otpauth://totp/acme.okta.example:";
    assert!(html.contains(link) && html.contains("secret=KRUGKIDROVUWG2ZA"), "{html}");
    assert!(labels(&Page::read(&html)).contains(&"Open in authenticator"), "{html}");
}

#[test]
fn only_required_methods_are_left_to_do() {
    let page = shown("states/mfa-enroll-optional-left");
    assert!(!page.text.contains("left"), "{}", page.text);
    assert!(shown("states/mfa-enroll").text.contains("required method"), "{}", page.text);
}

/// The ways to recover that there are, and no choice where there is none.
#[test]
fn one_way_to_recover_is_no_choice() {
    let config = run::configure(ORG).unwrap();
    let open = Intent::OpenRecovery { recovery: Recovery::Password, username: String::new() };
    let mut machine =
        run::run(&config, RequestKind::Credentials, Fixture::named("errors/wrong-credentials").response());
    machine.handle(Event::User(open), 0);
    let html = view::render(machine.screen(), &PreviewStep::from(&machine));
    let page = Page::read(&html);
    let submits: Vec<_> = page.actions.iter().filter(|action| action.submits).map(|action| &*action.label).collect();
    assert_eq!(submits, ["Send an email"]);
    assert!(page.text.contains("send you a link") && !page.text.contains("choose"), "{}", page.text);
}

/// The form can be submitted in several ways, and Retry repeats the one that failed.
#[test]
fn retry_recovers_by_the_way_that_failed() {
    for (channel, value) in [(Channel::Sms, "SMS"), (Channel::Call, "CALL"), (Channel::Email, "EMAIL")] {
        let config = run::configure(ORG).unwrap();
        let open = Intent::OpenRecovery { recovery: Recovery::Password, username: "jeff".to_owned() };
        let mut machine =
            run::run(&config, RequestKind::Credentials, Fixture::named("errors/wrong-credentials").response());
        machine.handle(Event::User(open), 0);
        let effects = machine.handle(Event::User(Intent::Recover { username: "jeff".to_owned(), channel }), 0);
        let Some(Effect::Send { ticket, .. }) = effects.into_iter().find(|it| matches!(it, Effect::Send { .. })) else {
            panic!("nothing is sent")
        };
        machine.handle(Event::Replied { ticket, outcome: Err(TransportError::Unreachable) }, 0);
        let html = view::render(machine.screen(), &PreviewStep::from(&machine));
        let retry = html.split("<button").find(|button| button.contains(">Retry<")).unwrap();
        assert!(retry.contains("type=\"submit\"") && retry.contains(&format!("value=\"{value}\"")), "{retry}");
    }
}
