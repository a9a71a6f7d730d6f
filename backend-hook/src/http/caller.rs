//! Extractors: the caller, identified by the cookie while the org's session is live, and the factor id of a path.
//! Not here: whether the factor belongs to the caller (`operations/factors.rs`).

use std::net::IpAddr;

use axum::{
    extract::{FromRequestParts, RawPathParams},
    http::{header, request::Parts},
};

use super::gate::Client;
use crate::{
    cookie::{self, Contents},
    hook::{self, Hook, Shared},
    org::{engine::Engine, factors::Factor, sessions::Session},
    problem::{Code, Problem},
    timestamp,
};

/// The signed-in user.
#[derive(Debug)]
pub struct Caller {
    /// The contents of the cookie, with the current expiry of the org's session.
    pub cookie: Contents,
    /// The login, as the org has it now: it can be changed during a session.
    pub login: String,
    /// The client's address, for the log.
    pub address: IpAddr,
}

impl Caller {
    /// The user's id.
    pub fn id(&self) -> &str {
        &self.cookie.user
    }

    /// Whether a proof of this factor identifies the user. A factor that was enrolled during this session does not:
    /// anyone who found the page open could have enrolled it.
    pub fn is_proved_by(&self, factor: &Factor) -> bool {
        let updated = factor.last_updated.as_deref().and_then(timestamp::parse);
        factor.status == "ACTIVE" && updated.is_some_and(|updated| updated <= self.cookie.opened)
    }

    /// Until when the last proof counts, if it still does.
    pub fn proved_until(&self) -> Option<i64> {
        self.cookie.proved_until.filter(|until| hook::now() < *until)
    }

    /// Requires a fresh proof.
    pub fn must_be_proved(&self) -> Result<(), Problem> {
        self.proved_until().map(drop).ok_or_else(|| Code::FreshProofRequired.into())
    }

    /// Counts an attempt to prove something; the error says how long to wait.
    pub async fn count_proof(&self, hook: &Hook) -> Result<(), Problem> {
        hook.limits.proofs.count(&self.cookie.user).await.inspect_err(|_| self.proof_failed("too many attempts"))
    }

    /// Logs that the user was not proved, and by what: guessing shows in the log.
    pub fn proof_failed(&self, by: &str) {
        tracing::warn!(user = self.id(), client = %self.address, by, "a proof failed");
    }

    /// Logs the error if it says that a proof is wrong.
    pub fn log_wrong_proof(&self, by: &str, problem: &Problem) {
        if matches!(problem.code, Code::WrongCode | Code::WrongAnswer | Code::WrongPassword) {
            self.proof_failed(by);
        }
    }
}

impl FromRequestParts<Shared> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, hook: &Shared) -> Result<Self, Problem> {
        let headers = parts.headers.get_all(header::COOKIE).iter();
        let mut values = headers.filter_map(|header| cookie::value_in(header.to_str().ok()?, cookie::NAME));
        let value = values.next();
        let cookie = value.and_then(|value| hook.config.sealer.open(value));
        let cookie = cookie.filter(|cookie| hook::now() < cookie.expires);
        let Some(mut cookie) = cookie else { return Err(nobody(hook).await) };
        let Some(login) = login(hook, &mut cookie).await? else { return Err(nobody(hook).await) };
        let address = parts.extensions.get::<Client>().map_or(IpAddr::from([0, 0, 0, 0]), |client| client.0);
        Ok(Self { cookie, login, address })
    }
}

/// The login of the user in the cookie, while the org says that they are signed in, or may be where their session is not
/// known. Prolongs the cookie with the session.
async fn login(hook: &Hook, cookie: &mut Contents) -> Result<Option<String>, Problem> {
    let Some(id) = &cookie.session else {
        let user = hook.org.user(&cookie.user).await?;
        return Ok(user.filter(|user| user.status == "ACTIVE").map(|user| user.profile.login));
    };
    let session = hook.org.session(id).await?;
    let is_own = |session: &Session| session.status == "ACTIVE" && session.user_id == cookie.user;
    let Some(session) = session.filter(is_own) else { return Ok(None) };
    cookie.expires = timestamp::parse(&session.expires_at).unwrap_or(cookie.expires);
    Ok(Some(session.login))
}

/// The error where nobody is signed in: it says so where signing in can't change that.
async fn nobody(hook: &Hook) -> Problem {
    if hook.openid.is_some() {
        return Code::NotSignedIn.into();
    }
    match hook.engine().await {
        Ok(Engine::Other) => Code::SessionNotSupported.into(),
        _ => Code::NotSignedIn.into(),
    }
}

/// A factor id from a path; only well-formed ids are accepted.
#[derive(Debug)]
pub struct FactorId(pub String);

/// Whether the text is a well-formed factor id.
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
