//! Refresh tokens. With rotation each use gives a new one, and the used one works for a moment more, for a client that
//! has lost the answer. Later it revokes everything that came from the same authorization: it was stolen.

use super::{
    error::{INVALID_GRANT, INVALID_SCOPE, OAuthError},
    fields::Fields,
};
use crate::{
    org::{
        Org,
        authorization_server::AuthorizationServer,
        client::Client,
        grant::{Authorization, REFRESH_IDLE, RefreshToken},
    },
    time::Timestamp,
};

/// A new refresh token, if the authorization has the scope for one.
pub(super) fn issue(org: &mut Org, granted: &Authorization, now: Timestamp) -> Option<String> {
    granted.has_scope("offline_access").then(|| {
        let token = org.random.token();
        let kept = RefreshToken { authorization: granted.clone(), expires: now.after(REFRESH_IDLE), replaced: None };
        org.issued.refresh_tokens.insert(token.clone(), kept);
        token
    })
}

/// What a refresh gives.
pub(super) struct Refreshed {
    /// With the scopes of the new access token.
    pub(super) authorization: Authorization,
    pub(super) refresh_token: String,
}

/// Spends a refresh token (RFC 6749, section 6).
pub(super) fn spend(
    org: &mut Org,
    server: &AuthorizationServer,
    client: &Client,
    fields: &Fields,
    now: Timestamp,
) -> Result<Refreshed, OAuthError> {
    let value = fields.required("refresh_token")?;
    let invalid = || INVALID_GRANT.because("The refresh token is invalid or expired.");
    let kept = org.issued.refresh_tokens.get(value).filter(|token| now < token.expires).cloned().ok_or_else(invalid)?;
    let granted = kept.authorization;
    if granted.client != client.id || granted.server != server.id {
        return Err(invalid());
    }
    if kept.replaced.is_some_and(|replaced| now.since(replaced) >= client.refresh_grace) {
        org.issued.revoke(&granted.family);
        return Err(invalid());
    }
    // A nonce is for the first ID token only (OpenID Connect Core 1.0, section 12.2).
    let authorization = Authorization { scopes: scopes(&granted, fields)?, nonce: None, ..granted.clone() };
    let refresh_token =
        if client.rotates_refresh_tokens { issue(org, &granted, now).ok_or_else(invalid)? } else { value.to_owned() };
    if let Some(token) = org.issued.refresh_tokens.get_mut(value) {
        if client.rotates_refresh_tokens {
            token.replaced = token.replaced.or(Some(now));
        } else {
            token.expires = now.after(REFRESH_IDLE);
        }
    }
    Ok(Refreshed { authorization, refresh_token })
}

/// The scopes of the request: those that were granted, or some of them.
fn scopes(granted: &Authorization, fields: &Fields) -> Result<Vec<String>, OAuthError> {
    let Some(asked) = fields.get("scope") else { return Ok(granted.scopes.clone()) };
    let asked: Vec<String> = asked.split(' ').filter(|name| !name.is_empty()).map(str::to_owned).collect();
    match asked.iter().find(|name| !granted.has_scope(name)) {
        Some(name) => Err(INVALID_SCOPE.because(format!("The scope '{name}' was not granted."))),
        None => Ok(asked),
    }
}
