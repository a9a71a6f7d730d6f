//! The request journal: method, path and status of each request in order, without bodies. Preflights are
//! not listed.

use std::sync::{Mutex, PoisonError};

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use serde::{Deserialize, Serialize};

use super::{App, breaks_connection};

/// Maximum number of entries.
const MAX_ENTRIES: usize = 10_000;

/// One request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Entry {
    /// `GET`, `POST`, ...
    pub method: String,
    /// The path without the query.
    pub path: String,
    /// `None` until the response is sent.
    pub status: Option<u16>,
}

/// All recorded requests.
#[derive(Debug, Default)]
pub(crate) struct Journal(Mutex<Entries>);

#[derive(Debug, Default)]
struct Entries {
    entries: Vec<Entry>,
    /// How many entries were dropped from the front.
    dropped: usize,
}

impl Journal {
    pub(crate) fn entries(&self) -> Vec<Entry> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).entries.clone()
    }

    pub(crate) fn clear(&self) {
        let mut journal = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        journal.dropped += journal.entries.len();
        journal.entries.clear();
    }

    fn open(&self, method: &str, path: &str) -> usize {
        let mut journal = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if journal.entries.len() >= MAX_ENTRIES {
            journal.entries.drain(..MAX_ENTRIES / 2);
            journal.dropped += MAX_ENTRIES / 2;
        }
        journal.entries.push(Entry { method: method.to_owned(), path: path.to_owned(), status: None });
        journal.dropped + journal.entries.len() - 1
    }

    fn close(&self, number: usize, status: u16) {
        let mut journal = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = number.checked_sub(journal.dropped);
        if let Some(entry) = at.and_then(|at| journal.entries.get_mut(at)) {
            entry.status = Some(status);
        }
    }
}

/// Removes the secret part of URLs that act as credentials.
fn without_secrets(path: &str) -> String {
    for secret in ["/qr/", "/okta-verify/"] {
        if let Some((before, _)) = path.split_once(secret) {
            return format!("{before}{secret}...");
        }
    }
    path.to_owned()
}

/// Records the request when it arrives and its status when it is answered.
pub(crate) async fn record(State(app): State<App>, request: Request, next: Next) -> Response {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let began = std::time::Instant::now();
    let number = app.tools.journal.open(method.as_str(), &path);
    let response = next.run(request).await;
    if breaks_connection(&response) {
        tracing::info!(%method, path = without_secrets(&path), "connection broken");
    } else {
        let status = response.status().as_u16();
        app.tools.journal.close(number, status);
        let milliseconds = began.elapsed().as_millis();
        tracing::info!(%method, path = without_secrets(&path), status, milliseconds, "answered");
    }
    response
}
