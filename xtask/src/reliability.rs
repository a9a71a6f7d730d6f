//! The sections of `docs/reliability.md` that commands write: each stands between two comments that name it. Not here:
//! what is measured.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;

use crate::workspace;

/// Replaces the content of the section with this name.
pub(crate) fn record(section: &str, content: &str) -> anyhow::Result<()> {
    let page = page();
    let text = with_section(&read(&page)?, section, content).with_context(|| missing(&page, section))?;
    fs::write(&page, text).with_context(|| format!("could not write {}", page.display()))?;
    eprintln!("written into {}", page.strip_prefix(workspace::root()).unwrap_or(&page).display());
    Ok(())
}

/// The content of the section with this name.
pub(crate) fn section(section: &str) -> anyhow::Result<String> {
    let page = page();
    content_of(&read(&page)?, section).map(str::to_owned).with_context(|| missing(&page, section))
}

fn page() -> PathBuf {
    workspace::root().join("docs").join("reliability.md")
}

fn read(page: &Path) -> anyhow::Result<String> {
    fs::read_to_string(page).with_context(|| format!("could not read {}", page.display()))
}

fn missing(page: &Path, section: &str) -> String {
    format!("{} has no section between comments named {section}", page.display())
}

/// What stands before the content of the section, with its first comment; the content; and what stands after it.
fn around<'a>(page: &'a str, section: &str) -> Option<[&'a str; 3]> {
    const CLOSED: &str = " -->\n";
    let comment = page.find(&format!("<!-- {section}: "))?;
    let start = comment + page.get(comment..)?.find(CLOSED)? + CLOSED.len();
    let end = start + page.get(start..)?.find(&format!("<!-- end of {section} -->"))?;
    Some([page.get(..start)?, page.get(start..end)?, page.get(end..)?])
}

fn content_of<'a>(page: &'a str, section: &str) -> Option<&'a str> {
    around(page, section).map(|[_, content, _]| content.trim())
}

/// The page with this content in the section; `None` if there is no such section.
fn with_section(page: &str, section: &str, content: &str) -> Option<String> {
    let [before, _, after] = around(page, section)?;
    Some(format!("{before}\n{}\n\n{after}", content.trim()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_section_is_replaced_and_nothing_else() {
        let page = "# A\n<!-- one: by x -->\nold\n<!-- end of one -->\n<!-- two: by y -->\n<!-- end of two -->\n";
        let with = with_section(page, "one", "\nnew\n").unwrap();
        assert_eq!(
            with,
            "# A\n<!-- one: by x -->\n\nnew\n\n<!-- end of one -->\n<!-- two: by y -->\n<!-- end of two -->\n"
        );
        assert_eq!(with_section(&with, "one", "new").unwrap(), with);
        assert_eq!(with_section(page, "three", "new"), None);
        assert_eq!((content_of(&with, "one"), content_of(&with, "two")), (Some("new"), Some("")));
        assert_eq!(content_of(&with, "three"), None);
    }
}
