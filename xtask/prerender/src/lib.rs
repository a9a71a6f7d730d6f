//! Puts the start form into a page's HTML: into every `<okta-sign-in>`, according to its attributes. Not here: the markup
//! of the form, which the widget renders.

mod brand;
mod styles;

use std::cell::{Cell, RefCell};

use anyhow::bail;
use lol_html::{RewriteStrSettings, element, html_content::ContentType, rewrite_str};
use okta_authn_widget::config::{Config, OptionName, OptionValue, Page};
use okta_authn_widget::embed::static_form;
use okta_authn_widget::text::Text;
use url::Url;

pub use styles::{source, with_styles};

/// The page with the start form inside every `<okta-sign-in>`, in place of its content.
pub fn with_forms(html: &str) -> anyhow::Result<String> {
    let forms = Cell::new(0);
    let slots = brand::slots(html)?;
    // The page's, until an element has its own.
    let page = RefCell::new(String::new());
    let page_handler = element!("html[lang]", |element| {
        page.replace(element.get_attribute("lang").unwrap_or_default());
        Ok(())
    });
    let handler = element!("okta-sign-in", |element| {
        let attributes: Vec<(String, String)> =
            element.attributes().iter().map(|attribute| (attribute.name(), attribute.value())).collect();
        let text = language(&attributes, &page.borrow())?;
        if let Some(form) = form(&attributes, text)?.filter(|_| !brand::is_isolated(&attributes)) {
            let slots = slots.get(forms.get()).cloned().unwrap_or_default();
            element.set_inner_content(&brand::around(form, text, &attributes, &slots), ContentType::Html);
        }
        forms.set(forms.get() + 1);
        Ok(())
    });
    let settings =
        RewriteStrSettings::new().append_element_content_handler(page_handler).append_element_content_handler(handler);
    let html = rewrite_str(html, settings)?;
    if forms.get() == 0 {
        bail!("there is no <okta-sign-in> in it");
    }
    if brand::is_in(&html) { styles::with_brand_styles(&html) } else { Ok(html) }
}

/// A form with the brand around it that these attributes of an element make, as in a page.
pub fn with_brand(form: String, text: Text, attributes: &[(String, String)]) -> String {
    brand::around(form, text, attributes, &[])
}

/// The language of an element with these attributes: what it says, else that of its page, as far as the widget has it; else
/// English.
fn language(attributes: &[(String, String)], page: &str) -> anyhow::Result<Text> {
    let catalogues = okta_languages::all()?;
    let tags: Vec<&str> = catalogues.iter().map(|catalogue| catalogue.tag.as_str()).chain(["en"]).collect();
    let attribute =
        |name: &str| attributes.iter().find(|(attribute, _)| attribute == name).map(|(_, value)| value.as_str());
    let wanted = [attribute("language"), attribute("lang"), Some(page)];
    let tag = wanted.into_iter().flatten().find_map(|tag| okta_languages::matching(tag, &tags));
    let catalogue = catalogues.iter().find(|catalogue| Some(&*catalogue.tag) == tag);
    catalogue.map_or(Ok(Text::ENGLISH), okta_languages::text)
}

/// The form of an element with these attributes; `None` where its first screen is another one.
fn form(attributes: &[(String, String)], text: Text) -> anyhow::Result<Option<String>> {
    let value = |option: OptionName| {
        let found = attributes.iter().find(|(name, _)| name == option.attribute());
        Some((option, OptionValue::Text(found?.1.clone())))
    };
    let options: Vec<_> = OptionName::ALL.into_iter().filter_map(value).collect();
    let config = Config::parse(&options, &UnknownPage)?;
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    Ok(runtime.block_on(static_form::prerender(config, text)))
}

/// The address of the page is not known yet, and is not part of the form.
struct UnknownPage;

const PAGE_URL: &str = "https://page.example/";

impl Page for UnknownPage {
    fn url(&self) -> String {
        PAGE_URL.to_owned()
    }

    fn resolve(&self, url: &str) -> Option<String> {
        Some(Url::parse(PAGE_URL).ok()?.join(url).ok()?.into())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn element(attributes: &str) -> String {
        format!("<p>a</p><okta-sign-in base-url=\"https://a.example\" {attributes}>old</okta-sign-in><p>b</p>")
    }

    /// Yew's comments around the two components that hydration finds: the application and the root in it.
    const OPENED: &str = "<!--<[]>--><!--<[]>-->";
    const CLOSED: &str = "<!--</[]>--><!--</[]>-->";

    #[test]
    fn the_form_is_put_into_the_element_and_nothing_else_changes() {
        let html = with_forms(&element("class=mine")).unwrap();
        let start = format!("<p>a</p><okta-sign-in base-url=\"https://a.example\" class=mine>{OPENED}<div ");
        assert!(html.starts_with(&start), "{html}");
        assert!(html.ends_with(&format!("</div>{CLOSED}</okta-sign-in><p>b</p>")), "{html}");
        assert!(!html.contains("old"));
        for part in ["name=\"username\"", "name=\"password\"", "name=\"remember\"", "value=\"recovery\""] {
            assert_eq!(html.matches(part).count(), 1, "{part}");
        }
    }

    #[test]
    fn attributes_decide_the_content_of_the_form() {
        let html = with_forms(&element("remember-me=false email-recovery=false passwordless-auth")).unwrap();
        assert!(html.contains("name=\"username\""));
        for part in ["name=\"password\"", "name=\"remember\"", "value=\"recovery\""] {
            assert!(!html.contains(part), "{part}");
        }
    }

    #[test]
    fn an_element_with_another_first_screen_is_not_changed() {
        assert!(with_forms(&element("state-token=00x")).unwrap().contains(">old<"));
    }

    const BRAND: &str = "logo=\"logo.svg\" logo-alt=\"Acme &amp; Co\" organization-name=\"Acme &amp; Co\" \
                         application-name=\"Dash &lt;1&gt;\" help-url=\"/help\" contact-url=\"mailto:it@acme.example\" \
                         terms-url=\"javascript:alert(1)\"";

    /// What tests/scripts/brand.test.js compares with what the script makes.
    #[test]
    fn the_brand_is_what_the_script_makes() {
        let html = with_forms(&element(BRAND)).unwrap();
        let (before, form) = html.split_once(&format!("{OPENED}<div")).unwrap();
        let (_, after) = form.split_once(&format!("</form></div>{CLOSED}")).unwrap();
        let (_, before) = before.split_once("alert(1)\">").unwrap();
        let (after, _) = after.split_once("</okta-sign-in>").unwrap();
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/brand.html");
        let made = format!("{before}{after}\n");
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(file, &made).unwrap();
        }
        assert_eq!(made, std::fs::read_to_string(file).unwrap());
        assert!(html.contains(">Sign in to Dash &lt;1&gt;</h2>"), "{html}");
        assert_eq!(html.matches("Sign in</").count(), 1, "the button is as it was: {html}");
    }

    #[test]
    fn what_the_page_has_written_for_the_brand_stays_also_the_second_time() {
        let page = "<okta-sign-in base-url=\"https://a.example\">\n<div slot=footer>f<i>o</i></div><p>old</p>\
                    <p slot=before-form>b</p></okta-sign-in>";
        let once = with_forms(page).unwrap();
        assert!(once.contains("Sign in</h2><p slot=before-form>b</p>"), "{once}");
        assert!(once.contains("part=\"footer\"><div slot=footer>f<i>o</i></div></div></div></okta-sign-in>"), "{once}");
        assert!(!once.contains("old"));
        assert_eq!(with_forms(&once).unwrap(), once);
    }

    #[test]
    fn an_address_that_could_run_a_script_is_left_out() {
        for address in [
            "javascript:alert(1)",
            "java&#115;cript:alert(1)",
            " JavaScript&colon;alert(1)",
            "java\tscript:a",
            "data:text/html,x",
        ] {
            let html = with_forms(&element(&format!("help-url=\"{address}\" logo=\"{address}\""))).unwrap();
            assert!(!html.contains("<a ") && !html.contains("<img"), "{html}");
        }
        assert!(with_forms(&element("help-url=\"/help?a=1&amp;b\"")).unwrap().contains("href=\"/help?a=1&amp;b\""));
    }

    #[test]
    fn an_isolated_element_is_not_changed() {
        assert!(with_forms(&element("isolated")).unwrap().contains(">old<"));
        assert!(!with_forms(&element("isolated=false")).unwrap().contains(">old<"));
    }

    #[test]
    fn mistakes_are_errors() {
        assert!(with_forms("<p>").unwrap_err().to_string().contains("no <okta-sign-in>"));
        let wrong = with_forms("<okta-sign-in base-url=x></okta-sign-in>").unwrap_err();
        assert!(format!("{wrong:#}").contains("base-url"), "{wrong:#}");
    }
}
