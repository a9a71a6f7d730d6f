//! `/login/sessionCookieRedirect` exchanges a session token for a cookie, and `/login/signout` ends the browser's
//! session. Browsers navigate to them, so errors are HTML pages.

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::get,
};
use url::{Url, form_urlencoded};

use super::{App, cookie, page};
use crate::{org::Org, sessions, time::Timestamp};

/// The routes of this file.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/login/sessionCookieRedirect", get(by_link).post(by_form))
        .route("/login/signout", get(sign_out))
}

/// `/login/signout?fromURI=`: ends the session, if there is one, and redirects. Where `fromURI` is not allowed, the
/// browser stays at the org: a real one shows its own sign-in page.
async fn sign_out(State(app): State<App>, request: Request) -> Response {
    let query = request.uri().query().unwrap_or_default().as_bytes();
    let target = form_urlencoded::parse(query).find(|(name, _)| name == "fromURI").map(|(_, value)| value.into_owned());
    let mut org = app.org();
    if let Some(session) = cookie::session_in(request.headers(), org.engine) {
        org.sessions.remove(&session);
    }
    let target = target.filter(|target| may_follow(&org, target));
    let target = target.and_then(|target| HeaderValue::from_str(&target).ok());
    let mut response = match target {
        Some(target) => (StatusCode::FOUND, [(header::LOCATION, target)]).into_response(),
        None => page::page(StatusCode::OK, "You are signed out", "<p>This is where an org shows its sign-in page.</p>"),
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache, no-store"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    cookie::end_session(headers, &org);
    response
}

/// Whether the browser may be sent there: to a path of the org, or to a trusted origin.
pub(super) fn may_follow(org: &Org, target: &str) -> bool {
    let is_path = target.starts_with('/') && !target.starts_with("//") && !target.contains('\\');
    is_path || Url::parse(target).is_ok_and(|url| is_trusted(org, &url))
}

/// Whether the browser may be redirected to this address.
fn is_trusted(org: &Org, target: &Url) -> bool {
    let plain = target.username().is_empty() && target.password().is_none();
    let is_web = matches!(target.scheme(), "http" | "https");
    is_web && plain && org.trusts_redirect_to(&target.origin().ascii_serialization())
}

async fn by_link(State(app): State<App>, request: Request) -> Response {
    let query = request.uri().query().unwrap_or_default().to_owned();
    spend(&app, request.headers(), query.as_bytes())
}

async fn by_form(State(app): State<App>, request: Request) -> Response {
    let (parts, body): (_, Body) = request.into_parts();
    let form = parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !form.to_ascii_lowercase().starts_with("application/x-www-form-urlencoded") {
        let what = "This address takes a form: Content-Type must be application/x-www-form-urlencoded.";
        return page::error(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Not a form", what);
    }
    match to_bytes(body, 64 * 1024).await {
        Ok(bytes) => spend(&app, &parts.headers, &bytes),
        Err(_) => page::error(StatusCode::PAYLOAD_TOO_LARGE, "Too large", "The form is too large."),
    }
}

fn spend(app: &App, headers: &HeaderMap, form: &[u8]) -> Response {
    let fields: Vec<(String, String)> = form_urlencoded::parse(form).into_owned().collect();
    let field = |name: &str| fields.iter().find(|(one, _)| one == name).map(|(_, value)| value.as_str());
    let mut org = app.org();
    let now = org.clock.now();
    let session = cookie::session_in(headers, org.engine);
    match redirect(&mut org, now, session.as_deref(), field("token"), field("redirectUrl")) {
        Ok((target, new)) => {
            let checks_setup = field("checkAccountSetupComplete") == Some("true");
            let mut response = if checks_setup && finish_setup(&mut org, new.as_deref().or(session.as_deref())) {
                setup_page(&target)
            } else {
                (StatusCode::FOUND, [(header::LOCATION, target.as_str())]).into_response()
            };
            let headers = response.headers_mut();
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache, no-store"));
            headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
            if let Some(session) = new {
                sessions::in_browser(&mut org, &session);
                cookie::set_session(headers, &session, &org);
            }
            response
        }
        Err(refused) => refused.page(),
    }
}

/// Whether the user of this session had something to set up; it counts as done from now on.
fn finish_setup(org: &mut Org, session: Option<&str>) -> bool {
    let user = session.and_then(|session| org.sessions.get(session)).map(|session| session.user.clone());
    let Some(Ok(user)) = user.map(|user| org.user_mut(&user)) else { return false };
    std::mem::take(&mut user.setup_unfinished)
}

/// Stands for the pages on which an org has the person complete the account.
fn setup_page(target: &Url) -> Response {
    let target = page::escape(target.as_str());
    let body =
        format!("<p>This is where an org asks for what it still needs.</p><p><a href=\"{target}\">Continue</a></p>");
    page::page(StatusCode::OK, "Finish setting up your account", &body)
}

/// Why there is no redirect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Refused {
    NoTarget,
    UntrustedTarget,
    NoToken,
    BadToken,
}

impl Refused {
    fn page(self) -> Response {
        let (status, title, what) = match self {
            Self::NoTarget => (
                StatusCode::BAD_REQUEST,
                "No redirect URL",
                "The parameter redirectUrl is missing or is not a URL that begins with http:// or https://.",
            ),
            Self::UntrustedTarget => (
                StatusCode::FORBIDDEN,
                "The redirect is not trusted",
                "The origin of redirectUrl is not one of this org's trusted origins with the scope REDIRECT. \
                 Start the emulator with --page-origin, or list the origin in its configuration.",
            ),
            Self::NoToken => (StatusCode::BAD_REQUEST, "No session token", "The parameter token is missing."),
            Self::BadToken => (
                StatusCode::FORBIDDEN,
                "The sign-in is no longer valid",
                "The session token was used already, has expired, or was never issued. Sign in again.",
            ),
        };
        page::error(status, title, what)
    }
}

/// The redirect target, and the new session unless there is one already.
fn redirect(
    org: &mut Org,
    now: Timestamp,
    session: Option<&str>,
    token: Option<&str>,
    target: Option<&str>,
) -> Result<(Url, Option<String>), Refused> {
    let target = target.and_then(|target| Url::parse(target).ok()).ok_or(Refused::NoTarget)?;
    if !matches!(target.scheme(), "http" | "https") {
        return Err(Refused::NoTarget);
    }
    if !is_trusted(org, &target) {
        return Err(Refused::UntrustedTarget);
    }
    let token = token.filter(|token| !token.is_empty()).ok_or(Refused::NoToken)?;
    if org.live_session(session, now).is_some() {
        // An existing session is kept; the token is not used.
        return Ok((target, None));
    }
    let session = sessions::open(org, token, now).ok_or(Refused::BadToken)?;
    Ok((target, Some(session)))
}
