//! The command line: reads the configuration, checks the org, serves, and stops on a signal.
//!
//! Exit codes: 0 stopped by a signal, 1 failure, 2 invalid configuration.
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
        Err(ExitReason::Settings(mistakes)) => {
            for mistake in mistakes {
                eprintln!("{mistake}");
            }
            ExitCode::from(2)
        }
        Err(ExitReason::Failure(error)) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Why the program ends.
enum ExitReason {
    Settings(Vec<String>),
    Failure(std::io::Error),
}

impl From<std::io::Error> for ExitReason {
    fn from(error: std::io::Error) -> Self {
        Self::Failure(error)
    }
}

fn run(options: Options) -> Result<(), ExitReason> {
    let config = Config::read(options).map_err(ExitReason::Settings)?;
    let hook = Hook::new(config).map_err(std::io::Error::other)?;
    tokio::runtime::Runtime::new()?.block_on(async {
        let stop = stop_requested()?;
        start_up::check(&hook).await.map_err(ExitReason::Settings)?;
        let server = Server::start(&hook).await?;
        for address in &server.addresses {
            println!("hook listening on {address}");
        }
        if let Some(address) = server.internal {
            println!("internal listening on {address}");
        }
        std::io::stdout().flush()?;
        stop.await?;
        tracing::info!("stop requested");
        server.stop().await;
        Ok(())
    })
}

/// Returns a future that waits for Ctrl-C or SIGTERM. Signals are handled from this call on.
#[cfg(unix)]
fn stop_requested() -> std::io::Result<impl Future<Output = std::io::Result<()>>> {
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
fn stop_requested() -> std::io::Result<impl Future<Output = std::io::Result<()>>> {
    Ok(tokio::signal::ctrl_c())
}
