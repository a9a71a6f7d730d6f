//! The backend hook as a program of its own: starts it against the emulated org. Not here: what it does
//! (`backend-hook/`).

use std::path::Path;

use tokio::process::Command;

use crate::{serve::OrgUrl, service::Service};

/// The program.
pub(crate) const PACKAGE: &str = "okta-backend-hook";
/// What it prints when it answers.
const READY: &str = "hook listening on ";
/// What the sample org of the emulator takes for a token, and the groups it has.
const TOKEN: &str = "emulator-api-token";
const GROUPS: &str = "00g11eyizklnBxpN42p7,00g11dsz2ebabDtTI2p7";
/// A key for demonstrations, known to everyone who reads this.
const COOKIE_KEY: &str = "ZGVtb25zdHJhdGlvbiBrZXksIGtub3duIHRvIGFsbCE=";

/// Starts it before an emulated org, for the pages of one origin, and waits until it answers.
pub(crate) async fn start(program: &Path, port: u16, org: &OrgUrl, page: &OrgUrl) -> anyhow::Result<Service> {
    let mut command = Command::new(program);
    command
        .args(["--org", org.as_str(), "--origin", page.as_str(), "--group", GROUPS, "--log", "warn"])
        .args(["--listen", &format!("127.0.0.1:{port}")])
        .env("HOOK_API_TOKEN", TOKEN)
        .env("HOOK_COOKIE_KEYS", COOKIE_KEY);
    Service::start("hook", &mut command, READY).await
}
