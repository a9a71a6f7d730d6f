//! Marks the modules of a build, so that only these can be linked. The mark is a hash of all: the first module exports its
//! memory by that name too, and the others import it by that name. A browser that gets modules of two builds refuses to link
//! them, before the later one has changed anything.

use anyhow::{Context as _, bail};
use sha2::{Digest as _, Sha256};
use wasm_encoder::{
    ExportKind, ExportSection, ImportSection, Module, RawSection,
    reencode::{Reencode as _, RoundtripReencoder},
};
use wasmparser::{Import, Imports, Parser, Payload, TypeRef};

/// The module from which a part imports what it shares with the first.
const SHARED: &str = "__wasm_split";

/// Modules that can be linked to each other only.
#[derive(Debug)]
pub(crate) struct Marked {
    pub(crate) main: Vec<u8>,
    pub(crate) parts: Vec<Vec<u8>>,
    mark: String,
}

impl Marked {
    /// Marks the modules of a build.
    pub(crate) fn new(main: &[u8], parts: &[Vec<u8>]) -> anyhow::Result<Self> {
        let mark = hash(std::iter::once(main).chain(parts.iter().map(Vec::as_slice)));
        let parts = parts.iter().map(|part| with_import(part, &mark)).collect::<anyhow::Result<_>>()?;
        Ok(Self { main: with_export(main, &mark)?, parts, mark })
    }

    /// The name of a part's file.
    pub(crate) fn file(&self, part: &str) -> String {
        format!("okta-sign-in-{part}-{}.wasm", self.mark)
    }
}

/// 64 bits are enough to tell builds apart.
fn hash<'a>(modules: impl Iterator<Item = &'a [u8]>) -> String {
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
                bail!("a part imports {} from {}, which nobody provides", import.name, import.module);
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
        bail!("a part imports {marked} memories, not one");
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

    fn marked(main: &[u8], parts: &[&[u8]]) -> anyhow::Result<Marked> {
        Marked::new(main, &parts.iter().map(|part| part.to_vec()).collect::<Vec<_>>())
    }

    #[test]
    fn all_modules_carry_the_same_mark() {
        let part = part(SHARED, "memory");
        let build = marked(&main(&["memory"]), &[&part, &part]).unwrap();
        assert_eq!(build.main, main(&["memory", &build.mark]));
        assert_eq!(build.parts, [self::part(SHARED, &build.mark), self::part(SHARED, &build.mark)]);
        assert_eq!(build.file("tokens"), format!("okta-sign-in-tokens-{}.wasm", build.mark));
        assert_eq!(build.mark.len(), 16);
    }

    #[test]
    fn a_change_of_any_module_changes_the_mark() {
        let mark = |main: &[u8], parts: &[&[u8]]| marked(main, parts).unwrap().mark;
        let (first, part, other) = (main(&["memory"]), part(SHARED, "memory"), part(SHARED, "m"));
        let usual = mark(&first, &[&part, &part]);
        assert_eq!(usual, mark(&first, &[&part, &part]));
        assert_ne!(usual, mark(&main(&["memory", "b"]), &[&part, &part]));
        assert_ne!(usual, mark(&first, &[&other, &part]));
        assert_ne!(usual, mark(&first, &[&part, &other]));
    }

    #[test]
    fn an_import_that_nobody_provides_is_refused() {
        let error = marked(&main(&["memory"]), &[&part("env", "memory")]).unwrap_err().to_string();
        assert!(error.contains("memory from env"), "{error}");
    }
}
