//! Tokens from a session token: the machine of `sign_in_flow::tokens`, by its events. The cryptography is played: what is
//! a right signature, the test says. Not here: the checks of the ID token, which `okta_authn` tests one by one.

use crate::responses::{json_response, no_json};
use okta_authn::openid::random::RANDOM_LENGTH;
use okta_authn::openid::{Fields, IdTokenError, Issuer, ResponseType, Way};
use okta_authn::request::Body;
use okta_authn::secret::live_secrets;
use okta_authn::url::{Address, query_value};
use okta_authn::{Org, Response, SessionToken, TransportError};
use serde_json::{Value, json};
use sign_in_flow::tokens::{
    DigestOf, Fallback, FrameFailure, Pending, PendingError, Returned, TokenAction, TokenEvent, TokenFailure,
    TokenFlow, TokenProblem, TokenSettings, TokenStep, TokenStorage,
};
use sign_in_flow::{Apart, RedirectUrl};

pub(crate) const T0: u64 = 1_700_000_000_000;
pub(crate) const DIGEST: [u8; 32] = [7; 32];

pub(crate) fn settings(response_type: ResponseType, way: Way) -> Apart<TokenSettings> {
    let org = Org::parse("https://example.okta.com").unwrap();
    let page = Address::parse("https://app.example").unwrap().origin;
    Apart::new(TokenSettings {
        issuer: Issuer::parse("https://example.okta.com/oauth2/default", &org).unwrap(),
        client_id: "0oa1".to_owned(),
        redirect_uri: RedirectUrl::parse("https://app.example/cb", &[page]).unwrap(),
        scopes: vec!["openid".to_owned(), "email".to_owned()],
        response_type,
        way,
        idp: None,
        storage: TokenStorage::None,
    })
}

/// The machine, and what it has wanted last.
struct Run {
    flow: TokenFlow,
    actions: Vec<TokenAction>,
    /// Of the newest request.
    address: String,
    kept: Option<Pending>,
    draws: u8,
}

impl Run {
    fn begin(response_type: ResponseType, way: Way) -> Self {
        let (flow, actions) = TokenFlow::begin(settings(response_type, way), Some(SessionToken::new("00session")));
        let run = Self { flow, actions: Vec::new(), address: String::new(), kept: None, draws: 0 };
        run.noted(actions)
    }

    /// A new page, to which the browser has come back.
    fn back(&self, response_type: ResponseType, query: &str, now: u64) -> Self {
        let kept = self.kept.as_ref().map(Pending::to_text);
        let (mut flow, actions) = TokenFlow::resume(settings(response_type, Way::Frame));
        assert_eq!(actions, [TokenAction::TakeAnswer]);
        let returned = Returned { kept, answer: Fields::of_query(query) };
        let actions = flow.handle(TokenEvent::Returned(Some(returned)), now);
        let run = Self { flow, actions: Vec::new(), address: self.address.clone(), kept: None, draws: 9 };
        run.noted(actions)
    }

    fn noted(mut self, actions: Vec<TokenAction>) -> Self {
        for action in &actions {
            match action {
                TokenAction::OpenFrame { address, .. } | TokenAction::Navigate(address) => {
                    address.expose().clone_into(&mut self.address);
                }
                TokenAction::Keep(pending) => self.kept = Some(pending.clone()),
                _ => {}
            }
        }
        self.actions = actions;
        self
    }

    fn on(mut self, event: TokenEvent) -> Self {
        let actions = self.flow.handle(event, T0);
        self.noted(actions)
    }

    /// Random bytes come, other ones each time, and the digest of the verifier where it is asked for.
    fn asked(mut self) -> Self {
        self.draws += 1;
        let first = self.draws;
        let bytes = (0..=u8::MAX).take(RANDOM_LENGTH).map(|place| first.wrapping_mul(31).wrapping_add(place)).collect();
        let run = self.on(TokenEvent::Drawn(Some(bytes)));
        match &run.actions[..] {
            [TokenAction::Digest(DigestOf::Verifier(_))] => run.on(TokenEvent::Digested(Some(DIGEST.to_vec()))),
            _ => run,
        }
    }

    fn value(&self, name: &str) -> Option<String> {
        query_value(&self.address, name)
    }

    fn answered(self, query: &str) -> Self {
        let fields = Fields::of_query(&query.replace("STATE", &self.value("state").unwrap())).unwrap();
        self.on(TokenEvent::Framed(Ok(fields)))
    }

    /// The keys come, and the signature is right.
    fn checked(self) -> Self {
        self.on(TokenEvent::Replied(Ok(keys()))).on(TokenEvent::Verified(Some(true)))
    }

    fn problem(&self) -> &TokenProblem {
        match &self.actions[..] {
            [.., TokenAction::Fail(problem)] => problem,
            other => panic!("{other:?}"),
        }
    }

    fn fails_with(self, told: TokenFailure) {
        assert_eq!(self.problem().failure(), told, "{}", self.problem());
        assert_eq!(*self.flow.step(), TokenStep::Ended);
    }

    fn completes(self) {
        let [TokenAction::Complete(result)] = &self.actions[..] else { panic!("{:?}", self.actions) };
        assert_eq!(result.claims.subject, "00u1");
        assert_eq!(*self.flow.step(), TokenStep::Ended);
    }
}

fn base64url(bytes: &[u8]) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let bits: Vec<u8> = bytes.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1)).collect();
    let letter = |six: &[u8]| (0..6).fold(0, |index, bit| index << 1 | usize::from(six.get(bit).copied().unwrap_or(0)));
    bits.chunks(6).map(|six| char::from(LETTERS[letter(six)])).collect()
}

fn id_token(nonce: &str, change: &Value) -> String {
    let mut claims = json!({"iss": "https://example.okta.com/oauth2/default", "aud": "0oa1", "sub": "00u1",
        "nonce": nonce, "iat": T0 / 1_000, "exp": T0 / 1_000 + 3_600, "at_hash": base64url(&DIGEST[..16])});
    for (name, value) in change.as_object().unwrap() {
        claims[name] = value.clone();
    }
    let parts = [json!({"alg": "RS256", "kid": "k1"}).to_string(), claims.to_string(), "signed".to_owned()];
    parts.map(|part| base64url(part.as_bytes())).join(".")
}

pub(crate) fn keys() -> Response {
    let key = json!({"kty": "RSA", "use": "sig", "kid": "k1", "e": "AQAB", "n": base64url(&[0xc3; 256])});
    json_response(200, json!({ "keys": [key] })).unwrap()
}

pub(crate) fn tokens(nonce: &str) -> Response {
    let body = json!({"token_type": "Bearer", "expires_in": 3_600, "scope": "openid email", "access_token": "a1",
        "id_token": id_token(nonce, &json!({}))});
    json_response(200, body).unwrap()
}

fn digest() -> TokenEvent {
    TokenEvent::Digested(Some(DIGEST.to_vec()))
}

#[test]
fn a_frame_answers_with_a_code() {
    let before = live_secrets();
    let run = Run::begin(ResponseType::Code, Way::Frame);
    assert_eq!(run.actions, [TokenAction::Draw(RANDOM_LENGTH)]);
    let run = run.asked();
    let [TokenAction::OpenFrame { origin, timeout: 12_000, .. }] = &run.actions[..] else {
        panic!("{:?}", run.actions)
    };
    assert_eq!(origin, "https://example.okta.com");
    assert!(run.address.starts_with("https://example.okta.com/oauth2/default/v1/authorize?client_id=0oa1&"));
    let challenge = base64url(&DIGEST);
    for (name, value) in [
        ("sessionToken", "00session"),
        ("response_mode", "okta_post_message"),
        ("prompt", "none"),
        ("code_challenge", challenge.as_str()),
        ("scope", "openid email"),
    ] {
        assert_eq!(run.value(name).as_deref(), Some(value));
    }
    let (nonce, run) = (run.value("nonce").unwrap(), run.answered("state=STATE&code=c1"));
    let [TokenAction::CloseFrame, TokenAction::Send(request)] = &run.actions[..] else { panic!("{:?}", run.actions) };
    assert_eq!(request.url(), "https://example.okta.com/oauth2/default/v1/token");
    let Body::Form(form) = request.body() else { panic!("no form") };
    assert!(form.contains("&code=c1&code_verifier="), "{form}");
    let run = run.on(TokenEvent::Replied(Ok(tokens(&nonce))));
    let [TokenAction::Send(request)] = &run.actions[..] else { panic!("{:?}", run.actions) };
    assert_eq!(request.url(), "https://example.okta.com/oauth2/default/v1/keys");
    let run = run.on(TokenEvent::Replied(Ok(keys())));
    assert!(matches!(&run.actions[..], [TokenAction::Verify { .. }]));
    let run = run.on(TokenEvent::Verified(Some(true)));
    assert!(matches!(&run.actions[..], [TokenAction::Digest(DigestOf::AccessToken(_))]));
    let run = run.on(digest());
    let [TokenAction::Complete(result)] = &run.actions[..] else { panic!("{:?}", run.actions) };
    assert_eq!(result.expires_at, Some(T0 + 3_600_000));
    run.completes();
    assert_eq!(live_secrets(), before, "the machine keeps nothing");
}

#[test]
fn the_older_types_have_their_tokens_in_the_answer() {
    for (response_type, more) in [
        (ResponseType::IdToken, ""),
        (ResponseType::TokenAndIdToken, "&access_token=a1&token_type=Bearer&expires_in=60"),
    ] {
        let run = Run::begin(response_type, Way::Frame).asked();
        assert_eq!(run.value("code_challenge"), None);
        let id_token = id_token(&run.value("nonce").unwrap(), &json!({}));
        let run = run.answered(&["state=STATE&id_token=", &id_token, more].concat()).checked();
        if more.is_empty() { run.completes() } else { run.on(digest()).completes() }
    }
    // Without the hash, any access token could stand beside the ID token.
    let run = Run::begin(ResponseType::TokenAndIdToken, Way::Frame).asked();
    let id_token = id_token(&run.value("nonce").unwrap(), &json!({"at_hash": null}));
    let query = ["state=STATE&access_token=a1&token_type=Bearer&id_token=", &id_token].concat();
    let run = run.answered(&query).checked().on(digest());
    assert_eq!(*run.problem(), TokenProblem::IdToken(IdTokenError::Missing("at_hash")));
}

#[test]
fn a_redirect_comes_back_with_a_code() {
    let run = Run::begin(ResponseType::Code, Way::Redirect).asked();
    assert!(matches!(&run.actions[..], [TokenAction::Keep(_), TokenAction::Navigate(_)]));
    assert_eq!(*run.flow.step(), TokenStep::Leaving);
    assert_eq!(run.value("response_mode").as_deref(), Some("query"));
    assert_eq!(run.value("sessionToken").as_deref(), Some("00session"));
    let (state, nonce) = (run.value("state").unwrap(), run.value("nonce").unwrap());
    let back = |query: &str, now| run.back(ResponseType::Code, &query.replace("STATE", &state), now);
    let good = back("state=STATE&code=c1&page=1", T0 + 600_000);
    assert!(matches!(&good.actions[..], [TokenAction::Send(_)]));
    good.on(TokenEvent::Replied(Ok(tokens(&nonce)))).checked().on(digest()).completes();
    back("state=STATE&code=c1", T0 + 600_001).fails_with(TokenFailure::Late);
    back("state=other&code=c1", T0).fails_with(TokenFailure::Late);
    back("state=STATE&error=login_required", T0).fails_with(TokenFailure::NotSignedIn);
    back("state=STATE&error=access_denied&code=c1", T0).fails_with(TokenFailure::Denied);
    back("state=STATE", T0).fails_with(TokenFailure::Untrusted);
    back("state=STATE&code=c1&code=c2", T0).fails_with(TokenFailure::Untrusted);
    let mut other_tab = run;
    other_tab.kept = None;
    let other_tab = other_tab.back(ResponseType::Code, "state=s&code=c1", T0);
    assert_eq!(*other_tab.problem(), TokenProblem::Pending(PendingError::Missing));
    let (mut elsewhere, _) = TokenFlow::resume(settings(ResponseType::Code, Way::Redirect));
    assert_eq!(elsewhere.handle(TokenEvent::Returned(None), T0), [TokenAction::StartOver]);
}

#[test]
fn a_frame_that_leads_to_nothing_is_followed_by_one_redirect() {
    type Happens = fn(Run) -> Run;
    let cases: [(Happens, Fallback, Option<&str>); 3] = [
        (|run| run.answered("state=STATE&error=login_required"), Fallback::LoginRequired, None),
        (|run| run.on(TokenEvent::Framed(Err(FrameFailure::TimedOut))), Fallback::TimedOut, None),
        (|run| run.on(TokenEvent::Framed(Err(FrameFailure::NotOpened))), Fallback::NotOpened, Some("00session")),
    ];
    for (happens, why, session_token) in cases {
        let run = Run::begin(ResponseType::Code, Way::Frame).asked();
        let states = run.value("state");
        let run = happens(run);
        let report = TokenAction::Report(TokenProblem::Fallback(why));
        assert_eq!(run.actions, [TokenAction::CloseFrame, report, TokenAction::Draw(RANDOM_LENGTH)]);
        let run = run.asked();
        assert!(matches!(&run.actions[..], [TokenAction::Keep(_), TokenAction::Navigate(_)]), "{why:?}");
        assert_eq!(run.value("sessionToken").as_deref(), session_token, "{why:?}: a token is used once");
        assert_ne!(run.value("state"), states, "a late answer of the frame is to another request");
        // A late answer does nothing.
        let state = run.value("state").unwrap();
        let late = Fields::of_query(&["code=c1&state=", &state].concat()).unwrap();
        let run = run.on(TokenEvent::Framed(Ok(late)));
        assert_eq!((run.actions.len(), run.flow.step()), (0, &TokenStep::Leaving));
        let query = ["error=login_required&state=", &state].concat();
        run.back(ResponseType::Code, &query, T0).fails_with(TokenFailure::NotSignedIn);
    }
}

#[test]
fn somebody_elses_message_does_nothing() {
    let run = Run::begin(ResponseType::Code, Way::Frame).asked();
    let run = run.answered("state=other&code=c1").answered("state=other&error=login_required");
    assert!(run.actions.is_empty());
    let run = run.answered("state=STATE&code=c1");
    assert!(matches!(&run.actions[..], [TokenAction::CloseFrame, TokenAction::Send(_)]));
}

#[test]
fn refusals_of_the_frame() {
    for (query, told) in [
        ("state=STATE&error=access_denied", TokenFailure::Denied),
        ("state=STATE&error=consent_required", TokenFailure::NeedsConsent),
        ("state=STATE&error=interaction_required", TokenFailure::NeedsConsent),
        ("state=STATE&error=invalid_scope", TokenFailure::Misconfigured),
        ("state=STATE&error=server_error", TokenFailure::Unavailable),
        ("state=STATE", TokenFailure::Untrusted),
        ("state=STATE&code=c1&iss=https%3A%2F%2Fevil.example", TokenFailure::Untrusted),
    ] {
        let run = Run::begin(ResponseType::Code, Way::Frame).asked().answered(query);
        assert!(matches!(run.actions.first(), Some(TokenAction::CloseFrame)), "{query}");
        run.fails_with(told);
    }
}

/// At the exchange of the code.
fn exchanging() -> Run {
    Run::begin(ResponseType::Code, Way::Frame).asked().answered("state=STATE&code=c1")
}

#[test]
fn what_can_fail_after_the_answer() {
    let replied = |outcome| exchanging().on(TokenEvent::Replied(outcome));
    replied(Err(TransportError::Offline)).fails_with(TokenFailure::Unavailable);
    replied(no_json(503)).fails_with(TokenFailure::Unavailable);
    replied(no_json(200)).fails_with(TokenFailure::Untrusted);
    replied(json_response(400, json!({"error": "invalid_grant"}))).fails_with(TokenFailure::Late);
    replied(json_response(401, json!({"error": "invalid_client"}))).fails_with(TokenFailure::Misconfigured);
    replied(json_response(200, json!({"id_token": "a.b"}))).fails_with(TokenFailure::Untrusted);
    let fetching = || {
        let run = exchanging();
        let nonce = run.value("nonce").unwrap();
        run.on(TokenEvent::Replied(Ok(tokens(&nonce))))
    };
    fetching().on(TokenEvent::Replied(Err(TransportError::TimedOut))).fails_with(TokenFailure::Unavailable);
    fetching().on(TokenEvent::Replied(no_json(500))).fails_with(TokenFailure::Unavailable);
    let no_keys = json_response(200, json!({"keys": []}));
    fetching().on(TokenEvent::Replied(no_keys)).fails_with(TokenFailure::Untrusted);
    let verifying = || fetching().on(TokenEvent::Replied(Ok(keys())));
    let forged = verifying().on(TokenEvent::Verified(Some(false)));
    assert_eq!(*forged.problem(), TokenProblem::IdToken(IdTokenError::Signature));
    verifying().on(TokenEvent::Verified(None)).fails_with(TokenFailure::NoCryptography);
    let binding = || verifying().on(TokenEvent::Verified(Some(true)));
    binding().on(TokenEvent::Digested(None)).fails_with(TokenFailure::NoCryptography);
    binding().on(TokenEvent::Digested(Some(vec![8; 32]))).fails_with(TokenFailure::Untrusted);
}

#[test]
fn claims_that_do_not_fit() {
    for (change, told) in [
        (json!({"nonce": "other"}), TokenFailure::Untrusted),
        (json!({"aud": "0oa2"}), TokenFailure::Untrusted),
        (json!({"exp": T0 / 1_000 - 301}), TokenFailure::WrongClock),
        (json!({"iat": T0 / 1_000 + 301}), TokenFailure::WrongClock),
    ] {
        let run = Run::begin(ResponseType::IdToken, Way::Frame).asked();
        let id_token = id_token(&run.value("nonce").unwrap(), &change);
        run.answered(&["state=STATE&id_token=", &id_token].concat()).checked().fails_with(told);
    }
}

#[test]
fn a_browser_without_cryptography() {
    let run = Run::begin(ResponseType::Code, Way::Frame);
    run.on(TokenEvent::Drawn(None)).fails_with(TokenFailure::NoCryptography);
    let run = Run::begin(ResponseType::Code, Way::Frame);
    run.on(TokenEvent::Drawn(Some(vec![0; RANDOM_LENGTH]))).fails_with(TokenFailure::NoCryptography);
    let run = Run::begin(ResponseType::Code, Way::Frame).on(TokenEvent::Drawn(Some((0..96).collect())));
    run.on(TokenEvent::Digested(None)).fails_with(TokenFailure::NoCryptography);
}

#[test]
fn once_more_goes_without_the_used_token() {
    let mut run = exchanging().on(TokenEvent::Replied(Err(TransportError::Offline)));
    let actions = run.flow.again();
    let run = run.noted(actions).asked();
    assert!(matches!(&run.actions[..], [TokenAction::OpenFrame { .. }]));
    assert_eq!(run.value("sessionToken"), None);
}

#[test]
fn nothing_is_shown() {
    let run = Run::begin(ResponseType::Code, Way::Frame).asked();
    let shown = format!("{:?} {:?} {:?}", run.flow, run.actions, TokenEvent::Drawn(Some(vec![1; 96])));
    let values = [run.value("state").unwrap(), run.value("nonce").unwrap(), "00session".to_owned(), "1, 1".to_owned()];
    for secret in values {
        assert!(!shown.contains(&secret), "{shown}");
    }
}
