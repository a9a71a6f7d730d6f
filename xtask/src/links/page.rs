//! Reads a Markdown page: its links, its code, and the names of its headings as a link can have them. Not here: where a
//! link leads, and whether the code is right.

use std::collections::BTreeSet;

use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

/// What the checks need to know of a page.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// In the order of the page.
    pub(super) links: Vec<Link>,
    /// Each as the part of an address after `#`.
    pub(super) headings: BTreeSet<String>,
    /// In the order of the page.
    pub(crate) code: Vec<Code>,
}

/// A block of code, or a word of code within a sentence.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Code {
    /// The first line is 1.
    pub(crate) line: usize,
    /// The first word after the fence; empty where there is none, and within a sentence.
    pub(crate) language: String,
    /// As it is written.
    pub(crate) text: String,
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
        let mut in_block = false;
        // Without this, `[text][label]` is plain text where nothing defines the label.
        let undefined = |link: BrokenLink<'_>| {
            let is_meant = matches!(link.link_type, LinkType::Reference | LinkType::Collapsed);
            is_meant.then(|| (format!("[{}]", link.reference).into(), CowStr::Borrowed("")))
        };
        let options = Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS;
        let parser = Parser::new_with_broken_link_callback(text, options, Some(undefined));
        for (event, place) in parser.into_offset_iter() {
            let line = || text.get(..place.start).unwrap_or_default().matches('\n').count() + 1;
            match event {
                Event::Start(Tag::Link { dest_url: target, .. } | Tag::Image { dest_url: target, .. }) => {
                    page.links.push(Link { line: line(), target: target.into_string() });
                }
                Event::Start(Tag::CodeBlock(kind)) => {
                    let info = if let CodeBlockKind::Fenced(info) = kind { info.into_string() } else { String::new() };
                    let language = info.split([' ', ',']).next().unwrap_or_default().to_owned();
                    page.code.push(Code { line: line(), language, text: String::new() });
                    in_block = true;
                }
                Event::End(TagEnd::CodeBlock) => in_block = false,
                Event::Text(text) if in_block => {
                    if let Some(code) = page.code.last_mut() {
                        code.text.push_str(&text);
                    }
                }
                Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
                Event::End(TagEnd::Heading(_)) => page.add_heading(&heading.take().unwrap_or_default()),
                Event::Code(code) => {
                    page.code.push(Code { line: line(), language: String::new(), text: code.clone().into_string() });
                    if let Some(heading) = &mut heading {
                        heading.push_str(&code);
                    }
                }
                Event::Text(text) => {
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
    fn code_is_read_with_its_line_and_its_language() {
        let page = Page::read("`a\nb` and\n\n```js title\nc\n\nd\n```\n\n    e\n");
        let code = |line, language: &str, text: &str| Code { line, language: language.into(), text: text.into() };
        assert_eq!(page.code, [code(1, "", "a b"), code(4, "js", "c\n\nd\n"), code(10, "", "e\n")]);
    }

    #[test]
    fn what_stands_in_code_is_no_link() {
        let page = Page::read("`[a](b)`\n\n```\n[c](d)\n# e\n```\n\n| f |\n|---|\n| [g](h) |\n");
        let links: Vec<_> = page.links.iter().map(|link| (link.line, link.target.as_str())).collect();
        assert_eq!((links, page.headings.len()), (vec![(10, "h")], 0));
    }
}
