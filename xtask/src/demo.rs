//! The demonstration: builds everything, runs an emulated org on one origin, the page on another and the backend hook
//! on a third, and prints a few lines on what to do there. All end together, however this ends.

use std::{fs, path::Path, thread};

use anyhow::Context as _;

use crate::{
    bundle, compile,
    emulator::{self, SampleUser},
    hook, listen, prerender, process, program,
    serve::{self, OrgUrl, ServeOptions},
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
    // The ports first: a conflict is reported before the build.
    let site = listen::localhost(port, "--port").await?;
    drop(listen::localhost(emulator_port, "--emulator-port").await?);
    drop(listen::localhost(hook_port, "--hook-port").await?);

    let options = bundle::Options::default();
    let packages = [bundle::PROGRAMS.as_slice(), &[emulator::PACKAGE, hook::PACKAGE]].concat();
    let mut compiled = packages.iter().map(|package| workspace::built_program("debug", package));
    eprintln!("{}", plan(program::path(options).exists() && compiled.all(|program| program.exists())));
    tools::check_build()?;
    build(options, &packages)?;
    let program = workspace::built_program("debug", emulator::PACKAGE);
    let users = emulator::sample_users(&program)?;

    let page = OrgUrl::localhost(site.port);
    let mut emulator = emulator::start(&program, emulator_port, &page).await?;
    let org: OrgUrl =
        emulator.address.parse().map_err(anyhow::Error::msg).context("the address that the emulator names")?;

    let hook_url = OrgUrl::localhost(hook_port);
    let hook_program = workspace::built_program("debug", hook::PACKAGE);
    let mut hook = hook::start(&hook_program, hook_port, &org, &page).await?;

    // The emulated org is its own Duo.
    let options = ServeOptions { duo: Some(org.clone()), hook: Some(hook_url.clone()), ..ServeOptions::org(&org) };
    println!("{}", welcome(&page, &org, &hook_url, &users));
    tokio::select! {
        served = serve::serve(site, workspace::dist(), options) => served,
        error = emulator.ended() => Err(error),
        error = hook.ended() => Err(error),
        asked = asked_to_stop() => {
            eprintln!("\nStopped.");
            asked
        }
    }
}

/// What happens before there is something to see.
fn plan(compiled_before: bool) -> &'static str {
    if compiled_before {
        "Builds what has changed, then starts the page, the emulated org and the backend hook: seconds, or about a\n\
         minute where the widget has changed."
    } else {
        "1. Compiles the widget to WebAssembly and, at the same time, the emulated org, the backend hook and two\n   \
         programs of the build; installs wasm-opt, esbuild and libphonenumber-js from npm. About four minutes on two cores.\n\
         2. Makes the page of it: some seconds.\n\
         3. Starts the page, the emulated org and the backend hook.\n\
         Nothing of this is done twice: the next time it takes seconds."
    }
}

/// Compiles and installs everything at the same time, then builds the page.
fn build(options: bundle::Options, packages: &[&str]) -> anyhow::Result<()> {
    let commands = vec![("widget", program::command(options)?), ("programs", compile::command(packages))];
    let tools = thread::scope(|scope| {
        let tools = scope.spawn(tools::setup_build);
        process::run_together(commands)?;
        tools.join().map_err(|_| anyhow::anyhow!("the installation of the tools panicked"))?
    })?;
    if tools.has("trunk") {
        bundle::build(&tools, options)?;
    } else {
        bundle::assemble(&tools, options, &workspace::dist())?;
    }
    with_hook(&workspace::dist().join("index.html"))
}

/// Names the hook in the page, whose form then offers to sign up.
fn with_hook(page: &Path) -> anyhow::Result<()> {
    const ELEMENT: &str = "<okta-sign-in";
    let html = fs::read_to_string(page)?;
    fs::write(page, html.replacen(ELEMENT, &format!("{ELEMENT} hook-url=\"{}\"", serve::PLACEHOLDER_HOOK), 1))?;
    prerender::into(page)
}

/// Resolves on Ctrl-C and on SIGTERM.
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
    fn the_plan_says_how_long_it_takes() {
        assert!(plan(false).contains("minutes"));
        assert!(plan(true).contains("seconds"));
    }

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
