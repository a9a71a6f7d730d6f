//! What an embedder may set, parsed once into a [`Config`] in which every combination is legal. The three
//! doors (attributes, a JavaScript object, Yew props) bring name and value; the rules are the same for all.
//! Never here: reading the DOM, or a default that surprises.

mod given;
mod my_factors;
mod option;

pub use my_factors::MyFactorsConfig;
pub use option::{ConfigError, Given, OptionName};

/// Query parameters of the page in which the org, or its mails, hand over a token.
pub const TOKEN_PARAMETERS: [&str; 3] = ["stateToken", "recoveryToken", "token"];

use crate::authn::request::Options;
use crate::authn::url::{Address, query_value};
use crate::authn::{ActivationToken, Channel, Org, RecoveryToken, StateToken};
use crate::flow::redirect::RedirectError;
use crate::flow::{AfterSuccess, ExistingSession, RedirectMethod, RedirectUrl, Resume, Settings};
use crate::hook::Hook;
use given::GivenOptions;

/// A parsed configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// What the flow needs.
    pub settings: Settings,
    /// Whether "Keep me signed in" is offered.
    pub remember_me: bool,
    /// Whether the first field takes focus when the page opens.
    pub autofocus: bool,
    /// Whether the page's address may carry a token, which it loses once it is read.
    pub resume_from_url: bool,
}

/// The page the widget stands on.
pub trait Page {
    /// The page's own address.
    fn url(&self) -> String;
    /// An address made absolute against the page.
    fn resolve(&self, url: &str) -> Option<String>;
}

impl Config {
    /// Parses what was given on this page. Of an option given twice the first counts.
    pub fn parse(given: &[(OptionName, Given)], page: &dyn Page) -> Result<Self, ConfigError> {
        let options = GivenOptions(given);
        let base_url = options.text(OptionName::BaseUrl)?;
        let base_url = base_url
            .ok_or_else(|| missing_base_url("is missing: set it to your org, as in https://example.okta.com"))?;
        let org = Org::parse(base_url.trim()).map_err(missing_base_url)?;
        let recovery = options.recovery()?;
        let settings = Settings {
            org,
            options: Options {
                multi_optional_factor_enroll: options.flag(OptionName::MultiOptionalFactorEnroll, false)?,
                warn_before_password_expired: options.flag(OptionName::WarnBeforePasswordExpired, true)?,
            },
            after_success: options.after_success(page)?,
            existing_session: options.choice(
                OptionName::ExistingSession,
                &[
                    ("ask", ExistingSession::Ask),
                    ("continue", ExistingSession::Continue),
                    ("ignore", ExistingSession::Ignore),
                ],
            )?,
            username: options.text(OptionName::Username)?.map(str::to_owned),
            without_password: options.flag(OptionName::PasswordlessAuth, false)?,
            auto_push: options.flag(OptionName::AutoPush, false)?,
            unlock: if options.flag(OptionName::SelfServiceUnlock, false)? { recovery.clone() } else { Vec::new() },
            recovery,
            hook: options.hook(page)?,
            page_form: None,
            relay_state: options.text(OptionName::RelayState)?.map(str::to_owned),
            resume: options.resume(page)?,
        };
        Ok(Self {
            settings,
            remember_me: options.flag(OptionName::RememberMe, true)?,
            autofocus: options.flag(OptionName::Autofocus, false)?,
            resume_from_url: options.flag(OptionName::ResumeFromUrl, false)?,
        })
    }
}

fn missing_base_url(problem: &'static str) -> ConfigError {
    ConfigError::new(OptionName::BaseUrl.attribute(), problem)
}

impl GivenOptions<'_> {
    fn hook(&self, page: &dyn Page) -> Result<Option<Hook>, ConfigError> {
        let Some(text) = self.text(OptionName::HookUrl)? else { return Ok(None) };
        let wrong = |problem| ConfigError::new(OptionName::HookUrl.attribute(), problem);
        let absolute = page.resolve(text.trim()).ok_or_else(|| wrong("is not an address"))?;
        Hook::parse(&absolute).map(Some).map_err(wrong)
    }

    fn recovery(&self) -> Result<Vec<Channel>, ConfigError> {
        let mut channels = Vec::new();
        for (option, default, channel) in [
            (OptionName::EmailRecovery, true, Channel::Email),
            (OptionName::SmsRecovery, false, Channel::Sms),
            (OptionName::CallRecovery, false, Channel::Call),
        ] {
            if self.flag(option, default)? {
                channels.push(channel);
            }
        }
        Ok(channels)
    }

    /// What is given by name wins over what stands in the page's address.
    fn resume(&self, page: &dyn Page) -> Result<Option<Resume>, ConfigError> {
        let from_url = self.flag(OptionName::ResumeFromUrl, false)?;
        let url = page.url();
        let [state, recovery, activation] = TOKEN_PARAMETERS;
        for (option, parameter, resume) in [
            (OptionName::StateToken, state, (|token| Resume::State(StateToken::new(token))) as fn(String) -> Resume),
            (OptionName::RecoveryToken, recovery, |token| Resume::Recovery(RecoveryToken::new(token))),
            (OptionName::ActivationToken, activation, |token| Resume::Activation(ActivationToken::new(token))),
        ] {
            let given = self.text(option)?.map(str::to_owned);
            let token = given.or_else(|| query_value(&url, parameter).filter(|_| from_url));
            if let Some(token) = token.filter(|token| !token.is_empty()) {
                return Ok(Some(resume(token)));
            }
        }
        Ok(None)
    }

    fn after_success(&self, page: &dyn Page) -> Result<AfterSuccess, ConfigError> {
        let choices = [("get", Some(RedirectMethod::Get)), ("post", Some(RedirectMethod::Post)), ("callback", None)];
        let Some(method) = self.choice(OptionName::SessionRedirect, &choices)? else {
            return Ok(AfterSuccess::HandOver);
        };
        let option = OptionName::RedirectUrl;
        let wrong = |problem: &str| ConfigError::new(option.attribute(), problem);
        let page_url = page.url();
        let page_origin = Address::parse(&page_url)
            .map_err(|_| wrong("needs a page that is served over https:// or http://"))?
            .origin;
        let redirect_url = match self.text(option)? {
            Some(text) => page.resolve(text.trim()).ok_or_else(|| wrong("is not an address"))?,
            None => page_url.split('#').next().unwrap_or_default().to_owned(),
        };
        let mut allowed = self.origins(OptionName::RedirectOrigins)?;
        allowed.push(page_origin);
        // A relay state may be anything; one that is an allowed address says where to go (contract 1.15).
        let relay_state = self.text(OptionName::RelayState)?;
        if let Some(Ok(redirect_url)) = relay_state.map(|address| RedirectUrl::parse(address, &allowed)) {
            return Ok(AfterSuccess::SessionCookie { redirect_url, method });
        }
        let redirect_url = RedirectUrl::parse(&redirect_url, &allowed).map_err(|error| match error {
            RedirectError::Address(error) => wrong(error.reason()),
            RedirectError::Origin(origin) => wrong(
                &["leads to ", &origin, ", which is not allowed: add it to redirect-origins if it is yours"].concat(),
            ),
        })?;
        Ok(AfterSuccess::SessionCookie { redirect_url, method })
    }
}

#[cfg(test)]
pub(crate) mod tests;
