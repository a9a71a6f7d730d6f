//! Reading one option at a time: its text, flag, choice or list. The first mistake is kept, and reading goes on with the
//! default; so no reader needs an early return for each option, which takes half of the bytes. Not here: which options
//! there are.

use super::option::{ConfigError, OptionName, OptionValue};
use super::page::Page;
use crate::constants::FALSE_VALUE;
use okta_authn::url::{Address, Origin};
use sign_in_flow::RedirectUrl;
use sign_in_flow::redirect::RedirectError;
use std::cell::RefCell;

/// Options as they were given, in that order, on a page.
pub(super) struct RawOptions<'a> {
    values: &'a [(OptionName, OptionValue)],
    page: &'a dyn Page,
    mistake: RefCell<Option<ConfigError>>,
}

impl<'a> RawOptions<'a> {
    pub(super) fn new(values: &'a [(OptionName, OptionValue)], page: &'a dyn Page) -> Self {
        Self { values, page, mistake: RefCell::new(None) }
    }

    /// What was read, or the first mistake.
    pub(super) fn into_result<T>(self, read: T) -> Result<T, ConfigError> {
        match self.mistake.into_inner() {
            None => Ok(read),
            Some(mistake) => Err(mistake),
        }
    }

    /// The first mistake, where there is one for sure.
    pub(super) fn mistake(self) -> ConfigError {
        self.mistake.into_inner().unwrap_or_else(|| ConfigError::new("the configuration", "is wrong"))
    }

    /// Notes a mistake, and reads nothing.
    pub(super) fn wrong<T>(&self, option: OptionName, problem: &str) -> Option<T> {
        let mut mistake = self.mistake.borrow_mut();
        if mistake.is_none() {
            *mistake = Some(ConfigError::new(option.attribute(), problem));
        }
        None
    }

    fn given(&self, option: OptionName) -> Option<&'a OptionValue> {
        self.values.iter().find(|(name, _)| *name == option).map(|(_, given)| given)
    }

    /// An empty text is none: templates write `hook-url=""` where there is no hook.
    pub(super) fn text(&self, option: OptionName) -> Option<&'a str> {
        match self.given(option)? {
            OptionValue::Text(text) => Some(text.as_str()).filter(|text| !text.trim().is_empty()),
            _ => self.wrong(option, "must be a string"),
        }
    }

    pub(super) fn flag(&self, option: OptionName, default: bool) -> bool {
        match self.given(option) {
            None => default,
            Some(OptionValue::Flag(flag)) => *flag,
            Some(OptionValue::Text(text)) if text.is_empty() || text == "true" => true,
            Some(OptionValue::Text(text)) if text == FALSE_VALUE => false,
            Some(_) => self.wrong(option, "must be true or false").unwrap_or(default),
        }
    }

    /// The place of the choice; the first is the default.
    pub(super) fn choice(&self, option: OptionName, choices: &[&str]) -> usize {
        let Some(text) = self.text(option) else { return 0 };
        let chosen = choices.iter().position(|choice| *choice == text);
        let names = || ["must be one of: ", &choices.join(", ")].concat();
        chosen.or_else(|| self.wrong(option, &names())).unwrap_or(0)
    }

    /// An address, made absolute against the page.
    pub(super) fn address(&self, option: OptionName) -> Option<String> {
        let text = self.text(option)?;
        self.page.resolve(text.trim()).or_else(|| self.wrong(option, "is not an address"))
    }

    /// The origins that the browser may be sent to: the page's own, and those that are allowed.
    pub(super) fn allowed_origins(&self) -> Vec<Origin> {
        let mut allowed = self.origins(OptionName::RedirectOrigins);
        allowed.extend(Address::parse(&self.page.url()).map(|address| address.origin));
        allowed
    }

    /// An address that the browser may be sent to.
    pub(super) fn redirect(&self, option: OptionName, absolute: &str, allowed: &[Origin]) -> Option<RedirectUrl> {
        match RedirectUrl::parse(absolute, allowed) {
            Ok(url) => Some(url),
            Err(RedirectError::Address(error)) => self.wrong(option, error.reason()),
            Err(RedirectError::Origin(origin)) => {
                let hint = ", which is not allowed: add it to redirect-origins if it is yours";
                self.wrong(option, &["leads to ", &origin, hint].concat())
            }
        }
    }

    /// The texts of a list.
    pub(super) fn list(&self, option: OptionName) -> Vec<&'a str> {
        match self.given(option) {
            None => Vec::new(),
            Some(OptionValue::Text(text)) => text.split_whitespace().collect(),
            Some(OptionValue::List(list)) => list.iter().map(String::as_str).collect(),
            Some(OptionValue::Flag(_)) => self.wrong(option, "must be a list of origins").unwrap_or_default(),
        }
    }

    fn origins(&self, option: OptionName) -> Vec<Origin> {
        let parse = |text: &str| match Address::parse(text) {
            Ok(address) if address.rest.trim_matches('/').is_empty() => Some(address.origin),
            Ok(_) => self.wrong(option, "must hold origins only, as in https://app.example"),
            Err(error) => self.wrong(option, error.reason()),
        };
        self.list(option).into_iter().filter_map(parse).collect()
    }
}
