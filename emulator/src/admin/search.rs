//! `filter`, `search`, `sortBy` and `sortOrder` of a list. What is not understood is refused: E0000031, with the reason.
//!
//! Not here: `q`, `limit` and `after`.

mod expression;
mod grammar;
mod parser;

use std::cmp::Ordering;

use serde_json::Value;

use crate::{
    call::Call,
    error::{self, ApiError},
};
use expression::{Expression, at};
use grammar::Property;
pub(crate) use grammar::{APPS, GROUPS, Grammar, USERS};

/// Whether the call selects objects by `filter` or `search`.
pub(super) fn is_used(call: &Call) -> bool {
    ["filter", "search"].iter().any(|name| call.query.contains_key(*name))
}

/// The objects that fit, in the order that is asked for. The pairs are id and JSON.
pub(super) fn select(
    call: &Call,
    grammar: &Grammar,
    mut items: Vec<(String, Value)>,
) -> Result<Vec<(String, Value)>, ApiError> {
    for (name, properties) in [("filter", grammar.filter), ("search", grammar.search)] {
        if let Some(text) = call.query.get(name) {
            let expression = parsed(name, text, properties)?;
            items.retain(|(_, object)| expression.fits(object));
        }
    }
    if let Some(by) = call.query.get("sortBy") {
        if !call.query.contains_key("search") {
            return Err(refused("sortBy", "is taken together with search only"));
        }
        grammar::find(grammar.search, by).map_err(|why| refused("sortBy", &why))?;
        items.sort_by(|(_, one), (_, other)| order(at(one, by), at(other, by)));
        if call.query.get("sortOrder").is_some_and(|order| order.eq_ignore_ascii_case("desc")) {
            items.reverse();
        }
    }
    Ok(items)
}

fn parsed(name: &str, text: &str, properties: &[Property]) -> Result<Expression, ApiError> {
    let check = |property: &str, operator, value: &Value| {
        grammar::find(properties, property).and_then(|known| known.takes(property, operator, value))
    };
    parser::parse(text, &check).map_err(|why| refused(name, &why))
}

fn refused(parameter: &str, why: &str) -> ApiError {
    error::BAD_FILTER.because(format!("{parameter}: {why}"))
}

/// Texts without regard to case; what has no value comes last.
fn order(one: Option<&Value>, other: Option<&Value>) -> Ordering {
    let text = |value: Option<&Value>| match value {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) => Some(text.to_lowercase()),
        Some(other) => Some(other.to_string()),
    };
    match (text(one), text(other)) {
        (Some(one), Some(other)) => one.cmp(&other),
        (one, other) => other.is_some().cmp(&one.is_some()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]
mod tests {
    use serde_json::json;

    use super::*;

    /// Whether the object fits, or why the expression is refused.
    fn check(text: &str) -> Result<bool, String> {
        let object = json!({
            "id": "00u1", "status": "ACTIVE", "created": "2026-01-31T10:00:00.000Z",
            "profile": { "login": "ada@example.com", "age": 36, "nick\"name": "A", "tags": ["x", "y"], "gone": null },
        });
        let expression = parsed("search", text, USERS.search);
        expression
            .map(|one| one.fits(&object))
            .map_err(|refused| refused.body("")["errorCauses"][0]["errorSummary"].to_string())
    }

    #[test]
    fn expressions_are_evaluated() {
        for (text, fits) in [
            ("id eq \"00u1\"", true),
            ("profile.login SW \"ADA\"", true),
            ("profile.login co \"example\"", true),
            ("profile.age gt 35 and profile.age le 36", true),
            ("profile.age lt 36", false),
            ("profile.tags eq \"y\"", true),
            ("profile.gone pr", false),
            ("profile.login pr", true),
            ("profile.none eq \"x\"", false),
            ("not (status eq \"ACTIVE\")", false),
            ("created ge \"2026-01-31T10:00:00.000Z\"", true),
            ("created gt \"2026-01-31T10:00:00.000Z\"", false),
            // `and` binds tighter than `or`.
            ("status eq \"ACTIVE\" or id eq \"x\" and id eq \"y\"", true),
            ("(status eq \"ACTIVE\" or id eq \"x\") and id eq \"y\"", false),
        ] {
            assert_eq!(check(text), Ok(fits), "{text}");
        }
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for (text, why) in [
            ("", "a comparison is missing"),
            ("id", "an operator is missing"),
            ("id ne \"x\"", "'ne' is not an operator"),
            ("id eq", "a value is missing"),
            ("id eq x", "not in quotation marks"),
            ("id eq \"x", "is not closed"),
            ("(id eq \"x\"", "is not closed"),
            ("id eq \"x\" id", "is not expected there"),
            ("id eq \"x\" and", "a comparison is missing"),
            ("credentials.password eq \"x\"", "'credentials.password' is none of"),
            ("created eq \"yesterday\"", "compared with a date"),
            ("created sw \"2026\"", "takes eq, gt"),
        ] {
            let refused = check(text).unwrap_err();
            assert!(refused.contains(why), "{text}: {refused}");
        }
        assert!(check(&format!("{}id pr{}", "(".repeat(50), ")".repeat(50))).unwrap_err().contains("nested"));
    }
}
