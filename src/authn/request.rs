//! What is sent (contract 1.7): pure builders. The first request of a transaction goes to a path of the
//! org; every later one follows a link with the newest state token. Never here: sending, headers that
//! every request has, or time-outs.

use super::factor::Factor;
use super::links::{Link, Org, UntrustedLink};
use super::secret::{Passcode, Password, SecurityAnswer, StateToken};
use super::wire::Value;
use std::fmt;

/// The HTTP methods in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// GET
    Get,
    /// POST
    Post,
    /// DELETE
    Delete,
}

/// One request, ready to send with credentials included (contract 1.18).
#[derive(Clone, PartialEq)]
pub struct Request {
    method: Method,
    url: String,
    body: Option<Value>,
}

/// Shows no body: it holds passwords and tokens.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {}", self.method, self.url)
    }
}

/// Wishes that travel with primary authentication (contract 1.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// After a factor is set up, come back to the list while optional ones are left.
    pub multi_optional_factor_enroll: bool,
    /// Tell when the password expires soon.
    pub warn_before_password_expired: bool,
}

/// What proves a factor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// A one-time code.
    Passcode(Passcode),
    /// The answer to a security question.
    Answer(SecurityAnswer),
}

impl Request {
    /// The method.
    pub fn method(&self) -> Method {
        self.method
    }

    /// The absolute address, inside the org.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The JSON body of a POST.
    pub fn body(&self) -> Option<&Value> {
        self.body.as_ref()
    }

    /// `POST /api/v1/authn` with name and password.
    pub fn primary(org: &Org, username: &str, password: &Password, options: Options) -> Self {
        let options = object(vec![
            ("multiOptionalFactorEnroll", Value::Bool(options.multi_optional_factor_enroll)),
            ("warnBeforePasswordExpired", Value::Bool(options.warn_before_password_expired)),
        ]);
        let body = vec![("username", text(username)), ("password", text(password.expose())), ("options", options)];
        Self { method: Method::Post, url: org.at("/api/v1/authn"), body: Some(object(body)) }
    }

    /// `POST /api/v1/authn` with a state token alone: the current state, unchanged.
    pub fn state_query(org: &Org, token: &StateToken) -> Self {
        Self::with_token(org.at("/api/v1/authn"), token, Vec::new())
    }

    /// Follows a link that needs the state token and nothing else: prev, skip, cancel, resend.
    pub fn follow(org: &Org, link: &Link, token: &StateToken) -> Result<Self, UntrustedLink> {
        Ok(Self::with_token(org.admit(link)?, token, Vec::new()))
    }

    /// Starts or proves a factor. Remembering the device is a query parameter, never a body member
    /// (contract 1.10).
    pub fn verify(
        org: &Org,
        link: &Link,
        token: &StateToken,
        proof: Option<&Proof>,
        remember_device: Option<bool>,
    ) -> Result<Self, UntrustedLink> {
        let mut url = org.admit(link)?;
        if let Some(remember) = remember_device {
            url.push(if url.contains('?') { '&' } else { '?' });
            url.push_str(if remember { "rememberDevice=true" } else { "rememberDevice=false" });
        }
        let proof = proof.map(|proof| match proof {
            Proof::Passcode(code) => ("passCode", text(code.expose())),
            Proof::Answer(answer) => ("answer", text(answer.expose())),
        });
        Ok(Self::with_token(url, token, proof.into_iter().collect()))
    }

    /// Enrols a factor that needs no profile.
    pub fn enroll(org: &Org, link: &Link, token: &StateToken, factor: &Factor) -> Result<Self, UntrustedLink> {
        let pair = vec![("factorType", text(&factor.factor_type)), ("provider", text(&factor.provider))];
        Ok(Self::with_token(org.admit(link)?, token, pair))
    }

    /// `GET /api/v1/sessions/me`.
    pub fn session(org: &Org) -> Self {
        Self { method: Method::Get, url: org.at("/api/v1/sessions/me"), body: None }
    }

    /// `DELETE /api/v1/sessions/me`.
    pub fn close_session(org: &Org) -> Self {
        Self { method: Method::Delete, url: org.at("/api/v1/sessions/me"), body: None }
    }

    fn with_token(url: String, token: &StateToken, mut members: Vec<(&'static str, Value)>) -> Self {
        members.insert(0, ("stateToken", text(token.expose())));
        Self { method: Method::Post, url, body: Some(object(members)) }
    }
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn object(members: Vec<(&'static str, Value)>) -> Value {
    Value::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}
