//! Puts the start form into a page's HTML: into every `<okta-sign-in>`, according to its attributes. Not here: the markup
//! of the form, which the widget renders.

mod styles;

use std::cell::Cell;

use anyhow::bail;
use lol_html::{RewriteStrSettings, element, html_content::ContentType, rewrite_str};
use okta_authn_widget::config::{Config, OptionName, OptionValue, Page};
use okta_authn_widget::embed::static_form;
use url::Url;

pub use styles::{source, with_styles};

/// The page with the start form inside every `<okta-sign-in>`, in place of its content.
pub fn with_forms(html: &str) -> anyhow::Result<String> {
    let forms = Cell::new(0);
    let handler = element!("okta-sign-in", |element| {
        let attributes: Vec<(String, String)> =
            element.attributes().iter().map(|attribute| (attribute.name(), attribute.value())).collect();
        if let Some(form) = form(&attributes)? {
            element.set_inner_content(&form, ContentType::Html);
        }
        forms.set(forms.get() + 1);
        Ok(())
    });
    let html = rewrite_str(html, RewriteStrSettings::new().append_element_content_handler(handler))?;
    if forms.get() == 0 {
        bail!("there is no <okta-sign-in> in it");
    }
    Ok(html)
}

/// The form of an element with these attributes; `None` where its first screen is another one.
fn form(attributes: &[(String, String)]) -> anyhow::Result<Option<String>> {
    let value = |option: OptionName| {
        let found = attributes.iter().find(|(name, _)| name == option.attribute());
        Some((option, OptionValue::Text(found?.1.clone())))
    };
    let options: Vec<_> = OptionName::ALL.into_iter().filter_map(value).collect();
    let config = Config::parse(&options, &UnknownPage)?;
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    Ok(runtime.block_on(static_form::prerender(config)))
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

    #[test]
    fn the_form_is_put_into_the_element_and_nothing_else_changes() {
        let html = with_forms(&element("class=mine")).unwrap();
        assert!(html.starts_with("<p>a</p><okta-sign-in base-url=\"https://a.example\" class=mine><!--<[]>--><div "));
        assert!(html.ends_with("<!--</[]>--></okta-sign-in><p>b</p>"));
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

    #[test]
    fn mistakes_are_errors() {
        assert!(with_forms("<p>").unwrap_err().to_string().contains("no <okta-sign-in>"));
        let wrong = with_forms("<okta-sign-in base-url=x></okta-sign-in>").unwrap_err();
        assert!(format!("{wrong:#}").contains("base-url"), "{wrong:#}");
    }
}
