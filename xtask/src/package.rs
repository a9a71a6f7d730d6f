//! Makes the npm package: the files that a browser loads, their types, and what says what they are. The folder `npm`
//! has what is written by hand. Not here: how the files are built (`bundle.rs`); publishing.

mod installed;
pub(crate) mod licences;
mod manifest;
mod reproducible;
pub(crate) mod sbom;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use clap::Args;

use crate::{
    bundle, integrity,
    process::ToolPath,
    scripts, size,
    table::{self, Align},
    tools, workspace,
};

pub(crate) use installed::{EXAMPLES, Installed};

/// How the package is made.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Build the usual way instead of the smallest: quicker, and larger. For tests, not for publishing
    #[arg(long, conflicts_with = "check_reproducible")]
    quick: bool,
    /// Build once more, in a copy of the sources in another folder, and compare all files
    #[arg(long)]
    check_reproducible: bool,
}

/// The package's name.
const NAME: &str = "okta-authn-widget";

/// The extensions of what a browser loads.
const LOADED: &[&str] = &["js", "css", "wasm"];

/// Where the package is made.
pub(crate) fn folder() -> PathBuf {
    workspace::root().join("pkg")
}

/// Builds the package and prints the size of each file.
pub(crate) fn run(options: &Options) -> anyhow::Result<()> {
    let tools = tools::setup(tools::BUILD)?;
    let bundle = if options.quick { bundle::Options::default() } else { bundle::Options::SMALLEST };
    build(&tools, bundle)?;
    println!("{}", sizes(&folder())?);
    if options.check_reproducible { reproducible::check(&folder()) } else { Ok(()) }
}

fn build(tools: &ToolPath, options: bundle::Options) -> anyhow::Result<()> {
    let built = workspace::target().join("package-bundle");
    bundle::compile(options)?;
    bundle::assemble(tools, options, &built)?;
    make(tools, &built, &folder())
}

/// Makes the package of a bundle that is built.
pub(crate) fn make(tools: &ToolPath, bundle: &Path, package: &Path) -> anyhow::Result<()> {
    workspace::remove_folder(package)?;
    fs::create_dir_all(package)?;
    let root = workspace::root();
    for file in workspace::files_below(bundle)?.iter().filter(|file| bundle::is_the_widgets(file)) {
        copy(file, &package.join(file.strip_prefix(bundle)?))?;
    }
    scripts::bundle_for_bundlers(tools, package)?;
    let types = root.join("src").join("embed").join("types");
    for file in workspace::files_below(&types)? {
        let inside = file.strip_prefix(&types)?;
        let is_manifest = inside == Path::new(CUSTOM_ELEMENTS);
        copy(&file, &if is_manifest { package.join(inside) } else { package.join("types").join(inside) })?;
    }
    for licence in ["LICENSE-MIT", "LICENSE-APACHE"] {
        copy(&root.join(licence), &package.join(licence))?;
    }
    copy(&root.join("npm").join("README.md"), &package.join("README.md"))?;
    let contents = sbom::Contents::of_program()?;
    write(&package.join("sbom.cdx.json"), &contents.to_cyclone_dx())?;
    write(&package.join("THIRD-PARTY-LICENSES.txt"), &licences::of(&contents)?)?;
    let loaded: Vec<PathBuf> = workspace::files_below(package)?.into_iter().filter(|file| is_loaded(file)).collect();
    let mut hashes = BTreeMap::new();
    for file in &loaded {
        hashes.insert(file.strip_prefix(package)?.to_string_lossy().replace('\\', "/"), integrity::of_file(file)?);
    }
    write(&package.join("integrity.json"), &(serde_json::to_string_pretty(&hashes)? + "\n"))?;
    let template = fs::read_to_string(root.join("npm").join("package.json")).context("npm/package.json")?;
    write(&package.join("package.json"), &manifest::of(&template, |file| package.join(file).exists())?)?;
    for file in &loaded {
        fs::write(compressed(file), size::brotli(&fs::read(file)?)?)?;
    }
    Ok(())
}

/// The manifest of the custom elements, for editors.
const CUSTOM_ELEMENTS: &str = "custom-elements.json";

/// Whether a browser loads a file: neither a declaration nor a description.
fn is_loaded(file: &Path) -> bool {
    workspace::has_extension(file, LOADED)
}

pub(crate) fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::copy(from, to).map(|_| ()).with_context(|| format!("could not copy {} to {}", from.display(), to.display()))
}

pub(crate) fn write(file: &Path, text: &str) -> anyhow::Result<()> {
    fs::write(file, text).with_context(|| format!("could not write {}", file.display()))
}

/// Where the compressed file beside this one is.
fn compressed(file: &Path) -> PathBuf {
    let mut name = file.to_owned().into_os_string();
    name.push(".br");
    name.into()
}

/// The table of all files.
fn sizes(package: &Path) -> anyhow::Result<String> {
    let mut rows = vec![["file", "bytes", "brotli"].map(str::to_owned).to_vec()];
    let (mut all, mut all_compressed) = (0, 0);
    for file in workspace::files_below(package)? {
        if workspace::has_extension(&file, &["br"]) {
            continue;
        }
        let size = |file: &Path| fs::metadata(file).map(|data| data.len());
        let (bytes, brotli) = (size(&file)?, size(&compressed(&file)).ok());
        all += bytes;
        all_compressed += brotli.unwrap_or_default();
        let shown = file.strip_prefix(package)?.display().to_string();
        rows.push(vec![shown, bytes.to_string(), brotli.map_or_else(String::new, |size| size.to_string())]);
    }
    rows.push(vec!["all".to_owned(), all.to_string(), all_compressed.to_string()]);
    Ok(table::lines(&[Align::Left, Align::Right, Align::Right], &rows).join("\n"))
}
