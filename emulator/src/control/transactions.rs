//! Creates transactions in any state, for tests that open the page in the middle of a sign-in, and
//! recovery tokens as sent by email.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse as _, Response},
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::error_response;
use crate::{
    authn::{begin::begin, consent::DEVICE_WAITS, enroll, recovery, verify},
    call::{Call, Input, Refusal, Reply},
    http::{App, call_of_browser},
    org::{
        Org,
        kind::Kind,
        outbox::Channel,
        push::PushResult,
        transaction::{Awaited, Purpose, RecoveryType, State as Stands, Transaction},
    },
};

/// The transaction to create.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NewTransaction {
    /// Whose it is.
    pub login: String,
    /// The transaction's status, such as `MFA_REQUIRED`.
    pub state: String,
    /// The kind of the factor, as policies name it.
    pub factor: Option<String>,
    /// The factor result: `FAILED`, `REJECTED`, `TIMEOUT` or `OKTA_VERIFY_UPGRADE_REQUIRED`.
    pub result: Option<String>,
    /// The origin of the page; by default the first trusted one.
    pub page: Option<String>,
    /// An application's id: the transaction is a step-up for it.
    pub app: Option<String>,
}

/// A transaction that was created.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CreatedTransaction {
    /// Its token.
    pub state_token: String,
    /// The address that opens the page with it.
    pub url: String,
}

/// Without the token.
impl std::fmt::Debug for CreatedTransaction {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("CreatedTransaction(..)")
    }
}

/// `POST /control/transactions`.
pub(super) async fn create(State(app): State<App>, Json(wanted): Json<NewTransaction>) -> Response {
    let mut org = app.org();
    let mut call = call_of_browser(&org, &HeaderMap::new());
    call.origin = wanted.page.clone().or_else(|| org.page().map(str::to_owned));
    match make(&mut org, &mut call, &wanted) {
        Ok(token) => {
            let page = call.origin.unwrap_or_default();
            let url = format!("{page}/?stateToken={token}");
            Json(CreatedTransaction { state_token: token, url }).into_response()
        }
        Err(what) => error_response(StatusCode::BAD_REQUEST, &what),
    }
}

fn make(org: &mut Org, call: &mut Call, wanted: &NewTransaction) -> Result<String, String> {
    let user = org.user_named(&wanted.login).ok_or_else(|| format!("There is no user {}.", wanted.login))?.clone();
    let purpose = match (&wanted.app, wanted.state.as_str()) {
        (Some(id), _) => {
            let app = org.apps.iter().find(|app| app.id == *id).ok_or_else(|| format!("There is no app {id}."))?;
            Purpose::StepUp(app.clone())
        }
        (None, "RECOVERY" | "RECOVERY_CHALLENGE" | "PASSWORD_RESET") => Purpose::Recovery(RecoveryType::Password),
        (None, "DEVICE_ACTIVATE" | "DEVICE_DENIED") => {
            Purpose::Device { user_code: String::new(), until: call.now.after(DEVICE_WAITS) }
        }
        (None, _) => Purpose::SignIn,
    };
    let who = (!matches!(wanted.state.as_str(), "UNAUTHENTICATED" | "DEVICE_ACTIVATE")).then_some(user.id);
    let state = match wanted.state.as_str() {
        "UNAUTHENTICATED" => Stands::Unauthenticated,
        "PASSWORD_WARN" => Stands::PasswordWarn { days_left: 5 },
        "PASSWORD_EXPIRED" => Stands::PasswordExpired,
        "PASSWORD_RESET" => Stands::PasswordReset,
        "RECOVERY" => Stands::Recovery,
        "RECOVERY_CHALLENGE" => Stands::RecoveryChallenge { channel: Channel::Sms },
        "MFA_REQUIRED" | "MFA_CHALLENGE" => Stands::MfaRequired,
        "MFA_ENROLL" | "MFA_ENROLL_ACTIVATE" => Stands::MfaEnroll { may_skip: false },
        "CONSENT_REQUIRED" => Stands::Consent { admin: false },
        "ADMIN_CONSENT_REQUIRED" => Stands::Consent { admin: true },
        "PROFILE_REQUIRED" => Stands::Profile,
        "POLL" => Stands::Poll { until: call.now.after(std::time::Duration::from_secs(10)) },
        "DEVICE_ACTIVATE" => Stands::DeviceActivate,
        "SUCCESS" => Stands::Success,
        "DEVICE_DENIED" => Stands::Resume,
        other => return Err(format!("There is no state {other} to be put into.")),
    };
    let mut transaction = begin(org, call, who, purpose, state).map_err(|error| refusal_text(Refusal::Api(error)))?;
    if !matches!(transaction.purpose, Purpose::Recovery(_)) {
        transaction.amr.push("pwd");
    }
    transaction.done.denied = wanted.state == "DEVICE_DENIED";
    let token = transaction.token.clone();
    org.transactions.insert(token.clone(), transaction);
    match wanted.state.as_str() {
        "MFA_CHALLENGE" => challenge(org, call, wanted, &token)?,
        "MFA_ENROLL_ACTIVATE" => activate(org, call, wanted, &token)?,
        _ => return Ok(token),
    }
    if let Some(result) = &wanted.result {
        let transaction = org.transactions.get_mut(&token).ok_or("The transaction is gone.")?;
        end_with(transaction, result)?;
    }
    Ok(token)
}

fn kind(wanted: &NewTransaction) -> Result<Kind, String> {
    let key = wanted.factor.as_deref().ok_or("This state needs `factor`: okta_sms, okta_push, ...")?;
    Kind::from_key(key).ok_or_else(|| format!("There is no kind of factor {key}."))
}

/// Runs an operation as a request of the page would.
fn run(
    org: &mut Org,
    call: &mut Call,
    body: serde_json::Value,
    operation: fn(&mut Org, &Call) -> Result<Reply, Refusal>,
) -> Result<(), String> {
    if let serde_json::Value::Object(members) = body {
        call.input = Input::new(members);
    }
    operation(org, call).map(drop).map_err(refusal_text)
}

fn refusal_text(refusal: Refusal) -> String {
    match refusal {
        Refusal::Api(error) => error.body("").to_string(),
        Refusal::Needs(_) => "This can not be made without a password.".to_owned(),
    }
}

fn challenge(org: &mut Org, call: &mut Call, wanted: &NewTransaction, token: &str) -> Result<(), String> {
    let kind = kind(wanted)?;
    let user = org.user_named(&wanted.login).ok_or("The user is gone.")?;
    let id = user.factors.iter().find(|factor| factor.kind == kind).map(|factor| factor.id.clone());
    let id = id.ok_or_else(|| format!("{} has no factor {}.", wanted.login, kind.key()))?;
    call.path.insert("factor".to_owned(), id);
    run(org, call, json!({ "stateToken": token }), verify::verify)
}

fn activate(org: &mut Org, call: &mut Call, wanted: &NewTransaction, token: &str) -> Result<(), String> {
    let kind = kind(wanted)?;
    let profile = json!({ "phoneNumber": "+14155550199" });
    let body = json!({
        "stateToken": token, "factorType": kind.factor_type(), "provider": kind.provider(), "profile": profile,
    });
    run(org, call, body, enroll::enroll)
}

fn end_with(transaction: &mut Transaction, result: &str) -> Result<(), String> {
    let awaited = match &mut transaction.state {
        Stands::MfaChallenge { awaited, .. } => awaited,
        Stands::MfaEnrollActivate(enrollment) => &mut enrollment.awaited,
        _ => return Err("This state has no result.".to_owned()),
    };
    match (awaited, result) {
        (Awaited::Return { failed, .. }, "FAILED") => {
            *failed = Some("The identity provider could not verify your identity.".to_owned());
        }
        (Awaited::NewApp(app), "TIMEOUT") => app.timed_out = true,
        (Awaited::Push(push), "TIMEOUT") => (push.answer, push.reported) = (PushResult::TimedOut, true),
        (Awaited::Push(push), "REJECTED") => (push.answer, push.reported) = (PushResult::Rejected, true),
        (Awaited::Push(push), "OKTA_VERIFY_UPGRADE_REQUIRED") => {
            (push.answer, push.reported) = (PushResult::UpgradeRequired, true);
        }
        _ => return Err(format!("This factor can not end with {result}.")),
    }
    Ok(())
}

/// The account to recover, and how.
#[derive(Debug, Deserialize)]
pub(super) struct RecoveryRequest {
    login: String,
    #[serde(default)]
    unlock: bool,
}

/// The link that was sent.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Link {
    pub(super) url: Option<String>,
}

/// `POST /control/recovery-tokens`: sends the mail with the link.
pub(super) async fn recover(State(app): State<App>, Json(recover): Json<RecoveryRequest>) -> Response {
    let mut org = app.org();
    let call = call_of_browser(&org, &HeaderMap::new());
    let Some(user) = org.user_named(&recover.login).cloned() else {
        return error_response(StatusCode::NOT_FOUND, "There is no such user.");
    };
    let kind = if recover.unlock { RecoveryType::Unlock } else { RecoveryType::Password };
    recovery::send_link(&mut org, &call, &user, kind);
    Json(Link { url: org.outbox.messages().last().and_then(|message| message.link.clone()) }).into_response()
}
