//! Who calls: the person of the cookie, as long as the org's session of it lives. And what a path names: the id
//! of a factor, if it can be one. Whether it is the caller's is asked by the operations.

use axum::{
    extract::{FromRequestParts, RawPathParams},
    http::{header, request::Parts},
};

use crate::{
    cookie::{self, Contents},
    hook::{self, Shared},
    moment,
    org::factors::Factor,
    problem::{Code, Problem},
};

/// The person who calls.
#[derive(Debug)]
pub struct Caller {
    /// What the cookie says, with the end of the session as the org has it now.
    pub cookie: Contents,
}

impl Caller {
    /// The id by which the org knows the caller.
    pub fn id(&self) -> &str {
        &self.cookie.user
    }

    /// Whether a proof of this factor says that it is the caller who sits there. One that was set up during
    /// this session may be anyone's who found the page open.
    pub fn is_proved_by(&self, factor: &Factor) -> bool {
        let updated = factor.last_updated.as_deref().and_then(moment::parse);
        factor.status == "ACTIVE" && updated.is_some_and(|updated| updated <= self.cookie.opened)
    }

    /// Until when a proof counts, if one does.
    pub fn proved_until(&self) -> Option<i64> {
        self.cookie.proved_until.filter(|until| hook::now() < *until)
    }
}

impl FromRequestParts<Shared> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, hook: &Shared) -> Result<Self, Problem> {
        let headers = parts.headers.get_all(header::COOKIE).iter();
        let value = headers.filter_map(|header| header.to_str().ok()).find_map(cookie::value_in);
        let mut cookie = value.and_then(|value| hook.config.sealer.open(value)).ok_or(Code::NotSignedIn)?;
        if cookie.expires <= hook::now() {
            return Err(Code::NotSignedIn.into());
        }
        let session = hook.org.session(&cookie.session).await?.ok_or(Code::NotSignedIn)?;
        if session.status != "ACTIVE" || session.user_id != cookie.user {
            return Err(Code::NotSignedIn.into());
        }
        cookie.expires = moment::parse(&session.expires_at).unwrap_or(cookie.expires);
        Ok(Self { cookie })
    }
}

/// An id of a factor that a path names. One that is not written like an id is no one's.
#[derive(Debug)]
pub struct FactorId(pub String);

/// Whether a text is written like an id of a factor.
fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

impl FromRequestParts<Shared> for FactorId {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, hook: &Shared) -> Result<Self, Problem> {
        let params = RawPathParams::from_request_parts(parts, hook).await.map_err(|_| Code::NotFound)?;
        let id = params.iter().find(|(name, _)| *name == "id").map(|(_, id)| id).filter(|id| is_id(id));
        Ok(Self(id.ok_or(Code::NotFound)?.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_letters_and_digits() {
        assert!(is_id("sms2s9jimvGguB7zY1t7"));
        for wrong in ["", "..", "a/b", "a%2Fb", "a\r\n", "ü", &"a".repeat(65)] {
            assert!(!is_id(wrong), "{wrong}");
        }
    }
}
