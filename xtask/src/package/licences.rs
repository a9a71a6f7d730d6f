//! The licence texts of the crates in the program, and of what the scripts bundle, in one file. Not here: which crates these are (`sbom.rs`), and which
//! licences are accepted (`deny.toml`).

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};
use serde::Deserialize;

use super::sbom::{Contents, Crate};
use crate::{process, workspace};

/// The texts, each once, below the names of the crates that it is for.
pub(crate) fn of(contents: &Contents) -> anyhow::Result<String> {
    let folders = folders()?;
    let mut crates_by_text: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for krate in &contents.crates {
        let key = (krate.name.clone(), krate.version.clone());
        let folder = folders.get(&key).with_context(|| format!("cargo does not know where {} is", krate.name))?;
        if folder.starts_with(workspace::root()) {
            continue;
        }
        let name = format!("{} {} ({})", krate.name, krate.version, krate.licence);
        let texts = texts(folder)?;
        if texts.is_empty() {
            crates_by_text.entry(without_text(krate)).or_default().push(name.clone());
        }
        for text in texts {
            crates_by_text.entry(text).or_default().push(name.clone());
        }
    }
    if let Some(library) = contents.library {
        let name = format!("{} {} ({})", library.name, library.version, library.licence);
        for text in texts(&library.modules()?.join(library.name))? {
            crates_by_text.entry(text).or_default().push(name.clone());
        }
    }
    let rust = format!("rust-std {} (MIT OR Apache-2.0), by the Rust Project contributors", contents.rust);
    let apache = fs::read_to_string(workspace::root().join("LICENSE-APACHE")).context("LICENSE-APACHE")?;
    crates_by_text.entry(normal(&apache)).or_default().push(rust);
    let first = if contents.library.is_some() { OF_WIDGET } else { OF_PROGRAM };
    Ok(written(first, &crates_by_text))
}

const OF_WIDGET: &str = "The WebAssembly of this package contains code of the following crates, and okta-sign-in-phone.js that of a package of npm.";
const OF_PROGRAM: &str = "The program of this package contains code of the following crates.";

fn written(first: &str, crates_by_text: &BTreeMap<String, Vec<String>>) -> String {
    let mut out = format!("{first}\n");
    let mut parts: Vec<(&Vec<String>, &String)> = crates_by_text.iter().map(|(text, names)| (names, text)).collect();
    parts.sort();
    for (names, text) in parts {
        let line = "-".repeat(80);
        let _infallible = write!(out, "\n{line}\n{}\n{line}\n\n{text}", names.join("\n"));
    }
    out
}

fn without_text(krate: &Crate) -> String {
    format!("Under {}; the crate has no text of it.\n", krate.licence)
}

/// The licence texts in a crate's folder. Where MIT is among the choices, its text alone, beside any notice.
fn texts(folder: &Path) -> anyhow::Result<Vec<String>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_uppercase();
        let is_licence =
            ["LICENSE", "LICENCE", "COPYING", "UNLICENSE", "NOTICE"].iter().any(|word| name.starts_with(word));
        if is_licence && path.is_file() {
            files.push((name, path));
        }
    }
    files.sort();
    let has_mit = files.iter().any(|(name, _)| name.contains("MIT"));
    let is_needed = |name: &str| !has_mit || name.contains("MIT") || name.starts_with("NOTICE");
    let needed = files.into_iter().filter(|(name, _)| is_needed(name));
    needed.map(|(_, path)| Ok(normal(&fs::read_to_string(&path).context(path.display().to_string())?))).collect()
}

/// The text with the line ends of this file.
fn normal(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    format!("{}\n", lines.join("\n").trim_matches('\n'))
}

/// Where the sources of each crate are, by name and version.
fn folders() -> anyhow::Result<BTreeMap<(String, String), PathBuf>> {
    #[derive(Deserialize)]
    struct Metadata {
        packages: Vec<Package>,
    }
    #[derive(Deserialize)]
    struct Package {
        name: String,
        version: String,
        manifest_path: PathBuf,
    }
    let mut command = process::command("cargo", &["metadata", "--locked", "--format-version", "1"]);
    let output = process::output(&mut command).context("could not start cargo")?;
    if !output.status.success() {
        bail!("`cargo metadata` failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    let metadata: Metadata = serde_json::from_slice(&output.stdout).context("what `cargo metadata` prints")?;
    let folder = |package: Package| Some(((package.name, package.version), package.manifest_path.parent()?.to_owned()));
    Ok(metadata.packages.into_iter().filter_map(folder).collect())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn each_text_is_there_once() {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let texts = BTreeMap::from([("A.\n".to_owned(), names(&["y 1", "z 1"])), ("B.\n".to_owned(), names(&["x 1"]))]);
        let written = written(OF_PROGRAM, &texts);
        assert_eq!(written.matches("A.\n").count(), 1);
        assert!(written.find("x 1") < written.find("y 1\nz 1"), "{written}");
    }

    #[test]
    fn mit_is_chosen_where_there_is_a_choice() {
        let folder = workspace::target().join("test-licences");
        fs::create_dir_all(&folder).unwrap();
        let write = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
        write("LICENSE-APACHE", "apache");
        write("src.rs", "code");
        assert_eq!(texts(&folder).unwrap(), ["apache\n"]);
        write("license-mit.md", "\r\nmit \r\nmore");
        write("NOTICE", "notice");
        assert_eq!(texts(&folder).unwrap(), ["mit\nmore\n", "notice\n"]);
        fs::remove_dir_all(folder).unwrap();
    }
}
