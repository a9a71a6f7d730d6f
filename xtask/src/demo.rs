//! The demonstration: everything built, an emulated org on one origin, the page on another, and a
//! few lines on what to do there. Both end together, however this ends.

use anyhow::Context as _;

use crate::{
    bundle,
    emulator::{self, Emulator, SampleUser},
    listen,
    serve::{self, OrgUrl},
    table::{self, Align},
    tools, workspace,
};

/// Builds and runs the demonstration until Ctrl-C.
pub(crate) fn run(port: u16, emulator_port: u16) -> anyhow::Result<()> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(demonstrate(port, emulator_port))
}

async fn demonstrate(port: u16, emulator_port: u16) -> anyhow::Result<()> {
    // The ports first: better to hear of a conflict now than after the build.
    let site = listen::localhost(port, "--port").await?;
    drop(listen::localhost(emulator_port, "--emulator-port").await?);

    eprintln!("Tools");
    let tools = tools::setup(tools::BUILD)?;
    eprintln!("The widget");
    bundle::build(&tools, bundle::Options::default())?;
    eprintln!("The emulated org");
    let program = emulator::build_release()?;
    let users = emulator::sample_users(&program)?;

    let page = OrgUrl::localhost(site.port);
    let mut emulator = Emulator::start(&program, emulator_port, &page).await?;
    let org: OrgUrl =
        emulator.address.parse().map_err(anyhow::Error::msg).context("the address that the emulator names")?;

    println!("{}", welcome(&page, &org, &users));
    tokio::select! {
        // The emulated org is its own Duo.
        served = serve::serve(site, workspace::dist(), &org, Some(&org), std::time::Duration::ZERO) => served,
        error = emulator.ended() => Err(error),
        asked = asked_to_stop() => {
            eprintln!("\nStopped.");
            asked
        }
    }
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

fn welcome(page: &OrgUrl, org: &OrgUrl, users: &[SampleUser]) -> String {
    let mut rows = vec![["User name", "Password", "What you will see"].map(str::to_owned).to_vec()];
    rows.extend(users.iter().map(|user| vec![user.login.clone(), user.password.clone(), user.shows.clone()]));
    let users = table::lines(&[Align::Left; 3], &rows).join("\n    ");
    format!(
        "
  The page:            {page}/
  The emulated org:    {org}/
  Messages and codes:  {org}/control/
                       (text messages, calls, mails, the phone, current one-time codes)

  Sign in as:

    {users}

  Ctrl-C stops both."
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
        let text = welcome(&OrgUrl::localhost(1), &OrgUrl::localhost(2), &[user]);
        for expected in [
            "http://localhost:1/",
            "http://localhost:2/control/",
            "jeff.beck@example.com",
            "Tlpwd1234",
            "three factors",
        ] {
            assert!(text.contains(expected), "{expected} is not in {text}");
        }
    }
}
