//! Generates the script of the module that starts, with wasm-bindgen. The part that is loaded later has none: it
//! reaches the browser through the functions of the first.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use wasm_bindgen_cli_support::Bindgen;

use crate::modules::NAME;

/// A module and its script.
#[derive(Debug)]
pub(crate) struct Bound {
    pub(crate) module: PathBuf,
    pub(crate) script: PathBuf,
}

/// Generates the script and the module that goes with it. A module that is `shared` with another one keeps the
/// exports that only the other one uses.
pub(crate) fn generate(module: &Path, folder: &Path, shared: bool) -> anyhow::Result<Bound> {
    Bindgen::new()
        .web(true)?
        .input_path(module)
        .out_name(NAME)
        .keep_lld_exports(shared)
        .remove_name_section(true)
        .remove_producers_section(true)
        // The loader names the module.
        .omit_default_module_path(true)
        .generate(folder)
        .with_context(|| format!("wasm-bindgen could not read {}", module.display()))?;
    Ok(Bound { module: folder.join(format!("{NAME}_bg.wasm")), script: folder.join(format!("{NAME}.js")) })
}
