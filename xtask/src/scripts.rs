//! Bundles the page's scripts, and writes into them the hashes of the files that they load: `src/embed/js/files.js` lists
//! these. Not here: how the scripts check a hash.

use std::{
    fs,
    path::{Path, PathBuf},
};

pub(crate) mod languages;

use anyhow::{Context as _, bail};

use crate::{
    bundle::{is_the_widgets, joined},
    integrity,
    process::{self, ToolPath},
    tools, workspace,
};

/// The script with the list.
const FILES: &str = "files.js";

/// The constants of the list for other parts of the program, whose names change with it, and how these begin.
const PARTS: [(&str, &str); 2] =
    [("SECOND_PART", "okta-sign-in-transaction-"), ("TOKENS_PART", "okta-sign-in-tokens-")];

/// What has V8 compile a whole script while it is fetched, and not function by function when the form starts: nearly
/// everything in there is called then. Other engines see a comment.
const COMPILE_AT_ONCE: &str = "--banner:js=//# allFunctionsCalledOnLoad";

fn sources() -> PathBuf {
    workspace::root().join("src").join("embed").join("js")
}

/// Puts each script that a page loads into one file with what it imports. Theirs are the names that begin like the
/// widget's; the others are imported. What they load later is a file of its own, and in the folder already, or one of
/// these scripts.
pub(crate) fn bundle(tools: &ToolPath, folder: &Path) -> anyhow::Result<()> {
    let sources = Sources::copy()?;
    let parts = parts(folder)?;
    let hash = |name: &str| integrity::of_file(&folder.join(name));
    let loaded = sources.scripts(true)?;
    let is_made = |name: &str| loaded.iter().any(|script| name_of(script).is_ok_and(|script| script == name));
    // What is not a script is there already.
    let before = |name: &str| if is_made(name) { Ok(String::new()) } else { hash(name) };
    sources.write(FILES, &with_hashes(&sources.list, &parts, before)?)?;
    sources.write(languages::LIST, &languages::list(folder, false)?)?;
    sources.write(languages::TAGS, &languages::list_of_tags(folder)?)?;
    for script in &loaded {
        bundle_one(tools, script, &folder.join(name_of(script)?), &[COMPILE_AT_ONCE, "--format=esm"])?;
    }
    sources.write(FILES, &with_hashes(&sources.list, &parts, hash)?)?;
    for script in sources.scripts(false)? {
        let name = name_of(&script)?;
        let format = if name == CLASSIC { "--format=iife" } else { "--format=esm" };
        bundle_one(tools, &script, &folder.join(name), &[COMPILE_AT_ONCE, format])?;
    }
    Ok(())
}

/// The script that a page loads by a classic script tag, and not as a module.
const CLASSIC: &str = "okta-sign-in-drop-in.js";

/// Adds the same scripts as a bundler reads them: `okta-x.module.js` beside `okta-x.js`. They import what the others load
/// by its address. A source that is named like this takes the place of the other one.
pub(crate) fn bundle_for_bundlers(tools: &ToolPath, folder: &Path) -> anyhow::Result<()> {
    let sources = Sources::copy()?;
    let list = with_hashes(&sources.list, &parts(folder)?, |name| integrity::of_file(&folder.join(name)))?;
    sources.write(FILES, &with_imports(&list))?;
    sources.write(languages::LIST, &languages::list(folder, true)?)?;
    sources.write(languages::TAGS, &languages::list_of_tags(folder)?)?;
    let [checked, bundled] = IMPORTS.map(|script| sources.folder.join(script));
    fs::rename(bundled, checked)?;
    let mut names = Vec::new();
    for script in sources.scripts(false)? {
        let name = name_of(&script)?.replace(".js", FOR_BUNDLERS);
        names.push(name);
    }
    // Each stays a file of its own, which the others import.
    let externals = sources.list.lines().filter_map(name).chain(names.iter().map(String::as_str));
    let externals = externals.map(|name| format!("--external:*/{name}"));
    let externals: Vec<String> = externals.chain([format!("--external:./{}/*", languages::FOLDER)]).collect();
    for name in &names {
        let own = sources.folder.join(name);
        let script = if own.is_file() { own } else { sources.folder.join(name.replace(FOR_BUNDLERS, ".js")) };
        let mut options = vec!["--format=esm"];
        options.extend(externals.iter().map(String::as_str));
        bundle_one(tools, &script, &folder.join(name), &options)?;
    }
    Ok(())
}

/// How the names of scripts for bundlers end.
const FOR_BUNDLERS: &str = ".module.js";

/// How the scripts import others, and what takes its place for bundlers.
const IMPORTS: [&str; 2] = ["import-checked.js", "import-bundled.js"];

/// A copy of the scripts, in which a build may change some.
struct Sources {
    folder: PathBuf,
    list: String,
}

impl Sources {
    fn copy() -> anyhow::Result<Self> {
        let folder = workspace::target().join("scripts");
        workspace::remove_folder(&folder)?;
        fs::create_dir_all(&folder)?;
        for source in workspace::files_below(&sources())? {
            let copy = folder.join(source.strip_prefix(sources())?);
            fs::create_dir_all(copy.parent().unwrap_or(&folder))?;
            fs::copy(&source, copy)?;
        }
        let list = fs::read_to_string(folder.join(FILES)).context(FILES)?;
        Ok(Self { folder, list })
    }

    /// The scripts that others load, or those that pages load.
    fn scripts(&self, loaded_by_others: bool) -> anyhow::Result<Vec<PathBuf>> {
        let names: Vec<&str> = self.list.lines().filter_map(name).collect();
        let is_meant = |script: &PathBuf| {
            let is_meant = |name: &str| !name.ends_with(FOR_BUNDLERS) && names.contains(&name) == loaded_by_others;
            is_the_widgets(script) && name_of(script).is_ok_and(is_meant)
        };
        Ok(workspace::files_below(&self.folder)?.into_iter().filter(is_meant).collect())
    }

    fn write(&self, name: &'static str, script: &str) -> anyhow::Result<()> {
        fs::write(self.folder.join(name), script).context(name)
    }
}

fn name_of(script: &Path) -> anyhow::Result<&str> {
    script.file_name().and_then(|name| name.to_str()).context("a script without a name")
}

fn bundle_one(tools: &ToolPath, script: &Path, out: &Path, more: &[&str]) -> anyhow::Result<()> {
    let mut esbuild = tools.command("esbuild", &["--bundle", "--minify", "--log-level=warning"]);
    // Where it looks for packages that are not below the script.
    esbuild.env("NODE_PATH", tools::PHONE_LIBRARY.modules()?);
    process::run(esbuild.args(more).arg(script).arg(joined("--outfile=", out)))
}

/// The scripts in a folder that others load, each with its hash. Of the links in a page, those to scripts alone take one.
pub(crate) fn loaded_scripts(folder: &Path) -> anyhow::Result<Vec<(String, String)>> {
    let list = fs::read_to_string(sources().join(FILES)).context(FILES)?;
    let scripts = list.lines().filter_map(name).filter(|name| workspace::has_extension(Path::new(name), &["js"]));
    scripts.map(|name| Ok((name.to_owned(), integrity::of_file(&folder.join(name))?))).collect()
}

/// The file of each constant of [`PARTS`]; of a program in one part, none.
fn parts(folder: &Path) -> anyhow::Result<Vec<(&'static str, String)>> {
    let files = workspace::files_below(folder)?;
    let mut parts = Vec::new();
    for (constant, start) in PARTS {
        let names = files.iter().filter_map(|file| file.file_name()?.to_str());
        let names =
            names.filter(|name| name.starts_with(start) && workspace::has_extension(Path::new(name), &["wasm"]));
        match names.collect::<Vec<_>>().as_slice() {
            [] => {}
            [name] => parts.push((constant, (*name).to_owned())),
            names => bail!("{} has this part of several builds: {names:?}", folder.display()),
        }
    }
    if !parts.is_empty() && parts.len() < PARTS.len() {
        bail!("{} has {parts:?} only, and no other part", folder.display());
    }
    Ok(parts)
}

/// The list with the hash of each file.
fn with_hashes(
    list: &str,
    parts: &[(&str, String)],
    hash: impl Fn(&str) -> anyhow::Result<String>,
) -> anyhow::Result<String> {
    const NO_HASH: &str = "integrity: \"\"";
    let hashed = |line: &str, name: &str| anyhow::Ok(line.replace(NO_HASH, &format!("integrity: {:?}", hash(name)?)));
    let line_of = |constant: &str| format!("export const {constant} = undefined;");
    if let Some((constant, _)) = PARTS.iter().find(|(constant, _)| !list.lines().any(|line| line == line_of(constant)))
    {
        bail!("{FILES} does not have the line `{}`", line_of(constant));
    }
    let mut out = String::with_capacity(list.len());
    for line in list.lines() {
        let part = parts.iter().find(|(constant, _)| line == line_of(constant));
        let line = match (name(line), part) {
            (Some(name), _) if line.contains(NO_HASH) => hashed(line, name)?,
            (Some(_), _) => bail!("{FILES}: a file without `{NO_HASH}` on its line: {line}"),
            (None, Some((_, part))) => {
                let file = format!("{{ url: new URL(\"./{part}\", import.meta.url), {NO_HASH} }}");
                hashed(&line.replace("undefined", &file), part)?
            }
            (None, None) => line.to_owned(),
        };
        out.push_str(&line);
        out.push('\n');
    }
    Ok(out)
}

/// The list in which each script is a function that imports it.
fn with_imports(list: &str) -> String {
    let import = |line: &str| match (name(line), line.split_once(" = ")) {
        (Some(name), Some((constant, _))) if workspace::has_extension(Path::new(name), &["js"]) => {
            format!("{constant} = {{ load: () => import(\"./{name}\") }};\n")
        }
        _ => format!("{line}\n"),
    };
    list.lines().map(import).collect()
}

/// The name of the file on a line of the list.
fn name(line: &str) -> Option<&str> {
    let (_, rest) = line.strip_prefix("export const ")?.split_once("new URL(\"./")?;
    rest.split('"').next()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    const LIST: &str = "// new URL(\"./x\")\n\
        export const A = { url: new URL(\"./a.js\", import.meta.url), integrity: \"\" };\n\
        export const SECOND_PART = undefined;\n\
        export const TOKENS_PART = undefined;\n";

    #[allow(clippy::unnecessary_wraps, reason = "as the real one, which reads files")]
    fn hash_of_name(name: &str) -> anyhow::Result<String> {
        Ok(format!("sha384-{name}"))
    }

    fn build() -> [(&'static str, String); 2] {
        [("SECOND_PART", "p-1.wasm".to_owned()), ("TOKENS_PART", "t-1.wasm".to_owned())]
    }

    #[test]
    fn every_file_of_the_list_gets_its_hash() {
        let (first, rest) = LIST.split_once("integrity: \"\"").unwrap();
        let one = format!("{first}integrity: \"sha384-a.js\"{rest}");
        assert_eq!(with_hashes(LIST, &[], hash_of_name).unwrap(), one);
        let file =
            |name: &str| format!("{{ url: new URL(\"./{name}\", import.meta.url), integrity: \"sha384-{name}\" }}");
        let both = one.replacen("undefined", &file("p-1.wasm"), 1).replacen("undefined", &file("t-1.wasm"), 1);
        assert_eq!(with_hashes(LIST, &build(), hash_of_name).unwrap(), both);
    }

    #[test]
    fn bundlers_find_an_import_of_each_script() {
        let list =
            format!("{LIST}export const B = {{ url: new URL(\"./b.wasm\", import.meta.url), integrity: \"\" }};\n");
        let expected = "// new URL(\"./x\")\nexport const A = { load: () => import(\"./a.js\") };\n";
        assert_eq!(with_imports(&list), list.replacen(list.split_once("export const SECOND").unwrap().0, expected, 1));
    }

    #[test]
    fn a_list_of_another_form_is_refused() {
        assert!(with_hashes(&LIST.replace("integrity: \"\"", ""), &[], hash_of_name).is_err());
        assert!(with_hashes(&LIST.replace("TOKENS", "OTHER"), &[], hash_of_name).is_err());
        assert!(with_hashes(LIST, &[], |_| bail!("not there")).is_err());
    }

    #[test]
    fn the_list_of_the_scripts_is_understood() {
        let list = fs::read_to_string(sources().join(FILES)).unwrap();
        let hashed = with_hashes(&list, &build(), hash_of_name).unwrap();
        assert_eq!(hashed.matches("integrity: \"sha384-").count(), hashed.matches("new URL(").count());
    }
}
