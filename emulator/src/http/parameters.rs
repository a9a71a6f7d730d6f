//! The parameters of the query that an operation takes. A route declares them; every other one is refused, so that a test
//! does not believe that it was understood.
//!
//! Not here: what they mean (`admin`, `authn`, `sessions`).

use url::form_urlencoded;

use crate::error::{self, ApiError};

/// One parameter: its name and what is checked of its value.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Parameter {
    /// Any text; the operation checks it.
    Text(&'static str),
    /// `true` or `false`, in upper or lower case.
    Flag(&'static str),
    /// One of these, or several with commas between them.
    Of(&'static str, &'static [&'static str]),
}

/// The parameters of an operation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parameters {
    pub(crate) known: &'static [Parameter],
    /// Whether others are ignored, as Okta ignores them, instead of refused.
    pub(crate) ignores_others: bool,
}

impl Parameter {
    fn name(self) -> &'static str {
        match self {
            Self::Text(name) | Self::Flag(name) | Self::Of(name, _) => name,
        }
    }

    fn check(self, value: &str) -> Result<(), ApiError> {
        match self {
            Self::Text(_) => Ok(()),
            Self::Flag(name) => {
                let is_flag = is_one_of(value, &["true", "false"]);
                if is_flag { Ok(()) } else { Err(refused(name, "must be true or false")) }
            }
            Self::Of(name, values) => match value.split(',').find(|one| !is_one_of(one.trim(), values)) {
                None => Ok(()),
                Some(other) => Err(refused(name, &format!("'{other}' is none of {}", values.join(", ")))),
            },
        }
    }
}

fn is_one_of(value: &str, values: &[&str]) -> bool {
    values.iter().any(|one| one.eq_ignore_ascii_case(value))
}

fn refused(name: &str, why: &str) -> ApiError {
    error::VALIDATION.about(name).and(format!("{name}: {why}"))
}

impl Parameters {
    /// Checks the query of a request.
    pub(super) fn check(self, query: Option<&str>) -> Result<(), ApiError> {
        let mut seen: Vec<String> = Vec::new();
        for (name, value) in form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
            match self.known.iter().find(|one| one.name() == name) {
                Some(known) if seen.iter().any(|one| *one == name) => {
                    return Err(refused(known.name(), "comes twice"));
                }
                Some(known) => known.check(&value)?,
                None if self.ignores_others => {}
                None => return Err(refused(&name, &self.unknown())),
            }
            seen.push(name.into_owned());
        }
        Ok(())
    }

    fn unknown(self) -> String {
        match self.known {
            [] => "this call takes no parameters".to_owned(),
            known => {
                let names: Vec<&str> = known.iter().map(|one| one.name()).collect();
                format!("is not a parameter of this call, which takes {}", names.join(", "))
            }
        }
    }
}
