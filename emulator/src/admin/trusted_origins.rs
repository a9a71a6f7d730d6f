//! Trusted origins: pages that may call the API or receive redirects.

use serde_json::Value;

use super::{not_found, page};
use crate::{
    call::{Call, Refusal, Reply},
    control::origin,
    error,
    org::Org,
    wire::admin,
};

/// `GET /api/v1/trustedOrigins`.
pub(crate) fn list(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let items = org.trusted.iter().map(|one| (one.id.clone(), admin::trusted_origin(org, one))).collect();
    page(call, "/api/v1/trustedOrigins", items)
}

/// `POST /api/v1/trustedOrigins`.
pub(crate) fn create(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let written = call.input.required("origin")?;
    let origin = origin(written)
        .ok_or_else(|| error::VALIDATION.about("origin").and("origin: is written like http://localhost:8080"))?;
    if org.trusted.iter().any(|one| one.origin == origin) {
        let cause = "origin: An object with this field already exists in the current organization";
        return Err(error::VALIDATION.about("origin").and(cause).into());
    }
    let scopes: Vec<&str> = match call.input.value("scopes") {
        Some(Value::Array(scopes)) => {
            scopes.iter().filter_map(|scope| scope.get("type").and_then(Value::as_str)).collect()
        }
        _ => return Err(error::VALIDATION.about("scopes").and("scopes: The field cannot be left blank").into()),
    };
    let name = call.input.text("name")?.unwrap_or(&origin).to_owned();
    let id = org.trust(&name, &origin, scopes.contains(&"CORS"), scopes.contains(&"REDIRECT"));
    shown(org, &id)
}

/// `GET /api/v1/trustedOrigins/{id}`.
pub(crate) fn read(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    shown(org, call.in_path("origin"))
}

fn shown(org: &Org, id: &str) -> Result<Reply, Refusal> {
    let found = org.trusted.iter().find(|one| one.id == id).ok_or_else(|| not_found(id, "TrustedOrigin"))?;
    Ok(Reply::Json(admin::trusted_origin(org, found)))
}

/// `DELETE /api/v1/trustedOrigins/{id}`.
pub(crate) fn delete(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let id = call.in_path("origin");
    let before = org.trusted.len();
    org.trusted.retain(|one| one.id != id);
    if org.trusted.len() == before {
        return Err(not_found(id, "TrustedOrigin").into());
    }
    Ok(Reply::Nothing)
}
