//! Reading a body: a JSON object of known members, each checked for its kind and length. Members that no
//! one asked for are refused, so that nothing a browser sends ever gets further than it was meant to.
//! What the members mean is not known here.

use secrecy::SecretString;
use serde_json::{Map, Value};

use crate::problem::{Code, Fault, FieldError, Problem};

/// The largest body.
pub const LARGEST: usize = 16 * 1024;
/// How deep it may be nested.
pub const DEEPEST: usize = 8;

/// The members of an object that were not taken yet.
pub struct Members {
    values: Map<String, Value>,
    errors: Vec<FieldError>,
}

impl std::fmt::Debug for Members {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Members(..)")
    }
}

/// Whether brackets are nested deeper than allowed. Asked before the text is parsed.
fn too_deep(bytes: &[u8]) -> bool {
    let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
    for byte in bytes {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b'{' | b'[' if !in_text => {
                depth += 1;
                if depth > DEEPEST {
                    return true;
                }
            }
            b'}' | b']' if !in_text => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    false
}

impl Members {
    /// The members of a body.
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

    /// Whether nothing came.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Something is wrong with a member.
    pub fn wrong(&mut self, name: &str, fault: Fault) {
        self.errors.push(FieldError::new(name, fault));
    }

    /// A text of at most so many characters, without the white space around it; empty is missing.
    pub fn text(&mut self, name: &str, longest: usize) -> Option<String> {
        let text = self.exact(name, longest)?.trim().to_owned();
        (!text.is_empty()).then_some(text)
    }

    /// A text that must be there.
    pub fn required(&mut self, name: &str, longest: usize) -> String {
        let before = self.errors.len();
        let text = self.text(name, longest);
        if text.is_none() && self.errors.len() == before {
            self.wrong(name, Fault::Required);
        }
        text.unwrap_or_default()
    }

    /// A secret, taken as it is typed, that must be there.
    pub fn secret(&mut self, name: &str, longest: usize) -> SecretString {
        let before = self.errors.len();
        let text = self.exact(name, longest).filter(|text| !text.is_empty());
        if text.is_none() && self.errors.len() == before {
            self.wrong(name, Fault::Required);
        }
        text.unwrap_or_default().into()
    }

    fn exact(&mut self, name: &str, longest: usize) -> Option<String> {
        match self.values.remove(name) {
            None | Some(Value::Null) => None,
            // What can't be typed has no business in a name, a header or a log.
            Some(Value::String(text)) if text.chars().any(char::is_control) => {
                self.wrong(name, Fault::Invalid);
                None
            }
            Some(Value::String(text)) if text.chars().count() > longest => {
                self.wrong(name, Fault::TooLong);
                None
            }
            Some(Value::String(text)) => Some(text),
            Some(_) => {
                self.wrong(name, Fault::Invalid);
                None
            }
        }
    }

    /// Yes or no; no if it is not there.
    pub fn flag(&mut self, name: &str) -> bool {
        match self.values.remove(name) {
            None | Some(Value::Null) => false,
            Some(Value::Bool(flag)) => flag,
            Some(_) => {
                self.wrong(name, Fault::Invalid);
                false
            }
        }
    }

    /// The members of a member; none if it is not there.
    #[must_use]
    pub fn object(&mut self, name: &str) -> Self {
        let values = match self.values.remove(name) {
            Some(Value::Object(values)) => values,
            None | Some(Value::Null) => Map::new(),
            Some(_) => {
                self.wrong(name, Fault::Invalid);
                Map::new()
            }
        };
        Self { values, errors: Vec::new() }
    }

    /// Takes over what was found wrong in a part.
    pub fn take_errors(&mut self, part: Self) {
        self.errors.extend(part.left());
    }

    fn left(mut self) -> Vec<FieldError> {
        let unknown = self.values.keys().map(|name| {
            // Names are answered, so they have to be harmless.
            let plain = name.len() <= 64 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
            FieldError::new(if plain { name.as_str() } else { "?" }, Fault::UnknownField)
        });
        self.errors.extend(unknown);
        self.errors
    }

    /// Everything was taken and right, or else what was not.
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

    fn faults(members: Members) -> Vec<(String, Fault)> {
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
    fn every_wrong_member_is_told() {
        let mut all = members(r#"{"long":"abcd","number":1,"line":"a\r\nb","blank":"  ","extra":1,"so \u0000":2}"#);
        for name in ["long", "number", "line", "blank", "absent"] {
            all.required(name, 3);
        }
        let mut told = faults(all);
        told.sort_by(|one, other| one.0.cmp(&other.0));
        let expected = [
            ("?", Fault::UnknownField),
            ("absent", Fault::Required),
            ("blank", Fault::Required),
            ("extra", Fault::UnknownField),
            ("line", Fault::Invalid),
            ("long", Fault::TooLong),
            ("number", Fault::Invalid),
        ];
        assert_eq!(told, expected.map(|(name, fault)| (name.to_owned(), fault)));
    }

    #[test]
    fn secrets_keep_their_spaces_and_parts_their_errors() {
        use secrecy::ExposeSecret as _;
        let mut all = members(r#"{"password":" a ","profile":{"name":" b ","admin":true},"flag":true}"#);
        assert_eq!(all.secret("password", 72).expose_secret(), " a ");
        let mut profile = all.object("profile");
        assert_eq!(profile.text("name", 9).unwrap(), "b");
        all.take_errors(profile);
        assert!(all.flag("flag"));
        assert_eq!(faults(all), [("admin".to_owned(), Fault::UnknownField)]);
    }
}
