//! Parses a body: a JSON object with known members, each checked for type and length. Unknown members are
//! refused, so that nothing unexpected reaches the org. Not here: the meaning of the members (`operations`).

use icu_properties::{
    CodePointSetData,
    props::{DefaultIgnorableCodePoint, VariationSelector},
};
use secrecy::SecretString;
use serde_json::{Map, Value};

use crate::problem::{Code, FieldError, FieldErrorCode, Problem};

/// Maximum size of a body.
pub const MAX_SIZE: usize = 16 * 1024;
/// Maximum nesting.
pub const MAX_DEPTH: usize = 8;

/// The members that have not been read yet, and the errors so far.
pub struct Members {
    values: Map<String, Value>,
    errors: Vec<FieldError>,
}

impl std::fmt::Debug for Members {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Members(..)")
    }
}

/// Whether brackets are nested too deeply; checked before parsing.
fn too_deep(bytes: &[u8]) -> bool {
    let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
    for byte in bytes {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b'{' | b'[' if !in_text => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return true;
                }
            }
            b'}' | b']' if !in_text => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    false
}

/// Whether a character shows nothing, or turns the direction of others, so that a name reads like another one. Joiners
/// and variation selectors are part of words and emoji.
fn is_invisible(letter: char) -> bool {
    match letter {
        '\u{200C}' | '\u{200D}' => false,
        '\u{2028}' | '\u{2029}' => true,
        _ => {
            CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(letter)
                && !CodePointSetData::new::<VariationSelector>().contains(letter)
        }
    }
}

impl Members {
    /// Parses a body.
    pub fn parse(body: &[u8]) -> Result<Self, Problem> {
        if too_deep(body) {
            return Err(Code::Malformed.into());
        }
        match serde_json::from_slice(body) {
            Ok(Value::Object(values)) => Ok(Self { values, errors: Vec::new() }),
            _ => Err(Code::Malformed.into()),
        }
    }

    /// Whether there is a member of this name.
    pub fn has(&self, name: &str) -> bool {
        self.values.get(name).is_some_and(|value| !value.is_null())
    }

    /// Whether the body has no members.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Records an error for a member.
    pub fn error(&mut self, name: &str, code: FieldErrorCode) {
        self.errors.push(FieldError::new(name, code));
    }

    /// An optional text of limited length, without surrounding white space; empty counts as missing.
    pub fn text(&mut self, name: &str, longest: usize) -> Option<String> {
        let text = self.exact(name, longest)?.trim().to_owned();
        if text.chars().any(is_invisible) {
            self.error(name, FieldErrorCode::Invalid);
            return None;
        }
        (!text.is_empty()).then_some(text)
    }

    /// A required text.
    pub fn required(&mut self, name: &str, longest: usize) -> String {
        let before = self.errors.len();
        let text = self.text(name, longest);
        if text.is_none() && self.errors.len() == before {
            self.error(name, FieldErrorCode::Required);
        }
        text.unwrap_or_default()
    }

    /// A required secret, with its white space.
    pub fn secret(&mut self, name: &str, longest: usize) -> SecretString {
        let before = self.errors.len();
        let text = self.exact(name, longest).filter(|text| !text.is_empty());
        if text.is_none() && self.errors.len() == before {
            self.error(name, FieldErrorCode::Required);
        }
        text.unwrap_or_default().into()
    }

    fn exact(&mut self, name: &str, longest: usize) -> Option<String> {
        match self.values.remove(name) {
            None | Some(Value::Null) => None,
            // Control characters must not reach a name, a header or a log.
            Some(Value::String(text)) if text.chars().any(char::is_control) => {
                self.error(name, FieldErrorCode::Invalid);
                None
            }
            Some(Value::String(text)) if text.chars().count() > longest => {
                self.error(name, FieldErrorCode::TooLong);
                None
            }
            Some(Value::String(text)) => Some(text),
            Some(_) => {
                self.error(name, FieldErrorCode::Invalid);
                None
            }
        }
    }

    /// A boolean; `false` if missing.
    pub fn flag(&mut self, name: &str) -> bool {
        match self.values.remove(name) {
            None | Some(Value::Null) => false,
            Some(Value::Bool(flag)) => flag,
            Some(_) => {
                self.error(name, FieldErrorCode::Invalid);
                false
            }
        }
    }

    /// The members of an object; empty if missing.
    #[must_use]
    pub fn object(&mut self, name: &str) -> Self {
        let values = match self.values.remove(name) {
            Some(Value::Object(values)) => values,
            None | Some(Value::Null) => Map::new(),
            Some(_) => {
                self.error(name, FieldErrorCode::Invalid);
                Map::new()
            }
        };
        Self { values, errors: Vec::new() }
    }

    /// Adds the errors of a nested object.
    pub fn take_errors(&mut self, part: Self) {
        self.errors.extend(part.left());
    }

    fn left(mut self) -> Vec<FieldError> {
        let unknown = self.values.keys().map(|name| {
            // Unknown names are part of the response, so they must be harmless.
            let plain = name.len() <= 64 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
            FieldError::new(if plain { name.as_str() } else { "?" }, FieldErrorCode::UnknownField)
        });
        self.errors.extend(unknown);
        self.errors
    }

    /// Succeeds if all members were read and valid.
    pub fn done(self) -> Result<(), Problem> {
        let errors = self.left();
        if errors.is_empty() { Ok(()) } else { Err(Problem::fields(errors)) }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn members(text: &str) -> Members {
        Members::parse(text.as_bytes()).unwrap()
    }

    fn faults(members: Members) -> Vec<(String, FieldErrorCode)> {
        let errors = members.done().err().map(|problem| problem.errors).unwrap_or_default();
        errors.into_iter().map(|error| (error.field, error.code)).collect()
    }

    #[test]
    fn only_objects_of_bounded_depth_are_read() {
        let nested = |depth: usize| format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth));
        assert!(Members::parse(nested(8).as_bytes()).is_ok());
        for wrong in [nested(9), nested(5000), "[".repeat(9), "[]".to_owned(), "1".to_owned(), "{".to_owned()] {
            assert_eq!(Members::parse(wrong.as_bytes()).unwrap_err().code, Code::Malformed);
        }
        assert!(Members::parse(br#"{"a": "[[[[[[[[[[\"[[["}"#).is_ok(), "brackets in a text are text");
    }

    #[test]
    fn every_invalid_member_is_reported() {
        let mut all = members(r#"{"long":"abcd","number":1,"line":"a\r\nb","blank":"  ","extra":1,"so \u0000":2}"#);
        for name in ["long", "number", "line", "blank", "absent"] {
            all.required(name, 3);
        }
        let mut errors = faults(all);
        errors.sort_by(|one, other| one.0.cmp(&other.0));
        let expected = [
            ("?", FieldErrorCode::UnknownField),
            ("absent", FieldErrorCode::Required),
            ("blank", FieldErrorCode::Required),
            ("extra", FieldErrorCode::UnknownField),
            ("line", FieldErrorCode::Invalid),
            ("long", FieldErrorCode::TooLong),
            ("number", FieldErrorCode::Invalid),
        ];
        assert_eq!(errors, expected.map(|(name, code)| (name.to_owned(), code)));
    }

    #[test]
    fn secrets_keep_white_space_and_nested_errors_are_kept() {
        use secrecy::ExposeSecret as _;
        let mut all = members(r#"{"password":" a ","profile":{"name":" b ","admin":true},"flag":true}"#);
        assert_eq!(all.secret("password", 72).expose_secret(), " a ");
        let mut profile = all.object("profile");
        assert_eq!(profile.text("name", 9).unwrap(), "b");
        all.take_errors(profile);
        assert!(all.flag("flag"));
        assert_eq!(faults(all), [("admin".to_owned(), FieldErrorCode::UnknownField)]);
    }

    #[test]
    fn texts_have_no_invisible_letters_and_secrets_may() {
        for letter in
            ['\u{202E}', '\u{2066}', '\u{200F}', '\u{061C}', '\u{200B}', '\u{FEFF}', '\u{2028}', '\u{AD}', '\u{E0041}']
        {
            let body = format!("{{\"a\": \"x{letter}y\"}}");
            let mut given = members(&body);
            assert_eq!(given.text("a", 9), None);
            assert_eq!(faults(given), [("a".to_owned(), FieldErrorCode::Invalid)], "{letter:?}");
            let mut given = members(&body);
            given.secret("a", 9);
            assert_eq!(faults(given), []);
        }
        for name in ["Zoë O’Neill-Łukasz", "نرگس\u{200C}زهرا", "क्\u{200D}ष", "❤\u{FE0F}"] {
            let mut given = members(&serde_json::json!({ "a": name }).to_string());
            assert_eq!(given.text("a", 99).as_deref(), Some(name));
        }
    }
}
