//! Generates the message keys from `locales/en.arb`, so that a key without a message does not compile and the bundle
//! parses nothing; the constants that Rust shares with the scripts; and what the linker needs.

#[path = "build/constants.rs"]
mod constants;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, error::Error, fs};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    // A message's number is its place among the names in their order: files of other languages name it by that.
    let catalogue: BTreeMap<String, serde_json::Value> = serde_json::from_str(&fs::read_to_string("locales/en.arb")?)?;
    let (mut keys, mut entries) = (String::new(), String::new());
    // What begins with `@` is about the file, or about a message.
    for (index, (name, text)) in catalogue.iter().filter(|(name, _)| !name.starts_with('@')).enumerate() {
        let text = text.as_str().ok_or_else(|| format!("locales/en.arb: {name} is not a string"))?;
        writeln!(
            keys,
            "    /// `{name}`\n    pub const {}: Self = Self(&Message {{ english: {text:?}, number: {index} }});",
            constant(name)
        )?;
        writeln!(entries, "    ({name:?}, {text:?}),")?;
    }
    let count = catalogue.keys().filter(|name| !name.starts_with('@')).count();
    let code = format!(
        "impl Key {{\n{keys}}}\n\n\
         /// How many messages there are.\n\
         const MESSAGES: usize = {count};\n\n\
         /// Names and English messages of all keys, in the order of their numbers, for tools and tests.\n\
         pub static CATALOGUE: &[(&str, &str)] = &[\n{entries}];\n"
    );
    let out = env::var("OUT_DIR")?;
    fs::write(Path::new(&out).join("keys.rs"), code)?;
    fs::write(Path::new(&out).join("constants.rs"), constants::generate()?)?;
    if env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32") {
        // A module reserves its stack when it starts. The default is a megabyte; nothing here recurses deeper than a
        // response nests, and an overflow traps.
        println!("cargo::rustc-link-arg-bins=-zstack-size=262144");
    }
    println!("cargo::rustc-env=OKTA_MARKUP={:016x}", markup()?);
    Ok(())
}

/// A number that changes with every source of a screen's markup: a form that was rendered into a page from other sources
/// is not hydrated, but rendered again.
fn markup() -> Result<u64, Box<dyn Error>> {
    let mut files = Vec::new();
    let mut folders = vec![PathBuf::from("locales"), PathBuf::from("src/views")];
    for folder in &folders {
        println!("cargo::rerun-if-changed={}", folder.display());
    }
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

/// `verify.sms.title` becomes `VERIFY_SMS_TITLE`.
fn constant(name: &str) -> String {
    name.replace('.', "_").to_uppercase()
}
