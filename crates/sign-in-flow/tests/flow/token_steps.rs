//! Tokens as the end of a sign-in: both machines, by what happens. Not here: each answer and each check, which the machine
//! for tokens has in `tokens`.

use crate::harness::{Harness, Input, code, org, person, sign_in};
use crate::responses::{no_json, required, session, success};
use crate::tokens::{DIGEST, keys, tokens};
use expect_test::expect;
use okta_authn::openid::random::RANDOM_LENGTH;
use okta_authn::openid::{Fields, ResponseType, Way};
use okta_authn::secret::live_secrets;
use okta_authn::url::query_value;
use okta_authn::{Response, TransportError};
use sign_in_flow::effect::DeviceEffect;
use sign_in_flow::tokens::{FrameFailure, Pending, Returned, TokenAction, TokenApp, TokenEvent, TokenFailure};
use sign_in_flow::{AfterSuccess, Apart, Effect, Event, Intent, Resume, Settings, SignInEvent};

fn app(way: Way) -> TokenApp {
    TokenApp::new((*crate::tokens::settings(ResponseType::Code, way)).clone())
}

fn settings(way: Way) -> Settings {
    let tokens = Some(app(way));
    Settings { after_success: AfterSuccess::Tokens, tokens, ..crate::harness::settings(&[]) }
}

/// Jeff is signing in, where nobody is signed in.
fn signing_in(settings: Settings) -> Harness {
    Harness::of(settings).begun().then(person(sign_in("jeff", "pw")))
}

impl Harness {
    /// The browser does what it was asked for last, and that leads to this.
    fn does(&mut self, event: TokenEvent) -> Vec<Effect> {
        let ticket = self.asked();
        self.input(Input::Event(Event::Tokens { ticket, event: Apart::new(event) }))
    }

    /// Random bytes and the verifier's digest come. Returns what is asked then.
    fn draws(&mut self) -> Vec<Effect> {
        let bytes = (0..=u8::MAX).take(RANDOM_LENGTH).collect();
        self.does(TokenEvent::Drawn(Some(bytes)));
        self.does(TokenEvent::Digested(Some(DIGEST.to_vec())))
    }
}

fn action(effects: &[Effect], place: usize) -> &TokenAction {
    match effects.get(place) {
        Some(Effect::Device(effect)) => match &**effect {
            DeviceEffect::Tokens { action, .. } => action,
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

fn value(address: &str, name: &str) -> String {
    query_value(address, name).unwrap()
}

fn replied(outcome: Result<Response, TransportError>) -> Input {
    Input::Org(outcome)
}

#[test]
fn a_password_leads_to_tokens_by_a_frame() {
    let before = live_secrets();
    let mut page = signing_in(settings(Way::Frame));
    assert_eq!(page.line(org(success())), "Draw -> Tokens busy");
    let asked = page.draws();
    let TokenAction::OpenFrame { address, .. } = action(&asked, 0) else { panic!("{asked:?}") };
    assert_eq!(value(address.expose(), "sessionToken"), "se&ss+1");
    let (state, nonce) = (value(address.expose(), "state"), value(address.expose(), "nonce"));
    drop(asked);
    let answer = |query: &str| TokenEvent::Framed(Ok(Fields::of_query(query).unwrap()));
    assert!(page.does(answer("state=other&code=c1")).is_empty());
    assert!(page.screen().busy, "the answer is still waited for");
    let answered = page.does(answer(&["code=c1&state=", &state].concat()));
    assert!(matches!(action(&answered, 0), TokenAction::CloseFrame));
    drop(answered);
    page.input(replied(Ok(tokens(&nonce))));
    page.input(replied(Ok(keys())));
    page.does(TokenEvent::Verified(Some(true)));
    let effects = page.does(TokenEvent::Digested(Some(DIGEST.to_vec())));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Complete(_))), "{effects:?}");
    assert_eq!(page.step_name(), "SignedIn");
    let told = format!("{:?}", page.told());
    assert!(told.contains("signed-in") && !told.contains("a1") && !told.contains("se&ss"), "{told}");
    drop((page, effects));
    assert_eq!(live_secrets(), before);
}

#[test]
fn an_older_session_is_closed_first() {
    let known = Harness::of(settings(Way::Frame)).then(Input::Event(Event::Begin { remembered: None }));
    let known = known.then(person(Intent::Edit)).then(Input::Background(session("ann")));
    known.then(person(sign_in("jeff", "pw"))).check(
        [org(success()), replied(no_json(204))],
        &expect![[r#"
        reply 200 SUCCESS
            DELETE /api/v1/sessions/me -> Tokens busy
        reply 204
            Draw -> Tokens busy
    "#]],
    );
    // After a second factor as well.
    let known = Harness::of(settings(Way::Redirect)).then(Input::Event(Event::Begin { remembered: None }));
    known.then(person(sign_in("jeff", "pw"))).then(org(required("t1", &["totp"]))).then(person(code("1"))).check(
        [org(success()), replied(Err(TransportError::Offline))],
        &expect![[r#"
            reply 200 SUCCESS
                DELETE /api/v1/sessions/me -> Tokens busy
            reply Offline
                Draw -> Tokens busy
        "#]],
    );
}

#[test]
fn the_session_that_exists_leads_to_tokens_too() {
    let page = Harness::of(settings(Way::Frame)).then(Input::Event(Event::Begin { remembered: None }));
    let mut page = page.then(Input::Background(session("ann")));
    assert_eq!(page.line(person(Intent::Continue)), "Draw -> Tokens busy");
    let effects = page.draws();
    let TokenAction::OpenFrame { address, .. } = action(&effects, 0) else { panic!("{effects:?}") };
    assert_eq!(query_value(address.expose(), "sessionToken"), None);
}

#[test]
fn the_browser_leaves_and_comes_back() {
    let mut page = signing_in(settings(Way::Redirect)).then(org(success()));
    let effects = page.draws();
    let TokenAction::Keep(pending) = action(&effects, 0).clone() else { panic!("{effects:?}") };
    let address = effects.iter().find_map(|effect| match effect {
        Effect::Navigate(navigation) => Some(navigation.url()),
        _ => None,
    });
    let address = address.unwrap();
    let (state, nonce) = (value(&address, "state"), value(&address, "nonce"));
    page.check(
        [Input::Seconds(15), person(Intent::Cancel)],
        &expect![[r#"
        15 s
            = Tokens !StillHere
        Cancel
            GET /api/v1/sessions/me -> Start jeff
    "#]],
    );

    let back = || Harness::of(Settings { resume: Some(Resume::Tokens), ..settings(Way::Redirect) });
    let mut page = back();
    assert_eq!(page.line(Input::Event(Event::Begin { remembered: None })), "TakeAnswer -> Tokens busy");
    let answer = |kept: Option<&Pending>, query: &str| {
        let (kept, answer) = (kept.map(Pending::to_text), Fields::of_query(query));
        TokenEvent::Returned(Some(Returned { kept, answer }))
    };
    let effects = page.does(answer(Some(&pending), &["code=c1&state=", &state].concat()));
    assert!(matches!(effects.first(), Some(Effect::Send { .. })), "{effects:?}");
    page.input(replied(Ok(tokens(&nonce))));
    page.input(replied(Ok(keys())));
    page.does(TokenEvent::Verified(Some(true)));
    page.does(TokenEvent::Digested(Some(DIGEST.to_vec())));
    assert_eq!(page.step_name(), "SignedIn");

    // An answer to no request of this tab is refused, and an address that only looks like one leads to the form.
    let mut page = back().then(Input::Event(Event::Begin { remembered: None }));
    page.does(answer(None, "code=c1&state=s"));
    assert_eq!(page.step_name(), "Tokens");
    page.check(
        [person(Intent::Cancel), Input::Background(session("jeff"))],
        &expect![[r#"
        Cancel
            GET /api/v1/sessions/me -> Start
        background reply 200 ACTIVE
            -> Session jeff
    "#]],
    );
    let mut page = back().then(Input::Event(Event::Begin { remembered: None }));
    page.does(TokenEvent::Returned(None));
    assert!(page.is_at_start());
}

#[test]
fn a_failure_is_told_with_a_way_on() {
    let mut page = signing_in(settings(Way::Frame)).then(org(success()));
    let effects = page.draws();
    let TokenAction::OpenFrame { address, .. } = action(&effects, 0) else { panic!("{effects:?}") };
    let state = value(address.expose(), "state");
    page.does(TokenEvent::Framed(Ok(Fields::of_query(&["code=c1&state=", &state].concat()).unwrap())));
    page.told();
    let mut page = page.check([replied(Err(TransportError::Offline)), person(Intent::Retry)], &expect![[r#"
        reply Offline
            report okta-sign-in: the org could not be asked for tokens or keys: is the page's origin trusted? = Tokens !Tokens(Unavailable) or Retry
        Retry
            Draw = Tokens busy
    "#]]);
    let codes = page.told().into_iter().filter_map(|event| match event {
        SignInEvent::Error(failure) => Some((failure.code, failure.retryable)),
        _ => None,
    });
    assert_eq!(codes.collect::<Vec<_>>(), [("tokens-unavailable".to_owned(), true)]);
    page.does(TokenEvent::Drawn(None));
    page.check(
        [person(Intent::Cancel)],
        &expect![[r#"
        Cancel
            GET /api/v1/sessions/me -> Start jeff
    "#]],
    );
}

#[test]
fn a_frame_without_an_answer_is_followed_by_the_browser() {
    let mut page = signing_in(settings(Way::Frame)).then(org(success()));
    page.draws();
    let effects = page.does(TokenEvent::Framed(Err(FrameFailure::TimedOut)));
    assert!(matches!(action(&effects, 0), TokenAction::CloseFrame));
    assert!(matches!(action(&effects, 1), TokenAction::Report(_)));
    let effects = page.draws();
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Navigate(_))), "{effects:?}");
}

#[test]
fn cancelling_removes_the_frame() {
    let mut page = signing_in(settings(Way::Frame)).then(org(success()));
    page.draws();
    page.check(
        [person(Intent::Cancel)],
        &expect![[r#"
        Cancel
            abort; GET /api/v1/sessions/me -> Start jeff
    "#]],
    );
}

/// What the page says of its app is read when tokens are asked for.
fn unread() -> Settings {
    Settings { tokens: None, ..settings(Way::Frame) }
}

impl Harness {
    /// What asks for tokens was loaded, or not.
    fn loads(self, loaded: Result<TokenApp, TokenFailure>) -> Self {
        let ticket = self.asked();
        self.then(Input::Event(Event::TokensLoaded { ticket, loaded }))
    }
}

#[test]
fn what_asks_for_tokens_is_loaded_then() {
    let mut page = signing_in(unread());
    assert_eq!(page.line(org(success())), "load tokens -> Tokens busy");
    let mut page = page.loads(Ok(app(Way::Frame)));
    let effects = page.draws();
    let TokenAction::OpenFrame { address, .. } = action(&effects, 0) else { panic!("{effects:?}") };
    assert_eq!(value(address.expose(), "sessionToken"), "se&ss+1");

    let back = Harness::of(Settings { resume: Some(Resume::Tokens), ..unread() });
    let mut page = back.then(Input::Event(Event::Begin { remembered: None })).loads(Ok(app(Way::Redirect)));
    page.does(TokenEvent::Returned(None));
    assert!(page.is_at_start());
}

#[test]
fn what_could_not_be_loaded_is_loaded_by_retry() {
    let before = live_secrets();
    let mut page = signing_in(unread()).then(org(success())).loads(Err(TokenFailure::Unavailable));
    assert!(!page.screen().busy);
    assert_eq!(page.line(person(Intent::Retry)), "load tokens = Tokens busy");
    let ticket = page.asked();
    let mut page = page.loads(Ok(app(Way::Frame)));
    let effects = page.draws();
    let TokenAction::OpenFrame { address, .. } = action(&effects, 0) else { panic!("{effects:?}") };
    assert_eq!(value(address.expose(), "sessionToken"), "se&ss+1", "it is unused");
    // It comes twice, or too late.
    let late = |page: Harness| page.then(Input::Event(Event::TokensLoaded { ticket, loaded: Ok(app(Way::Frame)) }));
    let page = late(page);
    assert!(page.screen().busy);
    drop((page, effects));
    let mut page = signing_in(unread()).then(org(success()));
    page.input(person(Intent::Cancel));
    assert!(late(page).is_at_start());
    assert_eq!(live_secrets(), before);
}

#[test]
fn a_page_that_says_nothing_readable_of_its_app() {
    let mut page = signing_in(unread()).then(org(success()));
    page.told();
    let mut page = page.loads(Err(TokenFailure::Misconfigured));
    assert_eq!(page.step_name(), "Tokens");
    let codes = page.told().into_iter().filter_map(|event| match event {
        SignInEvent::Error(failure) => Some((failure.code, failure.retryable)),
        _ => None,
    });
    assert_eq!(codes.collect::<Vec<_>>(), [("tokens-misconfigured".to_owned(), false)]);
    page.check(
        [person(Intent::Retry), person(Intent::Cancel)],
        &expect![[r#"
        Retry
            = Tokens ~Tokens(Misconfigured)
        Cancel
            GET /api/v1/sessions/me -> Start jeff
    "#]],
    );
}
