//! The org: it answers as an Okta org does, except where the input says otherwise, and checks what it is asked. Not here:
//! what its right answers are (`answers.rs`).

use super::request::Sent;
use super::{ORG, OTHER_SESSION, SESSION};
use crate::hook::answers;
use crate::input::Input;
use crate::mutate::mutate;
use crate::secret::SECRET;
use axum::http;
use okta_backend_hook::org::{OrgError, Transport};
use percent_encoding::percent_decode_str;
use reqwest::{Method, Request, Response};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tower::service_fn;

/// What is wrong with an answer.
#[derive(Clone, Debug)]
enum Wrong {
    Refused { status: u16, code: String, cause: String },
    Any { status: u16, body: String },
    Changed(Vec<u8>),
    Unreachable,
    TimedOut,
    Never,
    TooLong,
    RateLimit { reset: String },
}

/// Which answer is wrong, from now on.
#[derive(Clone, Debug)]
struct Plan {
    after: u8,
    for_good: bool,
    wrong: Wrong,
}

#[derive(Debug, Default)]
struct State {
    plan: Option<Plan>,
    is_upgraded: bool,
    /// Users whom the request that is being answered may be about.
    users: Vec<String>,
    /// How many requests there were since, and how many of them had the API token.
    asked: usize,
    with_token: usize,
    /// Whether an answer to them was wrong, and whether one was ever.
    is_wrong: bool,
    was_wrong: bool,
}

/// The org.
#[derive(Clone, Debug)]
pub(super) struct Org(Arc<Mutex<State>>);

impl Org {
    pub(super) fn new(is_upgraded: bool) -> Self {
        Self(Arc::new(Mutex::new(State { is_upgraded, ..State::default() })))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What brings its answers to the hook.
    pub(super) fn transport(&self) -> Transport {
        let org = self.clone();
        Transport::new(service_fn(move |request: Request| {
            let org = org.clone();
            async move { org.answer(&request).await }
        }))
    }

    /// The hook gets this request now. The input says which answer to it is wrong.
    pub(super) fn expects(&self, sent: &Sent, input: &mut Input<'_>) {
        let plan = plan(input);
        let mut state = self.state();
        // Whose session it is, is what the org says of it.
        let is_own = |session: Option<&str>| plan.is_some() || session != Some(OTHER_SESSION);
        let own = sent.cookie.iter().filter(|cookie| sent.is_signed_in && is_own(cookie.session.as_deref()));
        state.users = own.map(|cookie| cookie.user.clone()).collect();
        (state.plan, state.asked, state.with_token, state.is_wrong) = (plan, 0, 0, false);
    }

    /// How many requests there were, and how many had the API token.
    pub(super) fn asked(&self) -> (usize, usize) {
        let state = self.state();
        (state.asked, state.with_token)
    }

    /// Whether the hook's error can be the org's.
    pub(super) fn is_wrong(&self) -> bool {
        self.state().is_wrong
    }

    /// Whether an error that is kept for a while can be the org's.
    pub(super) fn was_wrong(&self) -> bool {
        self.state().was_wrong
    }

    /// Whether it says that it has no cookie tokens.
    pub(super) fn is_upgraded(&self) -> bool {
        self.state().is_upgraded
    }

    async fn answer(&self, request: &Request) -> Result<Response, OrgError> {
        let path = request.url().path().to_owned();
        let body = request.body().and_then(|body| body.as_bytes()).unwrap_or_default();
        let body: Value = serde_json::from_slice(body).unwrap_or_default();
        let (wrong, is_upgraded) = {
            let mut state = self.state();
            check(&mut state, request, &path);
            state.asked += 1;
            let place = state.asked - 1;
            let planned = state
                .plan
                .as_ref()
                .filter(|plan| place == usize::from(plan.after) || (plan.for_good && place > usize::from(plan.after)));
            let wrong = planned.map(|plan| plan.wrong.clone());
            state.is_wrong |= wrong.is_some();
            state.was_wrong |= wrong.is_some();
            (wrong, state.is_upgraded)
        };
        let (status, mut right) = answers::right(request.method(), &path, &body, is_upgraded);
        let response = match wrong {
            None => answered(status, &right.to_string()),
            Some(Wrong::Refused { status, code, cause }) => {
                let body = json!({ "errorCode": code, "errorCauses": [{ "errorSummary": cause }] });
                answered(status, &body.to_string())
            }
            Some(Wrong::Any { status, body }) => answered(status, &body),
            Some(Wrong::Changed(how)) => {
                mutate(&mut right, &mut Input::new(&how));
                answered(status, &right.to_string())
            }
            Some(Wrong::Unreachable) => return Err(OrgError::Unreachable),
            Some(Wrong::TimedOut) => return Err(OrgError::TimedOut),
            Some(Wrong::Never) => std::future::pending().await,
            Some(Wrong::TooLong) => answered(200, &"x".repeat(1024 * 1024 + 1)),
            Some(Wrong::RateLimit { reset }) => limited(&reset),
        };
        if request.method() == Method::POST && path == "/api/v1/users" {
            // Whoever was created gets a factor, by the name that the org has given them.
            let created: Value =
                serde_json::from_slice(response.body().as_bytes().unwrap_or_default()).unwrap_or_default();
            self.state().users.extend(created["id"].as_str().map(str::to_owned));
        }
        Ok(response.map(reqwest::Body::from).into())
    }
}

fn answered(status: u16, body: &str) -> http::Response<reqwest::Body> {
    let builder = http::Response::builder().header(http::header::DATE, "Sun, 06 Nov 1994 08:49:37 GMT");
    builder.status(status.clamp(100, 999)).body(body.to_owned().into()).expect("a status from 100 to 999")
}

fn limited(reset: &str) -> http::Response<reqwest::Body> {
    let mut response = answered(429, "{}");
    if let Ok(value) = http::HeaderValue::from_str(reset) {
        response.headers_mut().insert("x-rate-limit-reset", value);
    }
    response
}

fn plan(input: &mut Input<'_>) -> Option<Plan> {
    const CODES: [&str; 16] = [
        "E0000001", "E0000004", "E0000007", "E0000014", "E0000047", "E0000068", "E0000080", "E0000082", "E0000087",
        "E0000098", "E0000109", "E0000118", "E0000121", "E0000133", "E0000207", "E0000035",
    ];
    let choice = input.byte();
    if choice < 128 {
        return None;
    }
    let (after, for_good) = (choice % 4, choice & 4 != 0);
    let status = |input: &mut Input<'_>| match input.byte() {
        choice @ 0..32 => [400, 401, 403, 404, 429, 500, 502, 503][usize::from(choice) % 8],
        choice => 100 + u16::from(choice) * 2,
    };
    let wrong = match input.byte() % 10 {
        0 | 1 => Wrong::Refused {
            status: status(input),
            code: match input.byte() {
                choice @ 0..240 => CODES[usize::from(choice) % CODES.len()].to_owned(),
                _ => input.text().into_owned(),
            },
            cause: input.text().into_owned(),
        },
        2 => Wrong::Any { status: status(input), body: input.text().into_owned() },
        3 => Wrong::Any { status: 200, body: input.text().into_owned() },
        4 => Wrong::Unreachable,
        5 => Wrong::TimedOut,
        6 => match input.byte() {
            0..128 => Wrong::Never,
            _ => Wrong::TooLong,
        },
        7 => Wrong::RateLimit { reset: input.text().into_owned() },
        _ => Wrong::Changed(input.text().into_owned().into_bytes()),
    };
    Some(Plan { after, for_good, wrong })
}

/// What a request to the org may be.
fn check(state: &mut State, request: &Request, path: &str) {
    let url = request.url();
    assert_eq!(url.origin().ascii_serialization(), ORG, "a request to another host");
    let proof = request.headers().get("authorization").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let has_token = proof.starts_with("SSWS ");
    state.with_token += usize::from(has_token);
    assert!(!url.as_str().contains(SECRET) || path.starts_with("/api/v1/sessions/"), "a secret in {url}");
    if !has_token {
        return;
    }
    let segments: Vec<&str> = path.split('/').skip(1).collect();
    let decoded =
        |place: usize| segments.get(place).map(|text| percent_decode_str(text).decode_utf8_lossy().into_owned());
    assert!(
        matches!(segments[..], ["api", "v1", "users" | "sessions" | "policies", ..]),
        "the API token goes to {path}"
    );
    assert!(!segments.iter().any(|segment| segment.is_empty()), "an empty name in {path}");
    match segments[2] {
        "users" if segments.len() > 3 => {
            let user = decoded(3).unwrap_or_default();
            assert!(state.users.contains(&user), "{path} is about somebody else than {:?}", state.users);
        }
        "users" => assert_eq!(*request.method(), Method::POST, "{path}"),
        "sessions" => assert!(segments.len() == 4, "{path}"),
        _ => {}
    }
    let is_of_somebody = path.starts_with("/api/v1/sessions/") && decoded(3).as_deref() != Some(SESSION);
    assert!(!(is_of_somebody && *request.method() == Method::DELETE && state.users.is_empty()), "{path} is closed");
}
