//! Issues codes and tokens, and records them.

use super::{
    claims::{self, With},
    error::{INVALID_GRANT, OAuthError},
    request::Request,
};
use crate::{
    org::{
        Org,
        authorization_server::AuthorizationServer,
        client::ResponseType,
        grant::{AccessToken, Authorization, CODE_LIFE, Code},
        signing_key::SigningKey,
        user::{AccountStatus, User},
    },
    time::Timestamp,
};

/// A new authorization code.
pub(super) fn code(org: &mut Org, request: &Request, granted: &Authorization, now: Timestamp) -> String {
    let code = org.random.token();
    let kept = Code {
        authorization: granted.clone(),
        redirect_uri: request.to.uri.clone(),
        challenge: request.challenge.clone(),
        expires: now.after(CODE_LIFE),
        spent: false,
    };
    org.issued.codes.insert(code.clone(), kept);
    code
}

/// A new access token.
pub(super) fn access_token(
    org: &mut Org,
    key: &SigningKey,
    server: &AuthorizationServer,
    granted: &Authorization,
    now: Timestamp,
) -> Result<String, OAuthError> {
    let user = granted.user.as_ref().map(|_| user(org, granted)).transpose()?;
    let token = claims::access_token(org, key, server, user.as_ref(), granted, now);
    let kept = AccessToken { authorization: granted.clone(), expires: now.after(server.access_token_life) };
    org.issued.access_tokens.insert(token.clone(), kept);
    Ok(token)
}

/// The parameters of a successful authorization response.
pub(super) fn front_channel(
    org: &mut Org,
    key: Option<&SigningKey>,
    server: &AuthorizationServer,
    request: &Request,
    granted: &Authorization,
    now: Timestamp,
) -> Result<Vec<(&'static str, String)>, OAuthError> {
    let asks = |one| request.types.contains(&one);
    let mut fields = Vec::new();
    let code = asks(ResponseType::Code).then(|| code(org, request, granted, now));
    fields.extend(code.clone().map(|code| ("code", code)));
    let Some(key) = key else { return Ok(fields) };
    let access_token = asks(ResponseType::Token).then(|| access_token(org, key, server, granted, now)).transpose()?;
    if let Some(token) = &access_token {
        fields.extend([
            ("access_token", token.clone()),
            ("token_type", "Bearer".to_owned()),
            ("expires_in", server.access_token_life.as_secs().to_string()),
            ("scope", granted.scopes.join(" ")),
        ]);
    }
    if asks(ResponseType::IdToken) {
        let user = user(org, granted)?;
        let with = With { access_token: access_token.as_deref(), code: code.as_deref() };
        fields.push(("id_token", claims::id_token(org, key, server, &user, granted, now, with)));
    }
    Ok(fields)
}

/// The user, if the account is still active.
pub(super) fn user(org: &Org, granted: &Authorization) -> Result<User, OAuthError> {
    let user =
        granted.user.as_deref().and_then(|id| org.user(id).ok()).filter(|user| user.status == AccountStatus::Active);
    user.cloned().ok_or_else(|| INVALID_GRANT.because("The user is not active."))
}
