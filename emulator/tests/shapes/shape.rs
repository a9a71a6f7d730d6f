//! The shape of a response: a sorted list of lines, one per place in the body.

use serde_json::Value;

use crate::support::Answer;

/// Members whose value is part of the shape.
const TELLING: [&str; 14] = [
    "status",
    "type",
    "factorType",
    "factorResult",
    "recoveryType",
    "challengeType",
    "provider",
    "errorCode",
    "encoding",
    "keyLength",
    "timeStep",
    "version",
    "protocol",
    "attestation",
];
/// Lists whose items are distinguished by type and provider.
const KINDS: &str = "factors";

/// The shape of a response with status and headers.
pub(crate) fn of_answer(answer: &Answer) -> Vec<String> {
    let headers = ["content-type", "x-rate-limit-limit", "x-rate-limit-remaining", "x-rate-limit-reset"];
    let present = headers.into_iter().filter(|name| answer.headers.contains_key(*name));
    let mut lines: Vec<String> = present.map(|name| format!("header {name}")).collect();
    lines.push(format!("http {}", answer.status));
    lines.extend(of_body(&answer.body));
    lines
}

/// The shape of a body.
pub(crate) fn of_body(body: &Value) -> Vec<String> {
    let mut lines = Vec::new();
    walk("", "", body, &mut lines);
    lines.sort();
    lines.dedup();
    lines
}

fn walk(path: &str, name: &str, value: &Value, lines: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            lines.push(format!("{path} {{}}"));
            let in_link = members.contains_key("href");
            for (member, value) in members {
                // The key is a factor id.
                let place = if name == "factorsPolicyInfo" { format!("{path}.*") } else { format!("{path}.{member}") };
                if in_link && member == "name" && !matches!(name, "user" | "logo") {
                    lines.push(format!("{place} = {value}"));
                } else {
                    walk(&place, member, value, lines);
                }
            }
        }
        Value::Array(items) if name == "allow" => lines.push(format!("{path} = {}", Value::from(items.clone()))),
        Value::Array(items) => {
            lines.push(format!("{path} []"));
            for item in items {
                let kind = ["factorType", "provider"].map(|member| item[member].as_str().unwrap_or_default());
                let place = if name.is_empty() && !kind[0].is_empty() || name == KINDS {
                    format!("{path}[{} {}]", kind[0], kind[1])
                } else {
                    format!("{path}[]")
                };
                walk(&place, "", item, lines);
            }
        }
        _ if TELLING.contains(&name) && !path.contains(".profile.") => lines.push(format!("{path} = {value}")),
        Value::Null => lines.push(format!("{path} null")),
        Value::Bool(_) => lines.push(format!("{path} bool")),
        Value::Number(_) => lines.push(format!("{path} number")),
        Value::String(text) => lines.push(format!("{path} {}", if is_date(text) { "date" } else { "text" })),
    }
}

fn is_date(text: &str) -> bool {
    text.len() == 24 && text.ends_with('Z') && text.as_bytes()[10] == b'T'
}

/// The place that a line is about.
pub(crate) fn place(line: &str) -> &str {
    // Types and providers are in brackets and contain the only other spaces.
    let end = line.rfind(']').map_or(0, |at| at + 1);
    line[end..].find(' ').map_or(line, |at| &line[..end + at])
}
