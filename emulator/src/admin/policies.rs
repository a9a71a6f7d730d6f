//! The org's policies, read-only.

use serde_json::Value;

use super::{not_found, page};
use crate::{
    call::{Call, Refusal, Reply},
    error::{self, ApiError},
    org::Org,
    wire::admin::policy::{self, Policy},
};

/// All policies of a type in order of priority; the default is last.
fn of_type<'a>(org: &'a Org, kind: &str) -> Vec<Policy<'a>> {
    let named = &org.policies;
    let mut policies: Vec<Policy<'a>> = match kind {
        "OKTA_SIGN_ON" => named.sign_on.iter().map(|(name, policy)| Policy::SignOn(name, policy)).collect(),
        "PASSWORD" => named.password.iter().map(|(name, policy)| Policy::Password(name, policy)).collect(),
        "MFA_ENROLL" => named.enroll.iter().map(|(name, policy)| Policy::Enroll(name, policy)).collect(),
        _ => Vec::new(),
    };
    policies
        .sort_by(|one, other| (one.name() == "default", one.name()).cmp(&(other.name() == "default", other.name())));
    policies
}

fn expands(call: &Call) -> bool {
    call.query.contains_key("expand")
}

/// `GET /api/v1/policies?type=`.
pub(crate) fn list(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let kind = call.query.get("type").map_or("", String::as_str);
    if !["OKTA_SIGN_ON", "PASSWORD", "MFA_ENROLL", "IDP_DISCOVERY"].contains(&kind) {
        return Err(error::VALIDATION.about("type").and("type: must be a type of policy").into());
    }
    if call.query.get("status").is_some_and(|status| !status.eq_ignore_ascii_case("ACTIVE")) {
        return Ok(Reply::Page(Vec::new(), None));
    }
    let wanted = call.query.get("q").map(|q| q.to_lowercase());
    let items = of_type(org, kind)
        .iter()
        .enumerate()
        .filter(|(_, one)| wanted.as_ref().is_none_or(|wanted| one.name().to_lowercase().contains(wanted)))
        .map(|(at, one)| (one.id("00p"), policy::policy(org, one, at + 1, expands(call))))
        .collect();
    page(call, "/api/v1/policies", items)
}

fn found<T>(org: &Org, call: &Call, then: impl Fn(&Policy<'_>, usize) -> T) -> Result<T, ApiError> {
    let id = call.in_path("policy");
    ["OKTA_SIGN_ON", "PASSWORD", "MFA_ENROLL"]
        .into_iter()
        .find_map(|kind| {
            let policies = of_type(org, kind);
            let at = policies.iter().position(|one| one.id("00p") == id)?;
            policies.get(at).map(|one| then(one, at + 1))
        })
        .ok_or_else(|| not_found(id, "Policy"))
}

/// `GET /api/v1/policies/{id}`.
pub(crate) fn read(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    Ok(Reply::Json(found(org, call, |one, priority| policy::policy(org, one, priority, expands(call)))?))
}

/// `GET /api/v1/policies/{id}/rules`.
pub(crate) fn rules(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    Ok(Reply::Json(found(org, call, |one, _| Value::from(vec![policy::rule(org, one)]))?))
}

/// `GET /api/v1/policies/{id}/rules/{rule}`.
pub(crate) fn rule(org: &mut Org, call: &Call) -> Result<Reply, Refusal> {
    let wanted = call.in_path("rule");
    let rule = found(org, call, |one, _| (one.id("0pr") == wanted).then(|| policy::rule(org, one)))?;
    Ok(Reply::Json(rule.ok_or_else(|| not_found(wanted, "PolicyRule"))?))
}
