//! Builds the bundle into `dist/`. Trunk copies the page's plain files and then has [`finish`] called by its hook
//! (`Trunk.toml`), which adds the modules, the scripts and the rendered form; without Trunk, `page.rs` copies the same
//! files. Not here: how the program is compiled (`program.rs`) and made into modules (`xtask/link`).

use std::{
    env,
    ffi::OsString,
    fs,
    hash::{DefaultHasher, Hasher as _},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};
use clap::{Args, Parser};

use crate::{
    compile, integrity, page, prerender,
    process::{self, ToolPath},
    program, scripts, workspace,
};

/// How the bundle may differ from the usual one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Args)]
pub(crate) struct Options {
    /// Compile the standard library along, without any text for what should never happen: smaller, and takes
    /// longer. Uses unstable options of the pinned compiler, and its component rust-src
    #[arg(long)]
    pub(crate) smallest: bool,
    /// Put the widget's files into a folder named after what is in them, which browsers may keep for ever
    #[arg(long)]
    versioned: bool,
    /// Leave the program in one module instead of loading a part of it later
    #[arg(long)]
    pub(crate) one_bundle: bool,
}

impl Options {
    /// The smallest there is.
    pub(crate) const SMALLEST: Self = Self { smallest: true, versioned: false, one_bundle: false };

    /// The options as they are typed.
    fn arguments(self) -> String {
        let options =
            [(self.smallest, "--smallest"), (self.versioned, "--versioned"), (self.one_bundle, "--one-bundle")];
        options.iter().filter(|(chosen, _)| *chosen).map(|(_, option)| *option).collect::<Vec<_>>().join(" ")
    }

    /// The options that [`build`] leaves for the hook of Trunk.
    fn of_the_hook() -> anyhow::Result<Self> {
        #[derive(Parser)]
        #[command(no_binary_name = true)]
        struct Hook {
            #[command(flatten)]
            options: Options,
        }
        let arguments = env::var(OPTIONS).unwrap_or_default();
        Ok(Hook::try_parse_from(arguments.split_whitespace()).context(OPTIONS)?.options)
    }
}

/// The variable with the options for the hook of Trunk.
const OPTIONS: &str = "OKTA_WIDGET_OPTIONS";

/// The variable in which Trunk names the folder that becomes `dist/`.
const STAGING: &str = "TRUNK_STAGING_DIR";

/// Builds the bundle, with Trunk where the tools have it.
pub(crate) fn build(tools: &ToolPath, options: Options) -> anyhow::Result<()> {
    if !tools.has("trunk") {
        compile(options)?;
        return assemble(tools, options, &workspace::dist());
    }
    let mut trunk = tools.command("trunk", &["build", "--offline"]);
    // Trunk reads NO_COLOR as an option of its own and refuses the customary value `1`.
    process::run(trunk.env_remove("NO_COLOR").env(OPTIONS, options.arguments()))
}

/// Builds the same files into any folder, without Trunk, from programs that are compiled.
pub(crate) fn assemble(tools: &ToolPath, options: Options, dist: &Path) -> anyhow::Result<()> {
    let staging = workspace::target().join("staging");
    workspace::remove_folder(&staging)?;
    page::copy(&staging)?;
    finish(tools, &staging, options)?;
    workspace::replace_folder(&staging, dist)
}

/// What the hook of Trunk calls: adds what is missing to the folder, or to the one that Trunk names.
pub(crate) fn finish_for_trunk(tools: &ToolPath, folder: Option<PathBuf>) -> anyhow::Result<()> {
    let Some(folder) = folder.or_else(|| env::var_os(STAGING).map(PathBuf::from)) else {
        bail!("no folder is given: Trunk names it in {STAGING}, and `--out` does without Trunk");
    };
    let options = Options::of_the_hook()?;
    page::remove_links(&folder)?;
    compile(options)?;
    finish(tools, &folder, options)
}

/// The programs of this repository that the build runs: each is named like its package.
pub(crate) const PROGRAMS: [&str; 3] = [LINK, LANGUAGES, prerender::PACKAGE];

/// The program that makes modules of the compiled widget.
const LINK: &str = "okta-link";

/// The program that writes and checks the messages of all languages.
pub(crate) const LANGUAGES: &str = "okta-languages";

/// The part of the program with the first form.
const CORE: &str = "okta-sign-in-core_bg.wasm";

/// Compiles the widget and the programs that the build runs, at the same time.
pub(crate) fn compile(options: Options) -> anyhow::Result<()> {
    process::run_together(vec![("widget", program::command(options)?), ("programs", compile::command(&PROGRAMS))])
}

/// Adds what tools and programs make to a folder with the page's plain files.
fn finish(tools: &ToolPath, folder: &Path, options: Options) -> anyhow::Result<()> {
    let link = workspace::built_program("debug", LINK);
    let mut link = tools.command(&link.to_string_lossy(), &[]);
    link.arg(program::path(options)).arg("--out").arg(folder).arg("--work").arg(workspace::target().join("link"));
    link.arg("--keep").arg(workspace::target().join("translated"));
    if options.one_bundle {
        link.arg("--one-bundle");
    }
    process::run(&mut link)?;
    write_messages(folder)?;
    let languages = workspace::built_program("debug", LANGUAGES);
    let mut languages = tools.command(&languages.to_string_lossy(), &[]);
    languages.arg("write").arg(folder.join(scripts::languages::FOLDER)).arg("--core").arg(folder.join(CORE));
    process::run(&mut languages)?;
    scripts::bundle(tools, folder)?;
    minify(tools, folder)?;
    let loaded = scripts::loaded_scripts(folder)?;
    for page in PAGES.map(|page| folder.join(page)) {
        integrity::write_into(&page, &loaded)?;
        prerender::into(&page)?;
    }
    if options.versioned { version(folder) } else { Ok(()) }
}

/// The pages of the demo that have the form in them.
const PAGES: [&str; 3] = ["index.html", "languages.html", "themes.html"];

/// The script with all messages by their keys, which a page with words of its own loads.
fn write_messages(folder: &Path) -> anyhow::Result<()> {
    let catalogue = serde_json::to_string(&scripts::languages::messages()?)?;
    Ok(fs::write(folder.join("okta-sign-in-strings.js"), format!("export default {catalogue};\n"))?)
}

/// The styles that the widget's style sheet imports: in the bundle they are part of it, for an import costs a
/// round trip before anything can be painted.
const IMPORTED_STYLES: &[&str] = &["tokens.css", "widget.css"];

/// Minifies the scripts of the demo page, and the styles, in place.
fn minify(tools: &ToolPath, folder: &Path) -> anyhow::Result<()> {
    for file in workspace::files_below(folder)? {
        let is_style = workspace::has_extension(&file, &["css"]);
        if is_style || workspace::has_extension(&file, &["js"]) && !is_the_widgets(&file) {
            let mut esbuild = tools.command("esbuild", &["--minify", "--log-level=warning", "--allow-overwrite"]);
            if is_style {
                esbuild.arg("--bundle");
            }
            process::run(esbuild.arg(&file).arg(joined("--outfile=", &file)))?;
        }
    }
    let styles = folder.join("styles");
    for file in IMPORTED_STYLES {
        let file = styles.join(file);
        fs::remove_file(&file).with_context(|| format!("could not remove {}", file.display()))?;
    }
    Ok(())
}

pub(crate) fn joined(option: &str, path: &Path) -> OsString {
    let mut joined = OsString::from(option);
    joined.push(path);
    joined
}

/// What the names of such folders begin with; the page server lets browsers keep what is in one.
pub(crate) const VERSION_PREFIX: &str = "v-";

/// Moves the widget's files into a folder that is named after what is in them. They name each other relative
/// to themselves, so that only pages have to know the folder.
fn version(folder: &Path) -> anyhow::Result<()> {
    let files: Vec<PathBuf> = workspace::files_below(folder)?.into_iter().filter(|file| is_the_widgets(file)).collect();
    let mut hasher = DefaultHasher::new();
    for file in &files {
        hasher.write(&fs::read(file)?);
    }
    let name = format!("{VERSION_PREFIX}{:016x}", hasher.finish());
    for file in &files {
        let target = folder.join(&name).join(file.strip_prefix(folder)?);
        fs::create_dir_all(target.parent().context("a file in no folder")?)?;
        fs::rename(file, target)?;
    }
    for page in workspace::files_below(folder)?.into_iter().filter(|file| workspace::has_extension(file, &["html"])) {
        fs::write(&page, with_folder(&fs::read_to_string(&page)?, &name))?;
    }
    Ok(())
}

/// Whether a file belongs to the widget, and not to the demo page.
pub(crate) fn is_the_widgets(file: &Path) -> bool {
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

/// An error that names the first file in which two folders differ.
pub(crate) fn same_files(one: &Path, other: &Path) -> anyhow::Result<()> {
    let names = |folder: &Path| -> anyhow::Result<Vec<PathBuf>> {
        workspace::files_below(folder)?.iter().map(|file| Ok(file.strip_prefix(folder)?.to_owned())).collect()
    };
    let (files, others) = (names(one)?, names(other)?);
    if files != others {
        bail!("{} has {files:?}, {} has {others:?}", one.display(), other.display());
    }
    for file in files {
        if fs::read(one.join(&file))? != fs::read(other.join(&file))? {
            bail!("{} is another one in {} than in {}", file.display(), one.display(), other.display());
        }
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
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

    #[test]
    fn the_hook_gets_the_options_that_were_typed() {
        let options = Options { smallest: true, versioned: false, one_bundle: true };
        assert_eq!(options.arguments(), "--smallest --one-bundle");
        assert_eq!(Options::default().arguments(), "");
    }

    #[test]
    fn folders_with_other_files_differ() {
        let folder = workspace::target().join("test-same-files");
        let write = |name: &str, text: &str| {
            fs::create_dir_all(folder.join(name)).unwrap();
            fs::write(folder.join(name).join("a"), text).unwrap();
        };
        write("1", "x");
        write("2", "x");
        assert!(same_files(&folder.join("1"), &folder.join("2")).is_ok());
        write("2", "y");
        let error = same_files(&folder.join("1"), &folder.join("2")).unwrap_err().to_string();
        assert!(error.starts_with("a is another one"), "{error}");
        fs::write(folder.join("2").join("b"), "").unwrap();
        assert!(same_files(&folder.join("1"), &folder.join("2")).is_err());
        fs::remove_dir_all(folder).unwrap();
    }
}
