//! The plain files of the page: `index.html` and what its `data-trunk` links name. Trunk copies them when it builds;
//! this copies the same files where there is no Trunk, which takes minutes to compile. `cargo xtask test` compares
//! both. Not here: the modules, scripts and styles that are made of them (`bundle.rs`).

use std::{fs, path::Path};

use anyhow::{Context as _, bail};

use crate::workspace;

const PAGE: &str = "index.html";

/// Copies `index.html` and what it names into a folder.
pub(crate) fn copy(to: &Path) -> anyhow::Result<()> {
    let root = workspace::root();
    let html = read(&root.join(PAGE))?;
    fs::create_dir_all(to)?;
    for link in links(&html) {
        let attributes = Attributes(link);
        match (attributes.get("rel"), attributes.get("href")) {
            (Some("copy-file"), Some(file)) => {
                let from = root.join(file);
                let name = from.file_name().with_context(|| format!("{link} names no file"))?;
                copy_file(&from, &to.join(name))?;
            }
            (Some("copy-dir"), Some(folder)) => {
                let from = root.join(folder);
                let name = from.file_name().with_context(|| format!("{link} names no folder"))?;
                for file in workspace::files_below(&from)? {
                    copy_file(&file, &to.join(name).join(file.strip_prefix(&from)?))?;
                }
            }
            // The program is compiled by cargo.
            (Some("rust"), _) if link.contains("data-trunk-skip") => {}
            _ => bail!("only Trunk knows what to do with {link}"),
        }
    }
    copy_file(&root.join(PAGE), &to.join(PAGE))?;
    remove_links(to)
}

/// Removes the links that are meant for Trunk from the page in a folder. Trunk leaves the one to the program.
pub(crate) fn remove_links(folder: &Path) -> anyhow::Result<()> {
    let page = folder.join(PAGE);
    fs::write(&page, without_links(&read(&page)?)).with_context(|| format!("could not write {}", page.display()))
}

fn read(file: &Path) -> anyhow::Result<String> {
    fs::read_to_string(file).with_context(|| format!("could not read {}", file.display()))
}

fn copy_file(from: &Path, to: &Path) -> anyhow::Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::copy(from, to).map(|_| ()).with_context(|| format!("could not copy {} to {}", from.display(), to.display()))
}

const LINK: &str = "<link data-trunk";

/// The links that are meant for Trunk, each from `<` to `>`.
fn links(html: &str) -> impl Iterator<Item = &str> {
    html.match_indices(LINK).filter_map(|(start, _)| {
        let link = html.get(start..)?;
        link.get(..=link.find('>')?)
    })
}

fn without_links(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, link)) = rest.find(LINK).and_then(|start| rest.split_at_checked(start)) {
        out.push_str(before);
        rest = link.find('>').and_then(|end| link.get(end + 1..)).unwrap_or_default();
    }
    out + rest
}

/// The attributes of a tag of our own page: each is written `name="value"`.
struct Attributes<'a>(&'a str);

impl<'a> Attributes<'a> {
    fn get(&self, name: &str) -> Option<&'a str> {
        let (_, value) = self.0.split_once(&format!(" {name}=\""))?;
        value.split('"').next()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    const HTML: &str = "<head>\n  <link data-trunk rel=\"rust\" data-trunk-skip />\n  \
                        <link data-trunk rel=\"copy-file\" href=\"demo/a.js\" />\n  <link rel=\"icon\" />\n</head>";

    #[test]
    fn only_trunks_links_are_found_and_removed() {
        let found: Vec<_> =
            links(HTML).map(|link| (Attributes(link).get("rel"), Attributes(link).get("href"))).collect();
        assert_eq!(found, [(Some("rust"), None), (Some("copy-file"), Some("demo/a.js"))]);
        assert_eq!(without_links(HTML), "<head>\n  \n  \n  <link rel=\"icon\" />\n</head>");
    }

    #[test]
    fn every_link_of_our_page_is_known() {
        let folder = workspace::target().join("test-page");
        copy(&folder).unwrap();
        assert!(folder.join("index.html").is_file());
        assert!(folder.join("styles").join("okta-sign-in.css").is_file());
        assert!(!read(&folder.join("index.html")).unwrap().contains("data-trunk"));
        fs::remove_dir_all(folder).unwrap();
    }
}
