//! Turns `src/embed/js/constants.js` into the same constants for Rust, so that scripts and program cannot differ.
//! Not here: a JavaScript parser. A line that is not a comment or a constant fails the build.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;

/// The source, relative to the package.
const SOURCE: &str = "src/embed/js/constants.js";

/// Reads the scripts' constants, and returns the Rust source of the same constants.
#[cfg_attr(test, expect(dead_code, reason = "build.rs calls it"))]
pub(crate) fn generate() -> Result<String, Box<dyn Error>> {
    println!("cargo::rerun-if-changed={SOURCE}");
    let script = fs::read_to_string(SOURCE).map_err(|error| format!("{SOURCE}: {error}"))?;
    Ok(to_rust(&script)?)
}

/// The Rust source for a script of comments and lines like `export const NAME = "value";`. The comment directly
/// above a constant becomes its documentation.
fn to_rust(script: &str) -> Result<String, String> {
    let mut code = String::new();
    let mut names = Vec::new();
    let mut docs = Vec::new();
    for (index, line) in script.lines().enumerate() {
        let wrong = |problem: &str| format!("{SOURCE}, line {}: {problem}: {line}", index + 1);
        if let Some(comment) = line.strip_prefix("//") {
            docs.push(comment);
        } else if line.is_empty() {
            docs.clear();
        } else {
            let (name, value) = constant(line).ok_or_else(|| wrong("not `export const NAME = \"value\";`"))?;
            if names.contains(&name) {
                return Err(wrong("this name is there already"));
            }
            if docs.is_empty() {
                return Err(wrong("a constant needs a comment above it"));
            }
            names.push(name);
            for doc in docs.drain(..) {
                let _infallible = writeln!(code, "///{doc}");
            }
            let _infallible = writeln!(code, "pub const {name}: &str = {value:?};");
        }
    }
    if names.is_empty() { Err(format!("{SOURCE} has no constants")) } else { Ok(code) }
}

/// Name and value of a constant.
fn constant(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.strip_prefix("export const ")?.strip_suffix("\";")?.split_once(" = \"")?;
    let is_name = name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
    // What stands for itself in the string literals of both languages.
    let is_plain = value.chars().all(|c| (' '..='~').contains(&c) && c != '"' && c != '\\');
    (is_name && is_plain).then_some((name, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constant_keeps_its_name_value_and_comment() {
        let script =
            "// The header.\n\n// One.\n// Two.\nexport const A_1 = \"data-x\";\n// Three.\nexport const B = \"*\";\n";
        let rust = "/// One.\n/// Two.\npub const A_1: &str = \"data-x\";\n/// Three.\npub const B: &str = \"*\";\n";
        assert_eq!(to_rust(script).as_deref(), Ok(rust));
    }

    #[test]
    fn a_line_it_does_not_understand_is_reported() {
        for line in [
            "export const A = 1;",
            "export const A = \"x\"",
            "export const A = 'x';",
            "export const A = \"x\" + \"y\";",
            "export const A = \"\\n\";",
            "export const A = \"\u{e4}\";",
            "export const a = \"x\";",
            "export const A: &str = \"x\";",
            "export let A = \"x\";",
            "const A = \"x\";",
            " export const A = \"x\";",
            "export const A = \"x\"; // A comment.",
            "/* A comment. */",
        ] {
            let error = to_rust(&format!("// A.\n{line}\n"));
            let expected = format!("{SOURCE}, line 2: not `export const NAME = \"value\";`: {line}");
            assert_eq!(error, Err(expected));
        }
    }

    #[test]
    fn a_constant_has_one_value_and_a_comment() {
        let twice = to_rust("// A.\nexport const A = \"x\";\n// A.\nexport const A = \"y\";\n");
        assert_eq!(twice, Err(format!("{SOURCE}, line 4: this name is there already: export const A = \"y\";")));
        for before in ["", "// The header.\n\n"] {
            let bare = to_rust(&format!("{before}export const A = \"x\";\n"));
            assert!(bare.is_err_and(|error| error.contains("needs a comment above it")), "{before:?}");
        }
        assert_eq!(to_rust("// A.\n"), Err(format!("{SOURCE} has no constants")));
    }

    #[test]
    fn the_constants_of_the_scripts_are_understood() {
        let script = include_str!("../src/embed/js/constants.js");
        let rust = to_rust(script).unwrap_or_default();
        assert_eq!(rust.matches("pub const ").count(), script.matches("export const ").count());
        assert!(rust.contains("pub const STATIC_ATTRIBUTE: &str = \"data-oaw-static\";"), "{rust}");
    }
}
