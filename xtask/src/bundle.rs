//! Building the bundle into `dist/`. How it is put together stands in Trunk.toml and index.html,
//! how the wasm is compiled in the `widget` profile of Cargo.toml; this file only starts it.

use std::{ffi::OsString, path::Path};

use crate::{
    process::{self, ToolPath},
    workspace,
};

/// Builds the release bundle with the tools that `setup` made available.
///
/// Trunk runs offline, so that it takes our tools and never fetches its own; the crates are
/// therefore fetched first.
pub(crate) fn build(tools: &ToolPath) -> anyhow::Result<()> {
    process::run(&mut process::command("cargo", &["fetch", "--target", "wasm32-unknown-unknown"]))?;
    let mut trunk = tools.command("trunk", &["build", "--release", "--offline"]);
    // Trunk reads NO_COLOR as an option of its own and refuses the customary value `1`.
    trunk.env_remove("NO_COLOR");
    process::run(&mut trunk)?;
    minify(tools)
}

/// Minifies scripts and styles in place. Trunk's own minifier does not understand the scripts that
/// wasm-bindgen writes, and leaves copied files alone.
fn minify(tools: &ToolPath) -> anyhow::Result<()> {
    for file in workspace::files_below(&workspace::dist())? {
        if workspace::has_extension(&file, &["js", "css"]) {
            let mut esbuild = tools.command("esbuild", &["--minify", "--log-level=warning", "--allow-overwrite"]);
            esbuild.arg(&file).arg(joined("--outfile=", &file));
            process::run(&mut esbuild)?;
        }
    }
    Ok(())
}

fn joined(option: &str, path: &Path) -> OsString {
    let mut joined = OsString::from(option);
    joined.push(path);
    joined
}
