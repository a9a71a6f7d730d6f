//! Walks through the table of docs/authn-members.md: in every recorded body, each member is removed, made `null`, given
//! another type, and emptied. The outcome has to be the one of its class, so a member that is read differently from
//! what the table says, or that has no row, fails.

#![expect(clippy::indexing_slicing, reason = "of what the test itself has found")]

use crate::fixtures::Fixture;
use okta_authn::factor::Question;
use okta_authn::reader::{DecodeErrors, Reader};
use okta_authn::{AuthnError, PrimaryResponse, Response, Transaction};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

/// How a member is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Needed,
    /// Needed, but for a form that asks for name and password.
    NeededUnlessUnauthenticated,
    Strict,
    NeededInItem,
    StrictInItem,
    LeftOut,
    PassedOn,
}

/// The table, by member.
fn table() -> BTreeMap<String, Class> {
    let page = ["docs/authn-members.md", "../../docs/authn-members.md"];
    let page = page.iter().find_map(|path| std::fs::read_to_string(path).ok()).expect("the page with the table");
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` | "));
    let rows = rows.map(|(member, rest)| {
        let class = match rest.split(" |").next().unwrap() {
            "needed" => Class::Needed,
            "needed, left out in UNAUTHENTICATED" => Class::NeededUnlessUnauthenticated,
            "strict" => Class::Strict,
            "needed in its item" => Class::NeededInItem,
            "strict in its item" => Class::StrictInItem,
            "left out" => Class::LeftOut,
            "passed on" => Class::PassedOn,
            other => panic!("{member} has the unknown class {other}"),
        };
        (member.to_owned(), class)
    });
    let all: Vec<_> = rows.collect();
    let table: BTreeMap<_, _> = all.iter().cloned().collect();
    assert_eq!(table.len(), all.len(), "a member has two rows");
    table
}

/// What a body is.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Transaction,
    Error(u16),
    Session,
    Questions,
}

/// The result of reading a body, comparable: what was read, or the path of what is wrong.
#[derive(Debug, Default, PartialEq)]
struct Reading {
    error: Option<String>,
    transaction: Option<Transaction>,
    primary: Option<Result<PrimaryResponse, String>>,
    other: String,
}

fn read(kind: Kind, body: &Value) -> Reading {
    let wire: okta_authn::wire::Value = serde_json::from_value(body.clone()).unwrap();
    if kind == Kind::Questions {
        let errors = DecodeErrors::default();
        let other = format!("{:?}", Question::list(&Reader::new(&wire, &errors)));
        return Reading { error: errors.into_result(()).err().map(|error| error.path), other, ..Reading::default() };
    }
    let status = if let Kind::Error(status) = kind { status } else { 200 };
    let response = || Response { status, ..Response::ok(wire.clone()) };
    if kind == Kind::Session {
        return match response().into_session() {
            Ok(session) => Reading { other: format!("{session:?}"), ..Reading::default() },
            Err(error) => Reading { error: Some(path(error)), ..Reading::default() },
        };
    }
    let primary = match response().into_primary() {
        Ok(PrimaryResponse::Continues(_)) => None,
        other => Some(other.map_err(path)),
    };
    match response().into_transaction() {
        Ok(transaction) => Reading { transaction: Some(transaction), primary, ..Reading::default() },
        Err(AuthnError::Decode(error)) => Reading { error: Some(error.path), primary, ..Reading::default() },
        Err(error) => Reading { other: format!("{error:?}"), ..Reading::default() },
    }
}

fn path(error: AuthnError) -> String {
    match error {
        AuthnError::Decode(error) => error.path,
        other => format!("{other:?}"),
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Step {
    Member(String),
    Item(usize),
}

/// Every place in a body.
fn places(value: &Value, at: &mut Vec<Step>, found: &mut Vec<Vec<Step>>) {
    let children: Vec<(Step, &Value)> = match value {
        Value::Object(members) => members.iter().map(|(name, value)| (Step::Member(name.clone()), value)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(place, value)| (Step::Item(place), value)).collect(),
        _ => Vec::new(),
    };
    for (step, child) in children {
        at.push(step);
        found.push(at.clone());
        places(child, at, found);
        at.pop();
    }
}

fn get<'a>(body: &'a Value, place: &[Step]) -> &'a Value {
    place.iter().fold(body, |value, step| match step {
        Step::Member(name) => &value[name],
        Step::Item(place) => &value[*place],
    })
}

fn get_mut<'a>(body: &'a mut Value, place: &[Step]) -> &'a mut Value {
    place.iter().fold(body, |value, step| match step {
        Step::Member(name) => &mut value[name],
        Step::Item(place) => &mut value[*place],
    })
}

fn replaced(body: &Value, place: &[Step], with: Value) -> Value {
    let mut body = body.clone();
    *get_mut(&mut body, place) = with;
    body
}

fn removed(body: &Value, place: &[Step]) -> Value {
    let mut body = body.clone();
    let (last, owner) = place.split_last().unwrap();
    match (get_mut(&mut body, owner), last) {
        (Value::Object(members), Step::Member(name)) => drop(members.remove(name)),
        (Value::Array(items), Step::Item(place)) => drop(items.remove(*place)),
        other => panic!("{other:?}"),
    }
    body
}

/// The path of a place as an error names it.
fn path_of(place: &[Step]) -> String {
    let mut path = String::new();
    for step in place {
        match step {
            Step::Member(name) if path.is_empty() => path.push_str(name),
            Step::Member(name) => drop(write!(path, ".{name}")),
            Step::Item(place) => drop(write!(path, "[{place}]")),
        }
    }
    path
}

/// How many steps lead to the factor that a place is in, where it is in one.
fn factor_steps(place: &[Step]) -> Option<usize> {
    let name = |place: &[Step], at: usize| match place.get(at) {
        Some(Step::Member(name)) => name.clone(),
        _ => String::new(),
    };
    if name(place, 0) != "_embedded" || !["factor", "factors"].contains(&&*name(place, 1)) {
        return None;
    }
    match place.get(2)? {
        Step::Item(_) if place.len() > 3 => Some(3),
        Step::Member(_) => Some(2),
        Step::Item(_) => None,
    }
}

/// The row of a place: its path, with `FACTOR`, `ANY` and `*`.
fn row_of(kind: Kind, body: &Value, place: &[Step]) -> String {
    let (mut row, rest) = match (kind, factor_steps(place)) {
        (Kind::Error(_), _) => ("ERROR".to_owned(), place),
        (Kind::Session, _) => ("SESSION".to_owned(), place),
        (Kind::Questions, _) => ("QUESTIONS".to_owned(), place),
        (Kind::Transaction, Some(steps)) => ("FACTOR".to_owned(), &place[steps..]),
        (Kind::Transaction, None) => (String::new(), place),
    };
    let mut before = "";
    let mut after_relation = false;
    for step in rest {
        let name = match step {
            Step::Item(_) if after_relation => {
                after_relation = false;
                continue;
            }
            Step::Item(_) => "[]",
            Step::Member(name) => name,
        };
        after_relation = before == "_links";
        if name == "[]" {
            row.push_str("[]");
        } else {
            let name = if ["_links", "factorsPolicyInfo"].contains(&before) { "*" } else { name };
            if name == "_links" && !row.is_empty() {
                row.replace_range(.., "ANY");
            }
            row.push_str(if row.is_empty() { "" } else { "." });
            row.push_str(name);
        }
        before = name;
    }
    // A list of factors may have either name.
    let is_list = |at: &str| get(body, &[Step::Member("_embedded".to_owned()), Step::Member(at.to_owned())]).is_array();
    match row.as_str() {
        "_embedded.factor" if is_list("factor") => "_embedded.factors".to_owned(),
        "_embedded.factor[]" => "_embedded.factors[]".to_owned(),
        _ => row,
    }
}

/// The nearest item around a place that may be left out: a link below the transaction, an item of a list.
fn item_around(kind: Kind, place: &[Step]) -> Option<&[Step]> {
    let links = (1..place.len()).rev().find(|at| place[*at] == Step::Member("_links".to_owned()));
    if let Some(links) = links {
        let is_list = matches!(place.get(links + 2), Some(Step::Item(_)));
        return place.get(..links + 2 + usize::from(is_list));
    }
    let items = match kind {
        Kind::Questions => 1,
        _ => 3,
    };
    (matches!(place.get(items - 1), Some(Step::Item(_))) && place.len() > items).then(|| &place[..items])
}

/// Values of other types, none of which can be taken for the right one.
fn of_other_types(value: &Value) -> Vec<Value> {
    let text = json!("neither a number nor a flag");
    match value {
        // A flag and a number may be texts.
        Value::String(text) if text == "true" || text == "false" || text.parse::<u32>().is_ok() => {
            vec![json!([1]), json!({"a": 1})]
        }
        Value::String(_) => vec![json!(7), json!(true), json!([1]), json!({"a": 1})],
        Value::Number(_) => vec![text, json!(true), json!([1]), json!({"a": 1})],
        Value::Bool(_) => vec![json!(7), text, json!([1]), json!({"a": 1})],
        Value::Object(_) => vec![json!(7), text, json!(true), json!([1])],
        Value::Array(_) => vec![json!(7), text, json!(true), json!({"a": 1})],
        Value::Null => Vec::new(),
    }
}

fn empty(value: &Value) -> Option<Value> {
    match value {
        Value::String(_) => Some(json!("")),
        Value::Object(_) => Some(json!({})),
        Value::Array(_) => Some(json!([])),
        _ => None,
    }
}

/// Everything that is read of one body.
struct Walk<'a> {
    name: &'a str,
    kind: Kind,
    body: &'a Value,
    table: &'a BTreeMap<String, Class>,
    /// Rows that were met.
    met: &'a mut BTreeSet<String>,
    faults: Vec<String>,
}

impl Walk<'_> {
    fn run(mut self) -> Vec<String> {
        let mut all = Vec::new();
        places(self.body, &mut Vec::new(), &mut all);
        let whole = read(self.kind, self.body);
        for place in all {
            let row = row_of(self.kind, self.body, &place);
            match self.class(&row) {
                Some(class) => self.check(&row, class, &place, &whole),
                // What is passed on covers what is in it.
                None if self.table.iter().any(|(member, class)| {
                    *class == Class::PassedOn
                        && row.strip_prefix(&**member).is_some_and(|rest| rest.starts_with(['.', '[']))
                }) => {}
                None => self.check_unread(&row, &place, &whole),
            }
        }
        self.faults
    }

    fn class(&self, row: &str) -> Option<Class> {
        let class = *self.table.get(row)?;
        let is_form = self.body["status"] == "UNAUTHENTICATED";
        Some(match class {
            Class::NeededUnlessUnauthenticated if is_form => Class::LeftOut,
            Class::NeededUnlessUnauthenticated => Class::Needed,
            class => class,
        })
    }

    /// A member that another state reads, or that has no row, changes nothing.
    fn check_unread(&mut self, row: &str, place: &[Step], whole: &Reading) {
        let value = get(self.body, place);
        let changed = [removed(self.body, place), replaced(self.body, place, Value::Null)];
        let others = of_other_types(value).into_iter().map(|other| replaced(self.body, place, other));
        for body in changed.into_iter().chain(others) {
            if read(self.kind, &body) != *whole {
                self.faults.push(format!("{}: {row} is read, and has no row", self.name));
                return;
            }
        }
    }

    fn check(&mut self, row: &str, class: Class, place: &[Step], whole: &Reading) {
        let value = get(self.body, place);
        let without = read(self.kind, &removed(self.body, place));
        self.met.insert(row.to_owned());
        let path = path_of(place);
        // What is missing is named by itself, by what is missing in it, or by what it is missing in.
        let refused = |reading: &Reading| {
            reading.error.as_ref().is_some_and(|error| error.starts_with(&path) || path.starts_with(error))
        };
        let without_item = item_around(self.kind, place).map(|item| read(self.kind, &removed(self.body, item)));
        // Where no item is around, the body is the item.
        let item_is_left_out = |reading: &Reading| match &without_item {
            Some(without) => reading == without,
            None => refused(reading),
        };
        let absent = |reading: &Reading| *reading == without;
        let unread = *whole == without
            && of_other_types(value)
                .iter()
                .all(|other| read(self.kind, &replaced(self.body, place, other.clone())) == *whole);
        // Other states do not read it.
        if unread {
            return;
        }
        let mut expect = |what: &str, body: Value, is_right: &dyn Fn(&Reading) -> bool| {
            let reading = read(self.kind, &body);
            if !is_right(&reading) {
                let found = reading
                    .error
                    .map_or_else(|| "it is read differently".to_owned(), |error| format!("refused: {error}"));
                self.faults.push(format!("{}: {path} ({class:?}), {what}: {found}", self.name));
            }
        };
        let (gone, null) = (removed(self.body, place), replaced(self.body, place, Value::Null));
        match class {
            Class::Needed | Class::NeededUnlessUnauthenticated => {
                expect("removed", gone, &refused);
                expect("null", null, &refused);
            }
            Class::NeededInItem => {
                expect("removed", gone, &item_is_left_out);
                expect("null", null, &item_is_left_out);
            }
            Class::Strict | Class::StrictInItem | Class::LeftOut => expect("null", null, &absent),
            Class::PassedOn => {}
        }
        for other in of_other_types(value) {
            let what = format!("{other}");
            let body = replaced(self.body, place, other);
            match class {
                // An array is a relation too, with links in it.
                Class::Needed | Class::NeededUnlessUnauthenticated | Class::Strict => expect(&what, body, &refused),
                Class::NeededInItem | Class::StrictInItem => expect(&what, body, &item_is_left_out),
                Class::LeftOut => expect(&what, body, &absent),
                Class::PassedOn => expect(&what, body, &|reading| reading.error.is_none()),
            }
        }
        let Some(empty) = empty(value) else { return };
        let is_text = empty.is_string();
        let body = replaced(self.body, place, empty);
        match class {
            Class::Needed if is_text => expect("empty", body, &refused),
            Class::NeededInItem => expect("empty", body, &item_is_left_out),
            Class::Strict | Class::StrictInItem | Class::LeftOut if is_text => expect("empty", body, &absent),
            // An empty list of factors, an empty object: nothing that is wrong by itself.
            _ => expect("empty", body, &|reading| reading.error.is_none() || absent(reading) || refused(reading)),
        }
    }
}

/// Every recorded body: the fixtures, and the examples of the contract where they are there.
fn bodies() -> Vec<(String, Kind, Value)> {
    let value = |body: &okta_authn::wire::Value| serde_json::to_value(body).unwrap();
    let mut bodies = Vec::new();
    for fixture in ["states", "factors", "results", "seed", "errors"].into_iter().flat_map(Fixture::all) {
        let Some(body) = fixture.body.as_ref().filter(|_| !fixture.name.ends_with(".request")).map(value) else {
            continue;
        };
        bodies.extend(kind_of(&body, fixture.status).map(|kind| (fixture.name, kind, body)));
    }
    for folder in ["../../../shared/api/examples", "../shared/api/examples"] {
        let Ok(entries) = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)) else { continue };
        for path in entries.map(|entry| entry.unwrap().path()) {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if name.ends_with(".response.json") || name.ends_with(".error.json") {
                let body: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
                let status = if name.ends_with(".error.json") { 403 } else { 200 };
                bodies.extend(kind_of(&body, status).map(|kind| (name, kind, body)));
            }
        }
    }
    let questions = json!([
        {"question": "first_toy", "questionText": "Which toy was your first?"},
        {"question": "first_award", "questionText": "For what was your first award?"},
    ]);
    bodies.push(("questions".to_owned(), Kind::Questions, questions));
    bodies
}

/// Bodies of the API with a token are no business of a browser's.
fn kind_of(body: &Value, status: u16) -> Option<Kind> {
    if !body["errorCode"].is_null() {
        return Some(Kind::Error(if status < 300 { 403 } else { status }));
    }
    if !body["userId"].is_null() && !body["login"].is_null() {
        return Some(Kind::Session);
    }
    let is_of_a_factor = body["stateToken"].is_null() && !body["factorType"].is_null();
    let is_transaction = body["profile"].is_null() && !is_of_a_factor && body["status"].is_string();
    (is_transaction || body["status"] == "RECOVERY_CHALLENGE").then_some(Kind::Transaction)
}

#[test]
fn every_member_is_read_by_the_rule_of_its_class() {
    let table = table();
    let mut met = BTreeSet::new();
    let mut faults = Vec::new();
    let bodies = bodies();
    assert!(bodies.len() > 150, "{}", bodies.len());
    for (name, kind, body) in &bodies {
        let whole = read(*kind, body);
        assert_eq!(whole.error, None, "{name}");
        let walk = Walk { name, kind: *kind, body, table: &table, met: &mut met, faults: Vec::new() };
        faults.extend(walk.run());
    }
    faults.sort();
    faults.dedup();
    let shown = faults.iter().take(40).cloned().collect::<Vec<_>>().join("\n");
    assert!(faults.is_empty(), "{} faults:\n{shown}", faults.len());
    let unmet: Vec<_> = table.keys().filter(|row| !met.contains(*row)).collect();
    assert!(unmet.is_empty(), "no recorded body has {unmet:?}");
}
