//! Marks the two modules as a pair, so that only these two can be linked. The mark is a hash of both: the first
//! module exports its memory by that name too, and the second one imports it by that name. A browser that gets
//! modules of two builds refuses to link them, before the second has changed anything.

use anyhow::{Context as _, bail};
use sha2::{Digest as _, Sha256};
use wasm_encoder::{
    ExportKind, ExportSection, ImportSection, Module, RawSection,
    reencode::{Reencode as _, RoundtripReencoder},
};
use wasmparser::{Import, Imports, Parser, Payload, TypeRef};

use crate::split::PART;

/// The module from which the second part imports what it shares with the first.
const SHARED: &str = "__wasm_split";

/// Two modules that can be linked to each other only.
#[derive(Debug)]
pub(crate) struct Pair {
    pub(crate) main: Vec<u8>,
    pub(crate) part: Vec<u8>,
    mark: String,
}

impl Pair {
    /// Marks two modules.
    pub(crate) fn mark(main: &[u8], part: &[u8]) -> anyhow::Result<Self> {
        let mark = hash(&[main, part]);
        Ok(Self { main: with_export(main, &mark)?, part: with_import(part, &mark)?, mark })
    }

    /// The name of the second module's file.
    pub(crate) fn part_name(&self) -> String {
        format!("okta-sign-in-{PART}-{}.wasm", self.mark)
    }
}

/// 64 bits are enough to tell builds apart.
fn hash(modules: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    for module in modules {
        hasher.update(module);
    }
    let first = hasher.finalize().iter().take(8).fold(0, |first, byte| (first << 8) | u64::from(*byte));
    format!("{first:016x}")
}

/// The module that exports its memory by one name more.
fn with_export(wasm: &[u8], mark: &str) -> anyhow::Result<Vec<u8>> {
    let mut marked = false;
    let module = rewrite(wasm, |module, payload| {
        let Payload::ExportSection(section) = payload else { return Ok(false) };
        let mut exports = ExportSection::new();
        RoundtripReencoder.parse_export_section(&mut exports, section.clone())?;
        exports.export(mark, ExportKind::Memory, 0);
        module.section(&exports);
        marked = true;
        Ok(true)
    })?;
    if !marked {
        bail!("the first module exports nothing");
    }
    Ok(module)
}

/// The module that imports its memory by that name.
fn with_import(wasm: &[u8], mark: &str) -> anyhow::Result<Vec<u8>> {
    let mut marked = 0;
    let module = rewrite(wasm, |module, payload| {
        let Payload::ImportSection(section) = payload else { return Ok(false) };
        let mut imports = ImportSection::new();
        for import in section.clone().into_imports() {
            let mut import = import?;
            if import.module != SHARED {
                bail!("the second module imports {} from {}, which nobody provides", import.name, import.module);
            }
            if matches!(import.ty, TypeRef::Memory(_)) {
                import = Import { name: mark, ..import };
                marked += 1;
            }
            RoundtripReencoder.parse_imports(&mut imports, Imports::Single(0, import))?;
        }
        module.section(&imports);
        Ok(true)
    })?;
    if marked != 1 {
        bail!("the second module imports {marked} memories, not one");
    }
    Ok(module)
}

/// Writes a module anew. `section` returns whether it has written a section itself; any other is copied.
pub(crate) fn rewrite(
    wasm: &[u8],
    mut section: impl FnMut(&mut Module, &Payload<'_>) -> anyhow::Result<bool>,
) -> anyhow::Result<Vec<u8>> {
    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        if section(&mut module, &payload)? {
            continue;
        }
        if let Some((id, range)) = payload.as_section() {
            let data = wasm
                .get(usize::try_from(range.start)?..usize::try_from(range.end)?)
                .context("a section goes beyond the end of the module")?;
            module.section(&RawSection { id, data });
        }
    }
    Ok(module.finish())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use wasm_encoder::{EntityType, MemorySection, MemoryType};

    const MEMORY: MemoryType =
        MemoryType { minimum: 1, maximum: None, memory64: false, shared: false, page_size_log2: None };

    fn main(names: &[&str]) -> Vec<u8> {
        let (mut memories, mut exports) = (MemorySection::new(), ExportSection::new());
        memories.memory(MEMORY);
        for name in names {
            exports.export(name, ExportKind::Memory, 0);
        }
        let mut module = Module::new();
        module.section(&memories).section(&exports);
        module.finish()
    }

    fn part(module: &str, name: &str) -> Vec<u8> {
        let mut imports = ImportSection::new();
        imports.import(module, name, EntityType::Memory(MEMORY));
        let mut module = Module::new();
        module.section(&imports);
        module.finish()
    }

    #[test]
    fn both_modules_carry_the_same_mark() {
        let pair = Pair::mark(&main(&["memory"]), &part(SHARED, "memory")).unwrap();
        assert_eq!(pair.main, main(&["memory", &pair.mark]));
        assert_eq!(pair.part, part(SHARED, &pair.mark));
        assert_eq!(pair.part_name(), format!("okta-sign-in-transaction-{}.wasm", pair.mark));
        assert_eq!(pair.mark.len(), 16);
    }

    #[test]
    fn a_change_of_either_module_changes_the_mark() {
        let mark = |main: &[u8], part: &[u8]| Pair::mark(main, part).unwrap().mark;
        let usual = mark(&main(&["memory"]), &part(SHARED, "memory"));
        assert_eq!(usual, mark(&main(&["memory"]), &part(SHARED, "memory")));
        assert_ne!(usual, mark(&main(&["memory", "b"]), &part(SHARED, "memory")));
        assert_ne!(usual, mark(&main(&["memory"]), &part(SHARED, "m")));
    }

    #[test]
    fn an_import_that_nobody_provides_is_refused() {
        let error = Pair::mark(&main(&["memory"]), &part("env", "memory")).unwrap_err().to_string();
        assert!(error.contains("memory from env"), "{error}");
    }
}
