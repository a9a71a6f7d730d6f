//! What a browser sends to the hook, or what looks as if a browser had sent it: one request of an input, with the cookies
//! that the hook has set, and others. Not here: what the hook has to answer.

use super::{HOOK, OLD_KEY, ORG, OTHER_SESSION, OTHERS_KEY, PAGES, SESSION, USER, sealer};
use crate::input::Input;
use crate::mutate::mutate;
use crate::secret::SECRET;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, header};
use data_encoding::BASE64URL_NOPAD;
use okta_backend_hook::cookie::{self, Contents, Sealer, SentPush};
use okta_backend_hook::http::{Peer, paths};
use okta_backend_hook::openid::pending::{self, Pending};
use serde_json::{Value, json};
use std::net::IpAddr;

/// The token of a challenge that was solved.
pub(super) const SOLVED: &str = "solved";
const PUSH: &str = "v2push1";
const FACTORS: [&str; 9] = ["sms1", "ques1", "totp1", "webauthn1", "push1", "email1", "pending1", "other1", ".."];

/// What is known of a request that was sent.
#[derive(Debug)]
pub(super) struct Sent {
    pub(super) method: Method,
    /// Without the query.
    pub(super) path: String,
    /// The one page that it says it comes from, if that page may call.
    pub(super) page: Option<&'static str>,
    /// Whether it has no origin, and says that it comes from the hook's own page or from the browser itself.
    pub(super) is_own: bool,
    /// The contents of its cookie, if the hook has sealed them.
    pub(super) cookie: Option<Contents>,
    /// Whether that cookie still says who it is.
    pub(super) is_signed_in: bool,
}

/// Keeps cookies.
pub(super) struct Browser {
    pub(super) sealer: Sealer,
    session: Option<String>,
    start: Option<String>,
}

impl Browser {
    pub(super) fn new(sealer: Sealer) -> Self {
        Self { sealer, session: None, start: None }
    }

    /// Keeps the cookies of a response.
    pub(super) fn keeps(&mut self, headers: &HeaderMap) {
        for line in headers.get_all(header::SET_COOKIE).iter().filter_map(|line| line.to_str().ok()) {
            let pair = line.split(';').next().unwrap_or_default();
            let kept = |value: &str| (!value.is_empty()).then(|| value.to_owned());
            if let Some(value) = cookie::value_in(pair, cookie::NAME) {
                self.session = kept(value);
            } else if let Some(value) = cookie::value_in(pair, pending::NAME) {
                self.start = kept(value);
            }
        }
    }

    /// The next request; none where no client could send it.
    pub(super) fn request(&mut self, input: &mut Input<'_>, now: i64) -> Option<(Request<Body>, Sent)> {
        let operation = usize::from(input.byte());
        let (method, template) = paths().get(operation % (paths().len() + 1)).copied().unwrap_or(("GET", ""));
        let method = match input.byte() {
            0..200 => method.parse().ok()?,
            other => {
                [Method::GET, Method::POST, Method::DELETE, Method::OPTIONS, Method::HEAD, Method::PUT, Method::PATCH]
                    [usize::from(other) % 7]
                    .clone()
            }
        };
        let path = path(template, input);
        let query = self.query(template, input, now);
        let mut headers = HeaderMap::new();
        let (page, is_own) = origin(&path, &method, &mut headers, input);
        let (cookie, is_signed_in) = self.cookie(&mut headers, input, now);
        let body = if method == Method::POST { body(template, &mut headers, input) } else { Vec::new() };
        others(&mut headers, body.len(), input);
        let peer = Peer(IpAddr::from([192, 0, 2, input.byte() % 2]));
        let mut request = Request::builder().method(method.clone()).uri([path.as_str(), &query].concat());
        *request.headers_mut()? = headers;
        let request = request.extension(peer).body(Body::from(body)).ok()?;
        let path = request.uri().path().to_owned();
        Some((request, Sent { method, path, page, is_own, cookie, is_signed_in }))
    }

    fn query(&self, template: &str, input: &mut Input<'_>, now: i64) -> String {
        let text = |input: &mut Input<'_>| format!("?{}", input.text());
        match (template, input.byte() % 8) {
            ("/session/start", 0..4) => format!("?redirect_to={}/welcome", PAGES[0]),
            ("/session/start", 4) => format!("?redirect_to={ORG}/home"),
            ("/session/start", 5) => format!("?redirect_to={HOOK}/session/start"),
            ("/session/start", 6) => format!("?redirect_to={}", input.text()),
            ("/session/callback", 0..6) => {
                let pending = self.start.as_deref().and_then(|value| Pending::open(&self.sealer, value, now));
                let state = pending.map(|pending| pending.state).unwrap_or_default();
                let end = if input.byte() < 200 { "code=c" } else { "error=login_required" };
                format!("?state={state}&{end}")
            }
            ("/session/callback", 6) | (_, 7) => text(input),
            _ => String::new(),
        }
    }

    /// Adds the cookies. Returns what is in that of the session, if the hook has sealed it, and whether it counts.
    fn cookie(&self, headers: &mut HeaderMap, input: &mut Input<'_>, now: i64) -> (Option<Contents>, bool) {
        let contents = |session: Option<&str>| Contents {
            user: USER.to_owned(),
            session: session.map(str::to_owned),
            opened: now - 100,
            expires: now + 1_000,
            proved_until: Some(now + 200),
            sent_push: Some(SentPush { transaction: PUSH.to_owned(), at: now - 10 }),
        };
        let signed_in = contents(Some(SESSION));
        let sealed = |contents: &Contents| self.sealer.seal(contents).unwrap_or_default();
        let (value, sealed_contents) = match input.byte() % 16 {
            0..3 => (sealed(&signed_in), Some(signed_in)),
            3 => {
                let contents = Contents { proved_until: None, sent_push: None, ..signed_in };
                (sealed(&contents), Some(contents))
            }
            4 => (sealed(&contents(None)), Some(contents(None))),
            5 => (sealer(OLD_KEY).seal(&signed_in).unwrap_or_default(), Some(signed_in)),
            6 => {
                let value = self.session.clone().unwrap_or_default();
                let opened = self.sealer.open(&value);
                (value, opened)
            }
            7 => {
                let contents = Contents { expires: now - 1, ..signed_in };
                (sealed(&contents), Some(contents))
            }
            8 => {
                let contents = contents(Some(OTHER_SESSION));
                (sealed(&contents), Some(contents))
            }
            9 => {
                let contents = Contents { user: input.text().into_owned(), ..contents(None) };
                (sealed(&contents), Some(contents))
            }
            10 => (sealer(OTHERS_KEY).seal(&signed_in).unwrap_or_default(), None),
            11 => (self.sealer.seal_for(b"okta-backend-hook/start/1", &signed_in).unwrap_or_default(), None),
            12 => (changed(&sealed(&signed_in), input), None),
            13 => (input.text().into_owned(), None),
            14 => (self.start.clone().unwrap_or_default(), None),
            _ => (String::new(), None),
        };
        // What is in a header is what a header can have.
        let text = match input.byte() % 4 {
            0 => format!("a=b; {}={value}; c=d", cookie::NAME),
            1 => format!("{}={value}; {}={}", cookie::NAME, pending::NAME, self.start.as_deref().unwrap_or_default()),
            _ => format!("{}={value}", cookie::NAME),
        };
        let Ok(line) = HeaderValue::from_str(&text) else { return (None, false) };
        headers.append(header::COOKIE, line);
        if let Some(start) = &self.start {
            headers.extend(
                HeaderValue::from_str(&format!("{}={start}", pending::NAME)).map(|line| (header::COOKIE, line)),
            );
        }
        // A cookie has no more than that.
        let contents = sealed_contents.filter(|_| value.len() <= 2_048);
        let is_signed_in = contents.as_ref().is_some_and(|contents| now < contents.expires);
        (contents, is_signed_in)
    }
}

fn changed(value: &str, input: &mut Input<'_>) -> String {
    let mut bytes = BASE64URL_NOPAD.decode(value.as_bytes()).unwrap_or_default();
    let place = usize::from(input.byte()) % bytes.len().max(1);
    if let Some(byte) = bytes.get_mut(place) {
        *byte ^= input.byte().max(1);
    }
    BASE64URL_NOPAD.encode(&bytes)
}

fn path(template: &str, input: &mut Input<'_>) -> String {
    if template.is_empty() {
        return format!("/{}", input.text());
    }
    let mut path = template.to_owned();
    if path.contains("{id}") {
        let known = input.byte();
        let id = match known {
            0..240 => FACTORS[usize::from(known) % FACTORS.len()].to_owned(),
            _ => input.text().into_owned(),
        };
        path = path.replace("{id}", &id);
    }
    if path.contains("{transaction}") {
        let transaction = if input.byte() < 200 { PUSH.to_owned() } else { input.text().into_owned() };
        path = path.replace("{transaction}", &transaction);
    }
    path
}

/// Adds what says where the request comes from.
fn origin(path: &str, method: &Method, headers: &mut HeaderMap, input: &mut Input<'_>) -> (Option<&'static str>, bool) {
    let choice = input.byte();
    let text = match choice % 16 {
        0..9 => PAGES[usize::from(choice) % 2].to_owned(),
        9 => "null".to_owned(),
        10 => "https://evil.example".to_owned(),
        11 => input.text().into_owned(),
        12 => format!("{}.evil.example", PAGES[0]),
        _ => String::new(),
    };
    let mut values = Vec::new();
    if let Ok(value) = HeaderValue::from_str(&text)
        && !text.is_empty()
    {
        values.push(value);
        if choice % 16 == 8 {
            values.push(HeaderValue::from_static(PAGES[0]));
        }
    }
    for value in &values {
        headers.append(header::ORIGIN, value.clone());
    }
    let fetch = input.byte();
    let [site, mode, destination] = [
        ["same-origin", "cross-site", "", "same-site"][usize::from(fetch) % 4],
        ["navigate", "cors", ""][usize::from(fetch / 4) % 3],
        ["document", "iframe", ""][usize::from(fetch / 16) % 3],
    ];
    for (name, value) in [("sec-fetch-site", site), ("sec-fetch-mode", mode), ("sec-fetch-dest", destination)] {
        if !value.is_empty() {
            headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
    }
    let page = match &values[..] {
        [one] => PAGES.into_iter().find(|page| one.as_bytes() == page.as_bytes()),
        _ => None,
    };
    let reads = matches!(*method, Method::GET | Method::HEAD);
    let has_none = values.is_empty() || (values.len() == 1 && values[0] == "null");
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let navigates = matches!(path, "/session/start" | "/session/callback")
        && matches!(mode, "navigate" | "")
        && matches!(destination, "document" | "");
    (page, reads && ((values.is_empty() && site == "same-origin") || (has_none && navigates)))
}

fn others(headers: &mut HeaderMap, length: usize, input: &mut Input<'_>) {
    let choice = input.byte();
    let hosts = if choice == 255 { 0 } else { 1 + usize::from(choice == 254) };
    for _ in 0..hosts {
        headers.append(header::HOST, HeaderValue::from_static("hook.example"));
    }
    let mut add = |name: HeaderName, text: &str| {
        headers.extend(HeaderValue::from_str(text).ok().map(|value| (name, value)));
    };
    match choice % 8 {
        0 => add(header::CONTENT_LENGTH, &length.to_string()),
        1 => add(header::CONTENT_LENGTH, &input.text()),
        2 => add(HeaderName::from_static("x-forwarded-for"), &input.text()),
        3 => add(HeaderName::from_static("x-forwarded-for"), "203.0.113.7, [2001:db8::1]:80"),
        4 => add(header::ACCESS_CONTROL_REQUEST_METHOD, "POST"),
        _ => {}
    }
}

/// The body, with its type among the headers.
fn body(template: &str, headers: &mut HeaderMap, input: &mut Input<'_>) -> Vec<u8> {
    let choice = input.byte();
    let media_type = match choice % 16 {
        0..12 => "application/json".into(),
        12 => "application/json; charset=utf-8".into(),
        13 => "text/plain".into(),
        14 => "".into(),
        _ => input.text(),
    };
    headers.extend(HeaderValue::from_str(&media_type).ok().map(|value| (header::CONTENT_TYPE, value)));
    let mut right = right_body(template, input);
    match choice / 16 % 8 {
        0..3 => right.to_string().into_bytes(),
        3 => input.text().into_owned().into_bytes(),
        4 => {
            let mut long = right.to_string().into_bytes();
            long.resize(17_000, b' ');
            long
        }
        _ => {
            mutate(&mut right, input);
            right.to_string().into_bytes()
        }
    }
}

/// A body that the operation takes.
fn right_body(template: &str, input: &mut Input<'_>) -> Value {
    let password = format!("{SECRET}-password");
    let answer = format!("{SECRET}-answer");
    match template {
        "/registration" => json!({
            "profile": {
                "firstName": "Ada", "lastName": "Byron", "email": "ada@example.com", "mobilePhone": "+1 415 555 4259",
            },
            "password": password,
            "challengeToken": SOLVED,
        }),
        "/session" => json!({ "sessionToken": format!("2011-{SECRET}-session-token") }),
        "/proof" => json!({ "password": password }),
        "/password" => json!({
            "oldPassword": password, "newPassword": format!("{password}-new"), "revokeSessions": input.byte() < 128,
        }),
        "/recovery-question" => json!({ "password": password, "question": "Where?", "answer": answer }),
        "/factors" => match input.byte() % 6 {
            0 => json!({ "factorType": "sms", "provider": "OKTA", "profile": { "phoneNumber": "+14155554259" } }),
            1 => {
                json!({ "factorType": "call", "provider": "OKTA", "profile": { "phoneNumber": "+14155554259", "phoneExtension": "1,2#" } })
            }
            2 => json!({ "factorType": "email", "provider": "OKTA", "profile": { "email": "ada@example.com" } }),
            3 => {
                json!({ "factorType": "question", "provider": "OKTA", "profile": { "question": "q1", "answer": answer } })
            }
            4 => json!({ "factorType": "token:software:totp", "provider": "GOOGLE" }),
            _ => json!({ "factorType": "webauthn", "provider": "FIDO" }),
        },
        "/factors/{id}/verify" => match input.byte() % 4 {
            0 => json!({ "passCode": format!("{SECRET}-code") }),
            1 => json!({ "answer": answer }),
            2 => json!({ "clientData": "e30", "authenticatorData": "AA", "signatureData": "AA" }),
            _ => json!({}),
        },
        "/factors/{id}/activate" => match input.byte() % 2 {
            0 => json!({ "passCode": format!("{SECRET}-code") }),
            _ => json!({ "attestation": "AA", "clientData": "e30" }),
        },
        _ => json!({}),
    }
}
