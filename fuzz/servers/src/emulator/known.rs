//! What a client knows from the responses so far: tokens, ids, links, cookies.

use axum::http::response::Parts;
use axum::http::{StatusCode, header};
use serde_json::Value;
use std::collections::BTreeMap;

/// The most ids and links that are kept.
const KEPT: usize = 24;

#[derive(Debug, Default)]
pub(super) struct Known {
    /// Tokens by the names of their members or parameters.
    pub(super) tokens: BTreeMap<String, String>,
    pub(super) ids: Vec<String>,
    pub(super) links: Vec<String>,
    pub(super) cookies: BTreeMap<String, String>,
    /// Whether faults were planned, so that nothing can be expected of responses any more.
    pub(super) has_faults: bool,
}

impl Known {
    pub(super) fn token(&self, name: &str) -> &str {
        self.tokens.get(name).map(String::as_str).unwrap_or_default()
    }

    pub(super) fn learns(&mut self, path: &str, head: &Parts, body: &[u8]) {
        self.has_faults |= path.starts_with("/control/faults") && head.status == StatusCode::NO_CONTENT;
        for line in head.headers.get_all(header::SET_COOKIE).iter().filter_map(|line| line.to_str().ok()) {
            if let Some((name, value)) = line.split(';').next().and_then(|pair| pair.split_once('=')) {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        if let Some(place) = head.headers.get(header::LOCATION).and_then(|place| place.to_str().ok()) {
            self.link(place);
            let parameters = place.split(['?', '#']).nth(1).unwrap_or_default();
            for (name, value) in parameters.split('&').filter_map(|pair| pair.split_once('=')) {
                self.tokens.insert(name.to_owned(), value.to_owned());
            }
        }
        if let Ok(body) = serde_json::from_slice(body) {
            self.read(&body);
        }
    }

    fn link(&mut self, address: &str) {
        if let Some(path) = address.strip_prefix(super::BASE) {
            self.links.insert(0, path.to_owned());
            self.links.truncate(KEPT);
        }
    }

    fn read(&mut self, value: &Value) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.read(item)),
            Value::Object(members) => {
                for (name, value) in members {
                    match value.as_str() {
                        Some(text) if name == "href" => self.link(text),
                        Some(text) if name == "id" => {
                            self.ids.insert(0, text.to_owned());
                            self.ids.truncate(KEPT);
                        }
                        Some(text) if name.to_ascii_lowercase().ends_with("token") || name == "nonce" => {
                            self.tokens.insert(name.clone(), text.to_owned());
                        }
                        Some(_) => {}
                        None => self.read(value),
                    }
                }
            }
            _ => {}
        }
    }
}
