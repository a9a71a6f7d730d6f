//! The fields that an authorization request is answered with: of a query, a fragment, or a posted message. Not here:
//! what they mean (`answer`).

use super::jws::MAX_LENGTH;
use crate::url::decode;
use crate::wire::Value;
use std::fmt;

/// The names that count. The page's own parameters stand beside them.
pub const NAMES: [&str; 10] = [
    "code",
    "state",
    "error",
    "error_description",
    "id_token",
    "access_token",
    "token_type",
    "expires_in",
    "scope",
    "iss",
];

/// The fields, decoded.
#[derive(Clone, PartialEq, Eq)]
pub struct Fields(Vec<(&'static str, String)>);

/// Shows the names only: the values are codes and tokens.
impl fmt::Debug for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}

/// Why fields cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldsError {
    /// One is there twice (RFC 6749 section 3.1).
    Twice(&'static str),
    /// One is not encoded correctly.
    Encoding(&'static str),
    /// One is neither a text nor a number.
    Type(&'static str),
    /// One is longer than any token.
    TooLong(&'static str),
}

impl Fields {
    /// Reads a query or a fragment, without its `?` or `#`.
    pub fn of_query(query: &str) -> Result<Self, FieldsError> {
        let mut fields = Self(Vec::new());
        for pair in query.split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let Some(name) = known(name) else { continue };
            // Before it is decoded: decoding makes no text longer.
            bounded(name, value)?;
            fields.add(name, decode(value).ok_or(FieldsError::Encoding(name))?)?;
        }
        Ok(fields)
    }

    /// Reads a posted message.
    pub fn of_message(message: &Value) -> Result<Self, FieldsError> {
        let mut fields = Self(Vec::new());
        for (name, value) in message.members() {
            let Some(name) = known(name) else { continue };
            let text = match value {
                Value::Null => continue,
                Value::Text(text) => text.clone(),
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is checked")]
                Value::Number(number) if (0.0..=f64::from(u32::MAX)).contains(number) => (*number as u32).to_string(),
                _ => return Err(FieldsError::Type(name)),
            };
            bounded(name, &text)?;
            fields.add(name, text)?;
        }
        Ok(fields)
    }

    fn add(&mut self, name: &'static str, value: String) -> Result<(), FieldsError> {
        if self.0.iter().any(|(known, _)| *known == name) {
            return Err(FieldsError::Twice(name));
        }
        self.0.push((name, value));
        Ok(())
    }

    /// Whether this is an answer at all: a page has other parameters as well.
    pub fn are_an_answer(&self) -> bool {
        self.get("state").is_some() && ["code", "error", "id_token"].iter().any(|name| self.get(name).is_some())
    }

    /// The value of that name; an empty one says nothing.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }
}

fn known(name: &str) -> Option<&'static str> {
    NAMES.into_iter().find(|known| *known == name)
}

fn bounded(name: &'static str, value: &str) -> Result<(), FieldsError> {
    if value.len() > MAX_LENGTH { Err(FieldsError::TooLong(name)) } else { Ok(()) }
}

impl fmt::Display for FieldsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, problem) = match self {
            Self::Twice(name) => (name, " is there twice"),
            Self::Encoding(name) => (name, " is not encoded correctly"),
            Self::Type(name) => (name, " should be a text"),
            Self::TooLong(name) => (name, " is too long"),
        };
        f.write_str(name)?;
        f.write_str(problem)
    }
}

impl std::error::Error for FieldsError {}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse fails the test")]
mod tests {
    use super::*;

    #[test]
    fn of_a_query() {
        let fields = Fields::of_query("page=1&code=a%2Bb&state=s&page=2&error_description=a+b&scope=").unwrap();
        assert_eq!((fields.get("code"), fields.get("state")), (Some("a+b"), Some("s")));
        assert_eq!(
            (fields.get("error_description"), fields.get("scope"), fields.get("page")),
            (Some("a b"), None, None)
        );
        assert!(fields.are_an_answer());
        assert_eq!(format!("{fields:?}"), r#"["code", "state", "error_description", "scope"]"#);
        for query in ["", "code=1", "state=1", "state=1&page=2", "state=&code=1"] {
            assert!(!Fields::of_query(query).unwrap().are_an_answer(), "{query}");
        }
    }

    #[test]
    fn what_cannot_be_read() {
        let long = ["code=", &"x".repeat(MAX_LENGTH + 1)].concat();
        for (query, error) in [
            ("code=1&state=s&code=2", FieldsError::Twice("code")),
            ("state=s&state=s", FieldsError::Twice("state")),
            ("state=%zz", FieldsError::Encoding("state")),
            ("state=%ff", FieldsError::Encoding("state")),
            (long.as_str(), FieldsError::TooLong("code")),
        ] {
            assert_eq!(Fields::of_query(query), Err(error));
        }
    }

    #[test]
    fn of_a_message() {
        let read = |text: &str| Fields::of_message(&serde_json::from_str(text).unwrap());
        let fields = read(r#"{"state": "s", "code": "c", "error": null, "expires_in": 3600, "other": {}}"#).unwrap();
        assert_eq!((fields.get("expires_in"), fields.get("error")), (Some("3600"), None));
        assert!(fields.are_an_answer());
        assert_eq!(read(r#"{"state": {"a": 1}}"#), Err(FieldsError::Type("state")));
        assert_eq!(read(r#"{"state": -1}"#), Err(FieldsError::Type("state")));
        assert_eq!(read(r#"{"code": "a", "code": "b"}"#), Err(FieldsError::Twice("code")));
        assert!(!read("[]").unwrap().are_an_answer());
    }
}
