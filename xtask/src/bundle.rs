//! Building the bundle into `dist/`. How it is put together stands in Trunk.toml and index.html,
//! how the wasm is compiled in the `widget` profile of Cargo.toml; this file only starts it, and takes off
//! what the tools leave on.

use std::{
    ffi::OsString,
    fs,
    hash::{DefaultHasher, Hasher as _},
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Context as _;
use clap::Args;

use crate::{
    prerender,
    process::{self, ToolPath},
    short_names, similar_functions, workspace,
};

/// How the bundle may differ from the usual one.
#[derive(Debug, Clone, Copy, Default, Args)]
pub(crate) struct Options {
    /// Build the standard library anew, without any words for what should never happen: smaller, and takes
    /// longer. Uses unstable options of the pinned compiler, and its component rust-src
    #[arg(long)]
    smallest: bool,
    /// Put the widget's files into a folder named after what is in them, which browsers may keep for ever
    #[arg(long)]
    versioned: bool,
}

impl Options {
    /// The smallest there is.
    pub(crate) const SMALLEST: Self = Self { smallest: true, versioned: false };
}

/// Builds the release bundle with the tools that `setup` made available.
///
/// Trunk runs offline, so that it takes our tools and never fetches its own; the crates are
/// therefore fetched first.
pub(crate) fn build(tools: &ToolPath, options: Options) -> anyhow::Result<()> {
    process::run(&mut process::command("cargo", &["fetch", "--target", "wasm32-unknown-unknown"]))?;
    let mut trunk = tools.command("trunk", &["build", "--release", "--offline"]);
    // Trunk reads NO_COLOR as an option of its own and refuses the customary value `1`.
    trunk.env_remove("NO_COLOR");
    if options.smallest {
        process::run(&mut process::command("rustup", &["component", "add", "rust-src"]))?;
        without_words(&mut trunk);
    }
    process::run(&mut trunk)?;
    prerender::into(&workspace::dist().join("index.html"))?;
    minify(tools)?;
    for bundle in ["okta-sign-in-core", "okta-sign-in-rest"] {
        let file = |end: &str| workspace::dist().join([bundle, end].concat());
        short_names::give(&file("_bg.wasm"), &file(".js"))?;
        similar_functions::put_together(&file("_bg.wasm"))?;
    }
    if options.versioned { version() } else { Ok(()) }
}

/// Has the standard library built along, with a panic that is one instruction and no text for `Debug`.
fn without_words(trunk: &mut Command) {
    let flags = "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none";
    trunk
        // The pinned stable compiler takes unstable options: one compiler for both builds.
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTFLAGS", flags)
        .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
        .env("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size")
        // Apart, or each build would throw the other's away.
        .env("CARGO_TARGET_DIR", workspace::root().join("target").join("smallest"));
}

/// The styles that the widget's style sheet imports: in the bundle they are part of it, for an import costs a
/// round trip before anything can be painted.
const IMPORTED_STYLES: &[&str] = &["tokens.css", "widget.css"];

/// Has V8 compile a whole script while it is fetched, and not function by function when the form is taken over:
/// nearly everything in there is called then. Other engines see a comment.
const COMPILE_AT_ONCE: &str = "--banner:js=//# allFunctionsCalledOnLoad";

/// Minifies scripts and styles in place. Trunk's own minifier does not understand the scripts that
/// wasm-bindgen writes, and leaves copied files alone.
fn minify(tools: &ToolPath) -> anyhow::Result<()> {
    for file in workspace::files_below(&workspace::dist())? {
        if workspace::has_extension(&file, &["js", "css"]) {
            let mut esbuild = tools.command("esbuild", &["--minify", "--log-level=warning", "--allow-overwrite"]);
            if workspace::has_extension(&file, &["css"]) {
                esbuild.arg("--bundle");
            }
            if workspace::has_extension(&file, &["js"]) && is_the_widgets(&file) {
                esbuild.arg(COMPILE_AT_ONCE);
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

/// What the names of such folders begin with; the page server lets browsers keep what is in one.
pub(crate) const VERSION_PREFIX: &str = "v-";

/// Moves the widget's files into a folder that is named after what is in them. They name each other relative
/// to themselves, so that only pages have to know the folder.
fn version() -> anyhow::Result<()> {
    let dist = workspace::dist();
    let files: Vec<PathBuf> = workspace::files_below(&dist)?.into_iter().filter(|file| is_the_widgets(file)).collect();
    let mut hasher = DefaultHasher::new();
    for file in &files {
        hasher.write(&fs::read(file)?);
    }
    let name = format!("{VERSION_PREFIX}{:016x}", hasher.finish());
    for file in &files {
        let target = dist.join(&name).join(file.strip_prefix(&dist)?);
        fs::create_dir_all(target.parent().context("a file in no folder")?)?;
        fs::rename(file, target)?;
    }
    for page in workspace::files_below(&dist)?.into_iter().filter(|file| workspace::has_extension(file, &["html"])) {
        fs::write(&page, with_folder(&fs::read_to_string(&page)?, &name))?;
    }
    Ok(())
}

/// Whether a file belongs to the widget, and not to the demo page.
fn is_the_widgets(file: &Path) -> bool {
    file.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.starts_with("okta-"))
}

/// A page that finds the widget's files in that folder.
fn with_folder(html: &str, folder: &str) -> String {
    let mut html = html.to_owned();
    for start in ["okta-", "styles/okta-"] {
        for attribute in ["href", "src"] {
            html = html.replace(&format!("{attribute}=\"{start}"), &format!("{attribute}=\"{folder}/{start}"));
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_find_the_widgets_files_in_their_folder() {
        let html =
            r#"<link href="styles/okta-sign-in.css"><link href="styles/demo.css"><script src="okta-sign-in.js">"#;
        assert_eq!(
            with_folder(html, "v-1"),
            r#"<link href="v-1/styles/okta-sign-in.css"><link href="styles/demo.css"><script src="v-1/okta-sign-in.js">"#
        );
        assert!(is_the_widgets(Path::new("dist/styles/okta-sign-in.css")));
        assert!(!is_the_widgets(Path::new("dist/landing.js")));
    }
}
