//! Writes the gallery's files: an overview, one page per entry that embeds it as a site would, styles and scripts. All
//! addresses are relative: the folder can be put anywhere, or opened without a server. Not here: the list of entries
//! (`entries.rs`).

use crate::entries::Section;
use crate::entry::{Entry, IMAGE, text};
use anyhow::Context as _;
use std::fs;
use std::path::{Path, PathBuf};

/// The folder of the entries' pages.
const ENTRIES: &str = "entries";

/// Static files of the gallery.
const FILES: [(&str, &str); 4] = [
    ("gallery.css", include_str!("../page/gallery.css")),
    ("themes.css", include_str!("../page/themes.css")),
    ("gallery.js", include_str!("../page/gallery.js")),
    ("image.svg", include_str!("../page/image.svg")),
];

/// Writes the gallery into a folder, which is emptied first.
pub(crate) fn write(folder: &Path, sections: &[Section]) -> anyhow::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("could not empty {}", folder.display()))?;
    }
    let put = |path: &str, content: &str| {
        let path = folder.join(path);
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::write(&path, content).with_context(|| format!("could not write {}", path.display()))
    };
    for (name, content) in FILES {
        put(name, content)?;
    }
    let styles: PathBuf = [env!("CARGO_MANIFEST_DIR"), "..", "..", "styles"].iter().collect();
    for entry in fs::read_dir(&styles).with_context(|| format!("could not read {}", styles.display()))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        put(&format!("styles/{name}"), &fs::read_to_string(&path)?)?;
    }
    put("index.html", &overview(sections))?;
    for entry in sections.iter().flat_map(|section| &section.entries) {
        put(&address(entry), &entry_page(entry))?;
    }
    Ok(())
}

/// The path of an entry's page.
pub(crate) fn address(entry: &Entry) -> String {
    format!("{ENTRIES}/{}.html", entry.slug())
}

fn overview(sections: &[Section]) -> String {
    let links = each(sections, |section| format!("<a href=\"#{0}\">{0}</a>\n", section.title));
    let sections = each(sections, |Section { title, entries }| {
        let cards = each(entries, card);
        format!("<section id=\"{title}\">\n<h2>{title}</h2>\n<div class=\"cards\">\n{cards}</div>\n</section>\n")
    });
    let switches = each(&SWITCHES, switch);
    let body = format!(
        "<header>\n<h1>Gallery</h1>\n<form id=\"switches\">\n{switches}</form>\n<nav>{links}</nav>\n</header>\n\
         <main>\n{sections}</main>"
    );
    document("Gallery", "", "gallery.css", &body)
}

fn each<T>(items: &[T], part: impl Fn(&T) -> String) -> String {
    items.iter().map(part).collect::<Vec<_>>().concat()
}

fn card(entry: &Entry) -> String {
    let (name, address) = (escaped(&entry.name), address(entry));
    format!(
        "<article class=\"card\">\n<h3><a href=\"{address}\">{name}</a></h3>\n\
         <div class=\"stage\">{}</div>\n</article>\n",
        with_root(&entry.html)
    )
}

/// A page like the demo's, with the entry in place of the widget. It is one folder below the other files.
fn entry_page(entry: &Entry) -> String {
    const ROOT: &str = "../";
    let body = format!(
        "<header><h1>Acme</h1></header>\n<main class=\"stage\">{}</main>\n<footer>{}</footer>",
        with_root(&entry.html.replace(IMAGE, &IMAGE.replace('"', &format!("\"{ROOT}")))),
        escaped(&entry.name)
    );
    document(&format!("{} · Gallery", escaped(&entry.name)), ROOT, "styles/demo.css", &body)
}

/// An entry in the widget's root, with its language; one with a brand has the root inside.
pub(crate) fn with_root(html: &str) -> String {
    if html.starts_with(BRAND) {
        return html.to_owned();
    }
    format!("<div class=\"oaw\" lang=\"{}\" dir=\"{}\">{html}</div>", text().language(), text().direction())
}

/// How a brand begins (`xtask/prerender/src/brand.rs`).
const BRAND: &str = "<div class=\"oaw-brand\"";

/// A document. `root` is the way from its folder to the other files.
fn document(title: &str, root: &str, style: &str, body: &str) -> String {
    format!(
        "<!doctype html>
<html lang=\"en\">
<head>
<meta charset=\"utf-8\">
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
<meta name=\"color-scheme\" content=\"light dark\">
<title>{title}</title>
<link rel=\"icon\" href=\"data:,\">
<link rel=\"stylesheet\" href=\"{root}styles/okta-sign-in.css\">
<link rel=\"stylesheet\" href=\"{root}styles/okta-sign-in-brand.css\">
<link rel=\"stylesheet\" href=\"{root}{style}\">
<link rel=\"stylesheet\" href=\"{root}themes.css\">
<script src=\"{root}gallery.js\" defer></script>
</head>
<body>
{body}
</body>
</html>
"
    )
}

/// A display option and its values. The first value is the default.
struct Switch {
    name: &'static str,
    values: &'static [&'static str],
}

const SWITCHES: [Switch; 5] = [
    Switch { name: "scheme", values: &["system", "light", "dark"] },
    Switch { name: "direction", values: &["own", "ltr", "rtl"] },
    Switch { name: "width", values: &["400", "320", "1280"] },
    Switch { name: "theme", values: &["default", "forest", "signal"] },
    Switch { name: "text", values: &["normal", "double"] },
];

fn switch(Switch { name, values }: &Switch) -> String {
    let options = each(values, |value| {
        let checked = if values.first() == Some(value) { " checked" } else { "" };
        format!("<label><input type=\"radio\" name=\"{name}\" value=\"{value}\"{checked}> {value}</label>\n")
    });
    format!("<fieldset>\n<legend>{name}</legend>\n{options}</fieldset>\n")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn pages_have_no_inline_script_or_style() {
        let entry = Entry { name: "a <b>".to_owned(), html: "<p>here</p>".to_owned() };
        let alone = entry_page(&entry);
        let all = overview(&[Section { title: "Some", entries: vec![entry] }]);
        for page in [alone, all] {
            assert!(page.contains("<p>here</p>") && page.contains("a &lt;b>"), "{page}");
            assert!(!page.contains("<script>") && !page.contains("style=\"") && !page.contains("<style"), "{page}");
        }
    }

    /// The values of `href` and `src` on a page, without those that lead to another host or are no file.
    fn addresses(html: &str) -> Vec<&str> {
        let values = [" href=\"", " src=\""].into_iter().flat_map(|name| html.split(name).skip(1));
        let values = values.map(|rest| rest.split_once('"').unwrap().0);
        values.filter(|value| !value.starts_with('#') && !value.contains(':')).collect()
    }

    #[test]
    fn every_entry_has_a_page_and_every_address_leads_to_a_file() {
        let folder = std::env::temp_dir().join(format!("okta-gallery-{}", std::process::id()));
        let sections = crate::entries::sections().unwrap();
        write(&folder, &sections).unwrap();
        let entries = sections.iter().flat_map(|section| &section.entries);
        let pages: Vec<String> = entries.map(address).chain(["index.html".to_owned()]).collect();
        assert!(pages.len() > 100, "{pages:?}");
        let mut files = 0;
        for page in pages {
            let page = folder.join(page);
            let html = fs::read_to_string(&page).unwrap();
            for address in addresses(&html) {
                assert!(!address.starts_with('/'), "{}: {address}", page.display());
                let path = address.split(['?', '#']).next().unwrap();
                assert!(page.parent().unwrap().join(path).is_file(), "{}: {address}", page.display());
                files += 1;
            }
            assert!(!html.contains("srcset=") && !html.contains("url("), "{}", page.display());
        }
        assert!(files > 500, "{files}");
        fs::remove_dir_all(&folder).unwrap();
    }
}
