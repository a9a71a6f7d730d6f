//! The control interface for tests and demos, off by default: clock, messages, codes of apps, request
//! journal, faults. No client of the API needs it.

mod card;
mod codes;
pub(crate) mod guard;
mod methods;
mod phone;
mod transactions;
mod users;

use std::{collections::HashMap, time::Duration};

use axum::{
    Json, Router,
    extract::{Query, State},
    http::StatusCode,
    middleware,
    response::{Html, IntoResponse as _, Response},
    routing::{get, post},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use url::Url;

pub use codes::CurrentCode;
pub use methods::ControlError;
pub use phone::{PhoneAction, PhoneButton, WaitingPush};
pub use transactions::{CreatedTransaction, NewTransaction};
pub use users::{OrgUser, UserChange};

use card::Card;
use transactions::Link;

use crate::{
    http::{App, faults::PlannedFault},
    openid,
    org::{Switches, engine::Engine, outbox::Channel},
};

const PAGE: &str = include_str!("control/page.html");
const PHONE: &str = include_str!("control/phone.html");

/// The control page and its endpoints, under `/control/`, for callers on this machine.
pub(crate) fn routes(app: App) -> Router {
    let page = || get(async || Html(PAGE));
    Router::new()
        .route("/control", page())
        .route("/control/", page())
        .route("/control/phone", get(async || Html(PHONE)))
        .nest("/control/", parts(app))
        .layer(middleware::from_fn(guard::apply))
}

fn parts(app: App) -> Router {
    Router::new()
        .route("/clock", get(clock))
        .route("/clock/advance", post(advance))
        .route("/reset", post(reset))
        .route("/counts", get(counts))
        .route("/outbox", get(outbox))
        .route("/codes", get(codes))
        .route("/mails", get(mails))
        .route("/users", get(users::list).post(users::change))
        .route("/card", get(card::shown).post(card::change))
        .route("/push", get(phone::waiting).post(phone::answer))
        .route("/transactions", post(transactions::create))
        .route("/recovery-tokens", post(transactions::recover))
        .route("/switches", get(switches).post(switch))
        .route("/engine", get(engine).post(switch_engine))
        .route("/requests", get(async |State(app): State<App>| Json(app.tools.journal.entries())))
        .route("/faults", post(plan).delete(no_faults))
        .route("/keys/rotate", post(rotate_keys))
        .route("/trusted-origins", get(trusted).post(trust))
        .fallback(async || error_response(StatusCode::NOT_FOUND, "There is no such part of the control interface."))
        .with_state(app)
}

fn error_response(status: StatusCode, what: &str) -> Response {
    (status, Json(json!({ "error": what }))).into_response()
}

/// The time by the org's clock.
#[derive(Debug, Serialize, Deserialize)]
struct Now {
    now: String,
}

async fn clock(State(app): State<App>) -> Json<Now> {
    Json(Now { now: app.org().clock.now().iso() })
}

#[derive(Debug, Deserialize)]
struct Advance {
    seconds: f64,
}

async fn advance(State(app): State<App>, Json(by): Json<Advance>) -> Response {
    let Ok(time) = Duration::try_from_secs_f64(by.seconds) else {
        return error_response(StatusCode::BAD_REQUEST, "The clock only goes forward.");
    };
    let mut org = app.org();
    org.clock.advance(time);
    Json(Now { now: org.clock.now().iso() }).into_response()
}

/// How many of each the org has, and how many requests it is answering.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Counts {
    /// Transactions.
    pub transactions: usize,
    /// Session tokens that are not used yet.
    pub session_tokens: usize,
    /// Sessions.
    pub sessions: usize,
    /// Messages.
    pub messages: usize,
    /// Requests whose response has not been sent to its end, and whose client waits for it.
    pub requests_under_way: usize,
}

async fn counts(State(app): State<App>) -> Json<Counts> {
    let org = app.org();
    Json(Counts {
        transactions: org.transactions.len(),
        session_tokens: org.grants.len(),
        sessions: org.sessions.len(),
        messages: org.outbox.messages().len(),
        requests_under_way: app.tools.under_way.count(),
    })
}

/// Resets the org to its initial state: users, messages, sessions and clock.
async fn reset(State(app): State<App>) -> StatusCode {
    app.reset();
    StatusCode::NO_CONTENT
}

async fn outbox(State(app): State<App>) -> Response {
    let org = app.org();
    Json(org.outbox.messages()).into_response()
}

/// The emails only.
async fn mails(State(app): State<App>) -> Response {
    let org = app.org();
    let mails: Vec<_> = org.outbox.messages().iter().filter(|message| message.channel == Channel::Email).collect();
    Json(mails).into_response()
}

async fn switches(State(app): State<App>) -> Json<Switches> {
    Json(app.org().switches)
}

async fn switch(State(app): State<App>, Json(switches): Json<Switches>) -> StatusCode {
    app.org().switches = switches;
    StatusCode::NO_CONTENT
}

/// The engine: `classic`, or `identity` after an upgrade.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Named {
    engine: Engine,
}

async fn engine(State(app): State<App>) -> Json<Named> {
    Json(Named { engine: app.org().engine })
}

async fn switch_engine(State(app): State<App>, Json(Named { engine }): Json<Named>) -> StatusCode {
    app.org().switch_engine(engine);
    StatusCode::NO_CONTENT
}

async fn codes(State(app): State<App>, Query(query): Query<HashMap<String, String>>) -> Response {
    let org = app.org();
    let login = query.get("login").map(String::as_str);
    Json(codes::current(&org, login)).into_response()
}

/// The id of a key.
#[derive(Debug, Serialize, Deserialize)]
struct Key {
    kid: String,
}

/// A new key for tokens; the one before stays published.
async fn rotate_keys(State(app): State<App>) -> Response {
    match openid::rotate_keys(&app).await {
        Some(kid) => Json(Key { kid }).into_response(),
        None => error_response(StatusCode::INTERNAL_SERVER_ERROR, "The key could not be made."),
    }
}

async fn plan(State(app): State<App>, Json(planned): Json<PlannedFault>) -> StatusCode {
    app.tools.faults.plan(planned);
    StatusCode::NO_CONTENT
}

async fn no_faults(State(app): State<App>) -> StatusCode {
    app.tools.faults.clear();
    StatusCode::NO_CONTENT
}

async fn trusted(State(app): State<App>) -> Json<Vec<TrustedPage>> {
    let org = app.org();
    let origins = org.trusted.iter().map(|trusted| TrustedPage {
        origin: trusted.origin.clone(),
        cors: trusted.cors,
        redirect: trusted.redirect,
    });
    Json(origins.collect())
}

/// The origin of a page that the org trusts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrustedPage {
    /// The origin, such as `http://localhost:8080`.
    pub origin: String,
    /// Whether its pages may call the API.
    #[serde(default = "yes")]
    pub cors: bool,
    /// Whether browsers may be sent to it.
    #[serde(default = "yes")]
    pub redirect: bool,
}

impl TrustedPage {
    /// An origin that is trusted for both.
    pub fn new(origin: impl Into<String>) -> Self {
        Self { origin: origin.into(), cors: true, redirect: true }
    }
}

fn yes() -> bool {
    true
}

async fn trust(State(app): State<App>, Json(trust): Json<TrustedPage>) -> Response {
    let Some(origin) = origin(&trust.origin) else {
        return error_response(StatusCode::BAD_REQUEST, "An origin is written like http://localhost:8080.");
    };
    let mut org = app.org();
    org.trust(&origin, &origin, trust.cors, trust.redirect);
    StatusCode::NO_CONTENT.into_response()
}

/// The origin of a URL, in the form that browsers send.
pub(crate) fn origin(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.path() == "/").then(|| url.origin().ascii_serialization())
}
