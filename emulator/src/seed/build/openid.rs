//! Checks and builds clients and authorization servers.

use std::{collections::HashSet, time::Duration};

use crate::{
    org::{
        Org,
        authorization_server::{AuthorizationServer, Claim, ClaimValue},
        client::{Client, ClientType},
        client_rules::{self, Setting, is_redirect_uri, usual_grant_types, usual_response_types},
    },
    seed::{
        Mistake,
        file::{self, File, Spanned},
    },
};

/// Finds the mistakes in these parts of the file.
pub(super) fn check(file: &File, mistakes: &mut Vec<Mistake>) {
    let mut ids = HashSet::new();
    for client in &file.clients {
        let id = &client.client_id;
        if id.get_ref().is_empty() || !ids.insert(id.get_ref()) {
            mistakes.push(Mistake::at(id, format!("another client has the id `{}`, or it is empty", id.get_ref())));
        }
        check_client(client, mistakes);
    }
    let mut ids = HashSet::new();
    for server in &file.authorization_servers {
        check_server(server, mistakes);
        let id = &server.id;
        if !ids.insert(id.get_ref()) {
            let what = format!("another authorization server has the id {} already", id.get_ref());
            mistakes.push(Mistake::at(id, what));
        }
    }
}

fn check_client(client: &file::Client, mistakes: &mut Vec<Mistake>) {
    for uri in client.redirect_uris.iter().chain(&client.post_logout_redirect_uris) {
        if !is_redirect_uri(uri.get_ref()) {
            let what = "is written like http://localhost:8080/callback, or /callback at each trusted origin; without #";
            mistakes.push(Mistake::at(uri, format!("a redirect URI {what}")));
        }
    }
    mistakes.extend(match (client_rules::mistake(&self::client(client)), &client.secret, &client.response_types) {
        (None, ..) => None,
        (Some((Setting::Secret, what)), Some(secret), _) => Some(Mistake::at(secret, what)),
        (Some((Setting::ResponseTypes, what)), _, Some(types)) => Some(Mistake::at(types, what)),
        (Some((_, what)), ..) => Some(Mistake::at(&client.client_id, what)),
    });
}

fn check_server(server: &file::AuthorizationServer, mistakes: &mut Vec<Mistake>) {
    let id = server.id.get_ref();
    let plain = id.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_'));
    // `/oauth2/v1/` is the org's own server.
    if id.is_empty() || !plain || id == "v1" {
        let what = "the id of an authorization server is written with letters, digits, - and _, and is not v1";
        mistakes.push(Mistake::at(&server.id, what));
    }
    if server.audiences.get_ref().iter().all(String::is_empty) {
        mistakes.push(Mistake::at(&server.audiences, "an authorization server needs an audience"));
    }
    let without_value = server.claims.iter().filter(|claim| claim_value(claim).is_none());
    mistakes.extend(without_value.map(|claim| Mistake::at(&claim.name, "a claim needs either `attribute` or `value`")));
}

/// Adds them to the org.
pub(super) fn fill(org: &mut Org, file: &File) {
    org.clients = file.clients.iter().map(client).collect();
    org.authorization_servers = file.authorization_servers.iter().map(server).collect();
}

fn client(client: &file::Client) -> Client {
    let texts = |all: &[Spanned<String>]| all.iter().map(|one| one.get_ref().clone()).collect();
    let grant_types = client.grant_types.clone().unwrap_or_else(|| usual_grant_types(client.kind));
    let by_grant = || usual_response_types(&grant_types);
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
        active: true,
    }
}

fn server(server: &file::AuthorizationServer) -> AuthorizationServer {
    AuthorizationServer {
        id: Some(server.id.get_ref().clone()),
        name: server.name.clone().unwrap_or_else(|| server.id.get_ref().clone()),
        description: String::new(),
        audiences: server.audiences.get_ref().clone(),
        scopes: server.scopes.clone(),
        claims: server.claims.iter().filter_map(claim).collect(),
        access_token_life: Duration::from_secs(server.access_token_seconds),
        active: true,
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
