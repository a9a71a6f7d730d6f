//! What the control interface offers, as methods: each calls it in the same process, so that both do the same. They work
//! whether or not the interface is served.
//!
//! Not here: what the parts of the interface do (the other files of this folder).

use std::{fmt, time::Duration};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Method, Request, header},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use tower::ServiceExt as _;

use super::{
    Counts, CreatedTransaction, CurrentCode, NewTransaction, OrgUser, PhoneAction, TrustedPage, UserChange, WaitingPush,
};
use crate::{
    http::{faults::PlannedFault, journal::Entry},
    org::{Switches, engine::Engine, outbox::Message},
    server::Emulator,
};

/// Why the org could not do what a method asks for, such as an unknown user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ControlError {
    what: String,
}

impl fmt::Display for ControlError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.what)
    }
}

impl std::error::Error for ControlError {}

impl Emulator {
    /// The users.
    pub async fn users(&self) -> Result<Vec<OrgUser>, ControlError> {
        self.get("users").await
    }

    /// Changes a user: policies, lockout, password, factors.
    pub async fn change_user(&self, change: &UserChange) -> Result<(), ControlError> {
        self.post("users", change).await
    }

    /// The codes that this user's apps and tokens show now.
    pub async fn codes(&self, login: &str) -> Result<Vec<CurrentCode>, ControlError> {
        let login = percent_encoding::utf8_percent_encode(login, percent_encoding::NON_ALPHANUMERIC);
        self.get(&format!("codes?login={login}")).await
    }

    /// The codes of all users, and those of tokens that anyone may enroll.
    pub async fn all_codes(&self) -> Result<Vec<CurrentCode>, ControlError> {
        self.get("codes").await
    }

    /// The messages that the org sent: text messages, calls and mails, the oldest first.
    pub async fn outbox(&self) -> Result<Vec<Message>, ControlError> {
        self.get("outbox").await
    }

    /// What waits for an answer on the phones.
    pub async fn pushes(&self) -> Result<Vec<WaitingPush>, ControlError> {
        self.get("push").await
    }

    /// What a user does on the phone.
    pub async fn answer_push(&self, action: &PhoneAction) -> Result<(), ControlError> {
        self.post("push", action).await
    }

    /// The time by the org's clock, as in its answers: `2026-01-31T12:00:00.000Z`.
    pub async fn now(&self) -> Result<String, ControlError> {
        Ok(self.get::<super::Now>("clock").await?.now)
    }

    /// Moves the org's clock forward.
    pub async fn advance_clock(&self, time: Duration) -> Result<(), ControlError> {
        self.ask::<Value>(Method::POST, "clock/advance", Some(&json!({ "seconds": time.as_secs_f64() })))
            .await
            .map(drop)
    }

    /// Makes the next requests to a path fail.
    pub async fn plan_fault(&self, fault: &PlannedFault) -> Result<(), ControlError> {
        self.post("faults", fault).await
    }

    /// Removes the planned faults, and releases what is held.
    pub async fn clear_faults(&self) -> Result<(), ControlError> {
        self.ask::<()>(Method::DELETE, "faults", None::<&()>).await
    }

    /// The requests that the org received, the oldest first. Preflights are not among them.
    pub async fn requests(&self) -> Result<Vec<Entry>, ControlError> {
        self.get("requests").await
    }

    /// How many transactions, session tokens, sessions and messages there are.
    pub async fn counts(&self) -> Result<Counts, ControlError> {
        self.get("counts").await
    }

    /// Restores the initial state: users, messages, sessions and clock. Faults and requests are removed.
    pub async fn reset(&self) -> Result<(), ControlError> {
        self.ask::<()>(Method::POST, "reset", None::<&()>).await
    }

    /// The variants of the API that are switched on.
    pub async fn switches(&self) -> Result<Switches, ControlError> {
        self.get("switches").await
    }

    /// Sets all variants of the API.
    pub async fn set_switches(&self, switches: &Switches) -> Result<(), ControlError> {
        self.post("switches", switches).await
    }

    /// The engine of the org.
    pub async fn engine(&self) -> Result<Engine, ControlError> {
        Ok(self.get::<super::Named>("engine").await?.engine)
    }

    /// Changes the engine: `Identity` is the day of the upgrade.
    pub async fn set_engine(&self, engine: Engine) -> Result<(), ControlError> {
        self.post("engine", &super::Named { engine }).await
    }

    /// Creates a transaction in a given state, for a page that begins in the middle of a sign-in.
    pub async fn create_transaction(&self, wanted: &NewTransaction) -> Result<CreatedTransaction, ControlError> {
        self.ask(Method::POST, "transactions", Some(wanted)).await
    }

    /// Sends the mail to reset the password, and returns the link in it.
    pub async fn send_recovery_link(&self, login: &str) -> Result<String, ControlError> {
        self.recovery(login, false).await
    }

    /// Sends the mail to unlock the account, and returns the link in it.
    pub async fn send_unlock_link(&self, login: &str) -> Result<String, ControlError> {
        self.recovery(login, true).await
    }

    async fn recovery(&self, login: &str, unlock: bool) -> Result<String, ControlError> {
        let body = json!({ "login": login, "unlock": unlock });
        let link: super::Link = self.ask(Method::POST, "recovery-tokens", Some(&body)).await?;
        link.url.ok_or_else(|| ControlError { what: format!("No mail with a link was sent to {login}.") })
    }

    /// Whose smart card is in the reader.
    pub async fn card(&self) -> Result<Option<String>, ControlError> {
        Ok(self.get::<super::Card>("card").await?.login)
    }

    /// Puts this user's smart card into the reader; `None` takes it out.
    pub async fn set_card(&self, login: Option<&str>) -> Result<(), ControlError> {
        self.post("card", &super::Card { login: login.map(str::to_owned) }).await
    }

    /// Signs tokens with a new key from now on, and returns its id. The two before it stay published.
    pub async fn rotate_keys(&self) -> Result<String, ControlError> {
        Ok(self.ask::<super::Key>(Method::POST, "keys/rotate", None::<&()>).await?.kid)
    }

    /// The origins of pages that the org trusts.
    pub async fn trusted_origins(&self) -> Result<Vec<TrustedPage>, ControlError> {
        self.get("trusted-origins").await
    }

    /// Trusts the origin of a page, or changes what it is trusted for.
    pub async fn trust(&self, page: &TrustedPage) -> Result<(), ControlError> {
        self.post("trusted-origins", page).await
    }

    async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, ControlError> {
        self.ask(Method::GET, path, None::<&()>).await
    }

    async fn post(&self, path: &str, body: &impl Serialize) -> Result<(), ControlError> {
        self.ask::<()>(Method::POST, path, Some(body)).await
    }

    async fn ask<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: Option<&impl Serialize>,
    ) -> Result<T, ControlError> {
        call(self.control.clone(), method, path, body).await
    }
}

async fn call<T: DeserializeOwned>(
    control: Router,
    method: Method,
    path: &str,
    body: Option<&impl Serialize>,
) -> Result<T, ControlError> {
    let failed = |what: String| ControlError { what: format!("/control/{path}: {what}") };
    let body = body.map(serde_json::to_vec).transpose().map_err(|error| failed(error.to_string()))?;
    let request = Request::builder()
        .method(method)
        .uri(format!("/control/{path}"))
        .header(header::HOST, "localhost")
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(body.unwrap_or_default()))
        .map_err(|error| failed(error.to_string()))?;
    let response = control.oneshot(request).await.unwrap_or_else(|never| match never {});
    let status = response.status();
    let bytes = to_bytes(response.into_body(), usize::MAX).await.map_err(|error| failed(error.to_string()))?;
    if !status.is_success() {
        let body: Value = serde_json::from_slice(&bytes).unwrap_or_default();
        let text = body.get("error").or_else(|| body.get("errorSummary")).and_then(Value::as_str);
        return Err(failed(text.map_or_else(|| String::from_utf8_lossy(&bytes).into_owned(), str::to_owned)));
    }
    // An empty body is the unit, which JSON calls null.
    let json: &[u8] = if bytes.is_empty() { b"null" } else { &bytes };
    serde_json::from_slice(json).map_err(|error| failed(error.to_string()))
}
