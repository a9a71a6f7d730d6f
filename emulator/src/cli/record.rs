//! `okta-emulator record`: the options, and what is printed. Nothing of a call is printed.

use std::{io::Write as _, path::PathBuf, process::ExitCode};

use clap::Args;
use okta_emulator::{RecordOptions, Recorder};

use super::{Outcome, serve};

/// Stands between a sign-in page or another client and a real org, and writes each answer to a file, without names,
/// addresses, numbers, tokens and texts of the org: `okta-replay` reads the files.
#[derive(Debug, Args)]
pub(super) struct Record {
    /// The address of the org, such as `https://acme.okta.com`.
    #[arg(long, value_name = "URL")]
    upstream: String,

    /// The folder for the files; it has to be empty or new.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,

    /// The port on localhost; 0 selects a free one.
    #[arg(long, default_value_t = 8082)]
    port: u16,

    /// The origin of a page that calls; can be given several times.
    #[arg(long = "page-origin", value_name = "ORIGIN")]
    page_origins: Vec<String>,

    /// A word that is kept although the protocol does not define it, such as a new status; can be given several times.
    #[arg(long, value_name = "WORD")]
    keep: Vec<String>,

    /// A file with certificate authorities, as PEM, that are trusted beside the usual ones.
    #[arg(long = "ca", value_name = "FILE")]
    authority: Option<PathBuf>,

    /// Log level on standard error; `info` logs method and status of every call.
    #[arg(long, value_name = "LEVEL", default_value = "warn")]
    log: tracing::Level,
}

pub(super) fn run(record: &Record) -> Outcome {
    serve::start_log(record.log, serve::LogFormat::Text);
    let options = RecordOptions {
        upstream: record.upstream.clone(),
        port: record.port,
        page_origins: record.page_origins.clone(),
        out: record.out.clone(),
        keep: record.keep.clone(),
        authority: record.authority.clone(),
    };
    tokio::runtime::Runtime::new()?.block_on(async {
        let mut recorder = Recorder::start(&options).await?;
        let stop = serve::stop_requested()?;
        println!("recording at {} into {}; Ctrl-C ends it", recorder.address(), record.out.display());
        std::io::stdout().flush()?;
        tokio::select! {
            () = recorder.run() => {}
            result = stop => result?,
        }
        recorder.stop().await;
        let counts = recorder.counts();
        println!(
            "{} answers are recorded; {} pages, pictures and redirects are not",
            counts.written(),
            counts.not_written()
        );
        Ok(ExitCode::SUCCESS)
    })
}
