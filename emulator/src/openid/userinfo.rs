//! The user's claims for the bearer of an access token (OpenID Connect Core 1.0, section 5.3).

use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};

use super::{claims, server};
use crate::{
    http::{App, Params, json},
    org::{
        Org,
        authorization_server::AuthorizationServer,
        grant::Authorization,
        user::{AccountStatus, User},
    },
};

/// `GET` and `POST /oauth2/v1/userinfo`.
pub(super) async fn userinfo(State(app): State<App>, params: Params, headers: HeaderMap) -> Response {
    let server = match server(&app, params) {
        Ok(server) => server,
        Err(refused) => return refused,
    };
    let org = app.org();
    match bearer(&org, &server, &headers) {
        Ok((granted, user)) => {
            let mut claims = claims::of_scopes(&org, user, granted);
            claims.insert("sub".to_owned(), user.id.clone().into());
            json(200, &claims.into())
        }
        Err(refused) => refused.response(),
    }
}

/// Why there are no claims (RFC 6750, section 3.1).
#[derive(Clone, Copy)]
enum Refused {
    NoToken,
    InvalidToken,
    InsufficientScope,
}

impl Refused {
    fn response(self) -> Response {
        let (status, challenge) = match self {
            Self::NoToken => (StatusCode::UNAUTHORIZED, "Bearer"),
            Self::InvalidToken => (
                StatusCode::UNAUTHORIZED,
                "Bearer error=\"invalid_token\", error_description=\"The access token is invalid.\"",
            ),
            Self::InsufficientScope => (
                StatusCode::FORBIDDEN,
                "Bearer error=\"insufficient_scope\", error_description=\"The access token must have the scope \
                 openid.\"",
            ),
        };
        (status, [(header::WWW_AUTHENTICATE, HeaderValue::from_static(challenge))]).into_response()
    }
}

fn bearer<'a>(
    org: &'a Org,
    server: &AuthorizationServer,
    headers: &HeaderMap,
) -> Result<(&'a Authorization, &'a User), Refused> {
    let authorization = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let (scheme, token) = authorization.and_then(|text| text.split_once(' ')).ok_or(Refused::NoToken)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(Refused::NoToken);
    }
    let now = org.clock.now();
    let kept = org.issued.access_tokens.get(token.trim()).filter(|kept| now < kept.expires);
    let granted = kept.map(|kept| &kept.authorization).filter(|granted| granted.server == server.id);
    let granted = granted.ok_or(Refused::InvalidToken)?;
    if !granted.has_scope("openid") {
        return Err(Refused::InsufficientScope);
    }
    let user = granted.user.as_deref().and_then(|id| org.user(id).ok());
    let user = user.filter(|user| user.status == AccountStatus::Active).ok_or(Refused::InvalidToken)?;
    Ok((granted, user))
}
