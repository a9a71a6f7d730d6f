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
        let signal = stop.await?;
        tracing::info!("stop requested");
        hook.begin_to_stop();
        if signal == Signal::Terminate && !hook.config.drain.is_zero() {
            // Who does not want to wait for it sends another signal.
            let again = stop_requested()?;
            tokio::select! {
                () = tokio::time::sleep(hook.config.drain) => {}
                again = again => drop(again?),
            }
        }
        server.stop().await;
        Ok(())
    })
}

/// What asked the hook to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Signal {
    /// Ctrl-C: somebody waits for the end.
    Interrupt,
    /// SIGTERM: something that has started it, and may start another one.
    #[cfg_attr(not(unix), allow(dead_code, reason = "there is no such signal"))]
    Terminate,
}

/// Returns a future that waits for Ctrl-C or SIGTERM. Signals are handled from this call on.
#[cfg(unix)]
fn stop_requested() -> std::io::Result<impl Future<Output = std::io::Result<Signal>>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        Ok(tokio::select! {
            _ = interrupt.recv() => Signal::Interrupt,
            _ = terminate.recv() => Signal::Terminate,
        })
    })
}

#[cfg(not(unix))]
fn stop_requested() -> std::io::Result<impl Future<Output = std::io::Result<Signal>>> {
    Ok(async { tokio::signal::ctrl_c().await.map(|()| Signal::Interrupt) })
}
