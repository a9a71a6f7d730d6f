//! The faults matrix: runs the tests `faults` of `tests/e2e`, and makes tables of the lines that they leave. Not here: the
//! faults, and what is checked.

mod table;

use std::{
    fs,
    path::PathBuf,
    process::{Command, ExitCode},
};

use crate::{
    browser::Chromium,
    bundle,
    engines::{self, Engine, Found},
    journeys::{self, Choice},
    process, reliability, tools, workspace,
};

/// Builds everything and runs the rows whose name contains the filter. With `record`, the tables are written into
/// docs/reliability.md.
pub(crate) fn run(choice: Choice, filter: Option<&str>, record: bool) -> anyhow::Result<ExitCode> {
    let tools = tools::setup_build()?;
    let found = choice.setup()?;
    bundle::build(&tools, bundle::Options::default())?;
    forget()?;
    let (mut ended_well, mut versions) = (true, Vec::new());
    for (engine, found) in &found {
        let mut test = in_engine(*engine, found)?;
        ended_well &= process::run_and_keep(test.args(filter))?.0;
        versions.extend(found.versions(*engine));
    }
    let results = fs::read_to_string(lines())?;
    let report = table::report(&results, &versions)?;
    println!("{report}");
    if record {
        reliability::record("faults", &report)?;
    }
    Ok(if ended_well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The test run in Chromium over the bundle in `dist/`.
pub(crate) fn command(chromium: &Chromium) -> anyhow::Result<Command> {
    forget()?;
    in_engine(Engine::Chromium, &chromium.into())
}

fn in_engine(engine: Engine, found: &Found) -> anyhow::Result<Command> {
    let mut test = process::command("cargo", &["test", "--package", "okta-e2e", "--test", "faults", "--"]);
    test.arg("--test-threads=2");
    journeys::compile_programs(&mut test)?;
    engines::name_engine(&mut test, engine, found);
    Ok(test)
}

/// Where the tests leave their results.
fn lines() -> PathBuf {
    workspace::root().join("test-output").join("faults.jsonl")
}

/// Removes the results of the run before.
fn forget() -> anyhow::Result<()> {
    let lines = lines();
    if lines.exists() {
        fs::remove_file(lines)?;
    }
    Ok(())
}
