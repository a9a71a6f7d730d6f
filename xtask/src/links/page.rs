//! Reads a Markdown page: its links, and the names of its headings as a link can have them. Not here: where a link
//! leads.

use std::collections::BTreeSet;

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

/// What links need to know of a page.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// In the order of the page.
    pub(super) links: Vec<Link>,
    /// Each as the part of an address after `#`.
    pub(super) headings: BTreeSet<String>,
}

/// A link, or a picture.
#[derive(Debug)]
pub(super) struct Link {
    /// The first line is 1.
    pub(super) line: usize,
    /// As it is written; a label that is defined nowhere in square brackets.
    pub(super) target: String,
}

impl Page {
    pub(super) fn read(text: &str) -> Self {
        let mut page = Self::default();
        let mut heading: Option<String> = None;
        // Without this, `[text][label]` is plain text where nothing defines the label.
        let undefined = |link: BrokenLink<'_>| {
            let is_meant = matches!(link.link_type, LinkType::Reference | LinkType::Collapsed);
            is_meant.then(|| (format!("[{}]", link.reference).into(), CowStr::Borrowed("")))
        };
        let options = Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS;
        let parser = Parser::new_with_broken_link_callback(text, options, Some(undefined));
        for (event, place) in parser.into_offset_iter() {
            match event {
                Event::Start(Tag::Link { dest_url: target, .. } | Tag::Image { dest_url: target, .. }) => {
                    let before = text.get(..place.start).unwrap_or_default();
                    page.links.push(Link { line: before.matches('\n').count() + 1, target: target.into_string() });
                }
                Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
                Event::End(TagEnd::Heading(_)) => page.add_heading(&heading.take().unwrap_or_default()),
                Event::Text(text) | Event::Code(text) => {
                    if let Some(heading) = &mut heading {
                        heading.push_str(&text);
                    }
                }
                _ => {}
            }
        }
        page
    }

    /// Adds a heading by the name that GitHub gives it: what is not a letter, a digit, `-` or `_` is left out, and a
    /// name that is there already gets a number.
    fn add_heading(&mut self, text: &str) {
        let kept = text.trim().to_lowercase().replace(' ', "-");
        let name: String = kept.chars().filter(|char| char.is_alphanumeric() || matches!(char, '-' | '_')).collect();
        let mut numbered = name.clone();
        for number in 1.. {
            if self.headings.insert(numbered) {
                return;
            }
            numbered = format!("{name}-{number}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_named_as_github_names_them() {
        let page = Page::read("# What's `new_here`?\n## A [link](x.md) & more\n## Twice\n## Twice\n\nTwo lines\n---\n");
        let names: Vec<&str> = page.headings.iter().map(String::as_str).collect();
        assert_eq!(names, ["a-link--more", "twice", "twice-1", "two-lines", "whats-new_here"]);
    }

    #[test]
    fn what_stands_in_code_is_no_link() {
        let page = Page::read("`[a](b)`\n\n```\n[c](d)\n# e\n```\n\n| f |\n|---|\n| [g](h) |\n");
        let links: Vec<_> = page.links.iter().map(|link| (link.line, link.target.as_str())).collect();
        assert_eq!((links, page.headings.len()), (vec![(10, "h")], 0));
    }
}
