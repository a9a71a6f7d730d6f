//! Puts the first form into a page's HTML: into every `<okta-sign-in>`, as its attributes say. What the form
//! looks like is the widget's affair, never this program's.

mod styles;

use std::cell::Cell;

use anyhow::bail;
use lol_html::{RewriteStrSettings, element, html_content::ContentType, rewrite_str};
use okta_authn_widget::config::{Config, Given, OptionName, Page};
use okta_authn_widget::embed::static_form;
use url::Url;

pub use styles::{source, with_styles};

/// The page with the first form inside every `<okta-sign-in>`, in place of what was there.
pub fn with_forms(html: &str) -> anyhow::Result<String> {
    let forms = Cell::new(0);
    let handler = element!("okta-sign-in", |element| {
        let given: Vec<(String, String)> =
            element.attributes().iter().map(|attribute| (attribute.name(), attribute.value())).collect();
        if let Some(form) = form(&given)? {
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

/// The form of an element with these attributes; `None` where it does not begin with the form.
fn form(attributes: &[(String, String)]) -> anyhow::Result<Option<String>> {
    let value = |option: OptionName| {
        let found = attributes.iter().find(|(name, _)| name == option.attribute());
        Some((option, Given::Text(found?.1.clone())))
    };
    let given: Vec<_> = OptionName::ALL.into_iter().filter_map(value).collect();
    let config = Config::parse(&given, &SomePage)?;
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    Ok(runtime.block_on(static_form::prerender(config)))
}

/// Where the page will stand is not known yet, and does not show in the form.
struct SomePage;

const SOME_PAGE: &str = "https://page.example/";

impl Page for SomePage {
    fn url(&self) -> String {
        SOME_PAGE.to_owned()
    }

    fn resolve(&self, url: &str) -> Option<String> {
        Some(Url::parse(SOME_PAGE).ok()?.join(url).ok()?.into())
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
    fn the_form_goes_into_the_element_and_nothing_else_changes() {
        let html = with_forms(&element("class=mine")).unwrap();
        assert!(html.starts_with("<p>a</p><okta-sign-in base-url=\"https://a.example\" class=mine><!--<[]>--><div "));
        assert!(html.ends_with("<!--</[]>--></okta-sign-in><p>b</p>"));
        assert!(!html.contains("old"));
        for part in ["name=\"username\"", "name=\"password\"", "name=\"remember\"", "value=\"forgot\""] {
            assert_eq!(html.matches(part).count(), 1, "{part}");
        }
    }

    #[test]
    fn attributes_decide_what_is_in_it() {
        let html = with_forms(&element("remember-me=false email-recovery=false passwordless-auth")).unwrap();
        assert!(html.contains("name=\"username\""));
        for part in ["name=\"password\"", "name=\"remember\"", "value=\"forgot\""] {
            assert!(!html.contains(part), "{part}");
        }
    }

    #[test]
    fn an_element_that_begins_elsewhere_is_left_alone() {
        assert!(with_forms(&element("state-token=00x")).unwrap().contains(">old<"));
    }

    #[test]
    fn mistakes_are_told() {
        assert!(with_forms("<p>").unwrap_err().to_string().contains("no <okta-sign-in>"));
        let wrong = with_forms("<okta-sign-in base-url=x></okta-sign-in>").unwrap_err();
        assert!(format!("{wrong:#}").contains("base-url"), "{wrong:#}");
    }
}
