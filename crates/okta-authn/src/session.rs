//! The org's own session (docs/authn-api.md#sessions), as `sessions/me` tells it. Not here: the cookie, which no
//! script can read.

use super::reader::{DecodeErrors, Reader};
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
        let errors = DecodeErrors::default();
        let body = Reader::new(body, &errors);
        let login = body.at("login").required_text();
        let active = body.at("status").required_text() == "ACTIVE";
        errors.into_result(active.then_some(Self { login }))
    }
}
