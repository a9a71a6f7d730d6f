//! Settings by the names of the widget's attributes, with the same defaults. Not here: the widget's parser, its error
//! messages, or attributes that the machines do not read.

use crate::responses::ORG;
use okta_authn::request::Options;
use okta_authn::url::Address;
use okta_authn::{ActivationToken, Channel, Org, RecoveryToken, StateToken};
use sign_in_flow::hook::Hook;
use sign_in_flow::{AfterSuccess, ExistingSession, RedirectMethod, RedirectUrl, Resume, Settings};

/// Every attribute that [`settings`] reads.
const ATTRIBUTES: [&str; 23] = [
    "org-origins",
    "redirect-url",
    "session-redirect",
    "check-account-setup",
    "existing-session",
    "username",
    "multi-optional-factor-enroll",
    "warn-before-password-expired",
    "remember-me",
    "identifier-first",
    "discovery",
    "passwordless-auth",
    "auto-push",
    "email-recovery",
    "sms-recovery",
    "call-recovery",
    "self-service-unlock",
    "hook-url",
    "relay-state",
    "state-token",
    "recovery-token",
    "activation-token",
    "base-url",
];

/// Where a sign-in leads to, unless the attribute says otherwise.
const REDIRECT_URL: &str = "https://app.example/?a=1&b=2";

/// The attributes of one element. Of an attribute that is named twice, the first counts.
struct Attributes<'a>(&'a [(&'a str, &'a str)]);

impl Attributes<'_> {
    fn text(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(given, _)| *given == name).map(|(_, value)| *value)
    }

    fn flag(&self, name: &str, default: bool) -> bool {
        match self.text(name) {
            None => default,
            Some("" | "true") => true,
            Some("false") => false,
            Some(other) => panic!("{name}: {other}"),
        }
    }

    fn recovery(&self) -> Vec<Channel> {
        let channels = [
            ("email-recovery", true, Channel::Email),
            ("sms-recovery", false, Channel::Sms),
            ("call-recovery", false, Channel::Call),
        ];
        let offered = channels.into_iter().filter(|(name, default, _)| self.flag(name, *default));
        offered.map(|(_, _, channel)| channel).collect()
    }

    fn after_success(&self) -> AfterSuccess {
        let redirect_url = || {
            let url = self.text("redirect-url").unwrap_or(REDIRECT_URL);
            let origin = Address::parse("https://app.example/").unwrap().origin;
            RedirectUrl::parse(url, &[origin]).unwrap()
        };
        let checks_account_setup = self.flag("check-account-setup", false);
        let cookie =
            |method| AfterSuccess::SessionCookie { redirect_url: redirect_url(), method, checks_account_setup };
        match self.text("session-redirect") {
            None | Some("get") => cookie(RedirectMethod::Get),
            Some("post") => cookie(RedirectMethod::Post),
            Some("sign-out-first") => cookie(RedirectMethod::SignOutFirst),
            Some("callback") => AfterSuccess::Callback,
            Some(other) => panic!("session-redirect: {other}"),
        }
    }

    fn existing_session(&self) -> ExistingSession {
        match self.text("existing-session") {
            None | Some("ask") => ExistingSession::Ask,
            Some("continue") => ExistingSession::Continue,
            Some("ignore") => ExistingSession::Ignore,
            Some(other) => panic!("existing-session: {other}"),
        }
    }

    fn resume(&self) -> Option<Resume> {
        let state = self.text("state-token").map(|token| Resume::State(StateToken::new(token)));
        let recovery = || self.text("recovery-token").map(|token| Resume::Recovery(RecoveryToken::new(token)));
        let activation = || self.text("activation-token").map(|token| Resume::Activation(ActivationToken::new(token)));
        state.or_else(recovery).or_else(activation)
    }
}

/// Settings as a page's attributes make them.
pub(crate) fn settings(attributes: &[(&str, &str)]) -> Settings {
    for (name, _) in attributes {
        assert!(ATTRIBUTES.contains(name), "{name} is unknown here");
    }
    let attributes = Attributes(attributes);
    let recovery = attributes.recovery();
    Settings {
        org: Org::parse(attributes.text("base-url").unwrap_or(ORG))
            .unwrap()
            .with_others(attributes.text("org-origins").map(|other| Org::parse(other).unwrap())),
        options: Options {
            multi_optional_factor_enroll: attributes.flag("multi-optional-factor-enroll", false),
            warn_before_password_expired: attributes.flag("warn-before-password-expired", true),
        },
        after_success: attributes.after_success(),
        tokens: None,
        existing_session: attributes.existing_session(),
        username: attributes.text("username").map(str::to_owned),
        remember_me: attributes.flag("remember-me", true),
        identifier_first: attributes.flag("identifier-first", false),
        without_password: attributes.flag("passwordless-auth", false),
        discovers: attributes.text("discovery") == Some("webfinger"),
        auto_push: attributes.flag("auto-push", false),
        unlock: if attributes.flag("self-service-unlock", false) { recovery.clone() } else { Vec::new() },
        recovery,
        hook: attributes.text("hook-url").map(|url| Hook::parse(url).unwrap()),
        page_form: None,
        relay_state: attributes.text("relay-state").map(str::to_owned),
        asks_before_leaving: false,
        resume: attributes.resume(),
    }
}
