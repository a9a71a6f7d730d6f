//! The hook's session by OpenID Connect. The browser comes from the org with the org's session, is sent to the org's
//! authorization endpoint, comes back with a code, and is sent to the page. Whatever fails, it is sent to the page,
//! without the hook's session, once: signing in does not depend on the hook.

use axum::{
    Extension,
    extract::{RawQuery, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{AppendHeaders, IntoResponse as _, Response},
};
use url::form_urlencoded;

use crate::{
    cookie::{self, Contents},
    hook::{self, Hook, Shared},
    http::Client,
    openid::{
        Failure, OpenId,
        id_token::Identity,
        landing,
        pending::{self, Pending},
    },
    problem::{Code, FieldErrorCode, Problem},
};

/// How many seconds the hook's session lives. The org does not tell the hook when its own session ends.
const LIFE: i64 = 30 * 60;

/// Errors of the org that are logged by name (OpenID Connect Core 1.0, section 3.1.2.6, and RFC 6749, section 4.1.2.1).
const KNOWN_ERRORS: [&str; 11] = [
    "login_required",
    "consent_required",
    "interaction_required",
    "account_selection_required",
    "access_denied",
    "invalid_request",
    "invalid_scope",
    "unauthorized_client",
    "unsupported_response_type",
    "server_error",
    "temporarily_unavailable",
];

/// `GET /session/start`. With `Origin` it is a script of the page that asks whether a browser may come; nothing begins.
pub async fn start(
    State(hook): State<Shared>,
    Extension(Client(address)): Extension<Client>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let openid = hook.openid.as_ref().ok_or(Code::NotFound)?;
    let landing = parameter(query.as_deref(), "redirect_to").and_then(|text| check(&hook, openid, &text));
    let landing = landing.ok_or_else(|| Problem::field("redirect_to", FieldErrorCode::Invalid))?;
    if headers.get(header::ORIGIN).is_some_and(|origin| origin != "null") {
        openid.is_ready(&hook.org).await?;
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    if hook.limits.sessions.count(&address).await.is_err() {
        tracing::warn!(client = %address, "too many sessions: no session is opened");
        return Ok(send_to(&landing, []));
    }
    let pending = Pending::new(landing.clone(), hook::now());
    let target = openid.authorization_address(&hook.org, &pending).await;
    Ok(match (target, pending.cookie(&hook.config.sealer)) {
        (Ok(target), Some(cookie)) => send_to(&target, [cookie]),
        (Err(error), _) => {
            tracing::warn!(client = %address, why = Failure::from(error).0, "no session is opened");
            send_to(&landing, [])
        }
        (_, None) => {
            tracing::error!(client = %address, "a cookie could not be made: no session is opened");
            send_to(&landing, [])
        }
    })
}

/// `GET /session/callback`.
pub async fn callback(
    State(hook): State<Shared>,
    Extension(Client(address)): Extension<Client>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let openid = hook.openid.as_ref().ok_or(Code::NotFound)?;
    let lines = headers.get_all(header::COOKIE).iter();
    let mut values = lines.filter_map(|line| cookie::value_in(line.to_str().ok()?, pending::NAME));
    let pending = values.next().and_then(|value| Pending::open(&hook.config.sealer, value, hook::now()));
    // The options may have changed since the address was checked.
    let landing = pending.as_ref().and_then(|pending| check(&hook, openid, &pending.landing));
    let landing = landing.or_else(|| landing::fallback(&hook.config.origins)).ok_or(Code::NotFound)?;
    let outcome = match identify(&hook, openid, pending.as_ref(), query.as_deref()).await {
        Ok(identity) => open(&hook, identity).ok_or(Failure("the cookie could not be made")),
        Err(failure) => Err(failure),
    };
    Ok(match outcome {
        Ok(session) => send_to(&landing, [pending::clear(), session]),
        Err(Failure(why)) => {
            tracing::warn!(client = %address, why, "no session is opened");
            send_to(&landing, [pending::clear()])
        }
    })
}

async fn identify(
    hook: &Hook,
    openid: &OpenId,
    pending: Option<&Pending>,
    query: Option<&str>,
) -> Result<Identity, Failure> {
    let pending = pending.ok_or(Failure("the browser has no request, or one that is too old"))?;
    if parameter(query, "state").is_none_or(|state| state != pending.state) {
        return Err(Failure("the state is of another request"));
    }
    if let Some(error) = parameter(query, "error") {
        let known = KNOWN_ERRORS.into_iter().find(|known| *known == error);
        return Err(Failure(known.unwrap_or("the org answered with an error of its own")));
    }
    let code = parameter(query, "code").ok_or(Failure("the org sent no code"))?;
    openid.identify(&hook.org, pending, &code).await
}

/// The cookie of the session.
fn open(hook: &Hook, identity: Identity) -> Option<String> {
    let contents = Contents {
        user: identity.user,
        session: None,
        opened: identity.signed_in,
        expires: hook::now() + LIFE,
        proved_until: None,
        sent_push: None,
    };
    Some(cookie::set(&hook.config.sealer.seal(&contents)?, LIFE))
}

fn check(hook: &Hook, openid: &OpenId, text: &str) -> Option<String> {
    landing::check(text, &hook.config.origins, &hook.config.org.origin, &openid.settings.public_url)
}

/// A parameter of the query; `None` if it is repeated.
fn parameter(query: Option<&str>, name: &str) -> Option<String> {
    let mut values = form_urlencoded::parse(query?.as_bytes()).filter(|(key, _)| key == name).map(|(_, value)| value);
    let value = values.next()?;
    values.next().is_none().then(|| value.into_owned())
}

fn send_to<const N: usize>(address: &str, cookies: [String; N]) -> Response {
    // The serializer of addresses leaves nothing that a header can't hold.
    let Ok(location) = HeaderValue::from_str(address) else { return Problem::from(Code::Failed).into_response() };
    let cookies = AppendHeaders(cookies.map(|cookie| (header::SET_COOKIE, cookie)));
    (StatusCode::SEE_OTHER, [(header::LOCATION, location)], cookies).into_response()
}
