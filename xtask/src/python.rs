//! Python: environments below `target/python` with what a file of requirements pins, the wheel of the emulator's package,
//! and what is run by them. Not here: what is tested (`emulator/python`, `emulator/tests/python-clients`,
//! `examples/emulator/pytest`).

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use anyhow::{Context as _, bail, ensure};

use crate::{compile, emulator, output, process, workspace};

/// What the pinned tools need. The package itself runs with 3.9.
const OLDEST: (u32, u32) = (3, 10);
/// The package, from the root.
const PACKAGE: &str = "emulator/python";
/// The variable that `hatch_build.py` reads.
const WHEEL_PROGRAM: &str = "OKTA_EMULATOR_WHEEL_BINARY";

/// Clients of other projects: each has a folder of requirements and tests in `emulator/tests/python-clients`.
pub(crate) const CLIENTS: [&str; 2] = ["okta", LINUX_ONLY];
/// One of them needs a package that cannot be resolved for all platforms.
const LINUX_ONLY: &str = "aws";

/// An error that says what is missing, unless there is a Python that is new enough and makes environments.
pub(crate) fn needed() -> anyhow::Result<()> {
    let (major, minor) = OLDEST;
    ensure!(process::on_path("python3").is_some(), "there is no python3 on PATH");
    let is_new = succeeds(&["-c", &format!("import sys; sys.exit(sys.version_info < ({major}, {minor}))")])?;
    ensure!(is_new, "python3 is older than {major}.{minor}");
    ensure!(succeeds(&["-c", "import ensurepip, venv"])?, "python3 has no venv");
    Ok(())
}

fn succeeds(args: &[&str]) -> anyhow::Result<bool> {
    let output = process::command("python3", args).output().context("could not start python3")?;
    Ok(output.status.success())
}

fn folder(name: &str) -> PathBuf {
    workspace::target().join("python").join(name)
}

/// The interpreter of an environment.
fn interpreter(environment: &Path) -> PathBuf {
    let path = if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" };
    environment.join(path)
}

/// A command of the interpreter that runs in this folder of the repository.
fn python(interpreter: &Path, folder: &str, args: &[&str]) -> Command {
    let mut command = process::command(&interpreter.to_string_lossy(), args);
    command.current_dir(workspace::root().join(folder)).env("PYTHONDONTWRITEBYTECODE", "1");
    command
}

fn empty_environment(name: &str) -> anyhow::Result<PathBuf> {
    let environment = folder(name);
    workspace::remove_folder(&environment)?;
    process::run(process::command("python3", &["-m", "venv"]).arg(&environment))?;
    Ok(interpreter(&environment))
}

/// The interpreter of the environment of this name, with exactly what the file pins. It is made once, and again when the
/// file is another one.
pub(crate) fn venv(name: &str, requirements: &str) -> anyhow::Result<PathBuf> {
    let file = workspace::root().join(requirements);
    let wanted = fs::read_to_string(&file).with_context(|| requirements.to_owned())?;
    let installed = folder(name).join("installed.txt");
    if fs::read_to_string(&installed).is_ok_and(|installed| installed == wanted) {
        return Ok(interpreter(&folder(name)));
    }
    let interpreter = empty_environment(name)?;
    let mut pip = python(&interpreter, "", &["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
    process::run(pip.args(["--require-hashes", "--requirement"]).arg(&file))?;
    fs::write(installed, wanted)?;
    Ok(interpreter)
}

/// Makes the environments of the tools and of the clients.
pub(crate) fn install_pinned() -> anyhow::Result<()> {
    tools()?;
    CLIENTS.into_iter().filter(|client| runs_here(client)).try_for_each(|client| of_client(client).map(drop))
}

/// Whether what is pinned for a client can be installed here.
pub(crate) fn runs_here(client: &str) -> bool {
    client != LINUX_ONLY || cfg!(target_os = "linux")
}

fn client_folder(name: &str) -> String {
    format!("emulator/tests/python-clients/{name}")
}

fn of_client(name: &str) -> anyhow::Result<PathBuf> {
    venv(name, &format!("{}/requirements.txt", client_folder(name)))
}

/// Makes the wheel that has this program, in this folder, and says where it is.
pub(crate) fn wheel(program: &Path, to: &Path) -> anyhow::Result<PathBuf> {
    let interpreter = tools()?;
    workspace::remove_folder(to)?;
    let args =
        ["-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-build-isolation", "."];
    process::run(python(&interpreter, PACKAGE, &args).arg("--wheel-dir").arg(to).env(WHEEL_PROGRAM, program))?;
    let made = workspace::files_below(to)?;
    let [wheel] = made.as_slice() else {
        bail!("{} has {} files, and should have one wheel", to.display(), made.len())
    };
    Ok(wheel.clone())
}

fn tools() -> anyhow::Result<PathBuf> {
    venv("tools", &format!("{PACKAGE}/requirements-test.txt"))
}

/// Installs the wheel without a network.
fn install(interpreter: &Path, wheel: &Path) -> anyhow::Result<()> {
    let args = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index", "--no-deps"];
    process::run(python(interpreter, "", &args).arg("--force-reinstall").arg(wheel))
}

/// The package, made and installed for the tests.
#[derive(Debug)]
pub(crate) struct Package {
    wheel: PathBuf,
    interpreter: PathBuf,
}

impl Package {
    /// Makes it, with the emulator as it is.
    pub(crate) fn prepare() -> anyhow::Result<Self> {
        let program = compile::program(emulator::PACKAGE)?;
        let wheel = wheel(&program, &folder("wheel"))?;
        let interpreter = tools()?;
        install(&interpreter, &wheel)?;
        Ok(Self { wheel, interpreter })
    }

    /// The tests of the package.
    pub(crate) fn tests(&self) -> Command {
        pytest(&self.interpreter, PACKAGE)
    }

    /// The types of the package and its tests, by the oldest version that the checker knows.
    pub(crate) fn types(&self) -> Command {
        let cache = folder("mypy-cache").to_string_lossy().into_owned();
        python(&self.interpreter, PACKAGE, &["-m", "mypy", "--python-version", "3.10", "--cache-dir", &cache])
    }

    /// The example, as its own project.
    pub(crate) fn example(&self) -> Command {
        pytest(&self.interpreter, "examples/emulator/pytest")
    }

    /// Installs the wheel in an environment that has nothing else, and measures the time to the first answer.
    pub(crate) fn alone(&self) -> anyhow::Result<()> {
        let interpreter = empty_environment("empty")?;
        install(&interpreter, &self.wheel)?;
        let start = Instant::now();
        process::run(&mut python(&interpreter, PACKAGE, &["tests/first_answer.py"]))?;
        let time = process::duration(start.elapsed());
        output::line(format_args!("first answer after {time}, with the start of Python"));
        Ok(())
    }

    /// The tests of clients of other projects, which use this package.
    pub(crate) fn client(&self, name: &str) -> anyhow::Result<Command> {
        let interpreter = of_client(name)?;
        install(&interpreter, &self.wheel)?;
        Ok(pytest(&interpreter, &client_folder(name)))
    }
}

fn pytest(interpreter: &Path, folder: &str) -> Command {
    python(interpreter, folder, &["-m", "pytest", "-p", "no:cacheprovider", "--color=no"])
}
