//! Identity providers. The emulator plays each of them itself, so it keeps `protocol` and `policy` and reads neither.
//!
//! Not here: routing rules, which are read from the configuration.

use serde_json::{Map, Value};

use super::{not_found, page};
use crate::{
    call::{Call, Input, Refusal, Reply},
    error::{self, ApiError},
    org::{
        Org,
        federation::{IdentityProvider, ProviderStatus, ProviderType},
    },
    wire::admin::identity_provider::identity_provider as shown,
};

const PATH: &str = "/api/v1/idps";

fn invalid(member: &str, cause: &str) -> ApiError {
    error::VALIDATION.about(member).and(format!("{member}: {cause}"))
}

/// `GET /api/v1/idps`: those whose name begins with `q`, of the type `type`.
pub(crate) fn list(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let begins = call.query.get("q").map(|q| q.to_lowercase());
    let kind = call.query.get("type").map(|name| kind(name)).transpose()?;
    let fits = |one: &&IdentityProvider| {
        begins.as_ref().is_none_or(|begin| one.name.to_lowercase().starts_with(begin))
            && kind.is_none_or(|kind| one.kind == kind)
    };
    let items = org.federation.providers.iter().filter(fits).map(|one| (one.id.clone(), shown(org, one))).collect();
    page(call, PATH, items)
}

/// `POST /api/v1/idps`.
pub(crate) fn create(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let kind = kind(call.input.text("type")?.unwrap_or_default())?;
    let name = name(org, call, None)?;
    let settings = settings(&call.input)?;
    let (status, now) = (ProviderStatus::Active, call.now);
    let id = org.random.id("0oa");
    org.federation.providers.push(IdentityProvider {
        id: id.clone(),
        name,
        kind,
        logo: None,
        status,
        created: now,
        updated: now,
        settings,
    });
    one(org, &id)
}

/// `GET /api/v1/idps/{id}`.
pub(crate) fn read(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    one(org, call.in_path("idp"))
}

/// `PUT /api/v1/idps/{id}`: everything but the type.
pub(crate) fn replace(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let id = call.in_path("idp");
    let is = org.federation.provider(id).ok_or_else(|| not_found(id, "Idp"))?.kind;
    if kind(call.input.text("type")?.unwrap_or_default())? != is {
        return Err(invalid("type", "The type of an identity provider can not be changed").into());
    }
    let name = name(org, call, Some(id))?;
    let settings = settings(&call.input)?;
    change(org, call, |provider| {
        provider.name = name;
        provider.settings = settings;
    })
}

/// `DELETE /api/v1/idps/{id}`. Rules that route to it are passed over.
pub(crate) fn delete(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let id = call.in_path("idp");
    let providers = &mut org.federation.providers;
    let before = providers.len();
    providers.retain(|one| one.id != id);
    if providers.len() == before { Err(not_found(id, "Idp").into()) } else { Ok(Reply::Nothing) }
}

/// `POST /api/v1/idps/{id}/lifecycle/activate`.
pub(crate) fn activate(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    change(org, call, |provider| provider.status = ProviderStatus::Active)
}

/// `POST /api/v1/idps/{id}/lifecycle/deactivate`.
pub(crate) fn deactivate(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    change(org, call, |provider| provider.status = ProviderStatus::Inactive)
}

fn one(org: &Org, id: &str) -> Result<Reply, Refusal> {
    let found = org.federation.provider(id).ok_or_else(|| not_found(id, "Idp"))?;
    Ok(Reply::Json(shown(org, found)))
}

fn change(org: &mut Org, call: &Call, change: impl FnOnce(&mut IdentityProvider)) -> Result<Reply, Refusal> {
    let id = call.in_path("idp");
    let mut providers = org.federation.providers.iter_mut();
    let found = providers.find(|one| one.id == id).ok_or_else(|| not_found(id, "Idp"))?;
    change(found);
    found.updated = call.now;
    one(org, id)
}

fn kind(name: &str) -> Result<ProviderType, ApiError> {
    serde_json::from_value(name.into()).map_err(|_| invalid("type", "is not a type of identity providers"))
}

/// The name, which no other provider has.
fn name(org: &Org, call: &Call, own: Option<&str>) -> Result<String, ApiError> {
    let name = call.input.text("name")?.map(str::trim).filter(|name| !name.is_empty());
    let name = name.ok_or_else(|| invalid("name", "The field cannot be left blank"))?;
    let taken = org.federation.providers.iter().any(|one| one.name == name && Some(one.id.as_str()) != own);
    if taken {
        return Err(invalid("name", "An object with this field already exists in the current organization"));
    }
    Ok(name.to_owned())
}

fn settings(input: &Input) -> Result<Map<String, Value>, ApiError> {
    let mut settings = Map::new();
    for member in ["protocol", "policy"] {
        if input.has(member) {
            settings.insert(member.to_owned(), input.object(member)?.members().clone().into());
        }
    }
    Ok(settings)
}
