//! What is sent (docs/authn-api.md#operations): pure builders. The first request of a transaction goes to a path of the
//! org; every later one follows a link with the newest state token. Not here: sending, headers that
//! every request has, or time-outs.

use super::factor::Factor;
use super::links::{Link, Org, UntrustedLink};
use super::secret::{ActivationToken, DuoSignature, Passcode, Password, RecoveryToken, SecurityAnswer, StateToken};
use super::state::Channel;
use super::url::form;
use super::webauthn::Credential;
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

/// What a request carries.
#[derive(Clone, PartialEq)]
pub enum Body {
    /// Nothing.
    None,
    /// Nothing, without cookies: for what is public (docs/authn-api.md#cors-and-cookies).
    NoneWithoutCookies,
    /// JSON, with cookies (docs/authn-api.md#cors-and-cookies).
    Json(Value),
    /// A form, without cookies: Duo's answer (docs/authn-api.md#duo), and what is exchanged for tokens
    /// (docs/authn-api.md#openid-connect).
    Form(String),
}

/// One request, ready to send.
#[derive(Clone, PartialEq)]
pub struct Request {
    method: Method,
    url: String,
    body: Body,
}

/// Shows no body: it holds passwords and tokens.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {}", self.method, self.url)
    }
}

/// Options that are sent with primary authentication (docs/authn-api.md#operations).
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
    /// The password, as a factor.
    Password(Password),
    /// What an authenticator answered.
    Credential(Credential),
}

/// Preferences that travel with the verification of a factor: query parameters, never body members
/// (docs/authn-api.md#remembered-devices-and-automatic-push).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Preferences {
    /// Whether this device is to be remembered, where that may be chosen.
    pub remember_device: Option<bool>,
    /// Whether the next push starts without asking, where that may be chosen.
    pub auto_push: Option<bool>,
}

/// What setting up a factor needs from the person (the column "enroll body" of docs/authn-api.md#factors).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EnrollRequest {
    /// Nothing.
    Plain,
    /// A phone number.
    Phone {
        /// In E.164.
        number: String,
        /// Of an office telephone.
        extension: String,
        /// The org knows another number already; this one takes its place.
        replaces: bool,
        /// The org doubted the number, and the person insists.
        unchecked: bool,
    },
    /// An e-mail address.
    Email(String),
    /// A security question.
    Question {
        /// Its key, or its text where it is the person's own.
        question: String,
        /// The answer.
        answer: SecurityAnswer,
    },
    /// A hardware token.
    Token {
        /// Its serial number or account name.
        credential_id: String,
        /// The code it shows.
        passcode: Passcode,
        /// The code after that.
        next_passcode: Option<Passcode>,
    },
    /// A code of the device.
    Passcode(Passcode),
    /// A password.
    Password(Password),
}

impl Request {
    /// A request to another server than the org, such as a backend of the page's owner. Nothing checks the address:
    /// the caller must.
    pub fn to_other_server(method: Method, url: String, body: Body) -> Self {
        Self { method, url, body }
    }

    /// The method.
    pub fn method(&self) -> Method {
        self.method
    }

    /// The absolute address, inside the org.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// What it carries.
    pub fn body(&self) -> &Body {
        &self.body
    }

    fn post(url: String, members: Vec<(&'static str, Value)>) -> Self {
        Self { method: Method::Post, url, body: Body::Json(object(members)) }
    }

    fn with_token(url: String, token: &StateToken, mut members: Vec<(&'static str, Value)>) -> Self {
        members.insert(0, ("stateToken", text(token.expose())));
        Self::post(url, members)
    }

    /// `POST /api/v1/authn` with name and password; or with the name alone, where an org needs no password.
    pub fn primary(
        org: &Org,
        username: &str,
        password: Option<&Password>,
        options: Options,
        relay_state: Option<&str>,
    ) -> Self {
        Self::post(org.at(AUTHN), credentials(username, password, options, relay_state))
    }

    /// The same for a sign-in that an app asked for: follows the link of its transaction.
    pub fn authenticate(
        org: &Org,
        link: &Link,
        token: &StateToken,
        username: &str,
        password: &Password,
        options: Options,
    ) -> Result<Self, UntrustedLink> {
        Ok(Self::with_token(org.admit(link)?, token, credentials(username, Some(password), options, None)))
    }

    /// `POST /api/v1/authn` with a state token alone: the current state, unchanged.
    pub fn state_query(org: &Org, token: &StateToken) -> Self {
        Self::with_token(org.at(AUTHN), token, Vec::new())
    }

    /// `POST /api/v1/authn` with the token of an invitation.
    pub fn activation(org: &Org, token: &ActivationToken) -> Self {
        Self::post(org.at(AUTHN), vec![("token", text(token.expose()))])
    }

    /// `POST /api/v1/authn/recovery/password`, or `/unlock`.
    pub fn recover(org: &Org, path: &str, username: &str, channel: &Channel, relay_state: Option<&str>) -> Self {
        let mut body = vec![("username", text(username)), ("factorType", text(channel.as_str()))];
        body.extend(relay_state.map(|relay_state| ("relayState", text(relay_state))));
        Self::post(org.at(path), body)
    }

    /// `POST /api/v1/authn/recovery/token`: redeems the token of a mail. Only the first option counts there.
    pub fn redeem(org: &Org, token: &RecoveryToken, options: Options) -> Self {
        let mut body = vec![("recoveryToken", text(token.expose()))];
        if options.multi_optional_factor_enroll {
            body.push(("options", object(vec![("multiOptionalFactorEnroll", Value::Bool(true))])));
        }
        Self::post(org.at("/api/v1/authn/recovery/token"), body)
    }

    /// Follows a link that needs the state token and nothing else: prev, skip, cancel, resend, poll.
    pub fn follow(org: &Org, link: &Link, token: &StateToken) -> Result<Self, UntrustedLink> {
        Ok(Self::with_token(org.admit(link)?, token, Vec::new()))
    }

    /// Starts or proves a factor.
    pub fn verify(
        org: &Org,
        link: &Link,
        token: &StateToken,
        proof: Option<&Proof>,
        preferences: Preferences,
    ) -> Result<Self, UntrustedLink> {
        let mut url = org.admit(link)?;
        for (name, value) in [("rememberDevice=", preferences.remember_device), ("autoPush=", preferences.auto_push)] {
            if let Some(value) = value {
                url.push(if url.contains('?') { '&' } else { '?' });
                url.push_str(name);
                url.push_str(if value { "true" } else { "false" });
            }
        }
        Ok(Self::with_token(url, token, proof.map(proof_members).unwrap_or_default()))
    }

    /// Enrols a factor.
    pub fn enroll(
        org: &Org,
        link: &Link,
        token: &StateToken,
        factor: &Factor,
        with: &EnrollRequest,
    ) -> Result<Self, UntrustedLink> {
        let mut url = org.admit(link)?;
        let mut members = vec![("factorType", text(&factor.factor_type)), ("provider", text(&factor.provider))];
        match with {
            EnrollRequest::Plain => {}
            EnrollRequest::Phone { number, extension, replaces, unchecked } => {
                let mut profile = vec![("phoneNumber", text(number))];
                if !extension.is_empty() {
                    profile.push(("phoneExtension", text(extension)));
                }
                if *unchecked {
                    profile.push(("validatePhone", Value::Bool(false)));
                }
                if *replaces {
                    url.push_str(if url.contains('?') { "&updatePhone=true" } else { "?updatePhone=true" });
                }
                members.push(("profile", object(profile)));
            }
            EnrollRequest::Email(email) => members.push(("profile", object(vec![("email", text(email))]))),
            EnrollRequest::Question { question, answer } => {
                members
                    .push(("profile", object(vec![("question", text(question)), ("answer", text(answer.expose()))])));
            }
            EnrollRequest::Token { credential_id, passcode, next_passcode } => {
                members.push(("profile", object(vec![("credentialId", text(credential_id))])));
                members.push(("passCode", text(passcode.expose())));
                members.extend(next_passcode.as_ref().map(|code| ("nextPassCode", text(code.expose()))));
            }
            EnrollRequest::Passcode(passcode) => members.push(("passCode", text(passcode.expose()))),
            EnrollRequest::Password(password) => {
                members.push(("profile", object(vec![("password", text(password.expose()))])));
            }
        }
        Ok(Self::with_token(url, token, members))
    }

    /// Has the activation of a push factor sent to a phone; a text message needs its number.
    pub fn send_activation(
        org: &Org,
        link: &Link,
        token: &StateToken,
        phone_number: Option<&str>,
    ) -> Result<Self, UntrustedLink> {
        let profile = phone_number.map(|number| ("profile", object(vec![("phoneNumber", text(number))])));
        Ok(Self::with_token(org.admit(link)?, token, profile.into_iter().collect()))
    }

    /// Sets a new password, in place of the old one where there is one.
    pub fn password(
        org: &Org,
        link: &Link,
        token: &StateToken,
        old: Option<&Password>,
        new: &Password,
        revoke_sessions: bool,
    ) -> Result<Self, UntrustedLink> {
        let mut members: Vec<_> = old.map(|old| ("oldPassword", text(old.expose()))).into_iter().collect();
        members.push(("newPassword", text(new.expose())));
        if revoke_sessions {
            members.push(("revokeSessions", Value::Bool(true)));
        }
        Ok(Self::with_token(org.admit(link)?, token, members))
    }

    /// Answers a recovery question.
    pub fn answer(org: &Org, link: &Link, token: &StateToken, answer: &SecurityAnswer) -> Result<Self, UntrustedLink> {
        Ok(Self::with_token(org.admit(link)?, token, vec![("answer", text(answer.expose()))]))
    }

    /// Grants an app what it asked for: all of it, or each scope by itself where they are optional. `expires_at` is the
    /// transaction's, in the org's own characters (docs/authn-api.md#consent).
    pub fn consent(
        org: &Org,
        link: &Link,
        token: &StateToken,
        expires_at: Option<&str>,
        scopes: &[(String, Option<bool>)],
    ) -> Result<Self, UntrustedLink> {
        let granular = scopes.iter().any(|(_, granted)| granted.is_some());
        let granted = if granular {
            let opted = scopes.iter().map(|(name, granted)| (name.clone(), Value::Bool(granted.unwrap_or(true))));
            ("optedScopes", Value::Object(opted.collect()))
        } else {
            ("scopes", Value::List(scopes.iter().map(|(name, _)| text(name)).collect()))
        };
        let mut consent: Vec<_> = expires_at.map(|end| ("expiresAt", text(end))).into_iter().collect();
        consent.push(granted);
        Ok(Self::with_token(org.admit(link)?, token, vec![("consent", object(consent))]))
    }

    /// Tells what the org wants to know about the person.
    pub fn profile(
        org: &Org,
        link: &Link,
        token: &StateToken,
        values: Vec<(String, String)>,
        creates_account: bool,
    ) -> Result<Self, UntrustedLink> {
        let profile = values.into_iter().map(|(name, value)| (name, Value::Text(value))).collect();
        let mut members = vec![("profile", Value::Object(profile))];
        if creates_account {
            members.push(("createNewAccount", Value::Bool(true)));
        }
        Ok(Self::with_token(org.admit(link)?, token, vec![("registration", object(members))]))
    }

    /// Tells the code that another device shows.
    pub fn activate_device(org: &Org, link: &Link, token: &StateToken, code: &str) -> Result<Self, UntrustedLink> {
        Ok(Self::with_token(org.admit(link)?, token, vec![("userCode", text(code))]))
    }

    /// Hands over what Duo signed: a form, and without cookies (docs/authn-api.md#duo and #cors-and-cookies).
    pub fn duo(
        org: &Org,
        link: &Link,
        token: &StateToken,
        factor_id: &str,
        signature: &DuoSignature,
    ) -> Result<Self, UntrustedLink> {
        let fields = [("id", factor_id), ("stateToken", token.expose()), ("sig_response", signature.expose())];
        Ok(Self { method: Method::Post, url: org.admit(link)?, body: Body::Form(form(&fields)) })
    }

    /// `GET` of a list the org publishes, such as its security questions.
    pub fn list(org: &Org, link: &Link) -> Result<Self, UntrustedLink> {
        Ok(Self { method: Method::Get, url: org.admit(link)?, body: Body::None })
    }

    /// `GET /api/v1/sessions/me`.
    pub fn session(org: &Org) -> Self {
        Self { method: Method::Get, url: org.at(SESSION), body: Body::None }
    }

    /// `DELETE /api/v1/sessions/me`.
    pub fn close_session(org: &Org) -> Self {
        Self { method: Method::Delete, url: org.at(SESSION), body: Body::None }
    }
}

const AUTHN: &str = "/api/v1/authn";
const SESSION: &str = "/api/v1/sessions/me";

fn credentials(
    username: &str,
    password: Option<&Password>,
    options: Options,
    relay_state: Option<&str>,
) -> Vec<(&'static str, Value)> {
    let mut body = vec![("username", text(username))];
    body.extend(password.map(|password| ("password", text(password.expose()))));
    let options = object(vec![
        ("multiOptionalFactorEnroll", Value::Bool(options.multi_optional_factor_enroll)),
        ("warnBeforePasswordExpired", Value::Bool(options.warn_before_password_expired)),
    ]);
    body.push(("options", options));
    body.extend(relay_state.map(|relay_state| ("relayState", text(relay_state))));
    body
}

/// The members of a request body that carry a proof.
pub fn proof_members(proof: &Proof) -> Vec<(&'static str, Value)> {
    match proof {
        Proof::Passcode(code) => vec![("passCode", text(code.expose()))],
        Proof::Answer(answer) => vec![("answer", text(answer.expose()))],
        Proof::Password(password) => vec![("password", text(password.expose()))],
        Proof::Credential(credential) => credential.members(),
    }
}

/// A string, for a request body.
pub fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// An object, for a request body.
pub fn object(members: Vec<(&'static str, Value)>) -> Value {
    Value::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}
