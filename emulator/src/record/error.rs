//! Why a recording cannot begin.

use std::{fmt, io, path::PathBuf};

/// Why a recording cannot begin.
#[derive(Debug)]
#[non_exhaustive]
pub enum RecordError {
    /// The address of the org is not valid.
    Upstream(String),
    /// The origin of a page is not valid.
    PageOrigin(String),
    /// The certificate authority cannot be read.
    Authority(String),
    /// The port cannot be used.
    Listen(String),
    /// The folder has files in it.
    NotEmpty(PathBuf),
    /// The folder cannot be made or read.
    Folder(PathBuf, io::Error),
}

impl fmt::Display for RecordError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Upstream(text) => write!(
                formatter,
                "`{text}` is not the address of an org. --upstream is written like https://acme.okta.com, without a \
                 path; http:// is for an emulator on this machine."
            ),
            Self::PageOrigin(text) => {
                write!(formatter, "`{text}` is not an origin. --page-origin is written like http://localhost:8080.")
            }
            Self::Authority(what) => write!(formatter, "--ca has to name a file with certificates as PEM. {what}"),
            Self::Listen(what) => formatter.write_str(what),
            Self::NotEmpty(folder) => write!(
                formatter,
                "{} is not empty. Each recording replaces values in its own way, so it needs a folder of its own: \
                 choose another one with --out.",
                folder.display()
            ),
            Self::Folder(folder, error) => {
                write!(formatter, "{} cannot be used for the recording: {error}", folder.display())
            }
        }
    }
}

impl std::error::Error for RecordError {}
