//! The program as a script, for browsers in which WebAssembly is missing or refused: `wasm2js` translates it, and
//! `esbuild` puts it into one file with the script that wasm-bindgen generates. Everything that is changed in a
//! generated text must be found there: another version of a tool fails here, not in a browser. Not here: when a page
//! loads it (`src/embed/js/loader.js`).

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, bail};
use sha2::{Digest as _, Sha256};
use wasm_bindgen_cli_support::Bindgen;
use wasmparser::{CompositeInnerType, Parser, Payload, TypeRef, ValType};

use crate::{
    command,
    modules::{OPTIMIZE, empty, read, write},
    one_part, source_paths,
};

/// The name of the script.
pub(crate) const NAME: &str = "okta-sign-in-core-js";

/// The script that starts the program.
const START: &str = include_str!("../../../src/embed/js/without-wasm.js");

/// What the compiler uses and JavaScript has not.
const LOWER: [&str; 3] =
    ["--signext-lowering", "--llvm-nontrapping-fptoint-lowering", "--llvm-memory-copy-fill-lowering"];

/// What is changed in the program that `wasm2js` writes: the scripts know the errors of a program that has stopped by
/// this name (`stopped.js`).
const PROGRAM_CHANGES: [(&str, &str); 1] =
    [("throw new Error('abort')", "throw Object.assign(new Error('unreachable'), { name: 'RuntimeError' })")];

/// How that program ends: with an export of each function, of which one object is made.
const EXPORTS: (&str, &str) = ("\nexport var ", "\nexport default retasmFunc;\n");

/// What is changed in the script that wasm-bindgen writes. Memory that grows is another buffer, and the one before is
/// not detached.
const GLUE_CHANGES: [(&str, &str); 2] = [
    (
        "cachedDataViewMemory0.buffer.detached === true || (cachedDataViewMemory0.buffer.detached === undefined && \
         cachedDataViewMemory0.buffer !== wasm.memory.buffer)",
        "cachedDataViewMemory0.buffer !== wasm.memory.buffer",
    ),
    ("cachedUint8ArrayMemory0.byteLength === 0", "cachedUint8ArrayMemory0.buffer !== wasm.memory.buffer"),
];

/// Writes the script of a compiled program. It takes longer than everything else, so that the last one is kept, and
/// written again as long as the program is the same.
pub(crate) fn make(program: &Path, keep: &Path, out: &Path) -> anyhow::Result<()> {
    let wasm = read(program)?;
    let kept = keep.join(format!("{}.js", fingerprint(&wasm)?));
    if !kept.is_file() {
        empty(keep)?;
        let made = translate(&wasm, keep)?;
        fs::rename(&made, &kept).with_context(|| format!("could not keep {}", kept.display()))?;
    }
    write(&out.join(format!("{NAME}.js")), &read(&kept)?)
}

/// Changes with what is translated, and with this program.
fn fingerprint(wasm: &[u8]) -> anyhow::Result<String> {
    let this = fs::metadata(env::current_exe()?)?;
    let mut hasher = Sha256::new();
    hasher.update(wasm);
    hasher.update(format!("{} {:?}", this.len(), this.modified()?));
    let number = hasher.finalize().iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    Ok(format!("{number:016x}"))
}

fn translate(wasm: &[u8], work: &Path) -> anyhow::Result<PathBuf> {
    Bindgen::new()
        .bundler(true)?
        .input_bytes(NAME, one_part::join(wasm)?)
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(work)
        .context("wasm-bindgen could not read the program in one part")?;
    let (module, glue) = (work.join(format!("{NAME}_bg.wasm")), work.join(format!("{NAME}_bg.js")));
    no_wide_numbers(&read(&module)?)?;
    change(&glue, &GLUE_CHANGES)?;
    let text = text(&glue)?;
    if !text.contains(&format!("if (idx < {}) return;", one_part::FIRST_VALUE)) || text.contains("cachedBigInt") {
        bail!("wasm-bindgen counts JavaScript values in another way, or keeps another view of the memory");
    }

    let lowered = work.join("lowered.wasm");
    command::run(
        Command::new("wasm-opt").arg("--quiet").args(OPTIMIZE).args(LOWER).arg(&module).arg("-o").arg(&lowered),
    )?;
    source_paths::blank(&lowered)?;
    let script = work.join("program.js");
    command::run(Command::new("wasm2js").args(["-O", "--low-memory-unused"]).arg(&lowered).arg("-o").arg(&script))?;
    change(&script, &PROGRAM_CHANGES)?;
    let text = self::text(&script)?;
    let (program, _) = text.split_once(EXPORTS.0).context("the program has no exports")?;
    write(&script, [program, EXPORTS.1].concat().as_bytes())?;

    let start = work.join("start.js");
    write(&start, START.as_bytes())?;
    let bundled = work.join("bundled.js");
    let mut esbuild = Command::new("esbuild");
    esbuild.args(["--bundle", "--format=esm", "--minify", "--legal-comments=none", "--log-level=warning"]);
    command::run(esbuild.arg(&start).arg(format!("--outfile={}", bundled.display())))?;
    no_evaluation(&self::text(&bundled)?)?;
    Ok(bundled)
}

fn text(path: &Path) -> anyhow::Result<String> {
    String::from_utf8(read(path)?).with_context(|| path.display().to_string())
}

/// Changes a generated file. Each text must be there once.
fn change(path: &Path, changes: &[(&str, &str)]) -> anyhow::Result<()> {
    let mut script = text(path)?;
    for (from, to) in changes {
        match script.matches(from).count() {
            1 => script = script.replacen(from, to, 1),
            count => bail!("{} has `{from}` {count} times, not once", path.display()),
        }
    }
    write(path, script.as_bytes())
}

/// An error when a number of 64 bits passes between module and script: in JavaScript it would come in two halves, which
/// wasm-bindgen's script does not expect.
fn no_wide_numbers(wasm: &[u8]) -> anyhow::Result<()> {
    let (mut types, mut functions, mut passing) = (Vec::new(), Vec::new(), Vec::new());
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::TypeSection(section) => {
                for group in section {
                    types.extend(group?.into_types().map(|ty| match ty.composite_type.inner {
                        CompositeInnerType::Func(function) => {
                            function.params().iter().chain(function.results()).any(|ty| *ty == ValType::I64)
                        }
                        _ => false,
                    }));
                }
            }
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    let import = import?;
                    if let TypeRef::Func(ty) = import.ty {
                        passing.push((import.name.to_owned(), functions.len()));
                        functions.push(ty);
                    }
                }
            }
            Payload::FunctionSection(section) => {
                for ty in section {
                    functions.push(ty?);
                }
            }
            Payload::ExportSection(section) => {
                for export in section {
                    let export = export?;
                    if export.kind == wasmparser::ExternalKind::Func {
                        passing.push((export.name.to_owned(), usize::try_from(export.index)?));
                    }
                }
            }
            _ => {}
        }
    }
    let is_wide = |function: &usize| {
        let ty = functions.get(*function).and_then(|ty| types.get(usize::try_from(*ty).ok()?));
        ty.copied().unwrap_or(true)
    };
    let wide: Vec<_> = passing.iter().filter(|(_, function)| is_wide(function)).map(|(name, _)| name).collect();
    if wide.is_empty() { Ok(()) } else { bail!("these pass numbers of 64 bits: {wide:?}") }
}

/// An error when a strict policy would refuse the script.
fn no_evaluation(script: &str) -> anyhow::Result<()> {
    let refused = ["eval(", "new Function", "Function(", "WebAssembly"];
    let found: Vec<_> = refused
        .iter()
        .filter(|word| {
            script.match_indices(*word).any(|(at, _)| {
                let before = script.get(..at).and_then(|before| before.chars().next_back());
                !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '$' | '.' | '`' | '"' | '\''))
            })
        })
        .collect();
    if found.is_empty() { Ok(()) } else { bail!("the script has {found:?}") }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use wasm_encoder::{EntityType, ImportSection, Module, TypeSection, ValType as Encoded};

    fn importing(parameter: Encoded) -> Vec<u8> {
        let (mut types, mut imports) = (TypeSection::new(), ImportSection::new());
        types.ty().function([Encoded::I32, parameter], []);
        imports.import("./a_bg.js", "__wbg_number", EntityType::Function(0));
        let mut module = Module::new();
        module.section(&types).section(&imports);
        module.finish()
    }

    #[test]
    fn numbers_of_64_bits_do_not_pass() {
        assert!(no_wide_numbers(&importing(Encoded::F64)).is_ok());
        let error = no_wide_numbers(&importing(Encoded::I64)).unwrap_err().to_string();
        assert!(error.contains("__wbg_number"), "{error}");
    }

    #[test]
    fn what_evaluates_text_is_found() {
        assert!(no_evaluation("isFunction(a);x.eval(b);`Function(${name})`").is_ok());
        for script in ["eval(a)", "new Function(a)", "a=Function(b)", "new WebAssembly.Module(a)"] {
            assert!(no_evaluation(script).is_err(), "{script}");
        }
    }
}
