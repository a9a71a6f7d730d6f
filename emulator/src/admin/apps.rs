//! Applications: the clients of OpenID Connect.
//!
//! Not here: what a request says about one (`app_settings.rs`); applications of other protocols, which are read from the
//! configuration.

use serde_json::json;

use super::{app_settings, not_found, page, search};
use crate::{
    call::{Call, Refusal, Reply},
    error::{self, ApiError},
    org::{Org, client::Client},
    wire::admin::app::app as shown,
};

const PATH: &str = "/api/v1/apps";

/// `GET /api/v1/apps`: those whose label begins with `q`.
pub(crate) fn list(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let begins = call.query.get("q").map(|q| q.to_lowercase());
    let fits = |one: &&Client| begins.as_ref().is_none_or(|begin| one.label.to_lowercase().starts_with(begin));
    let items = org.clients.iter().filter(fits).map(|one| (one.id.clone(), shown(org, one))).collect();
    page(call, PATH, search::select(call, &search::APPS, items)?)
}

/// `POST /api/v1/apps`: active, unless `activate` is false.
pub(crate) fn create(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let mut client = app_settings::read(org, &call.input, None)?;
    client.active = !call.asks_not_for("activate");
    let answer = shown(org, &client);
    org.clients.push(client);
    Ok(Reply::Json(answer))
}

/// `GET /api/v1/apps/{id}`.
pub(crate) fn read(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    Ok(Reply::Json(shown(org, &found(org, call)?)))
}

/// `PUT /api/v1/apps/{id}`: everything but the client id; a secret that is left out stays.
pub(crate) fn replace(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let before = found(org, call)?;
    let client = app_settings::read(org, &call.input, Some(&before))?;
    put(org, client)
}

/// `DELETE /api/v1/apps/{id}`, which has to be inactive. Its codes and tokens end.
pub(crate) fn delete(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let client = found(org, call)?;
    if client.active {
        return Err(error::NO_APP_DELETE.into());
    }
    org.clients.retain(|one| one.id != client.id);
    org.issued.forget_client(&client.id);
    Ok(Reply::Nothing)
}

/// `POST /api/v1/apps/{id}/lifecycle/activate`.
pub(crate) fn activate(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let client = Client { active: true, ..found(org, call)? };
    put(org, client)?;
    Ok(Reply::Json(json!({})))
}

/// `POST /api/v1/apps/{id}/lifecycle/deactivate`: nobody signs in to it, and it gets no tokens.
pub(crate) fn deactivate(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let client = Client { active: false, ..found(org, call)? };
    put(org, client)?;
    Ok(Reply::Json(json!({})))
}

fn found(org: &Org, call: &Call) -> Result<Client, ApiError> {
    let id = call.in_path("app");
    org.clients.iter().find(|one| one.id == id).cloned().ok_or_else(|| not_found(id, "AppInstance"))
}

fn put(org: &mut Org, client: Client) -> Result<Reply, Refusal> {
    let answer = shown(org, &client);
    let kept = org.clients.iter_mut().find(|one| one.id == client.id);
    let kept = kept.ok_or_else(|| not_found(&client.id, "AppInstance"))?;
    *kept = client;
    Ok(Reply::Json(answer))
}
