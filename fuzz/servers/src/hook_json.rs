//! The hook's reader of bodies, compared with what `serde_json` reads: it takes the objects that are not too deep, and
//! each member is the one that was sent, or is refused.

use crate::input::Input;
use okta_backend_hook::json::{MAX_DEPTH, Members};
use okta_backend_hook::problem::{Code, FieldErrorCode};
use secrecy::ExposeSecret as _;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::fmt;

/// The names of members that are read, and the longest text.
const NAMES: [&str; 4] = ["password", "profile", "flag", "login"];
const LONGEST: usize = 12;

/// A byte for each of the names says as what it is read; the rest is the body.
pub fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let kinds = NAMES.map(|_| input.byte());
    let body = input.rest();
    let theirs = serde_json::from_slice::<Value>(body).ok();
    let depth = serde_json::from_slice::<Depth>(body).ok().map(|depth| depth.0);
    let object = match theirs {
        Some(Value::Object(members)) if depth.is_some_and(|depth| depth <= MAX_DEPTH) => Some(members),
        _ => None,
    };
    match (Members::parse(body), object) {
        (Ok(members), Some(object)) => compare(members, object, kinds),
        (Err(problem), None) => assert_eq!(problem.code, Code::Malformed),
        (ours, theirs) => panic!("{ours:?} for {theirs:?} at a depth of {depth:?}"),
    }
}

fn compare(mut ours: Members, mut theirs: Map<String, Value>, kinds: [u8; 4]) {
    assert_eq!(ours.is_empty(), theirs.is_empty());
    let mut refused = Vec::new();
    for (name, kind) in NAMES.into_iter().zip(kinds) {
        let value = theirs.remove(name).unwrap_or_default();
        assert_eq!(ours.has(name), !value.is_null());
        let is_fine = match kind % 5 {
            0 => text(ours.text(name, LONGEST).as_deref(), &value),
            1 => required(&ours.required(name, LONGEST), &value),
            2 => secret(ours.secret(name, LONGEST).expose_secret(), &value),
            3 => ours.flag(name) == value.as_bool().unwrap_or(false) && (value.is_null() || value.is_boolean()),
            _ => {
                let part = ours.object(name);
                let number = value.as_object().map_or(0, Map::len);
                assert_eq!(part.is_empty(), number == 0);
                let is_known = number == 0;
                ours.take_errors(part);
                is_known && (value.is_null() || value.is_object())
            }
        };
        if !is_fine {
            refused.push(name);
        }
    }
    refused.extend(theirs.keys().map(String::as_str));
    match ours.done() {
        Ok(()) => assert!(refused.is_empty(), "{refused:?} went through"),
        Err(problem) => {
            assert_eq!(problem.code, Code::InvalidFields);
            assert!(!refused.is_empty(), "{:?}", problem.errors);
            let harmless =
                |field: &str| field == "?" || field.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
            assert!(problem.errors.iter().all(|error| harmless(&error.field)), "{:?}", problem.errors);
            let unknown = problem.errors.iter().filter(|error| error.code == FieldErrorCode::UnknownField);
            assert!(unknown.count() >= theirs.len());
        }
    }
}

fn is_short(text: &str) -> bool {
    text.chars().count() <= LONGEST && !text.chars().any(char::is_control)
}

/// Whether an optional text was accepted, which is the one that was sent then.
fn text(ours: Option<&str>, theirs: &Value) -> bool {
    match (ours, theirs) {
        (Some(ours), Value::String(theirs)) => {
            assert!(ours == theirs.trim() && is_short(theirs) && !ours.is_empty(), "{ours:?} for {theirs:?}");
            true
        }
        (Some(ours), theirs) => panic!("{ours:?} for {theirs}"),
        (None, Value::Null) => true,
        (None, Value::String(theirs)) => is_short(theirs) && theirs.trim().is_empty(),
        (None, _) => false,
    }
}

fn required(ours: &str, theirs: &Value) -> bool {
    !ours.is_empty() && text(Some(ours), theirs)
}

/// Of a secret each letter is kept.
fn secret(ours: &str, theirs: &Value) -> bool {
    let Value::String(theirs) = theirs else { return false };
    assert_eq!(ours == theirs, is_short(theirs) || theirs.is_empty(), "{ours:?} for {theirs:?}");
    !ours.is_empty()
}

/// How deep JSON is, also where a member is there twice.
struct Depth(usize);

impl<'de> Deserialize<'de> for Depth {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(DepthVisitor)
    }
}

struct DepthVisitor;

macro_rules! leaves {
    ($($visit:ident $kind:ty;)+) => {
        $(fn $visit<E>(self, _: $kind) -> Result<Depth, E> {
            Ok(Depth(0))
        })+
    };
}

impl<'de> Visitor<'de> for DepthVisitor {
    type Value = Depth;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    leaves! { visit_bool bool; visit_i64 i64; visit_u64 u64; visit_f64 f64; visit_str &str; }

    fn visit_unit<E>(self) -> Result<Depth, E> {
        Ok(Depth(0))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Depth, A::Error> {
        let mut deepest = 0;
        while let Some(Depth(depth)) = items.next_element()? {
            deepest = deepest.max(depth);
        }
        Ok(Depth(deepest + 1))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Depth, A::Error> {
        let mut deepest = 0;
        while let Some((_, Depth(depth))) = members.next_entry::<String, Depth>()? {
            deepest = deepest.max(depth);
        }
        Ok(Depth(deepest + 1))
    }
}
