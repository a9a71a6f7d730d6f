//! The page server: serves the files of `dist/` under strict headers, with the addresses of org and backend hook put
//! into the HTML. It reads a file for each request, so that a new build shows on reload. Not here: state, and anything of
//! signing in.

use std::{
    fmt,
    io::ErrorKind,
    path::{Component, Path, PathBuf},
    str::FromStr,
    sync::Arc,
    time::Duration,
};

use anyhow::Context as _;
use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{Html, IntoResponse as _, Response},
};
use tower_http::{CompressionLevel, compression::CompressionLayer, services::ServeDir};
use url::Url;

use crate::{
    action_required::ActionRequired,
    bundle, headers,
    listen::{self, Localhost},
    workspace,
};

/// The org that the built page names, replaced by the real one when the page is served.
const PLACEHOLDER_ORG: &str = "http://localhost:8081";

/// The same for the backend hook.
pub(crate) const PLACEHOLDER_HOOK: &str = "http://localhost:8083";

/// The origin of an org (or of a page): scheme, host and port, nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OrgUrl(String);

impl OrgUrl {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The address of this machine under the given port.
    pub(crate) fn localhost(port: u16) -> Self {
        Self(format!("http://localhost:{port}"))
    }
}

impl fmt::Display for OrgUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for OrgUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let url = Url::parse(text).map_err(|error| error.to_string())?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err("it must start with http:// or https://".to_owned());
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err("it must not name a user".to_owned());
        }
        if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
            return Err(format!("only the origin is wanted: {}", url.origin().ascii_serialization()));
        }
        Ok(Self(url.origin().ascii_serialization()))
    }
}

/// How the page is served.
#[derive(Debug, Clone)]
pub(crate) struct ServeOptions {
    /// The org that it signs in at.
    pub(crate) org: OrgUrl,
    /// The host of Duo's frame.
    pub(crate) duo: Option<OrgUrl>,
    /// Whether the org may answer in a frame, as the option `tokens` wants.
    pub(crate) org_frame: bool,
    /// The backend hook that it may call.
    pub(crate) hook: Option<OrgUrl>,
    /// The style sheet in the page, as a source of its policy.
    pub(crate) style: Option<String>,
    /// The names of Trusted Types policies that the page's own code has.
    pub(crate) trusted_types: Option<String>,
    /// How much later the code comes than it could.
    pub(crate) delay: Duration,
    /// Whether the policy refuses WebAssembly.
    pub(crate) refuse_wasm: bool,
    /// The nonce that the policy allows scripts and style sheets by, instead of their origin.
    pub(crate) nonce: Option<String>,
    /// Whether no cache may keep anything, as a page with tokens in its address wants it.
    pub(crate) no_store: bool,
}

impl ServeOptions {
    /// An org, and nothing else.
    pub(crate) fn org(org: &OrgUrl) -> Self {
        Self {
            org: org.clone(),
            duo: None,
            org_frame: false,
            hook: None,
            style: None,
            trusted_types: None,
            delay: Duration::ZERO,
            refuse_wasm: false,
            nonce: None,
            no_store: false,
        }
    }
}

/// Serves the built page until the program is ended.
pub(crate) fn run(port: u16, options: ServeOptions) -> anyhow::Result<()> {
    let dist = dist_folder()?;
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        let localhost = listen::localhost(port, "--port").await?;
        println!("serving on http://localhost:{}", localhost.port);
        serve(localhost, dist, options).await
    })
}

/// Where the bundle is: in `OKTA_E2E_DIST` if that is set, else in the usual folder.
fn dist_folder() -> anyhow::Result<PathBuf> {
    let dist = std::env::var_os("OKTA_E2E_DIST").map_or_else(workspace::dist, PathBuf::from);
    if dist.join("index.html").is_file() {
        return Ok(dist);
    }
    Err(ActionRequired::new(format!("There is no built page in {}. Run `cargo xtask dist` first.", dist.display()))
        .into())
}

/// Serves on all listeners until one of them fails.
pub(crate) async fn serve(localhost: Localhost, dist: PathBuf, options: ServeOptions) -> anyhow::Result<()> {
    let app = router(dist, options)?;
    let mut servers = tokio::task::JoinSet::new();
    for listener in localhost.listeners {
        let app = app.clone();
        servers.spawn(async move { axum::serve(listener, app).await });
    }
    while let Some(ended) = servers.join_next().await {
        ended?.context("the page server stopped")?;
    }
    Ok(())
}

struct Site {
    dist: PathBuf,
    options: ServeOptions,
    headers: HeaderMap,
}

fn router(dist: PathBuf, options: ServeOptions) -> anyhow::Result<Router> {
    let headers = headers::all(&options)?;
    let site = Arc::new(Site { dist, options, headers });
    Ok(Router::new()
        .fallback(respond)
        .with_state(site)
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest)))
}

async fn respond(State(site): State<Arc<Site>>, request: Request) -> Response {
    let keeps = request.uri().path().strip_prefix('/').is_some_and(|path| path.starts_with(bundle::VERSION_PREFIX));
    if is_code(request.uri().path()) {
        tokio::time::sleep(site.options.delay).await;
    }
    let mut response = match page(request.uri().path()) {
        Some(page) => html(&site, &page),
        None => file(&site, request).await,
    };
    response.headers_mut().extend(site.headers.clone());
    if keeps {
        response.headers_mut().insert(header::CACHE_CONTROL, headers::FOR_EVER);
    }
    response
}

/// The HTML file of a path, if it is the path of one.
fn page(path: &str) -> Option<PathBuf> {
    let path = path.strip_prefix('/').unwrap_or(path);
    let page = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    let is_html = Path::new(&page).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("html"));
    is_html.then(|| PathBuf::from(page))
}

/// Whether it is the WebAssembly, which is most of what a page loads. The rest comes at once: a browser paints
/// nothing before it has the style sheets.
fn is_code(path: &str) -> bool {
    workspace::has_extension(Path::new(path), &["wasm"])
}

fn html(site: &Site, page: &Path) -> Response {
    let inside = page.components().all(|component| matches!(component, Component::Normal(_)));
    match std::fs::read_to_string(site.dist.join(page)) {
        Ok(source) if inside => {
            let html = with_addresses(&source, &site.options.org, site.options.hook.as_ref());
            Html(with_nonce(html, site.options.nonce.as_deref())).into_response()
        }
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The page with the real org and the real backend hook in place of the built-in ones. Without a hook, no
/// element names one.
fn with_addresses(source: &str, org: &OrgUrl, hook: Option<&OrgUrl>) -> String {
    let source = match hook {
        Some(hook) => source.replace(PLACEHOLDER_HOOK, hook.as_str()),
        None => source.replace(&format!(" hook-url=\"{PLACEHOLDER_HOOK}\""), ""),
    };
    source.replace(PLACEHOLDER_ORG, org.as_str())
}

/// The page whose scripts and style sheets have the nonce.
fn with_nonce(mut html: String, nonce: Option<&str>) -> String {
    let Some(nonce) = nonce else { return html };
    for start in ["<script", "<style", "<link rel=\"modulepreload\"", "<link rel=\"stylesheet\""] {
        html = html.replace(start, &format!("{start} nonce=\"{nonce}\""));
    }
    html
}

/// The end of the name of a file that holds back the one beside it, for a test of what comes late.
const HOLD: &str = "held";

/// Waits while the file of a path is held back.
async fn until_released(site: &Site, path: &str) {
    let inside = path.trim_start_matches('/');
    let is_inside = Path::new(inside).components().all(|component| matches!(component, Component::Normal(_)));
    let hold = site.dist.join(format!("{inside}.{HOLD}"));
    while is_inside && tokio::fs::try_exists(&hold).await.unwrap_or(false) {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn file(site: &Site, request: Request) -> Response {
    until_released(site, request.uri().path()).await;
    let mut files = ServeDir::new(&site.dist).append_index_html_on_directories(false);
    match files.try_call(request).await {
        Ok(response) => response.map(Body::new),
        Err(error) => match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => StatusCode::NOT_FOUND,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        }
        .into_response(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn org(text: &str) -> Result<OrgUrl, String> {
        text.parse()
    }

    #[test]
    fn an_org_is_an_origin() {
        assert_eq!(org("https://Example.okta.com/").unwrap().as_str(), "https://example.okta.com");
        assert_eq!(org("http://localhost:9000").unwrap().as_str(), "http://localhost:9000");
        for wrong in [
            "example.okta.com",
            "ftp://example.okta.com",
            "https://example.okta.com/oauth2/default",
            "https://example.okta.com/?a=b",
            "https://user@example.okta.com",
        ] {
            assert!(org(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn every_mention_of_the_org_is_replaced() {
        let page = r#"<link href="http://localhost:8081"><x base-url="http://localhost:8081"></x>"#;
        let served = with_addresses(page, &org("https://a.okta.com").unwrap(), None);
        assert_eq!(served, r#"<link href="https://a.okta.com"><x base-url="https://a.okta.com"></x>"#);
        let page = r#"<x base-url="http://localhost:8081" hook-url="http://localhost:8083"></x>"#;
        let served = with_addresses(page, &org("https://a.okta.com").unwrap(), None);
        assert_eq!(served, r#"<x base-url="https://a.okta.com"></x>"#);
        // An org that happens to be where the placeholder points to stays what it is.
        let served =
            with_addresses(page, &org("http://localhost:8083").unwrap(), Some(&org("http://localhost:1").unwrap()));
        assert_eq!(served, r#"<x base-url="http://localhost:8083" hook-url="http://localhost:1"></x>"#);
    }

    #[test]
    fn the_nonce_is_given_to_scripts_and_style_sheets() {
        let page = "<link rel=\"icon\"><link rel=\"stylesheet\" href=a><script src=b></script>";
        assert_eq!(with_nonce(page.to_owned(), None), page);
        assert_eq!(
            with_nonce(page.to_owned(), Some("n")),
            "<link rel=\"icon\"><link rel=\"stylesheet\" nonce=\"n\" href=a><script nonce=\"n\" src=b></script>"
        );
    }

    #[test]
    fn pages_are_told_from_other_files() {
        assert_eq!(page("/"), Some(PathBuf::from("index.html")));
        assert_eq!(page("/landing.html"), Some(PathBuf::from("landing.html")));
        assert_eq!(page("/sub/"), Some(PathBuf::from("sub/index.html")));
        assert_eq!(page("/okta-sign-in_bg.wasm"), None);
    }

    #[test]
    fn only_the_code_is_late() {
        assert!(is_code("/okta-sign-in-core_bg.wasm"));
        for at_once in ["/", "/okta-sign-in.js", "/styles/okta-sign-in.css"] {
            assert!(!is_code(at_once), "{at_once}");
        }
    }

    async fn get(path: &str) -> Response {
        let dist = workspace::root().join("xtask");
        let site = Site { dist, options: ServeOptions::org(&OrgUrl::localhost(1)), headers: HeaderMap::new() };
        let request = Request::builder().uri(path).body(Body::empty()).unwrap();
        respond(State(Arc::new(site)), request).await
    }

    #[tokio::test]
    async fn nothing_outside_the_folder_is_served() {
        assert_eq!(get("/Cargo.toml").await.status(), StatusCode::OK);
        for outside in ["/../Cargo.toml", "/../index.html", "/%2e%2e/Cargo.toml", "//etc/hosts", "//etc/x.html"] {
            assert_eq!(get(outside).await.status(), StatusCode::NOT_FOUND, "{outside}");
        }
    }
}
