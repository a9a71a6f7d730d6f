//! Runs other programs: how a command is written, shown, timed and checked by its exit code. Not here: which programs
//! are run, and why.

use std::{
    env,
    ffi::OsString,
    io::{BufRead as _, BufReader, IsTerminal as _, Read as _},
    path::PathBuf,
    process::{Command, ExitCode, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail};

use crate::{output, workspace};

/// The tools that were made available, and the folders that they are in: those come before the inherited `PATH`.
#[derive(Debug, Clone, Default)]
pub(crate) struct ToolPath {
    names: Vec<&'static str>,
    folders: Vec<PathBuf>,
}

impl ToolPath {
    /// Adds a tool, and its folder unless it is on the inherited `PATH`.
    pub(crate) fn add(&mut self, name: &'static str, folder: Option<PathBuf>) {
        self.names.push(name);
        self.folders.extend(folder);
    }

    /// Whether a tool of this name was made available.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.names.contains(&name)
    }

    /// A command that runs in the repository's root and finds the tools.
    pub(crate) fn command(&self, program: &str, args: &[&str]) -> Command {
        let mut command = command(program, args);
        command.env("PATH", self.joined());
        command
    }

    /// Where a program is, in these folders or on the inherited `PATH`.
    pub(crate) fn find(&self, program: &str) -> Option<PathBuf> {
        in_folders(env::split_paths(&self.joined()), program)
    }

    fn joined(&self) -> OsString {
        let inherited = env::var_os("PATH").unwrap_or_default();
        let folders = self.folders.iter().cloned().chain(env::split_paths(&inherited));
        env::join_paths(folders).unwrap_or(inherited)
    }
}

/// A command that runs in the repository's root.
pub(crate) fn command(program: &str, args: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(args).current_dir(workspace::root());
    command
}

/// The same command once more, to which arguments can be added.
pub(crate) fn again(command: &Command) -> Command {
    let mut again = Command::new(command.get_program());
    again.args(command.get_args()).current_dir(command.get_current_dir().unwrap_or(workspace::root()));
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => again.env(name, value),
            None => again.env_remove(name),
        };
    }
    again
}

/// The command as a person would type it.
pub(crate) fn shown(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|arg| {
        let arg = arg.to_string_lossy();
        if arg.contains(char::is_whitespace) { format!("'{arg}'") } else { arg.into_owned() }
    }));
    words.join(" ")
}

/// Runs the command with its output visible; a failure is an error.
///
/// Its standard output goes to our standard error: only results belong on standard output.
pub(crate) fn run(command: &mut Command) -> anyhow::Result<()> {
    let name = shown(command);
    let status = command
        .stdin(Stdio::null())
        .stdout(std::io::stderr())
        .status()
        .with_context(|| format!("could not start `{name}`"))?;
    if !status.success() {
        bail!("`{name}` failed ({status})");
    }
    Ok(())
}

/// Runs several commands at the same time. Their messages go to standard error, each line with the command's name.
/// When one fails, the others are ended.
pub(crate) fn run_together(commands: Vec<(&str, Command)>) -> anyhow::Result<()> {
    let start = Instant::now();
    let width = commands.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    let mut running = Vec::new();
    for (name, mut command) in commands {
        let shown = shown(&command);
        // The messages go through a pipe, in which cargo would not use colours.
        if std::io::stderr().is_terminal() && env::var_os("NO_COLOR").is_none() {
            command.env("CARGO_TERM_COLOR", "always");
        }
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn();
        let mut child = child.with_context(|| format!("could not start `{shown}`"))?;
        let prefix = format!("  {name:width$} |");
        let reader = child.stderr.take().map(|stderr| {
            let prefix = prefix.clone();
            thread::spawn(move || {
                for line in BufReader::new(stderr).split(b'\n').map_while(Result::ok) {
                    eprintln!("{prefix} {}", String::from_utf8_lossy(&line));
                }
            })
        });
        running.push((child, prefix, shown, reader));
    }
    let mut failed = None;
    while !running.is_empty() && failed.is_none() {
        thread::sleep(Duration::from_millis(50));
        let mut still = Vec::new();
        for (mut child, prefix, shown, reader) in running {
            match child.try_wait()? {
                None => still.push((child, prefix, shown, reader)),
                Some(status) => {
                    // All of its messages come before its end.
                    reader.map(thread::JoinHandle::join);
                    if status.success() {
                        eprintln!("{prefix} done after {}", duration(start.elapsed()));
                    } else {
                        failed.get_or_insert_with(|| anyhow::anyhow!("`{shown}` failed ({status})"));
                    }
                }
            }
        }
        running = still;
    }
    for (mut child, ..) in running {
        child.kill()?;
        child.wait()?;
    }
    failed.map_or(Ok(()), Err)
}

/// Runs the command as if it were this one: its output and its exit code become ours.
pub(crate) fn run_visibly(command: &mut Command) -> anyhow::Result<ExitCode> {
    let name = shown(command);
    let status = command.stdin(Stdio::null()).status().with_context(|| format!("could not start `{name}`"))?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(ExitCode::from(code.unwrap_or(1)))
}

/// Runs the command, passing its standard output through line by line and keeping it.
pub(crate) fn run_and_keep(command: &mut Command) -> anyhow::Result<(bool, String)> {
    let name = shown(command);
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("could not start `{name}`"))?;
    let mut kept = String::new();
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).split(b'\n') {
            let line = line.with_context(|| format!("reading what `{name}` prints"))?;
            let line = String::from_utf8_lossy(&line);
            output::line(&line);
            kept.push_str(&line);
            kept.push('\n');
        }
    }
    Ok((child.wait()?.success(), kept))
}

/// Runs the command quietly and ends it when it takes too long. The error is the last line that it printed.
pub(crate) fn run_within(command: &mut Command, limit: Duration) -> anyhow::Result<()> {
    let name = shown(command);
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("could not start `{name}`"))?;
    let stderr = child.stderr.take();
    // Read beside the waiting, so that a talkative program is not held up by a full pipe.
    let said = thread::spawn(move || {
        let mut said = String::new();
        stderr.map(|mut pipe| pipe.read_to_string(&mut said));
        said
    });
    let start = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if start.elapsed() > limit {
            child.kill()?;
            child.wait()?;
            bail!("`{name}` took longer than {}", duration(limit));
        }
        thread::sleep(Duration::from_millis(100));
    };
    if !status.success() {
        let said = said.join().unwrap_or_default();
        bail!("{}", last_line(&said).unwrap_or(&name));
    }
    Ok(())
}

fn last_line(text: &str) -> Option<&str> {
    text.lines().map(str::trim).rfind(|line| !line.is_empty())
}

/// Runs the command quietly; `None` when it cannot be started at all.
pub(crate) fn output(command: &mut Command) -> Option<Output> {
    command.stdin(Stdio::null()).output().ok()
}

/// Whether a program of this name is on the inherited `PATH`.
pub(crate) fn on_path(program: &str) -> Option<PathBuf> {
    in_folders(env::split_paths(&env::var_os("PATH")?), program)
}

fn in_folders(mut folders: impl Iterator<Item = PathBuf>, program: &str) -> Option<PathBuf> {
    let file = format!("{program}{}", env::consts::EXE_SUFFIX);
    folders.find_map(|folder| Some(folder.join(&file)).filter(|candidate| candidate.is_file()))
}

/// `0.4 s`, `12 s`, `3 min 05 s`.
pub(crate) fn duration(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0..10 => format!("{:.1} s", time.as_secs_f64()),
        10..60 => format!("{seconds} s"),
        _ => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn the_same_command_once_more_has_all_of_the_first() {
        let mut first = command("cargo", &["test", "--"]);
        first.env("OKTA_E2E_ENGINE", "chromium").env_remove("RUST_LOG");
        assert_eq!(format!("{first:?}"), format!("{:?}", again(&first)));
        assert_eq!(shown(again(&first).arg("--exact")), "cargo test -- --exact");
    }

    #[test]
    #[cfg(unix)]
    fn one_failure_ends_the_commands_beside_it() {
        let start = Instant::now();
        let error =
            run_together(vec![("fails", command("false", &[])), ("waits", command("sleep", &["60"]))]).unwrap_err();
        assert!(error.to_string().contains("`false` failed"), "{error}");
        assert!(start.elapsed() < Duration::from_secs(30));
        assert!(run_together(vec![("one", command("true", &[])), ("two", command("true", &[]))]).is_ok());
    }

    #[test]
    fn durations_read_like_speech() {
        assert_eq!(duration(Duration::from_millis(430)), "0.4 s");
        assert_eq!(duration(Duration::from_secs(12)), "12 s");
        assert_eq!(duration(Duration::from_secs(185)), "3 min 05 s");
    }

    #[test]
    fn a_shown_command_can_be_typed() {
        let command = command("cargo", &["test", "two words"]);
        assert_eq!(shown(&command), "cargo test 'two words'");
    }
}
