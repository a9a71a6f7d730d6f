//! Building the bundle into `dist/`. How it is put together stands in Trunk.toml and index.html,
//! how the wasm is compiled in the `widget` profile of Cargo.toml; this file only starts it.

use std::{ffi::OsString, fs, path::Path};

use anyhow::Context as _;

use crate::{
    prerender,
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
    prerender::into(&workspace::dist().join("index.html"))?;
    minify(tools)
}

/// The styles that the widget's style sheet imports: in the bundle they are part of it, for an import costs a
/// round trip before anything can be painted.
const IMPORTED_STYLES: &[&str] = &["tokens.css", "widget.css"];

/// Minifies scripts and styles in place. Trunk's own minifier does not understand the scripts that
/// wasm-bindgen writes, and leaves copied files alone.
fn minify(tools: &ToolPath) -> anyhow::Result<()> {
    for file in workspace::files_below(&workspace::dist())? {
        if workspace::has_extension(&file, &["js", "css"]) {
            let mut esbuild = tools.command("esbuild", &["--minify", "--log-level=warning", "--allow-overwrite"]);
            if workspace::has_extension(&file, &["css"]) {
                esbuild.arg("--bundle");
            }
            esbuild.arg(&file).arg(joined("--outfile=", &file));
            process::run(&mut esbuild)?;
        }
    }
    let styles = workspace::dist().join("styles");
    for file in IMPORTED_STYLES {
        let file = styles.join(file);
        fs::remove_file(&file).with_context(|| format!("could not remove {}", file.display()))?;
    }
    Ok(())
}

fn joined(option: &str, path: &Path) -> OsString {
    let mut joined = OsString::from(option);
    joined.push(path);
    joined
}
