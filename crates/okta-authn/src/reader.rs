//! Reads a body member by member. A [`Reader`] points at one value of the body and knows its path. The first
//! error is kept in [`DecodeErrors`], and reading goes on as if the value were absent. Readers therefore need no
//! early return at every member, which takes a third of the bytes. Not here: what a member means.

use super::timestamp::{self, Millis};
use super::wire::{DecodeError, Value};
use std::cell::RefCell;

/// The first error that was found in a body.
#[derive(Debug, Default)]
pub struct DecodeErrors(RefCell<Option<DecodeError>>);

impl DecodeErrors {
    /// Returns what was read, or the first error.
    pub fn into_result<T>(self, read: T) -> Result<T, DecodeError> {
        match self.0.into_inner() {
            None => Ok(read),
            Some(error) => Err(error),
        }
    }
}

/// A value in a body, with its path.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    value: &'a Value,
    path: Path<'a>,
    errors: &'a DecodeErrors,
}

/// Where in the body a value is.
#[derive(Clone, Copy)]
enum Path<'a> {
    Top,
    Member(&'a Reader<'a>, &'a str),
    Item(&'a Reader<'a>, usize),
}

static NOTHING: Value = Value::Null;

impl<'a> Reader<'a> {
    /// At the top of a body.
    pub fn new(body: &'a Value, errors: &'a DecodeErrors) -> Self {
        Self { value: body, path: Path::Top, errors }
    }

    /// At the member of that name, which may be absent.
    #[must_use]
    pub fn at(&'a self, name: &'a str) -> Self {
        if !matches!(self.value, Value::Object(_) | Value::Null) {
            self.report("an object");
        }
        let value = self.value.get(name).unwrap_or(&NOTHING);
        Self { value, path: Path::Member(self, name), errors: self.errors }
    }

    /// Whether there is anything but `null`.
    pub fn is_present(&self) -> bool {
        *self.value != Value::Null
    }

    /// Whether there is an array.
    pub fn is_list(&self) -> bool {
        matches!(self.value, Value::List(_))
    }

    /// Whether there is an object.
    pub fn is_object(&self) -> bool {
        matches!(self.value, Value::Object(_))
    }

    /// What is there, as it is.
    pub fn value(&self) -> &'a Value {
        self.value
    }

    /// Something must be there.
    pub fn required(&self) -> &Self {
        if !self.is_present() {
            self.report("present");
        }
        self
    }

    /// A string, if anything is there.
    pub fn text(&self) -> Option<String> {
        match self.value {
            Value::Text(text) => Some(text.clone()),
            Value::Null => None,
            _ => self.expected("a string"),
        }
    }

    /// A string that must be there.
    pub fn required_text(&self) -> String {
        self.required().text().unwrap_or_default()
    }

    /// A boolean, if anything is there.
    pub fn flag(&self) -> Option<bool> {
        match self.value {
            Value::Bool(flag) => Some(*flag),
            Value::Null => None,
            _ => self.expected("true or false"),
        }
    }

    /// A number that is not negative, if anything is there. A fraction is dropped.
    pub fn count(&self) -> Option<u32> {
        match self.value {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is checked")]
            Value::Number(number) if (0.0..=f64::from(u32::MAX)).contains(number) => Some(*number as u32),
            Value::Null => None,
            _ => self.expected("a number that is not negative"),
        }
    }

    /// A date (docs/authn-api.md#transport), if anything is there.
    pub fn date(&self) -> Option<Millis> {
        let text = self.text()?;
        timestamp::parse(&text).or_else(|| self.expected("a date like 2015-11-03T10:15:57.000Z"))
    }

    /// Every item of an array; none where nothing is there.
    pub fn each<T>(&self, read: fn(&Reader) -> T) -> Vec<T> {
        match self.value {
            Value::List(items) => {
                let at = |(place, value)| Reader { value, path: Path::Item(self, place), errors: self.errors };
                items.iter().enumerate().map(|item| read(&at(item))).collect()
            }
            Value::Null => Vec::new(),
            _ => {
                self.report("an array");
                Vec::new()
            }
        }
    }

    /// The names of an object's members.
    pub fn names(&self) -> impl Iterator<Item = &'a str> {
        if !matches!(self.value, Value::Object(_) | Value::Null) {
            self.report("an object");
        }
        self.value.members().iter().map(|(name, _)| name.as_str())
    }

    /// Notes that something else should stand here, and reads nothing.
    pub fn expected<T>(&self, expected: &'static str) -> Option<T> {
        self.report(expected);
        None
    }

    /// Notes that something else should stand here.
    pub fn report(&self, expected: &'static str) {
        let mut fault = self.errors.0.borrow_mut();
        if fault.is_none() {
            let mut path = String::new();
            self.write_path(&mut path);
            *fault = Some(DecodeError { path, expected });
        }
    }

    fn write_path(&self, path: &mut String) {
        match self.path {
            Path::Top => {}
            Path::Member(parent, name) => {
                parent.write_path(path);
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(name);
            }
            Path::Item(parent, place) => {
                parent.write_path(path);
                path.push('[');
                path.push_str(&place.to_string());
                path.push(']');
            }
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse fails the test")]
mod tests {
    use super::*;

    fn fault(text: &str, read: impl FnOnce(&Reader)) -> Option<String> {
        let body: Value = serde_json::from_str(text).unwrap();
        let errors = DecodeErrors::default();
        read(&Reader::new(&body, &errors));
        errors.into_result(()).err().map(|error| error.to_string())
    }

    #[test]
    fn the_first_fault_is_told_with_its_path() {
        let body = r#"{"_embedded": {"factors": [{"factorType": "sms"}, {"factorType": 7}, {"factorType": 8}]}}"#;
        let types = |body: &Reader| {
            body.at("_embedded").at("factors").each(|factor| factor.at("factorType").required_text());
        };
        assert_eq!(fault(body, types).as_deref(), Some("_embedded.factors[1].factorType should be a string"));
        let absent = |body: &Reader| drop(body.at("status").required_text());
        assert_eq!(fault("{}", absent).as_deref(), Some("status should be present"));
        assert_eq!(fault("[]", absent).as_deref(), Some("the body should be an object"));
        let list = |body: &Reader| drop(body.at("a").each(|_| ()));
        assert_eq!(fault(r#"{"a": {}}"#, list).as_deref(), Some("a should be an array"));
    }

    #[test]
    fn null_is_absent() {
        let none = |body: &Reader| assert_eq!(body.at("verification").at("host").text(), None);
        assert_eq!(fault(r#"{"verification": null}"#, none), None);
    }
}
