//! Which files a path means. A file is itself; a folder stands for the recorded responses in it and below.
//! Never here: reading one.

use anyhow::{Context as _, bail};
use std::fs;
use std::path::{Path, PathBuf};

/// Endings of files that lie beside recorded responses and are none: what was asked, pieces of bodies, and
/// bodies that are broken on purpose.
const NOT_RESPONSES: [&str; 4] = [".request", ".requests", ".fragment", ".malformed"];

/// Recorded responses, and how many other files lay among them.
#[derive(Debug, Default)]
pub struct Files {
    /// In the order of their names.
    pub responses: Vec<PathBuf>,
    /// Files that are no responses.
    pub skipped: usize,
}

impl Files {
    /// Finds the files meant by the paths.
    pub fn find(paths: &[PathBuf]) -> anyhow::Result<Self> {
        let mut files = Self::default();
        for path in paths {
            let kind = fs::metadata(path).with_context(|| format!("{} cannot be read", path.display()))?;
            if !kind.is_dir() {
                files.responses.push(path.clone());
                continue;
            }
            let before = files.responses.len();
            files.enter(path)?;
            if files.responses.len() == before {
                bail!("{} holds no recorded responses (*.json)", path.display());
            }
        }
        Ok(files)
    }

    fn enter(&mut self, folder: &Path) -> anyhow::Result<()> {
        let cannot = || format!("{} cannot be read", folder.display());
        let entries: Result<Vec<_>, _> = fs::read_dir(folder).with_context(cannot)?.collect();
        let mut entries = entries.with_context(cannot)?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let path = entry.path();
            if entry.file_type().with_context(cannot)?.is_dir() {
                self.enter(&path)?;
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
    fn a_folder_stands_for_the_responses_in_it() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("sub")).unwrap();
        let responses = ["a.error.json", "b.response.json", "plain.json", "sub/z.json"];
        let others =
            ["a.request.json", "c.fragment.json", "d.malformed.json", "index.json", "x.requests.json", "README.md"];
        for name in responses.iter().chain(&others) {
            fs::write(folder.path().join(name), "{}").unwrap();
        }
        let files = Files::find(&[folder.path().to_owned()]).unwrap();
        assert_eq!(files.responses, responses.map(|name| folder.path().join(name)));
        assert_eq!(files.skipped, others.len());
        let named = [folder.path().join("d.malformed.json")];
        assert_eq!(Files::find(&named).unwrap().responses, named, "a file that is named is played");
    }

    #[test]
    fn a_path_that_means_nothing_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        for (path, problem) in [
            (folder.path().to_owned(), "holds no recorded responses"),
            (folder.path().join("absent.json"), "cannot be read"),
        ] {
            let error = Files::find(&[path]).unwrap_err().to_string();
            assert!(error.contains(problem), "{error}");
        }
    }
}
