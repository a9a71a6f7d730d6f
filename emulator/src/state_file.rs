//! The file that keeps the org across restarts. It is written before a request is answered, so a
//! change that a client was told about survives a crash. It is replaced by a rename, so it is
//! complete at any time. Requests that arrive during a write share the next one.

use std::{
    fmt,
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use axum::{
    extract::{Request, State},
    http::Method,
    middleware::Next,
    response::Response,
};
use tokio::sync::Mutex;

use crate::{error, http::App, org::snapshot::Snapshot};

/// The file, and the number of the last request that it contains.
#[derive(Clone, Debug)]
pub(crate) struct StateFile {
    path: PathBuf,
    /// Number of requests so far.
    calls: Arc<AtomicU64>,
    /// The last request whose changes are written.
    written: Arc<Mutex<u64>>,
}

/// Why the file cannot be used.
#[derive(Debug)]
pub(crate) struct StateFileError {
    path: PathBuf,
    what: String,
}

impl fmt::Display for StateFileError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.path.display(), self.what)
    }
}

impl StateFile {
    pub(crate) fn new(path: &Path) -> Self {
        Self { path: path.to_owned(), calls: Arc::default(), written: Arc::default() }
    }

    /// The stored state; `None` if there is no file yet.
    pub(crate) fn read(&self) -> Result<Option<Snapshot>, StateFileError> {
        let wrong = |what: String| StateFileError { path: self.path.clone(), what };
        match fs::read(&self.path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(|error| {
                wrong(format!("is no state of this version ({error}). Remove the file to begin anew."))
            }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(wrong(format!("can not be read: {error}"))),
        }
    }

    /// Writes the state, unless a write that began after this call has already done so.
    pub(crate) async fn write(&self, app: &App) -> io::Result<()> {
        let call = self.calls.fetch_add(1, Ordering::SeqCst) + 1;
        let mut written = self.written.lock().await;
        if *written >= call {
            return Ok(());
        }
        let newest = self.calls.load(Ordering::SeqCst);
        let (snapshot, path) = (app.org().snapshot(), self.path.clone());
        tokio::task::spawn_blocking(move || replace(&path, &snapshot)).await.map_err(io::Error::other)??;
        *written = newest;
        Ok(())
    }
}

/// Replaces the file; only its owner may read it.
fn replace(path: &Path, snapshot: &Snapshot) -> io::Result<()> {
    let mut temporary = path.as_os_str().to_owned();
    temporary.push(".new");
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&temporary)?;
    file.write_all(&serde_json::to_vec(snapshot)?)?;
    file.sync_all()?;
    fs::rename(&temporary, path)
}

/// Writes the state before the response is sent.
pub(crate) async fn keep(State((app, file)): State<(App, StateFile)>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::OPTIONS | Method::HEAD);
    let response = next.run(request).await;
    if reads {
        return response;
    }
    match file.write(&app).await {
        Ok(()) => response,
        Err(why) => {
            tracing::error!(file = %file.path.display(), %why, "the state could not be written");
            crate::http::refuse(&app, &error::INTERNAL.into())
        }
    }
}
