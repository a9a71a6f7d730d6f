//! Turns `locales/en.json` into the enum of message keys and the English catalogue, so that a key
//! without a message does not compile, and the bundle parses nothing.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, error::Error, fs};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=locales/en.json");
    let catalogue: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(&fs::read_to_string("locales/en.json")?)?;
    println!("cargo::rerun-if-changed=build.rs");
    let first_form = env::var_os("CARGO_FEATURE_FIRST_FORM").is_some();
    let (mut keys, mut texts, mut names) = (String::new(), String::new(), String::new());
    for (name, text) in &catalogue {
        let text = text.as_str().ok_or_else(|| format!("locales/en.json: {name} is not a string"))?;
        writeln!(keys, "    /// `{name}`\n    {},", variant(name))?;
        // The bundle of the first form has no screen for the other messages.
        let text = if first_form && !is_first_form(name) { "" } else { text };
        writeln!(texts, "    {text:?},")?;
        writeln!(names, "    {name:?},")?;
    }
    let code = format!(
        "/// A message of the catalogue, by the name it has in `locales/en.json`.\n\
         #[derive(Clone, Copy, Debug, PartialEq, Eq)]\npub enum Key {{\n{keys}}}\n\n\
         static ENGLISH: &[&str] = &[\n{texts}];\n\n\
         /// Names of the keys, in the order of the enum. For tools and tests.\n\
         pub static NAMES: &[&str] = &[\n{names}];\n"
    );
    fs::write(Path::new(&env::var("OUT_DIR")?).join("keys.rs"), code)?;
    if env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32") {
        // A module reserves its stack when it starts. A megabyte is the usual; nothing here recurses deeper than
        // an answer nests, and what would overflow traps.
        println!("cargo::rustc-link-arg-bins=-zstack-size=262144");
    }
    println!("cargo::rustc-env=OKTA_MARKUP={:016x}", markup()?);
    Ok(())
}

/// A number that changes with everything that the markup of a screen is made from: a form that was rendered
/// into a page by other sources is not taken over, but drawn anew.
fn markup() -> Result<u64, Box<dyn Error>> {
    println!("cargo::rerun-if-changed=src/components");
    let mut files = vec![PathBuf::from("locales/en.json")];
    let mut folders = vec![PathBuf::from("src/components")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    // FNV-1a: the same on every machine, which the standard library's hashes do not promise.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for file in files {
        for byte in fs::read(file)? {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
        }
    }
    Ok(hash)
}

/// Whether the first form, or a notice over it, can say this.
fn is_first_form(name: &str) -> bool {
    const BEGINNINGS: [&str; 14] = [
        "action.",
        "busy",
        "leaving.",
        "notice.",
        "password.caps",
        "password.hide",
        "password.show",
        "paused",
        "primary.",
        "resuming.",
        "session.",
        "signed_in.",
        "unsupported.",
        "widget.",
    ];
    BEGINNINGS.iter().any(|beginning| name.starts_with(beginning))
}

/// `verify.sms.title` becomes `VerifySmsTitle`.
fn variant(name: &str) -> String {
    name.split(['.', '_'])
        .map(|word| word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1)).collect::<String>())
        .collect()
}
