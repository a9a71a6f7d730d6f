//! Why the emulator cannot start, and what to do. The texts name the options of the command line; the builder's
//! methods have the same names.

use std::{fmt, io, path::PathBuf};

use crate::seed::SeedError;

/// Why the emulator cannot start.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// The configuration has mistakes, or cannot be read.
    Config(SeedError),
    /// The port is in use.
    PortInUse(u16),
    /// The page origin is not valid.
    PageOrigin(String),
    /// The host is not `localhost` and not below it.
    Host(String),
    /// The base URL is not an origin.
    BaseUrl(String),
    /// A file with a certificate or a key cannot be used.
    Certificate {
        /// The file.
        file: PathBuf,
        /// What is wrong, and what to do.
        what: String,
    },
    /// The certificate could not be made.
    Tls(String),
    /// The state file cannot be read or written.
    State(String),
    /// Another I/O error.
    Io(io::Error),
}

impl fmt::Display for StartError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Config(error) => error.fmt(formatter),
            Self::PortInUse(port) => {
                write!(formatter, "Port {port} is in use. Choose another one with `--port PORT` (0 takes a free one).")
            }
            Self::PageOrigin(text) => write!(
                formatter,
                "`{text}` is not an origin. --page-origin is written like http://localhost:8080, without a path."
            ),
            Self::Host(text) => write!(
                formatter,
                "`{text}` is not below localhost. --host is written like org.localhost; behind a proxy with another \
                 name, use --base-url."
            ),
            Self::BaseUrl(text) => write!(
                formatter,
                "`{text}` is not the address of an org. --base-url is written like https://login.example.test, without \
                 a path: a proxy has to pass the paths on as they are."
            ),
            Self::Certificate { file, what } => write!(formatter, "{}: {what}", file.display()),
            Self::Tls(what) => write!(formatter, "The certificate for --tls could not be made: {what}"),
            Self::State(what) => formatter.write_str(what),
            Self::Io(error) => write!(formatter, "The emulator could not listen: {error}"),
        }
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Config(error) => Some(error),
            Self::Io(error) => Some(error),
            _ => None,
        }
    }
}

impl From<SeedError> for StartError {
    fn from(error: SeedError) -> Self {
        Self::Config(error)
    }
}
