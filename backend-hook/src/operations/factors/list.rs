//! Lists the user's factors and the kinds that can be enrolled.

use axum::{Json, extract::State};
use serde::Serialize;

use super::{kind::Kind, view};
use crate::{
    hook::Shared,
    http::Caller,
    mask,
    org::factors::{Offer, Question},
    problem::Problem,
};

/// The response of `GET /factors`.
#[derive(Debug, Serialize)]
pub struct Factors {
    factors: Vec<view::FactorView>,
}

/// The response of `GET /factors/catalog`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Catalog {
    factors: Vec<Offered>,
    /// Whether a fresh proof is required before one is added.
    proof_required: bool,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Offered {
    factor_type: String,
    provider: String,
    enrollment: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    phones: Vec<String>,
}

/// The response of `GET /factors/questions`.
#[derive(Debug, Serialize)]
pub struct Questions {
    questions: Vec<Question>,
}

/// `GET /factors`: active and pending factors.
pub async fn factors(State(hook): State<Shared>, caller: Caller) -> Result<Json<Factors>, Problem> {
    let factors = hook.org.factors(caller.id()).await?;
    let counts = |status: &str| matches!(status, "ACTIVE" | "PENDING_ACTIVATION");
    let shown = factors
        .iter()
        .filter(|factor| counts(&factor.status))
        .map(|factor| view::listed(factor, caller.is_proved_by(factor)));
    Ok(Json(Factors { factors: shown.collect() }))
}

/// `GET /factors/catalog`.
pub async fn catalog(State(hook): State<Shared>, caller: Caller) -> Result<Json<Catalog>, Problem> {
    let offers = hook.org.catalog(caller.id()).await?;
    let factors = offers.iter().filter_map(offered).collect();
    Ok(Json(Catalog { factors, proof_required: caller.proved_until().is_none() }))
}

/// `GET /factors/questions`.
pub async fn questions(State(hook): State<Shared>, caller: Caller) -> Result<Json<Questions>, Problem> {
    Ok(Json(Questions { questions: hook.org.questions(caller.id()).await? }))
}

/// A catalog item, if it is of a supported kind and the user may have another one.
fn offered(offer: &Offer) -> Option<Offered> {
    let kind = Kind::of(&offer.factor_type, &offer.provider)?;
    let has_one = offer.status.as_deref() == Some("ACTIVE");
    // A user may have several security keys.
    if has_one && kind != Kind::Webauthn {
        return None;
    }
    Some(Offered {
        factor_type: offer.factor_type.clone(),
        provider: offer.provider.clone(),
        enrollment: if offer.enrollment.as_deref() == Some("REQUIRED") { "REQUIRED" } else { "OPTIONAL" },
        phones: offer.phones().map(mask::phone).collect(),
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn the_catalog_contains_supported_kinds_only() {
        let shown = |offer: Value| {
            let offer: Offer = serde_json::from_value(offer).unwrap();
            offered(&offer).map(|one| serde_json::to_value(one).unwrap())
        };
        let sms = json!({ "factorType": "sms", "provider": "OKTA", "enrollment": "REQUIRED", "status": "NOT_SETUP",
                          "_embedded": { "phones": [{ "profile": { "phoneNumber": "+14155554259" } }] } });
        let expected = json!({ "factorType": "sms", "provider": "OKTA", "enrollment": "REQUIRED",
                               "phones": ["+1 XXX-XXX-4259"] });
        assert_eq!(shown(sms), Some(expected));
        assert_eq!(shown(json!({ "factorType": "sms", "provider": "OKTA", "status": "ACTIVE" })), None);
        assert_eq!(shown(json!({ "factorType": "push", "provider": "OKTA" })), None);
        assert!(shown(json!({ "factorType": "webauthn", "provider": "FIDO", "status": "ACTIVE" })).is_some());
    }
}
