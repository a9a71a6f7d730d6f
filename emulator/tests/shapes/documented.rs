//! Compares the documented bodies with the snapshot of shapes.

use std::{collections::BTreeSet, fs, path::Path};

use serde::Deserialize;
use serde_json::Value;

use crate::{kept, shape};

/// An intended difference with its reason.
#[derive(Debug, Deserialize)]
struct Deliberate {
    /// Part of the example's name; all examples if left out.
    #[serde(default)]
    example: String,
    /// Prefix of the place; `not asked` means the whole example.
    place: String,
    reason: String,
}

#[derive(Debug, Deserialize)]
struct File {
    difference: Vec<Deliberate>,
}

fn deliberate() -> Vec<Deliberate> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/shapes/deliberate.toml");
    let file: File = toml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    assert!(file.difference.iter().all(|one| one.reason.len() >= 8), "each has its reason");
    file.difference
}

/// The documentation sometimes names a list of factors `factor`.
fn with_factors(mut body: Value) -> Value {
    if let Some(embedded) = body.get_mut("_embedded").and_then(Value::as_object_mut)
        && embedded.get("factor").is_some_and(Value::is_array)
        && let Some(factors) = embedded.remove("factor")
    {
        embedded.insert("factors".to_owned(), factors);
    }
    body
}

/// Lines about kinds of factor that appear on both sides.
fn of_common_kinds(lines: &[String], other: &[String]) -> BTreeSet<String> {
    let kind = |line: &str| {
        let start = line.find("factors[").or_else(|| line.starts_with('[').then_some(0))?;
        let end = start + line[start..].find(']')?;
        Some(line[..end].to_owned())
    };
    let others: BTreeSet<String> = other.iter().filter_map(|line| kind(line)).collect();
    lines.iter().filter(|line| kind(line).is_none_or(|kind| others.contains(&kind))).cloned().collect()
}

#[test]
#[allow(clippy::print_stdout, reason = "the differences are what it is for")]
fn documented() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/api/examples");
    let Ok(index) = fs::read_to_string(examples.join("index.json")) else { return };
    let index: Value = serde_json::from_str(&index).unwrap();
    let (kept, deliberate) = (kept(), deliberate());
    let (mut compared, mut excused, mut found) = (0, vec![0_usize; deliberate.len()], Vec::new());
    for entry in index.as_array().unwrap() {
        if !matches!(entry["kind"].as_str(), Some("response" | "error")) {
            continue;
        }
        let file = entry["file"].as_str().unwrap();
        if file.ends_with(".fragment.json") {
            continue;
        }
        let name = file.trim_end_matches(".json");
        let excuse = |place: &str| {
            deliberate.iter().position(|one| name.contains(&one.example) && place.starts_with(&one.place))
        };
        let Some(ours) = kept.get(name) else {
            match excuse("not asked") {
                Some(at) => excused[at] += 1,
                None => found.push(format!("{name}: is not asked")),
            }
            continue;
        };
        let body: Value = serde_json::from_str(&fs::read_to_string(examples.join(file)).unwrap()).unwrap();
        let mut theirs = shape::of_body(&with_factors(body));
        let status = entry["httpStatus"].as_u64().or_else(|| entry["httpStatusInferred"].as_u64()).unwrap_or(200);
        theirs.push(format!("http {status}"));
        let headers =
            entry["responseHeaders"].as_object().map(|headers| headers.keys().map(|name| name.to_lowercase()));
        let headers: Vec<String> = headers.into_iter().flatten().map(|name| format!("header {name}")).collect();
        let ours: Vec<String> =
            ours.iter().filter(|line| !line.starts_with("header ") || headers.contains(line)).cloned().collect();
        theirs.extend(headers);
        compared += 1;
        let (mine, documents) = (of_common_kinds(&ours, &theirs), of_common_kinds(&theirs, &ours));
        let more = mine.difference(&documents).map(|line| ('+', line));
        let less = documents.difference(&mine).map(|line| ('-', line));
        for (sign, line) in more.chain(less) {
            let reason = excuse(shape::place(line));
            match reason {
                Some(at) => excused[at] += 1,
                None => found.push(format!("{name}: {sign} {line}")),
            }
        }
    }
    println!("{compared} documented answers compared; differences with a reason: {}", excused.iter().sum::<usize>());
    for (one, times) in deliberate.iter().zip(&excused) {
        println!("{times:5}  {} {}: {}", one.example, one.place, one.reason);
        if *times == 0 {
            found.push(format!("the reason for {} {} is needed by nothing", one.example, one.place));
        }
    }
    assert!(found.is_empty(), "{} differences without a reason:\n{}", found.len(), found.join("\n"));
}
