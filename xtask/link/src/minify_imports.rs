//! Short names for what a module and its script call of each other. wasm-bindgen names each function by what it
//! does and a hash, in both files; nobody reads those names. Exports that nobody uses are removed. Not here: a name
//! that a page calls, or that another part shares with the first.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};
use wasm_encoder::{
    ExportSection, ImportSection, Module,
    reencode::{Reencode as _, RoundtripReencoder},
};
use wasmparser::{Import, Imports, Parser, Payload};

use crate::{
    mark::rewrite,
    modules::{read, write},
    script,
    split::LINK_MODULE,
};

/// The short names by the long ones.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// What the module imports.
    pub(crate) imports: BTreeMap<String, String>,
    /// What it exports, and only its script uses.
    pub(crate) exports: BTreeMap<String, String>,
}

/// Gives short names to what the module imports and exports, and returns them for its script.
pub(crate) fn minify(module: &Path, script: &Path, parts: &[PathBuf]) -> anyhow::Result<Names> {
    let wasm = read(module)?;
    let script = String::from_utf8(read(script)?).with_context(|| script.display().to_string())?;
    let mut shared = BTreeSet::new();
    for part in parts {
        shared.extend(imported(&read(part)?)?);
    }
    let names = Names::of(&wasm, &script::used_exports(&script), &shared).context("could not read the module")?;
    write(module, &names.apply(&wasm, &shared)?)?;
    Ok(names)
}

/// The names that a module imports.
fn imported(wasm: &[u8]) -> anyhow::Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let Payload::ImportSection(section) = payload? else { continue };
        for import in section.into_imports() {
            names.insert(import?.name.to_owned());
        }
    }
    Ok(names)
}

impl Names {
    fn of(wasm: &[u8], used: &BTreeSet<&str>, shared: &BTreeSet<String>) -> anyhow::Result<Self> {
        let mut names = Self::default();
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        let Import { module, name, .. } = import?;
                        if name.starts_with("__wb") || module == LINK_MODULE {
                            let short = short(names.imports.len());
                            names.imports.entry(name.to_owned()).or_insert(short);
                        }
                    }
                }
                Payload::ExportSection(section) => {
                    for export in section {
                        let name = export?.name;
                        if used.contains(name) && !shared.contains(name) {
                            names.exports.insert(name.to_owned(), short(names.exports.len()));
                        }
                    }
                }
                _ => {}
            }
        }
        if names.imports.is_empty() || names.exports.is_empty() {
            bail!("it imports nothing that wasm-bindgen named, or exports nothing that its script uses");
        }
        Ok(names)
    }

    /// The module with the short names, and everything else as it was.
    fn apply(&self, wasm: &[u8], shared: &BTreeSet<String>) -> anyhow::Result<Vec<u8>> {
        rewrite(wasm, |module: &mut Module, payload| {
            match payload {
                Payload::ImportSection(section) => {
                    let mut imports = ImportSection::new();
                    for import in section.clone().into_imports() {
                        let import = import?;
                        let name = self.imports.get(import.name).map_or(import.name, String::as_str);
                        RoundtripReencoder
                            .parse_imports(&mut imports, Imports::Single(0, Import { name, ..import }))?;
                    }
                    module.section(&imports);
                }
                Payload::ExportSection(section) => {
                    let mut exports = ExportSection::new();
                    for export in section.clone() {
                        let export = export?;
                        let name = match self.exports.get(export.name) {
                            Some(short) => short,
                            None if shared.contains(export.name) => export.name,
                            None => continue,
                        };
                        exports.export(name, RoundtripReencoder.export_kind(export.kind)?, export.index);
                    }
                    module.section(&exports);
                }
                _ => return Ok(false),
            }
            Ok(true)
        })
    }
}

/// `a` to `z`, then `aa`, `ba` and so on.
fn short(number: usize) -> String {
    let mut name = String::new();
    let mut rest = number;
    loop {
        let letter = u8::try_from(rest % 26).unwrap_or_default();
        name.push(char::from(b'a' + letter));
        rest /= 26;
        if rest == 0 {
            return name;
        }
        rest -= 1;
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use wasm_encoder::{EntityType, ExportKind, TypeSection};

    fn module(imports: &[(&str, &str)], exports: &[&str]) -> Vec<u8> {
        let (mut types, mut import_section, mut export_section) =
            (TypeSection::new(), ImportSection::new(), ExportSection::new());
        types.ty().function([], []);
        for (module, name) in imports {
            import_section.import(module, name, EntityType::Function(0));
        }
        for name in exports {
            export_section.export(name, ExportKind::Func, 0);
        }
        let mut module = Module::new();
        module.section(&types).section(&import_section).section(&export_section);
        module.finish()
    }

    #[test]
    fn imports_and_exports_get_short_names() {
        let wasm = module(
            &[("./a_bg.js", "__wbg_log_1f"), ("env", "memory"), ("link", "__wasm_split_load_transaction")],
            &["mount", "main", "__indirect_function_table"],
        );
        let shared = BTreeSet::from(["__indirect_function_table".to_owned()]);
        let used = BTreeSet::from(["mount", "__indirect_function_table"]);
        let names = Names::of(&wasm, &used, &shared).unwrap();
        let expected = module(
            &[("./a_bg.js", "a"), ("env", "memory"), ("link", "b")],
            // Nobody uses `main`, and the second part shares the table by its name.
            &["a", "__indirect_function_table"],
        );
        assert_eq!(names.apply(&wasm, &shared).unwrap(), expected);
    }

    #[test]
    fn a_module_that_was_not_bound_is_refused() {
        assert!(
            Names::of(&module(&[("env", "log")], &["mount"]), &BTreeSet::from(["mount"]), &BTreeSet::new()).is_err()
        );
    }

    #[test]
    fn short_names_are_different() {
        assert_eq!([0, 25, 26, 27, 52, 701, 702].map(short), ["a", "z", "aa", "ba", "ab", "zz", "aaa"]);
        assert_eq!((0..2000).map(short).collect::<BTreeSet<_>>().len(), 2000);
    }
}
