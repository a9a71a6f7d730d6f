//! The org's own session (contract 1.19), as `sessions/me` tells it. Never here: the cookie, which no
//! script can read.

use super::reader::{Fault, Reader};
use super::wire::{DecodeError, Value};

/// A session that is live: `sessions/me` also reports ones that still wait for a factor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Who is signed in.
    pub login: String,
}

impl Session {
    /// Reads the answer of `GET /api/v1/sessions/me`; `None` when it is not ACTIVE.
    pub fn read(body: &Value) -> Result<Option<Self>, DecodeError> {
        let fault = Fault::default();
        let body = Reader::new(body, &fault);
        let login = body.at("login").needed_text();
        let active = body.at("status").needed_text() == "ACTIVE";
        fault.or(active.then_some(Self { login }))
    }
}
