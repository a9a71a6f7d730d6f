//! The files of a recording: one for each answer, `{request, requestBody, answer: {status, headers, response}}`, which
//! `replay` reads. The names are numbers that are given here.

use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use axum::http::{HeaderMap, Method, StatusCode, header};
use serde_json::{Map, Value, json};

use super::{RecordError, redact::Redactor};

/// Cookies whose names are the same in every org.
const COOKIES: [&str; 12] = [
    "sid",
    "idx",
    "dt",
    "DT",
    "JSESSIONID",
    "t",
    "proximity",
    "xids",
    "srefresh",
    "enduser_version",
    "ln",
    "activate_ca_modal_triggered",
];

/// Headers of an answer with a number that is about the org's limits.
const NUMBERS: [&str; 3] = ["x-rate-limit-limit", "x-rate-limit-remaining", "retry-after"];

/// Where the answers of the Authentication API are: those are recorded even if they are not JSON.
const AUTHN: &str = "/api/v1/authn";

/// Answers about identity providers: `replay` shows them only when they are named, by the ending of the file.
const WEBFINGER: &str = "/.well-known/webfinger";

/// A recording that is under way.
#[derive(Debug)]
pub(super) struct Recording {
    folder: PathBuf,
    state: Arc<Mutex<State>>,
}

#[derive(Debug)]
struct State {
    redactor: Redactor,
    files: usize,
}

/// A request and its answer.
pub(super) struct Exchange<'a> {
    pub(super) method: &'a Method,
    /// With the query.
    pub(super) path: &'a str,
    pub(super) request: &'a HeaderMap,
    pub(super) sent: &'a [u8],
    pub(super) status: StatusCode,
    pub(super) answer: &'a HeaderMap,
    pub(super) received: &'a [u8],
}

/// What happened to an answer.
pub(super) enum Passed {
    /// It is in the file with this number.
    Written(usize),
    /// It is a page, a picture or a redirect.
    NotJson,
}

impl Recording {
    /// Makes the folder, or checks that it is empty.
    pub(super) fn begin(folder: &Path, redactor: Redactor) -> Result<Self, RecordError> {
        let cannot = |error| RecordError::Folder(folder.to_owned(), error);
        fs::create_dir_all(folder).map_err(cannot)?;
        if fs::read_dir(folder).map_err(cannot)?.next().is_some() {
            return Err(RecordError::NotEmpty(folder.to_owned()));
        }
        Ok(Self { folder: folder.to_owned(), state: Arc::new(Mutex::new(State { redactor, files: 0 })) })
    }

    /// Writes one answer, redacted.
    pub(super) async fn write(&self, exchange: &Exchange<'_>) -> io::Result<Passed> {
        let Some(body) = body(exchange) else { return Ok(Passed::NotJson) };
        let (number, recorded) = {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            state.files += 1;
            (state.files, recorded(&mut state.redactor, exchange, body))
        };
        let ending = if exchange.path.starts_with(WEBFINGER) { ".webfinger.json" } else { ".json" };
        let path = self.folder.join(format!("{number:04}{ending}"));
        let text = format!("{recorded:#}\n");
        let write = move || fs::File::create_new(path)?.write_all(text.as_bytes());
        tokio::task::spawn_blocking(write).await.map_err(io::Error::other)??;
        Ok(Passed::Written(number))
    }
}

/// The body of an answer as it is recorded, before it is redacted. A text that is not JSON is not recorded itself.
fn body(exchange: &Exchange<'_>) -> Option<Body> {
    if let Ok(json) = serde_json::from_slice::<Value>(exchange.received)
        && !json.is_string()
    {
        return Some(Body::Json(json));
    }
    let is_recorded = exchange.path.starts_with(AUTHN)
        || (exchange.path.starts_with("/api/") && (exchange.received.is_empty() || !exchange.status.is_success()));
    is_recorded.then_some(if exchange.received.is_empty() { Body::Empty } else { Body::Text })
}

enum Body {
    Json(Value),
    Empty,
    Text,
}

fn recorded(redactor: &mut Redactor, exchange: &Exchange<'_>, body: Body) -> Value {
    // The path comes before the body, so that an answer is read in the order of events.
    let address = redactor.address(exchange.path);
    let mut recorded = Map::new();
    recorded.insert("request".to_owned(), json!(format!("{} https://org.example{address}", exchange.method)));
    if let Some(outline) = outline(redactor, exchange) {
        recorded.insert("requestBody".to_owned(), outline);
    }
    let response = match body {
        Body::Json(json) => redactor.body(&json),
        Body::Empty => json!(""),
        Body::Text => json!("(a text that is not JSON)"),
    };
    let (status, headers) = (exchange.status.as_u16(), headers(exchange.answer));
    let answer = json!({ "status": status, "headers": headers, "response": response });
    recorded.insert("answer".to_owned(), answer);
    recorded.into()
}

/// What a request contained, without a value.
fn outline(redactor: &mut Redactor, exchange: &Exchange<'_>) -> Option<Value> {
    if exchange.sent.is_empty() {
        return None;
    }
    let kind = exchange.request.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind.to_ascii_lowercase().starts_with("application/x-www-form-urlencoded") {
        return Some(redactor.outline_of_form(exchange.sent));
    }
    let json = serde_json::from_slice(exchange.sent).ok();
    Some(json.map_or_else(|| json!("(not JSON)"), |json| redactor.outline(&json)))
}

/// The headers that say something about the API: numbers of limits, and cookies by their names and attributes.
fn headers(answer: &HeaderMap) -> Value {
    let text = |name: &str| answer.get(name).and_then(|value| value.to_str().ok());
    let mut kept = Map::new();
    for name in NUMBERS {
        if let Some(number) = text(name).and_then(|value| value.parse::<u64>().ok()) {
            kept.insert(name.to_owned(), number.into());
        }
    }
    let cookies = answer.get_all(header::SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
    let cookies: Vec<Value> = cookies.map(|cookie| cookie_outline(cookie).into()).collect();
    if !cookies.is_empty() {
        kept.insert("set-cookie".to_owned(), cookies.into());
    }
    kept.into()
}

/// `sid=...; HttpOnly; SameSite=Lax`: attributes without a value of their own, and the name of a cookie that every org has.
fn cookie_outline(cookie: &str) -> String {
    let mut parts = cookie.split(';').map(str::trim);
    let (name, value) = parts.next().and_then(|pair| pair.split_once('=')).unwrap_or_default();
    let name = if COOKIES.contains(&name) { name } else { "(other)" };
    let mut outline = format!("{name}={}", if value.is_empty() { "" } else { "..." });
    for attribute in parts {
        let known =
            ["secure", "httponly", "samesite=none", "samesite=lax", "samesite=strict", "max-age=0", "partitioned"];
        if known.contains(&attribute.to_ascii_lowercase().as_str()) {
            outline.push_str("; ");
            outline.push_str(attribute);
        }
    }
    outline
}
