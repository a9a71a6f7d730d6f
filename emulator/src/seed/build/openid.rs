//! Checks and builds clients and authorization servers.

use std::{collections::HashSet, time::Duration};

use url::Url;

use crate::{
    org::{
        Org,
        authorization_server::{AuthorizationServer, Claim, ClaimValue},
        client::{Client, ClientType, GrantType, ResponseType},
    },
    seed::{
        Mistake,
        file::{self, File, Spanned},
    },
};

/// The first mistake in these parts of the file, if any.
pub(super) fn check(file: &File) -> Result<(), Mistake> {
    let mut ids = HashSet::new();
    for client in &file.clients {
        let id = &client.client_id;
        if id.get_ref().is_empty() || !ids.insert(id.get_ref()) {
            return Err(Mistake::at(id, format!("another client has the id `{}`, or it is empty", id.get_ref())));
        }
        check_client(client)?;
    }
    let mut ids = HashSet::new();
    for server in &file.authorization_servers {
        check_server(server)?;
        let id = &server.id;
        if !ids.insert(id.get_ref()) {
            return Err(Mistake::at(id, format!("another authorization server has the id {} already", id.get_ref())));
        }
    }
    Ok(())
}

fn check_client(client: &file::Client) -> Result<(), Mistake> {
    let id = &client.client_id;
    match (client.kind, &client.secret) {
        (ClientType::Web | ClientType::Service, None) => {
            return Err(Mistake::at(id, "a client of the type web or service needs `secret`"));
        }
        (ClientType::Browser, Some(secret)) => {
            return Err(Mistake::at(secret, "a client of the type browser can't keep a secret"));
        }
        (_, Some(secret)) if secret.get_ref().is_empty() => return Err(Mistake::at(secret, "the secret is empty")),
        _ => {}
    }
    for uri in client.redirect_uris.iter().chain(&client.post_logout_redirect_uris) {
        if !is_uri(uri.get_ref()) {
            let what = "is written like http://localhost:8080/callback, or /callback at each trusted origin; without #";
            return Err(Mistake::at(uri, format!("a redirect URI {what}")));
        }
    }
    let grants = grant_types(client);
    let by_redirect = grants.iter().any(|one| matches!(one, GrantType::AuthorizationCode | GrantType::Implicit));
    if by_redirect && client.redirect_uris.is_empty() {
        return Err(Mistake::at(id, "a client with authorization_code or implicit needs `redirect_uris`"));
    }
    // A program alone is no application that people sign in to.
    if grants.contains(&GrantType::ClientCredentials) != (client.kind == ClientType::Service) {
        return Err(Mistake::at(id, "client_credentials is the grant type of the type service, and of no other"));
    }
    if grants.contains(&GrantType::RefreshToken) && !grants.contains(&GrantType::AuthorizationCode) {
        return Err(Mistake::at(id, "the grant type refresh_token needs authorization_code"));
    }
    if let Some(types) = &client.response_types
        && let Some(refused) = types.get_ref().iter().find(|one| !grants.contains(&grant_for(**one)))
    {
        let (refused, grant) = (refused.as_str(), grant_for(*refused).as_str());
        let what = format!("the response type {refused} needs the grant type {grant}");
        return Err(Mistake::at(types, what));
    }
    Ok(())
}

fn check_server(server: &file::AuthorizationServer) -> Result<(), Mistake> {
    let id = server.id.get_ref();
    let plain = id.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_'));
    // `/oauth2/v1/` is the org's own server.
    if id.is_empty() || !plain || id == "v1" {
        let what = "the id of an authorization server is written with letters, digits, - and _, and is not v1";
        return Err(Mistake::at(&server.id, what));
    }
    if server.audiences.get_ref().iter().all(String::is_empty) {
        return Err(Mistake::at(&server.audiences, "an authorization server needs an audience"));
    }
    match server.claims.iter().find(|claim| claim_value(claim).is_none()) {
        Some(claim) => Err(Mistake::at(&claim.name, "a claim needs either `attribute` or `value`")),
        None => Ok(()),
    }
}

fn is_uri(text: &str) -> bool {
    let path = text.starts_with('/') && !text.starts_with("//") && !text.contains(['\\', '#']);
    path || Url::parse(text).is_ok_and(|url| url.fragment().is_none())
}

fn grant_types(client: &file::Client) -> Vec<GrantType> {
    let of_type = || match client.kind {
        ClientType::Service => vec![GrantType::ClientCredentials],
        ClientType::Browser | ClientType::Native | ClientType::Web => vec![GrantType::AuthorizationCode],
    };
    client.grant_types.clone().unwrap_or_else(of_type)
}

fn grant_for(response: ResponseType) -> GrantType {
    match response {
        ResponseType::Code => GrantType::AuthorizationCode,
        ResponseType::Token | ResponseType::IdToken => GrantType::Implicit,
    }
}

/// Adds them to the org.
pub(super) fn fill(org: &mut Org, file: &File) {
    org.clients = file.clients.iter().map(client).collect();
    org.authorization_servers = file.authorization_servers.iter().map(server).collect();
}

fn client(client: &file::Client) -> Client {
    let texts = |all: &[Spanned<String>]| all.iter().map(|one| one.get_ref().clone()).collect();
    let grant_types = grant_types(client);
    let by_grant = || ResponseType::ALL.into_iter().filter(|one| grant_types.contains(&grant_for(*one))).collect();
    Client {
        id: client.client_id.get_ref().clone(),
        label: client.label.clone().unwrap_or_else(|| client.client_id.get_ref().clone()),
        kind: client.kind,
        secret: client.secret.as_ref().map(|secret| secret.get_ref().clone()),
        redirect_uris: texts(&client.redirect_uris),
        post_logout_redirect_uris: texts(&client.post_logout_redirect_uris),
        response_types: client.response_types.as_ref().map_or_else(by_grant, |types| types.get_ref().clone()),
        grant_types,
        pkce_required: client.pkce_required.unwrap_or(client.secret.is_none()),
        consent: client.consent,
        rotates_refresh_tokens: client.rotate_refresh_tokens.unwrap_or(client.kind == ClientType::Browser),
        refresh_grace: Duration::from_secs(client.refresh_grace_seconds),
    }
}

fn server(server: &file::AuthorizationServer) -> AuthorizationServer {
    AuthorizationServer {
        id: Some(server.id.get_ref().clone()),
        name: server.name.clone().unwrap_or_else(|| server.id.get_ref().clone()),
        audiences: server.audiences.get_ref().clone(),
        scopes: server.scopes.clone(),
        claims: server.claims.iter().filter_map(claim).collect(),
        access_token_life: Duration::from_secs(server.access_token_seconds),
    }
}

fn claim(claim: &file::Claim) -> Option<Claim> {
    Some(Claim {
        name: claim.name.get_ref().clone(),
        token: claim.token,
        value: claim_value(claim)?,
        scopes: claim.scopes.clone(),
    })
}

/// Exactly one of the two keys.
fn claim_value(claim: &file::Claim) -> Option<ClaimValue> {
    match (&claim.attribute, &claim.value) {
        (Some(attribute), None) => Some(ClaimValue::Attribute(attribute.clone())),
        (None, Some(value)) => serde_json::to_value(value).ok().map(ClaimValue::Fixed),
        _ => None,
    }
}
