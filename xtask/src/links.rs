//! Whether the links in the repository's Markdown files lead somewhere: to a file that is there, and to a heading in
//! it. Not here: how a page is read ([`page`]), and addresses of other hosts, which come and go without us.

pub(crate) mod page;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use anyhow::{Context as _, bail, ensure};

use self::page::{Link, Page};
use crate::{process, workspace};

/// Fails with one line for every link that leads nowhere.
pub(crate) fn check() -> anyhow::Result<()> {
    let files = files()?;
    let pages = read(&files)?;
    ensure!(pages.values().any(|page| !page.links.is_empty()), "there is no Markdown file with a link");
    let mistakes = mistakes(&files, &pages);
    if mistakes.is_empty() { Ok(()) } else { bail!("{}", mistakes.join("\n")) }
}

/// The repository's Markdown files, by path.
pub(crate) fn pages() -> anyhow::Result<BTreeMap<String, Page>> {
    read(&files()?)
}

fn read(files: &BTreeSet<String>) -> anyhow::Result<BTreeMap<String, Page>> {
    let mut pages = BTreeMap::new();
    for path in files.iter().filter(|path| is_page(path)) {
        let file = workspace::root().join(path);
        let text = fs::read_to_string(&file).with_context(|| format!("could not read {}", file.display()))?;
        pages.insert(path.clone(), Page::read(&text));
    }
    Ok(pages)
}

/// The repository's files, those that are not added yet included: what is built or installed is none of them.
fn files() -> anyhow::Result<BTreeSet<String>> {
    let mut git = process::command("git", &["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
    let output = process::output(&mut git).context("could not start git")?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr).trim());
    let listed = String::from_utf8(output.stdout).context("a file name that is not UTF-8")?;
    let there = listed.split_terminator('\0').filter(|path| workspace::root().join(path).exists());
    Ok(there.map(str::to_owned).collect())
}

/// Markdown files. The index for language models is one, whatever its name says.
fn is_page(path: &str) -> bool {
    path == "llms.txt" || workspace::has_extension(Path::new(path), &["md"])
}

fn mistakes(files: &BTreeSet<String>, pages: &BTreeMap<String, Page>) -> Vec<String> {
    let mut mistakes = Vec::new();
    for (path, page) in pages {
        for Link { line, target } in &page.links {
            if let Err(why) = follow(path, target, files, pages) {
                mistakes.push(format!("{path}:{line}: {target}: {why}"));
            }
        }
    }
    mistakes
}

/// Where a link on a page leads, or what is wrong with it.
fn follow(
    from: &str,
    target: &str,
    files: &BTreeSet<String>,
    pages: &BTreeMap<String, Page>,
) -> Result<(), &'static str> {
    if is_of_another_host(target) {
        return Ok(());
    }
    if target.starts_with('[') {
        return Err("no such label");
    }
    let (path, heading) = target.split_once('#').map_or((target, None), |(path, heading)| (path, Some(heading)));
    let path =
        if path.is_empty() { from.to_owned() } else { resolve(from, path).ok_or("is outside of the repository")? };
    let is_folder = path.is_empty() || files.iter().any(|file| file.starts_with(&format!("{path}/")));
    if !is_folder && !files.contains(&path) {
        return Err("no such file");
    }
    match (heading, pages.get(&path)) {
        (None, _) => Ok(()),
        (Some(heading), Some(page)) if page.headings.contains(heading) => Ok(()),
        (Some(_), Some(_)) => Err("no such heading"),
        (Some(_), None) => Err("only Markdown files have headings"),
    }
}

fn is_of_another_host(target: &str) -> bool {
    let scheme = target.split_once(':').map_or("", |(scheme, _)| scheme);
    target.starts_with("//") || !scheme.is_empty() && scheme.chars().all(|char| char.is_ascii_alphanumeric())
}

/// The path from the repository's root; none for one that leaves the repository.
fn resolve(from: &str, path: &str) -> Option<String> {
    let mut folders: Vec<&str> = if path.starts_with('/') { Vec::new() } else { from.split('/').collect() };
    // The file itself.
    folders.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                folders.pop()?;
            }
            name => folders.push(name),
        }
    }
    Some(folders.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mistakes_of(page: &str) -> Vec<String> {
        let files = ["README.md", "docs/page.md", "docs/other.md", "src/main.rs"].map(str::to_owned).into();
        let other = Page::read("# A heading\n\n[back](page.md)");
        let pages = [("docs/page.md".to_owned(), Page::read(page)), ("docs/other.md".to_owned(), other)].into();
        mistakes(&files, &pages)
    }

    #[test]
    #[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    fn this_repositorys_links_lead_somewhere() {
        check().unwrap();
    }

    #[test]
    fn links_that_lead_somewhere_are_fine() {
        let page =
            "# Top\n[a](other.md) [b](other.md#a-heading) [c](#top) [d](../README.md) [e](../src) [f](/src/main.rs)
[g](https://example.com/x.md#y) [h](mailto:a@example.com) ![i](../src/main.rs) [j][k]\n\n[k]: ./other.md";
        assert_eq!(mistakes_of(page), Vec::<String>::new());
    }

    #[test]
    fn every_other_one_is_a_mistake() {
        for (link, why) in [
            ("missing.md", "no such file"),
            ("docs/other.md", "no such file"),
            ("../src/other.md", "no such file"),
            ("#nothing", "no such heading"),
            ("other.md#a-headin", "no such heading"),
            ("other.md#A-heading", "no such heading"),
            ("../src/main.rs#L1", "only Markdown files have headings"),
            ("../../elsewhere", "is outside of the repository"),
        ] {
            let found = mistakes_of(&format!("# Top\n\nText, and ![a\n picture]({link})"));
            assert_eq!(found, [format!("docs/page.md:3: {link}: {why}")]);
        }
    }

    #[test]
    fn a_label_that_is_defined_nowhere_is_a_mistake() {
        assert_eq!(mistakes_of("[text][label], but [this] is text"), ["docs/page.md:1: [label]: no such label"]);
    }
}
