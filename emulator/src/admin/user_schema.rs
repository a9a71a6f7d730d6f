//! The schema of users: the members that every profile may have, and those that the org added.
//!
//! Not here: profiles, which may have members that no schema names (`new_user.rs`).

use serde_json::{Map, Value, json};

use super::not_found;
use crate::{
    call::{Call, Refusal, Reply},
    error::{self, ApiError},
    org::Org,
    wire::link,
};

const PATH: &str = "/api/v1/meta/schemas/user/default";
const REQUIRED: [&str; 4] = ["login", "email", "firstName", "lastName"];

/// The members of the base, with their titles.
const BASE: [(&str, &str); 31] = [
    ("login", "Username"),
    ("firstName", "First name"),
    ("lastName", "Last name"),
    ("middleName", "Middle name"),
    ("honorificPrefix", "Honorific prefix"),
    ("honorificSuffix", "Honorific suffix"),
    ("email", "Primary email"),
    ("title", "Title"),
    ("displayName", "Display name"),
    ("nickName", "Nickname"),
    ("profileUrl", "Profile Url"),
    ("secondEmail", "Secondary email"),
    ("mobilePhone", "Mobile phone"),
    ("primaryPhone", "Primary phone"),
    ("streetAddress", "Street address"),
    ("city", "City"),
    ("state", "State"),
    ("zipCode", "Zip code"),
    ("countryCode", "Country code"),
    ("postalAddress", "Postal Address"),
    ("preferredLanguage", "Preferred language"),
    ("locale", "Locale"),
    ("timezone", "Time zone"),
    ("userType", "User type"),
    ("employeeNumber", "Employee number"),
    ("costCenter", "Cost center"),
    ("organization", "Organization"),
    ("division", "Division"),
    ("department", "Department"),
    ("managerId", "ManagerId"),
    ("manager", "Manager"),
];

/// `GET /api/v1/meta/schemas/user/default`.
pub(crate) fn read(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    exists(call)?;
    Ok(Reply::Json(schema(org)))
}

/// `POST /api/v1/meta/schemas/user/default`: adds and replaces custom members; null removes one.
pub(crate) fn update(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    exists(call)?;
    let definitions = call.input.object("definitions")?;
    let given = definitions.object("custom")?.object("properties")?;
    for (name, property) in given.members() {
        if BASE.iter().any(|(base, _)| base == name) {
            return Err(invalid(name, "is a member of the base").into());
        }
        let described = property.get("title").is_some_and(Value::is_string) && property.get("type").is_some();
        if !property.is_null() && !described {
            return Err(invalid(name, "a member needs a title and a type").into());
        }
    }
    for (name, property) in given.members() {
        if property.is_null() {
            org.user_schema.remove(name);
        } else {
            org.user_schema.insert(name.clone(), property.clone());
        }
    }
    Ok(Reply::Json(schema(org)))
}

fn invalid(name: &str, cause: &str) -> ApiError {
    error::VALIDATION.about(name).and(format!("{name}: {cause}"))
}

/// There is one type of users.
fn exists(call: &Call) -> Result<(), ApiError> {
    let name = call.in_path("schema");
    if name == "default" { Ok(()) } else { Err(not_found(name, "Schema")) }
}

fn schema(org: &Org) -> Value {
    let base: Map<String, Value> = BASE.into_iter().map(|(name, title)| (name.to_owned(), base(name, title))).collect();
    json!({
        "id": org.url(PATH),
        "$schema": "http://json-schema.org/draft-04/schema#",
        "name": "user",
        "title": "User",
        "description": "Okta user profile template",
        "type": "object",
        "created": org.started.iso(),
        "lastUpdated": org.started.iso(),
        "definitions": {
            "base": { "id": "#base", "type": "object", "properties": base, "required": REQUIRED },
            "custom": { "id": "#custom", "type": "object", "properties": org.user_schema, "required": [] },
        },
        "properties": { "profile": { "allOf": [
            { "$ref": "#/definitions/base" },
            { "$ref": "#/definitions/custom" },
        ] } },
        "_links": { "self": link::with_methods(org, PATH, &["GET", "POST"]) },
    })
}

fn base(name: &str, title: &str) -> Value {
    json!({
        "title": title,
        "type": "string",
        "required": REQUIRED.contains(&name),
        "mutability": "READ_WRITE",
        "scope": "NONE",
        "permissions": [{ "principal": "SELF", "action": "READ_WRITE" }],
        "master": { "type": "PROFILE_MASTER" },
    })
}
