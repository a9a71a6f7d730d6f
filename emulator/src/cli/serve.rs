//! Serves the org: its options, the line that says where it listens, and signals that stop it.

use std::{io::Write as _, net::IpAddr, path::PathBuf, process::ExitCode};

use clap::Args;
use okta_emulator::{Builder, Emulator, SampleUser, Seed, Tls};

use super::Outcome;

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "options are independent of each other")]
pub(super) struct Serve {
    /// The port on localhost; 0 selects a free one.
    #[arg(long, default_value_t = 8081)]
    port: u16,

    /// The address to listen on, in place of this machine's own: 0.0.0.0 in a container, whose published ports lead
    /// to it. The org's own addresses stay the same.
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<IpAddr>,

    /// The origin of the page with the sign-in form; trusted for CORS and redirects. Can be given several times.
    #[arg(long, value_name = "ORIGIN")]
    page_origin: Vec<String>,

    /// The host in the org's own addresses, `localhost` or below it: a site of its own to a browser.
    #[arg(long, value_name = "NAME")]
    host: Option<String>,

    /// The address by which clients know the org, if a proxy is before it; with https, its cookies are Secure.
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,

    /// Serves HTTPS, with a certificate that is made at the start. Its authority's file is printed.
    #[arg(long)]
    tls: bool,

    /// With --tls: where to write the certificate of the authority; in a temporary file if left out.
    #[arg(long, value_name = "FILE", requires = "tls", conflicts_with = "tls_cert")]
    tls_authority: Option<PathBuf>,

    /// Serves HTTPS with this certificate, a PEM file.
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    tls_cert: Option<PathBuf>,

    /// The private key of --tls-cert, a PEM file.
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,

    /// Serves the control interface for tests and demos under /control/.
    #[arg(long)]
    control: bool,

    /// The seed file; the sample org if left out.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,

    /// Keeps the org in this file across restarts.
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,

    /// Stops when standard input ends, and so with the program that holds its other end.
    #[arg(long)]
    exit_with_stdin: bool,

    /// Log level on standard error; `info` logs every request.
    #[arg(long, value_name = "LEVEL", default_value = "warn")]
    log: tracing::Level,

    /// Log format.
    #[arg(long, value_enum, default_value = "text")]
    log_format: LogFormat,

    /// Lists the users who can sign in, and exits.
    #[arg(long)]
    list_users: bool,

    /// With --list-users: as JSON.
    #[arg(long, requires = "list_users")]
    json: bool,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(super) enum LogFormat {
    Text,
    Json,
}

/// Starts the log on standard error.
pub(super) fn start_log(level: tracing::Level, format: LogFormat) {
    let log = tracing_subscriber::fmt().with_max_level(level).with_writer(std::io::stderr).with_target(false);
    match format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().flatten_event(true).init(),
    }
}

pub(super) fn run(arguments: &Serve) -> Outcome {
    start_log(arguments.log, arguments.log_format);
    let seed = match &arguments.config {
        Some(path) => Seed::read(path)?,
        None => Seed::sample()?,
    };
    if arguments.list_users {
        return list(&seed.users(), arguments.json);
    }
    let emulator = emulator(arguments, seed);
    tokio::runtime::Runtime::new()?.block_on(async {
        let mut emulator = emulator.start().await?;
        let stop = stop_requested()?;
        // Whoever waits for the address reads no further.
        if let Some(authority) = emulator.authority_path() {
            println!("certificate authority: {}", authority.display());
        }
        println!("emulator listening on {}", emulator.url());
        std::io::stdout().flush()?;
        tokio::select! {
            () = emulator.run() => {}
            result = stop => result?,
            () = stdin_ended(arguments.exit_with_stdin) => {}
        }
        emulator.stop().await;
        Ok(ExitCode::SUCCESS)
    })
}

/// Waits for the end of standard input; forever if that does not matter.
async fn stdin_ended(matters: bool) {
    if !matters {
        return std::future::pending().await;
    }
    let (ended, end) = tokio::sync::oneshot::channel::<()>();
    // A thread of its own, because the runtime would wait for a read that it began.
    std::thread::spawn(move || {
        let _read = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        drop(ended);
    });
    let _closed = end.await;
}

/// The emulator that the options describe.
fn emulator(arguments: &Serve, seed: Seed) -> Builder {
    let mut emulator = Emulator::builder().seed(seed).port(arguments.port).control(arguments.control);
    for origin in &arguments.page_origin {
        emulator = emulator.page_origin(origin);
    }
    if let Some(address) = arguments.listen {
        emulator = emulator.listen(address);
    }
    if let Some(host) = &arguments.host {
        emulator = emulator.host(host);
    }
    if let Some(url) = &arguments.base_url {
        emulator = emulator.base_url(url);
    }
    if let (Some(certificate), Some(key)) = (&arguments.tls_cert, &arguments.tls_key) {
        emulator = emulator.tls(Tls::files(certificate, key));
    } else if arguments.tls {
        emulator = emulator.tls(Tls::Made { authority: arguments.tls_authority.clone() });
    }
    if let Some(state) = &arguments.state {
        emulator = emulator.state(state);
    }
    emulator
}

/// Returns a future that waits for Ctrl-C or SIGTERM. Signals are handled from this call on, not only from the
/// first poll.
#[cfg(unix)]
pub(super) fn stop_requested() -> std::io::Result<impl Future<Output = std::io::Result<()>>> {
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
pub(super) fn stop_requested() -> std::io::Result<impl Future<Output = std::io::Result<()>>> {
    Ok(tokio::signal::ctrl_c())
}

fn list(users: &[SampleUser], json: bool) -> Outcome {
    if json {
        println!("{}", serde_json::to_string_pretty(users)?);
        return Ok(ExitCode::SUCCESS);
    }
    for user in users {
        println!("{}  {}  {}", user.login, user.password, user.shows);
    }
    Ok(ExitCode::SUCCESS)
}
