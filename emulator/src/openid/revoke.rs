//! The end of a token before its time: RFC 7009.

use axum::{
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse as _, Response},
};

use super::{
    client_auth,
    error::{INVALID_GRANT, OAuthError},
    fields::Fields,
    server,
};
use crate::{
    http::{App, Params},
    org::grant::Authorization,
};

/// `POST /oauth2/v1/revoke`.
pub(super) async fn revoke(State(app): State<App>, params: Params, request: Request) -> Response {
    if let Err(refused) = server(&app, params) {
        return refused;
    }
    match answer(&app, request).await {
        Ok(()) => StatusCode::OK.into_response(),
        Err(error) => error.response(),
    }
}

/// A token that does not exist is as one that is revoked already. A refresh token takes the access tokens with it.
async fn answer(app: &App, request: Request) -> Result<(), OAuthError> {
    let (parts, body) = request.into_parts();
    let fields = Fields::of_unique_body(&parts.headers, body).await?;
    let mut org = app.org();
    let client = client_auth::client(&org, &parts.headers, &fields)?;
    let token = fields.required("token")?;
    let check = |granted: &Authorization| {
        let refused = || INVALID_GRANT.because("The token was issued to another client.");
        (granted.client == client.id).then_some(()).ok_or_else(refused)
    };
    if let Some(kept) = org.issued.access_tokens.get(token) {
        check(&kept.authorization)?;
        org.issued.access_tokens.remove(token);
    } else if let Some(kept) = org.issued.refresh_tokens.get(token) {
        check(&kept.authorization)?;
        let family = kept.authorization.family.clone();
        org.issued.revoke(&family);
    }
    Ok(())
}
