//! Makes the packages of the emulator. For npm: `okta-emulator`, which is JavaScript, and beside it one with the program for
//! each platform, of which npm installs the one that fits. Here the latter is made for one platform at a time. The folder
//! `emulator/npm` has what is written by hand. For Python, where it is: a wheel with the program for this machine. Not here: which platforms there are ([`platform`]), installing what was
//! made ([`installed`]), publishing.

mod installed;
mod manifest;
mod measure;
mod platform;

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use clap::Args;

use crate::{
    compile, emulator,
    package::{copy, licences, sbom, write},
    python,
    table::{self, Align},
    workspace,
};

pub(crate) use installed::{Check, Installed};
use platform::Platform;

/// How the packages are made.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// The platform, as Rust names it; this machine's if left out
    #[arg(long, value_name = "TRIPLE")]
    target: Option<String>,
    /// Also measure size, start and memory of the program
    #[arg(long, conflicts_with = "target")]
    measure: bool,
    /// Build for tests instead, install the packages in an empty folder and in the examples, and run the tests there
    #[arg(long, conflicts_with_all = ["target", "measure"])]
    check: bool,
}

/// The package that others install.
const NAME: &str = "okta-emulator";

/// Where the packages are made.
fn folder() -> PathBuf {
    workspace::root().join("pkg-emulator")
}

/// Builds the program and makes both packages, and prints how large they are.
pub(crate) fn run(options: &Options) -> anyhow::Result<()> {
    if options.check {
        return Installed::prepare()?.run_checks();
    }
    let platform = match &options.target {
        Some(triple) => Platform::of(triple)?,
        None => Platform::of_this_machine()?,
    };
    let program = match &options.target {
        Some(triple) => compile::optimized_for(emulator::PACKAGE, triple)?,
        None => compile::optimized(emulator::PACKAGE)?,
    };
    make(&program, &platform, &folder())?;
    if options.target.is_none() {
        match python::needed() {
            Ok(()) => drop(python::wheel(&program, &folder().join("python"))?),
            Err(error) => eprintln!("no wheel for Python is made: {error:#}"),
        }
    }
    println!("{}", sizes(&folder())?);
    if options.measure { measure::run(&program) } else { Ok(()) }
}

/// Makes both packages of a program, each in the folder of its name.
fn make(program: &Path, platform: &Platform, to: &Path) -> anyhow::Result<()> {
    workspace::remove_folder(to)?;
    let sources = workspace::root().join("emulator").join("npm");
    let (main, own) = (to.join(NAME), to.join(platform.package()));
    for file in workspace::files_below(&sources.join(NAME))? {
        copy(&file, &main.join(file.strip_prefix(sources.join(NAME))?))?;
    }
    copy(&sources.join("platform").join("README.md"), &own.join("README.md"))?;
    copy(program, &own.join("bin").join(platform.program()))?;
    for folder in [&main, &own] {
        for licence in ["LICENSE-MIT", "LICENSE-APACHE"] {
            copy(&workspace::root().join(licence), &folder.join(licence))?;
        }
    }
    let contents = sbom::Contents::of(emulator::PACKAGE, &platform.triple, &[], None)?;
    write(&own.join("sbom.cdx.json"), &contents.to_cyclone_dx())?;
    write(&own.join("THIRD-PARTY-LICENSES.txt"), &licences::of(&contents)?)?;
    let read = |path: &str| fs::read_to_string(sources.join(path)).with_context(|| path.to_owned());
    write(&main.join("package.json"), &manifest::of_main(&read("okta-emulator/package.json")?)?)?;
    write(&own.join("package.json"), &manifest::of_platform(&read("platform/package.json")?, platform)?)
}

/// The table of all files.
fn sizes(folder: &Path) -> anyhow::Result<String> {
    let mut rows = vec![["file", "bytes"].map(str::to_owned).to_vec()];
    for file in workspace::files_below(folder)? {
        let bytes = fs::metadata(&file)?.len();
        rows.push(vec![file.strip_prefix(folder)?.display().to_string(), bytes.to_string()]);
    }
    Ok(table::lines(&[Align::Left, Align::Right], &rows).join("\n"))
}
