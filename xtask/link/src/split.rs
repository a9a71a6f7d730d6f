//! Splits the compiled program: what a page needs at once, and for each of [`PARTS`] what only the split point of this name
//! reaches. The work is done by `wasm_split_cli_support`. Not here: what the modules share by name (`mark.rs`), and how a part
//! is loaded (`src/embed/js/link.js`).

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use crate::{merge, modules};

/// The names of the split points in the program, which calls `__wasm_split_load_transaction` and so on. Each part needs those
/// before it: what several of them reach is in the first of these.
pub(crate) const PARTS: [&str; 2] = ["transaction", "tokens"];

/// The module from which the program imports the functions that load parts.
pub(crate) const LINK_MODULE: &str = "link";

/// What the program calls to have a part loaded.
pub(crate) fn load(part: &str) -> String {
    format!("__wasm_split_load_{part}")
}

/// The modules.
#[derive(Debug)]
pub(crate) struct Modules {
    pub(crate) main: PathBuf,
    /// Those of the parts, in order.
    pub(crate) parts: Vec<PathBuf>,
}

/// Splits the program and writes the modules into the folder.
pub(crate) fn split(program: &Path, folder: &Path) -> anyhow::Result<Modules> {
    let wasm = modules::read(program)?;
    let main = folder.join("main.wasm");
    let mut options = wasm_split_cli_support::Options::new(&wasm);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.link_name = LINK_MODULE;
    // Its errors are of another library.
    let split = wasm_split_cli_support::transform(options)
        .map_err(|error| anyhow::anyhow!("{error:#}"))
        .with_context(|| format!("could not split {}", program.display()))?;
    if split.split_modules.is_empty() {
        bail!("{} has no split point: was it compiled without the feature `split`?", program.display());
    }
    let parts = PARTS.map(|part| folder.join(format!("split_{part}.wasm"))).to_vec();
    if let Some(missing) = parts.iter().find(|part| !split.split_modules.contains(part)) {
        bail!("there is nothing behind a split point: {} is missing", missing.display());
    }
    // What both parts reach: no page loads it without the first of them.
    let others: Vec<&PathBuf> = split.split_modules.iter().filter(|module| !parts.contains(module)).collect();
    match (others.as_slice(), parts.first()) {
        ([], _) => {}
        ([shared], Some(first)) => merge::into(first, shared)?,
        (others, _) => bail!("more modules than expected: {others:?}"),
    }
    Ok(Modules { main, parts })
}
