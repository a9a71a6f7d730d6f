//! The calls. Each is one that a sign-in page makes as well, without credentials. Not here: what an answer means.

use std::{path::Path, time::Duration};

use reqwest::{
    Client, Method, RequestBuilder, StatusCode,
    header::{self, HeaderMap, HeaderName},
};
use serde_json::{Value, json};
use time::UtcDateTime;
use url::{Url, form_urlencoded};

use crate::outward;

const TIMEOUT: Duration = Duration::from_secs(15);

/// A state token that no org has given out: the query is refused, and counts as no attempt to sign in.
const NO_TOKEN: &str = "00doctor-asks-whether-this-is-answered";

/// The org, the page, and a client without cookies that follows no redirect.
#[derive(Debug)]
pub(super) struct Probe {
    pub(super) org: Url,
    pub(super) page: Url,
    client: Client,
}

/// An answer of the org.
#[derive(Debug)]
pub(super) struct Reached {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    /// Null if it is not JSON.
    pub(super) body: Value,
    /// When the answer was there, by this machine's clock.
    pub(super) at: UtcDateTime,
}

impl Reached {
    /// The value of a header; empty without one, or if it is not text.
    pub(super) fn header(&self, name: &HeaderName) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Whether a header with a list contains this word, or everything.
    pub(super) fn lists(&self, name: &HeaderName, word: &str) -> bool {
        let all = self.headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
        all.flat_map(|value| value.split(',')).map(str::trim).any(|one| one.eq_ignore_ascii_case(word))
    }

    /// `errorCode` of the body.
    pub(super) fn error_code(&self) -> &str {
        self.body.get("errorCode").and_then(Value::as_str).unwrap_or_default()
    }
}

impl Probe {
    pub(super) fn new(org: Url, page: Url, authority: Option<&Path>) -> Result<Self, String> {
        let client = outward::client(&org, TIMEOUT, authority)?;
        Ok(Self { org, page, client })
    }

    /// The origin of the page as browsers send it.
    pub(super) fn page_origin(&self) -> String {
        self.page.origin().ascii_serialization()
    }

    /// What the org says about itself.
    pub(super) async fn reach(&self) -> Result<Reached, reqwest::Error> {
        self.send(self.request(Method::GET, "/.well-known/okta-organization")).await
    }

    /// A state query, as a page makes it.
    pub(super) async fn state_query(&self) -> Result<Reached, reqwest::Error> {
        let request = self.request(Method::POST, "/api/v1/authn").json(&json!({ "stateToken": NO_TOKEN }));
        self.send(request.header(header::ORIGIN, self.page_origin())).await
    }

    /// What a browser asks before such a query.
    pub(super) async fn preflight(&self) -> Result<Reached, reqwest::Error> {
        let request = self
            .request(Method::OPTIONS, "/api/v1/authn")
            .header(header::ORIGIN, self.page_origin())
            .header(header::ACCESS_CONTROL_REQUEST_METHOD, "POST")
            .header(header::ACCESS_CONTROL_REQUEST_HEADERS, "content-type");
        self.send(request).await
    }

    /// A sign-out without a session that goes on there.
    pub(super) async fn sign_out(&self, target: &str) -> Result<Reached, reqwest::Error> {
        let query = form_urlencoded::Serializer::new(String::new()).append_pair("fromURI", target).finish();
        self.send(self.request(Method::GET, &format!("/login/signout?{query}"))).await
    }

    /// Where a login signs in.
    pub(super) async fn webfinger(&self, login: &str) -> Result<Reached, reqwest::Error> {
        let resource = format!("okta:acct:{login}");
        let query = form_urlencoded::Serializer::new(String::new()).append_pair("resource", &resource).finish();
        let request = self.client.get(self.url(&format!("/.well-known/webfinger?{query}")));
        self.send(request.header(header::ACCEPT, "application/jrd+json")).await
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.org.origin().ascii_serialization())
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, self.url(path)).header(header::ACCEPT, "application/json")
    }

    async fn send(&self, request: RequestBuilder) -> Result<Reached, reqwest::Error> {
        let response = request.send().await?;
        let at = UtcDateTime::now();
        let (status, headers) = (response.status(), response.headers().clone());
        let body = serde_json::from_slice(&response.bytes().await?).unwrap_or_default();
        Ok(Reached { status, headers, body, at })
    }
}
