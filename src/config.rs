//! What the page's owner may set, parsed once into a [`Config`] in which every combination is valid. Attributes, a
//! JavaScript object and the typed [`ConfigBuilder`] give names and values; the rules are the same for all. Not here:
//! reading the DOM, or a default that surprises.

mod builder;
mod manage_factors;
mod option;
mod page;
mod raw_options;

pub use builder::{ConfigBuilder, SessionRedirect};
pub use manage_factors::ManageFactorsConfig;
pub use option::{ConfigError, OptionName, OptionValue};
pub use page::Page;

use crate::constants::{ACTIVATION_TOKEN_PARAMETER, RECOVERY_TOKEN_PARAMETER, STATE_TOKEN_PARAMETER};
use okta_authn::request::Options;
use okta_authn::url::{Address, query_value};
use okta_authn::{ActivationToken, Channel, Org, RecoveryToken, StateToken};
use raw_options::RawOptions;
use sign_in_flow::hook::Hook;
use sign_in_flow::{AfterSuccess, ExistingSession, RedirectMethod, RedirectUrl, Resume, Settings};

/// Query parameters of the page in which the org, or its e-mails, put a token.
pub const TOKEN_PARAMETERS: [&str; 3] = [STATE_TOKEN_PARAMETER, RECOVERY_TOKEN_PARAMETER, ACTIVATION_TOKEN_PARAMETER];

/// A parsed configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// What the state machines need.
    pub settings: Settings,
    /// Whether the first field takes focus when the page opens.
    pub autofocus: bool,
    /// Whether the browser's Back leads to the step before.
    pub browser_back: bool,
}

impl Config {
    /// Parses options on this page. Of an option that is given twice, the first counts.
    pub fn parse(given: &[(OptionName, OptionValue)], page: &dyn Page) -> Result<Self, ConfigError> {
        let options = RawOptions::new(given, page);
        let Some(org) = options.org() else { return Err(options.mistake()) };
        let recovery = options.recovery();
        let existing = [ExistingSession::Ask, ExistingSession::Continue, ExistingSession::Ignore];
        let choice = options.choice(OptionName::ExistingSession, &["ask", "continue", "ignore"]);
        let owned = |option| options.text(option).map(str::to_owned);
        let settings = Settings {
            org,
            options: Options {
                multi_optional_factor_enroll: options.flag(OptionName::MultiOptionalFactorEnroll, false),
                warn_before_password_expired: options.flag(OptionName::WarnBeforePasswordExpired, true),
            },
            after_success: options.after_success(&page.url()),
            existing_session: existing.get(choice).copied().unwrap_or(ExistingSession::Ask),
            username: owned(OptionName::Username),
            remember_me: options.flag(OptionName::RememberMe, true),
            identifier_first: options.flag(OptionName::IdentifierFirst, false),
            without_password: options.flag(OptionName::PasswordlessAuth, false),
            auto_push: options.flag(OptionName::AutoPush, false),
            unlock: if options.flag(OptionName::SelfServiceUnlock, false) { recovery.clone() } else { Vec::new() },
            recovery,
            hook: options.hook(),
            page_form: None,
            relay_state: owned(OptionName::RelayState),
            resume: options.resume(&page.url()),
        };
        let config = Self {
            settings,
            autofocus: options.flag(OptionName::Autofocus, false),
            browser_back: options.flag(OptionName::BrowserBack, false),
        };
        options.into_result(config)
    }
}

impl RawOptions<'_> {
    fn org(&self) -> Option<Org> {
        let option = OptionName::BaseUrl;
        let missing = "is missing: set it to your org, as in https://example.okta.com";
        let Some(base_url) = self.text(option) else { return self.wrong(option, missing) };
        match Org::parse(base_url.trim()) {
            Ok(org) => Some(org),
            Err(problem) => self.wrong(option, problem),
        }
    }

    fn hook(&self) -> Option<Hook> {
        match Hook::parse(&self.address(OptionName::HookUrl)?) {
            Ok(hook) => Some(hook),
            Err(problem) => self.wrong(OptionName::HookUrl, problem),
        }
    }

    fn recovery(&self) -> Vec<Channel> {
        let channels = [
            (OptionName::EmailRecovery, true, Channel::Email),
            (OptionName::SmsRecovery, false, Channel::Sms),
            (OptionName::CallRecovery, false, Channel::Call),
        ];
        let offered = channels.into_iter().filter(|(option, default, _)| self.flag(*option, *default));
        offered.map(|(_, _, channel)| channel).collect()
    }

    /// An option takes precedence over the page's address.
    fn resume(&self, url: &str) -> Option<Resume> {
        let from_url = self.flag(OptionName::ResumeFromUrl, false);
        let token = |option: OptionName, parameter: &str| {
            let given = self.text(option).map(str::to_owned);
            let token = given.or_else(|| query_value(url, parameter).filter(|_| from_url));
            token.filter(|token| !token.is_empty())
        };
        let [state, recovery, activation] = TOKEN_PARAMETERS;
        if let Some(token) = token(OptionName::StateToken, state) {
            return Some(Resume::State(StateToken::new(token)));
        }
        if let Some(token) = token(OptionName::RecoveryToken, recovery) {
            return Some(Resume::Recovery(RecoveryToken::new(token)));
        }
        token(OptionName::ActivationToken, activation).map(|token| Resume::Activation(ActivationToken::new(token)))
    }

    fn after_success(&self, page_url: &str) -> AfterSuccess {
        let method = match self.choice(OptionName::SessionRedirect, &["get", "post", "callback"]) {
            0 => RedirectMethod::Get,
            1 => RedirectMethod::Post,
            _ => return AfterSuccess::Callback,
        };
        // After a mistake, the value does not matter.
        let url = self.redirect_url(page_url);
        url.map_or(AfterSuccess::Callback, |redirect_url| AfterSuccess::SessionCookie { redirect_url, method })
    }

    fn redirect_url(&self, page_url: &str) -> Option<RedirectUrl> {
        let option = OptionName::RedirectUrl;
        if Address::parse(page_url).is_err() {
            return self.wrong(option, "needs a page that is served over https:// or http://");
        }
        let page = page_url.split('#').next().unwrap_or_default();
        let target = if self.text(option).is_some() { self.address(option)? } else { page.to_owned() };
        let allowed = self.allowed_origins();
        // A relay state may be anything; one that is an allowed address says where to go
        // (docs/authn-api.md#relay-state).
        let relay_state = self.text(OptionName::RelayState);
        let relayed = relay_state.and_then(|address| RedirectUrl::parse(address, &allowed).ok());
        relayed.or_else(|| self.redirect(option, &target, &allowed))
    }
}

#[cfg(test)]
pub(crate) mod tests;
