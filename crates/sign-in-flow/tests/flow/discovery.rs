//! The user name first, and the org is asked which identity provider it belongs to.

use crate::harness::{Harness, Input, LEAVES, open_recovery, org, person, sign_in};
use crate::responses::{FOREIGN, ORG, error, json_response, no_json, session, success, too_many};
use crate::states::unauthenticated;
use expect_test::expect;
use okta_authn::secret::live_secrets;
use okta_authn::url::query_value;
use okta_authn::{Password, TransportError};
use serde_json::json;
use sign_in_flow::{Effect, Event, Intent, Retry, SignInEvent, StartStep, Step, SuccessKind, discovery};

const WEBFINGER: (&str, &str) = ("discovery", "webfinger");
const ASKED: &str = "GET /.well-known/webfinger?resource=okta%3Aacct%3Ajeff&requestContext=https%3A%2F%2Fapp.example%2F%3Fa%3D1%26b%3D2 = Start busy";
/// The place of the provider in the org.
const PROVIDER: &str = "/sso/idps/0oa1?fromURI=x";

fn answer(kind: &str, href: &str) -> Input {
    let link = json!({"rel": "okta:idp", "href": href, "properties": {"okta:idp:type": kind, "okta:idp:id": "0oa1"}});
    Input::Org(json_response(200, json!({"subject": "okta:acct:jeff", "links": [link]})))
}

/// The org itself asks for the password.
fn here() -> Input {
    answer("OKTA", &format!("{ORG}/sso/idps/OKTA"))
}

/// An identity provider does.
fn elsewhere() -> Input {
    answer("SAML2", &format!("{ORG}{PROVIDER}"))
}

fn next(username: &str) -> Input {
    person(sign_in(username, ""))
}

fn start() -> Harness {
    Harness::at_start(&[WEBFINGER])
}

fn asks_for_password(harness: &Harness) -> bool {
    let Step::Start(StartStep::Form(form)) = harness.step() else { panic!("no form") };
    !form.without_password
}

#[test]
fn a_name_of_the_org_leads_to_the_password() {
    let harness = start().check(
        [next(" "), next("jeff")],
        &expect![[r#"
            SignIn
                = Start !Missing(Username)
            SignIn jeff
                GET /.well-known/webfinger?resource=okta%3Aacct%3Ajeff&requestContext=https%3A%2F%2Fapp.example%2F%3Fa%3D1%26b%3D2 = Start busy
        "#]],
    );
    assert!(!asks_for_password(&harness));
    let harness = harness.run([(here(), "-> Start jeff")]);
    assert!(asks_for_password(&harness));
    harness.check(
        [next("jeff"), person(sign_in("jeff", "pw")), org(success())],
        &expect![[r#"
            SignIn jeff
                = Start jeff !Missing(Password)
            SignIn jeff pw
                forget; POST /api/v1/authn {username: jeff, password: pw, options: {multiOptionalFactorEnroll: false, warnBeforePasswordExpired: true}} = Start jeff busy
            reply 200 SUCCESS
                go Get https://example.okta.com/login/sessionCookieRedirect?token=se%26ss%2B1&redirectUrl=https%3A%2F%2Fapp.example%2F%3Fa%3D1%26b%3D2 with se&ss+1 -> Leaving
        "#]],
    );
}

#[test]
fn a_name_of_a_provider_leads_there() {
    for (keeps, told) in [(false, "forget"), (true, "remember jeff")] {
        let (username, password) = ("jeff".to_owned(), Password::new(""));
        let submit = person(Intent::SignIn { username, password, remember_username: keeps });
        let expected = format!("{told}; go to the provider {PROVIDER} -> Leaving");
        let harness = start().run([(submit, ASKED), (elsewhere(), &expected)]);
        // The provider answers with a page that a browser does not show: the person is told, and can go back.
        harness.run([
            (Input::Seconds(15), "= Leaving !StillHere"),
            (person(Intent::Cancel), "GET /api/v1/sessions/me -> Start jeff"),
        ]);
    }
}

#[test]
fn the_page_is_told_and_may_hold_the_browser_back() {
    let mut settings = crate::harness::settings(&[WEBFINGER, ("session-redirect", "callback")]);
    settings.asks_before_leaving = true;
    let mut harness = Harness::of(settings).begun().then(next("jeff"));
    harness.told();
    let mut harness = harness.run([(elsewhere(), "forget; wait 15000 -> Leaving")]);
    let success = |event: &SignInEvent| matches!(event, SignInEvent::Success(s) if s.kind == SuccessKind::Redirect && s.user.is_none());
    assert!(harness.told().iter().any(success));
    harness.run([(Input::Event(Event::Leave), &*format!("go to the provider {PROVIDER} = Leaving"))]);
}

#[test]
fn no_password_goes_to_the_org_before_it_has_said_where_the_name_belongs() {
    // A password manager has filled in both, or the form in the page's HTML had a field for it.
    let secrets = live_secrets();
    let harness = start().run([(person(sign_in("jeff", "pw")), ASKED)]);
    assert_eq!(live_secrets(), secrets, "the password is gone");
    // Another name in the second form.
    let harness = harness.then(here()).then(person(sign_in("ann", "pw")));
    assert!(harness.screen().busy);
    let harness = harness.run([(here(), "-> Start ann")]);
    assert!(asks_for_password(&harness));
    harness.run([(
        person(sign_in("ann", "pw")),
        "forget; POST /api/v1/authn {username: ann, password: pw, options: {multiOptionalFactorEnroll: false, warnBeforePasswordExpired: true}} = Start ann busy",
    )]);
}

#[test]
fn a_name_that_is_submitted_again_is_asked_about_again() {
    let harness = start().then(next("jeff")).then(here()).then(person(Intent::Cancel));
    assert!(!asks_for_password(&harness));
    harness.run([(next("jeff"), &*ASKED.replace("Start", "Start jeff"))]);
}

/// Where the browser goes after a sign-in at a provider.
#[test]
fn the_org_is_told_where_the_browser_goes_afterwards() {
    let context = |attributes: &[(&str, &str)], page| {
        let attributes: Vec<_> =
            attributes.iter().chain(&[WEBFINGER, ("existing-session", "ignore")]).copied().collect();
        let harness = Harness::start_alone(&attributes).then(next("jeff"));
        let settings = crate::harness::settings(&attributes);
        let asked = discovery::ask(&settings, harness.handoff().expect("handed off"), "jeff", page);
        let Effect::Send { request, .. } = asked else { panic!("a request") };
        query_value(request.url(), "requestContext")
    };
    let page = Some("https://app.example/login");
    let callback = ("session-redirect", "callback");
    for (attributes, expected) in [
        (&[("redirect-url", "https://app.example/b?c&d")][..], "https://app.example/b?c&d"),
        (&[callback], "https://app.example/login"),
        (&[callback, ("relay-state", "/app/x")], "/app/x"),
    ] {
        assert_eq!(context(attributes, page).as_deref(), Some(expected));
    }
    assert_eq!(context(&[callback], None), None);
}

#[test]
fn what_cannot_be_read_asks_for_no_password() {
    let link = |link| Input::Org(json_response(200, json!({"links": [link]})));
    let form = "= Start !Unexpected or submit again";
    for (reply, shown) in [
        (Input::Org(Err(TransportError::Offline)), "= Start !Offline or submit again"),
        (Input::Org(Err(TransportError::Unreachable)), "= Start !Unreachable or submit again"),
        (Input::Org(Err(TransportError::TimedOut)), "= Start !NoAnswer or submit again"),
        // `transformUsername` has failed.
        (Input::Org(Err(TransportError::PageFailed)), "= Start !PageFailed or submit again"),
        (Input::Org(no_json(404)), form),
        (Input::Org(no_json(200)), form),
        (Input::Org(json_response(200, json!({"links": []}))), form),
        // Somebody who answers as the sign-in does is not believed.
        (org(success()), form),
        (link(json!({"properties": {"okta:idp:type": "SAML2"}})), form),
        (Input::Org(error(500, "E0000009")), "= Start !ServerError #oae1 or submit again"),
        (Input::Org(error(400, "E0000001")), "= Start emptied !Failed #oae1"),
        (answer("SAML2", "http://evil.example/"), "report = Start !UntrustedLink(http://evil.example)"),
        (answer("SAML2", "javascript:alert(1)"), "report = Start !UntrustedLink(javascript:alert(1))"),
    ] {
        let mut harness = start().then(next("jeff"));
        assert_eq!(harness.line(reply), shown);
        assert!(!asks_for_password(&harness) && !harness.screen().busy);
        // Another try.
        harness.run([(next("jeff"), ASKED), (here(), "-> Start jeff")]);
    }
}

#[test]
fn a_provider_may_be_elsewhere_with_https() {
    let url = format!("{FOREIGN}/saml");
    start().then(next("jeff")).run([(answer("OIDC", &url), &*format!("forget; go to the provider {url} -> Leaving"))]);
}

#[test]
fn a_pause_after_a_rate_limit() {
    let harness = start().then(next("jeff")).then(Input::Org(too_many(None)));
    assert!(harness.screen().paused_for.is_some());
    let before = harness.newest();
    let harness = harness.then(next("jeff"));
    assert_eq!(harness.newest(), before, "nothing is sent while it runs");
    harness.then(Input::Seconds(2)).run([(next("jeff"), ASKED)]);
}

#[test]
fn what_is_submitted_twice_or_answered_late_does_nothing() {
    let harness = start().then(next("jeff"));
    let first = harness.newest();
    let harness = harness.run([(next("jeff"), "= Start busy"), (next("ann"), "= Start busy")]);
    let reply = |input| match input {
        Input::Org(outcome) => Input::Late(first, outcome),
        input => input,
    };
    // Cancelled, left for another form, or shown again after the browser had left the page.
    let cancelled =
        harness.run([(person(Intent::Cancel), "abort -> Start jeff"), (reply(elsewhere()), "= Start jeff")]);
    assert!(!asks_for_password(&cancelled));
    let recovery = start().then(next("jeff")).then(person(open_recovery("jeff")));
    recovery.run([(reply(elsewhere()), "= Recover Password jeff")]);
    let restored = start().then(next("jeff")).then(Input::Event(Event::Restored { remembered: None }));
    let shown = restored.shown();
    let restored = restored.then(reply(here()));
    assert_eq!(restored.shown(), shown);
}

#[test]
fn a_second_answer_does_nothing() {
    let harness = start().then(next("jeff"));
    let asked = harness.newest();
    let harness = harness.then(here());
    let Input::Org(outcome) = elsewhere() else { panic!("an answer") };
    harness.run([(Input::Late(asked, outcome), "= Start jeff")]);
}

#[test]
fn a_session_that_is_found_meanwhile_does_not_replace_the_form() {
    let harness = Harness::new(&[WEBFINGER]).then(Input::Event(Event::Begin { remembered: None })).then(next("jeff"));
    let harness = harness.run([(Input::Background(session("ann")), "= Start busy"), (here(), "-> Start jeff")]);
    assert!(asks_for_password(&harness));
}

/// A submit of the static form is carried out before the widget is on the page.
#[test]
fn an_early_submit_asks_the_org() {
    let harness = Harness::new(&[WEBFINGER, ("existing-session", "ignore")]);
    let harness = harness.run([(next("jeff"), ASKED)]).then(Input::Event(Event::Begin { remembered: None }));
    harness.run([(here(), "-> Start jeff")]);
}

#[test]
fn a_kept_name_or_one_of_the_page_is_only_asked_about_when_it_is_submitted() {
    let begin = |name: &str| Input::Event(Event::Begin { remembered: Some(name.to_owned()) });
    let kept = Harness::new(&[WEBFINGER, ("existing-session", "ignore")]).then(begin("ann"));
    let given = Harness::new(&[WEBFINGER, ("existing-session", "ignore"), ("username", "ann")]);
    for harness in [kept, given] {
        let Step::Start(StartStep::Form(form)) = harness.step() else { panic!("no form") };
        assert_eq!((form.username.as_str(), form.without_password), ("ann", true));
        assert!(!harness.has_sent());
    }
}

#[test]
fn an_org_that_asks_for_the_name_alone_gets_it_afterwards() {
    let harness = Harness::at_start(&[WEBFINGER, ("passwordless-auth", "")]);
    let harness = harness.run([
        (next("jeff"), ASKED),
        (here(), "forget; POST /api/v1/authn {username: jeff, options: {multiOptionalFactorEnroll: false, warnBeforePasswordExpired: true}} = Start busy"),
    ]);
    // An org on Identity Engine wants the password too.
    let harness = harness.run([(Input::Org(error(400, "E0000028")), "-> Start jeff !Missing(Password)")]);
    harness.then(person(sign_in("jeff", "pw"))).run([(org(success()), LEAVES)]);
}

#[test]
fn a_sign_in_that_an_app_began_goes_on_in_its_transaction() {
    // Also where the org would get a name alone outside of one.
    for without_password in ["false", "true"] {
        let attributes = [WEBFINGER, ("state-token", "t0"), ("passwordless-auth", without_password)];
        app_sign_in(Harness::at_start(&attributes).then(org(unauthenticated("t1"))));
    }
}

fn app_sign_in(harness: Harness) {
    assert!(!asks_for_password(&harness));
    let asked = "GET /.well-known/webfinger?resource=okta%3Aacct%3Ajeff&requestContext=t1 = Start busy";
    let harness = harness.run([(next("jeff"), asked), (here(), "-> Start jeff")]);
    assert!(asks_for_password(&harness));
    harness.run([(
        person(sign_in("jeff", "pw")),
        "forget; POST /api/v1/authn {stateToken: t1, username: jeff, password: pw, options: {multiOptionalFactorEnroll: false, warnBeforePasswordExpired: true}} = Start jeff busy",
    )]);
}

#[test]
fn the_second_part_may_not_load() {
    let mut harness = Harness::start_alone(&[WEBFINGER, ("existing-session", "ignore")]);
    for line in ["hand off = Start busy", "hand off = Start busy"] {
        assert_eq!(harness.line(next("jeff")), line);
        assert_eq!(harness.line(Input::HandoffFailed), "= Start !Unreachable or Retry");
    }
    assert_eq!(harness.line(person(Intent::Retry)), "hand off = Start busy");
    // What failed before does not decide what Retry means now.
    harness.input(Input::HandoffFailed);
    harness.input(next("jeff"));
    let ticket = harness.handoff().expect("handed off").ticket;
    let offline = Err(okta_authn::AuthnError::Transport(TransportError::Offline));
    harness.input(Input::Event(Event::Discovered { ticket, outcome: offline }));
    assert_eq!(harness.screen().notice.as_ref().map(|notice| notice.retry), Some(Retry::Form));
}
