//! What an embedder may set, parsed once into a [`Config`] in which every combination is legal. The three
//! doors (attributes, a JavaScript object, Yew props) bring name and value; the rules are the same for all.
//! Never here: reading the DOM, or a default that surprises.

use crate::authn::Org;
use crate::authn::request::Options;
use crate::authn::url::{Address, Origin};
use crate::flow::redirect::RedirectError;
use crate::flow::{AfterSuccess, ExistingSession, RedirectMethod, RedirectUrl, Settings};
use std::fmt;

/// A parsed configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// What the flow needs.
    pub settings: Settings,
    /// Whether "Keep me signed in" is offered.
    pub remember_me: bool,
    /// Whether the first field takes focus when the page opens.
    pub autofocus: bool,
}

/// Every option, by attribute and JavaScript name.
///
/// | attribute | JavaScript | value | default |
/// |---|---|---|---|
/// | `base-url` | `baseUrl` | the org: `https://example.okta.com` | required |
/// | `redirect-url` | `redirectUrl` | where to go when signed in | the page itself |
/// | `redirect-origins` | `redirectOrigins` | further origins `redirect-url` may have | none |
/// | `session-redirect` | `sessionRedirect` | `get`, `post` or `callback` | `get` |
/// | `existing-session` | `existingSession` | `ask`, `continue` or `ignore` | `ask` |
/// | `username` | `username` | user name to start with | none |
/// | `remember-me` | `rememberMe` | offer "Keep me signed in" | `true` |
/// | `multi-optional-factor-enroll` | `multiOptionalFactorEnroll` | come back to the list after each factor | `false` |
/// | `warn-before-password-expired` | `warnBeforePasswordExpired` | ask the org to tell | `true` |
/// | `autofocus` | `autofocus` | focus the first field at once | `false` |
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the table above says it all")]
pub enum OptionName {
    BaseUrl,
    RedirectUrl,
    RedirectOrigins,
    SessionRedirect,
    ExistingSession,
    Username,
    RememberMe,
    MultiOptionalFactorEnroll,
    WarnBeforePasswordExpired,
    Autofocus,
}

impl OptionName {
    /// All options.
    pub const ALL: [Self; 10] = [
        Self::BaseUrl,
        Self::RedirectUrl,
        Self::RedirectOrigins,
        Self::SessionRedirect,
        Self::ExistingSession,
        Self::Username,
        Self::RememberMe,
        Self::MultiOptionalFactorEnroll,
        Self::WarnBeforePasswordExpired,
        Self::Autofocus,
    ];

    /// The attribute's name.
    pub fn attribute(self) -> &'static str {
        match self {
            Self::BaseUrl => "base-url",
            Self::RedirectUrl => "redirect-url",
            Self::RedirectOrigins => "redirect-origins",
            Self::SessionRedirect => "session-redirect",
            Self::ExistingSession => "existing-session",
            Self::Username => "username",
            Self::RememberMe => "remember-me",
            Self::MultiOptionalFactorEnroll => "multi-optional-factor-enroll",
            Self::WarnBeforePasswordExpired => "warn-before-password-expired",
            Self::Autofocus => "autofocus",
        }
    }

    /// The option of that JavaScript name: the attribute's in camel case.
    pub fn from_property(property: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|option| {
            let words = option.attribute().split('-').collect::<String>();
            !property.contains('-') && words.eq_ignore_ascii_case(property)
        })
    }
}

/// A value as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
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

/// The page the widget stands on.
pub trait Page {
    /// The page's own address.
    fn url(&self) -> String;
    /// An address made absolute against the page.
    fn resolve(&self, url: &str) -> Option<String>;
}

struct GivenOptions<'a>(&'a [(OptionName, Given)]);

impl Config {
    /// Parses what was given on this page. Of an option given twice the first counts.
    pub fn parse(given: &[(OptionName, Given)], page: &dyn Page) -> Result<Self, ConfigError> {
        let options = GivenOptions(given);
        let base_url = options.text(OptionName::BaseUrl)?;
        let base_url = base_url
            .ok_or_else(|| missing_base_url("is missing: set it to your org, as in https://example.okta.com"))?;
        let org = Org::parse(base_url.trim()).map_err(missing_base_url)?;
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
        };
        Ok(Self {
            settings,
            remember_me: options.flag(OptionName::RememberMe, true)?,
            autofocus: options.flag(OptionName::Autofocus, false)?,
        })
    }
}

fn missing_base_url(problem: &'static str) -> ConfigError {
    ConfigError::new(OptionName::BaseUrl.attribute(), problem)
}

impl GivenOptions<'_> {
    fn given(&self, option: OptionName) -> Option<&Given> {
        self.0.iter().find(|(name, _)| *name == option).map(|(_, given)| given)
    }

    fn text(&self, option: OptionName) -> Result<Option<&str>, ConfigError> {
        match self.given(option) {
            None => Ok(None),
            Some(Given::Text(text)) => Ok(Some(text)),
            Some(_) => Err(ConfigError::new(option.attribute(), "must be a string")),
        }
    }

    fn flag(&self, option: OptionName, default: bool) -> Result<bool, ConfigError> {
        match self.given(option) {
            None => Ok(default),
            Some(Given::Flag(flag)) => Ok(*flag),
            Some(Given::Text(text)) if text.is_empty() || text == "true" => Ok(true),
            Some(Given::Text(text)) if text == "false" => Ok(false),
            Some(_) => Err(ConfigError::new(option.attribute(), "must be true or false")),
        }
    }

    /// The first choice is the default.
    fn choice<T: Copy>(&self, option: OptionName, choices: &[(&str, T)]) -> Result<T, ConfigError> {
        let text = self.text(option)?;
        let chosen = choices.iter().find(|(name, _)| text.is_none_or(|text| text == *name));
        let names = || choices.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
        chosen
            .map(|(_, value)| *value)
            .ok_or_else(|| ConfigError::new(option.attribute(), &["must be one of: ", &names()].concat()))
    }

    fn origins(&self, option: OptionName) -> Result<Vec<Origin>, ConfigError> {
        let texts: Vec<&str> = match self.given(option) {
            None => Vec::new(),
            Some(Given::Text(text)) => text.split_whitespace().collect(),
            Some(Given::List(list)) => list.iter().map(String::as_str).collect(),
            Some(Given::Flag(_)) => return Err(ConfigError::new(option.attribute(), "must be a list of origins")),
        };
        let parse = |text: &str| match Address::parse(text) {
            Ok(address) if address.rest.trim_matches('/').is_empty() => Ok(address.origin),
            Ok(_) => Err(ConfigError::new(option.attribute(), "must hold origins only, as in https://app.example")),
            Err(error) => Err(ConfigError::new(option.attribute(), error.reason())),
        };
        texts.into_iter().map(parse).collect()
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
#[expect(clippy::unwrap_used, reason = "a failed parse fails the test")]
mod tests {
    use super::*;

    struct App;

    impl Page for App {
        fn url(&self) -> String {
            "https://app.example/login?x=1#top".to_owned()
        }

        fn resolve(&self, url: &str) -> Option<String> {
            if url.contains(':') { Some(url.to_owned()) } else { Some(["https://app.example/", url].concat()) }
        }
    }

    fn parse(given: &[(&str, &str)]) -> Result<Config, String> {
        let named =
            |attribute: &str| OptionName::ALL.into_iter().find(|option| option.attribute() == attribute).unwrap();
        let given: Vec<_> = given.iter().map(|(name, text)| (named(name), Given::Text((*text).to_owned()))).collect();
        Config::parse(&given, &App).map_err(|error| error.to_string())
    }

    fn redirect_url(config: Config) -> Option<String> {
        match config.settings.after_success {
            AfterSuccess::SessionCookie { redirect_url, .. } => Some(redirect_url.as_str().to_owned()),
            AfterSuccess::HandOver => None,
        }
    }

    const BASE: (&str, &str) = ("base-url", "https://example.okta.com");

    #[test]
    fn defaults() {
        let config = parse(&[BASE]).unwrap();
        assert!(config.remember_me && !config.autofocus);
        assert!(config.settings.options.warn_before_password_expired);
        assert!(!config.settings.options.multi_optional_factor_enroll);
        assert_eq!(config.settings.existing_session, ExistingSession::Ask);
        assert_eq!(redirect_url(config).as_deref(), Some("https://app.example/login?x=1"));
    }

    #[test]
    fn redirects() {
        for (url, target) in [
            ("landing.html", Ok("https://app.example/landing.html")),
            ("https://partner.example/x", Ok("https://partner.example/x")),
            (
                "https://evil.example/",
                Err(
                    "okta-sign-in: redirect-url leads to https://evil.example, which is not allowed: add it to redirect-origins if it is yours",
                ),
            ),
            ("javascript:alert(1)", Err("okta-sign-in: redirect-url must start with https:// or http://")),
            (
                "https://app.example@evil.example/",
                Err("okta-sign-in: redirect-url must not contain a user name or password"),
            ),
        ] {
            let given = [BASE, ("redirect-origins", " https://partner.example "), ("redirect-url", url)];
            let parsed = parse(&given).map(|config| redirect_url(config).unwrap());
            assert_eq!(parsed.as_deref().map_err(String::as_str), target, "{url}");
        }
        assert_eq!(redirect_url(parse(&[BASE, ("session-redirect", "callback")]).unwrap()), None);
    }

    #[test]
    fn errors_say_what_to_do() {
        for (given, problem) in [
            (vec![], "okta-sign-in: base-url is missing: set it to your org, as in https://example.okta.com"),
            (vec![("base-url", "example.okta.com")], "okta-sign-in: base-url must start with https:// or http://"),
            (
                vec![("base-url", "https://example.okta.com/app")],
                "okta-sign-in: base-url must end after the host: the widget adds the path itself",
            ),
            (
                vec![BASE, ("session-redirect", "put")],
                "okta-sign-in: session-redirect must be one of: get, post, callback",
            ),
            (vec![BASE, ("autofocus", "yes")], "okta-sign-in: autofocus must be true or false"),
            (
                vec![BASE, ("redirect-origins", "https://a.example/x")],
                "okta-sign-in: redirect-origins must hold origins only, as in https://app.example",
            ),
        ] {
            assert_eq!(parse(&given).unwrap_err(), problem);
        }
    }

    #[test]
    fn properties_are_attributes_in_camel_case() {
        assert_eq!(OptionName::from_property("baseUrl"), Some(OptionName::BaseUrl));
        assert_eq!(OptionName::from_property("multiOptionalFactorEnroll"), Some(OptionName::MultiOptionalFactorEnroll));
        assert_eq!(OptionName::from_property("base-url"), None);
        assert_eq!(OptionName::from_property("color"), None);
    }
}
