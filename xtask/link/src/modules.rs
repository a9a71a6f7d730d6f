//! The order of the steps from the compiled program to the files of a page. Not here: how a step is done.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    thread,
};

use anyhow::{Context as _, bail};
use wasmparser::{Parser, Payload};

use crate::{bindings, command, mark, minify_imports, order_functions, script, source_paths, split, translate};

/// The name of the module and of its script.
pub(crate) const NAME: &str = "okta-sign-in-core";

/// How wasm-opt optimizes, measured by what is left after brotli.
pub(crate) const OPTIMIZE: [&str; 3] = [
    "-Os",
    // A function with one caller stays a function unless it is tiny, for the compressor finds more in common between
    // small functions. Against `-Oz` alone: 2.1 of 105.0 kB of the first part, 0.1 of 74.3 kB of the second.
    "--one-caller-inline-max-function-size=15",
    // No pointer leads into the first kilobyte: it is the end of the stack. 0.3 kB of the first part, 0.4 of the second.
    "--low-memory-unused",
];

/// Where files are put.
#[derive(Debug)]
pub(crate) struct Places {
    /// What is needed in between.
    pub(crate) work: PathBuf,
    /// What takes long to make, and is used again.
    pub(crate) keep: Option<PathBuf>,
    /// What a page loads.
    pub(crate) out: PathBuf,
}

/// Makes the files of a page from the compiled program: its modules, and the script for browsers without WebAssembly.
pub(crate) fn make(program: &Path, places: &Places, one_bundle: bool) -> anyhow::Result<()> {
    empty(&places.work)?;
    fs::create_dir_all(&places.out).with_context(|| format!("could not create {}", places.out.display()))?;
    thread::scope(|scope| {
        let translated = places.keep.as_ref().map(|keep| scope.spawn(|| translate::make(program, keep, &places.out)));
        make_modules(program, places, one_bundle)?;
        translated.map_or(Ok(()), |translated| joined(translated)?)
    })
}

fn make_modules(program: &Path, places: &Places, one_bundle: bool) -> anyhow::Result<()> {
    let split::Modules { main, parts } = if one_bundle {
        without_relocations(program)?;
        split::Modules { main: program.to_owned(), parts: Vec::new() }
    } else {
        split::split(program, &places.work)?
    };
    let bound = bindings::generate(&main, &places.work, !parts.is_empty())?;

    let names = minify_imports::minify(&bound.module, &bound.script, &parts)?;
    let script = script::Script::new(&bound.script)?.with_names(&names)?;

    let optimized = optimize(std::iter::once(bound.module).chain(parts).collect())?;
    let modules = optimized.iter().map(|path| read(path)).collect::<anyhow::Result<Vec<_>>>()?;
    let main = places.out.join(format!("{NAME}_bg.wasm"));
    let (module, parts) = modules.split_first().context("there is no module")?;
    let script = if parts.is_empty() {
        write(&main, module)?;
        script
    } else {
        let marked = mark::Marked::new(module, parts)?;
        for (name, part) in split::PARTS.iter().zip(&marked.parts) {
            write(&places.out.join(marked.file(name)), part)?;
        }
        write(&main, &marked.main)?;
        script.linking()?
    };
    script.bundle(&places.work, &places.out.join(format!("{NAME}.js")))
}

/// Optimizes modules at the same time and returns where the results are.
fn optimize(modules: Vec<PathBuf>) -> anyhow::Result<Vec<PathBuf>> {
    thread::scope(|scope| {
        let running: Vec<_> = modules
            .into_iter()
            .map(|module| {
                scope.spawn(move || {
                    let optimized = module.with_extension("opt.wasm");
                    command::run(
                        Command::new("wasm-opt").arg("--quiet").args(OPTIMIZE).arg(&module).arg("-o").arg(&optimized),
                    )?;
                    source_paths::blank(&optimized)?;
                    order_functions::order(&optimized)?;
                    Ok(optimized)
                })
            })
            .collect();
        running.into_iter().map(|thread| joined(thread)?).collect()
    })
}

fn joined<T>(thread: thread::ScopedJoinHandle<'_, T>) -> anyhow::Result<T> {
    thread.join().map_err(|_| anyhow::anyhow!("a thread that makes a file panicked"))
}

/// An error when a program was linked with its relocations: only splitting it removes them, and they are more than half
/// of it.
fn without_relocations(program: &Path) -> anyhow::Result<()> {
    for payload in Parser::new(0).parse_all(&read(program)?) {
        if let Payload::CustomSection(section) = payload?
            && section.name() == "linking"
        {
            bail!("{} has relocations: link it without `--emit-relocs`", program.display());
        }
    }
    Ok(())
}

/// Makes an empty folder.
pub(crate) fn empty(folder: &Path) -> anyhow::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("could not remove {}", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("could not create {}", folder.display()))
}

/// Reads a file; the error names it.
pub(crate) fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("could not read {}", path.display()))
}

/// Writes a file; the error names it.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    fs::write(path, bytes).with_context(|| format!("could not write {}", path.display()))
}
