//! Puts one module into another: what two parts reach, into the part that is loaded first. Both were split from one program, so
//! that they import the same memory and table, and reach each other's functions through the table alone. Not here: what is in a
//! module.

use std::path::Path;

use anyhow::{Context as _, bail};
use wasm_encoder::{
    CodeSection, CustomSection, DataCountSection, DataSection, ElementSection, FunctionSection, ImportSection, Module,
    RawSection, SectionId,
    reencode::{self, Reencode, RoundtripReencoder},
};
use wasmparser::{DataSectionReader, ElementSectionReader, FunctionBody, Import, Imports, Parser, Payload, TypeRef};

use crate::modules::{read, write};

/// The section that tells wasm-opt what it may use.
const FEATURES: &str = "target_features";

/// Puts `shared` into `module`.
pub(crate) fn into(module: &Path, shared: &Path) -> anyhow::Result<()> {
    let merged = merged(&read(module)?, &read(shared)?)
        .with_context(|| format!("could not put {} into {}", shared.display(), module.display()))?;
    write(module, &merged)
}

fn merged(first: &[u8], second: &[u8]) -> anyhow::Result<Vec<u8>> {
    let (first, second) = (Contents::of(first)?, Contents::of(second)?);
    if first.types != second.types {
        bail!("they were not split from one program: their types differ");
    }
    let mut imports = first.imports.clone();
    let mut moved = Moved {
        functions: u32::try_from(first.functions.len())?,
        data: first.data.as_ref().map_or(0, DataSectionReader::count),
        kinds: Default::default(),
    };
    for import in second.imports {
        let place = imports.iter().position(|other| (other.module, other.name) == (import.module, import.name));
        let place = place.unwrap_or_else(|| {
            imports.push(import);
            imports.len() - 1
        });
        let kind = kind(&import)?;
        let before = imports.iter().take(place).filter(|other| self::kind(other).is_ok_and(|other| other == kind));
        let index = u32::try_from(before.count())?;
        moved.of_kind(kind).push(index);
    }

    let mut module = Module::new();
    module.section(&RawSection { id: SectionId::Type.into(), data: first.types });
    let mut section = ImportSection::new();
    for import in imports {
        RoundtripReencoder.parse_imports(&mut section, Imports::Single(0, import))?;
    }
    module.section(&section);
    let mut section = FunctionSection::new();
    for ty in first.functions.iter().chain(&second.functions) {
        section.function(*ty);
    }
    module.section(&section);
    let mut section = ElementSection::new();
    if let Some(elements) = first.elements {
        RoundtripReencoder.parse_element_section(&mut section, elements)?;
    }
    if let Some(elements) = second.elements {
        moved.parse_element_section(&mut section, elements).map_err(of_reencode)?;
    }
    module.section(&section);
    let (mut code, mut data) = (CodeSection::new(), DataSection::new());
    for body in &first.bodies {
        code.raw(body.as_bytes());
    }
    for body in second.bodies {
        moved.parse_function_body(&mut code, body).map_err(of_reencode)?;
    }
    if let Some(segments) = first.data {
        RoundtripReencoder.parse_data_section(&mut data, segments)?;
    }
    if let Some(segments) = second.data {
        moved.parse_data_section(&mut data, segments).map_err(of_reencode)?;
    }
    module.section(&DataCountSection { count: data.len() }).section(&code).section(&data);
    if let Some(features) = first.features {
        module.section(&CustomSection { name: FEATURES.into(), data: features.into() });
    }
    Ok(module.finish())
}

fn of_reencode(error: reencode::Error<anyhow::Error>) -> anyhow::Error {
    match error {
        reencode::Error::UserError(error) => error,
        error => anyhow::anyhow!("{error}"),
    }
}

/// What a module has.
#[derive(Default)]
struct Contents<'a> {
    types: &'a [u8],
    imports: Vec<Import<'a>>,
    functions: Vec<u32>,
    elements: Option<ElementSectionReader<'a>>,
    bodies: Vec<FunctionBody<'a>>,
    data: Option<DataSectionReader<'a>>,
    features: Option<&'a [u8]>,
}

impl<'a> Contents<'a> {
    fn of(wasm: &'a [u8]) -> anyhow::Result<Self> {
        let mut contents = Self::default();
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::TypeSection(section) => {
                    let range = section.range();
                    let bytes = wasm.get(usize::try_from(range.start)?..usize::try_from(range.end)?);
                    contents.types = bytes.context("the types go beyond the end of the module")?;
                }
                Payload::ImportSection(section) => {
                    contents.imports = section.into_imports().collect::<Result<_, _>>()?;
                }
                Payload::FunctionSection(section) => {
                    contents.functions = section.into_iter().collect::<Result<_, _>>()?;
                }
                Payload::ElementSection(section) => contents.elements = Some(section),
                Payload::CodeSectionEntry(body) => contents.bodies.push(body),
                Payload::DataSection(section) => contents.data = Some(section),
                Payload::CustomSection(section) if section.name() == FEATURES => {
                    contents.features = Some(section.data());
                }
                Payload::ExportSection(section) if section.count() == 0 => {}
                // Names are for people, and the rest follows from the other sections.
                Payload::Version { .. }
                | Payload::DataCountSection { .. }
                | Payload::CodeSectionStart { .. }
                | Payload::CustomSection(_)
                | Payload::End(_) => {}
                other => bail!("a part has a section that none should have: {other:?}"),
            }
        }
        Ok(contents)
    }
}

/// Kinds of imports. A part imports no function: it reaches them through the table.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Table,
    Memory,
    Global,
}

fn kind(import: &Import<'_>) -> anyhow::Result<Kind> {
    match import.ty {
        TypeRef::Table(_) => Ok(Kind::Table),
        TypeRef::Memory(_) => Ok(Kind::Memory),
        TypeRef::Global(_) => Ok(Kind::Global),
        _ => bail!("a part imports {} from {}, which is no table, memory or global", import.name, import.module),
    }
}

/// The new numbers of what the second module has.
struct Moved {
    /// How many functions stand before its own.
    functions: u32,
    /// How many segments of data.
    data: u32,
    /// By kind and old number, the new one.
    kinds: [Vec<u32>; 3],
}

impl Moved {
    fn of_kind(&mut self, kind: Kind) -> &mut Vec<u32> {
        let [tables, memories, globals] = &mut self.kinds;
        match kind {
            Kind::Table => tables,
            Kind::Memory => memories,
            Kind::Global => globals,
        }
    }

    fn number(&mut self, kind: Kind, old: u32) -> Result<u32, reencode::Error<anyhow::Error>> {
        let found = usize::try_from(old).ok().and_then(|old| self.of_kind(kind).get(old)).copied();
        found.ok_or_else(|| reencode::Error::UserError(anyhow::anyhow!("something is used that is not imported")))
    }
}

impl Reencode for Moved {
    type Error = anyhow::Error;

    fn function_index(&mut self, function: u32) -> Result<u32, reencode::Error<Self::Error>> {
        Ok(self.functions + function)
    }

    fn data_index(&mut self, data: u32) -> Result<u32, reencode::Error<Self::Error>> {
        Ok(self.data + data)
    }

    fn table_index(&mut self, table: u32) -> Result<u32, reencode::Error<Self::Error>> {
        self.number(Kind::Table, table)
    }

    fn memory_index(&mut self, memory: u32) -> Result<u32, reencode::Error<Self::Error>> {
        self.number(Kind::Memory, memory)
    }

    fn global_index(&mut self, global: u32) -> Result<u32, reencode::Error<Self::Error>> {
        self.number(Kind::Global, global)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use wasm_encoder::{
        ConstExpr, Elements, EntityType, ExportKind, ExportSection, Function, GlobalType, MemoryType, RefType,
        TableType, TypeSection, ValType,
    };
    use wasmparser::Operator;

    const MEMORY: EntityType = EntityType::Memory(MemoryType {
        minimum: 1,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    });
    const GLOBAL: EntityType = EntityType::Global(GlobalType { val_type: ValType::I32, mutable: true, shared: false });
    const TABLE: EntityType = EntityType::Table(TableType {
        element_type: RefType::FUNCREF,
        table64: false,
        minimum: 9,
        maximum: None,
        shared: false,
    });

    /// A part of two functions, of which the second calls the first. Its table begins at `start`, its data too.
    fn part(imports: &[(&str, EntityType)], start: i32, export: bool) -> Vec<u8> {
        let (mut types, mut section) = (TypeSection::new(), ImportSection::new());
        types.ty().function([], []);
        for (name, ty) in imports {
            section.import("shared", name, *ty);
        }
        let mut module = Module::new();
        module.section(&types).section(&section);
        let (mut functions, mut code) = (FunctionSection::new(), CodeSection::new());
        for callee in [None, Some(0)] {
            functions.function(0);
            let mut function = Function::new([]);
            match callee {
                Some(callee) => function.instructions().call(callee).end(),
                None => function.instructions().global_get(0).drop().end(),
            };
            code.function(&function);
        }
        module.section(&functions);
        let mut exports = ExportSection::new();
        if export {
            exports.export("log", ExportKind::Func, 0);
        }
        module.section(&exports);
        let (mut elements, mut data) = (ElementSection::new(), DataSection::new());
        elements.active(Some(0), &ConstExpr::i32_const(start), Elements::Functions([0, 1].as_slice().into()));
        data.active(0, &ConstExpr::i32_const(start), [7]);
        module.section(&elements).section(&DataCountSection { count: 1 }).section(&code).section(&data);
        module.finish()
    }

    fn first() -> Vec<u8> {
        part(&[("memory", MEMORY), ("table", TABLE), ("stack", GLOBAL)], 1, false)
    }

    #[test]
    fn both_keep_what_they_do() {
        // It imports the same in another order, and one thing more.
        let second = part(&[("other", GLOBAL), ("table", TABLE), ("memory", MEMORY), ("stack", GLOBAL)], 3, false);
        let merged = merged(&first(), &second).unwrap();
        let contents = Contents::of(&merged).unwrap();
        let names: Vec<&str> = contents.imports.iter().map(|import| import.name).collect();
        assert_eq!(names, ["memory", "table", "stack", "other"]);
        let calls = |body: &FunctionBody<'_>| {
            let operators = body.get_operators_reader().unwrap().into_iter().map(Result::unwrap);
            let found = operators.filter_map(|operator| match operator {
                Operator::Call { function_index } => Some(format!("call {function_index}")),
                Operator::GlobalGet { global_index } => Some(format!("global {global_index}")),
                _ => None,
            });
            found.collect::<String>()
        };
        let done: Vec<String> = contents.bodies.iter().map(calls).collect();
        assert_eq!(done, ["global 0", "call 0", "global 1", "call 2"]);
        let functions = contents.elements.unwrap().into_iter().map(|element| match element.unwrap().items {
            wasmparser::ElementItems::Functions(functions) => functions.into_iter().map(Result::unwrap).collect(),
            wasmparser::ElementItems::Expressions(..) => Vec::new(),
        });
        assert_eq!(functions.collect::<Vec<Vec<u32>>>(), [[0, 1], [2, 3]]);
        assert_eq!((contents.data.unwrap().count(), contents.functions), (2, vec![0; 4]));
    }

    #[test]
    fn what_is_no_part_is_refused() {
        let refused = |second: &[u8]| merged(&first(), second).unwrap_err().to_string();
        assert!(refused(&part(&[("table", TABLE), ("stack", GLOBAL)], 3, true)).contains("ExportSection"));
        assert!(refused(&part(&[("log", EntityType::Function(0))], 3, false)).contains("log from shared"));
        assert!(refused(&Module::new().finish()).contains("their types differ"));
        // It uses a global that it does not import.
        assert!(refused(&part(&[("memory", MEMORY), ("table", TABLE)], 3, false)).contains("not imported"));
    }
}
