//! Whether each message is used: a key that nothing names is translated into every language for nobody. Not here: a key that
//! is named and is not there, which does not compile.

#![cfg(test)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::english;

/// All sources below a folder with this extension, one after the other.
fn sources(folder: &Path, extension: &str) -> String {
    let mut all = String::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.push_str(&sources(&path, extension));
        } else if path.extension().is_some_and(|found| found == extension) {
            all.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
    all
}

/// The names of the constants in the sources: `Key::SOME_NAME`.
fn constants(rust: &str) -> BTreeSet<&str> {
    let is_end = |c: char| !(c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
    rust.split("Key::").skip(1).map(|rest| rest.split_once(is_end).map_or(rest, |(name, _)| name)).collect()
}

/// The keys that neither a constant in `rust` nor a string in `script` names.
fn unused<'a>(keys: impl IntoIterator<Item = &'a String>, rust: &str, script: &str) -> Vec<&'a String> {
    let constants = constants(rust);
    let is_used = |key: &&String| {
        let constant = key.replace('.', "_").to_uppercase();
        constants.contains(&*constant) || script.contains(&format!("\"{key}\""))
    };
    keys.into_iter().filter(|key| !is_used(key)).collect()
}

#[test]
fn every_message_is_used() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join("..").join("src");
    let (rust, script) = (sources(&source, "rs"), sources(&source.join("embed").join("js"), "js"));
    let english = english().unwrap();
    let unused = unused(english.messages.keys(), &rust, &script);
    assert!(unused.is_empty(), "nothing uses {unused:?}");
}

#[test]
fn a_key_that_only_begins_like_one_in_use_is_not_used() {
    let keys = ["verify.code", "verify.code.intro", "load.failed", "load"].map(str::to_owned);
    let unused = unused(&keys, "say(Key::VERIFY_CODE_INTRO)", "say(\"load.failed\")");
    assert_eq!(unused, ["verify.code", "load"]);
}
