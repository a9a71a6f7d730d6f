//! The typed way to a [`Config`], for Rust programs. Not here: what an option means; `option` has the table.

use super::tokens::{self, TOKENS};
use super::{Config, ConfigError, OptionName, OptionValue, Page, TokenOptions, may_have_answer};
use sign_in_flow::tokens::TokenApp;
use sign_in_flow::{AfterSuccess, ExistingSession, Resume};

/// What happens with the session token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionRedirect {
    /// The browser carries it to the org as a query parameter, and comes back with the org's session cookie.
    Get,
    /// The same as a form field, so that the token is in no address.
    Post,
    /// The same as `Get`, and the org ends an older session first: for a page on another site than the org.
    SignOutFirst,
    /// The `on_success` callback gets it, and the page stays.
    Callback,
}

/// How the org is asked which identity provider a user name belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Discovery {
    /// Not at all.
    Off,
    /// By its `/.well-known/webfinger`.
    Webfinger,
}

/// Builds a [`Config`]. Each method sets the option of the same name; [`ConfigBuilder::build`] reports mistakes.
///
/// ```
/// use okta_authn_widget::{Config, SessionRedirect};
///
/// let builder = Config::builder("https://example.okta.com")
///     .session_redirect(SessionRedirect::Callback)
///     .autofocus(true);
/// # let page = okta_authn_widget::doc_page();
/// let config = builder.build_on(&page)?;
/// assert_eq!(config.settings.org.origin(), "https://example.okta.com");
///
/// let mistake = Config::builder("example.okta.com").build_on(&page).unwrap_err();
/// assert_eq!(mistake.to_string(), "okta-sign-in: base-url must start with https:// or http://");
/// # Ok::<(), okta_authn_widget::ConfigError>(())
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct ConfigBuilder(Vec<(OptionName, OptionValue)>, Option<TokenOptions>);

macro_rules! texts {
    ($($(#[$meta:meta])* $method:ident = $option:ident,)*) => {$(
        $(#[$meta])*
        pub fn $method(self, text: impl Into<String>) -> Self {
            self.set(OptionName::$option, OptionValue::Text(text.into()))
        }
    )*};
}

macro_rules! flags {
    ($($(#[$meta:meta])* $method:ident = $option:ident,)*) => {$(
        $(#[$meta])*
        pub fn $method(self, flag: bool) -> Self {
            self.set(OptionName::$option, OptionValue::Flag(flag))
        }
    )*};
}

impl Config {
    /// Starts with the org's address, as in `https://example.okta.com`.
    pub fn builder(base_url: impl Into<String>) -> ConfigBuilder {
        ConfigBuilder(vec![(OptionName::BaseUrl, OptionValue::Text(base_url.into()))], None)
    }
}

impl ConfigBuilder {
    texts! {
        /// Where the browser goes when the person is signed in; absolute, or relative to the page.
        redirect_url = RedirectUrl,
        /// User name to start with.
        username = Username,
        /// Sent to the org, which returns it.
        relay_state = RelayState,
        /// A transaction to resume.
        state_token = StateToken,
        /// The token of a recovery e-mail.
        recovery_token = RecoveryToken,
        /// The token of an invitation.
        activation_token = ActivationToken,
        /// The address of the backend hook.
        hook_url = HookUrl,
    }

    flags! {
        /// Have the org ask the person to finish the setup of the account, before the browser goes on.
        check_account_setup = CheckAccountSetup,
        /// Offer "Remember my username".
        remember_me = RememberMe,
        /// Ask for the user name first, then for the password.
        identifier_first = IdentifierFirst,
        /// Return to the list after each enrolled factor.
        multi_optional_factor_enroll = MultiOptionalFactorEnroll,
        /// Ask the org to say when the password expires soon.
        warn_before_password_expired = WarnBeforePasswordExpired,
        /// Ask for the user name alone first, as the org does.
        passwordless_auth = PasswordlessAuth,
        /// Offer to send pushes without asking.
        auto_push = AutoPush,
        /// Offer recovery by e-mail.
        email_recovery = EmailRecovery,
        /// Offer recovery by text message.
        sms_recovery = SmsRecovery,
        /// Offer recovery by call.
        call_recovery = CallRecovery,
        /// Offer to unlock an account.
        self_service_unlock = SelfServiceUnlock,
        /// Read tokens from the page's address.
        resume_from_url = ResumeFromUrl,
        /// Focus the first field at once.
        autofocus = Autofocus,
        /// Put the heading of the step before the page's title.
        document_title = DocumentTitle,
        /// Let the browser's Back lead to the step before.
        browser_back = BrowserBack,
    }

    /// Further origins that `redirect_url` may have.
    pub fn redirect_origins(self, origins: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.set_list(OptionName::RedirectOrigins, origins)
    }

    /// Other origins of the same org, as its links may name them: with a custom domain, the original one.
    pub fn org_origins(self, origins: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.set_list(OptionName::OrgOrigins, origins)
    }

    /// What happens with the session token.
    pub fn session_redirect(self, redirect: SessionRedirect) -> Self {
        let text = match redirect {
            SessionRedirect::Get => "get",
            SessionRedirect::Post => "post",
            SessionRedirect::SignOutFirst => "sign-out-first",
            SessionRedirect::Callback => "callback",
        };
        self.set(OptionName::SessionRedirect, OptionValue::Text(text.to_owned()))
    }

    /// What happens when the person is signed in already.
    pub fn existing_session(self, existing: ExistingSession) -> Self {
        let text = match existing {
            ExistingSession::Ask => "ask",
            ExistingSession::Continue => "continue",
            ExistingSession::Ignore => "ignore",
        };
        self.set(OptionName::ExistingSession, OptionValue::Text(text.to_owned()))
    }

    /// The app that gets tokens, in place of `session_redirect`: `on_success` gets `SignInResult::Tokens`.
    ///
    /// ```
    /// use okta_authn_widget::{Config, TokenDisplay, TokenOptions};
    ///
    /// let tokens = TokenOptions::new("0oa1b2c3d4e5f6g7h8i9")
    ///     .issuer("https://example.okta.com/oauth2/default")
    ///     .scopes(["openid", "profile", "offline_access"])
    ///     .display(TokenDisplay::Redirect);
    /// let builder = Config::builder("https://example.okta.com").tokens(tokens);
    /// # let page = okta_authn_widget::doc_page();
    /// let config = builder.build_on(&page)?;
    /// assert_eq!(config.settings.tokens.unwrap().redirect_uri.as_str(), "https://app.example/login");
    /// # Ok::<(), okta_authn_widget::ConfigError>(())
    /// ```
    pub fn tokens(self, tokens: TokenOptions) -> Self {
        Self(self.0, Some(tokens))
    }

    /// Whether the org is asked which identity provider a user name belongs to, before the password is asked for.
    pub fn discovery(self, discovery: Discovery) -> Self {
        let text = match discovery {
            Discovery::Off => "off",
            Discovery::Webfinger => "webfinger",
        };
        self.set(OptionName::Discovery, OptionValue::Text(text.to_owned()))
    }

    /// The configuration on that page, or which option is wrong and what to do.
    pub fn build_on(self, page: &dyn Page) -> Result<Config, ConfigError> {
        let Self(_, Some(tokens)) = &self else { return Config::parse(&self.0, page) };
        if self.0.iter().any(|(name, _)| *name == OptionName::SessionRedirect) {
            return Err(ConfigError::new(TOKENS, "takes the place of session-redirect: remove one of them"));
        }
        let tokens = tokens.clone().into_value();
        // The browser goes nowhere with the session token.
        let mut config = Config::parse(&self.session_redirect(SessionRedirect::Callback).0, page)?;
        config.settings.after_success = AfterSuccess::Tokens;
        config.settings.tokens = Some(TokenApp::new(tokens::parse(&tokens, &page.url(), &config.settings.org)?));
        if may_have_answer(&page.url()) {
            config.settings.resume.get_or_insert(Resume::Tokens);
        }
        Ok(config)
    }

    fn set_list(self, option: OptionName, texts: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.set(option, OptionValue::List(texts.into_iter().map(Into::into).collect()))
    }

    fn set(mut self, option: OptionName, value: OptionValue) -> Self {
        self.0.retain(|(name, _)| *name != option);
        self.0.push((option, value));
        self
    }
}
