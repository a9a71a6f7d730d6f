//! What the page's owner may set, parsed once into a [`Config`] in which every combination is valid. Attributes, a
//! JavaScript object and the typed [`ConfigBuilder`] give names and values; the rules are the same for all. Not here:
//! reading the DOM, or a default that surprises.

mod builder;
mod manage_factors;
mod option;
mod page;
mod raw_options;
mod token_options;
pub(crate) mod tokens;

pub use builder::{ConfigBuilder, Discovery, SessionRedirect};
pub use manage_factors::ManageFactorsConfig;
pub use option::{ConfigError, OptionName, OptionValue};
pub use page::Page;
pub use token_options::TokenOptions;

use crate::constants::{ACTIVATION_TOKEN_PARAMETER, RECOVERY_TOKEN_PARAMETER, STATE_TOKEN_PARAMETER};
use okta_authn::request::Options;
use okta_authn::url::{Address, query_value, without_parameters};
use okta_authn::{ActivationToken, Channel, Org, RecoveryToken, StateToken};
use raw_options::RawOptions;
use sign_in_flow::hook::Hook;
use sign_in_flow::{AfterSuccess, ExistingSession, RedirectMethod, RedirectUrl, Resume, Settings};

/// Query parameters of the page in which the org, or its e-mails, put a token.
pub const TOKEN_PARAMETERS: [&str; 3] = [STATE_TOKEN_PARAMETER, RECOVERY_TOKEN_PARAMETER, ACTIVATION_TOKEN_PARAMETER];

/// Query parameter of the page in which the org names where the person was going (docs/authn-api.md#relay-state).
const RELAY_PARAMETER: &str = "fromURI";

/// A parsed configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// What the state machines need.
    pub settings: Settings,
    /// Whether the first field takes focus when the page opens.
    pub autofocus: bool,
    /// Whether the page's title names the step.
    pub document_title: bool,
    /// Something that works, but not as the page's owner meant it.
    pub hint: Option<ConfigError>,
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
        let after_success = options.after_success(&page.url(), &org);
        let mut existing_session = existing.get(choice).copied().unwrap_or(ExistingSession::Ask);
        let mut hint = None;
        // That would be a reload without end.
        if existing_session == ExistingSession::Continue && leads_to(&after_success, &page.url()) {
            existing_session = ExistingSession::Ask;
            let problem = "\"continue\" needs a redirect-url that is not this page: it is taken as \"ask\"";
            hint = Some(ConfigError::new(OptionName::ExistingSession.attribute(), problem));
        }
        let settings = Settings {
            org,
            options: Options {
                multi_optional_factor_enroll: options.flag(OptionName::MultiOptionalFactorEnroll, false),
                warn_before_password_expired: options.flag(OptionName::WarnBeforePasswordExpired, true),
            },
            after_success,
            tokens: None,
            existing_session,
            username: owned(OptionName::Username),
            remember_me: options.flag(OptionName::RememberMe, true),
            identifier_first: options.flag(OptionName::IdentifierFirst, false),
            without_password: options.flag(OptionName::PasswordlessAuth, false),
            discovers: options.choice(OptionName::Discovery, &["off", "webfinger"]) > 0,
            auto_push: options.flag(OptionName::AutoPush, false),
            unlock: if options.flag(OptionName::SelfServiceUnlock, false) { recovery.clone() } else { Vec::new() },
            recovery,
            hook: options.hook(),
            page_form: None,
            relay_state: owned(OptionName::RelayState),
            asks_before_leaving: false,
            resume: options.resume(&page.url()),
        };
        let config = Self {
            settings,
            autofocus: options.flag(OptionName::Autofocus, false),
            document_title: options.flag(OptionName::DocumentTitle, false),
            hint,
            browser_back: options.flag(OptionName::BrowserBack, false),
        };
        options.into_result(config)
    }
}

/// Whether the page's address may have the answer to a request for tokens: the second part of the program reads it.
pub(crate) fn may_have_answer(page_url: &str) -> bool {
    ["?state=", "&state=", "#state="].iter().any(|mark| page_url.contains(mark))
}

/// Whether the browser goes to this page itself.
fn leads_to(after_success: &AfterSuccess, page_url: &str) -> bool {
    let AfterSuccess::SessionCookie { redirect_url, .. } = after_success else { return false };
    let place = |url: &str| without_parameters(url, &TOKEN_PARAMETERS).split('#').next().map(str::to_owned);
    place(redirect_url.as_str()) == place(page_url)
}

impl RawOptions<'_> {
    fn org(&self) -> Option<Org> {
        let option = OptionName::BaseUrl;
        let missing = "is missing: set it to your org, as in https://example.okta.com";
        let Some(base_url) = self.text(option) else { return self.wrong(option, missing) };
        let parse =
            |option, text: &str| Org::parse(text.trim()).map_or_else(|problem| self.wrong(option, problem), Some);
        let others = self.list(OptionName::OrgOrigins);
        let others = others.into_iter().filter_map(|other| parse(OptionName::OrgOrigins, other));
        Some(parse(option, base_url)?.with_others(others))
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

    fn after_success(&self, page_url: &str, org: &Org) -> AfterSuccess {
        let method = match self.choice(OptionName::SessionRedirect, &["get", "post", "sign-out-first", "callback"]) {
            0 => RedirectMethod::Get,
            1 => RedirectMethod::Post,
            2 => RedirectMethod::SignOutFirst,
            _ => return AfterSuccess::Callback,
        };
        // After a mistake, the value does not matter.
        let url = self.redirect_url(page_url, org);
        let checks_account_setup = self.flag(OptionName::CheckAccountSetup, false);
        url.map_or(AfterSuccess::Callback, |redirect_url| AfterSuccess::SessionCookie {
            redirect_url,
            method,
            checks_account_setup,
        })
    }

    fn redirect_url(&self, page_url: &str, org: &Org) -> Option<RedirectUrl> {
        let option = OptionName::RedirectUrl;
        if Address::parse(page_url).is_err() {
            return self.wrong(option, "needs a page that is served over https:// or http://");
        }
        // A token in the page's address has been used by then.
        let page = without_parameters(page_url, &TOKEN_PARAMETERS);
        let is_given = self.text(option).is_some_and(|text| !text.is_empty());
        let target = if is_given { self.address(option)? } else { page };
        let allowed = self.allowed_origins();
        // A relay state may be anything; one that is an allowed address, or one of the org, says where to go
        // (docs/authn-api.md#relay-state).
        let from_url = self.flag(OptionName::ResumeFromUrl, false);
        let relay_state = self.text(OptionName::RelayState).map(str::to_owned);
        let relay_state = relay_state.or_else(|| query_value(page_url, RELAY_PARAMETER).filter(|_| from_url));
        let relayed = relay_state.and_then(|address| {
            let of_org = RedirectUrl::parse(&address, std::slice::from_ref(org.as_origin()));
            of_org.or_else(|_| RedirectUrl::parse(&address, &allowed)).ok()
        });
        relayed.or_else(|| self.redirect(option, &target, &allowed))
    }
}

#[cfg(test)]
pub(crate) mod tests;
