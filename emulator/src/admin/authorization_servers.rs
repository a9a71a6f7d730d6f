//! Custom authorization servers, and their scopes, claims and policies, which can only be read: they come from the
//! configuration.
//!
//! Not here: the org's own server, which has no such resource in Okta either.

use serde_json::{Value, json};

use super::{not_found, page};
use crate::{
    call::{Call, Input, Refusal, Reply},
    error::{self, ApiError},
    org::{
        Org,
        authorization_server::{ACCESS_TOKEN_LIFE, AuthorizationServer},
    },
    wire::admin::authorization_server::{self as wire, authorization_server as shown},
};

const PATH: &str = "/api/v1/authorizationServers";

fn invalid(member: &str, cause: &str) -> ApiError {
    error::VALIDATION.about(member).and(format!("{member}: {cause}"))
}

/// `GET /api/v1/authorizationServers`: those whose name or audiences have `q` in them.
pub(crate) fn list(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let wanted = call.query.get("q").map(|q| q.to_lowercase());
    let fits = |one: &&AuthorizationServer| {
        let has = |wanted: &String| {
            one.audiences.iter().chain([&one.name]).any(|text| text.to_lowercase().contains(wanted.as_str()))
        };
        wanted.as_ref().is_none_or(has)
    };
    let id = |one: &AuthorizationServer| one.id.clone().unwrap_or_default();
    let items = org.authorization_servers.iter().filter(fits).map(|one| (id(one), shown(org, one))).collect();
    page(call, PATH, items)
}

/// `POST /api/v1/authorizationServers`: one with the standard scopes only.
pub(crate) fn create(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let settings = settings(org, &call.input, None)?;
    let server = AuthorizationServer {
        id: Some(org.random.id("aus")),
        name: settings.name,
        description: settings.description,
        audiences: settings.audiences,
        scopes: Vec::new(),
        claims: Vec::new(),
        access_token_life: ACCESS_TOKEN_LIFE,
        active: true,
    };
    let answer = shown(org, &server);
    org.authorization_servers.push(server);
    Ok(Reply::Json(answer))
}

/// `GET /api/v1/authorizationServers/{id}`.
pub(crate) fn read(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    Ok(Reply::Json(shown(org, &found(org, call)?)))
}

/// `PUT /api/v1/authorizationServers/{id}`: name, description and audiences.
pub(crate) fn replace(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let before = found(org, call)?;
    let settings = settings(org, &call.input, before.id.as_deref())?;
    let (name, description, audiences) = (settings.name, settings.description, settings.audiences);
    put(org, call, AuthorizationServer { name, description, audiences, ..before })
}

fn put(org: &mut Org, call: &Call, server: AuthorizationServer) -> Result<Reply, Refusal> {
    let answer = shown(org, &server);
    let kept = org.authorization_servers.iter_mut().find(|one| one.id == server.id);
    *kept.ok_or_else(|| not_found(call.in_path("server"), "AuthorizationServer"))? = server;
    Ok(Reply::Json(answer))
}

/// `POST /api/v1/authorizationServers/{id}/lifecycle/activate`.
pub(crate) fn activate(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let server = AuthorizationServer { active: true, ..found(org, call)? };
    put(org, call, server)?;
    Ok(Reply::Json(json!({})))
}

/// `POST /api/v1/authorizationServers/{id}/lifecycle/deactivate`: its endpoints answer as if there were no such server.
pub(crate) fn deactivate(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let server = AuthorizationServer { active: false, ..found(org, call)? };
    put(org, call, server)?;
    Ok(Reply::Json(json!({})))
}

/// `DELETE /api/v1/authorizationServers/{id}`. Its codes and tokens end.
pub(crate) fn delete(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let server = found(org, call)?;
    org.authorization_servers.retain(|one| one.id != server.id);
    org.issued.forget_server(call.in_path("server"));
    Ok(Reply::Nothing)
}

/// `GET /api/v1/authorizationServers/{id}/scopes`: the standard ones and its own.
pub(crate) fn scopes(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    Ok(Reply::Json(wire::scopes(&found(org, call)?)))
}

/// `GET /api/v1/authorizationServers/{id}/claims`: its own.
pub(crate) fn claims(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    Ok(Reply::Json(wire::claims(&found(org, call)?)))
}

/// `GET /api/v1/authorizationServers/{id}/policies`: one, for all clients.
pub(crate) fn policies(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let policy = wire::policy(org, &found(org, call)?);
    Ok(Reply::Json(vec![policy].into()))
}

/// `GET /api/v1/authorizationServers/{id}/policies/{policy}/rules`: one, for all users, grant types and scopes.
pub(crate) fn rules(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let server = found(org, call)?;
    let policy = call.in_path("policy");
    if wire::policy(org, &server).get("id").and_then(Value::as_str) != Some(policy) {
        return Err(not_found(policy, "Policy").into());
    }
    Ok(Reply::Json(vec![wire::rule(org, &server)].into()))
}

fn found(org: &Org, call: &Call) -> Result<AuthorizationServer, ApiError> {
    let id = call.in_path("server");
    org.authorization_server(Some(id)).ok_or_else(|| not_found(id, "AuthorizationServer"))
}

/// What a request says about a server.
struct Settings {
    name: String,
    description: String,
    audiences: Vec<String>,
}

/// The settings; no other server than `own` has the name.
fn settings(org: &Org, input: &Input, own: Option<&str>) -> Result<Settings, ApiError> {
    let name = input.text("name")?.map(str::trim).filter(|name| !name.is_empty());
    let name = name.ok_or_else(|| invalid("name", "The field cannot be left blank"))?.to_owned();
    if org.authorization_servers.iter().any(|one| one.name == name && one.id.as_deref() != own) {
        return Err(invalid("name", "An object with this field already exists in the current organization"));
    }
    let audiences: Option<Vec<String>> =
        input.value("audiences").and_then(|list| serde_json::from_value(list.clone()).ok());
    let audiences = audiences.filter(|all| !all.is_empty() && all.iter().all(|one| !one.trim().is_empty()));
    let audiences = audiences.ok_or_else(|| invalid("audiences", "must be a list of texts"))?;
    let description = input.text("description")?.unwrap_or_default().to_owned();
    Ok(Settings { name, description, audiences })
}
