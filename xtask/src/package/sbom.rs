//! What a program and the scripts beside it are made of, as a `CycloneDX` document. The crates are those that cargo compiles into
//! the program, so neither build scripts nor procedural macros. Not here: licence texts (`licences.rs`).

use std::{collections::BTreeMap, fs, process::Command};

use anyhow::{Context as _, bail};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    process, program,
    tools::{self, Library},
    workspace,
};

/// A crate in the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Crate {
    pub(crate) name: String,
    pub(crate) version: String,
    /// The licence, as an SPDX expression.
    pub(crate) licence: String,
    /// The hash of its sources, if they come from a registry.
    checksum: Option<String>,
    /// The places of the crates that it uses, in the list.
    uses: Vec<usize>,
}

/// What a program is made of.
#[derive(Debug)]
pub(crate) struct Contents {
    /// All crates of the program; the first is its own.
    pub(crate) crates: Vec<Crate>,
    /// What the scripts beside it bundle.
    pub(crate) library: Option<&'static Library>,
    /// The version of the standard library.
    pub(crate) rust: String,
}

impl Contents {
    /// What is in the widget's program, and in the scripts beside it.
    pub(crate) fn of_program() -> anyhow::Result<Self> {
        let features = ["--features", program::FEATURES];
        Self::of(program::PACKAGE, program::TARGET, &features, Some(&tools::PHONE_LIBRARY))
    }

    /// What is in the program of a package, compiled for a target.
    pub(crate) fn of(
        package: &str,
        target: &str,
        more: &[&str],
        library: Option<&'static Library>,
    ) -> anyhow::Result<Self> {
        let mut tree = process::command("cargo", &["tree", "--locked", "--prefix", "depth", "--format", "\t{p}\t{l}"]);
        tree.args(["--edges", "normal,no-proc-macro", "--target", target, "--package", package]);
        let tree = stdout(tree.args(more))?;
        let lock = fs::read_to_string(workspace::root().join("Cargo.lock")).context("Cargo.lock")?;
        let version = stdout(&mut process::command("rustc", &["--version"]))?;
        let rust = version.split_whitespace().nth(1).context("rustc does not say its version")?.to_owned();
        Ok(Self { crates: read_tree(&tree, &checksums(&lock)?)?, library, rust })
    }

    /// The document. It has neither a time nor a random number: the same sources give the same document.
    pub(crate) fn to_cyclone_dx(&self) -> String {
        let reference = |krate: &Crate| purl(&krate.name, &krate.version);
        let rust = format!("pkg:generic/rust-std@{}", self.rust);
        let component = |kind: &str, krate: &Crate| {
            let mut component = json!({
                "type": kind,
                "bom-ref": reference(krate),
                "name": krate.name,
                "version": krate.version,
                "licenses": [{ "expression": krate.licence }],
                "purl": reference(krate),
            });
            if let (Some(checksum), Some(members)) = (&krate.checksum, component.as_object_mut()) {
                members.insert("hashes".to_owned(), json!([{ "alg": "SHA-256", "content": checksum }]));
            }
            component
        };
        let (program, others) =
            self.crates.split_first().map_or((None, [].as_slice()), |(one, rest)| (Some(one), rest));
        let mut components: Vec<Value> = others.iter().map(|krate| component("library", krate)).collect();
        components.push(json!({
            "type": "library",
            "bom-ref": rust,
            "name": "rust-std",
            "version": self.rust,
            "description": "The Rust standard library, with the crates that it contains",
            "licenses": [{ "expression": "MIT OR Apache-2.0" }],
            "purl": rust,
        }));
        components.extend(self.library.map(|library| {
            json!({
                "type": "library",
                "bom-ref": npm_purl(library),
                "name": library.name,
                "version": library.version,
                "description": "In okta-sign-in-phone.js, with Google's metadata of phone numbers",
                "licenses": [{ "expression": library.licence }],
                "purl": npm_purl(library),
            })
        }));
        let mut dependencies: Vec<Value> = self
            .crates
            .iter()
            .map(|krate| {
                let uses = krate.uses.iter().filter_map(|place| self.crates.get(*place)).map(reference);
                json!({ "ref": reference(krate), "dependsOn": uses.chain([rust.clone()]).collect::<Vec<_>>() })
            })
            .collect();
        if let Some(of_program) = dependencies.first_mut().and_then(|first| first.get_mut("dependsOn")?.as_array_mut())
        {
            of_program.extend(self.library.map(|library| npm_purl(library).into()));
        }
        let document = json!({
            "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
            "bomFormat": "CycloneDX",
            "specVersion": "1.6",
            "version": 1,
            "metadata": { "component": program.map(|program| component("application", program)) },
            "components": components,
            "dependencies": dependencies,
        });
        format!("{document:#}\n")
    }
}

fn stdout(command: &mut Command) -> anyhow::Result<String> {
    let name = process::shown(command);
    let output = process::output(command).with_context(|| format!("could not start `{name}`"))?;
    if !output.status.success() {
        bail!("`{name}` failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8(output.stdout)?)
}

fn npm_purl(library: &Library) -> String {
    format!("pkg:npm/{}@{}", library.name, library.version)
}

fn purl(name: &str, version: &str) -> String {
    format!("pkg:cargo/{name}@{version}")
}

/// The hashes of the crates in a lock file, by name and version.
fn checksums(lock: &str) -> anyhow::Result<BTreeMap<(String, String), String>> {
    #[derive(Deserialize)]
    struct Lock {
        package: Vec<Package>,
    }
    #[derive(Deserialize)]
    struct Package {
        name: String,
        version: String,
        checksum: Option<String>,
    }
    let lock: Lock = toml::from_str(lock).context("Cargo.lock is not what cargo writes")?;
    let known = |package: Package| Some(((package.name, package.version), package.checksum?));
    Ok(lock.package.into_iter().filter_map(known).collect())
}

/// Reads what `cargo tree` prints: on each line the depth, the crate and its licence.
fn read_tree(tree: &str, checksums: &BTreeMap<(String, String), String>) -> anyhow::Result<Vec<Crate>> {
    let mut crates: Vec<Crate> = Vec::new();
    // The crates from the program to the line.
    let mut path: Vec<usize> = Vec::new();
    for line in tree.lines() {
        let mut columns = line.split('\t');
        let (depth, krate, licence) = (columns.next(), columns.next(), columns.next());
        let words: Vec<&str> = krate.unwrap_or_default().split(' ').collect();
        let (Some(Ok(depth)), [name, version, ..], Some(licence)) = (depth.map(str::parse::<usize>), &*words, licence)
        else {
            bail!("`cargo tree` prints an unexpected line: {line}");
        };
        let version = version.trim_start_matches('v');
        let same = |krate: &Crate| krate.name == *name && krate.version == version;
        let place = crates.iter().position(same).unwrap_or(crates.len());
        if place == crates.len() {
            let key = ((*name).to_owned(), version.to_owned());
            crates.push(Crate {
                checksum: checksums.get(&key).cloned(),
                name: key.0,
                version: key.1,
                licence: expression(licence),
                uses: Vec::new(),
            });
        }
        path.truncate(depth);
        if let Some(user) = path.last().and_then(|user| crates.get_mut(*user))
            && !user.uses.contains(&place)
        {
            user.uses.push(place);
        }
        path.push(place);
    }
    Ok(crates)
}

/// The licence without the mark of a repetition, and with `OR` where older crates have a slash.
fn expression(licence: &str) -> String {
    licence.trim_end_matches(" (*)").replace('/', " OR ")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    const TREE: &str =
        "0\twidget v0.1.0 (/a)\tMIT\n1\ta v1.0.0\tMIT/Apache-2.0\n2\tb v2.0.0\tZlib\n1\tb v2.0.0\tZlib (*)\n";

    fn contents() -> Contents {
        let lock = "[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nchecksum = \"ff\"\n";
        Contents {
            crates: read_tree(TREE, &checksums(lock).unwrap()).unwrap(),
            library: None,
            rust: "1.95.0".to_owned(),
        }
    }

    #[test]
    fn each_crate_is_there_once_with_what_it_uses() {
        let seen: Vec<_> = contents().crates.into_iter().map(|one| (one.name, one.licence, one.uses)).collect();
        let expected = [("widget", "MIT", vec![1, 2]), ("a", "MIT OR Apache-2.0", vec![2]), ("b", "Zlib", vec![])];
        assert_eq!(seen, expected.map(|(name, licence, uses)| (name.to_owned(), licence.to_owned(), uses)));
        assert!(read_tree("widget", &BTreeMap::new()).is_err());
    }

    #[test]
    fn the_document_names_them_by_purl() {
        let document: Value = serde_json::from_str(&contents().to_cyclone_dx()).unwrap();
        assert_eq!(document.pointer("/metadata/component/purl").unwrap(), "pkg:cargo/widget@0.1.0");
        assert_eq!(document.pointer("/components/0/hashes/0/content").unwrap(), "ff");
        assert_eq!(document.pointer("/components/2/name").unwrap(), "rust-std");
        let uses = document.pointer("/dependencies/1/dependsOn").unwrap();
        assert_eq!(*uses, json!(["pkg:cargo/b@2.0.0", "pkg:generic/rust-std@1.95.0"]));
    }

    #[test]
    fn the_program_has_the_crates_that_it_is_known_to_have() {
        let contents = Contents::of_program().unwrap();
        let names: Vec<&str> = contents.crates.iter().map(|krate| krate.name.as_str()).collect();
        assert_eq!(names.first(), Some(&program::PACKAGE));
        for name in ["okta-authn", "sign-in-flow", "yew", "web-sys"] {
            assert!(names.contains(&name), "{name}");
        }
        for name in ["serde_derive", "wasm-bindgen-macro", "tokio"] {
            assert!(!names.contains(&name), "{name} is not in the program");
        }
    }
}
