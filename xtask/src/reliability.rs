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
    let text = fs::read_to_string(&page).with_context(|| format!("could not read {}", page.display()))?;
    let text = with_section(&text, section, content)
        .with_context(|| format!("{} has no section between comments named {section}", page.display()))?;
    fs::write(&page, text).with_context(|| format!("could not write {}", page.display()))?;
    eprintln!("written into {}", shown(&page));
    Ok(())
}

/// The content of the section with this name.
pub(crate) fn section(section: &str) -> anyhow::Result<String> {
    let page = page();
    let text = fs::read_to_string(&page).with_context(|| format!("could not read {}", page.display()))?;
    let content = content_of(&text, section);
    content.map(str::to_owned).with_context(|| format!("{} has no section named {section}", page.display()))
}

fn content_of<'a>(page: &'a str, section: &str) -> Option<&'a str> {
    let (_, rest) = page.split_once(&format!("<!-- {section}: "))?;
    let (content, _) = rest.split_once(" -->\n")?.1.split_once(&format!("<!-- end of {section} -->"))?;
    Some(content.trim())
}

fn page() -> PathBuf {
    workspace::root().join("docs").join("reliability.md")
}

fn shown(page: &Path) -> String {
    page.strip_prefix(workspace::root()).unwrap_or(page).display().to_string()
}

/// The page with this content in the section; `None` if there is no such section.
fn with_section(page: &str, section: &str, content: &str) -> Option<String> {
    let (before, rest) = page.split_once(&format!("<!-- {section}: "))?;
    let (command, rest) = rest.split_once(" -->\n")?;
    let end = format!("<!-- end of {section} -->");
    let (_, after) = rest.split_once(&end)?;
    Some(format!("{before}<!-- {section}: {command} -->\n\n{}\n\n{end}{after}", content.trim()))
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
