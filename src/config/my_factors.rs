//! What an embedder may set of `<okta-my-factors>`. Never here: reading the DOM.

use super::{ConfigError, Given, GivenOptions, OptionName, Page};
use crate::authn::url::Address;
use crate::flow::RedirectUrl;
use crate::flow::redirect::RedirectError;
use crate::hook::Hook;

/// A parsed configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MyFactorsConfig {
    /// The page owner's server.
    pub hook: Hook,
    /// Where to sign in.
    pub sign_in_url: Option<RedirectUrl>,
    /// Whether the heading takes focus when the page opens.
    pub autofocus: bool,
}

impl MyFactorsConfig {
    /// Parses what was given on this page. Of an option given twice the first counts.
    pub fn parse(given: &[(OptionName, Given)], page: &dyn Page) -> Result<Self, ConfigError> {
        let options = GivenOptions(given);
        let hook = options.hook(page)?;
        let missing = "is missing: set it to the address of your hook, as in https://example.com/hook";
        Ok(Self {
            hook: hook.ok_or_else(|| ConfigError::new(OptionName::HookUrl.attribute(), missing))?,
            sign_in_url: options.sign_in_url(page)?,
            autofocus: options.flag(OptionName::Autofocus, false)?,
        })
    }
}

impl GivenOptions<'_> {
    /// On the page's own origin, or one that is allowed.
    fn sign_in_url(&self, page: &dyn Page) -> Result<Option<RedirectUrl>, ConfigError> {
        let option = OptionName::SignInUrl;
        let wrong = |problem: &str| ConfigError::new(option.attribute(), problem);
        let Some(text) = self.text(option)? else { return Ok(None) };
        let absolute = page.resolve(text.trim()).ok_or_else(|| wrong("is not an address"))?;
        let mut allowed = self.origins(OptionName::RedirectOrigins)?;
        allowed.extend(Address::parse(&page.url()).map(|address| address.origin));
        let parsed = RedirectUrl::parse(&absolute, &allowed).map_err(|error| match error {
            RedirectError::Address(error) => wrong(error.reason()),
            RedirectError::Origin(origin) => {
                wrong(&["leads to ", &origin, ", which is not allowed: add it to redirect-origins"].concat())
            }
        })?;
        Ok(Some(parsed))
    }
}
