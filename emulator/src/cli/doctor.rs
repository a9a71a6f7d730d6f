//! `okta-emulator doctor`: the options, and how the report is printed.

use std::{path::PathBuf, process::ExitCode};

use clap::Args;
use okta_emulator::{DoctorOptions, Report, Verdict};

use super::Outcome;

/// Says whether an org has what a sign-in page needs of it, one line each, and what to do. No password is asked for, and
/// nobody is signed in. Exits with 1 if something failed, and with 2 if an option is wrong.
#[derive(Debug, Args)]
pub(super) struct Doctor {
    /// The address of the org, such as `https://acme.okta.com`.
    #[arg(long, value_name = "URL")]
    org: String,

    /// The origin of the page with the sign-in form.
    #[arg(long, value_name = "ORIGIN")]
    page: String,

    /// A login, to see where it signs in; nothing is tried.
    #[arg(long, value_name = "NAME")]
    login: Option<String>,

    /// A file with certificate authorities, as PEM, that are trusted beside the usual ones.
    #[arg(long = "ca", value_name = "FILE")]
    authority: Option<PathBuf>,

    /// Prints JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(doctor: &Doctor) -> Outcome {
    let options = DoctorOptions {
        org: doctor.org.clone(),
        page: doctor.page.clone(),
        login: doctor.login.clone(),
        authority: doctor.authority.clone(),
    };
    let report = match tokio::runtime::Runtime::new()?.block_on(okta_emulator::examine(&options)) {
        Ok(report) => report,
        Err(error) => {
            eprintln!("{error}");
            return Ok(ExitCode::from(2));
        }
    };
    if doctor.json {
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        print(&report);
    }
    Ok(if report.has_failed() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn print(report: &Report) {
    for finding in &report.findings {
        let verdict = match finding.verdict {
            Verdict::Ok => "ok",
            Verdict::Warning => "warning",
            Verdict::Failed => "FAILED",
            Verdict::Unknown => "unknown",
        };
        let advice = finding.advice.as_ref().map(|advice| format!(" -> {advice}")).unwrap_or_default();
        println!("{verdict:8} {}: {}{advice}", finding.check, finding.found);
    }
}
