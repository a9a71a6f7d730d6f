//! `cargo xtask fuzz`: builds the fuzz targets in `fuzz/`, makes their seeds, runs them side by side, and prints or records
//! what came of it. Not here: what a target checks, which is in `fuzz/src`.

mod build;
mod record;
mod report;
mod seeds;
mod targets;

use std::{
    path::{Path, PathBuf},
    process::{Command, ExitCode},
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use anyhow::{Context as _, bail};
use clap::Args;

pub(crate) use self::targets::SERVERS;
use self::{
    report::{Outcome, Report},
    targets::{TARGETS, Target},
};
use crate::{action_required::ActionRequired, output, process, workspace};

/// What the command line says.
#[derive(Debug, Default, Args)]
pub(crate) struct Options {
    /// The targets; all of them where none is named
    #[arg(value_name = "TARGET")]
    targets: Vec<String>,
    /// How many inputs each target gets, with the seeds among them
    #[arg(long, value_name = "NUMBER", conflicts_with = "minutes")]
    executions: Option<u64>,
    /// How long each target runs
    #[arg(long, value_name = "MINUTES")]
    minutes: Option<u32>,
    /// How many targets run at the same time
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    jobs: usize,
    /// Add the run to docs/reliability.md
    #[arg(long)]
    record: bool,
    /// Run one target with this input alone, and show all that it prints
    #[arg(long, value_name = "FILE", conflicts_with_all = ["executions", "minutes", "record"])]
    input: Option<PathBuf>,
}

/// How long a target runs.
#[derive(Debug, Clone, Copy)]
enum Extent {
    /// As many inputs as `cargo xtask test` gives it.
    Bounded,
    Executions(u64),
    Minutes(u32),
}

/// Runs the command.
pub(crate) fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let targets = named(&options.targets)?;
    build::programs(&targets)?;
    if let Some(input) = &options.input {
        let [target] = targets[..] else {
            return Err(ActionRequired::new("name the one target that gets the input").into());
        };
        return process::run_visibly(Command::new(build::program(target)?).arg(input));
    }
    let extent = match (options.executions, options.minutes) {
        (Some(number), _) => Extent::Executions(number),
        (_, Some(minutes)) => Extent::Minutes(minutes),
        _ => Extent::Bounded,
    };
    let reports = run_all(&targets, extent, options.jobs.max(1))?;
    println!("{}", report::table(&reports));
    if options.record {
        record::add(&reports)?;
    }
    Ok(if report::crashed(&reports) { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// The run that is a part of `cargo xtask test`: of the targets that compile in a minute. A test gives those of the servers
/// some inputs.
pub(crate) fn check() -> anyhow::Result<()> {
    let targets: Vec<&Target> = TARGETS.iter().filter(|target| target.package != SERVERS).collect();
    build::programs(&targets)?;
    let jobs = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let reports = run_all(&targets, Extent::Bounded, jobs)?;
    output::line(report::table(&reports));
    if report::crashed(&reports) {
        bail!("a target has crashed");
    }
    Ok(())
}

/// The targets of these names, or all.
fn named(names: &[String]) -> anyhow::Result<Vec<&'static Target>> {
    let find = |name: &String| {
        let known = || TARGETS.map(|target| target.name).join(", ");
        let found = TARGETS.iter().find(|target| target.name == *name);
        found.ok_or_else(|| {
            ActionRequired::new(format!("there is no target {name}: the targets are {}", known())).into()
        })
    };
    if names.is_empty() { Ok(TARGETS.iter().collect()) } else { names.iter().map(find).collect() }
}

/// Runs them, so many at a time. A target that crashes ends; the others go on.
fn run_all(targets: &[&Target], extent: Extent, jobs: usize) -> anyhow::Result<Vec<Report>> {
    let next = AtomicUsize::new(0);
    let reports = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..jobs.min(targets.len()) {
            scope.spawn(|| {
                while let Some(target) = targets.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let report = run_one(target, extent);
                    if let Ok(mut reports) = reports.lock() {
                        reports.push(report);
                    }
                }
            });
        }
    });
    let reports = reports.into_inner().map_err(|_| anyhow::anyhow!("a thread has failed"))?;
    let mut reports: Vec<Report> = reports.into_iter().collect::<anyhow::Result<_>>()?;
    reports.sort_by_key(|report| report.target);
    Ok(reports)
}

fn run_one(target: &Target, extent: Extent) -> anyhow::Result<Report> {
    let corpus = folder("corpus", target)?;
    let artifacts = folder("artifacts", target)?;
    seeds::write(target, &corpus)?;
    let fixtures = fuzz().join("fixtures").join(target.name);
    let mut command = Command::new(build::program(target)?);
    command.arg(&corpus);
    if fixtures.is_dir() {
        command.arg(&fixtures);
    }
    match extent {
        Extent::Bounded => command.arg(format!("-runs={}", target.bounded)),
        Extent::Executions(number) => command.arg(format!("-runs={number}")),
        Extent::Minutes(minutes) => command.arg(format!("-max_total_time={}", u64::from(minutes) * 60)),
    };
    command.arg(format!("-max_len={}", target.longest));
    // A fixed seed would look at the same inputs in each run. What is found is kept as a file, and can be repeated by it.
    command.args(["-print_final_stats=1", "-rss_limit_mb=1024", "-timeout=25", "-verbosity=1"]);
    command.arg(format!("-artifact_prefix={}/", artifacts.display()));
    if let Some(dictionary) = target.dictionary {
        command.arg(format!("-dict={}", fuzz().join("dictionaries").join(dictionary).display()));
    }
    eprintln!("  {}: running...", target.name);
    let start = std::time::Instant::now();
    let output =
        process::output(&mut command).with_context(|| format!("could not start the fuzz target {}", target.name))?;
    let text = String::from_utf8_lossy(&output.stderr);
    let outcome = if output.status.success() { Outcome::Passed } else { Outcome::crashed(target, &text) };
    Ok(Report::read(target.name, &text, start.elapsed(), outcome))
}

/// A folder of the target below `fuzz/`, which exists then.
fn folder(kind: &str, target: &Target) -> anyhow::Result<PathBuf> {
    let folder = fuzz().join(kind).join(target.name);
    std::fs::create_dir_all(&folder).with_context(|| format!("could not create {}", folder.display()))?;
    Ok(folder)
}

/// The workspace of the targets.
fn fuzz() -> PathBuf {
    workspace::root().join("fuzz")
}

/// The path as it is shown: from the repository's root.
fn shown(path: &Path) -> String {
    path.strip_prefix(workspace::root()).unwrap_or(path).display().to_string()
}
