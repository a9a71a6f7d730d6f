//! The org's own session (contract 1.19), as `sessions/me` tells it. Never here: the cookie, which no
//! script can read.

use super::wire::{DecodeError, Decoded, Value};

/// A session that is live: `sessions/me` also reports ones that still wait for a factor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Who is signed in.
    pub login: String,
}

impl Session {
    /// Reads the answer of `GET /api/v1/sessions/me`; `None` when it is not ACTIVE.
    pub fn read(body: &Value) -> Decoded<Option<Self>> {
        let login = body.object()?.required("login", Value::text)?;
        let active = body.required("status", Value::text)? == "ACTIVE";
        Ok(active.then_some(Self { login }))
    }
}

impl TryFrom<&Value> for Session {
    type Error = DecodeError;

    fn try_from(body: &Value) -> Decoded<Self> {
        match Self::read(body)? {
            Some(session) => Ok(session),
            None => body.required("status", |status| status.expected("ACTIVE")),
        }
    }
}
