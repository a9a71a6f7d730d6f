//! `okta-emulator doctor`: what a sign-in page needs of an org, found out from outside: without a password, without a
//! session, and without an attempt to sign in, which could lock somebody out.
//!
//! Where to start reading: `doctor/probe.rs` (the calls), then one file for each group of checks.
//!
//! Not here: how a report is printed.

mod answers;
mod browser;
mod engine;
mod finding;
mod probe;
mod reach;
mod redirect;
mod site;

use std::{fmt, path::PathBuf};

use url::Url;

pub use self::finding::{Finding, Report, Verdict};
use self::probe::{Probe, Reached};
use crate::outward::is_this_machine;

/// What to examine.
#[derive(Clone, Debug, Default)]
pub struct DoctorOptions {
    /// The address of the org, such as `https://acme.okta.com`.
    pub org: String,
    /// The origin of the page with the sign-in form.
    pub page: String,
    /// A login, to see where it signs in.
    pub login: Option<String>,
    /// A certificate authority, as PEM, that is trusted beside the usual ones.
    pub authority: Option<PathBuf>,
}

/// Why nothing can be examined: an option is wrong.
#[derive(Debug)]
#[non_exhaustive]
pub enum DoctorError {
    /// The address of the org is not valid.
    Org(String),
    /// The origin of the page is not valid.
    Page(String),
    /// The certificate authority cannot be read.
    Authority(String),
}

impl fmt::Display for DoctorError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Org(text) => write!(
                formatter,
                "`{text}` is not the address of an org. --org is written like https://acme.okta.com, without a path."
            ),
            Self::Page(text) => {
                write!(formatter, "`{text}` is not an origin. --page is written like https://login.acme.com.")
            }
            Self::Authority(what) => write!(formatter, "--ca has to name a file with certificates as PEM. {what}"),
        }
    }
}

impl std::error::Error for DoctorError {}

/// Examines an org. Every check has one finding, in a fixed order; those that need an answer are unknown without one.
pub async fn examine(options: &DoctorOptions) -> Result<Report, DoctorError> {
    let org = origin(&options.org).ok_or_else(|| DoctorError::Org(options.org.clone()))?;
    let page = origin(&options.page).ok_or_else(|| DoctorError::Page(options.page.clone()))?;
    let probe = Probe::new(org, page, options.authority.as_deref()).map_err(DoctorError::Authority)?;
    let mut findings = Vec::new();
    let reached = match probe.reach().await {
        Ok(answer) => {
            findings.push(reach::finding(&probe, &answer));
            Some(answer).filter(|_| findings.iter().all(|finding| finding.verdict != Verdict::Failed))
        }
        Err(error) => {
            findings.push(reach::failure(&probe, &error));
            None
        }
    };
    let authn = match &reached {
        Some(_) => probe.state_query().await.ok(),
        None => None,
    };
    findings.push(engine::pipeline(reached.as_ref()));
    findings.push(engine::authn(authn.as_ref()));
    let preflight = match &reached {
        Some(_) => probe.preflight().await.ok(),
        None => None,
    };
    findings.push(answers::cors(&probe, preflight.as_ref(), authn.as_ref()));
    findings.push(answers::rate_limits(authn.as_ref()));
    findings.push(answers::clock(authn.as_ref()));
    findings.push(redirect::finding(&probe, reached.is_some()).await);
    findings.push(site::sites(&probe));
    findings.push(site::cookies(&probe, authn.as_ref()));
    findings.push(browser::secure_context(&probe));
    findings.push(browser::mixed_content(&probe));
    findings.push(engine::login(&probe, options.login.as_deref().filter(|_| reached.is_some())).await);
    findings.push(engine::factors(reached.as_ref()));
    Ok(Report { findings })
}

/// An address without a path.
fn origin(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let is_web = matches!(url.scheme(), "http" | "https") && url.host_str().is_some();
    let is_bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
    (is_web && is_bare).then_some(url)
}
