//! The authorization endpoint: the browser comes with a request and leaves with a code, tokens or an error. Without a
//! session it goes to the sign-in page first.
//!
//! Not here: the parameters (`request.rs`), how the result is sent (`response.rs`).

use axum::{
    extract::{Request as HttpRequest, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use url::form_urlencoded;

use super::{
    consent,
    error::{CONSENT_REQUIRED, LOGIN_REQUIRED, OAuthError, SERVER_ERROR},
    fields::Fields,
    issue, keys,
    request::{self, Refused, Request},
    server, sign_in,
};
use crate::{
    http::{App, Params, cookie, page},
    org::{self, Org, authorization_server::AuthorizationServer, grant::Authorization, session::Session},
    sessions,
    time::Timestamp,
};

/// `GET` and `POST /oauth2/v1/authorize`.
pub(super) async fn authorize(State(app): State<App>, params: Params, request: HttpRequest) -> Response {
    let server = match server(&app, params) {
        Ok(server) => server,
        Err(refused) => return refused,
    };
    let (parts, body) = request.into_parts();
    let fields = match Fields::of_request(&parts, body).await {
        Ok(fields) => fields,
        Err(error) => return error.response(),
    };
    decide(&app, &server, fields, &parts.headers, Progress::default()).await
}

/// Continues the request that waited for this sign-in, which created a session.
pub(crate) async fn resume(app: &App, waits: &str, session: String, headers: &HeaderMap) -> Option<Response> {
    let (pending, server) = {
        let mut org = app.org();
        let now = org.clock.now();
        let pending = org.issued.pending.remove(waits).filter(|pending| now < pending.expires)?;
        let server = org.authorization_server(pending.server.as_deref())?;
        (pending, server)
    };
    let progress = Progress { session: Some(session), is_new: true, has_consent: false };
    Some(decide(app, &server, pending.fields.into(), headers, progress).await)
}

/// What the person has done for this request.
#[derive(Default)]
pub(super) struct Progress {
    /// The session that the request goes on with.
    pub(super) session: Option<String>,
    /// Whether the browser does not have its cookie yet.
    pub(super) is_new: bool,
    pub(super) has_consent: bool,
}

/// The response, as far as the request has come.
pub(super) async fn decide(
    app: &App,
    server: &AuthorizationServer,
    fields: Fields,
    headers: &HeaderMap,
    progress: Progress,
) -> Response {
    let needs_key = fields.get("response_type").is_some_and(|types| types.contains("token"));
    let key = if needs_key { keys::current(app).await } else { None };
    let mut org = app.org();
    let now = org.clock.now();
    org.sweep(now);
    let request = match request::read(&org, server, &fields) {
        Ok(request) => request,
        Err(Refused::Page(what)) => return page::error(StatusCode::BAD_REQUEST, "The request is not valid", &what),
        Err(Refused::Redirect(to, error)) => return to.send(&mut org, error.fields()),
    };
    if needs_key && key.is_none() {
        let error = SERVER_ERROR.because("The signing key could not be made.");
        return request.to.send(&mut org, error.fields());
    }
    let has_consent = progress.has_consent;
    let (session, new) = match session(&mut org, &request, headers, progress, now) {
        Some(found) => found,
        None if request.prompt.none => {
            let error = LOGIN_REQUIRED.because("The client specified not to prompt, but the user is not logged in.");
            return request.to.send(&mut org, error.fields());
        }
        None => return send_to_sign_in(&mut org, server, &request, fields, headers),
    };
    let user = org.sessions.get(&session).map(|session| session.user.clone());
    let asks = user.filter(|user| !has_consent && consent::is_needed(&org, server, &request, user));
    let mut response = match asks {
        Some(_) if request.prompt.none => {
            let error = CONSENT_REQUIRED.because("The client specified not to prompt, but the user has to consent.");
            request.to.send(&mut org, error.fields())
        }
        Some(user) => consent::ask(&mut org, server, &request, fields, user),
        None => {
            let result = granted(&mut org, server, &request, &session)
                .and_then(|granted| issue::front_channel(&mut org, key.as_ref(), server, &request, &granted, now));
            request.to.send(&mut org, result.unwrap_or_else(|error| error.fields()))
        }
    };
    if new {
        sessions::in_browser(&mut org, &session);
        cookie::set_session(response.headers_mut(), &session, &org);
    }
    response
}

/// The cookie of the session that the request may use, and whether it is new. A live session is kept, and the session
/// token is not spent, unless the person has to sign in again.
fn session(
    org: &mut Org,
    request: &Request,
    headers: &HeaderMap,
    progress: Progress,
    now: Timestamp,
) -> Option<(String, bool)> {
    if let Some(session) = progress.session {
        return Some((session, progress.is_new));
    }
    let cookie = cookie::session_in(headers, org.engine);
    let is_recent = |session: &Session| request.max_age.is_none_or(|age| now.since(auth_time(session)) <= age);
    let live = org.live_session(cookie.as_deref(), now);
    if live.is_some_and(|session| !request.prompt.login && is_recent(session)) {
        return cookie.map(|cookie| (cookie, false));
    }
    // A token that is not valid is as none.
    let opened = sessions::open(org, request.session_token.as_deref()?, now)?;
    if let Some(replaced) = cookie.filter(|cookie| *cookie != opened) {
        org.sessions.remove(&replaced);
    }
    Some((opened, true))
}

/// When the person proved who they are.
fn auth_time(session: &Session) -> Timestamp {
    session.factor_proved.map_or(session.password_proved, |factor| factor.max(session.password_proved))
}

fn granted(
    org: &mut Org,
    server: &AuthorizationServer,
    request: &Request,
    session: &str,
) -> Result<Authorization, OAuthError> {
    let session = org.sessions.get(session).cloned();
    let session = session.ok_or_else(|| LOGIN_REQUIRED.because("The session has ended."))?;
    Ok(Authorization {
        family: org.random.token(),
        client: request.client.id.clone(),
        server: server.id.clone(),
        auth_time: auth_time(&session),
        user: Some(session.user),
        scopes: request.scopes.clone(),
        nonce: request.nonce.clone(),
        amr: session.amr,
        idp: session.provider.map_or_else(|| org::ID.to_owned(), |provider| provider.id),
    })
}

/// Sends the browser to the sign-in page, or to the identity provider that the request names.
fn send_to_sign_in(
    org: &mut Org,
    server: &AuthorizationServer,
    request: &Request,
    fields: Fields,
    headers: &HeaderMap,
) -> Response {
    let fields = fields.into_pairs();
    if let Some(idp) = &request.idp {
        let encoded =
            |pairs: &[(String, String)]| form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        let back = format!("{}/v1/authorize?{}", server.path(), encoded(&fields));
        let target = format!("/sso/idps/{idp}?{}", encoded(&[("fromURI".to_owned(), back)]));
        return (StatusCode::FOUND, [(header::LOCATION, target)]).into_response();
    }
    sign_in::begin(org, server, &request.client, fields, headers)
}
