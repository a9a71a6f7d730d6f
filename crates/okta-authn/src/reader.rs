//! Reads a body member by member. A [`Reader`] points at one value of the body and knows its path.
//!
//! One rule for all members, which docs/authn-members.md applies to each of them: what can't be read
//! is left out, as if it were absent, because an org may change what is not needed here. Only where a wrong reading is
//! dangerous (the state's name, tokens, the transaction's links, what an app is granted) it is an error. The readers
//! with `strict` or `required` in their name are for these; all others leave out.
//!
//! The first error is kept in [`DecodeErrors`], and reading goes on as if the value were absent. Readers therefore need
//! no early return at every member, which takes a third of the bytes. Not here: what a member means.

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
        let value = self.value.get(name).unwrap_or(&NOTHING);
        Self { value, path: Path::Member(self, name), errors: self.errors }
    }

    /// At the first item of an array, which may be absent.
    #[must_use]
    pub fn first(&'a self) -> Self {
        let value = self.value.items().first().unwrap_or(&NOTHING);
        Self { value, path: Path::Item(self, 0), errors: self.errors }
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

    /// If anything is there, it must be an object.
    pub fn strict_object(&self) -> &Self {
        if self.is_present() && !self.is_object() {
            self.report("an object");
        }
        self
    }

    /// Something must be there.
    pub fn required(&self) -> &Self {
        if !self.is_present() {
            self.report("present");
        }
        self
    }

    /// A string; an empty one says nothing.
    pub fn text(&self) -> Option<String> {
        self.value.as_text().filter(|text| !text.is_empty()).map(str::to_owned)
    }

    /// The same; anything but a string is an error.
    pub fn strict_text(&self) -> Option<String> {
        if !matches!(self.value, Value::Text(_) | Value::Null) {
            self.report("a string");
        }
        self.text()
    }

    /// A string that must be there.
    pub fn required_text(&self) -> String {
        self.strict_text().or_else(|| self.expected("present")).unwrap_or_default()
    }

    /// A boolean. Orgs also write it as text (docs/authn-api.md#contradictions, row 13).
    pub fn flag(&self) -> Option<bool> {
        match self.value {
            Value::Bool(flag) => Some(*flag),
            Value::Text(text) if text == "true" => Some(true),
            Value::Text(text) if text == "false" => Some(false),
            _ => None,
        }
    }

    /// The same; anything else is an error.
    pub fn strict_flag(&self) -> Option<bool> {
        let flag = self.flag();
        if self.is_present() && flag.is_none() { self.expected("true or false") } else { flag }
    }

    /// A number that is not negative. A fraction is dropped. Orgs also write it as text
    /// (docs/authn-api.md#contradictions, row 22).
    pub fn count(&self) -> Option<u32> {
        match self.value {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is checked")]
            Value::Number(number) if (0.0..=f64::from(u32::MAX)).contains(number) => Some(*number as u32),
            Value::Text(digits) => digits.parse().ok(),
            _ => None,
        }
    }

    /// A date (docs/authn-api.md#transport).
    pub fn date(&self) -> Option<Millis> {
        timestamp::parse(self.value.as_text()?)
    }

    /// Every item of an array but `null`; none where nothing is there. Anything but an array is an error, and so is an
    /// error in an item.
    pub fn each<T>(&self, read: fn(&Reader) -> T) -> Vec<T> {
        if self.is_present() && !self.is_list() {
            self.report("an array");
        }
        let at = |(place, value)| Reader { value, path: Path::Item(self, place), errors: self.errors };
        let items = self.value.items().iter().enumerate().map(at);
        items.filter(Reader::is_present).map(|item| read(&item)).collect()
    }

    /// Every item of an array that can be read: the others are left out.
    pub fn each_readable<T>(&self, read: fn(&Reader) -> T) -> Vec<T> {
        let at = |(place, value)| Reader { value, path: Path::Item(self, place), errors: self.errors };
        self.value.items().iter().enumerate().filter_map(|item| at(item).readable(read)).collect()
    }

    /// Every string of an array but empty ones.
    pub fn texts(&self) -> Vec<String> {
        let texts = self.value.items().iter().filter_map(Value::as_text);
        texts.filter(|text| !text.is_empty()).map(str::to_owned).collect()
    }

    /// What is there, if it can be read.
    pub fn readable<T>(&self, read: fn(&Reader) -> T) -> Option<T> {
        let errors = DecodeErrors::default();
        let read = read(&Reader { errors: &errors, ..*self });
        errors.into_result(read).ok()
    }

    /// The names of an object's members.
    pub fn names(&self) -> impl Iterator<Item = &'a str> {
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
        assert_eq!(fault("[]", absent).as_deref(), Some("status should be present"));
        let object = |body: &Reader| assert!(!body.strict_object().is_object());
        assert_eq!(fault("[]", object).as_deref(), Some("the body should be an object"));
        let list = |body: &Reader| drop(body.at("a").each(|_| ()));
        assert_eq!(fault(r#"{"a": {}}"#, list).as_deref(), Some("a should be an array"));
    }

    #[test]
    fn what_cannot_be_read_is_left_out() {
        let body: Value = serde_json::from_str(
            r#"{"text": 7, "flag": "maybe", "count": -1, "date": "today", "list": {"a": 1},
                "items": [null, {"id": 7}, {"id": "a"}, "b", {"id": ""}]}"#,
        )
        .unwrap();
        let errors = DecodeErrors::default();
        let at = Reader::new(&body, &errors);
        assert_eq!((at.at("text").text(), at.at("flag").flag()), (None, None));
        assert_eq!((at.at("count").count(), at.at("date").date()), (None, None));
        assert_eq!(at.at("list").each_readable(|_| ()), []);
        assert_eq!(at.at("items").each_readable(|item| item.at("id").required_text()), ["a"]);
        assert_eq!(errors.into_result(()), Ok(()));
    }

    #[test]
    fn what_orgs_write_as_text_is_read() {
        let body: Value = serde_json::from_str(r#"{"flag": "true", "count": "15", "empty": ""}"#).unwrap();
        let errors = DecodeErrors::default();
        let at = Reader::new(&body, &errors);
        assert_eq!((at.at("flag").flag(), at.at("count").count()), (Some(true), Some(15)));
        assert_eq!(at.at("empty").text(), None);
    }

    #[test]
    fn strict_members_name_what_is_wrong() {
        let token = |body: &Reader| drop(body.at("stateToken").strict_text());
        assert_eq!(fault(r#"{"stateToken": 7}"#, token).as_deref(), Some("stateToken should be a string"));
        assert_eq!(fault(r#"{"stateToken": null}"#, token), None);
        let name = |body: &Reader| drop(body.at("status").required_text());
        assert_eq!(fault(r#"{"status": ""}"#, name).as_deref(), Some("status should be present"));
        let flag = |body: &Reader| assert_eq!(body.at("optional").strict_flag(), None);
        assert_eq!(fault(r#"{"optional": 1}"#, flag).as_deref(), Some("optional should be true or false"));
    }

    #[test]
    fn null_is_absent() {
        let none = |body: &Reader| assert_eq!(body.at("verification").at("host").text(), None);
        assert_eq!(fault(r#"{"verification": null}"#, none), None);
    }
}
