//! Sends requests to the org: with the API token, a timeout, no redirects, and a limit on the size of responses.
//! Reads are retried when the org fails. Not here: the endpoints.

use std::{
    sync::Arc,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::{Method, Request, Response, StatusCode, header, redirect};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Serialize, de::DeserializeOwned};
use tower::{ServiceExt as _, util::BoxCloneSyncService};
use url::Url;

use super::error::{OrgError, Refusal};
use crate::{metrics::Metrics, timestamp};

/// Maximum size of a response.
const MAX_RESPONSE_SIZE: usize = 1024 * 1024;
/// Maximum number of attempts of a read.
const MAX_ATTEMPTS: u32 = 3;
/// Maximum number of seconds to wait for the org's rate limit.
const MAX_RETRY_DELAY: u64 = 2;
/// Characters of a path segment that are not encoded.
const NOT_ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Settings of the client.
#[derive(Debug)]
pub struct Settings {
    /// The org's origin.
    pub origin: String,
    /// The API token.
    pub token: SecretString,
    /// Timeout of a request, including its retries.
    pub timeout: Duration,
}

/// What takes a request to the org and brings its response: the network, or what stands for the org where there is none.
pub type Transport = BoxCloneSyncService<Request, Response, OrgError>;

/// The HTTP client of the org.
#[derive(Debug)]
pub struct Client {
    transport: Transport,
    settings: Settings,
    metrics: Arc<Metrics>,
}

/// A request.
#[derive(Debug)]
pub(super) struct OrgRequest<'a> {
    method: Method,
    /// The name of the request for logs and metrics; contains no ids.
    name: &'static str,
    path: String,
    /// Whether each name in the path is one: nothing, and dots, would make the path of something else.
    has_names: bool,
    body: Option<&'a [u8]>,
    content_type: &'static str,
    authorization: Authorization,
}

/// What the request proves to the org.
#[derive(Debug)]
enum Authorization {
    /// The right to use the API.
    ApiToken,
    /// Nothing.
    None,
    /// Who the client of OpenID Connect is: the value of the header.
    Client(SecretString),
}

impl<'a> OrgRequest<'a> {
    /// A request for a path of these segments; each is percent-encoded.
    pub(super) fn new(method: Method, name: &'static str, segments: &[&str]) -> Self {
        let mut path = "/api/v1".to_owned();
        for segment in segments {
            path.push('/');
            path.extend(utf8_percent_encode(segment, NOT_ENCODED));
        }
        let has_names = segments.iter().all(|segment| !matches!(*segment, "" | "." | ".."));
        Self { has_names, ..Self::at(method, name, &path) }
    }

    /// A request for a path outside the API.
    pub(super) fn at(method: Method, name: &'static str, path: &str) -> Self {
        let (path, content_type) = (path.to_owned(), "application/json");
        Self { method, name, path, has_names: true, body: None, content_type, authorization: Authorization::ApiToken }
    }

    pub(super) fn query(mut self, query: &str) -> Self {
        self.path.push('?');
        self.path.push_str(query);
        self
    }

    pub(super) fn body(self, body: &'a [u8]) -> Self {
        Self { body: Some(body), ..self }
    }

    /// With a form as its body.
    pub(super) fn form(self, body: &'a [u8]) -> Self {
        Self { body: Some(body), content_type: "application/x-www-form-urlencoded", ..self }
    }

    /// Without the API token.
    pub(super) fn without_token(self) -> Self {
        Self { authorization: Authorization::None, ..self }
    }

    /// With this value of `Authorization` in place of the API token.
    pub(super) fn authorization(self, value: SecretString) -> Self {
        Self { authorization: Authorization::Client(value), ..self }
    }
}

/// A successful response.
struct DatedBody {
    body: Vec<u8>,
    /// The `Date` of the response, by the org's clock.
    at: Option<i64>,
}

impl Client {
    /// A client over the network; sends no request.
    pub fn new(settings: Settings, metrics: Arc<Metrics>) -> Result<Self, String> {
        let http = reqwest::Client::builder()
            .redirect(redirect::Policy::none())
            .connect_timeout(Duration::from_secs(3).min(settings.timeout))
            .user_agent(concat!("okta-backend-hook/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| error.to_string())?;
        let transport = Transport::new(http.map_err(|error| transport_error(&error)));
        Ok(Self::over(transport, settings, metrics))
    }

    /// A client over this transport.
    pub fn over(transport: Transport, settings: Settings, metrics: Arc<Metrics>) -> Self {
        Self { transport, settings, metrics }
    }

    /// Sends a request and parses the response.
    pub(super) async fn send<T: DeserializeOwned>(&self, request: OrgRequest<'_>) -> Result<T, OrgError> {
        self.send_dated(request).await.map(|(answer, _)| answer)
    }

    /// Like `send`, with the org's time of the response.
    pub(super) async fn send_dated<T: DeserializeOwned>(
        &self,
        request: OrgRequest<'_>,
    ) -> Result<(T, Option<i64>), OrgError> {
        let DatedBody { body, at } = self.answer(&request).await?;
        serde_json::from_slice(&body).map(|answer| (answer, at)).map_err(|_| OrgError::Unparsable(request.name))
    }

    /// Sends a request with a JSON body and parses the response.
    pub(super) async fn post<T: DeserializeOwned>(
        &self,
        request: OrgRequest<'_>,
        body: &impl Serialize,
    ) -> Result<T, OrgError> {
        let body = serde_json::to_vec(body).map_err(|_| OrgError::Unparsable("a body"))?;
        self.send(request.body(&body)).await
    }

    /// Sends a request and returns the body unparsed.
    pub(super) async fn send_for_bytes(&self, request: &OrgRequest<'_>) -> Result<Vec<u8>, OrgError> {
        self.answer(request).await.map(|answer| answer.body)
    }

    async fn answer(&self, request: &OrgRequest<'_>) -> Result<DatedBody, OrgError> {
        let started = Instant::now();
        let outcome = tokio::time::timeout(self.settings.timeout, self.with_retries(request)).await;
        let outcome = outcome.unwrap_or(Err(OrgError::TimedOut));
        self.metrics.org_request(request.name, &outcome, started.elapsed());
        match &outcome {
            Ok(_) => tracing::debug!(call = request.name, "the org answered"),
            Err(OrgError::Refused(refusal)) if refusal.status < 500 => {
                tracing::debug!(call = request.name, status = refusal.status, code = refusal.code, "the org refused");
            }
            Err(OrgError::Refused(refusal)) => {
                tracing::warn!(call = request.name, status = refusal.status, "the org failed");
            }
            Err(OrgError::Unreachable) => tracing::warn!(call = request.name, "the org can't be reached"),
            Err(OrgError::TimedOut) => tracing::warn!(call = request.name, "the org took too long"),
            Err(OrgError::Unparsable(_)) => tracing::warn!(call = request.name, "the org's answer can't be understood"),
        }
        outcome
    }

    async fn with_retries(&self, request: &OrgRequest<'_>) -> Result<DatedBody, OrgError> {
        let mut attempts_left = MAX_ATTEMPTS;
        loop {
            attempts_left -= 1;
            let refused = match self.once(request).await {
                Ok(answer) => return Ok(answer),
                Err(refused) => refused,
            };
            match retry_delay(&request.method, &refused).filter(|_| attempts_left > 0) {
                Some(delay) => tokio::time::sleep(delay).await,
                None => return Err(refused),
            }
        }
    }

    async fn once(&self, request: &OrgRequest<'_>) -> Result<DatedBody, OrgError> {
        if !request.has_names {
            return Err(OrgError::Unparsable("a name that makes another path"));
        }
        let url = Url::parse(&[&self.settings.origin, request.path.as_str()].concat());
        let url = url.map_err(|_| OrgError::Unparsable("a path that makes no URL"))?;
        let mut http_request = Request::new(request.method.clone(), url);
        let headers = http_request.headers_mut();
        headers.insert(header::ACCEPT, header::HeaderValue::from_static("application/json"));
        let authorization = match &request.authorization {
            Authorization::ApiToken => Some(format!("SSWS {}", self.settings.token.expose_secret())),
            Authorization::None => None,
            Authorization::Client(value) => Some(value.expose_secret().to_owned()),
        };
        if let Some(authorization) = authorization {
            let mut authorization = authorization
                .parse::<header::HeaderValue>()
                .map_err(|_| OrgError::Unparsable("a token that is no header"))?;
            authorization.set_sensitive(true);
            headers.insert(header::AUTHORIZATION, authorization);
        }
        if let Some(body) = request.body {
            headers.insert(header::CONTENT_TYPE, header::HeaderValue::from_static(request.content_type));
            *http_request.body_mut() = Some(body.to_vec().into());
        } else if request.method == Method::POST {
            headers.insert(header::CONTENT_LENGTH, header::HeaderValue::from_static("0"));
        }
        self.take(http_request, MAX_RESPONSE_SIZE).await
    }

    /// Sends a request once, and reads the response up to its maximum size.
    async fn take(&self, request: Request, max_size: usize) -> Result<DatedBody, OrgError> {
        answer(self.transport.clone().oneshot(request).await?, max_size).await
    }

    /// The path of an address of the org; others are refused.
    pub fn path_of<'a>(&self, address: &'a str) -> Result<&'a str, OrgError> {
        let path = address.strip_prefix(&self.settings.origin).filter(|path| path.starts_with('/'));
        path.ok_or(OrgError::Unparsable("an address of another host"))
    }

    /// Fetches an image from the org, without the token; other hosts are refused.
    pub(super) async fn picture(&self, address: &str, max_size: usize) -> Result<Vec<u8>, OrgError> {
        let url = Url::parse(address).map_err(|_| OrgError::Unparsable("the URL of an image"))?;
        if url.origin().ascii_serialization() != self.settings.origin {
            return Err(OrgError::Unparsable("an image of another host"));
        }
        let fetched = self.take(Request::new(Method::GET, url), max_size);
        let fetched = tokio::time::timeout(self.settings.timeout, fetched).await.unwrap_or(Err(OrgError::TimedOut));
        fetched.map(|answer| answer.body)
    }
}

/// How long to wait before a retry, if it is allowed.
fn retry_delay(method: &Method, refused: &OrgError) -> Option<Duration> {
    match refused {
        // A rate limited request was not processed, so it may be repeated.
        OrgError::Refused(Refusal { status: 429, retry_after: Some(seconds), .. }) if *seconds <= MAX_RETRY_DELAY => {
            Some(Duration::from_secs((*seconds).max(1)))
        }
        OrgError::Refused(Refusal { status: 502 | 503, .. }) | OrgError::Unreachable if *method == Method::GET => {
            Some(Duration::from_millis(rand::random_range(100..300)))
        }
        _ => None,
    }
}

fn transport_error(error: &reqwest::Error) -> OrgError {
    if error.is_timeout() && !error.is_connect() { OrgError::TimedOut } else { OrgError::Unreachable }
}

/// Reads a response up to its maximum size.
async fn answer(mut response: Response, max_size: usize) -> Result<DatedBody, OrgError> {
    let status = response.status();
    let at = response.headers().get(header::DATE).and_then(|value| timestamp::parse_http(value.to_str().ok()?));
    let reset = response.headers().get("x-rate-limit-reset").and_then(|value| value.to_str().ok()?.parse().ok());
    let mut body = Vec::new();
    while let Some(part) = response.chunk().await.map_err(|error| transport_error(&error))? {
        if body.len() + part.len() > max_size {
            return Err(OrgError::Unparsable("a response that is too large"));
        }
        body.extend_from_slice(&part);
    }
    if status.is_success() {
        return Ok(DatedBody { body, at });
    }
    let wait = reset.filter(|_| status == StatusCode::TOO_MANY_REQUESTS).map(|reset| seconds_until(reset, now()));
    Err(OrgError::Refused(Refusal::read(status.as_u16(), &body, wait)))
}

/// The org's rate limits reset within a minute; a larger difference is due to the clocks.
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
    fn a_path_segment_is_encoded() {
        let path = |segment| OrgRequest::new(Method::GET, "x", &["users", segment, "factors"]).path;
        assert_eq!(path("00u1-_.~"), "/api/v1/users/00u1-_.~/factors");
        assert_eq!(path("a/../b?c#d\r\n"), "/api/v1/users/a%2F..%2Fb%3Fc%23d%0D%0A/factors");
    }

    #[test]
    fn a_name_does_not_make_another_path() {
        let has_names = |segment| OrgRequest::new(Method::DELETE, "x", &["users", segment, "factors"]).has_names;
        assert!(has_names("00u1") && has_names("...") && has_names("a/.."));
        for wrong in ["", ".", ".."] {
            assert!(!has_names(wrong), "{wrong:?}");
        }
    }

    #[test]
    fn only_unprocessed_requests_are_retried() {
        let refused = |status, retry_after| OrgError::Refused(Refusal { status, retry_after, ..Refusal::default() });
        let repeats = |method: Method, refused: OrgError| retry_delay(&method, &refused).is_some();
        assert!(repeats(Method::GET, OrgError::Unreachable) && !repeats(Method::POST, OrgError::Unreachable));
        assert!(repeats(Method::GET, refused(503, None)) && !repeats(Method::POST, refused(503, None)));
        assert!(repeats(Method::POST, refused(429, Some(2))) && !repeats(Method::GET, refused(429, Some(3))));
        assert!(!repeats(Method::GET, refused(429, None)) && !repeats(Method::GET, refused(500, None)));
        assert!(!repeats(Method::GET, OrgError::TimedOut));
    }

    #[test]
    fn a_clock_difference_does_not_extend_the_wait() {
        assert_eq!(seconds_until(105, 100), 5);
        assert_eq!(seconds_until(90, 100), 0);
        assert_eq!(seconds_until(1_000_000, 100), 60);
    }
}
