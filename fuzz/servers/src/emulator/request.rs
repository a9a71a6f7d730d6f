//! The next request: to an operation, a link, a page, or a part of the control interface. Not here: bodies.

use super::known::Known;
use super::{BASE, PAGE, bodies};
use crate::input::Input;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Method, Request, header};
use okta_emulator::InProcess;
use std::sync::LazyLock;

static OPERATIONS: LazyLock<Vec<(Method, &'static str)>> = LazyLock::new(InProcess::operations);

/// Paths for browsers and of OpenID Connect.
const PAGES: [&str; 34] = [
    "/.well-known/okta-organization",
    "/.well-known/openid-configuration",
    "/.well-known/webfinger",
    "/activate",
    "/app/{name}/{app}/sso/saml",
    "/auth/services/devicefingerprint",
    "/cert/auth",
    "/frame/web/v1/auth",
    "/home/{name}/{app}/1",
    "/img/logos/default.png",
    "/img/security/{name}",
    "/js/sections/duo/Duo-Web-v2.js",
    "/login/getimage",
    "/login/login.htm",
    "/login/sessionCookieRedirect",
    "/login/signout",
    "/login/step-up/redirect",
    "/oauth2/v1/authorize",
    "/oauth2/v1/consent",
    "/oauth2/v1/introspect",
    "/oauth2/v1/keys",
    "/oauth2/v1/logout",
    "/oauth2/v1/revoke",
    "/oauth2/v1/token",
    "/oauth2/v1/userinfo",
    "/oauth2/{server}/.well-known/oauth-authorization-server",
    "/oauth2/{server}/v1/authorize",
    "/oauth2/{server}/v1/token",
    "/okta-verify/{name}",
    "/policy/mfa-oidc-idp-redirect",
    "/policy/mfa-saml-idp-redirect",
    "/sso/idps/{idp}",
    "/sso/idps/{idp}/callback",
    "/step-up",
];
/// The control interface. Without `keys/rotate`: a key takes long to make.
const CONTROL: [&str; 18] = [
    "/control/",
    "/control/phone",
    "/control/clock",
    "/control/clock/advance",
    "/control/reset",
    "/control/counts",
    "/control/outbox",
    "/control/codes",
    "/control/mails",
    "/control/users",
    "/control/card",
    "/control/push",
    "/control/transactions",
    "/control/recovery-tokens",
    "/control/switches",
    "/control/engine",
    "/control/faults",
    "/control/trusted-origins",
];
const METHODS: [Method; 7] =
    [Method::GET, Method::POST, Method::PUT, Method::DELETE, Method::OPTIONS, Method::HEAD, Method::PATCH];
const QUERIES: [&str; 16] = [
    "limit=2&after=1",
    "limit=0",
    "q=a",
    "filter=status%20eq%20%22ACTIVE%22",
    "search=profile.login%20sw%20%22a%22%20or%20(status%20eq%20%22ACTIVE%22)&sortBy=profile.lastName&sortOrder=desc",
    "activate=true",
    "activate=false&sendEmail=false",
    "rememberDevice=true",
    "updatePhone=true",
    "tempPassword=true",
    "type=PASSWORD&expand=rules",
    "additionalFields=cookieToken",
    "since=2020-01-01T00:00:00.000Z&until=2100-01-01T00:00:00.000Z&sortOrder=DESCENDING",
    "resource=okta:acct:jeff.beck@acme.com&username=jeff.beck",
    "fromURI=%2F&redirect_uri=%2Fa&stateToken=x&RelayState=%2F",
    "client_id=0oasamplebrowserapp0&response_type=code&scope=openid%20offline_access&state=s&nonce=n&\
     redirect_uri=http%3A%2F%2Flocalhost%3A8080%2F&code_challenge_method=S256&\
     code_challenge=qjrzSW9gMiUgpUvqgEPE4_-8swvyCtfOVvg55o5S_es",
];

/// The next request; none where no client could send it. The code is the newest that the org has sent.
pub(super) fn next(input: &mut Input<'_>, known: &Known, code: Option<&str>) -> Option<Request<Body>> {
    let (method, path) = place(input, known);
    let path = without_braces(&path, input, known);
    let (path, query) = path.split_once('?').map_or((path.as_str(), None), |(path, query)| (path, Some(query)));
    if path.starts_with("/control/keys") {
        return None;
    }
    let query = match (query, input.byte()) {
        (Some(query), 0..192) => format!("?{query}"),
        (None, 0..128) => String::new(),
        (_, 250..) => format!("?{}", input.text()),
        (_, 249) => format!("?id_token_hint={}&post_logout_redirect_uri={PAGE}%2F", known.token("id_token")),
        (_, 248) => format!("?token={}", known.token("sessionToken")),
        (_, choice) => format!("?{}", QUERIES[usize::from(choice) % QUERIES.len()]),
    };
    let mut headers = headers(path, input, known);
    let body = if method == Method::POST || method == Method::PUT {
        bodies::next(path, &mut headers, input, known, code)
    } else {
        Vec::new()
    };
    let mut request = Request::builder().method(method).uri([path, &query].concat());
    *request.headers_mut()? = headers;
    request.body(Body::from(body)).ok()
}

fn place(input: &mut Input<'_>, known: &Known) -> (Method, String) {
    let (kind, place) = (input.byte(), usize::from(input.byte()));
    let (method, path) = match kind % 16 {
        0 | 1 => (Method::POST, "/api/v1/authn".to_owned()),
        2..7 => {
            let (method, path) = &OPERATIONS[place % OPERATIONS.len()];
            (method.clone(), (*path).to_owned())
        }
        7..11 if !known.links.is_empty() => {
            let method = if kind < 32 { Method::GET } else { Method::POST };
            (method, known.links[place % known.links.len()].clone())
        }
        11 | 12 => (METHODS[usize::from(kind / 16) % 2].clone(), PAGES[place % PAGES.len()].to_owned()),
        13 | 14 => (METHODS[usize::from(kind / 16) % 2].clone(), CONTROL[place % CONTROL.len()].to_owned()),
        _ => (Method::GET, format!("/{}", input.text())),
    };
    match input.byte() {
        choice @ 240.. => (METHODS[usize::from(choice) % METHODS.len()].clone(), path),
        _ => (method, path),
    }
}

/// Puts names and ids into the place of each `{...}`.
fn without_braces(template: &str, input: &mut Input<'_>, known: &Known) -> String {
    const NAMES: [&str; 12] = [
        "me",
        "00u2e9pzr0aCdtXuI1t3",
        "jeff.beck",
        "sms2s9jimvGguB7zY1t7",
        "ufs2e9klmhQWN7jX51t7",
        "uft4ox35mszVJHRg21t7",
        "00g11eyizklnBxpN42p7",
        "0oasaml2provider0000",
        "0oa2x5jOopNCpswjo0g4",
        "0oasamplebrowserapp0",
        "default",
        "sms",
    ];
    let mut path = String::new();
    let mut rest = template;
    while let Some((before, (_, after))) =
        rest.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
    {
        path.push_str(before);
        let choice = input.byte();
        match choice {
            0..128 => path.push_str(NAMES[usize::from(choice) % NAMES.len()]),
            128..245 if !known.ids.is_empty() => path.push_str(&known.ids[usize::from(choice) % known.ids.len()]),
            _ => path.push_str(&input.text()),
        }
        rest = after;
    }
    path + rest
}

fn headers(path: &str, input: &mut Input<'_>, known: &Known) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let mut add = |name: header::HeaderName, text: &str| {
        headers.extend(HeaderValue::from_str(text).ok().map(|value| (name, value)));
    };
    let choice = input.byte();
    add(header::HOST, if choice < 250 { BASE.trim_start_matches("http://") } else { "evil.example" });
    match choice % 8 {
        0 | 1 => add(header::AUTHORIZATION, "SSWS emulator-api-token"),
        2 => add(header::AUTHORIZATION, &format!("Bearer {}", known.token("access_token"))),
        // The client 0oasamplewebserver00 with its secret.
        3 => add(header::AUTHORIZATION, "Basic MG9hc2FtcGxld2Vic2VydmVyMDA6ZW11bGF0b3ItY2xpZW50LXNlY3JldA=="),
        4 => add(header::AUTHORIZATION, &input.text()),
        _ => {}
    }
    if !path.starts_with("/control") || choice > 200 {
        match choice / 8 % 8 {
            0..4 => add(header::ORIGIN, PAGE),
            4 => add(header::ORIGIN, &input.text()),
            _ => {}
        }
    }
    match input.byte() % 16 {
        0 => add(header::ACCEPT, "text/html"),
        1 => add(header::ACCEPT, &input.text()),
        2 => add(header::ACCEPT_LANGUAGE, &input.text()),
        3 => add(header::HeaderName::from_static("x-device-fingerprint"), &input.text()),
        4 => add(header::HeaderName::from_static("prefer"), "return=minimal"),
        5 => add(header::ACCESS_CONTROL_REQUEST_METHOD, "POST"),
        _ => {}
    }
    if input.byte() < 230 {
        let pairs: Vec<String> = known.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        add(header::COOKIE, &pairs.join("; "));
    } else {
        add(header::COOKIE, &format!("sid={}; DT={}", known.token("id"), input.text()));
    }
    headers
}
