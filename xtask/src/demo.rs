//! The demonstration: everything built, an emulated org on one origin, the page on another, the
//! backend hook on a third, and a few lines on what to do there. All end together, however this ends.

use std::{fs, path::Path};

use anyhow::Context as _;

use crate::{
    bundle,
    emulator::{self, SampleUser},
    hook, listen, prerender,
    serve::{self, Around, OrgUrl},
    table::{self, Align},
    tools, workspace,
};

/// Builds and runs the demonstration until Ctrl-C.
pub(crate) fn run(port: u16, emulator_port: u16, hook_port: u16) -> anyhow::Result<()> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(demonstrate(
        port,
        emulator_port,
        hook_port,
    ))
}

async fn demonstrate(port: u16, emulator_port: u16, hook_port: u16) -> anyhow::Result<()> {
    // The ports first: better to hear of a conflict now than after the build.
    let site = listen::localhost(port, "--port").await?;
    drop(listen::localhost(emulator_port, "--emulator-port").await?);
    drop(listen::localhost(hook_port, "--hook-port").await?);

    eprintln!("Tools");
    let tools = tools::setup(tools::BUILD)?;
    eprintln!("The widget");
    bundle::build(&tools, bundle::Options::default())?;
    with_hook(&workspace::dist().join("index.html"))?;
    eprintln!("The emulated org");
    let program = emulator::build_release()?;
    let users = emulator::sample_users(&program)?;
    eprintln!("The backend hook");
    let hook_program = hook::build_release()?;

    let page = OrgUrl::localhost(site.port);
    let mut emulator = emulator::start(&program, emulator_port, &page).await?;
    let org: OrgUrl =
        emulator.address.parse().map_err(anyhow::Error::msg).context("the address that the emulator names")?;

    let hook_url = OrgUrl::localhost(hook_port);
    let mut hook = hook::start(&hook_program, hook_port, &org, &page).await?;

    // The emulated org is its own Duo.
    let around = Around { duo: Some(org.clone()), hook: Some(hook_url.clone()), ..Around::org(&org) };
    println!("{}", welcome(&page, &org, &hook_url, &users));
    tokio::select! {
        served = serve::serve(site, workspace::dist(), around) => served,
        error = emulator.ended() => Err(error),
        error = hook.ended() => Err(error),
        asked = asked_to_stop() => {
            eprintln!("\nStopped.");
            asked
        }
    }
}

/// Names the hook in the page, whose form then offers to sign up.
fn with_hook(page: &Path) -> anyhow::Result<()> {
    const ELEMENT: &str = "<okta-sign-in";
    let html = fs::read_to_string(page)?;
    fs::write(page, html.replacen(ELEMENT, &format!("{ELEMENT} hook-url=\"{}\"", serve::PLACEHOLDER_HOOK), 1))?;
    prerender::into(page)
}

/// Resolves on Ctrl-C, and when the system asks to end.
async fn asked_to_stop() -> anyhow::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate())?;
        tokio::select! {
            interrupted = tokio::signal::ctrl_c() => interrupted?,
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await?;
    Ok(())
}

fn welcome(page: &OrgUrl, org: &OrgUrl, hook: &OrgUrl, users: &[SampleUser]) -> String {
    let mut rows = vec![["User name", "Password", "What you will see"].map(str::to_owned).to_vec()];
    rows.extend(users.iter().map(|user| vec![user.login.clone(), user.password.clone(), user.shows.clone()]));
    let users = table::lines(&[Align::Left; 3], &rows).join("\n    ");
    format!(
        "
  The page:            {page}/
  The emulated org:    {org}/
  The backend hook:    {hook}/
  Messages and codes:  {org}/control/
                       (text messages, calls, mails, the phone, current one-time codes)

  Sign in as:

    {users}

  Ctrl-C stops all of them."
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn the_welcome_names_everything_one_needs() {
        let user = SampleUser {
            login: "jeff.beck@example.com".to_owned(),
            password: "Tlpwd1234".to_owned(),
            shows: "three factors".to_owned(),
        };
        let text = welcome(&OrgUrl::localhost(1), &OrgUrl::localhost(2), &OrgUrl::localhost(3), &[user]);
        for expected in [
            "http://localhost:1/",
            "http://localhost:2/control/",
            "http://localhost:3/",
            "jeff.beck@example.com",
            "Tlpwd1234",
            "three factors",
        ] {
            assert!(text.contains(expected), "{expected} is not in {text}");
        }
    }
}
