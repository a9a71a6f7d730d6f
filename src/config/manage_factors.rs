//! What the page's owner may set of `<okta-my-factors>`. Not here: reading the DOM.

use super::{ConfigError, OptionName, OptionValue, Page, RawOptions};
use sign_in_flow::RedirectUrl;
use sign_in_flow::hook::Hook;

/// A parsed configuration of factor management.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManageFactorsConfig {
    /// The page owner's server.
    pub hook: Hook,
    /// Where to sign in.
    pub sign_in_url: Option<RedirectUrl>,
    /// Whether the heading takes focus when the page opens.
    pub autofocus: bool,
    /// Whether the page's title names the step.
    pub document_title: bool,
}

impl ManageFactorsConfig {
    /// Parses options on this page. Of an option that is given twice, the first counts.
    pub fn parse(given: &[(OptionName, OptionValue)], page: &dyn Page) -> Result<Self, ConfigError> {
        let options = RawOptions::new(given, page);
        let missing = "is missing: set it to the address of your hook, as in https://example.com/hook";
        let Some(hook) = options.hook().or_else(|| options.wrong(OptionName::HookUrl, missing)) else {
            return Err(options.mistake());
        };
        let sign_in_url = options.address(OptionName::SignInUrl);
        let sign_in_url =
            sign_in_url.and_then(|url| options.redirect(OptionName::SignInUrl, &url, &options.allowed_origins()));
        let autofocus = options.flag(OptionName::Autofocus, false);
        let document_title = options.flag(OptionName::DocumentTitle, false);
        options.into_result(Self { hook, sign_in_url, autofocus, document_title })
    }
}
