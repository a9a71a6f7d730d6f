//! Expressions of `filter` and `search`: the part of the filters of SCIM 2.0 (RFC 7644, section 3.4.2.2) that Okta
//! documents.
//!
//! Not here: which properties and operators a list takes (`grammar.rs`).

use serde_json::Value;

/// An expression over the properties of an object.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expression {
    And(Box<Self>, Box<Self>),
    Or(Box<Self>, Box<Self>),
    Not(Box<Self>),
    /// `property operator value`; `pr` has no value.
    Compare {
        property: String,
        operator: Operator,
        value: Value,
    },
}

/// What is compared, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    /// `eq`
    Equal,
    /// `sw`
    StartsWith,
    /// `co`
    Contains,
    /// `gt`
    Greater,
    /// `ge`
    GreaterOrEqual,
    /// `lt`
    Less,
    /// `le`
    LessOrEqual,
    /// `pr`
    Present,
}

/// All operators by name.
const OPERATORS: [(&str, Operator); 8] = [
    ("eq", Operator::Equal),
    ("sw", Operator::StartsWith),
    ("co", Operator::Contains),
    ("gt", Operator::Greater),
    ("ge", Operator::GreaterOrEqual),
    ("lt", Operator::Less),
    ("le", Operator::LessOrEqual),
    ("pr", Operator::Present),
];

impl Operator {
    /// By its name, in upper or lower case.
    pub(super) fn named(name: &str) -> Option<Self> {
        OPERATORS.iter().find(|(one, _)| one.eq_ignore_ascii_case(name)).map(|(_, operator)| *operator)
    }

    /// Its name.
    pub(super) fn name(self) -> &'static str {
        OPERATORS.iter().find(|(_, one)| *one == self).map_or("", |(name, _)| name)
    }

    fn holds(self, found: &Value, wanted: &Value) -> bool {
        if let (Some(found), Some(wanted)) = (found.as_f64(), wanted.as_f64()) {
            return self.holds_between(&found, &wanted);
        }
        match (found, wanted) {
            // Okta compares without regard to case. Dates are texts that sort by time.
            (Value::String(found), Value::String(wanted)) => {
                let (found, wanted) = (found.to_lowercase(), wanted.to_lowercase());
                match self {
                    Self::StartsWith => found.starts_with(&wanted),
                    Self::Contains => found.contains(&wanted),
                    _ => self.holds_between(&found, &wanted),
                }
            }
            _ => self == Self::Equal && found == wanted,
        }
    }

    fn holds_between<T: PartialOrd>(self, found: &T, wanted: &T) -> bool {
        match self {
            Self::Equal => found == wanted,
            Self::Greater => found > wanted,
            Self::GreaterOrEqual => found >= wanted,
            Self::Less => found < wanted,
            Self::LessOrEqual => found <= wanted,
            Self::StartsWith | Self::Contains | Self::Present => false,
        }
    }
}

impl Expression {
    /// Whether the object fits.
    pub(super) fn fits(&self, object: &Value) -> bool {
        match self {
            Self::And(one, other) => one.fits(object) && other.fits(object),
            Self::Or(one, other) => one.fits(object) || other.fits(object),
            Self::Not(one) => !one.fits(object),
            Self::Compare { property, operator: Operator::Present, .. } => {
                !matches!(at(object, property), None | Some(Value::Null))
            }
            Self::Compare { property, operator, value } => match at(object, property) {
                Some(Value::Array(found)) => found.iter().any(|one| operator.holds(one, value)),
                Some(found) => operator.holds(found, value),
                None => false,
            },
        }
    }
}

/// The property with this path: `profile.login`.
pub(super) fn at<'a>(object: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(object, |object, name| object.get(name))
}
