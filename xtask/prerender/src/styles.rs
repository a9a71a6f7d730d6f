//! The widget's style sheets in a page's HTML: the first one in place of the link to it, which is one request less before
//! the first paint; the brand's beside it. Not here: the content of the style sheets.

use std::cell::Cell;

use anyhow::bail;
use data_encoding::BASE64;
use lol_html::{RewriteStrSettings, element, html_content::ContentType, rewrite_str};
use sha2::{Digest as _, Sha256};

/// The page with the style sheet in place of the link, or of an older style sheet, that is marked `data-okta-sign-in`.
pub fn with_styles(html: &str, css: &str) -> anyhow::Result<String> {
    if css.to_ascii_lowercase().contains("</style") {
        bail!("the style sheet contains `</style`, and would end there");
    }
    let css = css.trim();
    let found = Cell::new(0);
    let handler = element!("link[data-okta-sign-in], style[data-okta-sign-in]", |element| {
        element.replace(&format!("<style data-okta-sign-in>{css}</style>"), ContentType::Html);
        found.set(found.get() + 1);
        Ok(())
    });
    let html = rewrite_str(html, RewriteStrSettings::new().append_element_content_handler(handler))?;
    match found.get() {
        0 => bail!("there is no <link rel=\"stylesheet\" data-okta-sign-in> in it that the style sheet could replace"),
        1 => Ok(html),
        count => bail!("there are {count} style sheets marked data-okta-sign-in in it; leave one"),
    }
}

/// The page with a link to the brand's style sheet after that to the widget's, where there is none yet: a brand in the
/// page's HTML is painted before the script could add it.
pub(crate) fn with_brand_styles(html: &str) -> anyhow::Result<String> {
    const FILE: &str = "okta-sign-in.css";
    if html.contains(BRAND_MARK) {
        return Ok(html.to_owned());
    }
    let handler = element!("link[data-okta-sign-in]", |element| {
        let href = element.get_attribute("href").unwrap_or_default();
        // A file of another name is not ours, and what else it has is the page's to know.
        if let Some(folder) = href.strip_suffix(FILE) {
            let link = format!("<link rel=\"stylesheet\" href=\"{folder}okta-sign-in-brand.css\" {BRAND_MARK} />");
            element.after(&link, ContentType::Html);
        }
        Ok(())
    });
    Ok(rewrite_str(html, RewriteStrSettings::new().append_element_content_handler(handler))?)
}

/// The attribute that marks the brand's style sheet.
const BRAND_MARK: &str = "data-okta-sign-in-brand";

/// The source that a Content Security Policy must allow in `style-src` for it.
pub fn source(css: &str) -> String {
    format!("'sha256-{}'", BASE64.encode(&Sha256::digest(css.trim())))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    const LINKED: &str =
        "<head><link rel=\"stylesheet\" href=\"x.css\" data-okta-sign-in /><link href=\"mine.css\"></head>";

    #[test]
    fn the_style_sheet_replaces_its_link_and_an_older_one() {
        let once = with_styles(LINKED, "a > b {}\n").unwrap();
        assert_eq!(once, "<head><style data-okta-sign-in>a > b {}</style><link href=\"mine.css\"></head>");
        let again = with_styles(&once, "c {}").unwrap();
        assert_eq!(again, "<head><style data-okta-sign-in>c {}</style><link href=\"mine.css\"></head>");
    }

    #[test]
    fn the_brands_style_sheet_is_linked_once() {
        let page = "<link rel=\"stylesheet\" href=\"v-1/styles/okta-sign-in.css\" data-okta-sign-in /><p>a</p>";
        let once = with_brand_styles(page).unwrap();
        let link = "<link rel=\"stylesheet\" href=\"v-1/styles/okta-sign-in-brand.css\" data-okta-sign-in-brand />";
        assert_eq!(once, page.replace("<p>", &format!("{link}<p>")));
        assert_eq!(with_brand_styles(&once).unwrap(), once);
        assert_eq!(with_brand_styles(LINKED).unwrap(), LINKED);
    }

    #[test]
    fn mistakes_are_errors() {
        let error = |html: &str, css: &str| with_styles(html, css).unwrap_err().to_string();
        assert!(error("<head>", "a {}").contains("no <link"));
        assert!(error(&[LINKED, LINKED].concat(), "a {}").contains("2 style sheets"));
        assert!(error(LINKED, "a { content: '</STYLE>' }").contains("</style"));
    }

    #[test]
    fn a_policy_allows_the_style_sheet_by_its_hash() {
        // By `printf 'a {}' | openssl dgst -sha256 -binary | base64`.
        assert_eq!(source("a {}\n"), "'sha256-mkSHzL7faOU7/U/v8Umg+058R69+vN2A2xmE3Fz1q98='");
    }
}
