//! Access tokens for a program itself, without a user: RFC 6749, section 4.4. Only custom servers issue them, for their
//! own scopes.

use super::{
    error::{INVALID_SCOPE, OAuthError},
    fields::Fields,
};
use crate::{
    org::{self, Org, authorization_server::AuthorizationServer, client::Client, grant::Authorization},
    time::Timestamp,
};

/// What the client is granted.
pub(super) fn grant(
    org: &mut Org,
    server: &AuthorizationServer,
    client: &Client,
    fields: &Fields,
    now: Timestamp,
) -> Result<Authorization, OAuthError> {
    let asked = fields.get("scope").unwrap_or_default();
    let scopes: Vec<String> = asked.split(' ').filter(|name| !name.is_empty()).map(str::to_owned).collect();
    if scopes.is_empty() {
        return Err(INVALID_SCOPE.because("The parameter 'scope' is missing."));
    }
    if let Some(name) = scopes.iter().find(|name| !server.scopes.contains(name)) {
        return Err(INVALID_SCOPE.because(format!("The scope '{name}' is not a custom scope of this server.")));
    }
    Ok(Authorization {
        family: org.random.token(),
        client: client.id.clone(),
        server: server.id.clone(),
        user: None,
        scopes,
        nonce: None,
        auth_time: now,
        amr: Vec::new(),
        idp: org::ID.to_owned(),
    })
}
