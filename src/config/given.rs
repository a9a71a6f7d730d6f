//! Reading one option at a time: its text, flag, choice or list, or a sentence on what it must be. Never
//! here: which options there are.

use super::option::{ConfigError, Given, OptionName};
use crate::authn::url::{Address, Origin};

/// What was given, in the order it was given.
pub(super) struct GivenOptions<'a>(pub(super) &'a [(OptionName, Given)]);

impl GivenOptions<'_> {
    pub(super) fn given(&self, option: OptionName) -> Option<&Given> {
        self.0.iter().find(|(name, _)| *name == option).map(|(_, given)| given)
    }

    pub(super) fn text(&self, option: OptionName) -> Result<Option<&str>, ConfigError> {
        match self.given(option) {
            None => Ok(None),
            Some(Given::Text(text)) => Ok(Some(text)),
            Some(_) => Err(ConfigError::new(option.attribute(), "must be a string")),
        }
    }

    pub(super) fn flag(&self, option: OptionName, default: bool) -> Result<bool, ConfigError> {
        match self.given(option) {
            None => Ok(default),
            Some(Given::Flag(flag)) => Ok(*flag),
            Some(Given::Text(text)) if text.is_empty() || text == "true" => Ok(true),
            Some(Given::Text(text)) if text == "false" => Ok(false),
            Some(_) => Err(ConfigError::new(option.attribute(), "must be true or false")),
        }
    }

    /// The first choice is the default.
    pub(super) fn choice<T: Copy>(&self, option: OptionName, choices: &[(&str, T)]) -> Result<T, ConfigError> {
        let text = self.text(option)?;
        let chosen = choices.iter().find(|(name, _)| text.is_none_or(|text| text == *name));
        let names = || choices.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
        chosen
            .map(|(_, value)| *value)
            .ok_or_else(|| ConfigError::new(option.attribute(), &["must be one of: ", &names()].concat()))
    }

    pub(super) fn origins(&self, option: OptionName) -> Result<Vec<Origin>, ConfigError> {
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
}
