//! The registration form and the password rules. The form comes from the operator's file, and is also the list
//! of attributes that a browser may set. Not here: the values that were typed (`operations/registration.rs`).

use std::{collections::BTreeSet, path::Path};

use serde::{Deserialize, Serialize};

use crate::org::policies::{Complexity, PasswordPolicy};

/// A field.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all(serialize = "camelCase"))]
pub struct Field {
    /// The profile attribute; `password` is the password.
    pub name: String,
    /// Its label.
    pub label: String,
    /// Its input type.
    #[serde(rename = "type", default)]
    pub kind: Kind,
    /// Whether it is required.
    #[serde(default)]
    pub required: bool,
    /// Maximum number of characters.
    #[serde(default = "default_length")]
    pub max_length: usize,
    /// The `autocomplete` token.
    #[serde(default = "no_autocomplete")]
    pub autocomplete: String,
}

/// The input type of a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names are HTML's")]
pub enum Kind {
    #[default]
    Text,
    Email,
    Tel,
    Password,
}

fn default_length() -> usize {
    100
}

fn no_autocomplete() -> String {
    "off".to_owned()
}

/// Password rules.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default, rename_all(serialize = "camelCase"))]
#[expect(missing_docs, reason = "the names are the org's and say it all")]
pub struct Rules {
    pub min_length: u32,
    pub min_lower_case: u32,
    pub min_upper_case: u32,
    pub min_number: u32,
    pub min_symbol: u32,
    pub exclude_username: bool,
    pub exclude_attributes: Vec<String>,
}

/// Okta's default rules.
impl Default for Rules {
    fn default() -> Self {
        Self {
            min_length: 8,
            min_lower_case: 1,
            min_upper_case: 1,
            min_number: 1,
            min_symbol: 0,
            exclude_username: true,
            exclude_attributes: Vec::new(),
        }
    }
}

impl From<&Complexity> for Rules {
    fn from(complexity: &Complexity) -> Self {
        Self {
            min_length: complexity.min_length,
            min_lower_case: complexity.min_lower_case,
            min_upper_case: complexity.min_upper_case,
            min_number: complexity.min_number,
            min_symbol: complexity.min_symbol,
            exclude_username: complexity.exclude_username,
            exclude_attributes: complexity.exclude_attributes.clone(),
        }
    }
}

impl Rules {
    /// The rules of the policy for users of these groups: the first policy for one of them, else the last, which
    /// is for everyone.
    pub fn of(policies: &[PasswordPolicy], groups: &[String]) -> Option<Self> {
        let active = |policy: &&PasswordPolicy| policy.status.as_deref().is_none_or(|status| status == "ACTIVE");
        let mut active: Vec<_> = policies.iter().filter(active).collect();
        active.sort_by_key(|policy| policy.priority);
        let theirs = active
            .iter()
            .find(|policy| policy.conditions.people.groups.include.iter().any(|group| groups.contains(group)));
        theirs.or(active.last())?.settings.password.complexity.as_ref().map(Self::from)
    }
}

/// The form.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// In display order.
    pub fields: Vec<Field>,
    /// Replaces the org's password rules.
    #[serde(default)]
    pub password: Option<Rules>,
}

/// The default form.
const DEFAULT_FORM: &str = include_str!("../registration.toml");

impl Form {
    /// Reads a file, or the default form.
    pub fn read(file: Option<&Path>) -> Result<Self, String> {
        match file {
            None => Self::parse(DEFAULT_FORM),
            Some(file) => {
                let text = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
                Self::parse(&text).map_err(|error| format!("{}: {error}", file.display()))
            }
        }
    }

    fn parse(text: &str) -> Result<Self, String> {
        let form: Self = toml::from_str(text).map_err(|error| error.to_string().trim().to_owned())?;
        let mut names = BTreeSet::new();
        for field in &form.fields {
            let plain = field.name.starts_with(|first: char| first.is_ascii_alphabetic())
                && field.name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
            if !plain || !names.insert(field.name.as_str()) {
                return Err(format!("`{}` is no name of an attribute, or it is there twice", field.name));
            }
            if (field.name == "password") != (field.kind == Kind::Password) {
                return Err(format!("`{}`: the field named password, and no other, has the type password", field.name));
            }
        }
        for needed in ["firstName", "lastName", "email", "password"] {
            if !form.fields.iter().any(|field| field.name == needed && field.required) {
                return Err(format!("there must be a required field `{needed}`: the org creates no user without it"));
            }
        }
        Ok(form)
    }

    /// Whether the form has this field.
    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|field| field.name == name)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn the_default_form_has_the_required_fields() {
        let form = Form::read(None).unwrap();
        let names: Vec<_> = form.fields.iter().map(|field| (field.name.as_str(), field.required)).collect();
        assert_eq!(
            names,
            [
                ("firstName", true),
                ("lastName", true),
                ("mobilePhone", false),
                ("email", true),
                ("login", false),
                ("password", true)
            ]
        );
        let shown = serde_json::to_value(form.fields.last()).unwrap();
        assert_eq!(shown["type"], "password");
        assert_eq!((&shown["maxLength"], &shown["autocomplete"]), (&72.into(), &"new-password".into()));
    }

    #[test]
    fn a_form_without_required_fields_is_refused() {
        for (change, expected) in [
            ("name = \"firstName\"", "name = \"nickName\""),
            ("name = \"firstName\"", "name = \"lastName\""),
            ("name = \"firstName\"", "name = \"first name\""),
            ("type = \"password\"", "type = \"text\""),
            ("label = \"First name\"", "lable = \"First name\""),
        ] {
            let text = DEFAULT_FORM.replacen(change, expected, 1);
            assert_ne!(text, DEFAULT_FORM);
            assert!(Form::parse(&text).is_err(), "{expected}");
        }
    }

    #[test]
    fn the_first_matching_policy_applies() {
        let policies: Vec<PasswordPolicy> = serde_json::from_str(
            r#"[{"priority": 2, "settings": {"password": {"complexity": {"minLength": 8}}}},
                {"priority": 1, "conditions": {"people": {"groups": {"include": ["00g1"]}}},
                 "settings": {"password": {"complexity": {"minLength": 12}}}},
                {"priority": 0, "status": "INACTIVE", "settings": {"password": {"complexity": {"minLength": 99}}}}]"#,
        )
        .unwrap();
        let length = |groups: &[&str]| {
            let groups: Vec<String> = groups.iter().map(|group| (*group).to_owned()).collect();
            Rules::of(&policies, &groups).map(|rules| rules.min_length)
        };
        assert_eq!(length(&["00g2", "00g1"]), Some(12));
        assert_eq!(length(&["00g2"]), Some(8));
        assert_eq!(Rules::of(&[], &[]), None);
    }
}
