//! The settings of an application in a request: `label`, `credentials.oauthClient` and `settings.oauthClient`.
//!
//! Not here: which settings fit together (`org/client_rules.rs`).

use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{
    call::Input,
    error::{self, ApiError},
    org::{
        Org,
        client::{Client, ClientType, Consent},
        client_rules::{self, is_redirect_uri, usual_grant_types, usual_response_types},
    },
};

fn invalid(member: &str, cause: &str) -> ApiError {
    error::VALIDATION.about(member).and(format!("{member}: {cause}"))
}

/// The client that the request describes, a new one or in place of this one.
pub(super) fn read(org: &mut Org, input: &Input, before: Option<&Client>) -> Result<Client, ApiError> {
    for (member, only) in [("name", "oidc_client"), ("signOnMode", "OPENID_CONNECT")] {
        if input.text(member)? != Some(only) {
            return Err(invalid(member, &format!("must be {only}: the emulator has no other applications here")));
        }
    }
    let label = input.text("label")?.map(str::trim).filter(|label| !label.is_empty());
    let label = label.ok_or_else(|| invalid("label", "The field cannot be left blank"))?.to_owned();
    let credentials = input.object("credentials")?.object("oauthClient")?;
    let settings = input.object("settings")?.object("oauthClient")?;
    let kind: ClientType = named(&settings, "application_type")?
        .ok_or_else(|| invalid("application_type", "must be browser, web, native or service"))?;
    if before.is_some_and(|before| before.kind != kind) {
        return Err(invalid("application_type", "The type of an application can not be changed"));
    }
    let grant_types = named(&settings, "grant_types")?.unwrap_or_else(|| usual_grant_types(kind));
    let refresh = settings.object("refresh_token")?;
    let secret = secret(org, &credentials, kind, before)?;
    let client = Client {
        id: id(org, &credentials, before)?,
        label,
        kind,
        redirect_uris: uris(&settings, "redirect_uris")?,
        post_logout_redirect_uris: uris(&settings, "post_logout_redirect_uris")?,
        response_types: named(&settings, "response_types")?.unwrap_or_else(|| usual_response_types(&grant_types)),
        grant_types,
        pkce_required: named(&credentials, "pkce_required")?.unwrap_or(secret.is_none()),
        secret,
        consent: consent(&settings)?,
        rotates_refresh_tokens: match refresh.text("rotation_type")? {
            None => kind == ClientType::Browser,
            Some("ROTATE") => true,
            Some("STATIC") => false,
            Some(_) => return Err(invalid("rotation_type", "must be ROTATE or STATIC")),
        },
        refresh_grace: Duration::from_secs(named(&refresh, "leeway")?.unwrap_or(30)),
        active: before.is_none_or(|before| before.active),
    };
    match client_rules::mistake(&client) {
        Some((_, what)) => Err(invalid("settings", &what)),
        None => Ok(client),
    }
}

/// A member of this type; `None` if it is missing.
fn named<T: DeserializeOwned>(input: &Input, member: &str) -> Result<Option<T>, ApiError> {
    let value = input.value(member).filter(|value| !value.is_null()).cloned();
    let read = value.map(serde_json::from_value).transpose();
    read.map_err(|_| invalid(member, "The value is not supported"))
}

fn uris(settings: &Input, member: &str) -> Result<Vec<String>, ApiError> {
    let uris: Vec<String> = named(settings, member)?.unwrap_or_default();
    match uris.iter().find(|uri| !is_redirect_uri(uri)) {
        Some(uri) => Err(invalid(member, &format!("'{uri}' is not a URI without #"))),
        None => Ok(uris),
    }
}

fn consent(settings: &Input) -> Result<Consent, ApiError> {
    let method = settings.text("consent_method")?.unwrap_or("TRUSTED").to_lowercase();
    serde_json::from_value(Value::from(method)).map_err(|_| invalid("consent_method", "must be TRUSTED or REQUIRED"))
}

/// The client id, which may be chosen at the creation.
fn id(org: &mut Org, credentials: &Input, before: Option<&Client>) -> Result<String, ApiError> {
    let chosen = credentials.text("client_id")?.filter(|id| !id.is_empty());
    match (before, chosen) {
        (Some(before), Some(chosen)) if chosen != before.id => {
            Err(invalid("client_id", "The id of a client can not be changed"))
        }
        (Some(before), _) => Ok(before.id.clone()),
        (None, Some(chosen)) if org.clients.iter().any(|one| one.id == chosen) => {
            Err(invalid("client_id", "An object with this field already exists in the current organization"))
        }
        (None, Some(chosen)) => Ok(chosen.to_owned()),
        (None, None) => Ok(org.random.id("0oa")),
    }
}

/// The secret: a new one where the client can keep one and none is given. A native app has one if it asks for a method
/// that uses it.
fn secret(
    org: &mut Org,
    credentials: &Input,
    kind: ClientType,
    before: Option<&Client>,
) -> Result<Option<String>, ApiError> {
    let method = credentials.text("token_endpoint_auth_method")?;
    let has_one = match method {
        None => before.map_or(matches!(kind, ClientType::Web | ClientType::Service), |one| one.secret.is_some()),
        Some("none") => false,
        Some("client_secret_basic" | "client_secret_post") => true,
        Some(_) => {
            let what = "must be none, client_secret_basic or client_secret_post: the emulator has no other method";
            return Err(invalid("token_endpoint_auth_method", what));
        }
    };
    let given = credentials.text("client_secret")?.map(str::to_owned);
    if !has_one {
        return Ok(given);
    }
    let kept = given.or_else(|| before.and_then(|one| one.secret.clone()));
    Ok(Some(kept.unwrap_or_else(|| org.random.token())))
}
