//! The order of a module's functions. A compressor spends less on what it has seen a moment ago, so each
//! function is followed by the one most like it; linkers order by name. Never here: a change to a function,
//! other than the numbers of those it calls.

use std::{
    collections::{BTreeMap, BTreeSet},
    convert::Infallible,
    fs,
    path::Path,
};

use anyhow::{Context as _, bail};
use wasm_encoder::{
    CodeSection, FunctionSection, Module,
    reencode::{self, Reencode, utils},
};
use wasmparser::{CodeSectionReader, FunctionSectionReader, Parser, Payload, TypeRef};

/// How long a piece of code is that two functions have in common, in bytes.
const PIECE: usize = 4;
/// What more functions have than this says little about any of them.
const COMMON: usize = 120;
/// How much it counts to be like the last function, the one before it, and so on.
const NEARNESS: [f64; 3] = [1.0, 0.5, 0.25];

/// Orders a module's functions by how alike they are.
pub(crate) fn put_together(module: &Path) -> anyhow::Result<()> {
    let name = || module.display().to_string();
    let wasm = fs::read(module).with_context(name)?;
    fs::write(module, ordered(&wasm).with_context(name)?).with_context(name)
}

fn ordered(wasm: &[u8]) -> anyhow::Result<Vec<u8>> {
    let (mut imported, mut bodies) = (0, Vec::new());
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_) | TypeRef::FuncExact(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes()),
            _ => {}
        }
    }
    let mut module = Module::new();
    Ordering::new(imported, chain(&bodies))?
        .parse_core_module(&mut module, Parser::new(0), wasm)
        .map_err(|error| anyhow::anyhow!("{error}"))?;
    Ok(module.finish())
}

/// The functions in their new order: the longest first, then always the one that is most like those before.
fn chain(bodies: &[&[u8]]) -> Vec<usize> {
    let pieces: Vec<BTreeSet<&[u8]>> = bodies.iter().map(|body| body.windows(PIECE).collect()).collect();
    let mut owners: BTreeMap<&[u8], Vec<usize>> = BTreeMap::new();
    for (function, pieces) in pieces.iter().enumerate() {
        for piece in pieces {
            owners.entry(piece).or_default().push(function);
        }
    }
    owners.retain(|_, functions| functions.len() < COMMON);

    let length = |function: usize| bodies.get(function).map_or(0, |body| body.len());
    let mut left: BTreeSet<usize> = (0..bodies.len()).collect();
    let mut order = Vec::with_capacity(bodies.len());
    while !left.is_empty() {
        let mut alike: BTreeMap<usize, f64> = BTreeMap::new();
        for (before, nearness) in order.iter().rev().zip(NEARNESS) {
            for piece in pieces.get(*before).into_iter().flatten() {
                if let Some(functions) = owners.get(piece) {
                    let weight = nearness / size(functions.len()).sqrt();
                    for function in functions.iter().filter(|function| left.contains(function)) {
                        *alike.entry(*function).or_default() += weight;
                    }
                }
            }
        }
        // Long functions have something in common with everyone.
        let score = |function: usize, sum: f64| sum / (size(length(function)) + 20.0).powf(0.7);
        let best = alike.iter().max_by(|one, other| score(*one.0, *one.1).total_cmp(&score(*other.0, *other.1)));
        let next = best.map(|(function, _)| *function);
        let Some(next) = next.or_else(|| left.iter().copied().max_by_key(|function| length(*function))) else { break };
        left.remove(&next);
        order.push(next);
    }
    order
}

fn size(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}

/// Writes a module anew with its functions in another order.
struct Ordering {
    imported: u32,
    /// Old places in the new order.
    order: Vec<usize>,
    /// New places in the old order.
    places: Vec<u32>,
}

impl Ordering {
    fn new(imported: u32, order: Vec<usize>) -> anyhow::Result<Self> {
        let mut places = vec![0; order.len()];
        for (place, function) in (0..).zip(&order) {
            *places.get_mut(*function).context("a function that is not there")? = place;
        }
        if order.iter().collect::<BTreeSet<_>>().len() != places.len() {
            bail!("a function got lost");
        }
        Ok(Self { imported, order, places })
    }

    fn pick<'a, T>(&'a self, from: &'a [T]) -> impl Iterator<Item = &'a T> {
        self.order.iter().filter_map(|function| from.get(*function))
    }
}

impl Reencode for Ordering {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, reencode::Error> {
        let own = function.checked_sub(self.imported).and_then(|own| self.places.get(usize::try_from(own).ok()?));
        Ok(own.map_or(function, |place| self.imported + place))
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Result<(), reencode::Error> {
        let types = section.into_iter().collect::<Result<Vec<u32>, _>>()?;
        for ty in self.pick(&types) {
            functions.function(*ty);
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Result<(), reencode::Error> {
        let bodies = section.into_iter().collect::<Result<Vec<_>, _>>()?;
        let picked: Vec<_> = self.pick(&bodies).cloned().collect();
        for body in picked {
            utils::parse_function_body(self, code, body)?;
        }
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use wasm_encoder::{EntityType, ExportKind, ExportSection, Function, ImportSection, TypeSection};

    /// A module that imports a function and has these of its own, exported as "0", "1", …
    fn module(functions: &[&Function]) -> Vec<u8> {
        let (mut types, mut imports) = (TypeSection::new(), ImportSection::new());
        let (mut declared, mut exports, mut code) = (FunctionSection::new(), ExportSection::new(), CodeSection::new());
        types.ty().function([], []);
        imports.import("", "log", EntityType::Function(0));
        for (index, function) in (1..).zip(functions) {
            declared.function(0);
            exports.export(&(index - 1).to_string(), ExportKind::Func, index);
            code.function(function);
        }
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&declared).section(&exports).section(&code);
        module.finish()
    }

    fn calling(times: usize, callee: u32) -> Function {
        let mut function = Function::new([]);
        for _ in 0..times {
            function.instructions().nop().call(callee).i32_const(7).drop();
        }
        function.instructions().end();
        function
    }

    /// By its exported name: where a function is, and whom it calls.
    fn calls(wasm: &[u8]) -> BTreeMap<String, (u32, BTreeSet<u32>)> {
        let (mut names, mut targets) = (Vec::new(), Vec::<BTreeSet<u32>>::new());
        for payload in Parser::new(0).parse_all(wasm) {
            match payload.unwrap() {
                Payload::ExportSection(section) => {
                    names = section.into_iter().map(Result::unwrap).map(|it| (it.name.to_owned(), it.index)).collect();
                }
                Payload::CodeSectionEntry(body) => {
                    let operators = body.get_operators_reader().unwrap().into_iter().map(Result::unwrap);
                    let callee = |operator| match operator {
                        wasmparser::Operator::Call { function_index } => Some(function_index),
                        _ => None,
                    };
                    targets.push(operators.filter_map(callee).collect());
                }
                _ => {}
            }
        }
        let found = |index: u32| targets[usize::try_from(index - 1).unwrap()].clone();
        names.into_iter().map(|(name, index)| (name, (index, found(index)))).collect()
    }

    #[test]
    fn what_is_alike_stands_together_and_calls_whom_it_called() {
        let stranger = {
            let mut function = Function::new([]);
            function.instructions().i64_const(123_456_789).drop().end();
            function
        };
        // The first two are alike but for one call; the third lies between them.
        let wasm = module(&[&calling(9, 0), &stranger, &calling(8, 2)]);
        let before = calls(&wasm);
        assert_eq!(before["2"], (3, BTreeSet::from([2])));
        let after = calls(&ordered(&wasm).unwrap());
        assert_eq!(after["0"], (1, BTreeSet::from([0])), "what is imported keeps its number");
        assert_eq!(after["2"], (2, BTreeSet::from([3])));
        assert_eq!(after["1"], (3, BTreeSet::new()));
    }

    #[test]
    fn an_order_has_every_function_once() {
        assert!(Ordering::new(0, vec![1, 1]).is_err());
        assert!(Ordering::new(0, vec![0, 2]).is_err());
    }
}
