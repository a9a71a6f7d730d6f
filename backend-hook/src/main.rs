//! The command line: reads what is set, looks at the org, listens, and ends when asked to. Everything else
//! is the library's.
//!
//! Exit codes: 0 asked to end, 1 something failed, 2 something is not set as it must be.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program talks to its user")]

use std::{io::Write as _, process::ExitCode};

use clap::Parser as _;
use okta_backend_hook::{
    config::Config,
    hook::Hook,
    options::{LogFormat, Options},
    server::Server,
    start_up,
};

fn main() -> ExitCode {
    let options = Options::parse();
    let log = tracing_subscriber::fmt()
        .with_env_filter(format!("okta_backend_hook={}", options.log))
        .with_writer(std::io::stderr)
        .with_target(false);
    match options.log_format {
        LogFormat::Text => log.with_ansi(false).init(),
        LogFormat::Json => log.json().flatten_event(true).init(),
    }
    match run(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Stop::Settings(wrongs)) => {
            for wrong in wrongs {
                eprintln!("{wrong}");
            }
            ExitCode::from(2)
        }
        Err(Stop::Failure(error)) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Why it does not run.
enum Stop {
    Settings(Vec<String>),
    Failure(std::io::Error),
}

impl From<std::io::Error> for Stop {
    fn from(error: std::io::Error) -> Self {
        Self::Failure(error)
    }
}

fn run(options: Options) -> Result<(), Stop> {
    let config = Config::read(options).map_err(Stop::Settings)?;
    let hook = Hook::new(config).map_err(std::io::Error::other)?;
    tokio::runtime::Runtime::new()?.block_on(async {
        let stop = asked_to_stop()?;
        start_up::check(&hook).await.map_err(Stop::Settings)?;
        let server = Server::start(&hook).await?;
        for address in &server.addresses {
            println!("hook listening on {address}");
        }
        if let Some(address) = server.internal {
            println!("internal listening on {address}");
        }
        std::io::stdout().flush()?;
        stop.await?;
        tracing::info!("asked to end");
        server.stop().await;
        Ok(())
    })
}

/// Waits for Ctrl-C, or for the signal by which a system ends its programs. Both are heard from the call on.
#[cfg(unix)]
fn asked_to_stop() -> std::io::Result<impl Future<Output = std::io::Result<()>>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        Ok(())
    })
}

#[cfg(not(unix))]
fn asked_to_stop() -> std::io::Result<impl Future<Output = std::io::Result<()>>> {
    Ok(tokio::signal::ctrl_c())
}
