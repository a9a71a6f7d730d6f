//! Endpoints that redirect the browser to the sign-in page with a state token: step-up for an
//! application, and activation of a device. And the redirect back to the application.

use std::collections::HashMap;

use axum::{
    Router,
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::get,
};
use url::form_urlencoded;

use super::{App, app_home, cookie, operation, page};
use crate::{
    authn::{begin::begin, consent::DEVICE_WAITS, progress},
    call::Call,
    openid,
    org::{
        Org,
        app::Target,
        transaction::{Purpose, State as Stands},
        user::UserId,
    },
    sessions,
};

/// The routes of this file.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/step-up", get(step_up))
        .route("/activate", get(device))
        .route("/login/step-up/redirect", get(return_to_app))
}

type Fields = Query<HashMap<String, String>>;

/// `/step-up?app=ID[&page=ORIGIN]`: with a session it asks only for the missing factor, without for all. In an upgraded
/// org links of apps lead to the org's own page.
async fn step_up(State(app): State<App>, Query(fields): Fields, headers: HeaderMap) -> Response {
    let mut org = app.org();
    if org.is_upgraded() {
        return own_page();
    }
    let wanted = fields.get("app").map(String::as_str);
    let target = org.apps.iter().find(|one| wanted.is_none_or(|wanted| wanted == one.id || wanted == one.name));
    let Some(target) = target.cloned() else {
        let what = "The parameter app must be the id or the name of one of the org's [[apps]].";
        return page::error(StatusCode::NOT_FOUND, "No such application", what);
    };
    redirect_to_page(&mut org, &fields, &headers, Purpose::StepUp(target), Stands::Unauthenticated)
}

/// Stands for the sign-in page of an upgraded org.
pub(super) fn own_page() -> Response {
    let what = "<p>This is where an org shows its own sign-in page: an upgraded one has no custom page for apps.</p>";
    page::page(StatusCode::OK, "Sign in to the org", what)
}

/// `/activate[?page=ORIGIN]`: the URL that a device without a keyboard shows to its user.
async fn device(State(app): State<App>, Query(fields): Fields, headers: HeaderMap) -> Response {
    let mut org = app.org();
    let until = org.clock.now().after(DEVICE_WAITS);
    let purpose = Purpose::Device { user_code: String::new(), until };
    redirect_to_page(&mut org, &fields, &headers, purpose, Stands::DeviceActivate)
}

fn redirect_to_page(
    org: &mut Org,
    fields: &HashMap<String, String>,
    headers: &HeaderMap,
    purpose: Purpose,
    without_session: Stands,
) -> Response {
    let call = operation::call_of_browser(org, headers);
    let page = fields.get("page").map(String::as_str).or_else(|| org.page()).map(str::to_owned);
    let session = org.live_session(call.session.as_deref(), call.now).cloned();
    let needs_code = matches!(without_session, Stands::DeviceActivate);
    let state = if session.is_some() && !needs_code { Stands::Resume } else { without_session };
    let who = session.map(|session| session.user);
    leave_for_page(org, &call, page, purpose, state, who, None)
}

/// Begins a transaction, of this user if one has a session, and sends the browser to the sign-in page with its token,
/// and with the login hint of an authorization request.
pub(crate) fn leave_for_page(
    org: &mut Org,
    call: &Call,
    page: Option<String>,
    purpose: Purpose,
    state: Stands,
    session_of: Option<UserId>,
    login_hint: Option<&str>,
) -> Response {
    let Some(page) = page.filter(|page| org.trusts_redirect_to(page)) else {
        let what = "The sign-in page is not known. Start the emulator with --page-origin, or give page=ORIGIN of a \
                    trusted origin.";
        return page::error(StatusCode::BAD_REQUEST, "Where to?", what);
    };
    let has_session = session_of.is_some();
    let who = session_of.filter(|_| !matches!(state, Stands::DeviceActivate));
    let Ok(mut transaction) = begin(org, call, who, purpose, state) else {
        return page::error(StatusCode::INTERNAL_SERVER_ERROR, "Something is wrong", "The sign-in could not begin.");
    };
    if has_session {
        transaction.amr.push("pwd");
    }
    transaction.page = Some(page.clone());
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("stateToken", &transaction.token);
    query.extend_pairs(login_hint.map(|hint| ("login_hint", hint)));
    let target = format!("{page}/?{}", query.finish());
    org.transactions.insert(transaction.token.clone(), transaction);
    (StatusCode::FOUND, [(header::LOCATION, target)]).into_response()
}

/// `/login/step-up/redirect?stateToken=`: the end of a step-up. Creates a session if there is none, and continues the
/// authorization request that waits for it.
async fn return_to_app(State(app): State<App>, Query(fields): Fields, headers: HeaderMap) -> Response {
    let token = fields.get("stateToken").map_or("", String::as_str);
    let spent = {
        let mut org = app.org();
        let call = operation::call_of_browser(&org, &headers);
        spend(&mut org, &call, token)
    };
    let over = || {
        let what = "The state token was used already, has expired, or belongs to a sign-in that is not done.";
        page::error(StatusCode::FORBIDDEN, "The sign-in is no longer valid", what)
    };
    let Some((target, session, new)) = spent else { return over() };
    if let Some(waits) = target.authorization {
        return openid::resume(&app, &waits, session, &headers).await.unwrap_or_else(over);
    }
    let mut response = app_home::enter(&app, &target, &session).await;
    if new {
        let mut org = app.org();
        sessions::in_browser(&mut org, &session);
        cookie::set_session(response.headers_mut(), &session, &org);
    }
    response
}

/// The application, the cookie of the session, and whether that is new. A live session is kept, unless an authorization
/// request asked for a new sign-in.
fn spend(org: &mut Org, call: &Call, token: &str) -> Option<(Target, String, bool)> {
    let transaction = progress::of_token(org, call, token).ok()?;
    let (Stands::Success, Purpose::StepUp(target)) = (&transaction.state, &transaction.purpose) else { return None };
    org.transactions.remove(token);
    let live = call.session.clone().filter(|cookie| org.live_session(Some(cookie), call.now).is_some());
    if let Some(live) = live {
        if target.authorization.is_none() {
            return Some((target.clone(), live, false));
        }
        org.sessions.remove(&live);
    }
    let grant = progress::grant(org, call, &transaction).ok()?;
    Some((target.clone(), sessions::of_grant(org, grant, call.now), true))
}
