//! The `package.json` of both packages: those of `emulator/npm` with the version of the workspace, and with what differs
//! by platform. Not here: the platforms.

use anyhow::{Context as _, bail};
use serde_json::{Map, Value, json};

use super::platform::{ALL, Platform};

/// The version of the workspace, which all packages have.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The package that others install needs exactly the programs of its own version.
pub(super) fn of_main(template: &str) -> anyhow::Result<String> {
    let mut manifest = read(template)?;
    let programs = ALL.map(|(platform, _)| (format!("{}-{platform}", super::NAME), Value::from(VERSION)));
    manifest.insert("optionalDependencies".to_owned(), programs.into_iter().collect::<Map<_, _>>().into());
    write(manifest)
}

/// npm installs the package with a program where system, processor and C library are these.
pub(super) fn of_platform(template: &str, platform: &Platform) -> anyhow::Result<String> {
    let mut manifest = read(&template.replace("PLATFORM", platform.name))?;
    let (system, processor) = platform.system_and_processor();
    manifest.insert("os".to_owned(), json!([system]));
    manifest.insert("cpu".to_owned(), json!([processor]));
    if let Some(library) = platform.c_library() {
        manifest.insert("libc".to_owned(), json!([library]));
    }
    write(manifest)
}

fn read(template: &str) -> anyhow::Result<Map<String, Value>> {
    let mut manifest: Map<String, Value> = serde_json::from_str(template).context("a package.json of emulator/npm")?;
    match manifest.get_mut("version") {
        Some(version) if version == "0.0.0" => *version = VERSION.into(),
        _ => bail!("a package.json of emulator/npm does not have the version 0.0.0"),
    }
    Ok(manifest)
}

fn write(manifest: Map<String, Value>) -> anyhow::Result<String> {
    Ok(serde_json::to_string_pretty(&Value::from(manifest))? + "\n")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    const MAIN: &str = include_str!("../../../emulator/npm/okta-emulator/package.json");
    const PLATFORM: &str = include_str!("../../../emulator/npm/platform/package.json");

    fn manifest(text: &str) -> Value {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn the_main_package_needs_every_program_in_its_own_version() {
        let manifest = manifest(&of_main(MAIN).unwrap());
        assert_eq!(manifest["version"], VERSION);
        let programs = manifest["optionalDependencies"].as_object().unwrap();
        assert_eq!(programs.len(), ALL.len());
        assert!(programs.values().all(|version| version == VERSION), "{programs:?}");
        assert!(manifest.get("scripts").is_none());
    }

    #[test]
    fn the_package_of_a_platform_says_where_it_fits() {
        let of = |triple| manifest(&of_platform(PLATFORM, &Platform::of(triple).unwrap()).unwrap());
        let glibc = of("aarch64-unknown-linux-gnu");
        assert_eq!(glibc["name"], "okta-emulator-linux-arm64");
        let expected = [json!(["linux"]), json!(["arm64"]), json!(["glibc"]), json!(VERSION)];
        assert_eq!(["os", "cpu", "libc", "version"].map(|key| glibc[key].clone()), expected);
        assert_eq!(of("aarch64-unknown-linux-musl").get("libc"), None);
        assert!(of("x86_64-apple-darwin")["description"].as_str().unwrap().ends_with("darwin-x64"));
    }

    #[test]
    fn another_version_is_not_replaced() {
        assert!(of_main(r#"{"version": "1.0.0"}"#).is_err());
    }
}
