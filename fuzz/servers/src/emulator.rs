//! The emulator: any sequence of a few requests to its API, its pages, and its control interface. Not here: the requests
//! (`request.rs`, `bodies.rs`), what is known from responses (`known.rs`), what must hold (`check.rs`).

mod bodies;
mod check;
mod known;
mod request;

use crate::input::Input;
use crate::runtime::block_on;
use crate::secret::{self, SECRET};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use known::Known;
use okta_emulator::{InProcess, Seed};
use std::sync::LazyLock;
use std::time::Duration;
use tower::ServiceExt as _;

const BASE: &str = "http://localhost:8082";
const PAGE: &str = "http://localhost:8080";
/// The most requests of one input.
const LONGEST: usize = 10;
/// By the clock that does not wait: only a planned fault takes longer.
const SLOW: Duration = Duration::from_mins(2);

static CONFIGURATION: LazyLock<String> = LazyLock::new(configuration);
static ORG: LazyLock<InProcess> = LazyLock::new(|| InProcess::new(&CONFIGURATION, BASE, PAGE).expect("the sample org"));
/// Who can sign in, with their passwords.
static USERS: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let seed = Seed::parse(&CONFIGURATION, "sample-org.toml").expect("the sample org");
    seed.users().into_iter().map(|user| (user.login, user.password)).collect()
});

/// The sample org, with secrets that can be told from everything else.
fn configuration() -> String {
    let sample = include_str!("../../../emulator/sample-org.toml");
    let mut text = String::new();
    for line in sample.lines() {
        let secret = ["password = \"", "answer = \""].into_iter().find_map(|name| Some((line.split_once(name)?, name)));
        match secret {
            Some(((before, after), name)) if before.is_empty() || before.ends_with([' ', ',']) => {
                text.extend([before, name, SECRET, after]);
            }
            _ => text.push_str(line),
        }
        text.push('\n');
    }
    text + "[hashing]\nmemory_kib = 8\niterations = 1\n[limits]\nsign_ins_per_second = 1000\n"
}

/// Makes the org's key for tokens, which takes longer than an input may.
pub fn prepare() {
    let keys = Request::get("/oauth2/v1/keys").body(Body::empty()).expect("a path");
    let answer = block_on(ORG.service().oneshot(keys));
    assert!(answer.is_ok_and(|answer| answer.status() == StatusCode::OK), "the org has no keys");
}

/// One request after the other.
pub fn run(bytes: &[u8]) {
    let bytes = secret::without(bytes);
    let mut input = Input::new(&bytes);
    ORG.reset();
    let service = ORG.service();
    let mut known = Known::default();
    block_on(async {
        for _ in 0..LONGEST {
            if input.is_empty() {
                break;
            }
            let code = if input.byte() & 1 == 1 { code(&service).await } else { None };
            let Some(request) = request::next(&mut input, &known, code.as_deref()) else { continue };
            one(&service, request, &mut known).await;
        }
    });
}

async fn one(service: &Router, request: Request<Body>, known: &mut Known) {
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let origin = request.headers().get("origin").cloned();
    let answered = tokio::time::timeout(SLOW, async {
        let Ok(response) = service.clone().oneshot(request).await;
        let (head, body) = response.into_parts();
        // A planned fault may break it off.
        (head, to_bytes(body, usize::MAX).await)
    });
    let Ok((head, body)) = answered.await else {
        assert!(known.has_faults, "{method} {uri} gets no answer");
        return;
    };
    match body {
        Ok(body) => {
            check::response(&method, &uri, origin.as_ref(), &head, &body, known.has_faults);
            known.learns(uri.path(), &head, &body);
        }
        Err(error) => assert!(known.has_faults, "{method} {uri}: {error}"),
    }
}

/// The newest code that was sent.
async fn code(service: &Router) -> Option<String> {
    let request = Request::get("/control/outbox").header("host", "localhost").body(Body::empty()).ok()?;
    let Ok(response) = service.clone().oneshot(request).await;
    let body = to_bytes(response.into_body(), usize::MAX).await.ok()?;
    let messages: serde_json::Value = serde_json::from_slice(&body).ok()?;
    messages.as_array()?.iter().rev().find_map(|message| Some(message["code"].as_str()?.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_org_has_secrets_and_its_users_sign_in() {
        assert!(USERS.len() > 30 && USERS.iter().filter(|(_, password)| password.contains(SECRET)).count() > 30);
        let body = format!("{{\"username\": \"jeff.beck\", \"password\": \"{SECRET}xaxaxaxaxa\"}}");
        let request = Request::post("/api/v1/authn").header("content-type", "application/json");
        let request = request.header("content-length", body.len()).body(Body::from(body)).expect("a request");
        let Ok(response) = block_on(ORG.service().oneshot(request));
        assert_eq!(response.status(), StatusCode::OK);
    }
}
