//! Which properties and operators the parameters `filter` and `search` of a list take.

use serde_json::Value;

use super::expression::Operator::{
    self, Contains, Equal, Greater, GreaterOrEqual, Less, LessOrEqual, Present, StartsWith,
};

/// What a list can be filtered by.
#[derive(Debug)]
pub(crate) struct Grammar {
    /// `filter`, by documented properties only.
    pub(super) filter: &'static [Property],
    /// `search`, and `sortBy` with it; empty if the list has none.
    pub(super) search: &'static [Property],
}

/// A property, or all that begin with the name if it ends with a dot.
#[derive(Debug)]
pub(super) struct Property {
    name: &'static str,
    operators: &'static [Operator],
    is_date: bool,
}

const fn property(name: &'static str, operators: &'static [Operator]) -> Property {
    Property { name, operators, is_date: false }
}

const fn date(name: &'static str) -> Property {
    Property { name, operators: &[Equal, Greater, GreaterOrEqual, Less, LessOrEqual, Present], is_date: true }
}

const ONLY_EQUAL: &[Operator] = &[Equal];
const ANY: &[Operator] = &[Equal, StartsWith, Contains, Greater, GreaterOrEqual, Less, LessOrEqual, Present];

/// `GET /api/v1/users`.
pub(crate) const USERS: Grammar = Grammar {
    filter: &[
        property("id", ONLY_EQUAL),
        property("status", ONLY_EQUAL),
        date("lastUpdated"),
        property("profile.login", ONLY_EQUAL),
        property("profile.email", ONLY_EQUAL),
        property("profile.firstName", ONLY_EQUAL),
        property("profile.lastName", ONLY_EQUAL),
    ],
    search: &[
        property("id", ANY),
        property("status", ANY),
        date("created"),
        date("activated"),
        date("statusChanged"),
        date("lastUpdated"),
        date("lastLogin"),
        property("profile.", ANY),
    ],
};

/// `GET /api/v1/groups`.
pub(crate) const GROUPS: Grammar = Grammar {
    filter: &[
        property("id", ONLY_EQUAL),
        property("type", ONLY_EQUAL),
        date("lastUpdated"),
        date("lastMembershipUpdated"),
    ],
    search: &[
        property("id", ANY),
        property("type", ANY),
        date("created"),
        date("lastUpdated"),
        date("lastMembershipUpdated"),
        property("profile.", ANY),
    ],
};

/// `GET /api/v1/apps`.
pub(crate) const APPS: Grammar = Grammar {
    filter: &[property("id", ONLY_EQUAL), property("name", ONLY_EQUAL), property("status", ONLY_EQUAL)],
    search: &[],
};

/// The property with this name.
pub(super) fn find<'a>(properties: &'a [Property], name: &str) -> Result<&'a Property, String> {
    let fits = |one: &&Property| match one.name.strip_suffix('.') {
        Some(_) => name.strip_prefix(one.name).is_some_and(|rest| !rest.is_empty()),
        None => one.name == name,
    };
    properties.iter().find(fits).ok_or_else(|| {
        let all: Vec<String> = properties
            .iter()
            .map(|one| if one.name.ends_with('.') { format!("{}*", one.name) } else { one.name.to_owned() })
            .collect();
        format!("'{name}' is none of {}", all.join(", "))
    })
}

impl Property {
    /// What is wrong with the comparison, if anything is.
    pub(super) fn takes(&self, name: &str, operator: Operator, value: &Value) -> Result<(), String> {
        if !self.operators.contains(&operator) {
            let all: Vec<&str> = self.operators.iter().map(|one| one.name()).collect();
            return Err(format!("'{name}' takes {}, not '{}'", all.join(", "), operator.name()));
        }
        let is_date = |text: &str| {
            let pattern = "0000-00-00T00:00:00.000Z";
            text.len() == pattern.len()
                && text.chars().zip(pattern.chars()).all(|(found, wanted)| match wanted {
                    '0' => found.is_ascii_digit(),
                    other => found == other,
                })
        };
        if self.is_date && operator != Present && !value.as_str().is_some_and(is_date) {
            return Err(format!("'{name}' is compared with a date like \"2026-01-31T00:00:00.000Z\""));
        }
        Ok(())
    }
}
