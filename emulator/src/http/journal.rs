//! What the org was asked and what it answered, in order: method, path and status, never a body.
//! A preflight is the browser's own question and is not listed.

use std::sync::{Mutex, PoisonError};

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use serde::Serialize;

use super::{App, breaks_connection};

/// How many requests are kept.
const KEPT: usize = 10_000;

/// A request.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Entry {
    method: String,
    path: String,
    /// None as long as no answer was sent.
    status: Option<u16>,
}

/// The requests so far.
#[derive(Debug, Default)]
pub(crate) struct Journal(Mutex<Pages>);

#[derive(Debug, Default)]
struct Pages {
    entries: Vec<Entry>,
    /// How many were dropped from the front.
    dropped: usize,
}

impl Journal {
    pub(crate) fn entries(&self) -> Vec<Entry> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).entries.clone()
    }

    pub(crate) fn clear(&self) {
        let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        pages.dropped += pages.entries.len();
        pages.entries.clear();
    }

    fn open(&self, method: &str, path: &str) -> usize {
        let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if pages.entries.len() >= KEPT {
            pages.entries.drain(..KEPT / 2);
            pages.dropped += KEPT / 2;
        }
        pages.entries.push(Entry { method: method.to_owned(), path: path.to_owned(), status: None });
        pages.dropped + pages.entries.len() - 1
    }

    fn close(&self, number: usize, status: u16) {
        let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = number.checked_sub(pages.dropped);
        if let Some(entry) = at.and_then(|at| pages.entries.get_mut(at)) {
            entry.status = Some(status);
        }
    }
}

/// Some addresses are secrets: who knows them may see what is there.
fn without_secrets(path: &str) -> String {
    for secret in ["/qr/", "/okta-verify/"] {
        if let Some((before, _)) = path.split_once(secret) {
            return format!("{before}{secret}...");
        }
    }
    path.to_owned()
}

/// Notes the request when it comes and its status when it is answered.
pub(crate) async fn record(State(app): State<App>, request: Request, next: Next) -> Response {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let began = std::time::Instant::now();
    let number = app.bench.journal.open(method.as_str(), &path);
    let response = next.run(request).await;
    if breaks_connection(&response) {
        tracing::info!(%method, path = without_secrets(&path), "connection broken");
    } else {
        let status = response.status().as_u16();
        app.bench.journal.close(number, status);
        let milliseconds = began.elapsed().as_millis();
        tracing::info!(%method, path = without_secrets(&path), status, milliseconds, "answered");
    }
    response
}
