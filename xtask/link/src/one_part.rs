//! The program in one part again, for what can't link another one: each function that `split.rs`, the browser or
//! wasm-bindgen would provide later gets its body here. What is left needs no reference types. Not here: how it is
//! translated (`translate.rs`).

use anyhow::{Context as _, bail};
use walrus::{InstrSeqBuilder, LocalId, Module, RawCustomSection, ValType};
use wasmparser::BinaryReader;

use crate::split::{PARTS, load};

/// The module from which the compiled program imports what the splitter replaces.
const SPLIT: &str = "__wasm_split_placeholder__";

/// The module from which it imports what wasm-bindgen replaces where a module has reference types.
const REFERENCES: &str = "__wbindgen_externref_xform__";

/// The first index of a JavaScript value that can be dropped. Those before it are the stack and the constants.
/// `translate.rs` compares it with what wasm-bindgen writes.
pub(crate) const FIRST_VALUE: i32 = 1028;

/// The section in which the compiler lists the features that a module uses.
const FEATURES: &str = "target_features";

/// What wasm-bindgen would make of a module with these needs WebAssembly.
const WITHOUT: [&str; 2] = ["reference-types", "multivalue"];

/// The compiled program in one part, before wasm-bindgen has seen it.
pub(crate) fn join(program: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut module = Module::from_buffer(program).map_err(|error| anyhow::anyhow!("{error:#}"))?;
    join_parts(&mut module)?;
    replace(&mut module, REFERENCES, "__wbindgen_externref_statics_end", |body, _| {
        body.i32_const(FIRST_VALUE);
    })?;
    // Their offsets are those of the program as it was linked.
    for section in ["linking", "reloc.CODE", "reloc.DATA"] {
        module.customs.remove_raw(section);
    }
    let features = module.customs.remove_raw(FEATURES).context("the compiler listed no features")?;
    let data = without(&features.data)?;
    module.customs.add(RawCustomSection { name: FEATURES.to_owned(), data });
    Ok(module.emit_wasm())
}

/// What would load a part tells at once that it is there, and the functions of the parts are called directly.
fn join_parts(module: &mut Module) -> anyhow::Result<()> {
    let table = module.tables.main_function_table().map_err(|error| anyhow::anyhow!("{error:#}"))?;
    let table = table.context("the program has no table of functions")?;
    let then = module.types.add(&[ValType::I32, ValType::I32], &[]);
    for part in PARTS {
        replace(module, SPLIT, &load(part), |body, arguments| {
            if let [callback, data] = arguments {
                body.local_get(*data).i32_const(1).local_get(*callback).call_indirect(then, table);
            }
        })?;
    }
    let imports: Vec<String> =
        module.imports.iter().filter(|import| import.module == SPLIT).map(|import| import.name.clone()).collect();
    for import in imports {
        let export = import.replacen("_import_", "_export_", 1);
        let function = module.exports.get_func(&export).map_err(|error| anyhow::anyhow!("{export}: {error:#}"))?;
        replace(module, SPLIT, &import, |body, arguments| {
            for argument in arguments {
                body.local_get(*argument);
            }
            body.call(function);
        })?;
        let id = module.exports.iter().find(|one| one.name == export).map(walrus::Export::id);
        if let Some(id) = id {
            module.exports.delete(id);
        }
    }
    Ok(())
}

/// Gives a body to a function that the module imports, where it does.
fn replace(
    module: &mut Module,
    from: &str,
    name: &str,
    body: impl FnOnce(&mut InstrSeqBuilder, &[LocalId]),
) -> anyhow::Result<()> {
    let Ok(function) = module.imports.get_func(from, name) else { return Ok(()) };
    let replaced = module.replace_imported_func(function, |(builder, arguments)| body(builder, arguments));
    replaced.map(|_| ()).map_err(|error| anyhow::anyhow!("{name}: {error:#}"))
}

/// The list of features without those.
fn without(features: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut reader = BinaryReader::new(features, 0);
    let count = reader.read_var_u32()?;
    let (mut left, mut names) = (0_u8, Vec::new());
    for _ in 0..count {
        let prefix = reader.read_u8()?;
        let name = reader.read_string()?;
        if WITHOUT.contains(&name) {
            continue;
        }
        left += 1;
        names.push(prefix);
        names.push(u8::try_from(name.len())?);
        names.extend(name.bytes());
    }
    if left > 127 || names.iter().any(|byte| *byte > 127) {
        bail!("the list of features is longer than this reads: {left}");
    }
    Ok([vec![left], names].concat())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use walrus::{FunctionBuilder, RefType};

    const LIST: &[u8] = b"\x03+\x0freference-types+\x08sign-ext+\x0amultivalue";

    /// A program that imports what the splitter and wasm-bindgen would provide.
    fn program() -> Vec<u8> {
        let mut module = Module::default();
        module.tables.add_local(false, 1, None, RefType::FUNCREF);
        let two = module.types.add(&[ValType::I32, ValType::I32], &[]);
        let one = module.types.add(&[], &[ValType::I32]);
        let [load, other] = PARTS.map(|part| module.add_import_func(SPLIT, &load(part), two).0);
        let (view, _) = module.add_import_func(SPLIT, "__wasm_split_00transaction00_import_1_view", one);
        let (end, _) = module.add_import_func(REFERENCES, "__wbindgen_externref_statics_end", one);
        module.add_import_func("./a_bg.js", "__wbg_log", two);
        let mut builder = FunctionBuilder::new(&mut module.types, &[], &[ValType::I32]);
        builder.func_body().i32_const(7);
        let there = builder.finish(Vec::new(), &mut module.funcs);
        module.exports.add("__wasm_split_00transaction00_export_1_view", there);
        let mut builder = FunctionBuilder::new(&mut module.types, &[], &[ValType::I32]);
        builder
            .func_body()
            .i32_const(0)
            .i32_const(1)
            .call(load)
            .i32_const(0)
            .i32_const(1)
            .call(other)
            .call(end)
            .drop()
            .call(view);
        let main = builder.finish(Vec::new(), &mut module.funcs);
        module.exports.add("main", main);
        module.customs.add(RawCustomSection { name: FEATURES.to_owned(), data: LIST.to_vec() });
        module.customs.add(RawCustomSection { name: "linking".to_owned(), data: vec![2] });
        module.emit_wasm()
    }

    #[test]
    fn only_what_a_browser_provides_is_imported() {
        let module = Module::from_buffer(&join(&program()).unwrap()).unwrap();
        let imports: Vec<_> = module.imports.iter().map(|import| import.name.as_str()).collect();
        assert_eq!(imports, ["__wbg_log"]);
        let exports: Vec<_> = module.exports.iter().map(|export| export.name.as_str()).collect();
        assert_eq!(exports, ["main"]);
        assert!(module.customs.iter().all(|(_, section)| section.name() != "linking"));
    }

    #[test]
    fn a_program_that_is_in_one_part_stays_one() {
        let joined = join(&program()).unwrap();
        assert!(Module::from_buffer(&join(&joined).unwrap()).is_ok());
    }

    #[test]
    fn features_that_need_webassembly_are_not_listed() {
        assert_eq!(without(LIST).unwrap(), b"\x01+\x08sign-ext");
        assert!(without(b"\x02+").is_err());
    }
}
