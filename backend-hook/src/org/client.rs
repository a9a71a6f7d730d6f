//! How the org is asked: with its token, within a time, without following redirects, and reading no more
//! than a bounded answer. Reads are repeated a little when the org stumbles. What is asked is not known here.

use std::{
    sync::Arc,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::{Method, Response, StatusCode, header, redirect};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Serialize, de::DeserializeOwned};
use url::Url;

use super::error::{OrgError, Refusal};
use crate::{metrics::Metrics, moment};

/// The longest answer that is read.
const LONGEST: usize = 1024 * 1024;
/// How often a read is made at most.
const TRIES: u32 = 3;
/// How long a limit of the org is waited for.
const PATIENCE: u64 = 2;
/// What of a segment of a path stays as it is.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Where the org is and how it is asked.
#[derive(Debug)]
pub struct Settings {
    /// Its origin.
    pub origin: String,
    /// The API token.
    pub token: SecretString,
    /// How long a call may take, with all its repetitions.
    pub timeout: Duration,
}

/// Asks the org.
#[derive(Debug)]
pub struct Client {
    http: reqwest::Client,
    settings: Settings,
    metrics: Arc<Metrics>,
}

/// One request.
#[derive(Debug)]
pub(super) struct Ask<'a> {
    method: Method,
    /// For logs and metrics: which call, never about whom.
    name: &'static str,
    path: String,
    body: Option<&'a [u8]>,
    with_token: bool,
}

impl<'a> Ask<'a> {
    /// A request for the path of these segments, each of which is one segment whatever it holds.
    pub(super) fn new(method: Method, name: &'static str, segments: &[&str]) -> Self {
        let mut path = "/api/v1".to_owned();
        for segment in segments {
            path.push('/');
            path.extend(utf8_percent_encode(segment, PLAIN));
        }
        Self { method, name, path, body: None, with_token: true }
    }

    pub(super) fn query(mut self, query: &str) -> Self {
        self.path.push('?');
        self.path.push_str(query);
        self
    }

    pub(super) fn body(self, body: &'a [u8]) -> Self {
        Self { body: Some(body), ..self }
    }

    /// As anyone may ask.
    pub(super) fn without_token(self) -> Self {
        Self { with_token: false, ..self }
    }
}

/// What the org said to a request that it carried out.
struct Answer {
    body: Vec<u8>,
    /// When it said so, by its own clock.
    at: Option<i64>,
}

impl Client {
    /// Makes it; no request is sent yet.
    pub fn new(settings: Settings, metrics: Arc<Metrics>) -> Result<Self, String> {
        let http = reqwest::Client::builder()
            .redirect(redirect::Policy::none())
            .connect_timeout(Duration::from_secs(3).min(settings.timeout))
            .user_agent(concat!("okta-backend-hook/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| error.to_string())?;
        Ok(Self { http, settings, metrics })
    }

    /// Asks, and reads the answer.
    pub(super) async fn ask<T: DeserializeOwned>(&self, ask: Ask<'_>) -> Result<T, OrgError> {
        self.ask_when(ask).await.map(|(answer, _)| answer)
    }

    /// The same, with the time at which the org answered, by its own clock.
    pub(super) async fn ask_when<T: DeserializeOwned>(&self, ask: Ask<'_>) -> Result<(T, Option<i64>), OrgError> {
        let Answer { body, at } = self.answer(&ask).await?;
        serde_json::from_slice(&body).map(|answer| (answer, at)).map_err(|_| OrgError::Nonsense(ask.name))
    }

    /// Asks with a body, and reads the answer.
    pub(super) async fn post<T: DeserializeOwned>(&self, ask: Ask<'_>, body: &impl Serialize) -> Result<T, OrgError> {
        let body = serde_json::to_vec(body).map_err(|_| OrgError::Nonsense("a body"))?;
        self.ask(ask.body(&body)).await
    }

    /// Asks, and looks at the status alone.
    pub(super) async fn bytes(&self, ask: &Ask<'_>) -> Result<Vec<u8>, OrgError> {
        self.answer(ask).await.map(|answer| answer.body)
    }

    async fn answer(&self, ask: &Ask<'_>) -> Result<Answer, OrgError> {
        let started = Instant::now();
        let asked = tokio::time::timeout(self.settings.timeout, self.with_repetitions(ask)).await;
        let outcome = asked.unwrap_or(Err(OrgError::TimedOut));
        self.metrics.asked(ask.name, &outcome, started.elapsed());
        match &outcome {
            Ok(_) => tracing::debug!(call = ask.name, "the org answered"),
            Err(OrgError::Refused(refusal)) if refusal.status < 500 => {
                tracing::debug!(call = ask.name, status = refusal.status, code = refusal.code, "the org refused");
            }
            Err(OrgError::Refused(refusal)) => {
                tracing::warn!(call = ask.name, status = refusal.status, "the org failed");
            }
            Err(OrgError::Unreachable) => tracing::warn!(call = ask.name, "the org can't be reached"),
            Err(OrgError::TimedOut) => tracing::warn!(call = ask.name, "the org took too long"),
            Err(OrgError::Nonsense(_)) => tracing::warn!(call = ask.name, "the org's answer can't be understood"),
        }
        outcome
    }

    async fn with_repetitions(&self, ask: &Ask<'_>) -> Result<Answer, OrgError> {
        let mut tries_left = TRIES;
        loop {
            tries_left -= 1;
            let refused = match self.once(ask).await {
                Ok(answer) => return Ok(answer),
                Err(refused) => refused,
            };
            match pause(&ask.method, &refused).filter(|_| tries_left > 0) {
                Some(pause) => tokio::time::sleep(pause).await,
                None => return Err(refused),
            }
        }
    }

    async fn once(&self, ask: &Ask<'_>) -> Result<Answer, OrgError> {
        let url = format!("{}{}", self.settings.origin, ask.path);
        let mut request = self.http.request(ask.method.clone(), url).header(header::ACCEPT, "application/json");
        if ask.with_token {
            let mut token = format!("SSWS {}", self.settings.token.expose_secret())
                .parse::<header::HeaderValue>()
                .map_err(|_| OrgError::Nonsense("a token that is no header"))?;
            token.set_sensitive(true);
            request = request.header(header::AUTHORIZATION, token);
        }
        if let Some(body) = ask.body {
            request = request.header(header::CONTENT_TYPE, "application/json").body(body.to_vec());
        } else if ask.method == Method::POST {
            request = request.header(header::CONTENT_LENGTH, "0");
        }
        answer(request.send().await.map_err(|error| sent(&error))?, LONGEST).await
    }

    /// A picture that the org publishes; from the org alone, and without the token.
    pub(super) async fn picture(&self, address: &str, longest: usize) -> Result<Vec<u8>, OrgError> {
        let url = Url::parse(address).map_err(|_| OrgError::Nonsense("the address of a picture"))?;
        if url.origin().ascii_serialization() != self.settings.origin {
            return Err(OrgError::Nonsense("a picture from elsewhere"));
        }
        let fetched = async { answer(self.http.get(url).send().await.map_err(|error| sent(&error))?, longest).await };
        let fetched = tokio::time::timeout(self.settings.timeout, fetched).await.unwrap_or(Err(OrgError::TimedOut));
        fetched.map(|answer| answer.body)
    }
}

/// How long to wait before asking once more, if at all.
fn pause(method: &Method, refused: &OrgError) -> Option<Duration> {
    match refused {
        // It was not done, so any request may be repeated.
        OrgError::Refused(Refusal { status: 429, retry_after: Some(seconds), .. }) if *seconds <= PATIENCE => {
            Some(Duration::from_secs((*seconds).max(1)))
        }
        OrgError::Refused(Refusal { status: 502 | 503, .. }) | OrgError::Unreachable if *method == Method::GET => {
            Some(Duration::from_millis(rand::random_range(100..300)))
        }
        _ => None,
    }
}

fn sent(error: &reqwest::Error) -> OrgError {
    if error.is_timeout() && !error.is_connect() { OrgError::TimedOut } else { OrgError::Unreachable }
}

/// Reads an answer up to its longest.
async fn answer(mut response: Response, longest: usize) -> Result<Answer, OrgError> {
    let status = response.status();
    let at = response.headers().get(header::DATE).and_then(|value| moment::parse_http(value.to_str().ok()?));
    let reset = response.headers().get("x-rate-limit-reset").and_then(|value| value.to_str().ok()?.parse().ok());
    let mut body = Vec::new();
    while let Some(part) = response.chunk().await.map_err(|error| sent(&error))? {
        if body.len() + part.len() > longest {
            return Err(OrgError::Nonsense("an answer without end"));
        }
        body.extend_from_slice(&part);
    }
    if status.is_success() {
        return Ok(Answer { body, at });
    }
    let wait = reset.filter(|_| status == StatusCode::TOO_MANY_REQUESTS).map(|reset| seconds_until(reset, now()));
    Err(OrgError::Refused(Refusal::read(status.as_u16(), &body, wait)))
}

/// Limits of the org are by the minute: clocks that differ must not make a caller wait for hours.
fn seconds_until(reset: u64, now: u64) -> u64 {
    reset.saturating_sub(now).min(60)
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_segment_stays_one() {
        let path = |segment| Ask::new(Method::GET, "x", &["users", segment, "factors"]).path;
        assert_eq!(path("00u1-_.~"), "/api/v1/users/00u1-_.~/factors");
        assert_eq!(path("a/../b?c#d\r\n"), "/api/v1/users/a%2F..%2Fb%3Fc%23d%0D%0A/factors");
    }

    #[test]
    fn only_what_was_not_done_is_repeated() {
        let refused = |status, retry_after| OrgError::Refused(Refusal { status, retry_after, ..Refusal::default() });
        let repeats = |method: Method, refused: OrgError| pause(&method, &refused).is_some();
        assert!(repeats(Method::GET, OrgError::Unreachable) && !repeats(Method::POST, OrgError::Unreachable));
        assert!(repeats(Method::GET, refused(503, None)) && !repeats(Method::POST, refused(503, None)));
        assert!(repeats(Method::POST, refused(429, Some(2))) && !repeats(Method::GET, refused(429, Some(3))));
        assert!(!repeats(Method::GET, refused(429, None)) && !repeats(Method::GET, refused(500, None)));
        assert!(!repeats(Method::GET, OrgError::TimedOut));
    }

    #[test]
    fn clocks_may_differ() {
        assert_eq!(seconds_until(105, 100), 5);
        assert_eq!(seconds_until(90, 100), 0);
        assert_eq!(seconds_until(1_000_000, 100), 60);
    }
}
