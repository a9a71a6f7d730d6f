//! Splits the compiled program in two: what a page needs at once, and what only the split point named
//! [`PART`] reaches. The work is done by `wasm_split_cli_support`. Not here: what the two modules share by name
//! (`pair.rs`), and how the second one is loaded (`src/embed/js/link.js`).

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use crate::modules;

/// The name of the split point in the program: it calls `__wasm_split_load_transaction`.
pub(crate) const PART: &str = "transaction";

/// The module from which the program imports the function that loads the second part.
pub(crate) const LINK_MODULE: &str = "link";

/// The two modules.
#[derive(Debug)]
pub(crate) struct Modules {
    pub(crate) main: PathBuf,
    pub(crate) part: PathBuf,
}

/// Splits the program and writes both modules into the folder.
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
    let expected = folder.join(format!("split_{PART}.wasm"));
    match split.split_modules.as_slice() {
        [part] if *part == expected => Ok(Modules { main, part: expected }),
        [] => bail!(
            "{} has no split point: was it compiled without the feature `split`, or is nothing behind it?",
            program.display()
        ),
        others => bail!("expected one part, {}, but there are {others:?}", expected.display()),
    }
}
