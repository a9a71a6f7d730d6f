//! Builds the examples that the journeys run: the native sign-in of `crates/okta-authn`, and the Yew application. Not
//! here: what they do.

use std::{fs, path::PathBuf, process::Command};

use anyhow::Context as _;

use crate::{
    process::{self, ToolPath},
    program, workspace,
};

const YEW_APP: &str = "okta-yew-app";
const SIGN_IN: &str = "sign_in";

/// What Trunk replaces by a script of its own, which the policy of our page server does not allow.
const TRUNK_LINK: &str = r#"<link data-trunk rel="rust" />"#;

/// Builds the examples, and says in variables where they are.
pub(crate) fn compile(tools: &ToolPath, command: &mut Command) -> anyhow::Result<()> {
    process::run(&mut process::command("cargo", &["build", "--package", "okta-authn", "--example", SIGN_IN]))?;
    let examples = workspace::target().join("debug").join("examples");
    let sign_in = examples.join(format!("{SIGN_IN}{}", std::env::consts::EXE_SUFFIX));
    command.env("OKTA_E2E_SIGN_IN", sign_in).env("OKTA_E2E_YEW_APP", yew_app(tools)?);
    Ok(())
}

/// Builds the Yew application, and says in which folder it is.
fn yew_app(tools: &ToolPath) -> anyhow::Result<PathBuf> {
    let mut cargo = process::command("cargo", &["build", "--package", YEW_APP]);
    process::run(cargo.args(["--profile", program::PROFILE, "--target", program::TARGET]))?;
    let program = workspace::target().join(program::TARGET).join(program::PROFILE).join(format!("{YEW_APP}.wasm"));

    let out = workspace::target().join(YEW_APP);
    workspace::remove_folder(&out)?;
    let link = workspace::built_program("debug", "okta-link");
    let mut link = tools.command(&link.to_string_lossy(), &["--one-bundle"]);
    process::run(link.arg(program).arg("--out").arg(&out).arg("--work").arg(workspace::target().join("link-yew-app")))?;
    // It names the files after the widget's program.
    for end in [".js", "_bg.wasm"] {
        fs::rename(out.join(format!("okta-sign-in-core{end}")), out.join(format!("{YEW_APP}{end}")))?;
    }

    let source = workspace::root().join("examples").join("yew-app").join("index.html");
    let html = fs::read_to_string(&source).with_context(|| format!("could not read {}", source.display()))?;
    fs::write(out.join("index.html"), html.replace(TRUNK_LINK, r#"<script type="module" src="start.js"></script>"#))?;
    let start = format!("import init from \"./{YEW_APP}.js\";\ninit({{ module_or_path: \"{YEW_APP}_bg.wasm\" }});\n");
    fs::write(out.join("start.js"), start)?;
    let styles = workspace::root().join("styles");
    fs::create_dir_all(out.join("styles"))?;
    for file in workspace::files_below(&styles)? {
        fs::copy(&file, out.join("styles").join(file.strip_prefix(&styles)?))?;
    }
    Ok(out)
}
