//! The repository's commands, `cargo xtask VERB`. This file lists the verbs and their arguments; each verb is
//! implemented in the module of its name. Not here: anything of the sign-in protocol, which the widget and the emulator
//! know.
//!
//! Exit codes: 0 done, 1 something failed, 2 something has to be done by a person first (a missing program, a port in
//! use, an argument that makes no sense).
//!
//! Standard output has results (addresses, tables, JSON, counts), standard error what happens meanwhile.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command-line program's job is to print")]

mod action_required;
mod ahead;
mod bench;
mod browser;
mod bundle;
mod checks;
mod ci_files;
mod cluster;
mod compile;
mod counts;
mod debian;
mod demo;
mod emulator;
mod engines;
mod examples;
mod faults;
mod fuzz;
mod gallery;
mod headers;
mod hook;
mod integrity;
mod journeys;
mod languages;
mod layers;
mod leaks;
mod links;
mod listen;
mod node_tests;
mod npm;
mod output;
mod package;
mod package_emulator;
mod page;
mod peer;
mod prerender;
mod process;
mod program;
mod python;
mod reliability;
mod replay;
mod scripts;
mod serve;
mod service;
mod size;
mod snippets;
mod std_sources;
mod table;
mod tools;
mod workspace;

use std::{path::PathBuf, process::ExitCode, time::Duration};

use clap::{Parser, Subcommand};

use crate::{
    action_required::ActionRequired,
    serve::{OrgUrl, ServeOptions},
};

/// Builds, shows and tests the Okta sign-in widget.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Install what the build needs and does not have yet
    Setup,
    /// Build everything, then run the page, an emulated org and the backend hook side by side
    Demo {
        /// Where the page listens
        #[arg(long, default_value_t = 8080)]
        port: u16,
        /// Where the emulated org listens
        #[arg(long, default_value_t = 8081)]
        emulator_port: u16,
        /// Where the backend hook listens
        #[arg(long, default_value_t = 8083)]
        hook_port: u16,
    },
    /// Run every check: format, lints, tests, licences, size, journeys
    Test,
    /// Build the bundle into dist/
    Dist {
        #[command(flatten)]
        options: bundle::Options,
    },
    /// Build the npm package into pkg/
    Package {
        #[command(flatten)]
        options: package::Options,
    },
    /// Build the npm packages of the emulated org into pkg-emulator/: okta-emulator, and its program for one platform
    PackageEmulator {
        #[command(flatten)]
        options: package_emulator::Options,
    },
    /// Add the modules, the scripts and the rendered form to the plain files of the page: what Trunk's hook calls
    Wasm {
        /// The folder with the page's plain files; Trunk names it in a variable
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
    /// Serve the built page against any org
    Serve {
        /// The org's origin, such as <https://example.okta.com>
        #[arg(long)]
        org: OrgUrl,
        /// Where the page listens; 0 takes any free port
        #[arg(long, default_value_t = 8080)]
        port: u16,
        /// Let Duo Security ask in a frame from this host, such as <https://api-1a2b3c4d.duosecurity.com>
        #[arg(long, value_name = "HOST")]
        allow_duo: Option<OrgUrl>,
        /// Let the org answer in a frame, as pages with the option `tokens` need it
        #[arg(long)]
        allow_org_frame: bool,
        /// Let the page call the backend hook at this origin, and put it in place of the built-in one
        #[arg(long, value_name = "ORIGIN")]
        hook: Option<OrgUrl>,
        /// Allow the style sheet in the page by the source that `prerender --inline-styles` prints
        #[arg(long, value_name = "SOURCE")]
        allow_style: Option<String>,
        /// Let the page's own code have Trusted Types policies of these names
        #[arg(long, value_name = "NAMES")]
        allow_trusted_types: Option<String>,
        /// Let the WebAssembly come that much later, as over a slow network
        #[arg(long, value_name = "MILLISECONDS", default_value_t = 0)]
        delay: u64,
        /// Refuse WebAssembly: the policy is without 'wasm-unsafe-eval'
        #[arg(long)]
        refuse_wasm: bool,
        /// Allow scripts and style sheets by this nonce instead of their origin
        #[arg(long, value_name = "NONCE")]
        nonce: Option<String>,
        /// Forbid every cache to keep the page, as one with tokens in its address does
        #[arg(long)]
        no_store: bool,
    },
    /// Run the emulated org alone
    Emulator {
        /// Where the emulated org listens; 0 takes any free port
        #[arg(long, default_value_t = 8081)]
        port: u16,
        /// The origin of the page that may call it
        #[arg(long, default_value = "http://localhost:8080")]
        page_origin: OrgUrl,
    },
    /// Run the journeys in a real browser
    E2e {
        /// The browser to run them in
        #[arg(long, value_enum, default_value_t = journeys::Choice::Chromium)]
        engine: journeys::Choice,
        /// Write the results into docs/reliability.md, beside the last ones in other engines
        #[arg(long, conflicts_with = "filter")]
        record: bool,
        /// Run only the journeys whose name contains this
        filter: Option<String>,
    },
    /// Run the faults matrix: every fault of org, network and page in every phase of a sign-in
    Faults {
        /// The browser to run it in
        #[arg(long, value_enum, default_value_t = journeys::Choice::Chromium)]
        engine: journeys::Choice,
        /// Write the tables into docs/reliability.md
        #[arg(long, conflicts_with = "filter")]
        record: bool,
        /// Run only the rows whose name contains this, such as `primary` or `code::network`
        filter: Option<String>,
    },
    /// Run the fuzz targets: hostile inputs, made to reach as much of the code as they can
    Fuzz {
        #[command(flatten)]
        options: fuzz::Options,
    },
    /// Run two backend hooks behind HAProxy, with Redis for their rate limits, and stop, kill and restart them
    Cluster {
        /// Measure them, too, and write the results into docs/reliability.md
        #[arg(long)]
        record: bool,
    },
    /// Show every screen of the widget on one page
    Gallery {
        /// Where the page listens; 0 takes any free port
        #[arg(long, default_value_t = 8082)]
        port: u16,
        /// Write the page and one page for each screen into this folder instead of serving them
        #[arg(long, value_name = "DIR", conflicts_with_all = ["screenshots", "axe"])]
        export: Option<PathBuf>,
        /// Save pictures of every screen into this folder instead of serving the page
        #[arg(long, value_name = "DIR")]
        screenshots: Option<PathBuf>,
        /// Run axe-core over every screen instead of serving the page
        #[arg(long, conflicts_with = "screenshots")]
        axe: bool,
        /// Look for untranslated text and for what does not fit, in every language, instead of serving the page
        #[arg(long, conflicts_with_all = ["export", "screenshots", "axe", "language"])]
        walk: bool,
        /// The language of the screens, by its tag; en-XA is accented English, which is longer
        #[arg(long, value_name = "TAG", default_value = gallery::ENGLISH)]
        language: String,
    },
    /// Check the messages of every language, and print a table of the languages
    Languages,
    /// Measure the bundle
    Size {
        /// Print JSON instead of a table
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        options: bundle::Options,
    },
    /// Measure the first form beside others, in a real browser
    Bench {
        /// Write the tables into docs/performance.md, and draw docs/images/bench.svg
        #[arg(long)]
        record: bool,
        /// Options of the bench program, after `--`: --runs, --only, --json, --before
        #[arg(last = true)]
        args: Vec<String>,
    },
    /// Make the same rounds again and again in one page, and count what it keeps: mounts, polls, sign-ins
    Leaks {
        /// Write the tables into docs/reliability.md
        #[arg(long, conflicts_with = "only")]
        record: bool,
        /// Only the rounds whose name contains this
        #[arg(long, value_name = "NAME")]
        only: Option<String>,
    },
    /// Put the first form into pages with an `<okta-sign-in>`, so that it is there before the code is, in the language of
    /// the element or of the page
    #[command(disable_help_flag = true)]
    Prerender {
        /// HTML files, and options of the prerender program: --inline-styles, --language
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<String>,
    },
    /// Show what the widget makes of recorded responses
    #[command(disable_help_flag = true)]
    Replay {
        /// Files and folders, and options of the replay program: --json
        #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<String>,
    },
}

fn main() -> ExitCode {
    match run(Cli::parse().verb) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(if error.is::<ActionRequired>() { 2 } else { 1 })
        }
    }
}

fn run(verb: Verb) -> anyhow::Result<ExitCode> {
    match verb {
        Verb::Setup => tools::setup(tools::DIST).map(|_| ())?,
        Verb::Demo { port, emulator_port, hook_port } => demo::run(port, emulator_port, hook_port)?,
        Verb::Test => return checks::run(),
        Verb::Dist { options } => bundle::build(&tools::setup(tools::DIST)?, options)?,
        Verb::Package { options } => package::run(&options)?,
        Verb::PackageEmulator { options } => package_emulator::run(&options)?,
        Verb::Wasm { out } => bundle::finish_for_trunk(&tools::setup(tools::BUILD)?, out)?,
        Verb::Serve {
            org,
            port,
            allow_duo: duo,
            allow_org_frame: org_frame,
            hook,
            allow_style: style,
            allow_trusted_types: trusted_types,
            delay,
            refuse_wasm,
            nonce,
            no_store,
        } => {
            let delay = Duration::from_millis(delay);
            serve::run(
                port,
                ServeOptions { org, duo, org_frame, hook, style, trusted_types, delay, refuse_wasm, nonce, no_store },
            )?;
        }
        Verb::Emulator { port, page_origin } => return emulator::run(port, &page_origin),
        Verb::Faults { engine, record, filter } => return faults::run(engine, filter.as_deref(), record),
        Verb::E2e { engine, record, filter } => return journeys::run(engine, filter.as_deref(), record),
        Verb::Fuzz { options } => return fuzz::run(&options),
        Verb::Cluster { record } => return cluster::run(record),
        Verb::Gallery { walk: true, .. } => return gallery::walk_through(),
        Verb::Gallery { axe: true, language, .. } => return gallery::check(&language),
        Verb::Gallery { export: Some(out), language, .. } => gallery::export(&out, &language)?,
        Verb::Gallery { screenshots: Some(out), language, .. } => gallery::screenshots(&out, &language)?,
        Verb::Gallery { port, language, .. } => gallery::run(port, &language)?,
        Verb::Languages => return languages::run(),
        Verb::Size { json, options } => size::run(json, options)?,
        Verb::Bench { record, args } => return bench::run(&args, record),
        Verb::Leaks { record, only } => return leaks::run(only.as_deref(), record),
        Verb::Prerender { args } => return prerender::run(&args),
        Verb::Replay { args } => return replay::run(&args),
    }
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::Cli;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }
}
