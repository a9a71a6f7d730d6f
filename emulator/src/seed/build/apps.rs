//! Checks and builds applications: those for a step-up, and those that take SAML assertions.
//!
//! Not here: clients of OpenID Connect (`openid.rs`).

use url::Url;

use crate::{
    org::{
        Org,
        app::{PLACEHOLDERS, ServiceProvider, Target},
    },
    seed::{
        Mistake,
        file::{App, File},
    },
};

/// The first mistake in these parts of the file, if any.
pub(super) fn check(file: &File) -> Result<(), Mistake> {
    file.apps.iter().try_for_each(check_app)
}

fn check_app(app: &App) -> Result<(), Mistake> {
    if let Some(acs) = &app.acs {
        let is_web = Url::parse(acs.get_ref()).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
        if !is_web {
            return Err(Mistake::at(acs, "acs is the address that assertions are posted to, like https://host/saml"));
        }
    }
    for value in app.attributes.values().flatten() {
        if app.acs.is_none() {
            return Err(Mistake::at(value, format!("the app {} has attributes, but no acs to send them to", app.id)));
        }
        let rest = PLACEHOLDERS.iter().fold(value.get_ref().clone(), |text, one| text.replace(one, ""));
        if rest.contains(['{', '}']) {
            return Err(Mistake::at(value, format!("in braces there can be only {}", PLACEHOLDERS.join(", "))));
        }
    }
    Ok(())
}

/// Adds them to the org.
pub(super) fn fill(org: &mut Org, file: &File) {
    org.apps = file.apps.iter().map(app).collect();
}

fn app(app: &App) -> Target {
    Target {
        id: app.id.clone(),
        name: app.name.clone(),
        label: app.label.clone(),
        protocol: app.protocol.clone(),
        issuer: app.issuer.clone(),
        authorization: None,
        saml: app.acs.as_ref().map(|acs| ServiceProvider {
            acs: acs.get_ref().clone(),
            audience: app.audience.clone().unwrap_or_else(|| acs.get_ref().clone()),
            attributes: app
                .attributes
                .iter()
                .map(|(name, values)| (name.clone(), values.iter().map(|value| value.get_ref().clone()).collect()))
                .collect(),
        }),
    }
}
