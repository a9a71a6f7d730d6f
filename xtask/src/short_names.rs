//! Short names for what a module imports from its script. wasm-bindgen names each import by what it does and
//! a hash, in both files; nobody reads those names, and together they weigh more than any one screen. Never
//! here: a name that a page calls.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context as _, bail};
use wasm_encoder::{
    ImportSection, Module, RawSection,
    reencode::{Reencode as _, RoundtripReencoder},
};
use wasmparser::{Import, Imports, Parser, Payload};

/// Renames what the module imports, in the module and in its script.
pub(crate) fn give(module: &Path, script: &Path) -> anyhow::Result<()> {
    let file_name = |path: &Path| path.display().to_string();
    let wasm = fs::read(module).with_context(|| file_name(module))?;
    let names = short_names(&wasm).with_context(|| file_name(module))?;
    let text = fs::read_to_string(script).with_context(|| file_name(script))?;
    fs::write(script, renamed(&text, &names).with_context(|| file_name(script))?)?;
    fs::write(module, reimported(&wasm, &names).with_context(|| file_name(module))?)?;
    Ok(())
}

type Names = BTreeMap<String, String>;

/// A short name for each import that wasm-bindgen named.
fn short_names(wasm: &[u8]) -> anyhow::Result<Names> {
    let mut names = Names::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let Payload::ImportSection(section) = payload? else { continue };
        for import in section.into_imports() {
            let Import { name, .. } = import?;
            if name.starts_with("__wb") {
                let short = format!("{:x}", names.len());
                names.entry(name.to_owned()).or_insert(["_", &short].concat());
            }
        }
    }
    if names.is_empty() {
        bail!("it imports nothing that wasm-bindgen named");
    }
    Ok(names)
}

/// The script with the short names. Each long one stands there once, as a key of the object of imports.
fn renamed(script: &str, names: &Names) -> anyhow::Result<String> {
    let mut out = String::with_capacity(script.len());
    let mut found = 0;
    let mut rest = script;
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    while let Some(start) = rest.find("__wb") {
        let (before, after) = rest.split_at(start);
        let (word, behind) = after.split_at(after.find(|c| !is_part(c)).unwrap_or(after.len()));
        out.push_str(before);
        match names.get(word).filter(|_| !before.ends_with(is_part)) {
            Some(short) => {
                out.push_str(short);
                found += 1;
            }
            None => out.push_str(word),
        }
        rest = behind;
    }
    out.push_str(rest);
    if found != names.len() {
        bail!("it names {found} of the {} imports, each of which must be there once", names.len());
    }
    Ok(out)
}

/// The module with the short names, and everything else as it was.
fn reimported(wasm: &[u8], names: &Names) -> anyhow::Result<Vec<u8>> {
    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        if let Payload::ImportSection(section) = payload {
            let mut imports = ImportSection::new();
            for import in section.into_imports() {
                let import = import?;
                let name = names.get(import.name).map_or(import.name, String::as_str);
                RoundtripReencoder.parse_imports(&mut imports, Imports::Single(0, Import { name, ..import }))?;
            }
            module.section(&imports);
        } else if let Some((id, range)) = payload.as_section() {
            let data = wasm
                .get(usize::try_from(range.start)?..usize::try_from(range.end)?)
                .context("a section beyond the end")?;
            module.section(&RawSection { id, data });
        }
    }
    Ok(module.finish())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use wasm_encoder::{EntityType, TypeSection};

    fn module(names: &[&str]) -> Vec<u8> {
        let (mut types, mut imports) = (TypeSection::new(), ImportSection::new());
        types.ty().function([], []);
        for name in names {
            imports.import("./a_bg.js", name, EntityType::Function(0));
        }
        let mut module = Module::new();
        module.section(&types).section(&imports);
        module.finish()
    }

    #[test]
    fn both_files_agree_on_the_short_names() {
        let wasm = module(&["__wbg_log_1f", "memory", "__wbindgen_cast_2"]);
        let names = short_names(&wasm).unwrap();
        assert_eq!(reimported(&wasm, &names).unwrap(), module(&["_0", "memory", "_1"]));
        let script = "x.__wbg_ptr=1;const i={__wbg_log_1f:()=>0,__wbindgen_cast_2(){},a__wbg_log_1f:1}";
        assert_eq!(renamed(script, &names).unwrap(), "x.__wbg_ptr=1;const i={_0:()=>0,_1(){},a__wbg_log_1f:1}");
    }

    #[test]
    fn a_script_that_names_an_import_twice_or_never_is_refused() {
        let names = short_names(&module(&["__wbg_log_1f"])).unwrap();
        for script in ["{}", "{__wbg_log_1f:1,b:__wbg_log_1f}"] {
            assert!(renamed(script, &names).is_err(), "{script}");
        }
        assert!(short_names(&module(&["memory"])).is_err());
    }
}
