//! The reference of the configuration, made from the types, and its schema for editors. `UPDATE_EXPECT=1` writes both.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::{collections::BTreeSet, fmt::Write as _, path::Path};

use serde_json::{Map, Value};

const HEAD: &str = "# Reference of the configuration

<!-- Made from the types of the emulator: `UPDATE_EXPECT=1 cargo test --package okta-emulator --test reference`. -->

`okta-emulator --config FILE` reads it; `okta-emulator init` writes one to begin with, and `okta-emulator check FILE` says
what is wrong, with file and line. It is TOML. Editors that know JSON Schema complete and check it with this first line:

```toml
#:schema ./configuration.schema.json
```

The [schema](configuration.schema.json) is in this folder.
";

/// Compares the text with the file, or writes it.
fn expect(file: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/emulator").join(file);
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == text, "{file} is stale: write it with UPDATE_EXPECT=1, and read what changes");
}

#[test]
fn the_schema_is_that_of_the_types() {
    let schema = serde_json::to_string_pretty(okta_emulator::configuration_schema()).unwrap();
    expect("configuration.schema.json", &format!("{schema}\n"));
}

#[test]
fn the_reference_is_that_of_the_types() {
    let schema = okta_emulator::configuration_schema();
    let mut text = HEAD.to_owned();
    table(&mut text, schema, schema, "");
    expect("configuration.md", &text);
}

#[test]
fn every_key_is_explained() {
    let schema = okta_emulator::configuration_schema();
    let mut missing = BTreeSet::new();
    for (name, of) in schema["$defs"].as_object().unwrap() {
        for (key, property) in of["properties"].as_object().unwrap_or(&Map::new()) {
            if described(schema, property).is_empty() {
                missing.insert(format!("{name}.{key}"));
            }
        }
    }
    assert!(missing.is_empty(), "without a comment: {missing:?}");
}

/// The tables of this table, each with a heading and its keys.
fn table(text: &mut String, root: &Value, schema: &Value, place: &str) {
    for (name, property) in schema["properties"].as_object().unwrap() {
        let inner = if place.is_empty() { name.clone() } else { format!("{place}.{name}") };
        if let Some((of, heading)) = inner_table(root, property, &inner) {
            let required = if is_required(schema, name) { " Required." } else { "" };
            let about = described(root, of);
            writeln!(text, "\n## `{heading}`\n\n{about}{required}").unwrap();
            keys(text, root, of);
            table(text, root, of, &heading.replace(['[', ']'], ""));
        }
    }
}

/// The keys of one table that are no tables themselves.
fn keys(text: &mut String, root: &Value, schema: &Value) {
    let all = schema["properties"].as_object().unwrap();
    let mut keys = all.iter().filter(|(name, property)| inner_table(root, property, name).is_none()).peekable();
    if keys.peek().is_some() {
        writeln!(text, "\n| key | type | default | |\n|---|---|---|---|").unwrap();
    }
    for (name, property) in keys {
        let default = match property.get("default").filter(|value| !value.is_null()) {
            _ if is_required(schema, name) => "required".to_owned(),
            Some(value) => format!("`{value}`"),
            None => String::new(),
        };
        let about = format!("{} {}", described(root, property), values(root, property));
        writeln!(text, "| `{name}` | {} | {default} | {} |", kind(root, property), about.trim()).unwrap();
    }
}

fn is_required(schema: &Value, name: &str) -> bool {
    schema["required"].as_array().is_some_and(|all| all.iter().any(|one| one == name))
}

/// Follows references, and takes the alternative that is not null.
fn resolved<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    let other = schema["anyOf"].as_array().and_then(|all| all.iter().find(|one| one["type"] != "null"));
    match (schema["$ref"].as_str(), other) {
        (Some(path), _) => resolved(root, root.pointer(path.trim_start_matches('#')).unwrap()),
        (None, Some(other)) => resolved(root, other),
        (None, None) => schema,
    }
}

/// The table that a key holds, and how its heading is written: a table, a list of tables, or tables by name.
fn inner_table<'a>(root: &'a Value, property: &'a Value, place: &str) -> Option<(&'a Value, String)> {
    let schema = resolved(root, property);
    let is_table = |schema: &Value| schema["properties"].is_object();
    if is_table(schema) {
        return (!place.contains("password_at") && !place.contains("recovery_question"))
            .then(|| (schema, format!("[{place}]")));
    }
    let items = resolved(root, &schema["items"]);
    if is_table(items) {
        return (!place.ends_with("claims")).then(|| (items, format!("[[{place}]]")));
    }
    let named = resolved(root, &schema["additionalProperties"]);
    is_table(named).then(|| (named, format!("[{place}.NAME]")))
}

fn kind(root: &Value, property: &Value) -> String {
    let schema = resolved(root, property);
    let name = match &schema["type"] {
        Value::Array(names) => names.iter().find(|name| *name != "null").and_then(Value::as_str),
        name => name.as_str(),
    };
    match name {
        Some("array") if resolved(root, &schema["items"])["properties"].is_object() => {
            format!("list of {}", members(resolved(root, &schema["items"])))
        }
        Some("array") => format!("list of {}", kind(root, &schema["items"])),
        Some("object") if schema["properties"].is_object() => members(schema),
        Some("object") => format!("{} by name", kind(root, &schema["additionalProperties"])),
        Some("integer") => "number".to_owned(),
        Some("boolean") => "true, false".to_owned(),
        Some("string") | None if schema["oneOf"].is_array() || schema["enum"].is_array() => "text".to_owned(),
        Some("string") => "text".to_owned(),
        _ => "any".to_owned(),
    }
}

/// A small table that is written on one line.
fn members(schema: &Value) -> String {
    let names: Vec<&str> = schema["properties"].as_object().unwrap().keys().map(String::as_str).collect();
    format!("`{{ {} }}`", names.join(", "))
}

fn described(root: &Value, property: &Value) -> String {
    let own = property["description"].as_str();
    let text = own.or_else(|| resolved(root, property)["description"].as_str()).unwrap_or_default();
    text.replace('\n', " ")
}

/// The words that a value can be, with what they mean.
fn values(root: &Value, property: &Value) -> String {
    let schema = resolved(root, property);
    let schema = if schema["items"].is_object() { resolved(root, &schema["items"]) } else { schema };
    let mut all = Vec::new();
    for one in schema["oneOf"].as_array().into_iter().flatten() {
        let about = one["description"].as_str().map(|text| format!(" ({})", text.trim_end_matches('.')));
        for word in one.get("const").into_iter().chain(one["enum"].as_array().into_iter().flatten()) {
            all.push(format!("`{}`{}", word.as_str().unwrap(), about.clone().unwrap_or_default()));
        }
    }
    all.extend(schema["enum"].as_array().into_iter().flatten().map(|word| format!("`{}`", word.as_str().unwrap())));
    if all.is_empty() { String::new() } else { format!("Values: {}.", all.join(", ")) }
}
