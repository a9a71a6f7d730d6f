//! Finds the recorded responses of a path: a file is one, a folder contains some, in its subfolders too. Not here:
//! reading one.

use anyhow::{Context as _, bail};
use std::fs;
use std::path::{Path, PathBuf};

/// Endings of files beside recorded responses that the widget shows nothing for: requests, parts of bodies, malformed
/// bodies, and answers about identity providers.
const NOT_RESPONSES: [&str; 5] = [".request", ".requests", ".fragment", ".malformed", ".webfinger"];

/// Recorded responses, and the number of other files among them.
#[derive(Debug, Default)]
pub struct Files {
    /// In the order of their names.
    pub responses: Vec<PathBuf>,
    /// Files that are not responses.
    pub skipped: usize,
}

impl Files {
    /// Finds the files of these paths.
    pub fn find(paths: &[PathBuf]) -> anyhow::Result<Self> {
        let mut files = Self::default();
        for path in paths {
            let kind = fs::metadata(path).with_context(|| format!("{} cannot be read", path.display()))?;
            if !kind.is_dir() {
                files.responses.push(path.clone());
                continue;
            }
            let before = files.responses.len();
            files.collect(path)?;
            if files.responses.len() == before {
                bail!("{} contains no recorded responses (*.json)", path.display());
            }
        }
        Ok(files)
    }

    fn collect(&mut self, folder: &Path) -> anyhow::Result<()> {
        let context = || format!("{} cannot be read", folder.display());
        let entries: Result<Vec<_>, _> = fs::read_dir(folder).with_context(context)?.collect();
        let mut entries = entries.with_context(context)?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let path = entry.path();
            if entry.file_type().with_context(context)?.is_dir() {
                self.collect(&path)?;
            } else if is_response(&path) {
                self.responses.push(path);
            } else {
                self.skipped += 1;
            }
        }
        Ok(())
    }
}

fn is_response(path: &Path) -> bool {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    path.extension().is_some_and(|extension| extension == "json")
        && stem != "index"
        && !NOT_RESPONSES.iter().any(|ending| stem.ends_with(ending))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed call fails the test")]
mod tests {
    use super::*;

    #[test]
    fn a_folder_contains_responses() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("sub")).unwrap();
        let responses = ["a.error.json", "b.response.json", "plain.json", "sub/z.json"];
        let others = [
            "a.request.json",
            "c.fragment.json",
            "d.malformed.json",
            "e.webfinger.json",
            "index.json",
            "x.requests.json",
            "README.md",
        ];
        for name in responses.iter().chain(&others) {
            fs::write(folder.path().join(name), "{}").unwrap();
        }
        let files = Files::find(&[folder.path().to_owned()]).unwrap();
        assert_eq!(files.responses, responses.map(|name| folder.path().join(name)));
        assert_eq!(files.skipped, others.len());
        let named = [folder.path().join("d.malformed.json")];
        assert_eq!(Files::find(&named).unwrap().responses, named, "a file that is named is replayed");
    }

    #[test]
    fn a_path_without_responses_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        for (path, problem) in [
            (folder.path().to_owned(), "contains no recorded responses"),
            (folder.path().join("absent.json"), "cannot be read"),
        ] {
            let error = Files::find(&[path]).unwrap_err().to_string();
            assert!(error.contains(problem), "{error}");
        }
    }
}
