//! Where things lie in this repository. Paths only: no file is read or written here.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;

/// The repository's root folder.
pub(crate) fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here)
}

/// Where the built bundle lies.
pub(crate) fn dist() -> PathBuf {
    root().join("dist")
}

/// Where cargo puts a built program of the given profile folder (`debug`, `release`).
pub(crate) fn built_program(profile: &str, name: &str) -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |set| root().join(set));
    target.join(profile).join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// Moves a folder, in place of what is there.
pub(crate) fn replace_folder(from: &Path, to: &Path) -> anyhow::Result<()> {
    if to.exists() {
        fs::remove_dir_all(to).with_context(|| format!("could not remove {}", to.display()))?;
    }
    fs::rename(from, to).with_context(|| format!("could not move {}", from.display()))
}

/// All files below a folder, in order of their names.
pub(crate) fn files_below(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).with_context(|| format!("could not read {}", folder.display()))?;
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

/// Whether a file's name ends in one of these.
pub(crate) fn has_extension(file: &Path, extensions: &[&str]) -> bool {
    file.extension().is_some_and(|extension| extensions.iter().any(|wanted| extension == *wanted))
}
