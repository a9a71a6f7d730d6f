//! Whether the code on the repository's Markdown pages is right: each `cargo xtask` command exists with its options, each
//! journey that is named exists, each script parses, and each whole policy is the one that the page server sends. Not here: markup, which is compared with
//! the widget's options in `tests/native/snippets.rs`, what runs the emulator's snippets ([`runs`]), and links
//! (`links.rs`).

pub(crate) mod runs;

use std::{
    fs,
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context as _, bail, ensure};
use clap::CommandFactory as _;

use crate::{
    Cli, headers,
    links::{self, page::Code},
    process::ToolPath,
    workspace,
};

/// What a page may call without having it checked: it tells what was.
const HISTORY: &str = "CHANGELOG.md";

/// Fails with one line for every command that does not exist.
pub(crate) fn check_commands() -> anyhow::Result<()> {
    each_code(|code| commands(&code.text).filter_map(|command| mistake_of_command(&command)).collect())
}

/// Fails with one line for every journey that does not exist.
pub(crate) fn check_journeys() -> anyhow::Result<()> {
    let journeys = journeys()?;
    each_code(|code| mistakes_of_journeys(&code.text, &journeys))
}

/// Fails with one line for every policy that is not ours.
pub(crate) fn check_policies() -> anyhow::Result<()> {
    each_code(|code| mistake_of_policy(&code.text).into_iter().collect())
}

/// Fails with one line for every script that does not parse.
pub(crate) fn check_scripts(tools: &ToolPath) -> anyhow::Result<()> {
    each_code(|code| {
        let Some(loader) = loader(&code.language) else { return Vec::new() };
        let parsed = parse(&mut tools.command("esbuild", &[]), loader, &code.text);
        parsed.err().map(|error| format!("{error:#}")).into_iter().collect()
    })
}

fn each_code(check: impl Fn(&Code) -> Vec<String>) -> anyhow::Result<()> {
    let mut mistakes = Vec::new();
    let pages = links::pages()?;
    ensure!(pages.values().any(|page| !page.code.is_empty()), "there is no Markdown file with code");
    for (path, page) in pages.iter().filter(|(path, _)| path.as_str() != HISTORY) {
        for code in &page.code {
            mistakes.extend(check(code).into_iter().map(|mistake| format!("{path}:{}: {mistake}", code.line)));
        }
    }
    if mistakes.is_empty() { Ok(()) } else { bail!("{}", mistakes.join("\n")) }
}

/// What follows `cargo xtask` in a piece of code, each up to the end of its command.
fn commands(code: &str) -> impl Iterator<Item = String> {
    code.lines().flat_map(|line| line.split("cargo xtask ").skip(1)).map(|rest| {
        let end = rest.find(['#', '`', ';', '&', '|']).unwrap_or(rest.len());
        rest.get(..end).unwrap_or_default().trim().to_owned()
    })
}

fn mistake_of_command(command: &str) -> Option<String> {
    let mut words = command.split([' ', '[', ']', '=', ',']).filter(|word| !word.is_empty());
    let verb = words.next()?;
    // `cargo xtask VERB` and `cargo xtask ...` stand for any.
    if verb == "help" || verb.chars().all(|char| !char.is_ascii_lowercase()) {
        return None;
    }
    let cli = Cli::command();
    let Some(known) = cli.find_subcommand(verb) else { return Some(format!("there is no `cargo xtask {verb}`")) };
    // Options of a program behind the command are named in the command's help.
    let help = known.clone().render_long_help().to_string();
    let named =
        |option: &str| help.split(|char: char| !char.is_ascii_alphanumeric() && char != '-').any(|it| it == option);
    let unknown = words.find(|word| word.len() > 2 && word.starts_with("--") && !named(word))?;
    Some(format!("`cargo xtask {verb}` has no {unknown}"))
}

/// The journeys as `module::name`, and `module::part::name` where the module has parts.
fn journeys() -> anyhow::Result<Vec<String>> {
    let mut journeys = Vec::new();
    let folder = workspace::root().join("tests").join("e2e").join("tests");
    for file in workspace::files_below(&folder)? {
        let Some(module) = module(file.strip_prefix(&folder)?) else { continue };
        let source = fs::read_to_string(&file).with_context(|| format!("could not read {}", file.display()))?;
        let names = source.lines().filter_map(|line| line.strip_prefix("async fn ")?.split_once('('));
        journeys.extend(names.map(|(name, _)| format!("{module}::{name}")));
    }
    ensure!(!journeys.is_empty(), "there are no journeys");
    Ok(journeys)
}

/// The module of a file: its path below the folder of the program that it is a part of.
fn module(file: &Path) -> Option<String> {
    let path = file.with_extension("");
    let parts: Option<Vec<&str>> = path.iter().skip(1).map(|part| part.to_str()).collect();
    parts.map(|parts| parts.join("::"))
}

/// A page names a journey as `module::name`, or the filter that runs some of them.
fn mistakes_of_journeys(code: &str, journeys: &[String]) -> Vec<String> {
    let is_of_journeys = |word: &str| {
        let module = word.split_once("::").map(|(module, _)| module);
        module.is_some_and(|module| {
            journeys.iter().any(|journey| journey.split_once("::").is_some_and(|it| it.0 == module))
        })
    };
    let filters = commands(code).filter_map(|command| {
        let mut words = command.strip_prefix("e2e ")?.split(' ').rev();
        let filter = words.next().filter(|word| word.starts_with(|char: char| char.is_ascii_lowercase()))?;
        (words.next() != Some("--engine")).then(|| filter.to_owned())
    });
    let is_code = |char: char| char.is_ascii_alphanumeric() || char == '_' || char == ':';
    let named = code.split(|char| !is_code(char)).filter(|word| is_of_journeys(word)).map(str::to_owned);
    let missing = filters.chain(named).filter(|name| !journeys.iter().any(|journey| journey.contains(name.as_str())));
    missing.map(|name| format!("there is no journey {name}")).collect()
}

/// A whole policy begins with its fallback. A part of one is not compared.
fn mistake_of_policy(code: &str) -> Option<String> {
    let policy = code.trim().trim_start_matches("Content-Security-Policy:").trim();
    let is_whole = ["default-src 'none'; ", "default-src 'none';\n"].iter().any(|start| policy.starts_with(start));
    if !is_whole || policy.contains("...") {
        return None;
    }
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let written: Vec<String> = policy.split(';').map(words).filter(|directive| !directive.is_empty()).collect();
    let name = |directive: &str| directive.split(' ').next().unwrap_or_default().to_owned();
    let missing = headers::directives().find(|directive| {
        // What these allow depends on how the page loads the program and its style sheet.
        let varies = ["script-src ", "style-src "].iter().any(|name| directive.starts_with(name));
        !written.iter().any(|written| if varies { name(written) == name(directive) } else { written == directive })
    });
    missing.map(|directive| format!("the page server also sends `{directive}`"))
}

/// What esbuild calls the language of a script.
fn loader(language: &str) -> Option<&'static str> {
    match language {
        "js" | "mjs" | "javascript" => Some("js"),
        "jsx" => Some("jsx"),
        "ts" | "typescript" => Some("ts"),
        "tsx" => Some("tsx"),
        "json" => Some("json"),
        _ => None,
    }
}

fn parse(esbuild: &mut Command, loader: &str, script: &str) -> anyhow::Result<()> {
    esbuild.args([&format!("--loader={loader}"), "--log-level=error", "--color=false"]);
    esbuild.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = esbuild.spawn().context("could not start esbuild")?;
    child.stdin.take().context("esbuild has no input")?.write_all(script.as_bytes())?;
    let output = child.wait_with_output()?;
    ensure!(output.status.success(), "does not parse: {}", String::from_utf8_lossy(&output.stderr).trim());
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn this_repositorys_commands_exist() {
        check_commands().unwrap();
    }

    #[test]
    fn this_repositorys_journeys_exist() {
        check_journeys().unwrap();
    }

    #[test]
    fn a_module_is_where_its_file_is() {
        assert_eq!(module(Path::new("journeys/ends/frozen.rs")).as_deref(), Some("ends::frozen"));
        assert_eq!(module(Path::new("journeys/ends.rs")).as_deref(), Some("ends"));
    }

    #[test]
    fn a_journey_is_named_as_it_is_called() {
        let journeys = ["session::a_token_is_posted".to_owned()];
        let mistakes = |code| mistakes_of_journeys(code, &journeys);
        for fine in
            ["session::a_token_is_posted", "cargo xtask e2e a_token", "cargo xtask e2e --engine firefox", "other::x"]
        {
            assert_eq!(mistakes(fine), Vec::<String>::new(), "{fine}");
        }
        assert_eq!(mistakes("`session::a_token`, `session::b`"), ["there is no journey session::b"]);
        assert_eq!(mistakes("cargo xtask e2e b_token"), ["there is no journey b_token"]);
    }

    #[test]
    fn this_repositorys_policies_are_those_of_the_page_server() {
        check_policies().unwrap();
    }

    #[test]
    fn the_table_of_commands_has_every_command_with_every_option() {
        let pages = links::pages().unwrap();
        let table = pages.get("docs/commands.md").unwrap();
        for verb in Cli::command().get_subcommands() {
            let command = format!("cargo xtask {}", verb.get_name());
            let rows: Vec<_> =
                table.code.iter().map(|code| &code.text).filter(|text| text.starts_with(&command)).collect();
            assert!(!rows.is_empty(), "docs/commands.md has no `{command}`");
            for option in verb.get_arguments().filter_map(clap::Arg::get_long) {
                let option = format!("--{option}");
                assert!(rows.iter().any(|row| row.contains(&option)), "docs/commands.md has no `{command} {option}`");
            }
        }
    }

    fn mistakes(code: &str) -> Vec<String> {
        commands(code).filter_map(|command| mistake_of_command(&command)).collect()
    }

    #[test]
    fn commands_that_exist_are_fine() {
        for fine in [
            "cargo xtask demo [--port] [--emulator-port] [--hook-port]",
            "cargo xtask e2e [--engine ENGINE] [FILTER]",
            "cargo xtask bench -- --runs 3 --only \"ours, static form\"",
            "cargo xtask prerender --inline-styles dist/styles/okta-sign-in.css page.html",
            "cargo xtask help COMMAND",
            "cargo xtask VERB --what",
            "cargo xtask size   # and --nothing",
            "cargo xtask replay tests/fixtures --json | tail -3",
            "cargo build --nothing",
        ] {
            assert_eq!(mistakes(fine), Vec::<String>::new(), "{fine}");
        }
    }

    #[test]
    fn others_are_not() {
        assert_eq!(mistakes("cargo xtask dem"), ["there is no `cargo xtask dem`"]);
        assert_eq!(mistakes("x\ncargo xtask demo [--ports]"), ["`cargo xtask demo` has no --ports"]);
        assert_eq!(mistakes("cargo xtask replay --jsn x"), ["`cargo xtask replay` has no --jsn"]);
        assert_eq!(mistakes("cargo xtask test && cargo xtask tset").len(), 1);
    }

    #[test]
    fn a_policy_that_lacks_something_is_a_mistake() {
        let whole = headers::directives().collect::<Vec<_>>().join(";\n");
        assert_eq!(mistake_of_policy(&whole), None);
        assert_eq!(mistake_of_policy("default-src 'none'"), None);
        assert_eq!(mistake_of_policy("default-src 'none'; script-src 'self'; ..."), None);
        let without = whole.replace("base-uri 'none'", "");
        assert_eq!(mistake_of_policy(&without), Some("the page server also sends `base-uri 'none'`".to_owned()));
    }
}
