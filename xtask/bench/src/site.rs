//! Serves a contender: files compressed with brotli, with long-lived caching for everything
//! but the page itself. All contenders are served alike.

use std::{
    collections::HashMap,
    io::Write as _,
    path::{Component, Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use anyhow::Context as _;
use axum::{
    Router,
    extract::{Request, State},
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};
use tokio::net::TcpListener;

use crate::contender::Contender;

/// A running server.
pub(crate) struct Site {
    pub(crate) contender: Arc<Contender>,
    pub(crate) origin: String,
}

/// Pages and scripts that are served beside the files of a folder, by path.
pub(crate) type Pages = Vec<(&'static str, String)>;

/// How brotli compresses.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Level {
    /// At its highest level: bytes are measured.
    Highest = 11,
    /// At its lowest: they are not.
    Lowest = 1,
}

struct Files {
    folder: PathBuf,
    pages: Pages,
    level: Level,
    /// Compressed files, by path.
    compressed: Mutex<HashMap<String, Arc<Vec<u8>>>>,
}

impl Site {
    /// Serves a contender on a free port.
    pub(crate) async fn start(contender: Contender) -> anyhow::Result<Self> {
        let origin = serve(contender.folder.clone(), contender.pages.clone(), Level::Highest).await?;
        Ok(Self { contender: Arc::new(contender), origin })
    }
}

/// Serves these files on a free port, until the program ends. Returns the origin.
pub(crate) async fn serve(folder: PathBuf, pages: Pages, level: Level) -> anyhow::Result<String> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.context("no free port")?;
    let origin = format!("http://localhost:{}", listener.local_addr()?.port());
    let files = Arc::new(Files { folder, pages, level, compressed: Mutex::default() });
    let app = Router::new().fallback(respond).with_state(files);
    tokio::spawn(async move { axum::serve(listener, app).await });
    Ok(origin)
}

async fn respond(State(files): State<Arc<Files>>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let Some(body) = tokio::task::spawn_blocking(move || files.find(&path)).await.ok().flatten() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let path = request.uri().path();
    let cache = if path == "/" { "no-cache" } else { "public, max-age=31536000, immutable" };
    let headers =
        [(header::CONTENT_TYPE, content_type(path)), (header::CONTENT_ENCODING, "br"), (header::CACHE_CONTROL, cache)];
    (headers, body.to_vec()).into_response()
}

impl Files {
    fn find(&self, path: &str) -> Option<Arc<Vec<u8>>> {
        let compressed = || self.compressed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = compressed().get(path) {
            return Some(known.clone());
        }
        let body = Arc::new(compress(&self.read(path)?, self.level)?);
        compressed().insert(path.to_owned(), body.clone());
        Some(body)
    }

    fn read(&self, path: &str) -> Option<Vec<u8>> {
        if let Some((_, text)) = self.pages.iter().find(|(name, _)| *name == path) {
            return Some(text.clone().into_bytes());
        }
        let inside = Path::new(path.trim_start_matches('/'));
        let is_plain = inside.components().all(|component| matches!(component, Component::Normal(_)));
        std::fs::read(self.folder.join(inside)).ok().filter(|_| is_plain)
    }
}

fn compress(bytes: &[u8], level: Level) -> Option<Vec<u8>> {
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 4096, level as u32, 22);
    writer.write_all(bytes).ok()?;
    Some(writer.into_inner())
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff") => "font/woff",
        Some("woff2") => "font/woff2",
        _ if path == "/login" => "application/json",
        _ => "text/html; charset=utf-8",
    }
}
