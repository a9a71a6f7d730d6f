//! The token endpoint: a client exchanges a code or a refresh token, or gets a token for itself.

use axum::{
    extract::{Request, State},
    response::Response,
};
use serde_json::{Value, json};

use super::{
    claims::{self, With},
    client_auth, client_credentials,
    error::{INVALID_GRANT, OAuthError, SERVER_ERROR, UNAUTHORIZED_CLIENT, UNSUPPORTED_GRANT_TYPE},
    fields::Fields,
    issue, keys, pkce, refresh, server,
};
use crate::{
    http::{App, Params, json as json_response},
    org::{
        Org,
        authorization_server::AuthorizationServer,
        client::{Client, GrantType},
        grant::Authorization,
        signing_key::SigningKey,
    },
    time::Timestamp,
};

/// `POST /oauth2/v1/token`.
pub(super) async fn token(State(app): State<App>, params: Params, request: Request) -> Response {
    let server = match server(&app, params) {
        Ok(server) => server,
        Err(refused) => return refused,
    };
    match answer(&app, &server, request).await {
        Ok(body) => json_response(200, &body),
        Err(error) => error.response(),
    }
}

async fn answer(app: &App, server: &AuthorizationServer, request: Request) -> Result<Value, OAuthError> {
    let (parts, body) = request.into_parts();
    let fields = Fields::of_unique_body(&parts.headers, body).await?;
    let key = keys::current(app).await.ok_or_else(|| SERVER_ERROR.because("The signing key could not be made."))?;
    let mut org = app.org();
    let now = org.clock.now();
    org.sweep(now);
    let client = client_auth::client(&org, &parts.headers, &fields)?;
    match fields.required("grant_type")? {
        "authorization_code" => {
            check_grant(&client, GrantType::AuthorizationCode)?;
            let granted = spend_code(&mut org, server, &client, &fields, now)?;
            let refresh_token = refresh::issue(&mut org, &granted, now);
            tokens(&mut org, &key, server, &granted, refresh_token, now)
        }
        "refresh_token" => {
            check_grant(&client, GrantType::RefreshToken)?;
            let refreshed = refresh::spend(&mut org, server, &client, &fields, now)?;
            tokens(&mut org, &key, server, &refreshed.authorization, Some(refreshed.refresh_token), now)
        }
        "client_credentials" => {
            check_grant(&client, GrantType::ClientCredentials)?;
            let granted = client_credentials::grant(&mut org, server, &client, &fields, now)?;
            tokens(&mut org, &key, server, &granted, None, now)
        }
        other => Err(UNSUPPORTED_GRANT_TYPE.because(format!("The grant type '{other}' is not supported."))),
    }
}

fn check_grant(client: &Client, grant: GrantType) -> Result<(), OAuthError> {
    let refused = || UNAUTHORIZED_CLIENT.because("The client may not use this grant type.");
    client.may_use(grant).then_some(()).ok_or_else(refused)
}

/// What the code stands for. Its second use revokes the tokens of the first (RFC 6749, section 4.1.2).
fn spend_code(
    org: &mut Org,
    server: &AuthorizationServer,
    client: &Client,
    fields: &Fields,
    now: Timestamp,
) -> Result<Authorization, OAuthError> {
    let value = fields.required("code")?;
    let redirect_uri = fields.required("redirect_uri")?;
    let invalid = || INVALID_GRANT.because("The authorization code is invalid or has expired.");
    let code = org.issued.codes.get(value).filter(|code| now < code.expires).cloned().ok_or_else(invalid)?;
    if code.authorization.client != client.id || code.authorization.server != server.id {
        return Err(invalid());
    }
    if code.spent {
        org.issued.revoke(&code.authorization.family);
        return Err(invalid());
    }
    if code.redirect_uri != redirect_uri {
        return Err(INVALID_GRANT.because("'redirect_uri' is not that of the authorization request."));
    }
    pkce::verify(code.challenge.as_deref(), fields)?;
    if let Some(kept) = org.issued.codes.get_mut(value) {
        kept.spent = true;
    }
    Ok(code.authorization)
}

/// The response with new tokens.
fn tokens(
    org: &mut Org,
    key: &SigningKey,
    server: &AuthorizationServer,
    granted: &Authorization,
    refresh_token: Option<String>,
    now: Timestamp,
) -> Result<Value, OAuthError> {
    let access_token = issue::access_token(org, key, server, granted, now)?;
    let mut body = json!({
        "token_type": "Bearer",
        "expires_in": server.access_token_life.as_secs(),
        "access_token": access_token,
        "scope": granted.scopes.join(" "),
    });
    let Some(members) = body.as_object_mut() else { return Ok(body) };
    members.extend(refresh_token.map(|token| ("refresh_token".to_owned(), token.into())));
    if granted.has_scope("openid") {
        let user = issue::user(org, granted)?;
        let with = With { access_token: Some(&access_token), code: None };
        members.insert("id_token".to_owned(), claims::id_token(org, key, server, &user, granted, now, with).into());
    }
    Ok(body)
}
