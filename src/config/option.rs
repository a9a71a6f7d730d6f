//! The options by name, and the values they can have. Not here: what a value means.

use crate::constants::RESUME_ATTRIBUTE;
use std::fmt;

/// Every option, by attribute and JavaScript name.
///
/// | attribute | JavaScript | value | default |
/// |---|---|---|---|
/// | `base-url` | `baseUrl` | the org: `https://example.okta.com` | required |
/// | `org-origins` | `orgOrigins` | other origins of the same org, as its links may name them | none |
/// | `redirect-url` | `redirectUrl` | where to go when signed in | the page itself, without tokens |
/// | `redirect-origins` | `redirectOrigins` | further origins `redirect-url` may have | none |
/// | `session-redirect` | `sessionRedirect` | `get`, `post`, `sign-out-first` or `callback` | `get` |
/// | `check-account-setup` | `checkAccountSetup` | the org first has the person finish the setup of the account | `false` |
/// | `existing-session` | `existingSession` | `ask`, `continue` or `ignore` | `ask` |
/// | `username` | `username` | user name to start with | none |
/// | `remember-me` | `rememberMe` | offer "Remember my username" | `true` |
/// | `identifier-first` | `identifierFirst` | ask for the name first, then for the password | `false` |
/// | `discovery` | `discovery` | `off`, or `webfinger`: ask the org which identity provider the name belongs to | `off` |
/// | `multi-optional-factor-enroll` | `multiOptionalFactorEnroll` | come back to the list after each factor | `false` |
/// | `warn-before-password-expired` | `warnBeforePasswordExpired` | ask the org to tell | `true` |
/// | `passwordless-auth` | `passwordlessAuth` | ask for the name alone first, as the org does | `false` |
/// | `auto-push` | `autoPush` | offer to send pushes without asking | `false` |
/// | `email-recovery` | `emailRecovery` | a forgotten password by e-mail | `true` |
/// | `sms-recovery` | `smsRecovery` | the same by text message | `false` |
/// | `call-recovery` | `callRecovery` | the same by call | `false` |
/// | `self-service-unlock` | `selfServiceUnlock` | unlock an account, by the same ways | `false` |
/// | `relay-state` | `relayState` | sent along; where to go, if it is an allowed address | none |
/// | `state-token` | `stateToken` | a transaction to resume | none |
/// | `recovery-token` | `recoveryToken` | the token of a recovery mail | none |
/// | `activation-token` | `activationToken` | the token of an invitation | none |
/// | `resume-from-url` | `resumeFromUrl` | take these from `?stateToken=`, `?recoveryToken=`, `?token=` of the page, and where to go from `?fromURI=` | `false` |
/// | `autofocus` | `autofocus` | focus the first field at once | `false` |
/// | `document-title` | `documentTitle` | put the heading of the step before the page's title | `false` |
/// | `browser-back` | `browserBack` | the browser's Back leads to the step before | `false` |
/// | `hook-url` | `hookUrl` | the page owner's server for registration and factor management | none |
/// | `sign-in-url` | `signInUrl` | `<okta-my-factors>` only: where to sign in | none |
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the table above says it all")]
pub enum OptionName {
    BaseUrl,
    OrgOrigins,
    RedirectUrl,
    RedirectOrigins,
    SessionRedirect,
    CheckAccountSetup,
    ExistingSession,
    Username,
    RememberMe,
    IdentifierFirst,
    Discovery,
    MultiOptionalFactorEnroll,
    WarnBeforePasswordExpired,
    PasswordlessAuth,
    AutoPush,
    EmailRecovery,
    SmsRecovery,
    CallRecovery,
    SelfServiceUnlock,
    RelayState,
    StateToken,
    RecoveryToken,
    ActivationToken,
    ResumeFromUrl,
    Autofocus,
    DocumentTitle,
    BrowserBack,
    HookUrl,
    SignInUrl,
}

impl OptionName {
    /// All options of the sign-in.
    pub const ALL: [Self; 28] = [
        Self::BaseUrl,
        Self::OrgOrigins,
        Self::RedirectUrl,
        Self::RedirectOrigins,
        Self::SessionRedirect,
        Self::CheckAccountSetup,
        Self::ExistingSession,
        Self::Username,
        Self::RememberMe,
        Self::IdentifierFirst,
        Self::Discovery,
        Self::MultiOptionalFactorEnroll,
        Self::WarnBeforePasswordExpired,
        Self::PasswordlessAuth,
        Self::AutoPush,
        Self::EmailRecovery,
        Self::SmsRecovery,
        Self::CallRecovery,
        Self::SelfServiceUnlock,
        Self::RelayState,
        Self::StateToken,
        Self::RecoveryToken,
        Self::ActivationToken,
        Self::ResumeFromUrl,
        Self::Autofocus,
        Self::DocumentTitle,
        Self::BrowserBack,
        Self::HookUrl,
    ];

    /// All options of factor management.
    pub const OF_MANAGE_FACTORS: [Self; 5] =
        [Self::HookUrl, Self::SignInUrl, Self::RedirectOrigins, Self::Autofocus, Self::DocumentTitle];

    /// The attribute's name.
    pub fn attribute(self) -> &'static str {
        match self {
            Self::BaseUrl => "base-url",
            Self::OrgOrigins => "org-origins",
            Self::RedirectUrl => "redirect-url",
            Self::RedirectOrigins => "redirect-origins",
            Self::SessionRedirect => "session-redirect",
            Self::CheckAccountSetup => "check-account-setup",
            Self::ExistingSession => "existing-session",
            Self::Username => "username",
            Self::RememberMe => "remember-me",
            Self::IdentifierFirst => "identifier-first",
            Self::Discovery => "discovery",
            Self::MultiOptionalFactorEnroll => "multi-optional-factor-enroll",
            Self::WarnBeforePasswordExpired => "warn-before-password-expired",
            Self::PasswordlessAuth => "passwordless-auth",
            Self::AutoPush => "auto-push",
            Self::EmailRecovery => "email-recovery",
            Self::SmsRecovery => "sms-recovery",
            Self::CallRecovery => "call-recovery",
            Self::SelfServiceUnlock => "self-service-unlock",
            Self::RelayState => "relay-state",
            Self::StateToken => "state-token",
            Self::RecoveryToken => "recovery-token",
            Self::ActivationToken => "activation-token",
            Self::ResumeFromUrl => RESUME_ATTRIBUTE,
            Self::Autofocus => "autofocus",
            Self::DocumentTitle => "document-title",
            Self::BrowserBack => "browser-back",
            Self::HookUrl => "hook-url",
            Self::SignInUrl => "sign-in-url",
        }
    }

    /// The one of these options that has that JavaScript name: the attribute's in camel case.
    pub fn from_property(options: &[Self], property: &str) -> Option<Self> {
        options.iter().copied().find(|option| {
            let words = option.attribute().split('-').collect::<String>();
            !property.contains('-') && words.eq_ignore_ascii_case(property)
        })
    }
}

/// A value as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OptionValue {
    /// Text, or an attribute.
    Text(String),
    /// `true` or `false`.
    Flag(bool),
    /// Several texts.
    List(Vec<String>),
}

/// What is wrong with the configuration: for the developer, in the console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// Name of the option, as given.
    pub option: String,
    /// What is wrong, and what to do.
    pub problem: String,
}

impl ConfigError {
    /// An error about the option of that name.
    pub fn new(option: &str, problem: &str) -> Self {
        Self { option: option.to_owned(), problem: problem.to_owned() }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in ["okta-sign-in: ", &self.option, " ", &self.problem] {
            f.write_str(part)?;
        }
        Ok(())
    }
}

impl std::error::Error for ConfigError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::constants::{MY_FACTORS_OPTIONS, SIGN_IN_OPTIONS};

    #[test]
    fn the_scripts_have_the_same_options() {
        let names =
            |options: &[OptionName]| options.iter().map(|option| option.attribute()).collect::<Vec<_>>().join(" ");
        assert_eq!(names(&OptionName::ALL), SIGN_IN_OPTIONS);
        assert_eq!(names(&OptionName::OF_MANAGE_FACTORS), MY_FACTORS_OPTIONS);
    }
}
