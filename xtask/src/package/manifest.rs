//! The package's `package.json`: `npm/package.json` with the version of the workspace, once all files that it names are
//! there. Its order stays, for the first condition of an entry that applies counts. Not here: the files.

use anyhow::{Context as _, bail};
use serde_json::Value;

/// The line of the template that is changed.
const VERSION: &str = "\"version\": \"0.0.0\"";

/// The manifest, where `has` says whether the package has a file.
pub(crate) fn of(template: &str, has: impl Fn(&str) -> bool) -> anyhow::Result<String> {
    let manifest: Value = serde_json::from_str(template).context("npm/package.json")?;
    let mut files = Vec::new();
    named_files(&manifest, &mut files);
    // What has a star in its name is a folder of files.
    let place = |file: &'_ str| file.split_once("/*").map_or(file, |(folder, _)| folder).to_owned();
    let absent: Vec<&str> = files.into_iter().filter(|file| *file != "package.json" && !has(&place(file))).collect();
    if !absent.is_empty() {
        bail!("npm/package.json names files that the package does not have: {absent:?}");
    }
    if template.matches(VERSION).count() != 1 {
        bail!("npm/package.json does not have `{VERSION}` once");
    }
    Ok(template.replace(VERSION, concat!("\"version\": \"", env!("CARGO_PKG_VERSION"), "\"")))
}

/// The files that the values of a manifest name, as in `"./file"`.
fn named_files<'a>(value: &'a Value, files: &mut Vec<&'a str>) {
    match value {
        Value::String(text) => files.extend(text.strip_prefix("./")),
        Value::Array(values) => values.iter().for_each(|value| named_files(value, files)),
        Value::Object(members) => members.values().for_each(|value| named_files(value, files)),
        _ => {}
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    const TEMPLATE: &str = r#"{
        "version": "0.0.0", "main": "./a.js", "sideEffects": ["./b.css"],
        "exports": { ".": { "types": "./a.d.ts", "default": "./a.js" }, "./c/*.js": "./c/*.js", "./package.json": "./package.json" }
    }"#;

    #[test]
    fn it_has_the_version_and_keeps_its_order() {
        let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
        assert_eq!(of(TEMPLATE, |_| true).unwrap(), TEMPLATE.replace(VERSION, &version));
    }

    #[test]
    fn every_file_that_it_names_has_to_be_there() {
        for absent in ["a.js", "b.css", "a.d.ts", "c"] {
            let error = of(TEMPLATE, |file| file != absent).unwrap_err().to_string();
            assert!(error.contains(absent), "{error}");
        }
    }

    #[test]
    fn nothing_runs_when_it_is_installed() {
        let manifest = of(include_str!("../../../npm/package.json"), |_| true).unwrap();
        for word in ["scripts", "install", "dependencies"] {
            assert!(!manifest.contains(&format!("\"{word}\"")), "{word}");
        }
    }
}
